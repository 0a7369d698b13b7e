//! What became of paths that are not there: one pass over all commits reachable from HEAD.
//!
//! The pass compares the trees of every commit with those of its parents and keeps, for each path that ever was,
//! when it came and went. Renames are looked for later and only in commits where an asked path went away.

mod course;
mod kept;
mod pass;
mod past;
mod rewording;
mod successor;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use gix::ObjectId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

pub use self::course::Written;
pub(crate) use self::kept::KeptChanges;
pub(super) use self::pass::ancestors;
use self::pass::{Commit, Cut, collect};
pub use self::past::WordPast;
use self::successor::is_copy_put_aside;
use super::similarity::{Rename, Renames, renames};
use super::tree::{self, Wanted};
use super::{Budget, Prefix, Repository, is_partial};
use crate::cache::Shelf;

/// What became of a path. Paths are relative to the root, with `../` where they lie outside of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It is in the commit at HEAD, file or directory. If it is not on disk, that is uncommitted or a sparse checkout.
    Present,
    /// It lives on under another name, which is in the commit at HEAD.
    Moved {
        /// Where it is now.
        to: String,
        /// The last commit that moved it, shortened: the one after which it was there.
        commit: String,
        /// Percent of equal bytes, the least along the way.
        similarity: u8,
    },
    /// It was there and is gone.
    Deleted {
        /// The commit in which it, or what it had been renamed to, went away, shortened.
        commit: String,
        /// Contents were not at hand or too many to compare, so it may live on under another name.
        may_have_moved: bool,
    },
    /// No commit reachable from HEAD ever had it.
    Never,
    /// Git cannot tell.
    Unknown {
        /// Why, with the cure where there is one.
        why: String,
    },
}

/// A path that once was, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Historical {
    /// The whole path it had.
    pub was: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of the file that a shortened path speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SuffixFate {
    /// One path ended like this, or several that live on as the same file.
    One(Historical),
    /// Several different files had paths that end like this, sorted.
    Ambiguous(Vec<Historical>),
    /// No path ever ended like this.
    Never,
    /// Git cannot tell; why.
    Unknown {
        /// Why, with the cure where there is one.
        why: String,
    },
}

/// The history of all paths of a repository up to one HEAD.
pub struct History {
    repository: Repository,
    /// Newest first; no commit comes before one of its descendants.
    commits: Vec<Commit>,
    files: FxHashMap<Arc<str>, Vec<Event>>,
    /// What commits that are no merges modified, of sources and Markdown only; newest first.
    versions: FxHashMap<Arc<str>, Vec<Version>>,
    /// Directories that ever were, with the newest commit that deleted a file in them.
    directories: FxHashMap<Arc<str>, Option<u32>>,
    by_name: FxHashMap<Box<str>, Vec<Arc<str>>>,
    now: FxHashMap<String, ObjectId>,
    now_directories: FxHashSet<String>,
    now_by_id: FxHashMap<ObjectId, Vec<String>>,
    /// Where other repositories were linked in; their files are not in this history.
    submodules: FxHashSet<String>,
    /// Why the history is not whole.
    gap: Option<String>,
    renames: Mutex<FxHashMap<(u32, u8), Arc<Renames>>>,
    /// Contents that were looked for and are not there.
    missing: Mutex<FxHashSet<ObjectId>>,
    /// Something could not be read, and which object it lacks is not known.
    broken: AtomicBool,
    /// There was no time to read it all.
    hurried: bool,
}

/// A path came or went.
#[derive(Debug, Clone, Copy)]
struct Event {
    commit: u32,
    /// Which parent had the deleted file.
    parent: u8,
    merge: bool,
    deleted: bool,
    id: ObjectId,
}

/// A file was modified.
#[derive(Debug, Clone, Copy)]
struct Version {
    commit: u32,
    before: ObjectId,
    after: ObjectId,
}

impl History {
    /// `known` is what commits are known to have changed, and takes what is found out.
    pub(super) fn read(repository: &Repository, budget: &Budget, known: Option<&Shelf>) -> Self {
        let mut history = Self {
            repository: repository.clone(),
            commits: Vec::new(),
            files: FxHashMap::default(),
            versions: FxHashMap::default(),
            directories: FxHashMap::default(),
            by_name: FxHashMap::default(),
            now: FxHashMap::default(),
            now_directories: FxHashSet::default(),
            now_by_id: FxHashMap::default(),
            submodules: FxHashSet::default(),
            gap: None,
            renames: Mutex::default(),
            missing: Mutex::default(),
            broken: AtomicBool::new(false),
            hurried: false,
        };
        let local = repository.shared.to_thread_local();
        let Some(head) = repository.head_in(&local) else {
            history.gap = Some("there is no commit yet, or HEAD cannot be read".to_owned());
            history.cannot_read();
            return history;
        };
        let files = local
            .find_commit(head)
            .and_then(|commit| tree::files(&local, commit.tree_id()?.detach()));
        if let Ok(files) = files {
            history.set_now(files);
        } else {
            history.gap = Some("the tree of HEAD cannot be read".to_owned());
            history.cannot_read();
        }
        let (commits, cut) = collect(&local, head, budget);
        if cut == Some(Cut::Damaged) {
            history.cannot_read();
        }
        history.commits = commits;
        let whole = history.record(budget, known);
        history.index();
        let late = budget.deadline.is_some_and(|at| Instant::now() >= at);
        history.hurried = late && (cut.is_some() || !whole);
        // The first reason is the one to cure.
        let trouble = (!whole).then(|| {
            history.cannot_read();
            if history.hurried {
                "git history took too long to read".to_owned()
            } else if is_partial(&local) {
                "partial clone; run `git fetch --refetch --no-filter`".to_owned()
            } else {
                "some git objects are missing or damaged".to_owned()
            }
        });
        let shallow = local.is_shallow().unwrap_or(false);
        history.gap = shallow
            .then(|| "shallow clone; run `git fetch --unshallow`".to_owned())
            .or_else(|| history.gap.take())
            .or_else(|| cut.map(|cut| cut.to_string()))
            .or(trouble);
        history
    }

