//! A task that waits for one that stands behind it.

use documents::{Dependency, DocumentKind, Format, Item, ItemIndex, TaskState};
use trace::{Feature, FeatureDocument};

use super::dependency_cycle::circular;
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::tasks::named;

const LATER: Template = Template {
    en: "{task} depends on {other}, which stands behind it in tasks.md.",
    ja: "{task} は {other} に依存していますが、{other} は tasks.md で後ろにあります。",
};
const THERE: Template = Template {
    en: "{other} stands here.",
    ja: "{other} はここにあります。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "dependency-order",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "An open task that depends on an open task behind it.",
    explanation: "Tasks are numbered in the order in which they are done, and people and agents take them one by one: \
                  this one comes too early.\n\nRead are only words that say it of named tasks: `(depends on T012)`, \
                  `T013 depends on T009`, `T011 blocks T012`, `(after T003)`. Arrows, drawings and what is said of \
                  whole phases are not read, and finished work is left alone.",
    bad: "- [ ] T004 Send the notice in src/send.rs (depends on T005)\n- [ ] T005 Read the store in src/store.rs",
    good: "- [ ] T004 Read the store in src/store.rs\n- [ ] T005 Send the notice in src/send.rs (depends on T004)",
    messages: &[LATER, THERE],
    // Seen before the last change: both.
    measured: Some(Measured {
        judged: 2,
        right: 2,
        seeded: 25,
        found: 25,
    }),
};

pub(crate) struct DependencyOrder;

impl Rule for DependencyOrder {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Tasks, DocumentKind::KiroTasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(tasks) = feature.tasks_document() else {
            return;
        };
        let circular = circular(tasks);
        for dependency in &tasks.facts().dependencies {
            let (Some(task), Some(on)) = (item(tasks, dependency.task), item(tasks, dependency.on))
            else {
                continue;
            };
            // An item that holds the other one does not stand before it.
            let behind = on.range.start() >= task.range.end();
            let waits = !is_done(task) && !is_done(on);
            if !behind || !waits || circular.contains(&dependency.task) {
                sink.clean();
                continue;
            }
            let (own, other) = (named(tasks, task), named(tasks, on));
            let facts = [("task", own.as_str()), ("other", other.as_str())];
            let draft = sink
                .report(tasks.file, dependency.range, Message::new(LATER, &facts))
                .item(dependency.task)
                .fact(on.id.as_str())
                .group(format!("for {}", first_later(tasks, dependency, task)));
            drop(draft.related(tasks.file, on.id_range, Message::new(THERE, &facts)));
        }
    }
}

fn item(tasks: &FeatureDocument, at: ItemIndex) -> Option<&Item> {
    tasks.facts().items.get(at as usize)
}

fn is_done(item: &Item) -> bool {
    item.task
        .as_ref()
        .is_some_and(|task| task.state == TaskState::Done)
}

/// The first task behind it that a task waits for: what many tasks of one sentence have in common
/// (`T023-T025 before T015-T022`).
fn first_later<'a>(tasks: &'a FeatureDocument, own: &Dependency, task: &Item) -> &'a str {
    let all = tasks.facts().dependencies.iter();
    all.filter(|each| each.task == own.task)
        .filter_map(|each| item(tasks, each.on))
        .filter(|on| on.range.start() >= task.range.end())
        .map(|on| on.id.as_str())
        .next()
        .unwrap_or_default()
}
