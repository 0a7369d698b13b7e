//! What one run leaves for the next: answers and whole reports, so that an unchanged workspace costs a walk.
//!
//! Three files per workspace in the user's own cache directory: reports, what was listed, what sources hold; and four
//! for all checkouts of a repository: git's answers and what commits changed; by content, facts of parsed sources and what the gate found. Each
//! is read whole when it is needed, its checksum is compared, and it is replaced by a rename. Nothing in it is believed
//! without a sign that it still holds: a report by the stamps of all that was looked at, git's answers by the commit
//! they belong to. A file that is damaged, of another build or cannot be read is as none: a line in the log, and
//! everything is found out anew.

mod began;
mod care;
mod facts;
mod memo;
mod seen;
mod shelf;
mod store;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::gated::KeptSources;
use crate::git::{GitMemory, Repository};
use crate::read::content_hash;
use crate::walk::{KeptWalk, Listing, list_again};
pub(crate) use began::Began;
pub use care::{cache_files, clear_cache, kept_workspaces, verify_cache};
pub(crate) use facts::KnownFacts;
pub use memo::{Memo, MemoKey};
pub use seen::Stamp;
pub(crate) use seen::{Looked, Seen, since_1970};
use shelf::Place;
pub(crate) use shelf::Shelf;
use store::{Store, Trouble};

/// Where the cache is, and for which program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheOptions {
    /// The directory of all workspaces' files.
    pub directory: PathBuf,
    /// Tells builds of the program apart: what another one wrote is not read.
    pub build: String,
    /// How long ago a file has to be changed for its stamp to be believed: coarse clocks give one stamp to two changes.
    pub settled: Duration,
}

impl CacheOptions {
    /// In a directory, for the program that runs. `version` alone would not do: builds of one version differ.
    #[must_use]
    pub fn new(directory: PathBuf, version: &str) -> Self {
        let program = std::env::current_exe().and_then(std::fs::metadata);
        let stamp = program.map(|meta| Stamp::of(&meta)).ok();
        Self {
            directory,
            build: format!("{version} {stamp:?}"),
            settled: SETTLED,
        }
    }

    /// The file of a workspace's reports; those beside it have other endings.
    #[must_use]
    pub fn file(&self, roots: &[PathBuf]) -> PathBuf {
        let mut whole = Vec::new();
        for root in roots {
            whole.extend_from_slice(root.as_os_str().as_encoded_bytes());
            whole.push(0);
        }
        let name = format!("{:032x}.{REPORTS}", content_hash(&whole));
        self.directory.join(name)
    }

    /// The files of what all checkouts of the repositories have in common that the folders lie in: they have other endings.
    fn shared_file(&self, roots: &[PathBuf]) -> PathBuf {
        let home = |root: &PathBuf| {
            let repository = Repository::discover(root).and_then(|git| git.shared_directory());
            repository.unwrap_or_else(|| root.clone())
        };
        let homes: Vec<PathBuf> = roots.iter().map(home).collect();
        self.file(&homes)
    }
}

/// Two seconds: FAT counts in those.
const SETTLED: Duration = Duration::from_secs(2);

/// What the name of the file of reports ends with.
const REPORTS: &str = "cache";
/// What the name of the file of listings ends with.
const LISTING: &str = "files";
/// What the name of the file of what sources hold ends with.
const SOURCES: &str = "sources";
/// What the name of the file of facts ends with, which all checkouts of a repository have in common.
const FACTS: &str = "facts";
/// What that of git's answers ends with, which they have in common, too.
const HISTORY: &str = "history";
/// That of what commits changed.
const COMMITS: &str = "commits";
/// And that of what was found in sources, by content.
const VERDICTS: &str = "verdicts";
/// What the names of all cache files end with.
const ENDINGS: [&str; 7] = [REPORTS, LISTING, SOURCES, FACTS, HISTORY, COMMITS, VERDICTS];

/// The parts of a file, each read only when it is asked for.
#[derive(Serialize, Deserialize)]
struct Parts<'a> {
    /// Whose it is: two workspaces may have names of one hash.
    roots: Vec<Vec<u8>>,
    #[serde(borrow)]
    memos: &'a [u8],
}

/// What was known, and what is to be kept.
pub(crate) struct Cache {
    store: Store,
    listing: Store,
    sources: Store,
    history: Shelf,
    commits: Shelf,
    verdicts: Shelf,
    options: CacheOptions,
    shared: Arc<Place>,
    roots: Vec<Vec<u8>>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    memos: Vec<Memo>,
    changed: bool,
    /// What was listed, if it is other than what was kept.
    walk: Option<KeptWalk>,
}

/// Reports kept of one workspace, newest last: of other arguments.
const MAX_MEMOS: usize = 8;
/// Most bytes of what is known of sources by content of one repository, for all gates.
const VERDICTS_LIMIT: usize = 12 << 20;
/// Most bytes of git's answers that are kept of one repository, and of what its commits changed.
const HISTORY_LIMIT: usize = 8 << 20;

