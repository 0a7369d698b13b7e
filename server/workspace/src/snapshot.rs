//! What readers see: a state of the world that does not change any more.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use settings::Date;
use text::FileId;
use trace::{Graph, RootId};

use crate::decisions::FolderSettings;
use crate::host::locate;
use crate::read::{ReadFile, ReadOutcome, content_hash, read_document, read_source};
use crate::releases::Releases;
use crate::report::ScanReport;

/// One moment of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Grows with every change.
    pub revision: u64,
    /// Facts and links.
    pub graph: Arc<Graph>,
    /// Workspace folders on disk, by root id.
    pub roots: Arc<[PathBuf]>,
    /// Open buffers: text and version.
    pub open: FxHashMap<FileId, (Arc<str>, i32)>,
    /// What was skipped, hidden or unreadable.
    pub report: ScanReport,
    /// What is decided for each folder, by root id.
    pub settings: Arc<[Arc<FolderSettings>]>,
    /// The day, in UTC, this was published on.
    pub today: Date,
}

impl Snapshot {
    /// The file at a path on disk.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<FileId> {
        let (root, relative) = locate(&self.roots, path)?;
        self.graph.inputs().tree.file(root, &relative)
    }

    /// The workspace folder of a path on disk, and the path from there; nothing needs to be there.
    #[must_use]
    pub fn place(&self, path: &Path) -> Option<(RootId, String)> {
        locate(&self.roots, path)
    }

    /// Where a file is on disk.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<PathBuf> {
        let (root, path) = self.graph.inputs().tree.path(file)?;
        Some(self.roots.get(root.0 as usize)?.join(path.as_str()))
    }

    /// The text that facts and ranges of a file speak of. Reads the disk for sources that are not open.
    #[must_use]
    pub fn text(&self, file: FileId) -> Option<Arc<str>> {
        if let Some((text, _)) = self.open.get(&file) {
            return Some(Arc::clone(text));
        }
        if let Some(doc) = self.graph.inputs().documents.get(&file) {
            return Some(Arc::clone(&doc.text));
        }
        if let Some(lock) = self.graph.inputs().locks.get(&file) {
            return Some(Arc::clone(&lock.text));
        }
        match read_source(&self.path(file)?) {
            ReadOutcome::Text(read) => Some(read.text.into()),
            _ => None,
        }
    }

    /// Answers which release has what. Nothing is read before something is asked.
    #[must_use]
    pub fn releases(&self) -> Releases {
        Releases::new(Arc::clone(&self.roots), None)
    }

    /// A file as it is at this moment: its open buffer, else the disk, read again.
    #[must_use]
    pub fn now(&self, file: FileId) -> ReadOutcome {
        if let Some((text, _)) = self.open.get(&file) {
            return ReadOutcome::Text(ReadFile {
                text: text.to_string(),
                hash: content_hash(text.as_bytes()),
                invalid: 0,
            });
        }
        let Some(path) = self.path(file) else {
            return ReadOutcome::Missing;
        };
        let inputs = self.graph.inputs();
        if inputs.documents.contains_key(&file) || inputs.locks.contains_key(&file) {
            read_document(&path)
        } else {
            read_source(&path)
        }
    }
}
