//! A purpose of less than 50 characters.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const SHORT: Template = Template {
    en: "The purpose is {length} characters long, less than the 50 that OpenSpec asks for.",
    ja: "目的は {length} 文字で、OpenSpec が求める 50 文字に足りません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "purpose-too-short",
    group: Group::OpenSpec,
    severity: Severity::Warning,
    summary: "A main spec whose purpose has less than 50 characters.",
    explanation: "OpenSpec's limit. In Japanese or Chinese fifty characters say far more than in English; the tool does not know that.",
    bad: "## Purpose\nLogin.",
    good: "## Purpose\nWho may use the lockers, and how they show who they are.",
    messages: &[SHORT],
    measured: None,
};

pub(crate) struct PurposeTooShort;

impl Rule for PurposeTooShort {
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
            && let Some(purpose) = &spec.purpose
            && purpose.placeholder.is_none()
            && purpose.length < LEAST
        {
            let message = Message::new(SHORT, &[("length", &purpose.length.to_string())]);
            drop(sink.report(*file, purpose.range, message));
        }
    }
}

/// Characters that a purpose has at least.
const LEAST: usize = 50;
