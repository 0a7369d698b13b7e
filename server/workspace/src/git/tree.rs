//! Differences between the trees of commits.

use std::collections::VecDeque;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice as _};
use gix::diff::tree::{Visit, visit};
use gix::objs::tree::EntryMode;

/// What happened to a path between two trees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Added,
    Deleted,
    Modified,
}

/// One file, link or submodule that differs between two trees.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) path: String,
    pub(super) what: What,
    /// Added, modified: the new object. Deleted: the old one.
    pub(super) id: ObjectId,
    /// Modified: the old object.
    pub(super) before: Option<ObjectId>,
    pub(super) mode: EntryMode,
}

/// Which changes to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    AddedAndDeleted,
}

/// What lies between the trees of two commits; without an older one, everything is added.
pub(super) fn changes(
    repository: &gix::Repository,
    old: Option<ObjectId>,
    new: ObjectId,
    wanted: Wanted,
) -> gix::Result<Vec<Change>> {
    let old = old
        .map(|id| tree_of(repository, id))
        .transpose()?
        .unwrap_or_else(|| repository.empty_tree());
    between(repository, &old, &tree_of(repository, new)?, wanted)
}

/// Every file below a tree.
pub(super) fn files(repository: &gix::Repository, tree: ObjectId) -> gix::Result<Vec<Change>> {
    let tree = repository.find_tree(tree)?;
    between(repository, &repository.empty_tree(), &tree, Wanted::All)
}

fn tree_of(repository: &gix::Repository, commit: ObjectId) -> gix::Result<gix::Tree<'_>> {
    repository.find_commit(commit)?.tree()
}

fn between(
    repository: &gix::Repository,
    old: &gix::Tree<'_>,
    new: &gix::Tree<'_>,
    wanted: Wanted,
) -> gix::Result<Vec<Change>> {
    if old.id == new.id {
        return Ok(Vec::new());
    }
    let mut recorder = Recorder::new(wanted);
    gix::diff::tree(
        gix::objs::TreeRefIter::from_bytes(&old.data, old.id.kind()),
        gix::objs::TreeRefIter::from_bytes(&new.data, new.id.kind()),
        gix::diff::tree::State::default(),
        &repository.objects,
        &mut recorder,
    )
    .map_err(gix::Error::from_error)?;
    Ok(recorder.changes)
}

/// Takes what is wanted; nothing is allocated for the rest, which is most of it.
struct Recorder {
    wanted: Wanted,
    path: Vec<u8>,
    /// Directories that are still to be compared.
    next: VecDeque<Vec<u8>>,
    changes: Vec<Change>,
}

impl Recorder {
    fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            path: Vec::new(),
            next: VecDeque::new(),
            changes: Vec::new(),
        }
    }
}

impl Visit for Recorder {
    fn pop_front_tracked_path_and_set_current(&mut self) {
        self.path = self.next.pop_front().unwrap_or_default();
    }

    fn push_back_tracked_path_component(&mut self, component: &BStr) {
        self.push_path_component(component);
        self.next.push_back(self.path.clone());
    }

    fn push_path_component(&mut self, component: &BStr) {
        if component.is_empty() {
            return;
        }
        if !self.path.is_empty() {
            self.path.push(b'/');
        }
        self.path.extend_from_slice(component);
    }

    fn pop_path_component(&mut self) {
        let end = self.path.rfind_byte(b'/').unwrap_or(0);
        self.path.truncate(end);
    }

    fn visit(&mut self, change: visit::Change) -> visit::Action {
        let (what, id, before, mode) = match change {
            visit::Change::Addition {
                entry_mode, oid, ..
            } => (What::Added, oid, None, entry_mode),
            visit::Change::Deletion {
                entry_mode, oid, ..
            } => (What::Deleted, oid, None, entry_mode),
            visit::Change::Modification {
                previous_oid,
                entry_mode,
                oid,
                ..
            } => (What::Modified, oid, Some(previous_oid), entry_mode),
        };
        let wanted = what != What::Modified || self.wanted == Wanted::All;
        if wanted && !mode.is_tree() {
            self.changes.push(Change {
                path: self.path.to_str_lossy().into_owned(),
                what,
                id,
                before,
                mode,
            });
        }
        std::ops::ControlFlow::Continue(())
    }
}
