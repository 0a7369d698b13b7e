//! A purpose that nobody wrote.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const NOBODY: Template = Template {
    en: "The purpose is still \"{text}\".",
    ja: "目的がまだ「{text}」のままです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "purpose-placeholder",
    group: Group::OpenSpec,
    severity: Severity::Warning,
    summary: "A main spec whose purpose is the sentence archive left there, or begins with TBD or TODO.",
    explanation: "Archive writes the sentence when it makes a new capability. The spec then says what the system does, and not what for. Known to OpenSpec since 1.11.",
    bad: "## Purpose\nTBD - created by archiving change add-lockers. Update Purpose after archive.",
    good: "## Purpose\nWho may use the lockers, and how they show who they are.",
    messages: &[NOBODY],
    measured: None,
};

pub(crate) struct PurposePlaceholder;

impl Rule for PurposePlaceholder {
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
        let placeholder = spec
            .purpose
            .as_ref()
            .and_then(|purpose| purpose.placeholder);
        match (placeholder, feature.document(*file)) {
            (Some(range), Some(document)) => {
                let message = Message::new(NOBODY, &[("text", document.slice(range))]);
                drop(sink.report(*file, range, message).fact("placeholder"));
            }
            _ => sink.clean(),
        }
    }
}
