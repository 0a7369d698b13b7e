//! Facts of parsed sources by what the files hold: any checkout of a repository may have parsed them.

use std::sync::Arc;

use code::{Language, SourceFacts};

use super::FACTS;
use super::shelf::{Place, Shelf};
use crate::read::{ReadFile, content_hash};

/// Most bytes of facts that are kept of one repository, with all its checkouts.
const LIMIT: usize = 12 << 20;

/// Facts that are known of contents.
pub(crate) struct KnownFacts(Shelf);

impl KnownFacts {
    /// Nothing is read before something is asked.
    pub(super) fn new(place: &Arc<Place>) -> Self {
        Self(Shelf::new(place, FACTS, LIMIT))
    }

    /// What [`code::read_path`] says of a file.
    pub(crate) fn read(
        &self,
        path: &str,
        file: &ReadFile,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<SourceFacts> {
        // What has no grammar is read in no time.
        let Some(language) = Language::of_path(path) else {
            return code::read_path(path, &file.text, cancelled);
        };
        let mut whole = file.hash.to_le_bytes().to_vec();
        whole.push(language as u8);
        let key = content_hash(&whole);
        if let Some(facts) = self.0.get(key) {
            return Some(facts);
        }
        let facts = code::read_path(path, &file.text, cancelled)?;
        if !cancelled() {
            self.0.put(key, &facts);
        }
        Some(facts)
    }

    /// Writes what is new.
    pub(crate) fn save(&self) {
        self.0.save();
    }
}
