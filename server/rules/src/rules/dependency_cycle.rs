//! Tasks that wait for each other.

use std::collections::VecDeque;

use documents::{Dependency, DocumentKind, Format, ItemIndex, TaskState};
use rustc_hash::{FxHashMap, FxHashSet};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};
use crate::tasks::named;

const PAIR: Template = Template {
    en: "{task} depends on {other}, and {other} depends on {task}.",
    ja: "{task} は {other} に依存し、{other} は {task} に依存しています。",
};
const LONGER: Template = Template {
    en: "{task} depends on itself by way of {others}.",
    ja: "{task} は {others} を経て自分自身に依存しています。",
};
const STEP: Template = Template {
    en: "{task} depends on {other}.",
    ja: "{task} は {other} に依存しています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "dependency-cycle",
    group: Group::Tasks,
    severity: Severity::Error,
    summary: "Tasks that wait for each other, so that none of them can begin.",
    explanation: "Whoever follows the words never gets to any of these tasks.\n\nRead are only words that say it of \
                  named tasks: `(depends on T012)`, `T013 depends on T009`, `T011 blocks T012`, `(after T003)`. \
                  Arrows, drawings and what is said of whole phases are not read. Said once for each circle, unless \
                  all its tasks are ticked.",
    bad: "- [ ] T004 Read the store in src/store.rs (depends on T005)\n- [ ] T005 Write the store in src/store.rs (depends on T004)",
    good: "- [ ] T004 Read the store in src/store.rs (depends on T005)\n- [ ] T005 Write the store in src/store.rs",
    messages: &[PAIR, LONGER, STEP],
    // Seen in public repositories: none.
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 23,
        found: 23,
    }),
};

pub(crate) struct DependencyCycle;

impl Rule for DependencyCycle {
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
        let waiting = waiting(tasks);
        let mut seen: FxHashSet<ItemIndex> = FxHashSet::default();
        for dependency in &tasks.facts().dependencies {
            if seen.contains(&dependency.task) {
                continue;
            }
            let Some(steps) = circle(&waiting, dependency.task) else {
                sink.clean();
                continue;
            };
            seen.extend(steps.iter().map(|step| step.task));
            let done = |step: &&Dependency| {
                let item = tasks.facts().items.get(step.task as usize);
                item.and_then(|item| item.task.as_ref())
                    .is_some_and(|task| task.state == TaskState::Done)
            };
            if steps.iter().all(done) {
                sink.clean();
            } else {
                report(tasks, &steps, sink);
            }
        }
    }
}

/// Tasks that cannot begin because they wait for themselves.
pub(super) fn circular(tasks: &FeatureDocument) -> FxHashSet<ItemIndex> {
    let waiting = waiting(tasks);
    let mut found = FxHashSet::default();
    for dependency in &tasks.facts().dependencies {
        if !found.contains(&dependency.task)
            && let Some(steps) = circle(&waiting, dependency.task)
        {
            found.extend(steps.iter().map(|step| step.task));
        }
    }
    found
}

/// What tasks wait for, without those that can begin some day: nobody who can is part of a circle.
type Waiting<'a> = FxHashMap<ItemIndex, Vec<&'a Dependency>>;

fn waiting(tasks: &FeatureDocument) -> Waiting<'_> {
    let all = &tasks.facts().dependencies;
    let mut by_task: Waiting<'_> = FxHashMap::default();
    let mut by_on: Waiting<'_> = FxHashMap::default();
    for each in all {
        by_task.entry(each.task).or_default().push(each);
        by_on.entry(each.on).or_default().push(each);
    }
    let mut open: FxHashMap<ItemIndex, usize> = FxHashMap::default();
    open.extend(by_task.iter().map(|(task, steps)| (*task, steps.len())));
    let free = |on: &&ItemIndex| !by_task.contains_key(*on);
    let mut next: Vec<ItemIndex> = by_on.keys().filter(free).copied().collect();
    while let Some(on) = next.pop() {
        for step in by_on.get(&on).into_iter().flatten() {
            if let Some(left) = open.get_mut(&step.task) {
                *left -= 1;
                if *left == 0 {
                    next.push(step.task);
                }
            }
        }
    }
    by_task.retain(|task, _| open.get(task).is_some_and(|left| *left > 0));
    by_task
}

/// The shortest way from a task back to it.
fn circle<'a>(waiting: &Waiting<'a>, start: ItemIndex) -> Option<Vec<&'a Dependency>> {
    let mut came: FxHashMap<ItemIndex, &Dependency> = FxHashMap::default();
    let mut next = VecDeque::from([start]);
    while let Some(task) = next.pop_front() {
        for step in waiting.get(&task).into_iter().flatten() {
            if step.on == start {
                let mut steps = vec![*step];
                let mut at = task;
                while at != start {
                    let before = came.get(&at)?;
                    steps.push(before);
                    at = before.task;
                }
                steps.reverse();
                return Some(steps);
            }
            if let std::collections::hash_map::Entry::Vacant(place) = came.entry(step.on) {
                place.insert(step);
                next.push_back(step.on);
            }
        }
    }
    None
}

fn report(tasks: &FeatureDocument, steps: &[&Dependency], sink: &mut Sink<'_>) {
    let name = |at: ItemIndex| {
        let item = tasks.facts().items.get(at as usize);
        item.map_or(String::new(), |item| named(tasks, item))
    };
    let [first, rest @ ..] = steps else {
        return;
    };
    let own = name(first.task);
    let message = if let [second] = rest {
        Message::new(PAIR, &[("task", &own), ("other", &name(second.task))])
    } else {
        let others: Vec<String> = rest.iter().map(|step| name(step.task)).collect();
        let others = shortened(&others.join(" → "), 72);
        Message::new(LONGER, &[("task", &own), ("others", &others)])
    };
    let mut ids: Vec<String> = steps.iter().map(|step| name(step.task)).collect();
    ids.sort_unstable();
    let mut draft = sink
        .report(tasks.file, first.range, message)
        .group(ids.join(" "));
    for step in rest {
        let facts = [("task", name(step.task)), ("other", name(step.on))];
        let facts = [
            ("task", facts[0].1.as_str()),
            ("other", facts[1].1.as_str()),
        ];
        draft = draft.related(tasks.file, step.range, Message::new(STEP, &facts));
    }
    drop(draft.item(first.task));
}
