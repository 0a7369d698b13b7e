//! What a run looked at, so that the next one can tell whether all is as it was.
//!
//! Signs are taken *before* what they stand for is read: a file that is written while we run has another sign at the end.
//! A file changed a moment before the run may change once more without another sign (coarse clocks): then nothing is
//! kept.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::read::is_absence;
use crate::walk::{Listing, Probe};

/// The state of a file, as far as the system tells without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Length in bytes.
    pub size: u64,
    /// Last change of the content, in nanoseconds since 1970; 0 where the system does not say.
    pub mtime: u64,
    /// Last change of anything, which no program sets; 0 where the system has none.
    pub ctime: u64,
    /// Which file it is on its disk; 0 where the system does not say.
    pub inode: u64,
}

impl Stamp {
    /// Of what the system says.
    pub(crate) fn of(meta: &Metadata) -> Self {
        let mtime = meta.modified().ok().map_or(0, since_1970);
        #[cfg(unix)]
        let (ctime, inode) = {
            use std::os::unix::fs::MetadataExt as _;
            (nanos(meta.ctime(), meta.ctime_nsec()), meta.ino())
        };
        #[cfg(not(unix))]
        let (ctime, inode) = (0, 0);
        Self {
            size: meta.len(),
            mtime,
            ctime,
            inode,
        }
    }

    /// Of what the system says to one who asks by a directory's handle.
    #[cfg(target_os = "linux")]
    pub(crate) fn of_stat(stat: &rustix::fs::Stat) -> Self {
        let part = |nanos| i64::try_from(nanos).unwrap_or(0);
        Self {
            size: u64::try_from(stat.st_size).unwrap_or(0),
            mtime: nanos(stat.st_mtime, part(stat.st_mtime_nsec)),
            ctime: nanos(stat.st_ctime, part(stat.st_ctime_nsec)),
            inode: stat.st_ino,
        }
    }

    /// The later of its changes.
    pub(crate) fn changed(self) -> u64 {
        self.mtime.max(self.ctime)
    }
}

/// In nanoseconds; 0 for what is before 1970.
#[cfg(unix)]
fn nanos(seconds: i64, nanos: i64) -> u64 {
    let seconds = u64::try_from(seconds).ok();
    let whole = seconds.map(|seconds| seconds.saturating_mul(1_000_000_000));
    whole.map_or(0, |whole| {
        whole.saturating_add(u64::try_from(nanos).unwrap_or(0))
    })
}

pub(crate) fn since_1970(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).ok();
    let nanos = since.and_then(|since| u64::try_from(since.as_nanos()).ok());
    nanos.unwrap_or(0)
}

/// What a path outside of the listing looked like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Look {
    /// Nothing there.
    Missing,
    /// It was there like this.
    There(Stamp),
}

/// All that a report rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Hash of what the walk gave.
    listing: u128,
    /// Hash of git's state of all roots.
    git: u128,
    /// Files read besides: settings, manifests, ignore rules.
    files: Vec<(String, Look)>,
    /// Paths asked for one by one, by root.
    probes: Vec<(u16, String, Probe)>,
}

impl Seen {
    /// Whether all of it is as it was; `now` has noted the listing and git's state of this run, `probe` asks again.
    pub(crate) fn holds(&self, now: &Looked, probe: impl Fn(u16, &str) -> Option<Probe>) -> bool {
        let (listing, git) = {
            let notes = now.lock();
            (notes.listing.0, notes.git)
        };
        let mut files = self.files.iter();
        let mut probes = self.probes.iter();
        self.listing == listing
            && self.git == git
            && files.all(|(path, look)| look_at(Path::new(path)) == Some(*look))
            && probes.all(|(root, path, was)| probe(*root, path) == Some(*was))
    }
}

