//! The state of a repository as one number: equal numbers, equal answers.

use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use super::{DEFAULT_BRANCHES, Repository};
use crate::cache::Stamp;
use crate::read::{self, DOCUMENT_LIMIT};

impl Repository {
    /// The directory that all its checkouts have in common, under one name for all.
    pub(crate) fn shared_directory(&self) -> Option<PathBuf> {
        let local = self.shared.to_thread_local();
        local.common_dir().canonicalize().ok()
    }

    /// Where its objects are: its own, then those it borrows. `None`: that cannot be read.
    pub(super) fn object_stores(&self) -> Option<Vec<PathBuf>> {
        let local = self.shared.to_thread_local();
        let mut stores = vec![local.common_dir().join("objects")];
        stores.extend(local.objects.store_ref().alternate_db_paths().ok()?);
        Some(stores)
    }

    /// Whether there is no commit yet at HEAD, and no more to it: a HEAD that cannot be read is another thing.
    pub(super) fn is_unborn(&self) -> bool {
        let local = self.shared.to_thread_local();
        local.head().is_ok_and(|head| head.is_unborn())
    }

    /// Of all that history is read from: the commit at HEAD, where history ends, which packs there are.
    pub(crate) fn history_state(&self) -> u128 {
        let mut hash = Xxh3::new();
        self.add_history(&mut hash);
        hash.digest128()
    }

    /// The state of what objects are replaced by others.
    pub(super) fn replaced(&self) -> Vec<u8> {
        let local = self.shared.to_thread_local();
        state_of(&local.common_dir().join("refs/replace"))
    }

    fn add_history(&self, hash: &mut Xxh3) {
        let local = self.shared.to_thread_local();
        let mut add = |bytes: &[u8]| {
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        match self.head_in(&local) {
            Some(head) => add(head.as_bytes()),
            None => add(b"no HEAD"),
        }
        add(self.prefix.0.as_bytes());
        // One name for all checkouts: those that git makes name it by way of their own.
        let common = local.common_dir();
        let common = common.canonicalize().unwrap_or_else(|_| common.to_owned());
        add(common.as_os_str().as_encoded_bytes());
        add(&read::bytes(&common.join("shallow"), DOCUMENT_LIMIT).unwrap_or_default());
        add(&state_of(&common.join("objects/info/alternates")));
        match self.object_stores() {
            Some(stores) => {
                for store in stores {
                    add(&state_of(&store.join("pack")));
                }
            }
            None => add(b"no objects"),
        }
        add(&self.replaced());
        add(&[u8::from(super::is_partial(&local))]);
    }

    /// Of all that is asked of git: history, branch, what the merge base is found from, what is checked out.
    pub(crate) fn whole_state(&self) -> u128 {
        let mut hash = Xxh3::new();
        self.add_history(&mut hash);
        let local = self.shared.to_thread_local();
        let mut add = |bytes: &[u8]| {
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        add(format!("{:?}", self.branch()).as_bytes());
        add(local
            .workdir()
            .map_or(b"", |dir| dir.as_os_str().as_encoded_bytes()));
        for name in DEFAULT_BRANCHES {
            let reference = local.try_find_reference(name).ok().flatten();
            let id = reference.and_then(|mut reference| Some(reference.peel_to_commit().ok()?.id));
            add(format!("{id:?}").as_bytes());
        }
        // Only what a checkout leaves out is asked of the index, and whether there is one.
        match self.tracked() {
            Some(tracked) => {
                let mut left_out: Vec<&String> = tracked.not_checked_out.iter().collect();
                left_out.sort_unstable();
                for path in left_out {
                    add(path.as_bytes());
                }
                add(b"index");
            }
            None => add(b"no index"),
        }
        hash.digest128()
    }
}

fn state_of(place: &Path) -> Vec<u8> {
    let stamp = std::fs::metadata(place).map(|meta| Stamp::of(&meta));
    format!("{:?}", stamp.ok()).into_bytes()
}
