//! A section that the project's own template calls mandatory and the spec does not have.

use documents::Generation;
use text::{Edit, TextSize};
use trace::{Feature, FeatureDocument, RequiredSection};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::headings::{is_there, normalised, title_range};
use crate::message::{Message, Template};

const MISSING: Template = Template {
    en: "spec.md has no section \u{201c}{title}\u{201d}, which the project's template calls mandatory.",
    ja: "spec.md に、プロジェクトのテンプレートで必須の「{title}」セクションがありません。",
};
const INSERT: Template = Template {
    en: "Insert the section \u{201c}{title}\u{201d}",
    ja: "「{title}」セクションを挿入",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "missing-section",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A section that the project's template calls mandatory and the spec does not have.",
    explanation: "What a section holds (requirements, success criteria) is what plan and tasks are derived from.\n\n\
                  Mandatory is what the project's own resolved `spec-template.md` tags `*(mandatory)*`, in whatever \
                  language. A heading counts in other spelling, as half of a bilingual heading and in translation. \
                  Not checked where the spec follows another template: an older generation, or none of its headings.",
    bad: "# Feature Specification: Login\n\n## User Scenarios & Testing *(mandatory)*\n\n## Requirements *(mandatory)*",
    good: "# Feature Specification: Login\n\n## User Scenarios & Testing *(mandatory)*\n\n## Requirements *(mandatory)*\n\n## Success Criteria *(mandatory)*",
    messages: &[MISSING],
    measured: Some(Measured {
        judged: 16,
        right: 14,
        seeded: 36,
        found: 36,
    }),
};

pub(crate) struct MissingSection;

impl Rule for MissingSection {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec().filter(|_| !feature.required.is_empty()) else {
            return;
        };
        let newer = feature
            .required
            .iter()
            .any(|section| normalised(&section.title) == "success criteria");
        let older = spec.facts().generation == Some(Generation::First);
        let Some(place) = title_range(spec).filter(|_| follows(spec, &feature.required)) else {
            sink.unknown("the spec is not written to the project's template");
            return;
        };
        for section in feature.required.iter() {
            if is_there(spec, &section.title, section.level) {
                sink.clean();
            } else if older && newer {
                sink.unknown("the spec follows an older template than the project has now");
            } else {
                let message = Message::new(MISSING, &[("title", &section.title)]);
                let draft = sink
                    .report(spec.file, place, message)
                    .fact(section.title.as_str())
                    .group("sections");
                drop(match insertion(spec, section) {
                    Some(fix) => draft.fix(fix),
                    None => draft,
                });
            }
        }
    }
}

/// Whether the spec is written to the template: it has more than half of the sections that the template demands. A spec
/// of another workflow has its own.
fn follows(spec: &FeatureDocument, required: &[RequiredSection]) -> bool {
    let there = required
        .iter()
        .filter(|section| is_there(spec, &section.title, section.level))
        .count();
    2 * there > required.len()
}

/// The empty section where the template has it: behind the last of its predecessors, else before the first section.
fn insertion(spec: &FeatureDocument, section: &RequiredSection) -> Option<Fix> {
    let facts = spec.facts();
    let text: &str = &spec.doc.text;
    let here = |title: &str| {
        let title = normalised(title);
        let mut found = facts
            .sections
            .iter()
            .filter(|each| each.level == section.level && normalised(&each.title) == title);
        found.next()
    };
    let at: usize = match section.after.iter().rev().find_map(|title| here(title)) {
        Some(before) => before.range.end().into(),
        None => facts
            .sections
            .iter()
            .find(|each| each.level == section.level)
            .map_or(text.len(), |first| first.range.start().into()),
    };
    // A heading inside a fence or comment that nothing closes would be part of it.
    if facts
        .opaque
        .iter()
        .any(|range| range.start() < offset(at) && range.end() >= offset(at))
    {
        return None;
    }
    let line_break = if facts.style.crlf { "\r\n" } else { "\n" };
    let before = &text[text::bom_len(text)..at];
    let ends = before.ends_with(['\n', '\r']);
    let last = before.trim_end_matches(['\n', '\r', ' ', '\t']);
    let gap = &before[last.len()..];
    let blank = before.is_empty() || gap.matches('\n').count().max(gap.matches('\r').count()) > 1;
    let mut insert = String::new();
    if !before.is_empty() && !ends {
        insert.push_str(line_break);
    }
    if !blank {
        insert.push_str(line_break);
    }
    insert.push_str(&"#".repeat(section.level.into()));
    insert.push(' ');
    insert.push_str(&section.heading);
    insert.push_str(line_break);
    if at < text.len() {
        insert.push_str(line_break);
    }
    Some(Fix {
        title: Message::new(INSERT, &[("title", &section.title)]),
        preferred: true,
        edits: vec![(spec.file, Edit::insert(offset(at), insert))],
    })
}

fn offset(at: usize) -> TextSize {
    TextSize::new(at as u32)
}
