//! A task list that OpenSpec counts as empty.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use trace::Feature;

const NONE: Template = Template {
    en: "No line of the task list has a checkbox, and OpenSpec counts 0 tasks.",
    ja: "タスク一覧にチェックボックスの行がなく、OpenSpec は 0 件と数えます。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "tasks-without-checkbox",
    group: Group::OpenSpec,
    severity: Severity::Warning,
    summary: "A task list with list items, none of which has a checkbox.",
    explanation: "Progress is counted by checkboxes. Without one the change counts as having no work, and archive has nothing to warn of. Known to OpenSpec since 1.13.1.",
    bad: "## 1. Build\n\n- 1.1 Write the model",
    good: "## 1. Build\n\n- [ ] 1.1 Write the model",
    messages: &[NONE],
    measured: None,
};

pub(crate) struct TasksWithoutCheckbox;

impl Rule for TasksWithoutCheckbox {
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
        let Some(tasks) = unit.tasks.as_ref().filter(|_| unit.edition.is_strict()) else {
            return;
        };
        for (file, range) in tasks.unchecked() {
            drop(
                sink.report(file, range, Message::new(NONE, &[]))
                    .fact("none"),
            );
        }
    }
}
