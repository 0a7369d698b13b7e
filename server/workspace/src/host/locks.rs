//! Locks of projects: `spec.lock`, from the disk or an open buffer.

use std::sync::Arc;

use text::FileId;
use trace::{Change, LOCK_FILE, LockFile};

use super::{Host, source, why_not};
use crate::read::ReadOutcome;

/// Sources that are looked into for one name; where there are more, code is followed by git and by the names of files.
const SEARCHED: usize = 2_000;

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

    /// Looks for accepted code that is not where it was in the sources of its language, each name once. What is written
    /// from then on is read when it is written.
    pub(super) fn look_for_lost(&mut self) {
        let known = self.graph.inputs();
        for (root, path, name) in self.graph.lost_code() {
            let ending = path.rsplit('.').next().unwrap_or_default().to_owned();
            if name.len() < 3 || !self.searched.insert((root, name.clone(), ending.clone())) {
                continue;
            }
            let alike = |other: &str| other.rsplit('.').next() == Some(&ending);
            let files = self.tree.files();
            let files: Vec<_> = files
                .filter(|(file, own, path)| {
                    *own == root && alike(path) && !known.sources.contains_key(file)
                })
                .filter_map(|(file, _, path)| Some((file, path.clone(), self.disk_path(file)?)))
                .filter(|(_, path, _)| code::is_source_path(path))
                .take(SEARCHED + 1)
                .collect();
            if files.len() > SEARCHED {
                continue;
            }
            for (file, relative, path) in files {
                let ReadOutcome::Text(read) = self.files.source(&path) else {
                    continue;
                };
                if read.text.contains(name.as_str())
                    && let Some(source) = source(&relative, &read.text)
                {
                    self.pending.push(Change::Source(file, Some(source)));
                }
            }
        }
    }

    /// Reads a lock anew.
    pub(super) fn reread_lock(&mut self, file: FileId) {
        let lock = self.read_lock(file);
        self.pending.push(Change::Lock(file, lock));
    }
}
