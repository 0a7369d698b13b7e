//! The report of Spec Kit's `/speckit.analyze`, in its own tables, with the passes of it that need no judgement.
//!
//! Its passes by letter: A duplication, B ambiguity, C underspecification, D constitution, E coverage, F inconsistency.

use std::fmt::Write as _;

use documents::ItemKind;
use rules::{Group, Severity};

use super::coverage::{Covered, CoveredItem};
use super::markup::{code_cell, sentence_cell};
use super::report::{Report, Reported, docs_link};

/// Rows of the table of findings; the command asks for no more.
const ROWS: usize = 50;

/// A pass of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pass {
    Duplication,
    Ambiguity,
    Underspecification,
    Constitution,
    Coverage,
    Inconsistency,
}

impl Pass {
    fn of(code: &str) -> Self {
        match code {
            "duplicate-id" => Self::Duplication,
            "leftover-placeholder" | "unresolved-clarification" => Self::Ambiguity,
            "constitution-placeholder"
            | "principle-without-gate"
            | "gate-violation-unjustified" => Self::Constitution,
            "duplicate-feature-number" | "malformed-id" | "stale-checklist-reference" => {
                Self::Inconsistency
            }
            code => match rules::rule(code).map(|rule| rule.descriptor().group) {
                Some(Group::Structure) => Self::Underspecification,
                Some(Group::Coverage) => Self::Coverage,
                _ => Self::Inconsistency,
            },
        }
    }

    fn letter(self) -> char {
        char::from(b'A' + self as u8)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Duplication => "Duplication",
            Self::Ambiguity => "Ambiguity",
            Self::Underspecification => "Underspecification",
            Self::Constitution => "Constitution",
            Self::Coverage => "Coverage Gap",
            Self::Inconsistency => "Inconsistency",
        }
    }
}

/// The command's word for how bad a finding is: what the constitution says is not negotiable there.
fn grade(pass: Pass, severity: Severity) -> &'static str {
    match (pass, severity) {
        (Pass::Constitution, Severity::Error | Severity::Warning) => "CRITICAL",
        (_, Severity::Error) => "HIGH",
        (_, Severity::Warning) => "MEDIUM",
        _ => "LOW",
    }
}

/// The reports of all features, one behind the other. `covered` are the report's features in its order.
pub(crate) fn analyze(report: &Report, covered: &[Covered]) -> String {
    let parts = covered
        .iter()
        .enumerate()
        .map(|(at, covered)| feature(report, at, covered));
    parts.collect::<Vec<_>>().join("\n")
}

fn feature(report: &Report, at: usize, covered: &Covered) -> String {
    let mut findings: Vec<(Pass, &Reported)> = report
        .findings
        .iter()
        .filter(|finding| finding.feature == at && finding.severity > Severity::Hint)
        .map(|finding| (Pass::of(finding.code), finding))
        .collect();
    findings.sort_by_key(|(pass, _)| *pass);
    let name = report
        .features
        .get(at)
        .map_or(String::new(), |feature| report.feature_shown(feature));
    let mut out = format!(
        "## Specification Analysis Report\n\nFeature: {}\n\n",
        code_cell(&name)
    );
    if findings.is_empty() {
        out.push_str("No issues found.\n\n");
    } else {
        table(report, &findings, &mut out);
    }
    coverage(covered, &mut out);
    metrics(&findings, covered, &mut out);
    out
}

// Writing to a string cannot fail, here and below.
fn table(report: &Report, findings: &[(Pass, &Reported)], out: &mut String) {
    out.push_str(
        "| ID | Category | Severity | Location(s) | Summary | Recommendation |\n|---|---|---|---|---|---|\n",
    );
    let mut number = 0;
    let mut last = None;
    for (pass, finding) in findings.iter().take(ROWS) {
        number = if last == Some(*pass) { number + 1 } else { 1 };
        last = Some(*pass);
        let recommendation = finding.fixes.first().map_or_else(
            || format!("[{}]({})", finding.code, docs_link(finding.code)),
            |fix| sentence_cell(&fix.title),
        );
        let _ = writeln!(
            out,
            "| {}{number} | {} | {} | {} | {} | {recommendation} |",
            pass.letter(),
            pass.name(),
            grade(*pass, finding.severity),
            locations(report, finding),
            sentence_cell(&finding.message),
        );
    }
    let more = findings.len().saturating_sub(ROWS);
    if more > 0 {
        let _ = write!(out, "\n{more} more issues are not in this table.\n");
    }
    out.push('\n');
}

