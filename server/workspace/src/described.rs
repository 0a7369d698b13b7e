//! Manifests, compose files and objects of Kubernetes of a whole workspace, read when somebody asks what its services are.

use rayon::prelude::*;
use text::FileId;

use crate::{ReadOutcome, Snapshot, read_document};

impl Snapshot {
    /// All manifests and descriptions of containers, by file: open buffers, else the disk. It reads many files.
    #[must_use]
    pub fn manifests(&self) -> Vec<(FileId, code::Manifest)> {
        self.manifests_of(code::may_describe)
    }

    /// Those whose paths are asked for.
    pub(crate) fn manifests_of(
        &self,
        asked: impl Fn(&str) -> bool + Sync,
    ) -> Vec<(FileId, code::Manifest)> {
        self.read_of(asked, code::manifest)
    }

    /// What is read out of those files whose paths are asked for, from the open buffer where there is one.
    pub(crate) fn read_of<T: Send>(
        &self,
        asked: impl Fn(&str) -> bool + Sync,
        read: impl Fn(&str, &str) -> Option<T> + Sync,
    ) -> Vec<(FileId, T)> {
        let tree = &self.graph.inputs().tree;
        let files: Vec<(FileId, &str)> = tree
            .files()
            .map(|(file, _, path)| (file, path.as_str()))
            .filter(|(_, path)| asked(path))
            .collect();
        files
            .into_par_iter()
            .filter_map(|(file, path)| {
                if let Some((text, _)) = self.open.get(&file) {
                    return Some((file, read(path, text)?));
                }
                match read_document(&self.path(file)?) {
                    ReadOutcome::Text(found) => Some((file, read(path, &found.text)?)),
                    _ => None,
                }
            })
            .collect()
    }
}
