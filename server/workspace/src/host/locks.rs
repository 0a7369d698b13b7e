//! Locks of projects: `spec.lock`, from the disk or an open buffer.

use std::sync::Arc;

use text::FileId;
use trace::{Change, LOCK_FILE, LockFile};

use super::{Host, why_not};
use crate::read::ReadOutcome;

/// Whether a file is a lock, by its path.
pub(super) fn is_lock(path: &str) -> bool {
    path.rsplit('/').next() == Some(LOCK_FILE)
}

impl Host {
    /// All locks of the tree.
    pub(super) fn read_locks(&mut self) -> Vec<(FileId, Arc<LockFile>)> {
        let files = self.tree.files();
        let locks: Vec<FileId> = files
            .filter(|(_, _, path)| is_lock(path))
            .map(|(file, ..)| file)
            .collect();
        let locks = locks.into_iter();
        locks
            .filter_map(|file| Some((file, self.read_lock(file)?)))
            .collect()
    }

    fn read_lock(&mut self, file: FileId) -> Option<Arc<LockFile>> {
        let path = self.disk_path(file)?;
        match self.files.document(&path) {
            ReadOutcome::Text(read) => Some(Arc::new(LockFile::read(read.text))),
            ReadOutcome::Missing => None,
            other => {
                self.report
                    .unreadable(self.tree.path_str(file), why_not(&other));
                None
            }
        }
    }

    /// Reads a lock anew.
    pub(super) fn reread_lock(&mut self, file: FileId) {
        let lock = self.read_lock(file);
        self.pending.push(Change::Lock(file, lock));
    }
}
