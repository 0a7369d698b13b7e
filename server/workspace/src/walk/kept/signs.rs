//! What counts for a walk besides the names in its directories.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Walked;
use super::asked::open_directory;
use crate::cache::{Began, Stamp};
use crate::read::{DOCUMENT_LIMIT, bytes, is_absence};

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Sign {
    /// A file or directory in this state, or nothing.
    State(Option<Stamp>),
    /// Whether it is a directory; `None`: nothing is there.
    Kind(Option<bool>),
    /// The place itself, all links followed; `None`: they lead nowhere.
    Leads(Option<String>),
}

/// Files that say what is ignored in and below their directory.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

impl Sign {
    pub(super) fn holds(&self, path: &str) -> bool {
        let path = Path::new(path);
        let now = match self {
            Self::State(_) => state(path),
            Self::Kind(_) => kind(path),
            Self::Leads(_) => leads(path),
        };
        now.as_ref() == Some(self)
    }
}

fn state(path: &Path) -> Option<Sign> {
    match path.metadata() {
        Ok(meta) => Some(Sign::State(Some(Stamp::of(&meta)))),
        Err(error) if is_absence(&error) => Some(Sign::State(None)),
        Err(_) => None,
    }
}

fn kind(path: &Path) -> Option<Sign> {
    match path.symlink_metadata() {
        Ok(meta) => Some(Sign::Kind(Some(meta.is_dir()))),
        Err(error) if is_absence(&error) => Some(Sign::Kind(None)),
        Err(_) => None,
    }
}

fn leads(path: &Path) -> Option<Sign> {
    match path.canonicalize() {
        Ok(real) => Some(Sign::Leads(Some(real.to_str()?.to_owned()))),
        Err(_) => Some(Sign::Leads(None)),
    }
}

/// All signs of a walk; `None` where one cannot be relied upon.
pub(super) fn of(
    root: &Path,
    canonical: &Path,
    walked: &Walked,
    began: Began,
) -> Option<Vec<(String, Sign)>> {
    let mut signs = Signs::default();
    signs.add(root, leads(root)?)?;
    for above in canonical.ancestors().skip(1) {
        for name in IGNORE_FILES {
            let file = above.join(name);
            signs.add(&file, state(&file)?)?;
        }
        signs.repository(above)?;
    }
    let listing = &walked.listing;
    let links = walked.links.iter().chain(&walked.passed);
    for path in links.chain(&walked.sought) {
        let path = root.join(path);
        signs.add(&path, leads(&path)?)?;
    }
    for each in &listing.unreadable {
        let path = root.join(&each.path);
        signs.add(&path, leads(&path)?)?;
        signs.add(&path, kind(&path)?)?;
        if !path.is_symlink() {
            signs.add(&path, state(&path)?)?;
        }
    }
    for checkout in &listing.nested_checkouts {
        let git = root.join(checkout).join(".git");
        signs.add(&git, kind(&git)?)?;
    }
    let directories: Vec<(&str, Stamp)> = walked
        .directories
        .iter()
        .map(|(path, was)| (path.as_str(), *was))
        .collect();
    signs.0.extend(of_directories(root, &directories)?);
    (!is_remote(root) && !any_fresh(&signs.0, began)).then_some(signs.0)
}

/// Whether one of these may be another one without looking so.
pub(super) fn any_fresh(signs: &[(String, Sign)], began: Began) -> bool {
    let fresh = |sign: &Sign| matches!(sign, Sign::State(Some(stamp)) if began.is_fresh(*stamp));
    signs.iter().any(|(_, sign)| fresh(sign))
}

/// Signs in directories that were in these states; `None` where one is in another by now, or on another disk.
pub(super) fn of_directories(
    root: &Path,
    directories: &[(&str, Stamp)],
) -> Option<Vec<(String, Sign)>> {
    let base = root.to_str()?;
    let disk = open_directory(base, "")?.disk;
    let inside: Vec<Vec<PathBuf>> = directories
        .par_iter()
        .map(|(path, was)| {
            let directory = open_directory(base, path)?;
            if directory.now != *was || directory.disk != disk {
                return None;
            }
            let names = IGNORE_FILES.into_iter().chain([".git"]);
            let there = names.filter(|name| directory.holds(name));
            Some(there.map(|name| root.join(path).join(name)).collect())
        })
        .collect::<Option<_>>()?;
    let mut signs = Signs::default();
    for path in inside.into_iter().flatten() {
        match path.parent() {
            Some(directory) if path.ends_with(".git") => signs.repository(directory)?,
            _ => signs.add(&path, state(&path)?)?,
        }
    }
    Some(signs.0)
}

/// What was found, each path as text.
#[derive(Default)]
struct Signs(Vec<(String, Sign)>);

impl Signs {
    fn add(&mut self, path: &Path, sign: Sign) -> Option<()> {
        self.0.push((path.to_str()?.to_owned(), sign));
        Some(())
    }

    /// What says that a directory is the top of a repository, and what its repository ignores.
    fn repository(&mut self, directory: &Path) -> Option<()> {
        let git = directory.join(".git");
        let what = kind(&git)?;
        let is_there = what != Sign::Kind(None);
        self.add(&git, what)?;
        if !is_there {
            return Some(());
        }
        // Links are followed here: what is asked is whether it can be read as a file.
        if !git.is_file() {
            let exclude = git.join("info/exclude");
            return self.add(&exclude, state(&exclude)?);
        }
        self.add(&git, state(&git)?)?;
        let Some(own) = line_of(&git, "gitdir: ") else {
            return Some(());
        };
        // Relative to wherever the program was started.
        if Path::new(&own).is_relative() {
            return None;
        }
        let common = Path::new(&own).join("commondir");
        self.add(&common, state(&common)?)?;
        let Some(line) = line_of(&common, "") else {
            return Some(());
        };
        let exclude = Path::new(&own).join(line).join("info/exclude");
        self.add(&exclude, state(&exclude)?)
    }
}

/// What the first line of a file says behind a prefix.
fn line_of(file: &Path, prefix: &str) -> Option<String> {
    let text = String::from_utf8(bytes(file, DOCUMENT_LIMIT).ok()?).ok()?;
    Some(text.lines().next()?.strip_prefix(prefix)?.to_owned())
}

/// Whether states may be old ones: on the disk of another machine, or where some program plays the disk.
pub(super) fn is_remote(root: &Path) -> bool {
    /// The marks of NFS, SMB and CIFS (three), 9P, FUSE, AFS, Coda, Ceph.
    const REMOTE: [u32; 9] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x0102_1997,
        0x6573_5546,
        0x5346_414f,
        0x7375_7245,
        0x00c3_6400,
    ];
    let disk = rustix::fs::statfs(root).ok();
    let mark = disk.and_then(|disk| u32::try_from(disk.f_type).ok());
    mark.is_none_or(|mark| REMOTE.contains(&mark))
}
