//! Each rule on small workspaces: what it says, what it does not say, what it cannot tell, what its fix writes.

mod accepted;
mod ambiguous_reference;
mod bound;
mod broken_link;
mod broken_path;
mod broken_symbol;
mod checklist_open;
mod constitution_placeholder;
mod contracts;
mod criterion_number_shifted;
mod criterion_without_task;
mod dangling_mention;
mod decisions;
mod delta_base_moved;
mod dependency_cycle;
mod dependency_order;
mod duplicate_feature_number;
mod duplicate_id;
mod empty_section;
mod entity_drift;
mod gate_violation_unjustified;
mod glossary_term_undefined;
mod layout_drift;
mod leftover_placeholder;
mod malformed_id;
mod merge_conflict;
mod missing_document;
mod missing_section;
mod openspec;
mod parallel_conflict;
mod parent_done_child_open;
mod phantom_task;
mod principle_without_gate;
mod property_title_mismatch;
mod requirement_without_task;
mod requirement_without_test;
mod scenario_incomplete;
mod stack_drift;
mod stale_checklist_reference;
mod stale_code;
mod story_label_misplaced;
mod story_without_scenario;
mod story_without_task;
mod task_format;
mod task_not_startable;
mod task_without_path;
mod tasks_stale;
mod test_drift;
mod unknown_criterion;
mod unknown_reference;
mod unknown_story;
mod unknown_task;
mod unresolved_clarification;
mod wave_conflict;
mod wrapped;

use fixture::Fixture;
use rules::{Checked, Finding, Locale, Severity};

/// The findings of one rule: covered text and sentence.
pub(crate) fn says(code: &str, workspace: &str) -> Vec<String> {
    let fixture = Fixture::parse(workspace);
    findings(code, &fixture)
        .iter()
        .map(|finding| {
            let text = fixture.text(finding.file);
            let covered = text::slice(text, finding.range);
            let sentence = finding.message.text(Locale::English);
            format!("[{covered}] {sentence}")
        })
        .collect()
}

/// How loud a rule's findings are at most.
pub(crate) fn severities(code: &str, workspace: &str) -> Vec<Severity> {
    let found = findings(code, &Fixture::parse(workspace));
    found.iter().map(|finding| finding.severity).collect()
}

/// How often a rule was sure, and what it could not tell.
pub(crate) fn knows(code: &str, workspace: &str) -> (u32, Vec<String>) {
    let fixture = Fixture::parse(workspace);
    let checked = Checked::new(&fixture.graph);
    let mut decided = 0;
    let mut unknown = Vec::new();
    for (_, found) in checked.features() {
        decided += found
            .decided
            .iter()
            .filter(|(each, _)| *each == code)
            .map(|(_, count)| count)
            .sum::<u32>();
        let whys = found.unknown.iter().filter(|(each, _)| each.code == code);
        unknown.extend(whys.map(|(each, count)| format!("{} ({count})", each.why)));
    }
    (decided, unknown)
}

/// The document of the rule's only finding after its only fix.
pub(crate) fn fixed(code: &str, workspace: &str) -> String {
    let fixture = Fixture::parse(workspace);
    let findings = findings(code, &fixture);
    let [finding] = findings.as_slice() else {
        panic!("{} findings", findings.len());
    };
    let [fix] = finding.fixes.as_slice() else {
        panic!("{} fixes", finding.fixes.len());
    };
    let edits: Vec<_> = fix.edits.iter().map(|(_, edit)| edit.clone()).collect();
    assert!(fix.edits.iter().all(|(file, _)| *file == finding.file));
    text::apply(fixture.text(finding.file), &edits).unwrap_or_else(|error| panic!("{error}"))
}

/// Places that belong to the rule's findings besides their own.
pub(crate) fn related(code: &str, workspace: &str) -> Vec<String> {
    let fixture = Fixture::parse(workspace);
    let findings = findings(code, &fixture);
    let related = findings.iter().flat_map(|finding| &finding.related);
    related
        .map(|place| text::slice(fixture.text(place.file), place.range).to_owned())
        .collect()
}

/// Titles of the fixes of the rule's findings.
pub(crate) fn fixes(code: &str, workspace: &str) -> Vec<String> {
    let fixture = Fixture::parse(workspace);
    let findings = findings(code, &fixture);
    let fixes = findings.iter().flat_map(|finding| &finding.fixes);
    fixes.map(|fix| fix.title.text(Locale::English)).collect()
}

fn findings(code: &str, fixture: &Fixture) -> Vec<Finding> {
    let checked = Checked::new(&fixture.graph);
    let all = checked
        .features()
        .flat_map(|(_, found)| found.findings.clone());
    let findings: Vec<Finding> = all.filter(|finding| finding.code == code).collect();
    findings.iter().for_each(is_worded);
    findings
}

/// Every sentence is short and whole, in both languages.
fn is_worded(finding: &Finding) {
    let related = finding.related.iter().map(|place| &place.message);
    let fixes = finding.fixes.iter().map(|fix| &fix.title);
    for message in std::iter::once(&finding.message)
        .chain(related)
        .chain(fixes)
    {
        for locale in [Locale::English, Locale::Japanese] {
            let sentence = message.text(locale);
            assert!(sentence.chars().count() <= 120, "too long: {sentence}");
            // Paths of contracts have parameters.
            let filled = sentence.replace("{code}", "");
            let gap = |rest: &str| {
                let name = rest.split_once('}').map_or("", |(name, _)| name);
                !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase())
            };
            assert!(!filled.split('{').skip(1).any(gap), "unfilled: {sentence}");
        }
    }
}
