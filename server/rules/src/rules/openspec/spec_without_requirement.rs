//! A main spec whose requirements section holds none.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const NONE: Template = Template {
    en: "The `## Requirements` section holds no `### Requirement:` heading.",
    ja: "`## Requirements` セクションに `### Requirement:` の見出しがありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "spec-without-requirement",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A main spec whose requirements section holds no requirement.",
    explanation: "A capability without a requirement says nothing that could be built, and `openspec validate` refuses it.",
    bad: "## Purpose\nWho may use the lockers, and how they show who they are.\n\n## Requirements",
    good: "## Purpose\nWho may use the lockers, and how they show who they are.\n\n## Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[NONE],
    measured: None,
};

pub(crate) struct SpecWithoutRequirement;

impl Rule for SpecWithoutRequirement {
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
        if let Some((file, spec)) = &unit.capability
            && let Some(heading) = spec.requirements
            && spec.listed.is_empty()
        {
            drop(sink.report(*file, heading, Message::new(NONE, &[])));
        }
    }
}