impl Cache {
    /// Reads the file of a workspace.
    pub(crate) fn open(options: &CacheOptions, roots: &[PathBuf]) -> Self {
        let file = options.file(roots);
        let shared = Arc::new(Place::new(options, roots));
        let names = roots.iter().map(|root| root.as_os_str());
        let cache = Self {
            listing: Store::new(file.with_extension(LISTING), &options.build),
            sources: Store::new(file.with_extension(SOURCES), &options.build),
            history: Shelf::new(&shared, HISTORY, HISTORY_LIMIT),
            commits: Shelf::new(&shared, COMMITS, HISTORY_LIMIT),
            verdicts: Shelf::new(&shared, VERDICTS, VERDICTS_LIMIT),
            shared,
            store: Store::new(file, &options.build),
            options: options.clone(),
            roots: names.map(|root| root.as_encoded_bytes().to_vec()).collect(),
            known: Mutex::default(),
        };
        if let Some(bytes) = read(&cache.store)
            && !cache.take(&bytes)
        {
            say_damaged();
        }
        cache
    }

    /// The files of each root, as a walk would list them, without walking what is as it was. `began`: when the run did.
    pub(crate) fn list(
        &self,
        roots: &[PathBuf],
        named: &[Vec<String>],
        began: SystemTime,
    ) -> Vec<Listing> {
        let known: Option<KeptWalk> = read_as(&self.listing);
        let (listings, new) = list_again(roots, named, known.as_ref(), self.began(began));
        self.lock().walk = new;
        listings
    }

    /// For a run that began then.
    pub(crate) fn began(&self, at: SystemTime) -> Began {
        let settled = self.options.settled;
        Began { at, settled }
    }

    /// Facts that are known of contents.
    pub(crate) fn facts(&self) -> KnownFacts {
        KnownFacts::new(&self.shared)
    }

    /// The folders of the workspace.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        self.shared.roots()
    }

    /// What was found in sources by their content, for a gate of this hash.
    pub(crate) fn verdicts(&self, gate: u128) -> Option<KeptSources> {
        self.verdicts.get(gate)
    }

    /// Keeps what was found by content, at once.
    pub(crate) fn keep_verdicts(&self, gate: u128, sources: &KeptSources) {
        self.verdicts.put(gate, sources);
        self.verdicts.save();
    }

    /// What was found in sources.
    pub(crate) fn sources(&self) -> Option<KeptSources> {
        read_as(&self.sources)
    }

    /// Keeps what was found in sources, at once.
    pub(crate) fn keep_sources(&self, sources: &KeptSources) {
        say_unwritten(write_as(&self.sources, sources));
    }

    fn take(&self, bytes: &[u8]) -> bool {
        let Ok(parts) = postcard::from_bytes::<Parts<'_>>(bytes) else {
            return false;
        };
        if parts.roots != self.roots {
            return true;
        }
        let Ok(memos) = postcard::from_bytes(parts.memos) else {
            return false;
        };
        self.lock().memos = memos;
        true
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The report that was kept for these arguments. It is to be believed only if all it rests on is as it was.
    pub(crate) fn memo(&self, key: MemoKey) -> Option<Memo> {
        let known = self.lock();
        known.memos.iter().find(|memo| memo.key == key).cloned()
    }

    /// Keeps a report in the place of the one of the same arguments.
    pub(crate) fn keep(&self, memo: Memo) {
        let mut known = self.lock();
        known.memos.retain(|each| each.key != memo.key);
        known.memos.push(memo);
        let over = known.memos.len().saturating_sub(MAX_MEMOS);
        known.memos.drain(..over);
        known.changed = true;
    }

    /// What git answered before at such a state.
    pub(crate) fn git(&self, state: u128) -> Option<GitMemory> {
        self.history.get(state)
    }

    /// What commits changed.
    pub(crate) fn commits(&self) -> &Shelf {
        &self.commits
    }

    /// Keeps what git answered in the place of what it said at the same state.
    pub(crate) fn keep_git(&self, memory: &GitMemory) {
        self.history.put(memory.state, memory);
    }

    /// Writes what is new. Trouble is a line in the log.
    pub(crate) fn save(&self) {
        self.history.save();
        self.commits.save();
        let mut known = self.lock();
        if let Some(walk) = known.walk.take() {
            say_unwritten(write_as(&self.listing, &walk));
        }
        if !std::mem::take(&mut known.changed) {
            return;
        }
        let memos = postcard::to_allocvec(&known.memos).map_err(|error| error.to_string());
        say_unwritten(memos.and_then(|memos| {
            let parts = Parts {
                roots: self.roots.clone(),
                memos: &memos,
            };
            write_as(&self.store, &parts)
        }));
    }
}

/// What was written last; why there is nothing is said in the log.
fn read(store: &Store) -> Option<Vec<u8>> {
    match store.read() {
        Ok(bytes) => return Some(bytes),
        Err(Trouble::None) => {}
        Err(Trouble::OtherBuild) => tracing::info!("the cache is of another build"),
        Err(Trouble::Damaged) => say_damaged(),
        Err(Trouble::Unreadable(why)) => tracing::warn!("the cache cannot be read: {why}"),
    }
    None
}

fn read_as<T: for<'b> Deserialize<'b>>(store: &Store) -> Option<T> {
    let read = postcard::from_bytes(&read(store)?);
    if read.is_err() {
        say_damaged();
    }
    read.ok()
}

fn write_as<T: Serialize>(store: &Store, value: &T) -> Result<(), String> {
    let bytes = postcard::to_allocvec(value).map_err(|error| error.to_string())?;
    store.write(&bytes)
}

fn say_damaged() {
    tracing::warn!("the cache is damaged; it is made anew");
}

fn say_unwritten(written: Result<(), String>) {
    if let Err(why) = written {
        tracing::warn!("the cache cannot be written: {why}");
    }
}