    /// Why answers may be unknown; `None` when the history is whole.
    pub fn gap(&self) -> Option<&str> {
        self.gap.as_deref()
    }

    /// How many commits were looked at.
    pub fn commits(&self) -> usize {
        self.commits.len()
    }

    /// Every file path that ever was, relative to the root, in no order.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.files.keys().map(|path| self.shown(path))
    }

    /// What became of each path.
    pub fn fates<'p>(&self, wanted: &[&'p str]) -> HashMap<&'p str, Fate> {
        wanted
            .par_iter()
            .map_init(
                || self.repository.shared.to_thread_local(),
                |local, &path| (path, self.fate_in(local, path)),
            )
            .collect()
    }

    /// What became of one path, exactly as written, relative to the root.
    pub fn fate(&self, path: &str) -> Fate {
        self.fate_in(&self.repository.shared.to_thread_local(), path)
    }

    /// What became of the paths that are `path` or end with `/` and `path`, anywhere in the repository.
    pub fn fate_by_suffix(&self, path: &str) -> SuffixFate {
        let Some(suffix) = Prefix(String::new())
            .join(path)
            .filter(|path| !path.is_empty())
        else {
            return SuffixFate::Never;
        };
        let local = self.repository.shared.to_thread_local();
        let name = suffix.rsplit('/').next().unwrap_or(&suffix);
        let mut found: Vec<_> = self
            .by_name
            .get(name)
            .into_iter()
            .flatten()
            .filter(|whole| ends_with_path(whole, &suffix))
            .map(|whole| Historical {
                was: self.shown(whole),
                fate: self.follow(&local, whole),
            })
            .collect();
        found.sort_unstable_by(|one, other| one.was.cmp(&other.was));
        let ends: FxHashSet<&str> = found
            .iter()
            .map(|one| match &one.fate {
                Fate::Moved { to, .. } => to.as_str(),
                _ => one.was.as_str(),
            })
            .collect();
        if ends.len() > 1 {
            return SuffixFate::Ambiguous(found);
        }
        // Earlier names of one file: the last one it had says most.
        if let Some(last) = found.pop() {
            return SuffixFate::One(last);
        }
        match self.blind_spot(&suffix) {
            Some(why) => SuffixFate::Unknown { why },
            None if self.may_be_in_submodule(&suffix) => SuffixFate::Unknown {
                why: "the repository has submodules, whose history is their own".to_owned(),
            },
            None => SuffixFate::Never,
        }
    }

    /// The files and directories that ever had the name of this path, sorted. Empty: there never was one. Otherwise why
    /// git cannot tell.
    pub fn ever_named(&self, path: &str) -> Result<Vec<String>, String> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut paths: Vec<_> = self
            .by_name
            .get(name)
            .into_iter()
            .flatten()
            .map(|path| self.shown(path))
            .collect();
        paths.sort_unstable();
        match &self.gap {
            Some(why) if paths.is_empty() => Err(why.clone()),
            _ if paths.is_empty() && self.may_be_in_submodule(path) => {
                Err("the repository has submodules, whose history is their own".to_owned())
            }
            _ => Ok(paths),
        }
    }

    fn fate_in(&self, local: &gix::Repository, path: &str) -> Fate {
        match self.repository.prefix.join(path) {
            Some(whole) => self.follow(local, &whole),
            None => Fate::Unknown {
                why: "it lies outside the repository".to_owned(),
            },
        }
    }

    /// `path` is relative to the repository here and below.
    fn follow(&self, local: &gix::Repository, path: &str) -> Fate {
        if self.now.contains_key(path) || self.now_directories.contains(path) {
            return Fate::Present;
        }
        if !self.files.contains_key(path) {
            return match self.directories.get(path) {
                Some(Some(commit)) => self.deleted(*commit, true),
                Some(None) => self.unknown("the commit that removed it was not found"),
                None => match self.blind_spot(path) {
                    Some(why) => Fate::Unknown { why },
                    None => Fate::Never,
                },
            };
        }
        let mut current = path.to_owned();
        let mut before = u32::MAX;
        let mut least = 100;
        loop {
            let Some((event, rename, complete)) = self.departure(local, &current, before) else {
                return self.unknown("the commit that removed it was not found");
            };
            let rename = rename
                .filter(|rename| !is_copy_put_aside(&current, &rename.to))
                .or_else(|| self.successor(local, &current, &event));
            let Some(Rename { to, similarity }) = rename else {
                return self.deleted(event.commit, !complete);
            };
            least = similarity.min(least);
            if self.now.contains_key(&to) {
                return Fate::Moved {
                    commit: self.short(self.arrival(&to, event.commit)),
                    to: self.shown(&to),
                    similarity: least,
                };
            }
            current = to;
            before = event.commit;
        }
    }

    /// The commit that brought a path that is there now: `left`, in which its former name went away, unless the same
    /// bytes came back under the new name only later.
    fn arrival(&self, path: &str, left: u32) -> u32 {
        let events = self.files.get(path).into_iter().flatten();
        let came = || events.clone().filter(|event| !event.deleted);
        if came().any(|event| event.commit >= left) {
            return left;
        }
        came().map(|event| event.commit).max().unwrap_or(left)
    }

    /// How a path last went away, looking only at commits newer than `before`.
    ///
    /// A deletion counts when the path did not come back later. Plain commits come before merges, which repeat what
    /// the commits on their branches did.
    fn departure(
        &self,
        local: &gix::Repository,
        path: &str,
        before: u32,
    ) -> Option<(Event, Option<Rename>, bool)> {
        let events = self.files.get(path)?;
        let newer = || events.iter().filter(|event| event.commit < before);
        let came = newer()
            .filter(|event| !event.deleted)
            .map(|event| event.commit)
            .min()
            .unwrap_or(u32::MAX);
        let mut went: Vec<&Event> = newer().filter(|event| event.deleted).collect();
        if went.iter().any(|event| event.commit < came) {
            went.retain(|event| event.commit < came);
        }
        if went.iter().any(|event| !event.merge) {
            went.retain(|event| !event.merge);
        }
        went.sort_unstable_by_key(|event| event.commit);
        let newest = **went.first()?;
        let mut complete = true;
        for event in went {
            let renames = self.renames_in(local, event);
            complete &= renames.complete;
            if let Some(rename) = renames.by_source.get(path) {
                return Some((*event, Some(rename.clone()), true));
            }
        }
        Some((newest, None, complete))
    }

    fn renames_in(&self, local: &gix::Repository, event: &Event) -> Arc<Renames> {
        let key = (event.commit, event.parent);
        let known = |renames: &Mutex<FxHashMap<_, Arc<Renames>>>| {
            let map = renames.lock().unwrap_or_else(PoisonError::into_inner);
            map.get(&key).cloned()
        };
        if let Some(renames) = known(&self.renames) {
            return renames;
        }
        let commit = &self.commits[event.commit as usize];
        let parent = commit.parents.get(usize::from(event.parent)).copied();
        let found = tree::changes(local, parent, commit.id, Wanted::AddedAndDeleted)
            .map(|changes| renames(local, &changes))
            .unwrap_or_default();
        let found = Arc::new(found);
        let mut map = self.renames.lock().unwrap_or_else(PoisonError::into_inner);
        map.insert(key, Arc::clone(&found));
        found
    }

    /// Why a path that was not found may have been there after all.
    fn blind_spot(&self, path: &str) -> Option<String> {
        if let Some(module) = ancestors(path).find(|dir| self.submodules.contains(*dir)) {
            return Some(format!(
                "`{}` is a submodule, whose history is its own",
                self.shown(module)
            ));
        }
        self.gap.clone()
    }

    /// Whether a path that was not found may be that of a file in a submodule: there is one, and the path does not
    /// begin with a directory of this repository.
    fn may_be_in_submodule(&self, path: &str) -> bool {
        let mut modules = self.submodules.iter();
        let whole = self.repository.prefix.join(path).unwrap_or_default();
        let below = ancestors(&whole).any(|directory| self.submodules.contains(directory));
        let first = path.split_once('/').map(|(first, _)| first);
        let first = first.and_then(|first| self.repository.prefix.join(first));
        let here = !below && first.is_some_and(|first| self.now_directories.contains(&first));
        !here && modules.any(|module| self.now.contains_key(module))
    }

    fn unknown(&self, why: &str) -> Fate {
        Fate::Unknown {
            why: self.gap.clone().unwrap_or_else(|| why.to_owned()),
        }
    }

    fn deleted(&self, commit: u32, may_have_moved: bool) -> Fate {
        Fate::Deleted {
            commit: self.short(commit),
            may_have_moved,
        }
    }

    fn short(&self, commit: u32) -> String {
        self.commits[commit as usize]
            .id
            .to_hex_with_len(7)
            .to_string()
    }

    fn shown(&self, path: &str) -> String {
        self.repository.prefix.relative(path)
    }
}

fn ends_with_path(whole: &str, suffix: &str) -> bool {
    whole
        .strip_suffix(suffix)
        .is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
