//! An open task in a shape that Kiro does not offer to start.

use documents::{DocumentKind, Format, Item, ItemKind, TaskState};
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const HEADING: Template = Template {
    en: "Task {task} is a heading; Kiro offers to start list items with a box and a number only.",
    ja: "タスク {task} は見出しです。Kiro が実行できるのは、番号付きのチェック項目だけです。",
};
const UNNUMBERED: Template = Template {
    en: "This task has no number behind its box; Kiro offers to start numbered tasks only.",
    ja: "このタスクにはチェックボックスの後に番号がありません。Kiro が実行できるのは番号付きのタスクだけです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "task-not-startable",
    group: Group::Tasks,
    severity: Severity::Information,
    summary: "An open task in a shape that Kiro does not offer to start.",
    explanation: "Kiro shows *Start task* only on lines like `- [ ] 1. Title` and `- [ ] 1.2 Title`. On headings with \
                  boxes (`### [ ] 1.2 Title`) and on boxes without a number it shows nothing.\n\nOnly open tasks at the \
                  top of their list, only in specs of Kiro itself (cc-sdd, known by its spec.json, starts tasks \
                  otherwise), one finding for each shape.",
    bad: "### [ ] 1.2 Send the notice",
    good: "- [ ] 1.2 Send the notice",
    messages: &[HEADING, UNNUMBERED],
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 8,
        found: 8,
    }),
};

pub(crate) struct TaskNotStartable;

impl Rule for TaskNotStartable {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::KiroTasks, DocumentKind::KiroConfig]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(tasks) = feature.tasks_document() else {
            return;
        };
        let is_cc_sdd = feature
            .documents
            .iter()
            .any(|document| document.path.ends_with("/spec.json"));
        // A template's lines are nobody's tasks yet.
        if is_cc_sdd || !tasks.facts().placeholders.is_empty() {
            return;
        }
        for (at, item) in tasks.facts().items_of(ItemKind::Task) {
            let Some(task) = &item.task else { continue };
            if task.state != TaskState::Open || task.missing_checkbox {
                continue;
            }
            let template = if tasks.slice(item.range).starts_with('#') {
                HEADING
            } else if item.id.is_empty() && item.parent.is_none() {
                UNNUMBERED
            } else {
                sink.clean();
                continue;
            };
            let message = Message::new(template, &[("task", item.id.as_str())]);
            let draft = sink.report(tasks.file, place(item), message).item(at);
            drop(draft.group(template.en).fact(tasks.slice(item.title_range)));
        }
    }
}

/// The number, or the box of a task without one.
fn place(item: &Item) -> text::TextRange {
    let checkbox = item.task.as_ref().map(|task| task.checkbox_range);
    if item.id.is_empty() {
        checkbox.unwrap_or(item.id_range)
    } else {
        item.id_range
    }
}
