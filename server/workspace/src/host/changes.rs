//! What the editor holds and what happens to files on disk, taken in as changes of the inputs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use text::FileId;
use trace::{Change, LockFile};

use super::locks::is_lock;
use super::told::Place;
use super::{Host, document, source, why_not};
use crate::active::named_active;
use crate::evidence::is_report;
use crate::read::ReadOutcome;

impl Host {
    /// The editor holds this text for `path`; it wins over the disk until [`Host::close_overlay`].
    pub fn set_overlay(&mut self, path: &Path, text: impl Into<Arc<str>>, version: i32) {
        let text: Arc<str> = text.into();
        let Some((root, relative)) = self.locate(path) else {
            return;
        };
        if self.decisions.concern(root.0 as usize, &relative) {
            self.decisions.set_buffer(path, Some(&text));
            self.read_decisions();
        }
        let kind = self.spec_roots.document_kind(root, &relative);
        let lock = is_lock(&relative);
        let settings = code::is_settings_path(&relative);
        if kind.is_none() && !lock && !settings && !code::is_source_path(&relative) {
            return;
        }
        let known = self.tree.file(root, &relative);
        if kind.is_none() && settings {
            if let Some(file) = known {
                self.set_settings(file, &relative, text, version);
            }
            return;
        }
        let file = known.unwrap_or_else(|| self.tree.insert(root, &relative));
        if known.is_none() {
            self.pending.push(Change::Tree(self.tree.clone()));
        }
        if kind.is_none() && !lock {
            self.touch(file);
            self.heed_words(&text);
        }
        let opened = !self.open.contains_key(&file);
        let buffer = self.open.entry(file).or_default();
        buffer.text = Arc::clone(&text);
        buffer.version = version;
        let change = if let Some(kind) = kind {
            let facts = documents::read_again(kind, &text, &mut buffer.lines);
            Change::Document(file, Some(document(facts, text)))
        } else if lock {
            Change::Lock(file, Some(Arc::new(LockFile::read(text))))
        } else {
            let now = source(&relative, &text);
            self.outdate(file, now.as_deref());
            Change::Source(file, now)
        };
        self.pending.push(change);
        if opened {
            self.look_back(file);
            self.take_base(file);
        }
    }

    /// The editor holds this text of a file of settings, which is read where a value is bound to it.
    fn set_settings(&mut self, file: FileId, relative: &str, text: Arc<str>, version: i32) {
        if self.is_bound(file, relative) {
            self.pending
                .push(Change::Source(file, source(relative, &text)));
        }
        let buffer = self.open.entry(file).or_default();
        buffer.text = text;
        buffer.version = version;
    }

    /// The disk holds `path` again.
    pub fn close_overlay(&mut self, path: &Path) {
        let Some((root, relative)) = self.locate(path) else {
            return;
        };
        if self.decisions.is_open(path) {
            self.decisions.set_buffer(path, None);
            self.read_decisions();
        }
        if let Some(file) = self.tree.file(root, &relative)
            && self.open.remove(&file).is_some()
        {
            let stays = self.is_listed(root, &relative);
            if stays {
                self.reread(file, &relative);
            }
            self.look_back(file);
            if !stays {
                self.forget(file);
            }
        }
    }

    /// These files were made, changed or deleted on disk, or directories with all that is in them. Open buffers keep
    /// their text, and are there as long as they are open.
    pub fn files_changed(&mut self, paths: &[PathBuf]) {
        let told: Vec<Place> = paths
            .iter()
            .filter_map(|path| self.locate(path))
            .map(|(root, path)| (root, SmolStr::from(path)))
            .collect();
        let listed = self.listed(&told);
        let mut places = listed.clone();
        for (root, path) in told {
            let below = self.tree.below(root, &path);
            places.extend(below.map(|(_, path)| (root, path.clone())));
            places.insert((root, path));
        }
        let (mut active_changed, mut decided) = (false, false);
        let mut to_read = Vec::new();
        for place in &places {
            let (root, relative) = place;
            decided |= self.decisions.concern(root.0 as usize, relative);
            self.evidence_due |= is_report(relative);
            active_changed |= relative.ends_with(".specify/feature.json");
            match (self.tree.file(*root, relative), listed.contains(place)) {
                (Some(file), false) if !self.open.contains_key(&file) => self.forget(file),
                (None, true) => {
                    let file = self.tree.insert(*root, relative);
                    self.pending.push(Change::Tree(self.tree.clone()));
                    to_read.push((file, relative));
                }
                (Some(file), true) if !self.open.contains_key(&file) => {
                    to_read.push((file, relative));
                }
                _ => {}
            }
        }
        for (file, relative) in to_read {
            if !self.is_half_written(file) {
                self.reread(file, relative);
            }
        }
        let documents: Vec<Place> = listed
            .into_iter()
            .filter(|(root, path)| self.spec_roots.document_kind(*root, path).is_some())
            .collect();
        self.saved(&documents);
        for (root, path) in &documents {
            if let Some(file) = self.tree.file(*root, path) {
                self.look_back(file);
                self.take_base(file);
            }
        }
        if decided {
            self.read_decisions();
        }
        if active_changed {
            let named = named_active(&self.options, &self.tree);
            self.look_elsewhere(&named);
            self.pending.push(Change::NamedActive(Arc::new(named)));
        }
    }

    /// Reads one file anew; files that do not matter are forgotten.
    pub(super) fn reread(&mut self, file: FileId, relative: &str) {
        let Some(path) = self.disk_path(file) else {
            return;
        };
        self.unreadable.remove(&file);
        self.reread_manifest(file);
        let root = self.tree.path(file).map(|(root, _)| root);
        let kind = root.and_then(|root| self.spec_roots.document_kind(root, relative));
        if let Some(kind) = kind {
            let doc = match self.files.document(&path) {
                ReadOutcome::Text(read) => Some(document(
                    documents::read(kind, &read.text),
                    read.text.into(),
                )),
                ReadOutcome::Missing => None,
                other => {
                    self.report.unreadable(relative, why_not(&other));
                    None
                }
            };
            self.pending.push(Change::Document(file, doc));
        } else if is_lock(relative) {
            self.reread_lock(file);
        } else if code::is_source_path(relative) {
            self.touch(file);
            self.outdate(file, None);
            self.evidence_due = true;
            self.rewritten.push(file);
        } else if self.is_bound(file, relative) {
            let facts = match self.files.source(&path) {
                ReadOutcome::Text(read) => source(relative, &read.text),
                _ => None,
            };
            self.pending.push(Change::Source(file, facts));
        }
    }
}
