//! What a run remembers of the one before, and notes for the next.

use std::sync::Arc;
use std::time::SystemTime;

use text::{FileId, LineIndex};
use trace::SourceFile;

use super::{Host, source};
use crate::cache::{Cache, KnownFacts, Looked, Memo, MemoKey};
use crate::decisions::today;
use crate::files::Files;
use crate::gated::States;
use crate::git::Repository;
use crate::read::ReadFile;
use crate::releases::Releases;
use crate::walk::{Entry, Listing, probe};

/// The cache of a host and what this run looked at.
#[derive(Clone, Default)]
pub(super) struct Memory {
    cache: Option<Arc<Cache>>,
    looked: Arc<Looked>,
    began: Option<SystemTime>,
    /// The day then: suppressions end.
    day: Option<settings::Date>,
    /// A report may be kept at the end: all that is looked at is noted.
    notes: bool,
    /// What was walked to find out whether all is as it was.
    listed: Option<Vec<Listing>>,
    /// The states of files, until their sources are read.
    states: Arc<States>,
    /// Facts by content, until all sources are read.
    facts: Option<Arc<KnownFacts>>,
}

impl Memory {
    pub(super) fn cache(&self) -> Option<Arc<Cache>> {
        self.cache.clone()
    }

    pub(super) fn looked(&self) -> Arc<Looked> {
        Arc::clone(&self.looked)
    }

    pub(super) fn states(&self) -> &Arc<States> {
        &self.states
    }

    pub(super) fn facts(&self) -> Option<Arc<KnownFacts>> {
        self.facts.clone()
    }

    /// Facts by content are in memory no longer.
    pub(super) fn forget_facts(&mut self) {
        self.facts = None;
    }

    /// A source as the disk has it.
    pub(super) fn source(&self, path: &str, read: &ReadFile) -> Option<Arc<SourceFile>> {
        let known = self.facts.as_ref();
        let facts = known.and_then(|known| known.read(path, read, &|| false));
        match facts {
            Some(facts) => Some(Arc::new(SourceFile {
                lines: LineIndex::new(&read.text),
                facts,
            })),
            None => source(path, &read.text),
        }
    }

    /// A file was listed like this.
    pub(super) fn note(&mut self, file: FileId, root: u16, entry: &Entry) {
        if let Some((cache, began)) = self.cache.as_ref().zip(self.began) {
            let states = Arc::make_mut(&mut self.states);
            let at = (root, entry.path.as_str());
            states.add(file, at, entry.stamp, cache.began(began));
        }
    }

    /// A file is not as it was listed.
    pub(super) fn forget(&mut self, file: FileId) {
        if !self.states.is_empty() {
            Arc::make_mut(&mut self.states).forget(file);
        }
    }

    /// Sources were read: later on files may be in other states, and nobody need have told.
    pub(super) fn forget_all(&mut self) {
        self.states = Arc::default();
    }
}

impl Host {
    /// Opens the cache, reads the settings and walks: once for [`Self::recall`] and [`Self::scan`] together.
    fn begin(&mut self) -> Vec<Listing> {
        let began = SystemTime::now();
        self.memory.looked = Arc::default();
        self.memory.forget_all();
        self.memory.began = Some(began);
        self.memory.day = Some(today());
        let remembers = self.options.cache.as_ref().filter(|_| self.files.is_disk());
        if let Some(options) = remembers
            && self.memory.cache.is_none()
        {
            let cache = Cache::open(options, &self.options.roots);
            self.memory.cache = Some(Arc::new(cache));
        }
        let cache = self.memory.cache.as_ref().filter(|_| remembers.is_some());
        self.memory.facts = cache.map(|cache| Arc::new(cache.facts()));
        if self.memory.notes {
            for root in &self.options.roots {
                for name in [settings::FILE, settings::WORKSPACE_FILE] {
                    self.memory.looked.file(&root.join(name));
                }
            }
        }
        self.decisions.read(&self.options.roots, &self.files);
        if self.memory.notes {
            // Read just now: a change meanwhile is one of the next two seconds, and nothing is kept.
            for (root, folder) in self
                .options
                .roots
                .iter()
                .zip(self.decisions.folders().iter())
            {
                let baseline = root.join(folder.settings.baseline_path());
                self.memory.looked.file(&baseline);
            }
        }
        self.walked = self.decided_spec_roots();
        let listings = match self.memory.cache.as_ref().filter(|_| remembers.is_some()) {
            Some(cache) => cache.list(&self.options.roots, &self.walked, began),
            None => self.files.list(&self.options.roots, &self.walked),
        };
        if self.memory.notes {
            self.memory.looked.begin(&listings, self.git_now());
        }
        listings
    }

    /// Answers which release has what. Nothing is read before something is asked.
    #[must_use]
    pub fn releases(&self) -> Releases {
        Releases::new(self.options.roots.as_slice().into(), self.memory.cache())
    }

    /// What there is to read.
    pub(super) fn listings(&mut self) -> Vec<Listing> {
        match self.memory.listed.take() {
            Some(listings) => listings,
            None => self.begin(),
        }
    }

    /// The state of git of all roots.
    fn git_now(&self) -> u128 {
        let mut states = Vec::new();
        for root in &self.options.roots {
            let state = Repository::discover(root).map(|repository| repository.whole_state());
            states.extend_from_slice(format!("{state:?};").as_bytes());
        }
        crate::read::content_hash(&states)
    }

    /// The report that was given for this key, if nothing it rests on has changed since. What was walked to find that
    /// out is not walked again by [`Self::scan`].
    pub fn recall(&mut self, key: MemoKey) -> Option<Memo> {
        let Files::Disk = self.files else {
            return None;
        };
        self.options.cache.as_ref()?;
        self.memory.notes = true;
        let listings = self.begin();
        let memo = self
            .memory
            .cache
            .as_ref()
            .and_then(|cache| cache.memo(self.of_day(key)));
        let roots = &self.options.roots;
        let same = memo.filter(|memo| {
            let asked = |root: u16, path: &str| {
                let base = roots.get(usize::from(root));
                base.map(|base| probe(roots, base, path))
            };
            memo.seen.holds(&self.memory.looked, asked)
        });
        self.memory.listed = Some(listings);
        if same.is_some() {
            tracing::info!("nothing has changed since the last run");
            self.save();
        }
        same
    }

    /// Writes what is new to be kept besides reports.
    pub(super) fn save(&self) {
        if let Some(facts) = &self.memory.facts {
            facts.save();
        }
        if let Some(cache) = &self.memory.cache {
            cache.save();
        }
    }

    /// The key on the day of this run, with all that the host was told.
    fn of_day(&self, key: MemoKey) -> MemoKey {
        let told = &self.options;
        let told = (&told.names, &told.facts, &told.active, self.memory.day);
        key ^ crate::read::content_hash(format!("{told:?}").as_bytes())
    }

    /// Keeps a report for [`Self::recall`], unless something was changed too short a time ago to be sure of it.
    pub fn keep(&self, key: MemoKey, out: &str, code: u8) {
        let Some((cache, began)) = self.memory.cache.as_ref().zip(self.memory.began) else {
            return;
        };
        if !self.memory.notes || self.memory.day != Some(today()) {
            return;
        }
        let settled = self.options.cache.as_ref().map(|options| options.settled);
        let seen = settled.and_then(|settled| self.memory.looked.seen(began, settled));
        let Some(seen) = seen else {
            tracing::debug!("too fresh to be kept");
            return;
        };
        cache.keep(Memo {
            key: self.of_day(key),
            out: out.to_owned(),
            code,
            seen,
        });
        cache.save();
    }
}
