//! Requirements of a main spec with a text of more than 500 characters.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use std::cmp::Reverse;
use text::TextRange;
use trace::Feature;
use trace::FeatureDocument;

const LONG: Template = Template {
    en: "\"{name}\" is {length} characters long, {count} of {all} requirements are longer than 500.",
    ja: "「{name}」は {length} 文字です。要件 {all} 件のうち {count} 件が 500 文字を超えています。",
};

const ALSO: Template = Template {
    en: "\"{name}\" is {length} characters long.",
    ja: "「{name}」は {length} 文字です。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "requirement-too-long",
    group: Group::OpenSpec,
    severity: Severity::Hint,
    summary: "Requirements of a main spec with a text of more than 500 characters.",
    explanation: "OpenSpec's limit, which it only mentions. One finding per spec: it names the longest, and the others stand beside it.",
    bad: "### Requirement: Login\nThe system SHALL ... (more than 500 characters)",
    good: "### Requirement: Login\nThe system SHALL let users in.\n\n#### Scenario: Right password\n- **WHEN** the password is right\n- **THEN** the user is let in",
    messages: &[LONG, ALSO],
    measured: None,
};

pub(crate) struct RequirementTooLong;

impl Rule for RequirementTooLong {
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
        let Some(document) = feature.document(*file) else {
            return;
        };
        let long = || spec.listed.iter().filter(|each| each.length > MOST);
        let Some(longest) = long().max_by_key(|each| (each.length, Reverse(each.title.start())))
        else {
            return;
        };
        let (count, all) = (long().count().to_string(), spec.listed.len().to_string());
        let facts = [
            ("name", name(document, longest.title)),
            ("length", &longest.length.to_string()),
            ("count", &count),
            ("all", &all),
        ];
        let mut draft = sink
            .report(*file, longest.title, Message::new(LONG, &facts))
            .fact("long");
        for other in long().filter(|each| each.heading != longest.heading) {
            let facts = [
                ("name", name(document, other.title)),
                ("length", &other.length.to_string()),
            ];
            draft = draft.related(*file, other.title, Message::new(ALSO, &facts));
        }
        drop(draft);
    }
}

/// Characters that a requirement may have.
const MOST: usize = 500;

fn name(document: &FeatureDocument, title: TextRange) -> &str {
    let title = document.slice(title);
    title
        .split_once(':')
        .filter(|(word, _)| word.eq_ignore_ascii_case("Requirement"))
        .map_or(title, |(_, name)| name.trim())
}
