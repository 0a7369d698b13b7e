//! Headings in a delta that OpenSpec passes over.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const IGNORED: Template = Template {
    en: "\"{heading}\" in {section} is no requirement to OpenSpec.",
    ja: "{section} の「{heading}」は OpenSpec にとって要件ではありません。",
};

const NAMELESS: Template = Template {
    en: "A requirement in {section} has no name, and OpenSpec passes over it.",
    ja: "{section} に名前のない要件があり、OpenSpec はこれを読み飛ばします。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "delta-heading-ignored",
    group: Group::OpenSpec,
    severity: Severity::Information,
    summary: "A third-level heading in ADDED or MODIFIED that is no requirement.",
    explanation: "It only divides the text; if a requirement was meant, it is lost. Requirements begin with `### Requirement:` and a name.",
    bad: "## ADDED Requirements\n\n### Login\nThe system SHALL let users in.",
    good: "## ADDED Requirements\n\n### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[IGNORED, NAMELESS],
    measured: None,
};

pub(crate) struct DeltaHeadingIgnored;

impl Rule for DeltaHeadingIgnored {
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
            for (heading, range, operation) in &file.delta.skipped {
                let word = heading.strip_suffix(':').unwrap_or(heading);
                let template = if word.eq_ignore_ascii_case("requirement") {
                    NAMELESS
                } else {
                    IGNORED
                };
                let facts = [
                    ("heading", heading.as_str()),
                    ("section", operation.as_str()),
                ];
                let draft = sink.report(file.file, *range, Message::new(template, &facts));
                drop(draft.fact(heading.as_str()));
            }
        }
    }
}
