//! What is kept of a walk, so that the next run asks whether it still holds and does not walk.
//!
//! A directory whose own state is as it was has the names it had, so neither it nor ignore rules are read again: its files
//! are asked for their states, no more. All else that counted (ignore files, where links lead, what is a repository) is
//! kept as *signs*. Where directories are others than before, only those are looked through; where a sign is another, or
//! anything is out of the ordinary, all is walked.
//!
//! It must never give another answer than a walk. It is for Linux, where a network's file system can be told apart: there
//! the state of a directory may be an old one.

mod apart;
mod asked;
mod signs;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{Entry, Listing, Rules, Unlisted, Walked, aliases, canonical, list_all, sought};
use crate::cache::{Began, Stamp};
use asked::{Answered, ask};
use signs::Sign;

/// A walk of all roots.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptWalk {
    named: Vec<Vec<String>>,
    roots: Vec<KeptRoot>,
}

/// A walk of one root. Names lie one after another: a hundred thousand small texts take their time to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct KeptRoot {
    root: String,
    rules: Rules,
    /// Sorted. The state is that of no directory where it was too fresh to be believed.
    directories: Vec<(String, Stamp)>,
    /// The last segments of all files, in the order of the listing.
    names: String,
    /// Of each file, how long its name is and in which directory it lies.
    files: Vec<(u32, u32)>,
    links: Vec<String>,
    near: Vec<String>,
    sought: Vec<String>,
    ignored_spec_dirs: Vec<String>,
    unreadable: Vec<(String, String)>,
    nested_checkouts: Vec<String>,
    nested_repositories: Vec<String>,
    signs: Vec<(String, Sign)>,
}

/// What a walk would list now, and what to keep of it if that is new; `None` in its place: nothing can be kept.
pub(crate) fn list_again(
    roots: &[PathBuf],
    named: &[Vec<String>],
    known: Option<&KeptWalk>,
    began: Began,
) -> (Vec<Listing>, Option<KeptWalk>) {
    let again = known.and_then(|known| known.again(roots, named, began));
    let (walked, kept) = again.unwrap_or_else(|| {
        let walked = list_all(roots, named, |_| Some(None));
        let kept = KeptWalk::of(roots, named, &walked, began);
        (walked, kept)
    });
    let listings = walked.into_iter().map(|walked| walked.listing).collect();
    (listings, kept)
}

impl KeptWalk {
    fn of(
        roots: &[PathBuf],
        named: &[Vec<String>],
        walked: &[Walked],
        began: Began,
    ) -> Option<Self> {
        let canonical = canonical(roots);
        let mut kept = Vec::with_capacity(roots.len());
        for (at, walked) in walked.iter().enumerate() {
            let signs = signs::of(&roots[at], &canonical[at], walked, began)?;
            kept.push(KeptRoot::of(&roots[at], walked, signs, began)?);
        }
        Some(Self {
            named: named.to_vec(),
            roots: kept,
        })
    }

    /// What is listed now, and what to keep in the place of this if that is other than it was. `None`: that has to be
    /// walked.
    fn again(
        &self,
        roots: &[PathBuf],
        named: &[Vec<String>],
        began: Began,
    ) -> Option<(Vec<Walked>, Option<Self>)> {
        let same = self.roots.len() == roots.len()
            && self.named == named
            && self
                .roots
                .iter()
                .zip(roots)
                .all(|(kept, root)| Path::new(&kept.root) == root);
        if !same {
            return None;
        }
        let named = |at: usize| named.get(at).map_or(&[][..], Vec::as_slice);
        for (at, kept) in self.roots.iter().enumerate() {
            if !kept.signs.iter().all(|(path, sign)| sign.holds(path)) {
                return None;
            }
            if sought(&roots[at], &kept.near, named(at)) != kept.sought {
                return None;
            }
        }
        let answers: Vec<Answered> = self.roots.iter().map(ask).collect::<Option<_>>()?;
        let listed = self.roots.iter().zip(&answers);
        let mut walked: Vec<Walked> = listed.map(|(kept, now)| kept.walked(now)).collect();
        let new = if answers.iter().any(|answered| !answered.others.is_empty()) {
            apart::look_through(self, roots, &answers, &mut walked, began).ok()?
        } else {
            None
        };
        let canonical = canonical(roots);
        for at in 0..walked.len() {
            for alias in aliases(at, &walked, &canonical) {
                walked[at].listing.files[alias].alias = true;
            }
        }
        Some((walked, new))
    }
}

