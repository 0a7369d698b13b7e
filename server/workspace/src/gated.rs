//! What the gate found in each source, from the run before and for the next: a file in the state it was in is not opened
//! to find that it says nothing. A checkout that has not been looked into asks what others found in the same contents,
//! which git's index tells without a look.

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use text::FileId;
use xxhash_rust::xxh3::Xxh3;

use crate::cache::{Began, Cache, Stamp};
use crate::git::Repository;

/// So many files have to be looked into that other checkouts are worth asking, or telling.
const MANY: usize = 64;

/// A file in a state: root, path, and stamp. 0: one that may change without another stamp, or that nobody asked about.
type Key = u64;

fn state_key((root, path): (u16, &str), stamp: Stamp) -> Key {
    let mut hash = Xxh3::new();
    hash.update(&root.to_le_bytes());
    for number in [stamp.size, stamp.mtime, stamp.ctime, stamp.inode] {
        hash.update(&number.to_le_bytes());
    }
    hash.update(path.as_bytes());
    hash.digest()
}

/// The states of all files, by number, as they were before anything was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct States(Vec<Key>);

impl States {
    /// Notes the state of a file.
    pub(crate) fn add(&mut self, file: FileId, at: (u16, &str), stamp: Stamp, began: Began) {
        let number = file.0 as usize;
        if self.0.len() <= number {
            self.0.resize(number + 1, 0);
        }
        self.0[number] = if began.is_fresh(stamp) {
            0
        } else {
            state_key(at, stamp)
        };
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A file is in another state by now, or will be read elsewhere.
    pub(crate) fn forget(&mut self, file: FileId) {
        if let Some(key) = self.0.get_mut(file.0 as usize) {
            *key = 0;
        }
    }

    fn of(&self, file: FileId) -> Option<Key> {
        self.0.get(file.0 as usize).copied().filter(|key| *key != 0)
    }
}

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// It may mention something; `None`: nobody looked.
    pub(crate) mentions: Option<bool>,
    /// It may register routes or call other programs; `None`: nobody looked.
    pub(crate) crosses: Option<bool>,
    /// Its text shows something that findings ask for; `None`: nobody looked.
    pub(crate) shows: Option<bool>,
    /// Parsed, it says something of specs; `None`: nobody looked.
    pub(crate) says: Option<bool>,
    /// Which words stand in it, by number, and whether it may be more; `None`: nobody looked.
    pub(crate) words: Option<(Vec<u32>, bool)>,
}

/// What was found in the sources of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptSources {
    /// Hash of what the gate looks for.
    gate: u128,
    /// The words that were looked for.
    words: Vec<String>,
    files: Vec<(Key, Found)>,
}

/// What is known of sources while they are read.
pub(crate) struct Gated {
    cache: Arc<Cache>,
    states: Arc<States>,
    gate: u128,
    known: FxHashMap<Key, Found>,
    /// How many files were known.
    count: usize,
    /// The words that are looked for; if none are, those that were.
    words: Vec<String>,
    new: Mutex<FxHashMap<Key, Found>>,
}

impl Gated {
    /// What was kept, in the terms of now: for a gate of this hash and for these words.
    pub(crate) fn new(
        cache: Arc<Cache>,
        states: Arc<States>,
        gate: u128,
        words: Option<Vec<String>>,
        files: impl Iterator<Item = FileId>,
    ) -> Self {
        let mut kept = cache.sources().unwrap_or_default();
        if kept.gate != gate {
            kept = KeptSources::default();
        }
        let count = kept.files.len();
        if let Some(words) = words
            && words != kept.words
        {
            kept.rename(words);
        }
        let known: FxHashMap<Key, Found> = kept.files.into_iter().collect();
        let unknown = files.filter_map(|file| states.of(file));
        let unknown: Vec<Key> = unknown.filter(|key| !known.contains_key(key)).collect();
        let mut gated = Self {
            cache,
            states,
            gate,
            known,
            count,
            words: kept.words,
            new: Mutex::default(),
        };
        if unknown.len() >= MANY {
            gated.ask_others(&unknown);
        }
        gated
    }

    /// Other checkouts may have looked into these files: what they found by content holds here as well.
    fn ask_others(&mut self, unknown: &[Key]) {
        let Some(shared) = self.shared() else {
            return;
        };
        let shared: FxHashMap<Key, Found> = shared.files.into_iter().collect();
        let contents = contents(self.cache.folders());
        let found = unknown.iter().filter_map(|key| {
            let found = shared.get(contents.get(key)?)?;
            Some((*key, found.clone()))
        });
        self.known.extend(found);
    }

