//! The parallel walk itself: what is entered, followed and left out.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use ignore::{DirEntry, WalkBuilder, WalkState};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::part::Part;
use super::{Entry, Unlisted};
use crate::cache::Stamp;
use crate::read::{is_absence, plain};
use crate::slashed;
use crate::symlinks::OUTSIDE;

/// Hidden directories that are walked.
const SEEN_THOUGH_HIDDEN: [&str; 3] = [".specify", ".kiro", ".github"];

/// Which ignore rules count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Rules {
    /// Obey ignore rules, those of directories above the root too if `parents`.
    Follow { parents: bool },
    /// Take everything.
    Skip,
}

impl Default for Rules {
    fn default() -> Self {
        Self::Follow { parents: false }
    }
}

#[derive(Default)]
pub(super) struct Found {
    pub(super) files: Vec<Entry>,
    /// What was entered, with its state then.
    pub(super) directories: FxHashMap<String, Stamp>,
    pub(super) unreadable: Vec<Unlisted>,
}

enum Item {
    File(Entry),
    Directory(String, Stamp),
    Trouble(Unlisted),
}

/// What the filter met; it runs on all threads.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) checkouts: Vec<String>,
    pub(super) repositories: Vec<String>,
    pub(super) left_out: Vec<Unlisted>,
    /// Symbolic links that were followed.
    pub(super) links: FxHashSet<String>,
    /// Symbolic links that were not, because of what they lead to now.
    pub(super) passed: Vec<String>,
}

pub(super) struct Walker {
    root: PathBuf,
    roots: Arc<[PathBuf]>,
    /// Nothing else is looked at; `None`: all is.
    part: Option<Arc<Part>>,
    seen: Arc<Mutex<Seen>>,
}

impl Walker {
    pub(super) fn new(root: &Path, roots: &Arc<[PathBuf]>, part: Option<Arc<Part>>) -> Self {
        Self {
            root: root.to_owned(),
            roots: Arc::clone(roots),
            part,
            seen: Arc::default(),
        }
    }

