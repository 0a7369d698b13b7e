//! A task dependency graph that does not fit its tasks.

use documents::{DocumentKind, Format, ItemKind, TaskState, WaveTask};
use rustc_hash::{FxHashMap, FxHashSet};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const UNKNOWN: Template = Template {
    en: "Wave {wave} names task {task}, which tasks.md does not have.",
    ja: "ウェーブ {wave} のタスク {task} は tasks.md にありません。",
};
const TWICE: Template = Template {
    en: "Task {task} stands in wave {first} and in wave {wave}.",
    ja: "タスク {task} はウェーブ {first} とウェーブ {wave} の両方にあります。",
};
const EARLY: Template = Template {
    en: "Task {task} of wave {wave} depends on task {other} of wave {later}.",
    ja: "ウェーブ {wave} のタスク {task} は、ウェーブ {later} のタスク {other} に依存しています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "wave-conflict",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "A task dependency graph whose waves do not fit the tasks.",
    explanation: "Kiro starts the tasks of one wave side by side, and the next wave behind them. A task that does not \
                  exist, that runs twice, or that runs before what it depends on breaks the run.\n\nDependencies are \
                  those written as `_Depends: 1.2_`. Waves are counted from 1 as they stand.",
    bad: "- [ ] 1.2 Send   (tasks.md, no task 1.3)\n{ \"waves\": [ { \"id\": 0, \"tasks\": [\"1.2\", \"1.3\"] } ] }",
    good: "- [ ] 1.2 Send\n{ \"waves\": [ { \"id\": 0, \"tasks\": [\"1.2\"] } ] }",
    messages: &[UNKNOWN, TWICE, EARLY],
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 8,
        found: 8,
    }),
};

pub(crate) struct WaveConflict;

impl Rule for WaveConflict {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::KiroTasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(tasks) = feature.tasks_document() else {
            return;
        };
        let facts = tasks.facts();
        let known: FxHashSet<&str> = facts
            .items_of(ItemKind::Task)
            .map(|(_, item)| item.id.as_str())
            .collect();
        let mut waves: FxHashMap<&str, usize> = FxHashMap::default();
        for (wave, task) in placed(tasks) {
            let first = *waves.entry(task.id.as_str()).or_insert(wave);
            let (wave, first_wave) = (wave.to_string(), first.to_string());
            let facts = [
                ("task", task.id.as_str()),
                ("wave", wave.as_str()),
                ("first", first_wave.as_str()),
            ];
            let template = if !known.contains(task.id.as_str()) {
                UNKNOWN
            } else if first_wave != wave {
                TWICE
            } else {
                sink.clean();
                continue;
            };
            let draft = sink
                .report(tasks.file, task.range, Message::new(template, &facts))
                .fact(format!("{} {wave}", task.id));
            drop(draft.group(task.id.as_str()));
        }
        early(tasks, &waves, sink);
    }
}

/// Every task of every wave, waves counted from 1.
fn placed(tasks: &FeatureDocument) -> impl Iterator<Item = (usize, &WaveTask)> {
    let waves = (1..).zip(&tasks.facts().kiro.waves);
    waves.flat_map(|(nth, wave)| wave.tasks.iter().map(move |task| (nth, task)))
}

/// Open tasks in a wave not behind that of what they need.
fn early(tasks: &FeatureDocument, waves: &FxHashMap<&str, usize>, sink: &mut Sink<'_>) {
    let facts = tasks.facts();
    for dependency in &facts.dependencies {
        let items = [dependency.task, dependency.on].map(|at| facts.items.get(at as usize));
        let [Some(task), Some(on)] = items else {
            continue;
        };
        let (Some(own), Some(other)) = (waves.get(task.id.as_str()), waves.get(on.id.as_str()))
        else {
            continue;
        };
        let done = on
            .task
            .as_ref()
            .is_some_and(|task| task.state == TaskState::Done);
        if own > other || done {
            sink.clean();
            continue;
        }
        let words = [
            ("task", task.id.as_str()),
            ("other", on.id.as_str()),
            ("wave", &own.to_string()),
            ("later", &other.to_string()),
        ];
        drop(
            sink.report(tasks.file, dependency.range, Message::new(EARLY, &words))
                .item(dependency.task)
                .fact(format!("{} {}", task.id, on.id)),
        );
    }
}
