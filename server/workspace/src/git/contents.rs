//! What files of a checkout hold, as git's index tells: without reading them.

use gix::index::entry::{Flags, Mode, stat::Time};
use gix::{ObjectId, bstr::ByteSlice as _};

use super::Repository;
use crate::cache::Stamp;

/// A file of fewer bytes may be as long as the note that stands for it where its content is kept elsewhere (Git LFS).
const NOTE: u64 = 1024;

/// What may stand between an object and the file that is made of it, beside line ends and names of encodings, which
/// change how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filters {
    None,
    /// Git LFS: what is large is a short note in git.
    Large,
    /// A program of somebody.
    Any,
}

impl Repository {
    /// Calls `visit` with the path from the root, the state and the object of each file that held that object when it was in
    /// that state. Two files of one object and one length hold the same. Nothing where that cannot be told.
    pub(crate) fn each_content(&self, mut visit: impl FnMut(&str, Stamp, ObjectId)) {
        let local = self.shared.to_thread_local();
        let filters = filters(&local);
        if filters == Filters::Any {
            return;
        }
        let Ok(Some(index)) = local.try_index() else {
            return;
        };
        let written = index.timestamp();
        let written = (written.unix_seconds(), written.nanoseconds());
        let unsure = Flags::SKIP_WORKTREE | Flags::INTENT_TO_ADD | Flags::REMOVE;
        for entry in index.entries() {
            let stat = entry.stat;
            let is_file = entry.mode == Mode::FILE || entry.mode == Mode::FILE_EXECUTABLE;
            // Changed when the index was written or later: the state may be of another content.
            let is_racy = (i64::from(stat.mtime.secs), stat.mtime.nsecs) >= written;
            let size = u64::from(stat.size);
            let is_note = filters == Filters::Large && size < NOTE;
            if !is_file
                || is_racy
                || is_note
                || entry.stage_raw() != 0
                || entry.flags.intersects(unsure)
            {
                continue;
            }
            let path = entry.path(&index).to_str_lossy();
            if let Some(path) = self.prefix.strip(&path) {
                let stamp = Stamp {
                    size,
                    mtime: nanos(stat.mtime),
                    ctime: nanos(stat.ctime),
                    inode: u64::from(stat.ino),
                };
                visit(path, stamp, entry.id);
            }
        }
    }
}

fn nanos(time: Time) -> u64 {
    u64::from(time.secs) * 1_000_000_000 + u64::from(time.nsecs)
}

/// Filters do something only where a program is named for them.
fn filters(repository: &gix::Repository) -> Filters {
    let config = repository.config_snapshot();
    let mut found = Filters::None;
    let sections = config.plumbing().sections_by_name("filter");
    for section in sections.into_iter().flatten() {
        let name = section.header().subsection_name();
        if name.is_none_or(|name| name != "lfs") {
            return Filters::Any;
        }
        found = Filters::Large;
    }
    found
}
