//! A task whose number belongs to another group.

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::requirements::item_of;
use documents::Format;
use documents::openspec::TaskList;
use trace::{Feature, FeatureDocument};

const WRONG: Template = Template {
    en: "Task {id} stands in group {group}.",
    ja: "タスク {id} はグループ {group} にあります。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "task-under-wrong-group",
    group: Group::OpenSpec,
    severity: Severity::Warning,
    summary: "A task whose leading number is not that of the group it stands in.",
    explanation: "In the task lists of OpenSpec's own schema `2.1` is the first task of `## 2.`. Looked at since OpenSpec 1.9, and only under numbered headings.",
    bad: "## 2. Build\n\n- [ ] 3.1 Write the model",
    good: "## 2. Build\n\n- [ ] 2.1 Write the model",
    messages: &[WRONG],
    measured: None,
};

pub(crate) struct TaskUnderWrongGroup;

impl Rule for TaskUnderWrongGroup {
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
            if let Some(document) = feature.document(one.file) {
                check_list(document, &one.list, sink);
            }
        }
    }
}

fn check_list(document: &FeatureDocument, list: &TaskList, sink: &mut Sink<'_>) {
    for task in &list.tasks {
        let (Some((id, range)), Some((group, _))) = (&task.id, &task.group) else {
            continue;
        };
        let own = id.split('.').next().unwrap_or_default();
        if plain(own) == plain(group) {
            sink.clean();
            continue;
        }
        let message = Message::new(WRONG, &[("id", id), ("group", group)]);
        let draft = sink
            .report(document.file, *range, message)
            .fact(id.as_str());
        drop(match item_of(document, *range) {
            Some(item) => draft.item(item),
            None => draft,
        });
    }
}

/// A number without zeros in front.
fn plain(number: &str) -> &str {
    let bare = number.trim_start_matches('0');
    if bare.is_empty() { "0" } else { bare }
}
