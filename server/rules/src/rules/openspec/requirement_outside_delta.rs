//! A requirement of a delta outside its delta sections.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const UNDER: Template = Template {
    en: "\"{name}\" stands under `## {section}`, which is no delta section.",
    ja: "「{name}」は差分の見出しではない `## {section}` の下にあります。",
};

const ABOVE: Template = Template {
    en: "\"{name}\" stands above the first section of the delta.",
    ja: "「{name}」は差分の最初の見出しより上にあります。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-outside-delta",
    group: Group::OpenSpec,
    severity: Severity::Warning,
    summary: "A requirement in a delta that stands in none of the four delta sections.",
    explanation: "OpenSpec reads only what stands below ADDED, MODIFIED, REMOVED and RENAMED. The requirement looks as if it would be applied, and is not. Known to OpenSpec since 1.13.1.",
    bad: "## Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    good: "## ADDED Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[UNDER, ABOVE],
    measured: None,
};

pub(crate) struct RequirementOutsideDelta;

impl Rule for RequirementOutsideDelta {
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
        for file in unit.read() {
            let Some(document) = feature.document(file.file) else {
                continue;
            };
            for (named, section) in &file.delta.orphans {
                let message = match section {
                    Some(title) => {
                        let facts = [
                            ("name", named.name.as_str()),
                            ("section", document.slice(*title)),
                        ];
                        Message::new(UNDER, &facts)
                    }
                    None => Message::new(ABOVE, &[("name", &named.name)]),
                };
                drop(
                    sink.report(file.file, named.range, message)
                        .fact(named.name.as_str()),
                );
            }
        }
    }
}
