//! A requirement that never says SHALL or MUST.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::requirements::{blocks, on};
use documents::Format;
use documents::openspec::is_normative;
use trace::Feature;

const WITHOUT: Template = Template {
    en: "The text of \"{name}\" says neither SHALL nor MUST.",
    ja: "「{name}」の本文に SHALL も MUST もありません。",
};

const ONLY_NAME: Template = Template {
    en: "\"{name}\" says SHALL or MUST in its heading and not in its text.",
    ja: "「{name}」は SHALL や MUST を見出しでだけ述べ、本文では述べていません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-without-keyword",
    group: Group::OpenSpec,
    severity: Severity::Warning,
    summary: "A requirement whose text says neither SHALL nor MUST.",
    explanation: "OpenSpec reads the two words, in capitals, as the mark of what is binding. In the heading alone they do not count. Specs in other languages often go without them: OpenSpec's own rule does not know languages.",
    bad: "### Requirement: Login\nUsers can log in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    good: "### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[WITHOUT, ONLY_NAME],
    measured: None,
};

pub(crate) struct RequirementWithoutKeyword;

impl Rule for RequirementWithoutKeyword {
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
            let Some(body) = &block.body else {
                continue;
            };
            if body.normative {
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
    }
}
