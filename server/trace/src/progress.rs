//! How much of a feature's task list is ticked.

use documents::{Document, DocumentKind, TaskState};

use crate::feature::Feature;

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
}

fn of(kind: DocumentKind, facts: &Document) -> Progress {
    let is_kiro = kind == DocumentKind::KiroTasks;
    let mut progress = Progress::default();
    let mut tasks = 0;
    for (at, item) in (0..).zip(&facts.items) {
        let Some(task) = &item.task else { continue };
        tasks += 1;
        // A heading without a box only groups, and an optional task may be left out.
        let optional = || facts.kiro.optional.iter().any(|each| each.item == at);
        match task.state {
            TaskState::Done => progress.done += 1,
            _ if is_kiro && (task.missing_checkbox || optional()) => continue,
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
