//! The pass over the commits: which there are, in what order, and what each added and deleted.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use gix::ObjectId;
use gix::odb::pack::cache::lru::MemoryCappedHashmap;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::kept::{KeptChanges, key};
use super::{Event, History, Version};
use crate::cache::Shelf;
use crate::git::Budget;
use crate::git::tree::{self, Change, Wanted, What};

/// Bytes of what differences are made against that each thread keeps.
const PACK_CACHE: usize = 16 << 20;

/// A commit of the walk.
pub(super) struct Commit {
    pub(super) id: ObjectId,
    /// Those that are there; none behind the edge of a shallow clone.
    pub(super) parents: Vec<ObjectId>,
}

impl History {
    pub(super) fn set_now(&mut self, files: Vec<Change>) {
        for file in files {
            for directory in ancestors(&file.path) {
                if !self.now_directories.insert(directory.to_owned()) {
                    break;
                }
            }
            if file.mode.is_commit() {
                self.submodules.insert(file.path.clone());
            }
            let same = self.now_by_id.entry(file.id).or_default();
            same.push(file.path.clone());
            self.now.insert(file.path, file.id);
        }
    }

    /// Compares every commit with its parents. False when something could not be read.
    pub(super) fn record(&mut self, budget: &Budget, known: Option<&Shelf>) -> bool {
        let per_thread = self.commits.len() / (rayon::current_num_threads() * 4) + 1;
        let shared = &self.repository.shared;
        let replaced = self.repository.replaced();
        // Neighbours share trees, so each thread takes a run of commits and keeps what it decoded.
        let chunks: Vec<Vec<Option<Changes>>> = self
            .commits
            .par_chunks(per_thread.clamp(16, 512))
            .map(|chunk| {
                let mut local = shared.to_thread_local();
                local.object_cache_size_if_unset(16 << 20);
                // Trees are stored as differences, in long chains.
                local
                    .objects
                    .set_pack_cache(|| Box::new(MemoryCappedHashmap::new(PACK_CACHE)));
                chunk
                    .iter()
                    .map(|commit| {
                        if budget.deadline.is_some_and(|at| Instant::now() >= at) {
                            return None;
                        }
                        let key = key(commit, &replaced);
                        let kept = known.and_then(|known| known.get::<KeptChanges>(key));
                        if let Some(changes) = kept.and_then(|kept| kept.changes()) {
                            return Some(changes);
                        }
                        let changes = coming_and_going(&local, commit).ok()?;
                        if let (Some(known), Some(kept)) = (known, KeptChanges::of(&changes)) {
                            known.put(key, &kept);
                        }
                        Some(changes)
                    })
                    .collect()
            })
            .collect();
        let mut whole = true;
        for (at, changes) in chunks.into_iter().flatten().enumerate() {
            let Some(changes) = changes else {
                whole = false;
                continue;
            };
            let merge = self.commits[at].parents.len() > 1;
            for (change, parent) in changes {
                if change.mode.is_commit() {
                    self.submodules.insert(change.path.clone());
                }
                if let Some(before) = change.before {
                    let version = Version {
                        commit: at as u32,
                        before,
                        after: change.id,
                    };
                    match self.versions.get_mut(change.path.as_str()) {
                        Some(versions) => versions.push(version),
                        None => {
                            self.versions.insert(change.path.into(), vec![version]);
                        }
                    }
                    continue;
                }
                let event = Event {
                    commit: at as u32,
                    parent,
                    merge,
                    deleted: change.what == What::Deleted,
                    id: change.id,
                };
                match self.files.get_mut(change.path.as_str()) {
                    Some(events) => events.push(event),
                    None => {
                        self.files.insert(change.path.into(), vec![event]);
                    }
                }
            }
        }
        whole
    }

    pub(super) fn index(&mut self) {
        // A file of HEAD is known even where its commit was not reached.
        for path in self.now.keys() {
            if !self.files.contains_key(path.as_str()) {
                self.files.insert(path.as_str().into(), Vec::new());
            }
        }
        for (path, events) in &self.files {
            let deleted = events
                .iter()
                .filter(|event| event.deleted)
                .map(|event| event.commit)
                .min();
            for directory in ancestors(path) {
                match self.directories.get_mut(directory) {
                    Some(known) => {
                        *known = match (*known, deleted) {
                            (Some(one), Some(other)) => Some(one.min(other)),
                            (one, other) => one.or(other),
                        }
                    }
                    None => {
                        self.directories.insert(directory.into(), deleted);
                    }
                }
            }
        }
        for path in self.files.keys().chain(self.directories.keys()) {
            let name = path.rsplit('/').next().unwrap_or(path);
            let paths = match self.by_name.get_mut(name) {
                Some(paths) => paths,
                None => self.by_name.entry(name.into()).or_default(),
            };
            paths.push(Arc::clone(path));
        }
        for paths in self.by_name.values_mut() {
            paths.sort_unstable();
            paths.dedup();
        }
    }
}

/// Why commits behind some were not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// There are more than these.
    TooMany(usize),
    TooLate,
    /// One could not be read.
    Damaged,
}

