//! Where the bytes of a workspace come from: the disk, or one commit per root.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use trace::{RootId, Tree};

use crate::cache::Stamp;
use crate::git::{Commit, Repository};
use crate::host::locate;
use crate::read::{self, DOCUMENT_LIMIT, ReadOutcome, SOURCE_LIMIT, read_document, read_source};
use crate::walk::{Entry, Listing, Probe, hides, probe, walk};

/// A place to list and read files.
#[derive(Clone, Default)]
pub(crate) enum Files {
    /// The working tree.
    #[default]
    Disk,
    /// A commit per root, and what the disk holds.
    Commits(Arc<Past>),
}

/// The commits of a workspace, beside the working tree they are compared with.
pub(crate) struct Past {
    pub(crate) roots: Vec<PathBuf>,
    pub(crate) commits: Arc<[Commit]>,
    /// The files of the working tree.
    pub(crate) now: Tree,
    /// Spec directories that ignore rules hide and other repositories below, of all roots: their past is not told by
    /// these commits.
    pub(crate) untold: Vec<String>,
    /// Sources of the working tree that cite what is not there, with their roots.
    pub(crate) citing: Vec<(RootId, SmolStr)>,
    /// A test of the working tree names a finished requirement and shows nothing of it: whether it did then, all sources
    /// tell.
    pub(crate) hollow: bool,
    /// The reports of tests that are there now.
    pub(crate) reports: Vec<trace::ReportFile>,
}

impl Files {
    /// The files of each root; `named` are directories of it that are listed though hidden or ignored.
    pub(crate) fn list(&self, roots: &[PathBuf], named: &[Vec<String>]) -> Vec<Listing> {
        match self {
            Self::Disk => walk(roots, named),
            Self::Commits(past) => (0..)
                .zip(roots)
                .map(|(at, root)| {
                    let named = named.get(usize::from(at));
                    past.list(at, root, named.map_or(&[], Vec::as_slice))
                })
                .collect(),
        }
    }

    /// A document, by its path on disk.
    pub(crate) fn document(&self, path: &Path) -> ReadOutcome {
        match self {
            Self::Disk => read_document(path),
            Self::Commits(past) => past
                .text(path, DOCUMENT_LIMIT)
                .unwrap_or_else(|| read_document(path)),
        }
    }

    /// A source file, by its path on disk.
    pub(crate) fn source(&self, path: &Path) -> ReadOutcome {
        match self {
            Self::Disk => read_source(path),
            Self::Commits(past) => past
                .text(path, SOURCE_LIMIT)
                .unwrap_or_else(|| read_source(path)),
        }
    }

    /// The raw bytes of a source file that was listed.
    pub(crate) fn source_bytes(&self, path: &Path) -> Result<Vec<u8>, ReadOutcome> {
        match self {
            Self::Disk => read::listed(path, SOURCE_LIMIT),
            Self::Commits(past) => match past.at(path) {
                Some((commit, path)) => commit
                    .bytes(&path, SOURCE_LIMIT)?
                    .ok_or(ReadOutcome::Missing),
                None => Self::Disk.source_bytes(path),
            },
        }
    }

    /// What is at one path, listed or not.
    pub(crate) fn probe(&self, roots: &[PathBuf], root: RootId, path: &str) -> Probe {
        let Some(base) = roots.get(usize::from(root.0)) else {
            return Probe::Outside;
        };
        match self {
            Self::Disk => probe(roots, base, path),
            Self::Commits(past) => match past.commits.get(usize::from(root.0)) {
                Some(commit) => commit.probe(path),
                None => Probe::Unknown,
            },
        }
    }

    /// The repository a root lies in, with the HEAD that counts here.
    pub(crate) fn repository(&self, roots: &[PathBuf], root: RootId) -> Option<Repository> {
        match self {
            Self::Disk => Repository::discover(roots.get(usize::from(root.0))?),
            Self::Commits(past) => {
                Some(past.commits.get(usize::from(root.0))?.repository().clone())
            }
        }
    }

    /// Whether this is the working tree.
    pub(crate) fn is_disk(&self) -> bool {
        matches!(self, Self::Disk)
    }
}

impl Past {
    /// The commit and the path in it; `None` for what git cannot know.
    fn at(&self, path: &Path) -> Option<(&Commit, String)> {
        let (root, relative) = locate(&self.roots, path)?;
        let commit = self.commits.get(usize::from(root.0))?;
        (!self.is_unknown(commit, &relative)).then_some((commit, relative))
    }

    fn text(&self, path: &Path, limit: u64) -> Option<ReadOutcome> {
        let (commit, relative) = self.at(path)?;
        Some(commit.text(&relative, limit))
    }

    /// In such a directory, and the commit has nothing of it.
    fn is_unknown(&self, commit: &Commit, path: &str) -> bool {
        self.untold.iter().any(|directory| {
            path.strip_prefix(directory.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
                && !commit.has_directory(directory)
        })
    }

    /// What a walk would have listed: no hidden directories, nothing that a walk of today leaves out although it is
    /// there (ignored, another checkout, below another root).
    fn list(&self, at: u16, root: &Path, named: &[String]) -> Listing {
        let id = RootId(at);
        let mut paths: FxHashSet<&str> = FxHashSet::default();
        if let Some(commit) = self.commits.get(usize::from(at)) {
            let is_named = |path: &str| {
                let mut named = named.iter();
                named.any(|directory| {
                    path.strip_prefix(directory.as_str())
                        .is_some_and(|rest| rest.starts_with('/'))
                })
            };
            let left_out = |path: &str| {
                self.now.file(id, path).is_none()
                    && (hides(path) && !is_named(path)
                        || locate(&self.roots, &root.join(path)).is_none_or(|(root, _)| root != id)
                        || root.join(path).symlink_metadata().is_ok())
            };
            paths.extend(commit.files().filter(|path| !left_out(path)));
            let unknown = self
                .now
                .files()
                .filter(|(_, root, path)| *root == id && self.is_unknown(commit, path));
            paths.extend(unknown.map(|(_, _, path)| path.as_str()));
        }
        let mut files: Vec<Entry> = paths
            .into_iter()
            .map(|path| Entry {
                path: path.to_owned(),
                stamp: Stamp::default(),
                alias: false,
            })
            .collect();
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Listing {
            root: root.to_owned(),
            files,
            ..Listing::default()
        }
    }
}
