//! A task number that was used before.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use documents::Format;
use documents::openspec::TaskList;
use rustc_hash::FxHashMap;
use text::{FileId, TextRange};
use trace::Feature;

const AGAIN: Template = Template {
    en: "Task {id} has the number of an earlier task.",
    ja: "タスク {id} の番号は前のタスクと同じです。",
};

const FIRST: Template = Template {
    en: "The first one.",
    ja: "最初のものです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "task-number-repeated",
    group: Group::OpenSpec,
    severity: Severity::Warning,
    summary: "A task whose number an earlier task of the list has.",
    explanation: "A number that stands twice names no task. Looked at since OpenSpec 1.9, and only under numbered headings.",
    bad: "## 1. Build\n\n- [ ] 1.1 Write the model\n- [ ] 1.1 Write the service",
    good: "## 1. Build\n\n- [ ] 1.1 Write the model\n- [ ] 1.2 Write the service",
    messages: &[AGAIN, FIRST],
    measured: None,
};

pub(crate) struct TaskNumberRepeated;

impl Rule for TaskNumberRepeated {
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
        let Some(tasks) = unit.tasks.as_ref().filter(|tasks| tasks.numbered) else {
            return;
        };
        if !unit.edition.numbers_tasks() {
            return;
        }
        for one in &tasks.lists {
            check_list(one.file, &one.list, sink);
        }
    }
}

fn check_list(file: FileId, list: &TaskList, sink: &mut Sink<'_>) {
    let mut known: FxHashMap<&str, TextRange> = FxHashMap::default();
    for task in &list.tasks {
        let (Some((id, range)), Some(_)) = (&task.id, &task.group) else {
            continue;
        };
        if let Some(first) = known.get(id.as_str()) {
            let message = Message::new(AGAIN, &[("id", id)]);
            let draft = sink.report(file, *range, message).fact(id.as_str());
            let draft = draft.group(format!("number {id}"));
            drop(draft.related(file, *first, Message::new(FIRST, &[])));
        } else {
            known.insert(id, *range);
            sink.clean();
        }
    }
}
