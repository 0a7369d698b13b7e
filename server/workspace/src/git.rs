//! Git, read only. The only module that knows `gix`.
//!
//! Every answer is present, absent or *unknown*; trouble with the repository is always *unknown*. Nothing is
//! fetched and nothing is run: no hook, no filter, no text conversion.

mod commit;
mod committed;
mod contents;
mod edited;
mod history;
mod memory;
mod similarity;
mod state;
mod tags;
mod tree;

use std::path::Path;
use std::time::Instant;

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use rustc_hash::FxHashSet;

use crate::slashed;
pub use commit::Commit;
pub(crate) use history::KeptChanges;
pub use history::{Fate, Historical, History, SuffixFate, WordPast, Written};
pub(crate) use memory::{GitMemory, Recalled};
pub(crate) use tags::Tags;

/// How much work history may cost.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Commits looked at, at most.
    pub max_commits: usize,
    /// When to stop at the latest.
    pub deadline: Option<Instant>,
}

/// What git's index says of the working tree. Paths are relative to the root.
#[derive(Debug, Clone, Default)]
pub struct Tracked {
    not_checked_out: FxHashSet<String>,
}

impl Tracked {
    /// Is this file tracked, but left out of the working tree by a sparse checkout?
    pub fn is_left_out(&self, path: &str) -> bool {
        self.not_checked_out.contains(path)
    }
}

/// The repository that a workspace root lies in. Cheap to clone into other threads.
#[derive(Clone)]
pub struct Repository {
    shared: gix::ThreadSafeRepository,
    prefix: Prefix,
    /// The commit that stands for HEAD where another than the checked out one is asked about.
    head: Option<ObjectId>,
}

/// Where the root lies below the top of the working tree: `""` or `a/b/`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Prefix(String);

impl Prefix {
    /// Root-relative to repository-relative. `..` and `.` segments are resolved; `None` when it leaves the repository.
    fn join(&self, path: &str) -> Option<String> {
        let mut parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    /// Repository-relative to root-relative; `None` outside the root.
    fn strip<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.0.as_str())
    }

    /// Repository-relative to root-relative, with `../` where it lies outside the root.
    fn relative(&self, path: &str) -> String {
        let mut rest = self.0.as_str();
        let mut inside = path;
        while let Some((dir, below)) = rest.split_once('/') {
            match inside
                .strip_prefix(dir)
                .and_then(|tail| tail.strip_prefix('/'))
            {
                Some(tail) => (rest, inside) = (below, tail),
                None => break,
            }
        }
        "../".repeat(rest.matches('/').count()) + inside
    }
}

impl Repository {
    /// The repository around `root`, or `None` if there is none that can be opened.
    pub fn discover(root: &Path) -> Option<Self> {
        let repository = gix::discover(root)
            .inspect_err(|error| tracing::debug!(%error, "no git repository"))
            .ok()?;
        let top = repository.workdir()?.canonicalize().ok()?;
        let root = root.canonicalize().ok()?;
        let below = root.strip_prefix(&top).ok()?;
        let mut prefix = slashed(below);
        if !prefix.is_empty() {
            prefix.push('/');
        }
        Some(Self {
            shared: repository.into_sync(),
            prefix: Prefix(prefix),
            head: None,
        })
    }

    /// Short name of the branch; `None` when HEAD is detached or unreadable.
    pub fn branch(&self) -> Option<String> {
        let repository = self.shared.to_thread_local();
        let head = repository.head_name().ok().flatten()?;
        Some(head.shorten().to_str_lossy().into_owned())
    }

    /// Short names of all branches, those of other repositories that were fetched included; none where they cannot be
    /// read.
    pub fn branches(&self) -> Vec<String> {
        let local = self.shared.to_thread_local();
        let Ok(references) = local.references() else {
            return Vec::new();
        };
        let own = references.local_branches().ok();
        let fetched = references.remote_branches().ok();
        own.into_iter()
            .flatten()
            .chain(fetched.into_iter().flatten())
            .filter_map(Result::ok)
            .map(|branch| branch.name().shorten().to_str_lossy().into_owned())
            .collect()
    }

