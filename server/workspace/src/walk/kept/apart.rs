//! Directories that are others than they were, looked through by themselves: what is gone is taken out, what has come is
//! walked.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::asked::{Answered, Directory, open_directory};
use super::signs::{any_fresh, of_directories};
use super::{KeptRoot, KeptWalk, joined, names_of, split};
use crate::cache::{Began, Stamp};
use crate::walk::part::Part;
use crate::walk::{Entry, Walked, is_unseen, sorted, sought, walk_parts};

/// Something changed on which more depends than the directories it changed in.
pub(super) struct WalkAll;

/// More directories than this are not looked through one by one.
const MANY: usize = 2000;

/// Puts into `walked` what the directories that changed hold now, and gives what to keep if that is other than it was.
pub(super) fn look_through(
    kept: &KeptWalk,
    roots: &[PathBuf],
    answers: &[Answered],
    walked: &mut [Walked],
    began: Began,
) -> Result<Option<KeptWalk>, WalkAll> {
    let rooted = kept.roots.iter().zip(answers);
    let looked: Vec<Looked> = rooted
        .map(|(kept, answered)| Looked::at(kept, &answered.others))
        .collect::<Option<_>>()
        .ok_or(WalkAll)?;
    let asked: Vec<Vec<String>> = looked.iter().map(|looked| looked.asked.clone()).collect();
    let mut come: Vec<Walked> = roots.iter().map(|_| Walked::default()).collect();
    if asked.iter().any(|asked| !asked.is_empty()) {
        let rules: Vec<_> = kept.roots.iter().map(|kept| kept.rules).collect();
        come = walk_parts(roots, &kept.named, &rules, &asked);
    }
    let mut new = Some(Vec::with_capacity(roots.len()));
    for (at, (looked, come)) in looked.into_iter().zip(come).enumerate() {
        let named = kept.named.get(at).map_or(&[][..], Vec::as_slice);
        let root = looked.join(&kept.roots[at], named, come, &mut walked[at], began)?;
        new = new.zip(root).map(|(mut new, root)| {
            new.push(root);
            new
        });
    }
    let new = new.map(|roots| KeptWalk {
        named: kept.named.clone(),
        roots,
    });
    Ok(new.filter(|new| new != kept))
}

/// What was found in the directories of a root.
#[derive(Default)]
struct Looked {
    /// Their states before they were read.
    states: FxHashMap<String, Stamp>,
    /// Files that are still there.
    stay: Vec<Entry>,
    /// Directories that are gone, with all below them.
    gone: FxHashSet<String>,
    /// What was not listed: to be walked.
    asked: Vec<String>,
}

impl Looked {
    fn at(kept: &KeptRoot, others: &[usize]) -> Option<Self> {
        let mut looked = Self::default();
        if others.is_empty() {
            return Some(looked);
        }
        if others.len() > MANY {
            return None;
        }
        let changed: FxHashSet<usize> = others.iter().copied().collect();
        let paths: FxHashSet<&str> = others
            .iter()
            .filter_map(|at| kept.directories.get(*at))
            .map(|(path, _)| path.as_str())
            .collect();
        let mut names: FxHashMap<&str, Names<'_>> = FxHashMap::default();
        for (name, directory) in kept.files() {
            if changed.contains(&directory) {
                let path = kept.directories.get(directory)?.0.as_str();
                names.entry(path).or_default().files.insert(name);
            }
        }
        for (path, _) in &kept.directories {
            let (above, name) = split(path);
            if !path.is_empty() && paths.contains(above) {
                names.entry(above).or_default().directories.insert(name);
            }
        }
        let elsewhere: FxHashSet<&str> = kept
            .nested_checkouts
            .iter()
            .chain(kept.unreadable.iter().map(|(path, _)| path))
            .map(String::as_str)
            .collect();
        let links: FxHashSet<&str> = kept.links.iter().map(String::as_str).collect();
        for path in paths.iter().copied() {
            let Some(directory) = open_directory(&kept.root, path) else {
                // Gone: the directory it was in tells so too.
                let above = std::iter::successors(Some(path), |path| {
                    (!path.is_empty()).then(|| split(path).0)
                });
                if above.skip(1).any(|above| paths.contains(above)) {
                    continue;
                }
                return None;
            };
            looked.states.insert(path.to_owned(), directory.now);
            let known = names.remove(path).unwrap_or_default();
            looked.compare(kept, path, &directory, &known, &elsewhere, &links)?;
            if looked.asked.len() > MANY {
                return None;
            }
        }
        Some(looked)
    }

