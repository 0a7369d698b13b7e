//! Differences between the trees of commits.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::diff::tree::recorder::Change as Recorded;
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
    let mut recorder = gix::diff::tree::Recorder::default();
    gix::diff::tree(
        gix::objs::TreeRefIter::from_bytes(&old.data, old.id.kind()),
        gix::objs::TreeRefIter::from_bytes(&new.data, new.id.kind()),
        gix::diff::tree::State::default(),
        &repository.objects,
        &mut recorder,
    )
    .map_err(gix::Error::from_error)?;
    let mut changes = Vec::new();
    for record in recorder.records {
        let (path, what, id, mode) = match record {
            Recorded::Addition {
                entry_mode,
                oid,
                path,
                ..
            } => (path, What::Added, oid, entry_mode),
            Recorded::Deletion {
                entry_mode,
                oid,
                path,
                ..
            } => (path, What::Deleted, oid, entry_mode),
            Recorded::Modification {
                entry_mode,
                oid,
                path,
                ..
            } => (path, What::Modified, oid, entry_mode),
        };
        if mode.is_tree() || (what == What::Modified && wanted == Wanted::AddedAndDeleted) {
            continue;
        }
        changes.push(Change {
            path: path.to_str_lossy().into_owned(),
            what,
            id,
            mode,
        });
    }
    Ok(changes)
}