    /// Whether a sparse checkout may leave files of the working tree out.
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        let local = self.shared.to_thread_local();
        local.config_snapshot().boolean("core.sparseCheckout") == Some(true)
    }

    /// Whether the content of old versions may never have been fetched.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        is_partial(&self.shared.to_thread_local())
    }

    /// Whether commits are missing behind an edge.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        self.shared.to_thread_local().is_shallow().unwrap_or(false)
    }

    /// Which files below the root are not checked out; `None` when the index is missing or unreadable.
    pub fn tracked(&self) -> Option<Tracked> {
        let repository = self.shared.to_thread_local();
        let index = repository.try_index().ok().flatten()?;
        let mut tracked = Tracked::default();
        for entry in index.entries() {
            let path = entry.path(&index).to_str_lossy();
            if entry.mode == gix::index::entry::Mode::DIR {
                // A sparse index stands for a whole directory by its tree.
                let dir = path.trim_end_matches('/');
                for file in tree::files(&repository, entry.id).ok()? {
                    if let Some(path) = self.prefix.strip(&format!("{dir}/{}", file.path)) {
                        tracked.not_checked_out.insert(path.to_owned());
                    }
                }
                continue;
            }
            let skipped = gix::index::entry::Flags::SKIP_WORKTREE;
            if entry.flags.contains(skipped)
                && let Some(path) = self.prefix.strip(&path)
            {
                tracked.not_checked_out.insert(path.to_owned());
            }
        }
        Some(tracked)
    }

    /// What commits since the merge base with the default branch did. Uncommitted changes are not in it. `None`: there is
    /// no default branch or no merge base.
    ///
    /// The default branch is what `origin/HEAD` names, else `main` or `master`, local or of `origin`. Where several
    /// exist the merge base nearest to HEAD counts, since a local `main` is often old.
    pub(crate) fn since_merge_base(&self) -> Option<SinceMergeBase> {
        let mut repository = self.shared.to_thread_local();
        repository.object_cache_size_if_unset(4 << 20);
        let head = head_commit(&repository)?;
        let base = Self::default_base(&repository)?;
        let changes = tree::changes(&repository, Some(base), head, tree::Wanted::All).ok()?;
        let mut since = SinceMergeBase::default();
        for change in &changes {
            let Some(path) = self.prefix.strip(&change.path) else {
                continue;
            };
            since.changed.push(path.to_owned());
            if change.what == tree::What::Added {
                since.added.push(path.to_owned());
            }
        }
        since.changed.sort_unstable();
        since.changed.dedup();
        Some(since)
    }

    /// The merge base with the default branch, nearest to HEAD.
    fn default_base(repository: &gix::Repository) -> Option<ObjectId> {
        let head = head_commit(repository)?;
        let current = repository.head_name().ok().flatten();
        let mut nearest: Option<(i64, ObjectId)> = None;
        for name in DEFAULT_BRANCHES {
            // On the default branch itself the remote's says more; without one, nothing has changed.
            let is_current = current
                .as_ref()
                .is_some_and(|name_| name_.as_bstr() == name);
            if is_current && nearest.is_some() {
                continue;
            }
            let Some(tip) = repository
                .try_find_reference(name)
                .ok()
                .flatten()
                .and_then(|mut reference| Some(reference.peel_to_commit().ok()?.id))
            else {
                continue;
            };
            let Ok(Some(base)) = repository.merge_base(head, tip) else {
                continue;
            };
            let base = base.detach();
            let time = repository.find_commit(base).ok()?.time().ok()?.seconds;
            if nearest.is_none_or(|(best, _)| time > best) {
                nearest = Some((time, base));
            }
        }
        nearest.map(|(_, base)| base)
    }

    fn head_in(&self, local: &gix::Repository) -> Option<ObjectId> {
        self.head.or_else(|| head_commit(local))
    }

    /// Reads the history of all paths in one pass. Costs a tree comparison per commit.
    pub fn history(&self, budget: &Budget) -> History {
        History::read(self, budget, None)
    }
}

/// What may be the default branch.
const DEFAULT_BRANCHES: [&str; 5] = [
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
];

/// Paths that commits since the merge base touched, relative to the root.
#[derive(Debug, Default)]
pub(crate) struct SinceMergeBase {
    /// Added, changed or deleted; sorted.
    pub(crate) changed: Vec<String>,
    /// Those that the merge base does not have.
    pub(crate) added: Vec<String>,
}

fn head_commit(repository: &gix::Repository) -> Option<ObjectId> {
    repository.head_id().ok().map(gix::Id::detach)
}

fn is_partial(repository: &gix::Repository) -> bool {
    let config = repository.config_snapshot();
    let file = config.plumbing();
    config.string("extensions.partialClone").is_some()
        || file
            .sections_by_name("remote")
            .into_iter()
            .flatten()
            .any(|section| {
                section
                    .value("promisor")
                    .is_some_and(|value| value.as_bstr() == "true")
            })
}

#[cfg(test)]
mod tests {
    use super::Prefix;

    #[test]
    fn paths_cross_the_root_both_ways() {
        let prefix = Prefix("pkg/web/".into());
        assert_eq!(prefix.join("src/a.ts").as_deref(), Some("pkg/web/src/a.ts"));
        assert_eq!(
            prefix.join("./../api/b.go").as_deref(),
            Some("pkg/api/b.go")
        );
        assert_eq!(prefix.join("../../../x"), None);
        assert_eq!(prefix.relative("pkg/web/src/a.ts"), "src/a.ts");
        assert_eq!(prefix.relative("pkg/api/b.go"), "../api/b.go");
        assert_eq!(prefix.relative("b.go"), "../../b.go");
        assert_eq!(Prefix(String::new()).relative("b.go"), "b.go");
    }
}
