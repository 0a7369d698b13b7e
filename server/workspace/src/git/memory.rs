//! What git answered, so that it need not be asked again at the same commit.
//!
//! History is read when the first question comes that has no answer yet.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use trace::{FileNames, Released, RewordedPast, RewordedQuestion, Since, SinceQuestion};

use super::{Budget, Fate, History, Repository, SuffixFate, WordPast, Written};
use crate::cache::Cache;

/// Answers that hold for one state of a repository.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct GitMemory {
    /// Hash of that state ([`Repository::history_state`]).
    pub(crate) state: u128,
    /// Files that objects would be in which were not there.
    missing: Vec<PathBuf>,
    fates: FxHashMap<String, Fate>,
    suffixes: FxHashMap<String, SuffixFate>,
    named: FxHashMap<String, Result<bool, String>>,
    alike: FxHashMap<String, bool>,
    words: FxHashMap<String, WordPast>,
    content: FxHashMap<String, bool>,
    released: FxHashMap<String, Released>,
    reworded: FxHashMap<String, RewordedPast>,
    since: FxHashMap<String, Since>,
}

/// The history of a repository, as far as it was asked for.
pub(crate) struct Recalled {
    repository: Repository,
    budget: Budget,
    cache: Option<Arc<Cache>>,
    history: OnceLock<History>,
    /// Names of all files in it.
    names: OnceLock<FileNames>,
    memory: Mutex<GitMemory>,
    /// How many answers were there from the start.
    known: usize,
}

impl Recalled {
    /// Whether the content of old versions may never have been fetched.
    pub(crate) fn is_partial(&self) -> bool {
        self.repository.is_partial()
    }

    /// Of a repository that answered like this before.
    pub(crate) fn new(
        repository: Repository,
        budget: Budget,
        memory: GitMemory,
        cache: Option<Arc<Cache>>,
    ) -> Self {
        let came = memory.missing.iter().any(|place| place.exists());
        let memory = if came {
            GitMemory::of(memory.state)
        } else {
            memory
        };
        Self {
            repository,
            budget,
            cache,
            history: OnceLock::new(),
            names: OnceLock::new(),
            known: memory.len(),
            memory: Mutex::new(memory),
        }
    }

    /// The history, which is read now if it was not.
    fn history(&self) -> &History {
        let known = self.cache.as_ref().map(|cache| cache.commits());
        self.history
            .get_or_init(|| History::read(&self.repository, &self.budget, known))
    }

    /// What is known now, if it is more than at the start and will hold: what took too long or is damaged may be told
    /// later.
    pub(crate) fn news(&self) -> Option<GitMemory> {
        let missing = self.missing()?;
        if self.history.get().is_some_and(History::is_broken) {
            return None;
        }
        let mut memory = self.lock();
        memory.missing = missing;
        (memory.len() > self.known).then(|| memory.clone())
    }

    /// What changes when objects come that the answers lack; `None`: answers may be other ones though nothing came.
    pub(crate) fn missing(&self) -> Option<Vec<PathBuf>> {
        match self.history.get() {
            Some(history) => history.missing(),
            None => Some(self.lock().missing.clone()),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, GitMemory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recall<V: Clone>(
        &self,
        table: fn(&mut GitMemory) -> &mut FxHashMap<String, V>,
        key: &str,
        ask: impl FnOnce(&History) -> V,
    ) -> V {
        if let Some(known) = table(&mut self.lock()).get(key) {
            return known.clone();
        }
        let answer = ask(self.history());
        table(&mut self.lock()).insert(key.to_owned(), answer.clone());
        answer
    }

    /// [`History::fate`]
    pub(crate) fn fate(&self, path: &str) -> Fate {
        self.recall(|memory| &mut memory.fates, path, |git| git.fate(path))
    }

    /// [`History::fate_by_suffix`]
    pub(crate) fn fate_by_suffix(&self, path: &str) -> SuffixFate {
        let ask = |git: &History| git.fate_by_suffix(path);
        self.recall(|memory| &mut memory.suffixes, path, ask)
    }

    /// Whether a path ever had this name; see [`History::ever_named`].
    pub(crate) fn was_ever_named(&self, path: &str) -> Result<bool, String> {
        let ask = |git: &History| git.ever_named(path).map(|paths| !paths.is_empty());
        self.recall(|memory| &mut memory.named, path, ask)
    }

    /// Whether a name in the history may be another spelling; see [`FileNames::alike`].
    pub(crate) fn had_alike(&self, path: &str) -> bool {
        let names = |git: &History| FileNames::new(git.paths());
        let ask = |git: &History| self.names.get_or_init(|| names(git)).alike(path);
        self.recall(|memory| &mut memory.alike, path, ask)
    }

    /// [`History::written`]; whole texts are not kept.
    pub(crate) fn written(&self, pairs: &[(&str, &str)]) -> Result<Vec<Vec<Written>>, String> {
        self.history().written(pairs)
    }

    /// [`History::word_past`]
    pub(crate) fn word_past(&self, path: &str, word: &str) -> WordPast {
        let ask = |git: &History| git.word_past(path, word);
        let key = format!("{path}\0{word}");
        self.recall(|memory| &mut memory.words, &key, ask)
    }

    /// [`History::state_of`]; whole texts are not kept.
    pub(crate) fn state_of<T>(
        &self,
        paths: &[&str],
        take: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<(T, Option<String>)>, String> {
        self.history().state_of(paths, take)
    }

    /// [`History::reworded`]
    pub(crate) fn reworded(&self, asked: &RewordedQuestion) -> RewordedPast {
        let (spec, tasks) = (&asked.spec, &asked.tasks);
        let ask = |git: &History| git.reworded((&spec.0, spec.1), (&tasks.0, tasks.1));
        let key = format!("{}\0{}", spec.0, tasks.0);
        self.recall(|memory| &mut memory.reworded, &key, ask)
    }

    /// [`History::since`]
    pub(crate) fn since(&self, asked: &SinceQuestion) -> Since {
        let ask = |git: &History| git.since(&asked.commit, &asked.path);
        let key = format!("{}\0{}", asked.commit, asked.path);
        self.recall(|memory| &mut memory.since, &key, ask)
    }

    /// [`History::has_content`]
    pub(crate) fn has_content(&self, path: &str) -> bool {
        let ask = |git: &History| git.has_content(path);
        self.recall(|memory| &mut memory.content, path, ask)
    }

    /// The first release that has something. What cannot be told now may be told later: it is asked again.
    pub(crate) fn released(&self, key: &str, ask: impl FnOnce() -> Released) -> Released {
        if let Some(known) = self.lock().released.get(key) {
            return known.clone();
        }
        let answer = ask();
        if !matches!(answer, Released::Unknown(_)) {
            let mut memory = self.lock();
            memory.released.insert(key.to_owned(), answer.clone());
        }
        answer
    }
}

impl GitMemory {
    /// Nothing yet, at such a state.
    pub(crate) fn of(state: u128) -> Self {
        Self {
            state,
            ..Self::default()
        }
    }

    fn len(&self) -> usize {
        self.fates.len()
            + self.suffixes.len()
            + self.named.len()
            + self.alike.len()
            + self.words.len()
            + self.content.len()
            + self.released.len()
            + self.reworded.len()
            + self.since.len()
    }
}