/// `tasks.md:L12, plan.md:L3`, at most four.
fn locations(report: &Report, finding: &Reported) -> String {
    let related = finding.related.iter().map(|(place, _)| place);
    let mut shown: Vec<String> = Vec::new();
    for place in std::iter::once(&finding.place).chain(related) {
        let text = code_cell(&format!("{}:L{}", report.shown(place), place.start.line));
        if !shown.contains(&text) {
            shown.push(text);
        }
    }
    let more = shown.len().saturating_sub(4);
    shown.truncate(4);
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.join(", ")
}

/// What the task list says of an item.
enum Mapped {
    Yes,
    No,
    /// The task list is not there, or names no item of this kind.
    Unknown,
}

fn mapped(item: &CoveredItem, covered: &Covered) -> Mapped {
    let same = |other: &&CoveredItem| other.item == item.item;
    if !item.tasks.is_empty() {
        Mapped::Yes
    } else if covered
        .items
        .iter()
        .filter(same)
        .any(|other| !other.tasks.is_empty())
    {
        Mapped::No
    } else {
        Mapped::Unknown
    }
}

fn coverage(covered: &Covered, out: &mut String) {
    out.push_str(
        "**Coverage Summary Table:**\n\n| Requirement Key | Has Task? | Task IDs | Notes |\n|---|---|---|---|\n",
    );
    for item in &covered.items {
        let (has, note) = match mapped(item, covered) {
            Mapped::Yes => ("yes", ""),
            Mapped::No => ("no", "no task names it"),
            Mapped::Unknown if !covered.has_tasks => ("unknown", "there is no tasks.md yet"),
            Mapped::Unknown => ("unknown", "no task names an item of this kind"),
        };
        let tasks: Vec<String> = item.tasks.iter().map(|task| code_cell(task)).collect();
        let _ = writeln!(
            out,
            "| {} | {has} | {} | {note} |",
            code_cell(&item.id),
            tasks.join(", ")
        );
    }
    out.push('\n');
    if !covered.unmapped.is_empty() {
        let tasks: Vec<String> = covered
            .unmapped
            .iter()
            .map(|task| code_cell(task))
            .collect();
        let _ = write!(
            out,
            "**Unmapped Tasks:** {} (work of setup and polish often is)\n\n",
            tasks.join(", ")
        );
    }
}

fn metrics(findings: &[(Pass, &Reported)], covered: &Covered, out: &mut String) {
    let of = |pass: Pass| findings.iter().filter(|(each, _)| *each == pass).count();
    let requirements = || {
        covered
            .items
            .iter()
            .filter(|item| item.item == ItemKind::Requirement)
    };
    let with_task = requirements().filter(|item| !item.tasks.is_empty()).count();
    let total = requirements().count();
    let share = if total == 0 || with_task == 0 {
        "unknown (no task cites a requirement)".to_owned()
    } else {
        format!("{}%", with_task * 100 / total)
    };
    let critical = findings
        .iter()
        .filter(|(pass, finding)| grade(*pass, finding.severity) == "CRITICAL")
        .count();
    let _ = write!(
        out,
        "**Metrics:**\n\n- Total Requirements: {total}\n- Total Tasks: {}\n- Coverage % (requirements with >=1 task): \
         {share}\n- Ambiguity Count: {}\n- Duplication Count: {}\n- Critical Issues Count: {critical}\n\n\
         From the documents' facts, no AI: what needs judgement (near duplicates, vague words, changing terms, conflicts) \
         is not judged here.\n",
        covered.tasks,
        of(Pass::Ambiguity),
        of(Pass::Duplication),
    );
}

#[cfg(test)]
mod tests;