    /// What a directory holds beside what it held.
    fn compare(
        &mut self,
        kept: &KeptRoot,
        path: &str,
        directory: &Directory,
        known: &Names<'_>,
        elsewhere: &FxHashSet<&str>,
        links: &FxHashSet<&str>,
    ) -> Option<()> {
        let present = names_in(&Path::new(&kept.root).join(path))?;
        let is_link = |name: &str, kind: FileType| {
            kind.is_symlink() && links.contains(joined(path, name).as_str())
        };
        for name in &known.files {
            let kind = present.get(*name);
            if kind.is_some_and(|kind| kind.is_file() || is_link(name, *kind)) {
                self.stay.push(Entry {
                    path: joined(path, name),
                    stamp: directory.stamp(name)?,
                    alias: false,
                });
            } else if kind.is_some() {
                self.asked.push(joined(path, name));
            }
        }
        for name in &known.directories {
            let kind = present.get(*name);
            if kind.is_some_and(|kind| kind.is_dir() || is_link(name, *kind)) {
                continue;
            }
            self.gone.insert(joined(path, name));
            if kind.is_some() {
                self.asked.push(joined(path, name));
            }
        }
        for (name, kind) in &present {
            let whole = joined(path, name);
            let is_known = known.files.contains(name.as_str())
                || known.directories.contains(name.as_str())
                || elsewhere.contains(whole.as_str())
                || name == ".git"
                || kind.is_dir() && is_unseen(name.as_ref());
            if !is_known {
                self.asked.push(whole);
            }
        }
        Some(())
    }

    /// Joins what has come to what has stayed.
    fn join(
        self,
        kept: &KeptRoot,
        named: &[String],
        come: Walked,
        walked: &mut Walked,
        began: Began,
    ) -> Result<Option<KeptRoot>, WalkAll> {
        if self.states.is_empty() {
            return Ok(Some(kept.clone()));
        }
        let mut part = Part::default();
        for path in &self.asked {
            part.ask(path);
        }
        let is_odd = |path: &str| path.contains('\u{fffd}');
        let listing = come.listing;
        let mut unlisted = listing.nested_checkouts.iter();
        let mut below = listing.nested_repositories.iter().chain(&come.links);
        let mut troubles = listing.unreadable.iter();
        if unlisted.any(|path| part.asks(path))
            || below.any(|path| part.asks(path))
            || troubles.any(|trouble| part.asks(&trouble.path))
            || come.passed.iter().any(|path| part.asks(path))
            || listing.files.iter().any(|entry| is_odd(&entry.path))
        {
            return Err(WalkAll);
        }
        let is_gone = |path: &str| {
            !self.gone.is_empty()
                && std::iter::successors(Some(path), |path| {
                    (!path.is_empty()).then(|| split(path).0)
                })
                .any(|path| self.gone.contains(path))
        };
        let files = &mut walked.listing.files;
        files.retain(|entry| !is_gone(&entry.path));
        files.extend(self.stay.into_iter().filter(|entry| !is_gone(&entry.path)));
        files.extend(listing.files);
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        files.dedup_by(|one, other| one.path == other.path);
        if files.is_empty() {
            return Err(WalkAll);
        }

        let mut directories: Vec<(String, Stamp)> = Vec::with_capacity(kept.directories.len());
        let mut looked_at: Vec<(&str, Stamp)> = Vec::new();
        let was = |path: &str| {
            let found = kept
                .directories
                .binary_search_by(|(known, _)| known.as_str().cmp(path));
            found.is_ok()
        };
        for (path, stamp) in &kept.directories {
            if is_gone(path) {
                continue;
            }
            match self.states.get(path) {
                Some(now) => looked_at.push((path, *now)),
                None => directories.push((path.clone(), *stamp)),
            }
        }
        let new = come.directories.iter();
        let new: Vec<(&str, Stamp)> = new
            .filter(|(path, _)| part.asks(path) && (!was(path) || is_gone(path)))
            .map(|(path, stamp)| (path.as_str(), *stamp))
            .collect();
        let mut near: Vec<String> = kept.near.clone();
        near.retain(|path| !is_gone(path));
        near.extend(come.near.iter().filter(|path| part.asks(path)).cloned());
        let near = sorted(near);
        let root = Path::new(&kept.root);
        if sought(root, &near, named) != kept.sought {
            return Err(WalkAll);
        }
        let known: FxHashSet<&str> = kept.signs.iter().map(|(path, _)| path.as_str()).collect();
        let Some(old) = of_directories(root, &looked_at) else {
            // It is being changed while we look: what is listed may be kept next time.
            return Ok(None);
        };
        // Other rules, or another repository.
        if old.iter().any(|(path, _)| !known.contains(path.as_str())) {
            return Err(WalkAll);
        }
        let Some(more) = of_directories(root, &new).filter(|more| !any_fresh(more, began)) else {
            return Ok(None);
        };
        for (path, stamp) in looked_at.into_iter().chain(new) {
            let Some(stamp) = began.believed(stamp) else {
                return Ok(None);
            };
            directories.push((path.to_owned(), stamp));
        }
        directories.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let Some((names, files)) = names_of(&walked.listing.files, &directories) else {
            return Ok(None);
        };
        let mut signs = kept.signs.clone();
        signs.extend(more);
        Ok(Some(KeptRoot {
            directories,
            names,
            files,
            near,
            signs,
            ..kept.clone()
        }))
    }
}

/// What a directory held.
#[derive(Default)]
struct Names<'k> {
    files: FxHashSet<&'k str>,
    directories: FxHashSet<&'k str>,
}

/// What a directory holds; `None` where a name is not Unicode.
fn names_in(directory: &Path) -> Option<FxHashMap<String, FileType>> {
    let entries = std::fs::read_dir(directory).ok()?;
    entries
        .map(|entry| {
            let entry = entry.ok()?;
            Some((
                entry.file_name().into_string().ok()?,
                entry.file_type().ok()?,
            ))
        })
        .collect()
}
