//! Which features are live: design section 5, *Scope*.

use documents::{DocumentKind, Format};
use smol_str::SmolStr;

use crate::feature::Feature;
use crate::layout;
use crate::progress::Progress;
use crate::tree::parent;
use crate::{Inputs, UnitKind};

/// Whether a feature is worked on now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeatureState {
    /// Named by `.specify/feature.json`, `SPECIFY_FEATURE*` or the branch.
    Named,
    /// Changed since the merge base.
    Changed,
    /// Has a task that is not ticked, or no tasks yet.
    Open,
    /// A capability: what holds for good.
    Living,
    /// None of these: navigable, not diagnosed by default.
    History,
    /// Put away in an `archive/`, `attic/` or `completed/`: navigable, never diagnosed.
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
            Self::Named | Self::Changed | Self::Open | Self::Living => "active",
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

/// Says of a feature how far it has come, whether it is live and whether it is new.
pub(crate) fn settle(inputs: &Inputs, feature: &mut Feature) {
    feature.phase = phase(feature);
    feature.state = state(inputs, feature);
    feature.is_new = is_new(inputs, feature);
}

fn phase(feature: &Feature) -> Phase {
    let Some(tasks) = feature.tasks_document() else {
        return if feature.plan().is_some() {
            Phase::Planned
        } else {
            Phase::Specified
        };
    };
    let is_kiro = tasks.kind == DocumentKind::KiroTasks;
    if is_kiro && says_done(feature) {
        return Phase::Done;
    }
    match feature.progress() {
        Progress { done: 0, .. } => Phase::Tasked,
        Progress { done, all } if done == all => Phase::Done,
        _ => Phase::Implementing,
    }
}

/// Whether the `spec.json` of cc-sdd says that everything is built.
fn says_done(feature: &Feature) -> bool {
    let phases = feature
        .documents
        .iter()
        .filter_map(|document| document.facts().kiro.phase.as_deref());
    let done = [
        "implementation-complete",
        "implemented",
        "completed",
        "complete",
        "done",
    ];
    phases.into_iter().any(|phase| done.contains(&phase))
}

/// Whether a branch is that of a feature: `003-login`, `feature/003-login`, and, where no other feature is `taken` by that
/// name, any `003-...` (speckit-format section 2.5). A day (`20260821-`) has many features and names none.
fn is_branch_of(branch: &str, name: &str, taken: impl Fn(&str) -> bool) -> bool {
    let branch = branch.rsplit('/').next().unwrap_or_default();
    let number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = (3..8).contains(&digits) && text.as_bytes().get(digits) == Some(&b'-');
        is_number.then(|| text[..digits].to_owned())
    };
    branch == name || (number(branch).is_some() && number(branch) == number(name) && !taken(branch))
}

/// Whether a directory of this name holds what was put away: `attic`, `archived`, `_archive_`, `completed`.
fn is_archive(name: &str) -> bool {
    let name = name.trim_matches(['_', '.']).to_ascii_lowercase();
    ["archive", "archives", "archived", "attic", "completed"].contains(&name.as_str())
}

/// Whether a root has documents of features that lie in no such directory.
fn has_work_outside(inputs: &Inputs, root: crate::RootId) -> bool {
    let paths = inputs
        .documents
        .keys()
        .filter_map(|file| inputs.tree.path(*file));
    let mut paths = paths.filter(|(at, _)| *at == root);
    paths.any(|(_, path)| {
        let of_work = layout::document_kind(path)
            .is_some_and(|kind| kind.is_spec() || kind.is_plan() || kind.is_tasks());
        of_work && !parent(path).split('/').any(is_archive)
    })
}

fn state(inputs: &Inputs, feature: &Feature) -> FeatureState {
    let root = feature.root;
    let (path, name) = (feature.path.as_str(), feature.name.as_str());
    if feature.unit == UnitKind::Capability {
        return FeatureState::Living;
    }
    // The feature's own name may be any. So may be that of a directory around the only projects there are.
    let project = feature.project.path.as_str();
    let mut between = parent(path.strip_prefix(project).unwrap_or(path)).split('/');
    let put_away = between.any(is_archive)
        || project.split('/').any(is_archive) && has_work_outside(inputs, root)
        || feature.format() == Format::Kiro && layout::is_archived_spec(path);
    if put_away {
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
        let taken = |name: &str| {
            let beside = path.rsplit_once('/').map_or("", |(above, _)| above);
            inputs.tree.has_dir(root, &format!("{beside}/{name}"))
        };
        if git
            .branch
            .as_ref()
            .is_some_and(|branch| is_branch_of(branch, name, taken))
        {
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
    if feature.phase == Phase::Done {
        FeatureState::History
    } else {
        FeatureState::Open
    }
}

/// Whether every document of the feature is new since the merge base; `None` where git does not say.
fn is_new(inputs: &Inputs, feature: &Feature) -> Option<bool> {
    let git = inputs.git.get(feature.root.0 as usize)?;
    let added = git.added.as_ref()?;
    let mut documents = feature.documents.iter();
    Some(documents.all(|document| added.contains(&document.path)))
}

#[cfg(test)]
mod tests {
    use super::{is_archive, is_branch_of};

    #[test]
    fn directories_of_what_was_put_away() {
        for name in [
            "archive",
            "Archived",
            "_archive_",
            ".archive",
            "attic",
            "completed",
        ] {
            assert!(is_archive(name), "{name}");
        }
        for name in ["001-archive", "archiver", "specs", "complete", "done", ""] {
            assert!(!is_archive(name), "{name}");
        }
    }

    #[test]
    fn branches_name_features_as_spec_kit_does() {
        let free = |_: &str| false;
        for branch in ["003-login", "feature/003-login", "003-rework"] {
            assert!(is_branch_of(branch, "003-login", free), "{branch}");
        }
        for branch in [
            "main",
            "004-login",
            "003",
            "login",
            "0003-login",
            "003_login",
            "",
        ] {
            assert!(!is_branch_of(branch, "003-login", free), "{branch}");
        }
        assert!(!is_branch_of("003-rework", "003-login", |name| name == "003-rework"));
        let day = "20260821-101500-login";
        assert!(is_branch_of(day, day, free));
        assert!(!is_branch_of("20260821-091500-other", day, free));
    }
}
