//! How much of a feature's task list is ticked, and what is next.

use documents::{Document, DocumentKind, Item, ItemIndex, ItemKind, TaskState};
use rustc_hash::FxHashMap;

use crate::feature::{Feature, ItemRef};
use crate::paths::Resolution;

/// The tasks of one list that count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Ticked.
    pub done: usize,
    /// All: what may be left out and was not done is not among them.
    pub all: usize,
}

impl Feature {
    /// What is ticked of the task list; nothing of all where there is none.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let tasks = self.tasks_document();
        tasks.map_or(Progress::default(), |tasks| of(tasks.kind, tasks.facts()))
    }

    /// The task that is next: the first open one that waits for no other, and is not merely the head of open ones.
    /// What may be left out is never next.
    #[must_use]
    pub fn next_task(&self) -> Option<ItemRef> {
        let tasks = self.tasks_document()?;
        let facts = tasks.facts();
        let is_kiro = tasks.kind == DocumentKind::KiroTasks;
        let is_open = |at: ItemIndex, item: &Item| {
            let task = item.task.as_ref();
            task.is_some_and(|task| {
                task.state == TaskState::Open && !(is_kiro && task.missing_checkbox)
            }) && !is_optional(facts, at)
        };
        let open: Vec<(ItemIndex, &Item)> = facts
            .items_of(ItemKind::Task)
            .filter(|(at, item)| is_open(*at, item))
            .collect();
        let is_done = |at: ItemIndex| {
            let task = facts.items.get(at as usize);
            let task = task.and_then(|item| item.task.as_ref());
            task.is_some_and(|task| task.state == TaskState::Done)
        };
        let waits = |at: ItemIndex| {
            let mut after = facts.dependencies.iter();
            after.any(|each| each.task == at && each.on != at && !is_done(each.on))
        };
        let heads = |at: ItemIndex, item: &Item| {
            let below = format!("{}.", item.id);
            open.iter().any(|(other, it)| {
                let inside = item.range.contains_range(it.range) && item.range != it.range;
                *other != at && (inside || (is_kiro && it.id.starts_with(&below)))
            })
        };
        let ready = open
            .iter()
            .find(|(at, item)| !waits(*at) && !heads(*at, item));
        let (item, _) = ready.or(open.first())?;
        Some(ItemRef {
            feature: self.id,
            file: tasks.file,
            item: *item,
        })
    }

    /// Of the files that a task list names, how many are there, and how many it names.
    #[must_use]
    pub fn files_named(&self) -> (usize, usize) {
        let Some(tasks) = self.tasks_document() else {
            return (0, 0);
        };
        let facts = tasks.facts();
        let mut named: FxHashMap<&str, bool> = FxHashMap::default();
        for links in &self.tasks {
            for link in &self.paths[links.paths.start as usize..links.paths.end as usize] {
                let Some(path) = facts.paths.get(link.mention as usize) else {
                    continue;
                };
                if path.directory
                    || matches!(link.resolution, Resolution::Outside | Resolution::Unread)
                {
                    continue;
                }
                *named.entry(path.path.as_str()).or_default() |= link.resolution.exists();
            }
        }
        (named.values().filter(|there| **there).count(), named.len())
    }
}

fn is_optional(facts: &Document, at: ItemIndex) -> bool {
    facts.kiro.optional.iter().any(|each| each.item == at)
}

fn of(kind: DocumentKind, facts: &Document) -> Progress {
    let is_kiro = kind == DocumentKind::KiroTasks;
    let mut progress = Progress::default();
    let mut tasks = 0;
    for (at, item) in (0..).zip(&facts.items) {
        let Some(task) = &item.task else { continue };
        tasks += 1;
        // A heading without a box only groups, and an optional task may be left out.
        match task.state {
            TaskState::Done => progress.done += 1,
            _ if is_kiro && (task.missing_checkbox || is_optional(facts, at)) => continue,
            _ => {}
        }
        progress.all += 1;
    }
    // A few boxes beside tasks are checkpoints. Where most are no tasks, they are how the author writes tasks.
    let loose = facts.loose_boxes;
    if loose.all > tasks {
        progress.done += loose.done as usize;
        progress.all += loose.all as usize;
    }
    progress
}
