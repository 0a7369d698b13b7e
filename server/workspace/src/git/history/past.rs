//! Where a word went that stood in a file: the states of the file that commits replaced.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use code::GateWords;
use gix::ObjectId;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::History;

/// States of a file that are read, at most: more of them are unknown.
const MAX_STATES: usize = 2_000;

/// States of a file that are parsed, at most.
const MAX_PARSED: usize = 200;

/// What commits did to a word of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WordPast {
    /// No commit took it out: it never stood there, or it stands in HEAD.
    NotRemoved,
    /// It stood there until this commit, shortened.
    Removed(String),
    /// Git cannot tell; why.
    Unknown(String),
}

impl History {
    /// Whether `word` once stood in the file at `path`, or in one of that name that is gone: files move. Stands means
    /// as [`code::named_words`] has it, comments included.
    #[must_use]
    pub fn word_past(&self, path: &str, word: &str) -> WordPast {
        let Some(whole) = self.repository.prefix.join(path) else {
            return WordPast::Unknown("it lies outside the repository".to_owned());
        };
        let states = self.all_states(&whole);
        if states.len() > MAX_STATES {
            return WordPast::Unknown("the file has too many earlier states".to_owned());
        }
        let local = self.repository.shared.to_thread_local();
        let words = GateWords::new(&[], &[SmolStr::new(word)]);
        let head = self.now.get(&whole);
        let mut seen: FxHashSet<ObjectId> = head.copied().into_iter().collect();
        let mut lost = false;
        for state in states {
            if !seen.insert(state.id) {
                continue;
            }
            let Ok(object) = local.find_object(state.id) else {
                self.misses(state.id);
                lost = true;
                continue;
            };
            let (found, more) = code::named_words(&object.data, &words);
            if found.is_empty() && !more {
                continue;
            }
            return match state.until {
                Some(commit) => WordPast::Removed(self.short(commit)),
                None => WordPast::Unknown("it went away in a merge".to_owned()),
            };
        }
        match &self.gap {
            Some(why) => WordPast::Unknown(why.clone()),
            None if lost => WordPast::Unknown("some git objects are missing or damaged".to_owned()),
            None => WordPast::NotRemoved,
        }
    }

    /// The states of a file, and of those of its name that are gone: files move. Newest first.
    fn all_states(&self, whole: &str) -> Vec<State> {
        let name = whole.rsplit('/').next().unwrap_or(whole);
        let gone = |each: &&Arc<str>| !self.now.contains_key(&***each);
        let namesakes = self.by_name.get(name).into_iter().flatten().filter(gone);
        let paths = namesakes.map(|path| &**path).chain([whole]);
        let mut states: Vec<State> = paths.flat_map(|path| self.states(path)).collect();
        states.sort_unstable_by_key(|state| (state.until.is_none(), state.until, state.id));
        states
    }

    /// The newest state of a source at one of some paths that `take` takes, and the commit (shortened) that made an end of
    /// it; without one it is that of HEAD. Errors say why git cannot tell.
    pub fn state_of<T>(
        &self,
        paths: &[&str],
        take: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<(T, Option<String>)>, String> {
        let local = self.repository.shared.to_thread_local();
        let mut seen: FxHashSet<ObjectId> = FxHashSet::default();
        let mut lost = false;
        let mut read = |id: ObjectId| {
            if !seen.insert(id) || seen.len() > MAX_PARSED {
                return None;
            }
            let Ok(mut object) = local.find_object(id) else {
                self.misses(id);
                lost = true;
                return None;
            };
            take(&text::decode(std::mem::take(&mut object.data)).text)
        };
        let whole: Vec<String> = paths
            .iter()
            .filter_map(|path| self.repository.prefix.join(path))
            .collect();
        for path in &whole {
            if let Some(taken) = self.now.get(path).and_then(|id| read(*id)) {
                return Ok(Some((taken, None)));
            }
        }
        for path in &whole {
            for state in self.all_states(path) {
                if let (Some(taken), Some(commit)) = (read(state.id), state.until) {
                    return Ok(Some((taken, Some(self.short(commit)))));
                }
            }
        }
        match &self.gap {
            Some(why) => Err(why.clone()),
            None if lost => Err("some git objects are missing or damaged".to_owned()),
            None => Ok(None),
        }
    }

    /// The states a path had: those that a commit replaced or deleted, newest first, then the others, of which a merge
    /// may have made an end.
    fn states(&self, path: &str) -> Vec<State> {
        let versions = self.versions.get(path).into_iter().flatten();
        let events = self.files.get(path).into_iter().flatten();
        let replaced = versions.clone().map(|version| State {
            id: version.before,
            until: Some(version.commit),
        });
        let deleted = events.clone().filter(|event| event.deleted);
        let deleted = deleted.map(|event| State {
            id: event.id,
            until: Some(event.commit),
        });
        let made = versions.map(|version| version.after);
        let made = made.chain(events.filter(|event| !event.deleted).map(|event| event.id));
        let made = made.map(|id| State { id, until: None });
        replaced.chain(deleted).chain(made).collect()
    }

    /// Whether the content of a file in HEAD is at hand: a clone without it never checked the file out.
    #[must_use]
    pub fn has_content(&self, path: &str) -> bool {
        let whole = self.repository.prefix.join(path);
        let id = whole.and_then(|whole| self.now.get(&whole));
        id.is_none_or(|id| {
            let local = self.repository.shared.to_thread_local();
            let there = local.find_header(*id).is_ok();
            if !there {
                self.misses(*id);
            }
            there
        })
    }

    fn misses(&self, id: ObjectId) {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        missing.insert(id);
    }

    pub(super) fn cannot_read(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    /// Whether something could not be read, so that answers may be other ones when objects come, whichever they are.
    pub(in crate::git) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// What changes when objects come that were looked for and are not there, beside packs: where each would come to
    /// lie, and, where it is not known which are lacking, all directories for them. `None`: answers may be other ones
    /// later though nothing came.
    pub(in crate::git) fn missing(&self) -> Option<Vec<PathBuf>> {
        // Before the first commit nothing is looked for; after it the state of history is another one.
        if self.repository.is_unborn() {
            return Some(Vec::new());
        }
        if self.hurried {
            return None;
        }
        let missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        if missing.is_empty() && !self.is_broken() {
            return Some(Vec::new());
        }
        let stores = self.repository.object_stores()?;
        let directories = (0..=u8::MAX).filter(|_| self.is_broken());
        let directories = directories.map(|first| PathBuf::from(format!("{first:02x}")));
        let objects = missing.iter().map(|id| {
            let hex = id.to_hex().to_string();
            let (directory, file) = hex.split_at(2);
            PathBuf::from(directory).join(file)
        });
        let places: Vec<PathBuf> = directories.chain(objects).collect();
        let all = stores
            .iter()
            .flat_map(|store| places.iter().map(|place| store.join(place)));
        Some(all.collect())
    }
}

/// A state of a file, and the commit that made an end of it.
struct State {
    id: ObjectId,
    until: Option<u32>,
}
