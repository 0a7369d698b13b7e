//! Asks the system about each directory and file that was listed: by a handle of the directory, which spares it the way
//! there for every file.

use rayon::prelude::*;
use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, FileType, Mode, OFlags, fstat, open, statat};

use super::KeptRoot;
use crate::cache::Stamp;

/// What the system says.
pub(super) struct Answered {
    /// By file; `None` where its directory is another one now.
    pub(super) stamps: Vec<Option<Stamp>>,
    /// Directories that are not as they were, by number.
    pub(super) others: Vec<usize>,
}

/// What is there now; `None` where a file is none any more, though its directory is the same.
pub(super) fn ask(kept: &KeptRoot) -> Option<Answered> {
    let mut by_directory: Vec<Vec<(usize, &str)>> = vec![Vec::new(); kept.directories.len()];
    let mut count = 0;
    for (at, (name, directory)) in kept.files().enumerate() {
        by_directory.get_mut(directory)?.push((at, name));
        count += 1;
    }
    if count != kept.files.len() {
        return None;
    }
    let asked: Vec<Option<Vec<Stamp>>> = kept
        .directories
        .par_iter()
        .zip(&by_directory)
        .with_min_len(16)
        .map(
            |((path, was), files)| match open_directory(&kept.root, path) {
                Some(directory) if directory.now == *was => {
                    let stamps = files.iter().map(|(_, name)| directory.stamp(name));
                    Some(Some(stamps.collect::<Option<Vec<Stamp>>>()?))
                }
                _ => Some(None),
            },
        )
        .collect::<Option<_>>()?;
    let mut stamps = vec![None; count];
    let mut others = Vec::new();
    for (directory, (asked, files)) in asked.into_iter().zip(&by_directory).enumerate() {
        match asked {
            Some(answers) => {
                for ((at, _), stamp) in files.iter().zip(answers) {
                    stamps[*at] = Some(stamp);
                }
            }
            None => others.push(directory),
        }
    }
    Some(Answered { stamps, others })
}

/// A directory that is open.
pub(super) struct Directory {
    handle: OwnedFd,
    /// Its state when it was opened.
    pub(super) now: Stamp,
    /// The disk it is on.
    pub(super) disk: u64,
}

pub(super) fn open_directory(root: &str, path: &str) -> Option<Directory> {
    let whole = if path.is_empty() {
        root.to_owned()
    } else {
        format!("{root}/{path}")
    };
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let handle = open(whole, flags, Mode::empty()).ok()?;
    let stat = fstat(&handle).ok()?;
    Some(Directory {
        handle,
        now: Stamp::of_stat(&stat),
        disk: stat.st_dev,
    })
}

impl Directory {
    /// The state of a file in it, or of the file that a link leads to.
    pub(super) fn stamp(&self, name: &str) -> Option<Stamp> {
        let stat = statat(&self.handle, name, AtFlags::empty()).ok()?;
        let is_file = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        is_file.then(|| Stamp::of_stat(&stat))
    }

    /// Whether there is something of this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW).is_ok()
    }
}
