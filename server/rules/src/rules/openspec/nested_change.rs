//! A directory of changes where a change is expected.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;
use trace::openspec::head;

const NESTED: Template = Template {
    en: "\"{name}\" is no change: it holds {count} changes that OpenSpec does not see, `{first}` first.",
    ja: "「{name}」は変更ではありません。OpenSpec の見ない変更 {count} 件 (`{first}` など) を含んでいます。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "nested-change",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A directory below `changes/` that only holds changes.",
    explanation: "A change is a directory right below `changes/`. OpenSpec takes the directory around for an empty change and does not see those inside. Known to OpenSpec since 1.13.1.",
    bad: "changes/mobile/add-lockers/proposal.md",
    good: "changes/mobile-add-lockers/proposal.md",
    messages: &[NESTED],
    measured: None,
};

pub(crate) struct NestedChange;

impl Rule for NestedChange {
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
        let Some(nested) = unit.nested.as_ref().filter(|_| unit.edition.is_strict()) else {
            return;
        };
        let Some(document) = feature.documents.first() else {
            return;
        };
        let facts = [
            ("name", feature.name.as_str()),
            ("count", &nested.count.to_string()),
            ("first", &nested.first),
        ];
        drop(sink.report(document.file, head(document), Message::new(NESTED, &facts)));
    }
}