impl std::fmt::Display for Cut {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooMany(most) => write!(out, "history longer than {most} commits"),
            Self::TooLate => out.write_str("git history took too long to read"),
            Self::Damaged => out.write_str("some commits are missing or damaged"),
        }
    }
}

/// The commits reachable from `head`, no commit before one of its descendants, and why some are missing.
pub(super) fn collect(
    local: &gix::Repository,
    head: ObjectId,
    budget: &Budget,
) -> (Vec<Commit>, Option<Cut>) {
    let edge: FxHashSet<ObjectId> = local
        .shallow_commits()
        .ok()
        .flatten()
        .map(|commits| commits.iter().copied().collect())
        .unwrap_or_default();
    let newest_first = gix::revision::walk::Sorting::ByCommitTime(
        gix::traverse::commit::simple::CommitTimeOrder::NewestFirst,
    );
    let Ok(walk) = local.rev_walk([head]).sorting(newest_first).all() else {
        return (Vec::new(), Some(Cut::Damaged));
    };
    let mut commits = Vec::new();
    let mut cut = None;
    for info in walk {
        if commits.len() >= budget.max_commits {
            cut = Some(Cut::TooMany(commits.len()));
            break;
        }
        if budget.deadline.is_some_and(|at| Instant::now() >= at) {
            cut = Some(Cut::TooLate);
            break;
        }
        let Ok(info) = info else {
            cut = Some(Cut::Damaged);
            break;
        };
        let parents = if edge.contains(&info.id) {
            Vec::new()
        } else {
            info.parent_ids.to_vec()
        };
        commits.push(Commit {
            id: info.id,
            parents,
        });
    }
    (children_first(commits), cut)
}

/// Clocks are not to be trusted, so the order by date is only the preference.
fn children_first(commits: Vec<Commit>) -> Vec<Commit> {
    let at: FxHashMap<ObjectId, usize> = commits
        .iter()
        .enumerate()
        .map(|(at, commit)| (commit.id, at))
        .collect();
    let mut children = vec![0_u32; commits.len()];
    for parent in commits.iter().flat_map(|commit| &commit.parents) {
        if let Some(&at) = at.get(parent) {
            children[at] += 1;
        }
    }
    let mut ready: BinaryHeap<Reverse<usize>> = (0..commits.len())
        .filter(|&at| children[at] == 0)
        .map(Reverse)
        .collect();
    let mut slots: Vec<Option<Commit>> = commits.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(slots.len());
    while let Some(Reverse(next)) = ready.pop() {
        let Some(commit) = slots[next].take() else {
            continue;
        };
        for parent in &commit.parents {
            if let Some(&parent) = at.get(parent) {
                children[parent] -= 1;
                if children[parent] == 0 {
                    ready.push(Reverse(parent));
                }
            }
        }
        ordered.push(commit);
    }
    ordered
}

/// Changes, each with the number of the parent it was found by.
pub(super) type Changes = Vec<(Change, u8)>;

/// What a commit added and deleted, each with the parent it was compared with, and the sources it modified. A merge adds
/// what no parent had; it deletes what any parent had; what it modifies its branches did before.
fn coming_and_going(local: &gix::Repository, commit: &Commit) -> gix::Result<Changes> {
    let compare = |parent| tree::changes(local, parent, commit.id, Wanted::AddedAndDeleted);
    match commit.parents.as_slice() {
        [] => Ok(with_parent(compare(None)?, 0).collect()),
        [parent] => {
            let changes = tree::changes(local, Some(*parent), commit.id, Wanted::All)?;
            let wanted = |change: &Change| {
                let is_markdown = |path: &str| {
                    let extension = Path::new(path).extension();
                    extension.is_some_and(|it| it.eq_ignore_ascii_case("md"))
                };
                let is_kept = |path: &str| code::is_source_path(path) || is_markdown(path);
                change.what != What::Modified || !change.mode.is_commit() && is_kept(&change.path)
            };
            let changes = with_parent(changes, 0);
            Ok(changes.filter(|(change, _)| wanted(change)).collect())
        }
        parents => {
            let mut all = Vec::new();
            let mut added: FxHashMap<String, usize> = FxHashMap::default();
            let mut deleted = FxHashSet::default();
            for (number, parent) in parents.iter().enumerate() {
                for (change, number) in with_parent(compare(Some(*parent))?, number as u8) {
                    let keep = if change.what == What::Added {
                        let parents_without = added.entry(change.path.clone()).or_default();
                        *parents_without += 1;
                        *parents_without == parents.len()
                    } else {
                        deleted.insert(change.path.clone())
                    };
                    if keep {
                        all.push((change, number));
                    }
                }
            }
            Ok(all)
        }
    }
}

fn with_parent(changes: Vec<Change>, parent: u8) -> impl Iterator<Item = (Change, u8)> {
    changes.into_iter().map(move |change| (change, parent))
}

/// The directories above a path, nearest first.
pub(in crate::git) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(dir, _)| dir), |dir| {
        dir.rsplit_once('/').map(|(dir, _)| dir)
    })
}