    /// What all checkouts know by content, in the terms of now.
    fn shared(&self) -> Option<KeptSources> {
        let mut shared = self.cache.verdicts(self.gate)?;
        if shared.words != self.words {
            shared.rename(self.words.clone());
        }
        Some(shared)
    }

    /// Tells other checkouts what was found here.
    fn share(&self, files: &[(Key, Found)]) {
        let contents = contents(self.cache.folders());
        let own = files
            .iter()
            .filter_map(|(key, found)| Some((*contents.get(key)?, found)));
        let own: FxHashMap<Key, &Found> = own.collect();
        if own.is_empty() {
            return;
        }
        let shared = self.shared().unwrap_or_default();
        let mut all = shared.files;
        all.retain(|(key, _)| !own.contains_key(key));
        if all.len() > own.len() * 3 + MANY {
            all.clear();
        }
        all.extend(own.into_iter().map(|(key, found)| (key, found.clone())));
        all.sort_unstable_by_key(|(key, _)| *key);
        let shared = KeptSources {
            gate: self.gate,
            words: self.words.clone(),
            files: all,
        };
        self.cache.keep_verdicts(self.gate, &shared);
    }

    /// What was found in a file in the state it is in.
    pub(crate) fn known(&self, file: FileId) -> Option<&Found> {
        self.known.get(&self.states.of(file)?)
    }

    /// Keeps what was found in a file.
    pub(crate) fn keep(&self, file: FileId, found: Found) {
        if let Some(key) = self.states.of(file) {
            let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
            new.insert(key, found);
        }
    }

    /// Keeps something more of a file.
    pub(crate) fn learn(&self, file: FileId, more: impl FnOnce(&mut Found)) {
        let Some(key) = self.states.of(file) else {
            return;
        };
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = new.get_mut(&key) {
            more(found);
            return;
        }
        let known = self.known.get(&key);
        let mut found = known.cloned().unwrap_or_default();
        more(&mut found);
        if known != Some(&found) {
            new.insert(key, found);
        }
    }

    /// Writes what is new; files that are not as they were are forgotten.
    pub(crate) fn save(mut self) {
        let new = self.new.get_mut().unwrap_or_else(PoisonError::into_inner);
        let new = std::mem::take(new);
        let mut known = std::mem::take(&mut self.known);
        let states: FxHashSet<Key> = self.states.0.iter().copied().collect();
        known.retain(|key, _| states.contains(key));
        let looked_at = new.len();
        if new.is_empty() && known.len() == self.count {
            return;
        }
        known.extend(new);
        let mut files: Vec<(Key, Found)> = known.into_iter().collect();
        files.sort_unstable_by_key(|(key, _)| *key);
        if looked_at >= MANY {
            self.share(&files);
        }
        self.cache.keep_sources(&KeptSources {
            gate: self.gate,
            words: self.words,
            files,
        });
    }
}

/// By the state that a file was in, what it held then: of the sources that git's index tells of.
fn contents(roots: &[PathBuf]) -> FxHashMap<Key, Key> {
    let mut contents = FxHashMap::default();
    for (at, root) in (0..).zip(roots) {
        let Some(repository) = Repository::discover(root) else {
            continue;
        };
        repository.each_content(|path, stamp, object| {
            if code::is_source_path(path) {
                // What is found depends on the language, too; an object may be written with other line ends.
                let mut hash = Xxh3::new();
                hash.update(object.as_bytes());
                hash.update(&stamp.size.to_le_bytes());
                hash.update(path.rsplit('.').next().unwrap_or_default().as_bytes());
                contents.insert(state_key((at, path), stamp), hash.digest());
            }
        });
    }
    contents
}

impl KeptSources {
    /// Words by other numbers. If there are new ones, nobody has looked for all of them.
    fn rename(&mut self, words: Vec<String>) {
        let numbers: FxHashMap<&str, u32> = words.iter().map(String::as_str).zip(0..).collect();
        let known: FxHashSet<&String> = self.words.iter().collect();
        let all = words.iter().all(|word| known.contains(word));
        let now: Vec<Option<u32>> = self
            .words
            .iter()
            .map(|word| numbers.get(word.as_str()).copied())
            .collect();
        for (_, found) in &mut self.files {
            found.words = found.words.take().filter(|_| all).map(|(words, more)| {
                let words = words.iter().filter_map(|word| *now.get(*word as usize)?);
                (words.collect(), more)
            });
        }
        self.words = words;
    }
}
