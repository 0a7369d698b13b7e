//! `check --phase`: what a feature must have before its next phase, as a gate for people, builds and hooks.
//!
//! The table is docs/phases.md.

use clap::ValueEnum;
use documents::{DocumentKind, Format};
use rules::{Finding, Group, Severity};
use trace::{Feature, FeatureState};

use super::human::plural;
use super::markup::one_line;
use super::scope::Chosen;

/// A phase that ends with a gate; each needs what those before it need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Phase {
    /// spec.md is complete: no template text, every section and scenario written
    Specify,
    /// plan.md too, every question answered, gates kept
    Plan,
    /// tasks.md too, and it covers the stories
    Tasks,
    /// The ticked tasks were done
    Implement,
}

/// Rules that speak of work that was done, wherever they find it.
const OF_WORK: [&str; 6] = [
    "phantom-task",
    "broken-path",
    "broken-link",
    "broken-symbol",
    "parent-done-child-open",
    "requirement-without-test",
];

/// Rules that say what this gate asks for in its own words.
const TOLD_HERE: [&str; 2] = ["missing-document", "unresolved-clarification"];

impl Phase {
    /// Whether a finding stands in the way of the end of this phase.
    pub(crate) fn refuses(self, feature: &Feature, finding: &Finding) -> bool {
        finding.severity > Severity::Hint
            && !TOLD_HERE.contains(&finding.code)
            && phase_of(feature, finding) <= self
    }

    /// What a feature lacks that no finding tells, one sentence each.
    pub(crate) fn lacks(self, feature: &Feature) -> Vec<String> {
        let mut lacks = Vec::new();
        let path = one_line(&feature.path);
        if feature.format() != Format::SpecKit {
            return lacks;
        }
        for (name, kind, phase) in [
            ("spec.md", DocumentKind::Spec, Self::Specify),
            ("plan.md", DocumentKind::Plan, Self::Plan),
            ("tasks.md", DocumentKind::Tasks, Self::Tasks),
        ] {
            if self >= phase && feature.document_of(kind).is_none() {
                lacks.push(format!("{path}: {name} is not there"));
            }
        }
        let asked = [feature.spec(), feature.plan()];
        for document in asked.into_iter().flatten().filter(|_| self >= Self::Plan) {
            let open = document.facts().clarifications.len();
            if open > 0 {
                let name = document.path.rsplit('/').next().unwrap_or_default();
                let questions = plural(open, "question");
                lacks.push(format!("{path}: {name} has {open} open {questions}"));
            }
        }
        lacks
    }
}

/// The first phase whose end a finding stands in the way of: that of the document it is in.
fn phase_of(feature: &Feature, finding: &Finding) -> Phase {
    if OF_WORK.contains(&finding.code) {
        return Phase::Implement;
    }
    let group = rules::rule(finding.code).map(|rule| rule.descriptor().group);
    if matches!(group, Some(Group::Coverage | Group::Tasks)) {
        return Phase::Tasks;
    }
    match feature.document(finding.file).map(|document| document.kind) {
        Some(DocumentKind::Spec) => Phase::Specify,
        Some(DocumentKind::Tasks | DocumentKind::Checklist) => Phase::Tasks,
        _ => Phase::Plan,
    }
}

/// Of the features in scope those that somebody named as the one in work; all, where nobody did.
pub(crate) fn in_work(chosen: Vec<Chosen<'_>>) -> Vec<Chosen<'_>> {
    let named = |(feature, _): &Chosen<'_>| feature.state == FeatureState::Named;
    if chosen.iter().any(named) {
        chosen.into_iter().filter(named).collect()
    } else {
        chosen
    }
}
