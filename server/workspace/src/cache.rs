//! What one run leaves for the next: answers and whole reports, so that an unchanged workspace costs a walk.
//!
//! One file per workspace in the user's own cache directory. It is read whole, its checksum is compared, and it is
//! replaced by a rename. Nothing in it is believed without a sign that it still holds: a report by the stamps of all
//! that was looked at, git's answers by the commit they belong to. A file that is damaged, of another build or cannot be
//! read is as none: a line in the log, and everything is found out anew.

mod memo;
mod seen;
mod store;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::git::GitMemory;
use crate::read::content_hash;
pub use memo::{Memo, MemoKey};
pub use seen::Stamp;
pub(crate) use seen::{Looked, Seen};
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

    /// The file of a workspace.
    #[must_use]
    pub fn file(&self, roots: &[PathBuf]) -> PathBuf {
        let mut whole = Vec::new();
        for root in roots {
            whole.extend_from_slice(root.as_os_str().as_encoded_bytes());
            whole.push(0);
        }
        let name = format!("{:032x}.{ENDING}", content_hash(&whole));
        self.directory.join(name)
    }
}

/// Two seconds: FAT counts in those.
const SETTLED: Duration = Duration::from_secs(2);

/// What the names of cache files end with.
const ENDING: &str = "cache";

/// The parts of a file, each read only when it is asked for.
#[derive(Serialize, Deserialize)]
struct Parts<'a> {
    /// Whose it is: two workspaces may have names of one hash.
    roots: Vec<Vec<u8>>,
    #[serde(borrow)]
    memos: &'a [u8],
    #[serde(borrow)]
    git: &'a [u8],
}

/// What was known, and what is to be kept.
pub(crate) struct Cache {
    store: Store,
    roots: Vec<Vec<u8>>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    memos: Vec<Memo>,
    git: Vec<GitMemory>,
    /// The part of git as it was read, until it is asked for.
    unread: Option<Vec<u8>>,
    changed: bool,
}

/// Reports kept of one workspace, newest last: of other arguments.
const MAX_MEMOS: usize = 8;
/// Answers of git kept, newest last: of other roots and commits.
const MAX_GIT: usize = 8;

impl Cache {
    /// Reads the file of a workspace.
    pub(crate) fn open(options: &CacheOptions, roots: &[PathBuf]) -> Self {
        let roots_ = roots.iter();
        let cache = Self {
            store: Store::new(options.file(roots), &options.build),
            roots: roots_
                .map(|root| root.as_os_str().as_encoded_bytes().to_vec())
                .collect(),
            known: Mutex::default(),
        };
        match cache.store.read() {
            Ok(bytes) => {
                if !cache.take(&bytes) {
                    tracing::warn!("the cache is damaged; it is made anew");
                }
            }
            Err(Trouble::None) => {}
            Err(Trouble::OtherBuild) => tracing::info!("the cache is of another build"),
            Err(Trouble::Damaged) => tracing::warn!("the cache is damaged; it is made anew"),
            Err(Trouble::Unreadable(why)) => tracing::warn!("the cache cannot be read: {why}"),
        }
        cache
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
        let mut known = self.lock();
        known.memos = memos;
        known.unread = Some(parts.git.to_vec());
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
        let mut known = self.lock();
        known.read_git();
        known.git.iter().find(|each| each.state == state).cloned()
    }

    /// Keeps what git answered in the place of what it said at the same state.
    pub(crate) fn keep_git(&self, memory: GitMemory) {
        let mut known = self.lock();
        known.read_git();
        known.git.retain(|each| each.state != memory.state);
        known.git.push(memory);
        let over = known.git.len().saturating_sub(MAX_GIT);
        known.git.drain(..over);
        known.changed = true;
    }

    /// Writes what is new. Trouble is a line in the log.
    pub(crate) fn save(&self) {
        let mut known = self.lock();
        if !std::mem::take(&mut known.changed) {
            return;
        }
        let written = known.parts().and_then(|(memos, git)| {
            let parts = Parts {
                roots: self.roots.clone(),
                memos: &memos,
                git: &git,
            };
            let bytes = postcard::to_allocvec(&parts).map_err(|error| error.to_string())?;
            self.store.write(&bytes)
        });
        if let Err(why) = written {
            tracing::warn!("the cache cannot be written: {why}");
        }
    }
}

impl Known {
    fn read_git(&mut self) {
        if let Some(bytes) = self.unread.take() {
            self.git = postcard::from_bytes(&bytes).unwrap_or_else(|_| {
                tracing::warn!("the cache is damaged; it is made anew");
                Vec::new()
            });
        }
    }

    fn parts(&self) -> Result<(Vec<u8>, Vec<u8>), String> {
        let memos = postcard::to_allocvec(&self.memos).map_err(|error| error.to_string())?;
        let git = match &self.unread {
            Some(bytes) => bytes.clone(),
            None => postcard::to_allocvec(&self.git).map_err(|error| error.to_string())?,
        };
        Ok((memos, git))
    }
}

/// The cache files of a directory, with their lengths in bytes.
#[must_use]
pub fn cache_files(directory: &Path) -> Vec<(PathBuf, u64)> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut files: Vec<(PathBuf, u64)> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let ours = path.extension().is_some_and(|ending| ending == ENDING);
            (ours && entry.file_type().ok()?.is_file())
                .then(|| Some((path, entry.metadata().ok()?.len())))?
        })
        .collect();
    files.sort();
    files
}

/// Removes the cache files of a directory, and nothing else. The error is a sentence.
pub fn clear_cache(directory: &Path) -> Result<usize, String> {
    let files = cache_files(directory);
    for (path, _) in &files {
        std::fs::remove_file(path).map_err(|error| {
            let why = crate::read::plain(&error);
            format!("{} could not be removed: {why}.", path.display())
        })?;
    }
    Ok(files.len())
}

/// Whether a workspace's file could be read now: `Ok(None)`: there is none. The error says what is wrong with it.
pub fn verify_cache(options: &CacheOptions, roots: &[PathBuf]) -> Result<Option<usize>, String> {
    let store = Store::new(options.file(roots), &options.build);
    let bytes = match store.read() {
        Ok(bytes) => bytes,
        Err(Trouble::None) => return Ok(None),
        Err(Trouble::OtherBuild) => return Err("it is of another build".to_owned()),
        Err(Trouble::Damaged) => return Err("it is damaged".to_owned()),
        Err(Trouble::Unreadable(why)) => return Err(why),
    };
    let parts = postcard::from_bytes::<Parts<'_>>(&bytes).ok();
    let sound = parts.is_some_and(|parts| {
        postcard::from_bytes::<Vec<Memo>>(parts.memos).is_ok()
            && postcard::from_bytes::<Vec<GitMemory>>(parts.git).is_ok()
    });
    if sound {
        Ok(Some(bytes.len()))
    } else {
        Err("it is damaged".to_owned())
    }
}
