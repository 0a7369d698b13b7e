//! What came and went on disk, in the words of the walk: what it would not list is not taken in because somebody names
//! it.

use std::collections::BTreeSet;
use std::path::Path;

use smol_str::SmolStr;
use text::FileId;
use trace::{Change, RootId};

use super::Host;
use super::locks::is_lock;
use crate::walk::walk_at;

/// Entries of a directory that are looked at here and now.
pub(super) const MUCH: usize = 200;

/// A file, by root and path.
pub(super) type Place = (RootId, SmolStr);

impl Host {
    /// The files among these places and below them that the walk lists.
    pub(super) fn listed(&mut self, places: &[Place]) -> BTreeSet<Place> {
        if !self.files.is_disk() {
            let known = places.iter();
            let known = known.filter(|(root, path)| self.tree.file(*root, path).is_some());
            return known.cloned().collect();
        }
        let mut asked = vec![Vec::new(); self.options.roots.len()];
        for (root, path) in places {
            if let Some(asked) = asked.get_mut(usize::from(root.0)) {
                asked.push(path.to_string());
            }
        }
        let look =
            |asked: &[Vec<String>]| walk_at(&self.options.roots, &self.walked, &self.rules, asked);
        let mut listings = look(&asked);
        // An ignored directory that holds features since just now is listed as a whole.
        let mut more = false;
        for (asked, listing) in asked.iter_mut().zip(&listings) {
            for directory in &listing.ignored_spec_dirs {
                if !self.report.ignored_spec_dirs.contains(directory) {
                    asked.push(directory.clone());
                    more = true;
                }
            }
        }
        if more {
            listings = look(&asked);
        }
        let mut files = BTreeSet::new();
        for (root, listing) in (0..).map(RootId).zip(listings) {
            let listed = listing.files.iter().filter(|entry| !entry.alias);
            files.extend(listed.map(|entry| (root, SmolStr::from(&*entry.path))));
            self.report.met(listing);
        }
        files
    }

    /// The same of one file.
    pub(super) fn is_listed(&mut self, root: RootId, path: &str) -> bool {
        let place = (root, SmolStr::from(path));
        self.listed(std::slice::from_ref(&place)).contains(&place)
    }

    /// Whether so much came or went with this directory that it is better looked at beside the writer, by walking again.
    #[must_use]
    pub fn is_much(&self, path: &Path) -> bool {
        if path.is_dir() {
            return holds_more(path, MUCH);
        }
        let place = self.locate(path);
        place.is_some_and(|(root, path)| self.tree.below(root, &path).nth(MUCH).is_some())
    }

    /// A file is gone, or is none of ours any more.
    pub(super) fn forget(&mut self, file: FileId) {
        self.tree.remove(file);
        self.touch(file);
        self.pending.push(Change::Tree(self.tree.clone()));
        self.pending.push(Change::Document(file, None));
        self.pending.push(Change::Committed(file, None));
        if is_lock(self.tree.path_str(file)) {
            self.pending.push(Change::Lock(file, None));
        }
        self.pending.push(Change::Source(file, None));
        self.forget_manifest(file);
    }
}

/// Does a directory hold more than so many entries, at any depth?
pub(super) fn holds_more(directory: &Path, most: usize) -> bool {
    let mut seen = 0;
    let mut left = vec![directory.to_owned()];
    while let Some(directory) = left.pop() {
        let Ok(entries) = std::fs::read_dir(directory) else {
            continue;
        };
        for entry in entries.flatten() {
            seen += 1;
            if seen > most {
                return true;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                left.push(entry.path());
            }
        }
    }
    false
}
