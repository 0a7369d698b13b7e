//! A requirement that says nothing but its name.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::requirements::{blocks, on};
use documents::Format;
use documents::openspec::is_normative;
use trace::Feature;

const WITHOUT: Template = Template {
    en: "\"{name}\" has no text below its heading.",
    ja: "「{name}」の見出しの下に本文がありません。",
};

const ONLY_NAME: Template = Template {
    en: "\"{name}\" says SHALL or MUST in its heading and has no text below it.",
    ja: "「{name}」は見出しでだけ SHALL や MUST を述べ、その下に本文がありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-without-text",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A requirement without text between its heading and the next one.",
    explanation: "The text is what OpenSpec reads for SHALL or MUST, and what the next reader builds from; a name alone is refused. Fenced blocks are no text.",
    bad: "### Requirement: Login\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    good: "### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[WITHOUT, ONLY_NAME],
    measured: None,
};

pub(crate) struct RequirementWithoutText;

impl Rule for RequirementWithoutText {
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
        for (document, block, _) in blocks(feature, unit) {
            if block.body.is_some() {
                sink.clean();
                continue;
            }
            let template = if is_normative(&block.name) {
                ONLY_NAME
            } else {
                WITHOUT
            };
            let message = Message::new(template, &[("name", &block.name)]);
            drop(on(
                sink.report(document.file, block.name_range, message),
                document,
                block,
            ));
        }
        // A heading of blanks is a requirement without anything to OpenSpec.
        if let Some((file, spec)) = &unit.capability {
            for listed in spec.listed.iter().filter(|listed| listed.length == 0) {
                let message = Message::new(WITHOUT, &[("name", "###")]);
                drop(sink.report(*file, listed.heading, message));
            }
        }
    }
}
