//! A file of many small things, each under a key of its own, which all checkouts of a repository have in common.
//!
//! It is read when the first thing is asked for, and one thing is decoded when that is asked for. Nothing is thrown away
//! because this checkout does not need it, but what was not asked for longest where the file grows too long.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::store::Store;
use super::{CacheOptions, read, say_damaged, say_unwritten};
use crate::read::content_hash;

/// What a thing is found by.
pub(crate) type Key = u128;

/// Where the files are that a workspace has in common with other checkouts. Which those are is asked of git, once.
pub(super) struct Place {
    options: CacheOptions,
    roots: Vec<PathBuf>,
    file: OnceLock<PathBuf>,
}

impl Place {
    pub(super) fn new(options: &CacheOptions, roots: &[PathBuf]) -> Self {
        Self {
            options: options.clone(),
            roots: roots.to_vec(),
            file: OnceLock::new(),
        }
    }

    pub(super) fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    fn store(&self, ending: &str) -> Store {
        let find = || self.options.shared_file(&self.roots);
        let file = self.file.get_or_init(find);
        Store::new(file.with_extension(ending), &self.options.build)
    }
}

/// The file, as far as it was needed.
pub(crate) struct Shelf {
    place: Arc<Place>,
    ending: &'static str,
    /// Most bytes of all things together.
    limit: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// As it was read.
    there: Option<Arc<Kept>>,
    /// What was found there.
    taken: FxHashSet<Key>,
    /// What is to be kept.
    new: FxHashMap<Key, Vec<u8>>,
    /// How many bytes that is.
    bytes: usize,
    /// What was written by us, as hashes: it need not be written again.
    written: FxHashMap<Key, u128>,
}

/// How the file begins; behind it lie the things, one after another.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// Of each the key, its length in bytes, and how many times the file was written since it was asked for. By key.
    things: Vec<(Key, u32, u8)>,
}

/// What is in the file.
#[derive(Default)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    /// Where each lies, and its age.
    places: FxHashMap<Key, (Range<usize>, u8)>,
}

impl Kept {
    /// `None`: that is none.
    pub(super) fn of(bytes: Vec<u8>) -> Option<Self> {
        let (head, rest) = postcard::take_from_bytes::<Head>(&bytes).ok()?;
        let mut at = bytes.len() - rest.len();
        let mut places = FxHashMap::default();
        for (key, len, age) in head.things {
            let end = at.checked_add(len as usize)?;
            places.insert(key, (at..end, age));
            at = end;
        }
        (at == bytes.len()).then_some(Self { bytes, places })
    }

    /// Whether each of the things could be read.
    pub(super) fn is_sound<T: DeserializeOwned>(&self) -> bool {
        let mut keys = self.places.keys();
        keys.all(|key| self.get::<T>(*key).is_some())
    }

    fn read(store: &Store) -> Self {
        let Some(bytes) = read(store) else {
            return Self::default();
        };
        Self::of(bytes).unwrap_or_else(|| {
            say_damaged();
            Self::default()
        })
    }

    fn get<T: DeserializeOwned>(&self, key: Key) -> Option<T> {
        let (place, _) = self.places.get(&key)?;
        postcard::from_bytes(self.bytes.get(place.clone())?).ok()
    }
}

impl Shelf {
    /// Nothing is read yet.
    pub(super) fn new(place: &Arc<Place>, ending: &'static str, limit: usize) -> Self {
        Self {
            place: Arc::clone(place),
            ending,
            limit,
            state: Mutex::default(),
        }
    }

    fn store(&self) -> Store {
        self.place.store(self.ending)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept under a key.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: Key) -> Option<T> {
        let there = {
            let mut state = self.lock();
            if let Some(bytes) = state.new.get(&key) {
                return postcard::from_bytes(bytes).ok();
            }
            let there = state.there.take();
            let there = there.unwrap_or_else(|| Arc::new(Kept::read(&self.store())));
            state.there = Some(Arc::clone(&there));
            there
        };
        let found = there.get(key)?;
        self.lock().taken.insert(key);
        Some(found)
    }

    /// Keeps something in the place of what is there under this key.
    pub(crate) fn put<T: Serialize>(&self, key: Key, thing: &T) {
        if let Ok(bytes) = postcard::to_allocvec(thing) {
            let hash = content_hash(&bytes);
            let mut state = self.lock();
            // What is too much for the file need not be in memory either.
            let fits = state.bytes + bytes.len() <= self.limit;
            if fits && state.written.insert(key, hash) != Some(hash) {
                state.bytes += bytes.len();
                state.new.insert(key, bytes);
            }
        }
    }

    /// Writes what is new to what others may have written meanwhile. Nothing is held in memory then.
    pub(super) fn save(&self) {
        let mut state = self.lock();
        let new = std::mem::take(&mut state.new);
        state.there = None;
        state.bytes = 0;
        if new.is_empty() {
            return;
        }
        let store = self.store();
        let now = Kept::read(&store);
        let body = joined(&now, &new, &state.taken, self.limit);
        say_unwritten(body.and_then(|body| store.write(&body)));
        state.taken.extend(new.into_keys());
    }
}

/// What is there and what is new, without what was not asked for longest where that is too much.
fn joined(
    now: &Kept,
    new: &FxHashMap<Key, Vec<u8>>,
    taken: &FxHashSet<Key>,
    limit: usize,
) -> Result<Vec<u8>, String> {
    let old = now.places.iter().filter(|(key, _)| !new.contains_key(key));
    let old = old.map(|(key, (place, age))| {
        let age = if taken.contains(key) {
            0
        } else {
            age.saturating_add(1)
        };
        (age, *key, now.bytes.get(place.clone()).unwrap_or_default())
    });
    let mut things: Vec<(u8, Key, &[u8])> = old.collect();
    things.extend(new.iter().map(|(key, bytes)| (0, *key, bytes.as_slice())));
    things.sort_unstable_by_key(|(age, key, _)| (*age, *key));
    let mut left = limit;
    things.retain(|(.., bytes)| {
        let fits = bytes.len() <= left;
        left -= if fits { bytes.len() } else { 0 };
        fits
    });
    things.sort_unstable_by_key(|(_, key, _)| *key);
    let head = things.iter();
    let head = Head {
        things: head
            .map(|(age, key, bytes)| (*key, bytes.len() as u32, *age))
            .collect(),
    };
    let mut body = postcard::to_allocvec(&head).map_err(|error| error.to_string())?;
    for (.., bytes) in things {
        body.extend_from_slice(bytes);
    }
    Ok(body)
}