    pub(super) fn into_seen(self) -> Seen {
        std::mem::take(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn leads_inside(&self, path: &Path) -> bool {
        target_kind(path, &self.roots) != Target::Outside
    }

    pub(super) fn run(&self, from: &Path, rules: Rules, found: &mut Found) {
        let mut builder = WalkBuilder::new(from);
        builder
            .standard_filters(false)
            .hidden(false)
            .follow_links(true);
        if let Rules::Follow { parents } = rules {
            builder
                .ignore(true)
                .git_ignore(true)
                .git_exclude(true)
                .parents(parents)
                // A copy without its repository has the same rules.
                .require_git(false);
        }
        if self.part.is_some() {
            builder.threads(1);
        }
        let (root, roots, seen, part) = (
            self.root.clone(),
            Arc::clone(&self.roots),
            Arc::clone(&self.seen),
            self.part.clone(),
        );
        let skips_rules = matches!(rules, Rules::Skip);
        builder.filter_entry(move |entry| {
            let is_part = |part: &Arc<Part>| {
                let path = entry.path();
                part.holds(&slashed(path.strip_prefix(&root).unwrap_or(path)))
            };
            entry.depth() == 0
                || part.as_ref().is_none_or(is_part)
                    && !(skips_rules && entry.file_name() == "node_modules")
                    && enters(entry, &root, &roots, &seen)
        });
        let (sender, receiver) = mpsc::channel();
        builder.build_parallel().run(|| {
            let sender = sender.clone();
            let root = &self.root;
            Box::new(move |entry| {
                if let Some(item) = look(entry, root) {
                    // The receiver lives until the walk has ended.
                    let _ = sender.send(item);
                }
                WalkState::Continue
            })
        });
        drop(sender);
        for item in receiver {
            match item {
                Item::File(entry) => found.files.push(entry),
                Item::Directory(path, stamp) => {
                    found.directories.insert(path, stamp);
                }
                Item::Trouble(unlisted) => found.unreadable.push(unlisted),
            }
        }
    }
}

/// Where a link leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Inside,
    /// Inside, below a hidden directory that is not walked.
    Hidden,
    Outside,
}

fn target_kind(path: &Path, roots: &[PathBuf]) -> Target {
    let Ok(real) = path.canonicalize() else {
        return Target::Outside;
    };
    let inside = roots.iter().find_map(|root| real.strip_prefix(root).ok());
    match inside {
        None => Target::Outside,
        Some(inside) if inside.iter().any(is_unseen) => Target::Hidden,
        Some(_) => Target::Inside,
    }
}

/// Is this the name of a hidden directory that is not walked?
pub(crate) fn is_unseen(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
        && !SEEN_THOUGH_HIDDEN.iter().any(|seen| name == *seen)
}

/// Does a file lie below a hidden directory that is not walked?
pub(crate) fn hides(path: &str) -> bool {
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    directory.split('/').any(|name| is_unseen(OsStr::new(name)))
}

/// Is an entry that no ignore rule hides part of this root?
fn enters(entry: &DirEntry, root: &Path, roots: &[PathBuf], seen: &Mutex<Seen>) -> bool {
    let name = entry.file_name();
    if name == ".git" {
        return false;
    }
    let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
    let path = entry.path();
    let shown = || slashed(path.strip_prefix(root).unwrap_or(path));
    let lock = || seen.lock().unwrap_or_else(PoisonError::into_inner);
    if is_dir && is_unseen(name) {
        if entry.path_is_symlink() {
            lock().passed.push(shown());
        }
        return false;
    }
    if entry.path_is_symlink() {
        let link = shown();
        let why = match target_kind(path, roots) {
            Target::Outside => Some(OUTSIDE),
            Target::Hidden if is_dir => Some("symbolic link into a hidden directory"),
            Target::Hidden | Target::Inside => None,
        };
        let mut seen = lock();
        if let Some(why) = why {
            seen.left_out.push(Unlisted {
                path: link,
                why: why.to_owned(),
            });
            return false;
        }
        let above = link.rsplit_once('/').map(|(dir, _)| dir);
        // A link below a linked directory would multiply paths to the same files without end in sight.
        let nested = std::iter::successors(above, |dir| dir.rsplit_once('/').map(|(dir, _)| dir))
            .any(|dir| seen.links.contains(dir));
        if is_dir && nested {
            seen.passed.push(link);
            return false;
        }
        seen.links.insert(link);
    }
    if !is_dir {
        return true;
    }
    if roots.len() > 1 && is_other_root(path, root, roots) {
        return false;
    }
    match std::fs::symlink_metadata(path.join(".git")) {
        Ok(git) if git.is_dir() => {
            lock().repositories.push(shown());
            true
        }
        Ok(_) => {
            lock().checkouts.push(shown());
            false
        }
        Err(_) => true,
    }
}

/// Only paths whose last name is that of a root are worth asking the system about.
fn is_other_root(path: &Path, root: &Path, roots: &[PathBuf]) -> bool {
    roots
        .iter()
        .any(|other| other.file_name() == path.file_name())
        && path.canonicalize().is_ok_and(|real| {
            roots.contains(&real) && root.canonicalize().is_ok_and(|root| root != real)
        })
}

fn look(entry: Result<DirEntry, ignore::Error>, root: &Path) -> Option<Item> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return trouble(&error, root).map(Item::Trouble),
    };
    let kind = entry.file_type()?;
    let path = || slashed(entry.path().strip_prefix(root).unwrap_or(entry.path()));
    if kind.is_dir() {
        let stamp = entry.metadata().map(|meta| Stamp::of(&meta));
        return Some(Item::Directory(path(), stamp.unwrap_or_default()));
    }
    // Pipes, sockets and devices are nobody's text.
    if !kind.is_file() {
        return None;
    }
    match entry.metadata() {
        Ok(meta) => Some(Item::File(Entry {
            path: path(),
            stamp: Stamp::of(&meta),
            alias: false,
        })),
        Err(error) => trouble(&error, root).map(Item::Trouble),
    }
}

/// `None` for what is no trouble: a link back to a directory we are in, a file that went away meanwhile.
fn trouble(error: &ignore::Error, root: &Path) -> Option<Unlisted> {
    let (path, error) = innermost(error, None);
    let path = path?;
    let why = match error {
        ignore::Error::Loop { .. } => return None,
        ignore::Error::Io(error) if is_absence(error) => {
            if path.symlink_metadata().is_err() {
                return None;
            }
            "symbolic link to nothing".to_owned()
        }
        ignore::Error::Io(error) => plain(error),
        other => other.to_string(),
    };
    Some(Unlisted {
        path: slashed(path.strip_prefix(root).unwrap_or(path)),
        why,
    })
}

fn innermost<'e>(
    error: &'e ignore::Error,
    path: Option<&'e Path>,
) -> (Option<&'e Path>, &'e ignore::Error) {
    match error {
        ignore::Error::WithPath { path, err } => innermost(err, Some(path)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            innermost(err, path)
        }
        ignore::Error::Loop { child, .. } => (Some(child), error),
        other => (path, other),
    }
}