/// Notes what is looked at while a run is under way.
#[derive(Default)]
pub(crate) struct Looked(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    files: BTreeMap<String, Look>,
    probes: BTreeMap<(u16, String), Probe>,
    /// Hash of the listing, and the last change of any of its files.
    listing: (u128, u64),
    git: u128,
    /// Something cannot be noted, so that nothing may be kept.
    blind: bool,
}

impl Looked {
    fn lock(&self) -> std::sync::MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A run begins, and this is what it finds.
    pub(crate) fn begin(&self, listings: &[Listing], git: u128) {
        let listed = listings.iter().flat_map(|listing| &listing.files);
        let last = listed.map(|entry| entry.stamp.changed()).max();
        let mut notes = self.lock();
        notes.listing = (hash(listings), last.unwrap_or(0));
        notes.git = git;
    }

    /// A file is about to be read, or found missing.
    pub(crate) fn file(&self, path: &Path) {
        let look = look_at(path);
        let mut notes = self.lock();
        if let (Some(path), Some(look)) = (path.to_str(), look) {
            // What it was first is what counts.
            notes.files.entry(path.to_owned()).or_insert(look);
        } else {
            tracing::debug!(path = %path.display(), "nothing of this run is kept");
            notes.blind = true;
        }
    }

    /// A path was asked for.
    pub(crate) fn probe(&self, root: u16, path: &str, answer: Probe) {
        let key = (root, path.to_owned());
        self.lock().probes.entry(key).or_insert(answer);
    }

    /// Something was looked at that cannot be noted.
    pub(crate) fn cannot_tell(&self, what: &str) {
        tracing::debug!(what, "nothing of this run is kept");
        self.lock().blind = true;
    }

    /// All of it; `None` where it cannot be relied upon. `began`: when the run did, before it looked at anything.
    pub(crate) fn seen(&self, began: SystemTime, settled: Duration) -> Option<Seen> {
        let notes = self.lock();
        let settled = began.checked_sub(settled).map(since_1970)?;
        let read = notes.files.values().map(|look| match look {
            Look::There(stamp) => stamp.changed(),
            Look::Missing => 0,
        });
        let last = read.max().unwrap_or(0).max(notes.listing.1);
        if notes.blind || last >= settled {
            tracing::debug!(notes.blind, fresh = last >= settled, "nothing is kept");
            return None;
        }
        let files = notes.files.iter();
        let probes = notes.probes.iter();
        Some(Seen {
            listing: notes.listing.0,
            git: notes.git,
            files: files.map(|(path, look)| (path.clone(), *look)).collect(),
            probes: probes
                .map(|((root, path), probe)| (*root, path.clone(), *probe))
                .collect(),
        })
    }
}

/// `None`: the system does not tell.
fn look_at(path: &Path) -> Option<Look> {
    match std::fs::metadata(path) {
        Ok(meta) => Some(Look::There(Stamp::of(&meta))),
        Err(error) if is_absence(&error) => Some(Look::Missing),
        Err(_) => None,
    }
}

fn hash(listings: &[Listing]) -> u128 {
    let mut hash = Xxh3::new();
    let mut text = |text: &str| {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    for listing in listings {
        text(&listing.root.to_string_lossy());
        for list in [
            &listing.ignored_spec_dirs,
            &listing.nested_checkouts,
            &listing.nested_repositories,
        ] {
            text(&list.len().to_string());
            for each in list {
                text(each);
            }
        }
        text(&listing.unreadable.len().to_string());
        for each in &listing.unreadable {
            text(&each.path);
            text(&each.why);
        }
    }
    for entry in listings.iter().flat_map(|listing| &listing.files) {
        hash.update(&(entry.path.len() as u64).to_le_bytes());
        hash.update(entry.path.as_bytes());
        let stamp = entry.stamp;
        for number in [stamp.size, stamp.mtime, stamp.ctime, stamp.inode] {
            hash.update(&number.to_le_bytes());
        }
        hash.update(&[u8::from(entry.alias)]);
    }
    for listing in listings {
        hash.update(&(listing.files.len() as u64).to_le_bytes());
    }
    hash.digest128()
}
