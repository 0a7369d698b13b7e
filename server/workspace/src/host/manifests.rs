//! Manifests: read together when the first feature needs one, and one by one when they change on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use text::FileId;
use trace::{Change, ManifestFile, Manifests};

use super::Host;
use crate::files::Files;
use crate::read::ReadOutcome;

impl Host {
    /// Reads all manifests, if a feature waits for them.
    pub(super) fn read_manifests(&mut self) {
        use rayon::prelude::*;
        if self.manifests.is_some() || !self.graph.awaits_manifests() {
            return;
        }
        let files: Vec<(FileId, SmolStr, PathBuf)> = self
            .tree
            .files()
            .filter(|(_, _, path)| code::ecosystem(path).is_some())
            .filter_map(|(file, _, path)| Some((file, path.clone(), self.disk_path(file)?)))
            .collect();
        let read: Manifests = files
            .into_par_iter()
            .filter_map(|(file, path, disk)| Some((file, read(&self.files, &path, &disk)?)))
            .collect();
        self.set_manifests(read);
    }

    /// A file changed on disk, which may be a manifest.
    pub(super) fn reread_manifest(&mut self, file: FileId) {
        let Some(known) = &self.manifests else {
            return;
        };
        let path = self.tree.path_str(file);
        let disk = self.disk_path(file);
        if let Some(now) = disk.and_then(|disk| read(&self.files, path, &disk))
            && known.get(&file) != Some(&now)
        {
            let mut all = Manifests::clone(known);
            all.insert(file, now);
            self.set_manifests(all);
        }
    }

    /// A file is gone.
    pub(super) fn forget_manifest(&mut self, file: FileId) {
        if let Some(known) = &self.manifests
            && known.contains_key(&file)
        {
            let mut all = Manifests::clone(known);
            all.remove(&file);
            self.set_manifests(all);
        }
    }

    fn set_manifests(&mut self, manifests: Manifests) {
        let manifests = Arc::new(manifests);
        self.manifests = Some(Arc::clone(&manifests));
        self.pending.push(Change::Manifests(manifests));
    }
}

fn read(files: &Files, path: &str, disk: &Path) -> Option<Arc<ManifestFile>> {
    code::ecosystem(path)?;
    let outcome = files.document(disk);
    let text = match &outcome {
        ReadOutcome::Text(read) => Some(read.text.as_str()),
        _ => None,
    };
    ManifestFile::read(path, text).map(Arc::new)
}
