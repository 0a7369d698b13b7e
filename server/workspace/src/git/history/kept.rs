//! What a commit changed, as it is kept: a commit never changes, so no checkout and no later HEAD need compare its trees
//! again.

use gix::ObjectId;
use gix::objs::tree::EntryKind;
use serde::{Deserialize, Serialize};

use super::pass::{Changes, Commit};
use crate::git::tree::{Change, What};
use crate::read::content_hash;

/// The changes of one commit.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptChanges(Vec<Kept>);

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// How many bytes of the path are those of the one before.
    shared: u32,
    rest: String,
    what: u8,
    id: [u8; 20],
    before: Option<[u8; 20]>,
    is_commit: bool,
    parent: u8,
}

/// What the changes of a commit are kept under. `replaced`: what objects are replaced by others.
pub(super) fn key(commit: &Commit, replaced: &[u8]) -> u128 {
    let mut whole = commit.id.as_bytes().to_vec();
    for parent in &commit.parents {
        whole.extend_from_slice(parent.as_bytes());
    }
    whole.extend_from_slice(replaced);
    content_hash(&whole)
}

impl KeptChanges {
    /// `None`: they cannot be kept.
    pub(super) fn of(changes: &Changes) -> Option<Self> {
        let mut before = "";
        let mut kept = Vec::with_capacity(changes.len());
        for (change, parent) in changes {
            let same = before.bytes().zip(change.path.bytes());
            let mut shared = same.take_while(|(one, other)| one == other).count();
            while !change.path.is_char_boundary(shared) {
                shared -= 1;
            }
            let old = change.before.map(|id| id.as_bytes().try_into());
            kept.push(Kept {
                shared: shared as u32,
                rest: change.path[shared..].to_owned(),
                what: match change.what {
                    What::Added => 0,
                    What::Deleted => 1,
                    What::Modified => 2,
                },
                id: change.id.as_bytes().try_into().ok()?,
                before: old.transpose().ok()?,
                is_commit: change.mode.is_commit(),
                parent: *parent,
            });
            before = &change.path;
        }
        Some(Self(kept))
    }

    /// `None`: that is none.
    pub(super) fn changes(&self) -> Option<Changes> {
        let mut path = String::new();
        let mut changes = Vec::with_capacity(self.0.len());
        for kept in &self.0 {
            let shared = path.get(..kept.shared as usize)?;
            path = format!("{shared}{}", kept.rest);
            let kind = if kept.is_commit {
                EntryKind::Commit
            } else {
                EntryKind::Blob
            };
            let change = Change {
                path: path.clone(),
                what: match kept.what {
                    0 => What::Added,
                    1 => What::Deleted,
                    _ => What::Modified,
                },
                id: ObjectId::from(kept.id),
                before: kept.before.map(ObjectId::from),
                mode: kind.into(),
            };
            changes.push((change, kept.parent));
        }
        Some(changes)
    }
}
