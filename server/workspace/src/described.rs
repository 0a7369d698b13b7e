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
        let files: Vec<(FileId, &str)> = self
            .graph
            .inputs()
            .tree
            .files()
            .map(|(file, _, path)| (file, path.as_str()))
            .filter(|(_, path)| asked(path))
            .collect();
        files
            .into_par_iter()
            .filter_map(|(file, path)| {
                if let Some((text, _)) = self.open.get(&file) {
                    return Some((file, code::manifest(path, text)?));
                }
                match read_document(&self.path(file)?) {
                    ReadOutcome::Text(read) => Some((file, code::manifest(path, &read.text)?)),
                    _ => None,
                }
            })
            .collect()
    }
}
