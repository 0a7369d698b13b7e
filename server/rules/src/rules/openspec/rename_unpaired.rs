//! Half of a rename.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const HALF: Template = Template {
    en: "{side}: \"{name}\" has no {other}: line.",
    ja: "{side}: 「{name}」に対応する {other}: の行がありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "rename-unpaired",
    group: Group::OpenSpec,
    severity: Severity::Error,
    summary: "A `FROM:` without its `TO:`, or the other way round.",
    explanation: "A rename is a `FROM:` line and the `TO:` line right behind it. A half is not applied, or names another requirement than was meant. Known to OpenSpec since 1.13.1.",
    bad: "## RENAMED Requirements\n- FROM: `### Requirement: Login`",
    good: "## RENAMED Requirements\n- FROM: `### Requirement: Login`\n- TO: `### Requirement: Sign in`",
    messages: &[HALF],
    measured: None,
};

pub(crate) struct RenameUnpaired;

impl Rule for RenameUnpaired {
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
            for (side, named) in &file.delta.unpaired {
                let facts = [
                    ("side", side.as_str()),
                    ("name", named.name.as_str()),
                    ("other", side.other().as_str()),
                ];
                let draft = sink.report(file.file, named.range, Message::new(HALF, &facts));
                drop(draft.fact(format!("{} {}", side.as_str(), named.name)));
            }
        }
    }
}
