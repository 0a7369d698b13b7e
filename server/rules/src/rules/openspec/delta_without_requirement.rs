//! A delta that asks for nothing.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const NO_SECTION: Template = Template {
    en: "The delta has no section such as `## ADDED Requirements`.",
    ja: "差分に `## ADDED Requirements` のような見出しがありません。",
};

const EMPTY: Template = Template {
    en: "`{section}` holds no requirement, and neither does the rest of the delta.",
    ja: "`{section}` に要件がなく、差分のほかの場所にもありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "delta-without-requirement",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A delta without a delta section, or whose sections hold no requirement.",
    explanation: "Headings such as `## ADDED Requirements` say what becomes of the requirements below them. A delta without them, or with nothing below, changes no main spec.",
    bad: "## New things\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    good: "## ADDED Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[NO_SECTION, EMPTY],
    measured: None,
};

pub(crate) struct DeltaWithoutRequirement;

impl Rule for DeltaWithoutRequirement {
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
        for delta in unit.read().filter(|delta| delta.delta.is_empty()) {
            let Some(document) = feature.document(delta.file) else {
                continue;
            };
            let first = delta
                .delta
                .sections
                .iter()
                .map(|(_, range)| *range)
                .min_by_key(|range| range.start());
            let (range, message) = match first {
                Some(section) => {
                    let heading = document.slice(section).trim();
                    (section, Message::new(EMPTY, &[("section", heading)]))
                }
                None => (delta.delta.head, Message::new(NO_SECTION, &[])),
            };
            drop(
                sink.report(delta.file, range, message)
                    .fact(delta.below.as_str()),
            );
        }
    }
}
