//! `skip_specs` that cannot hold.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;
use trace::openspec::SkipSpecs;

const FILES: Template = Template {
    en: "`skip_specs` is set, and the change has files below `specs/`.",
    ja: "`skip_specs` が設定されていますが、この変更は `specs/` にファイルを持っています。",
};

const UNREADABLE: Template = Template {
    en: "`skip_specs` is set, but OpenSpec does not take this file as metadata of a change.",
    ja: "`skip_specs` が設定されていますが、OpenSpec はこのファイルを変更のメタデータとして扱いません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "skip-specs-conflict",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "`skip_specs: true` beside files below `specs/`, or in metadata that OpenSpec does not take.",
    explanation: "The marker says that the change has no deltas. With files below `specs/` it is untrue; in a file that is no valid metadata (a missing or unknown `schema`, a value of the wrong kind) it is not honoured.",
    bad: "skip_specs: true",
    good: "schema: spec-driven\nskip_specs: true",
    messages: &[FILES, UNREADABLE],
    measured: None,
};

pub(crate) struct SkipSpecsConflict;

impl Rule for SkipSpecsConflict {
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
        match unit.skip_specs {
            SkipSpecs::Yes(file, range) if unit.has_spec_files => {
                drop(sink.report(file, range, Message::new(FILES, &[])));
            }
            SkipSpecs::Unreadable(file, range) => {
                drop(sink.report(file, range, Message::new(UNREADABLE, &[])));
            }
            SkipSpecs::Yes(..) => sink.clean(),
            SkipSpecs::No => {}
        }
    }
}
