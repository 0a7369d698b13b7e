//! Headings of a main spec at a place where OpenSpec does not see them.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use documents::openspec::Fault;
use trace::Feature;

const DELTA: Template = Template {
    en: "\"{heading}\" is a heading of deltas and ends the requirements of this main spec.",
    ja: "「{heading}」は差分の見出しで、このメイン仕様の要件をそこで終わらせています。",
};

const OUTSIDE: Template = Template {
    en: "\"{name}\" stands outside `## Requirements`, where OpenSpec does not see it.",
    ja: "「{name}」は OpenSpec の見ない `## Requirements` の外にあります。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-misplaced",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A delta heading in a main spec, or a requirement outside its requirements section.",
    explanation: "OpenSpec reads requirements only between `## Requirements` and the next heading of the second level. What stands elsewhere is invisible to it; a delta heading that was copied along ends the section for all that follows.",
    bad: "## Purpose\nWho may use the lockers, and how they show who they are.\n\n## Requirements\n\n## ADDED Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    good: "## Purpose\nWho may use the lockers, and how they show who they are.\n\n## Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[DELTA, OUTSIDE],
    measured: None,
};

pub(crate) struct RequirementMisplaced;

impl Rule for RequirementMisplaced {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::OpenSpec]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(unit) = &feature.openspec else {
            return;
        };
        let Some((file, spec)) = &unit.capability else {
            return;
        };
        // Without the section nothing has its place: that is one finding, of `spec-section-missing`.
        if spec.requirements.is_none() {
            return;
        }
        let Some(document) = feature.document(*file) else {
            return;
        };
        for misplaced in &spec.misplaced {
            let heading = document.slice(misplaced.range);
            let message = match misplaced.fault {
                Fault::DeltaSection => Message::new(DELTA, &[("heading", heading)]),
                Fault::Outside => Message::new(OUTSIDE, &[("name", &misplaced.name)]),
                Fault::Twice(_) => continue,
            };
            drop(
                sink.report(*file, misplaced.range, message)
                    .fact(heading)
                    .group("misplaced"),
            );
        }
    }
}
