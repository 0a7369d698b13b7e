//! Which features are live: design section 5, *Scope*.

use documents::TaskState;
use smol_str::SmolStr;

use crate::feature::Feature;
use crate::{Inputs, RootId};

/// Whether a feature is worked on now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeatureState {
    /// Named by `.specify/feature.json`, `SPECIFY_FEATURE*` or the branch.
    Named,
    /// Changed since the merge base.
    Changed,
    /// Has a task that is not ticked, or no tasks yet.
    Open,
    /// None of these: navigable, not diagnosed by default.
    History,
    /// Put away in an `archive/` or `attic/`: navigable, never diagnosed.
    Archived,
}

impl FeatureState {
    /// Whether its findings are shown by default.
    #[must_use]
    pub fn is_active(self) -> bool {
        !matches!(self, Self::History | Self::Archived)
    }

    /// The word shown to people and written to machine formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Named | Self::Changed | Self::Open => "active",
            Self::History => "history",
            Self::Archived => "archived",
        }
    }
}

/// How far a feature has come, judged by the documents that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// A spec, nothing else.
    Specified,
    /// A plan, no tasks.
    Planned,
    /// Tasks, none ticked.
    Tasked,
    /// Some tasks ticked.
    Implementing,
    /// Every task ticked.
    Done,
}

impl Phase {
    /// The word shown to people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Specified => "specified",
            Self::Planned => "planned",
            Self::Tasked => "tasks written",
            Self::Implementing => "implementing",
            Self::Done => "done",
        }
    }
}

pub(crate) fn phase(feature: &Feature) -> Phase {
    let Some(tasks) = feature.tasks_document() else {
        return if feature.plan().is_some() {
            Phase::Planned
        } else {
            Phase::Specified
        };
    };
    let states = tasks
        .doc
        .facts
        .items
        .iter()
        .filter_map(|item| item.task.as_ref());
    let (mut done, mut open) = (0, 0);
    for task in states {
        match task.state {
            TaskState::Done => done += 1,
            _ => open += 1,
        }
    }
    match (done, open) {
        (0, _) => Phase::Tasked,
        (_, 0) => Phase::Done,
        _ => Phase::Implementing,
    }
}

pub(crate) fn state(
    inputs: &Inputs,
    root: RootId,
    path: &str,
    name: &str,
    phase: Phase,
) -> FeatureState {
    let archives = ["archive", "archives", "archived", "_archive", "attic"];
    if path
        .split('/')
        .any(|segment| archives.contains(&segment.to_ascii_lowercase().as_str()))
    {
        return FeatureState::Archived;
    }
    let names =
        |named: &SmolStr| named == path || named == name || named.trim_end_matches('/') == path;
    if inputs
        .named_active
        .iter()
        .any(|(at, named)| *at == root && names(named))
    {
        return FeatureState::Named;
    }
    if let Some(git) = inputs.git.get(root.0 as usize) {
        if git.branch.as_ref().is_some_and(|branch| branch == name) {
            return FeatureState::Named;
        }
        let below = format!("{path}/");
        if git
            .changed
            .as_ref()
            .is_some_and(|changed| changed.iter().any(|file| file.starts_with(&below)))
        {
            return FeatureState::Changed;
        }
    }
    if phase == Phase::Done {
        FeatureState::History
    } else {
        FeatureState::Open
    }
}
