//! `check --phase`: what a feature must have before its next phase, as a gate for people, builds and hooks.
//!
//! The table is docs/phases.md.

use clap::ValueEnum;
use documents::{DocumentKind, Format};
use rules::{Finding, Group, Severity};
use trace::{Feature, FeatureState, UnitKind};

use super::human::plural;
use super::markup::one_line;
use super::scope::Chosen;

/// A phase that ends with a gate; each needs what those before it need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Phase {
    /// The spec is complete: no template text, every section and scenario written
    Specify,
    /// The plan too, every question answered, gates kept
    Plan,
    /// The tasks too, and they cover the stories
    Tasks,
    /// The ticked tasks were done
    Implement,
}

/// Rules that speak of work that was done, wherever they find it.
const OF_WORK: [&str; 10] = [
    "phantom-task",
    "broken-path",
    "broken-link",
    "broken-symbol",
    "parent-done-child-open",
    "requirement-without-test",
    "entity-drift",
    "stack-drift",
    "layout-drift",
    "test-drift",
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
        for (phase, name, kinds) in needed(feature) {
            let there = |kind: &DocumentKind| feature.document_of(*kind).is_some();
            if self >= *phase && !kinds.iter().any(there) {
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

/// Documents that the end of a phase needs, by what people call them; any of the kinds will do. A capability has no
/// phases, and the design of a change may be left out.
fn needed(feature: &Feature) -> &'static [(Phase, &'static str, &'static [DocumentKind])] {
    use DocumentKind as Kind;
    match feature.format() {
        Format::SpecKit => &[
            (Phase::Specify, "spec.md", &[Kind::Spec]),
            (Phase::Plan, "plan.md", &[Kind::Plan]),
            (Phase::Tasks, "tasks.md", &[Kind::Tasks]),
        ],
        Format::Kiro => &[
            (
                Phase::Specify,
                "requirements.md",
                &[Kind::KiroRequirements, Kind::KiroBugfix],
            ),
            (Phase::Plan, "design.md", &[Kind::KiroDesign]),
            (Phase::Tasks, "tasks.md", &[Kind::KiroTasks]),
        ],
        Format::OpenSpec if feature.unit == UnitKind::Capability => &[],
        Format::OpenSpec => &[
            (Phase::Specify, "proposal.md", &[Kind::OpenSpecProposal]),
            (Phase::Specify, "a delta", &[Kind::OpenSpecDelta]),
            (Phase::Tasks, "tasks.md", &[Kind::OpenSpecTasks]),
        ],
    }
}

/// The first phase whose end a finding stands in the way of: that of the document it is in.
fn phase_of(feature: &Feature, finding: &Finding) -> Phase {
    if OF_WORK.contains(&finding.code) {
        return Phase::Implement;
    }
    let group = rules::rule(finding.code).map(|rule| rule.descriptor().group);
    if group == Some(Group::Drift) {
        return Phase::Implement;
    }
    if matches!(group, Some(Group::Coverage | Group::Tasks)) {
        return Phase::Tasks;
    }
    match feature.document(finding.file).map(|document| document.kind) {
        Some(DocumentKind::OpenSpecProposal) => Phase::Specify,
        Some(kind) if kind.is_spec() => Phase::Specify,
        Some(kind) if kind.is_tasks() || kind == DocumentKind::Checklist => Phase::Tasks,
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