impl KeptRoot {
    fn of(root: &Path, walked: &Walked, signs: Vec<(String, Sign)>, began: Began) -> Option<Self> {
        let listing = &walked.listing;
        if listing.odd_names > 0 || listing.files.is_empty() {
            return None;
        }
        let mut directories: Vec<(String, Stamp)> = Vec::with_capacity(walked.directories.len());
        for (path, stamp) in &walked.directories {
            directories.push((path.clone(), began.believed(*stamp)?));
        }
        directories.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let (names, files) = names_of(&listing.files, &directories)?;
        let unreadable = listing.unreadable.iter();
        let mut links: Vec<String> = walked.links.iter().cloned().collect();
        links.sort_unstable();
        Some(Self {
            root: root.to_str()?.to_owned(),
            rules: listing.rules,
            directories,
            names,
            files,
            links,
            near: walked.near.clone(),
            sought: walked.sought.clone(),
            ignored_spec_dirs: listing.ignored_spec_dirs.clone(),
            unreadable: unreadable
                .map(|each| (each.path.clone(), each.why.clone()))
                .collect(),
            nested_checkouts: listing.nested_checkouts.clone(),
            nested_repositories: listing.nested_repositories.clone(),
            signs,
        })
    }

    /// The name of each file with its directory.
    fn files(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut rest = self.names.as_str();
        self.files.iter().map_while(move |(len, directory)| {
            let (name, after) = rest.split_at_checked(*len as usize)?;
            rest = after;
            Some((name, *directory as usize))
        })
    }

    /// As a walk would have given it, if all directories are as they were: files of the others are left out.
    fn walked(&self, answered: &Answered) -> Walked {
        let files = self
            .files()
            .zip(&answered.stamps)
            .filter_map(|((name, directory), stamp)| {
                let directory = self.directories.get(directory)?.0.as_str();
                Some(Entry {
                    path: joined(directory, name),
                    stamp: (*stamp)?,
                    alias: false,
                })
            });
        let unreadable = self.unreadable.iter().map(|(path, why)| Unlisted {
            path: path.clone(),
            why: why.clone(),
        });
        let listing = Listing {
            root: PathBuf::from(&self.root),
            files: files.collect(),
            ignored_spec_dirs: self.ignored_spec_dirs.clone(),
            unreadable: unreadable.collect(),
            nested_checkouts: self.nested_checkouts.clone(),
            nested_repositories: self.nested_repositories.clone(),
            odd_names: 0,
            rules: self.rules,
        };
        Walked {
            listing,
            directories: FxHashMap::default(),
            links: self.links.iter().cloned().collect::<FxHashSet<String>>(),
            passed: Vec::new(),
            near: Vec::new(),
            sought: Vec::new(),
        }
    }
}

/// The last segments of all files, how long each is, and where its directory stands in the list.
fn names_of(files: &[Entry], directories: &[(String, Stamp)]) -> Option<(String, Vec<(u32, u32)>)> {
    let places: FxHashMap<&str, u32> = (0..)
        .zip(directories)
        .map(|(at, (path, _))| (path.as_str(), at))
        .collect();
    let mut names = String::new();
    let mut lying = Vec::with_capacity(files.len());
    for entry in files {
        let (directory, name) = split(&entry.path);
        names.push_str(name);
        lying.push((name.len() as u32, *places.get(directory)?));
    }
    Some((names, lying))
}

/// The directory of a path and its last segment.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A path below a directory of the root, which is `""`.
fn joined(directory: &str, name: &str) -> String {
    let mut path = String::with_capacity(directory.len() + 1 + name.len());
    if !directory.is_empty() {
        path.push_str(directory);
        path.push('/');
    }
    path.push_str(name);
    path
}
