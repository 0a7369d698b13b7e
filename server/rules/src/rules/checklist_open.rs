//! A checklist with open items while its feature is already being built.

use documents::{DocumentKind, Item, ItemKind, TaskState};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};
use crate::tasks::tasks;

const OPEN: Template = Template {
    en: "{open} of {all} items of {document} are open, and {done} of {tasks} tasks are ticked.",
    ja: "{document} の {all} 項目のうち {open} 項目が未確認ですが、タスク {tasks} 件中 {done} 件が完了しています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "checklist-open",
    group: Group::Structure,
    severity: Severity::Information,
    summary: "A checklist with open items while its feature is already being built.",
    explanation: "Spec Kit stops before the implementation and asks where a checklist has open items: what they ask was \
                  not looked at, or nobody ticked it. Said once for each checklist, at its first open item.\n\nOnly once \
                  a task is ticked. Items that are marked otherwise (`[-]`, `[~]`) are dealt with.",
    bad: "- [ ] CHK004 Is \u{201c}soon\u{201d} quantified? [Clarity, Spec \u{a7}FR-002]   (checklists/ux.md)\n- [x] T001 Create the table in src/db.rs   (tasks.md)",
    good: "- [x] CHK004 Is \u{201c}soon\u{201d} quantified? [Clarity, Spec \u{a7}FR-002]   (checklists/ux.md)\n- [x] T001 Create the table in src/db.rs   (tasks.md)",
    messages: &[OPEN],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 8,
        right: 5,
        seeded: 65,
        found: 65,
    }),
};

pub(crate) struct ChecklistOpen;

impl Rule for ChecklistOpen {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Checklist, DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (mut done, mut all) = (0_usize, 0_usize);
        for task in tasks(feature) {
            all += 1;
            done += usize::from(task.task.state == TaskState::Done);
        }
        if done == 0 {
            return;
        }
        let checklists = feature.documents.iter();
        for document in checklists.filter(|document| document.kind == DocumentKind::Checklist) {
            judge(document, done, all, sink);
        }
    }
}

/// Whether an item says itself that it does not apply: `... (N/A - nothing is stored)`.
fn does_not_apply(item: &str) -> bool {
    let item = item.to_lowercase();
    [
        "(n/a",
        "[n/a",
        "**n/a",
        "not applicable",
        "不适用",
        "不適用",
        "該当なし",
        "対象外",
        "해당 없음",
        "no aplica",
        "nicht zutreffend",
    ]
    .iter()
    .any(|word| item.contains(word))
}

fn judge(document: &FeatureDocument, done: usize, tasks: usize, sink: &mut Sink<'_>) {
    let items: Vec<&Item> = document
        .facts()
        .items_of(ItemKind::ChecklistItem)
        .map(|(_, item)| item)
        .collect();
    let open: Vec<&Item> = items
        .iter()
        .copied()
        .filter(|item| {
            let state = item.task.as_ref().map(|task| task.state);
            state == Some(TaskState::Open) && !does_not_apply(document.slice(item.range))
        })
        .collect();
    let Some(first) = open.first().and_then(|item| item.task.as_ref()) else {
        if !items.is_empty() {
            sink.clean();
        }
        return;
    };
    let name = document.path.rsplit('/').next().unwrap_or_default();
    let message = Message::new(
        OPEN,
        &[
            ("open", &open.len().to_string()),
            ("all", &items.len().to_string()),
            ("document", &shortened(name, 40)),
            ("done", &done.to_string()),
            ("tasks", &tasks.to_string()),
        ],
    );
    drop(
        sink.report(document.file, first.checkbox_range, message)
            .fact(name),
    );
}
