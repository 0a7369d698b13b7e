//! What files the workspace roots hold.
//!
//! Ignore rules count (`.gitignore`, `.ignore`, `.git/info/exclude`; not the user's global file, so that an editor and
//! CI see the same). Spec roots are taken by name, hidden or ignored or not. Other hidden directories are left out,
//! but for `.github`; hidden files are not.
//!
//! A nested directory whose `.git` is a file is another checkout (a worktree of an agent, a submodule) and left out.
//! A nested directory with a `.git` *directory* stays: a folder of clones side by side is a common way to open
//! several services at once. It is listed, because its history is not that of the root's repository.

mod ignored;
#[cfg(target_os = "linux")]
mod kept;
mod part;
mod probe;
#[cfg(not(target_os = "linux"))]
mod unkept;
mod visit;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use trace::LOCK_FILE;

use crate::cache::Stamp;
use crate::slashed;
pub(crate) use ignored::IgnoreRules;
pub use ignored::is_ignored;
#[cfg(target_os = "linux")]
pub(crate) use kept::{KeptWalk, list_again};
use part::Part;
pub use probe::{Probe, probe};
#[cfg(not(target_os = "linux"))]
pub(crate) use unkept::{KeptWalk, list_again};
use visit::{Found, Walker};
pub(crate) use visit::{Rules, hides, is_unseen};

/// Directories that make the one around them a project, at any place.
const SPEC_DIRECTORIES: [&str; 3] = [".specify", ".kiro", "openspec"];
/// How deep below a root an ignored spec directory is looked for. Those that are not ignored are found anywhere.
const PROJECT_DEPTH: usize = 3;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Its length and when it was changed last.
    pub stamp: Stamp,
    /// Reached through a symbolic link, while the same file is listed under its own path too.
    pub alias: bool,
}

/// Something that is there and not in the listing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unlisted {
    /// Relative to the root, with `/`.
    pub path: String,
    /// In plain words.
    pub why: String,
}

/// The files of one root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The root as it was given.
    pub root: PathBuf,
    /// Sorted by path, each once.
    pub files: Vec<Entry>,
    /// Spec directories that ignore rules would have hidden; they are in `files` all the same. Sorted.
    pub ignored_spec_dirs: Vec<String>,
    /// What could not be looked at, and links that lead out of the workspace. Sorted.
    pub unreadable: Vec<Unlisted>,
    /// Other checkouts below the root, left out. Sorted.
    pub nested_checkouts: Vec<String>,
    /// Other repositories below the root, kept. Sorted.
    pub nested_repositories: Vec<String>,
    /// Names that are not Unicode; they are in `files` with replacement characters and cannot be opened by that path.
    pub odd_names: usize,
    /// Which ignore rules counted.
    pub(crate) rules: Rules,
}

impl Listing {
    /// The entry of a path, if it is listed.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        let at = self
            .files
            .binary_search_by(|entry| entry.path.as_str().cmp(path))
            .ok()?;
        self.files.get(at)
    }
}

/// Lists each root. A root inside another root is listed on its own only. `named` are directories of each root that are
/// listed by name, hidden or ignored or not.
#[must_use]
pub fn walk(roots: &[PathBuf], named: &[Vec<String>]) -> Vec<Listing> {
    let walked = list_all(roots, named, |_| Some(None));
    walked.into_iter().map(|walked| walked.listing).collect()
}

/// What a walk of one root gives, with what it rests on.
#[derive(Default)]
struct Walked {
    listing: Listing,
    /// What was entered, with its state then.
    directories: FxHashMap<String, Stamp>,
    /// Symbolic links that were followed.
    links: FxHashSet<String>,
    /// Symbolic links that were not.
    passed: Vec<String>,
    /// Directories that ignore rules let through, so far up that they are looked into for spec directories. Sorted.
    near: Vec<String>,
    /// What was found by name, there and by the settings.
    sought: Vec<String>,
}

/// What [`walk`] says of some paths of each root, and of all below them. `rules` are those that counted for the whole.
#[must_use]
pub(crate) fn walk_at(
    roots: &[PathBuf],
    named: &[Vec<String>],
    rules: &[Rules],
    asked: &[Vec<String>],
) -> Vec<Listing> {
    let walked = walk_parts(roots, named, rules, asked);
    walked.into_iter().map(|walked| walked.listing).collect()
}

/// The same with what it rests on, which may be of more than what was asked for.
fn walk_parts(
    roots: &[PathBuf],
    named: &[Vec<String>],
    rules: &[Rules],
    asked: &[Vec<String>],
) -> Vec<Walked> {
    let canonical = canonical(roots);
    let mut parts: Vec<Part> = roots.iter().map(|_| Part::default()).collect();
    for (part, asked) in parts.iter_mut().zip(asked) {
        for path in asked {
            part.ask(path);
        }
    }
    // What a link leads to is looked at too: a file that is listed under its own path is not listed again.
    let mut whole = parts.clone();
    let follow = |whole: &mut Vec<Part>, at: usize, path: &str| {
        let real = own_path(at, path, &canonical);
        real.is_some_and(|(home, own)| (home != at || own != path) && whole[home].ask(&own))
    };
    for (at, asked) in asked.iter().enumerate().take(roots.len()) {
        for path in asked {
            follow(&mut whole, at, path);
        }
    }
    let look = |whole: &[Part]| {
        let whole: Vec<Arc<Part>> = whole.iter().cloned().map(Arc::new).collect();
        list_all(roots, named, |at| {
            let part = whole.get(at).filter(|part| !part.is_empty())?;
            let rules = rules.get(at).copied().unwrap_or_default();
            Some(Some((Arc::clone(part), rules)))
        })
    };
    let mut walked = look(&whole);
    let mut grown = false;
    for (at, walked) in walked.iter().enumerate() {
        for link in walked.links.iter().filter(|link| parts[at].asks(link)) {
            grown |= follow(&mut whole, at, link);
        }
    }
    if grown {
        walked = look(&whole);
    }
    for (walked, part) in walked.iter_mut().zip(&parts) {
        walked.listing.files.retain(|entry| part.asks(&entry.path));
    }
    walked
}

/// A part of a root and the ignore rules that count there; `None` is all of it.
type Within = Option<(Arc<Part>, Rules)>;

/// Lists each root `within` what is said, and not at all where nothing is.
fn list_all(
    roots: &[PathBuf],
    named: &[Vec<String>],
    within: impl Fn(usize) -> Option<Within>,
) -> Vec<Walked> {
    let canonical = canonical(roots);
    let mut walked: Vec<Walked> = roots
        .iter()
        .enumerate()
        .map(|(at, root)| match within(at) {
            Some(within) => {
                let named: &[String] = named.get(at).map_or(&[], Vec::as_slice);
                list(root, &canonical, named, within)
            }
            None => Walked::default(),
        })
        .collect();
    for at in 0..walked.len() {
        for alias in aliases(at, &walked, &canonical) {
            walked[at].listing.files[alias].alias = true;
        }
    }
    walked
}

fn canonical(roots: &[PathBuf]) -> Arc<[PathBuf]> {
    let roots = roots.iter();
    roots
        .map(|root| root.canonicalize().unwrap_or_else(|_| root.clone()))
        .collect()
}

/// The listing of one root, without aliases.
fn list(root: &Path, roots: &Arc<[PathBuf]>, named: &[String], within: Within) -> Walked {
    if !root.is_dir() {
        let gone = Unlisted {
            path: String::new(),
            why: "there is no such directory".to_owned(),
        };
        let listing = Listing {
            root: root.to_owned(),
            unreadable: vec![gone],
            ..Listing::default()
        };
        return Walked {
            listing,
            ..Walked::default()
        };
    }
    let mut found = Found::default();
    let (part, rules) = within.unzip();
    let walker = Walker::new(root, roots, part.clone());
    let rules = match rules {
        Some(rules) => {
            walker.run(root, rules, &mut found);
            rules
        }
        None => walk_whole(&walker, root, &mut found),
    };

    let mut ignored_spec_dirs = Vec::new();
    let mut again = Found::default();
    let near = near(found.directories.keys());
    let mut directories = sought(root, &near, named);
    let sought = directories.clone();
    let holds = |path: &str| part.as_ref().is_none_or(|part| part.holds(path));
    for lock in ignored_locks(root, &directories, &found.files) {
        if holds(&lock) {
            walker.run(&root.join(lock), Rules::Skip, &mut again);
        }
    }
    directories.retain(|directory| holds(directory));
    for directory in directories {
        let whole = root.join(&directory);
        if !walker.leads_inside(&whole) {
            continue;
        }
        if !found.directories.contains_key(&directory) {
            ignored_spec_dirs.push(directory);
        }
        walker.run(&whole, Rules::Skip, &mut again);
    }
    found.files.append(&mut again.files);
    found.unreadable.append(&mut again.unreadable);
    found.directories.extend(again.directories);

    found
        .files
        .sort_unstable_by(|one, other| one.path.cmp(&other.path));
    found.files.dedup_by(|one, other| one.path == other.path);
    let seen = walker.into_seen();
    found.unreadable.extend(seen.left_out);
    let listing = Listing {
        root: root.to_owned(),
        odd_names: found
            .files
            .iter()
            .filter(|entry| is_odd(&entry.path))
            .count(),
        files: found.files,
        ignored_spec_dirs: sorted(ignored_spec_dirs),
        unreadable: sorted(found.unreadable),
        nested_checkouts: sorted(seen.checkouts),
        nested_repositories: sorted(seen.repositories),
        rules,
    };
    Walked {
        listing,
        directories: found.directories,
        links: seen.links,
        passed: seen.passed,
        near,
        sought,
    }
}

/// Directories that may be projects whose spec directories are ignored.
fn near<'w>(walked: impl Iterator<Item = &'w String>) -> Vec<String> {
    let near = walked.filter(|directory| {
        !directory.is_empty() && directory.matches('/').count() < PROJECT_DEPTH
    });
    sorted(near.cloned().collect())
}

/// Directories that are listed by name: what is a spec directory, and what the settings name.
fn sought(root: &Path, near: &[String], named: &[String]) -> Vec<String> {
    let named = named.iter().filter(|name| root.join(name).is_dir());
    let mut directories = spec_directories(root, near);
    directories.extend(named.cloned());
    directories
}

/// The ignore rules that count in a root, unless they hide all of it.
pub(crate) fn usual_rules(root: &Path) -> Rules {
    let in_git = root
        .canonicalize()
        .is_ok_and(|root| root.ancestors().any(|dir| dir.join(".git").exists()));
    Rules::Follow { parents: in_git }
}

/// Walks all of a root, and says which ignore rules counted.
fn walk_whole(walker: &Walker, root: &Path, found: &mut Found) -> Rules {
    let rules = usual_rules(root);
    walker.run(root, rules, found);
    if !found.files.is_empty() {
        return rules;
    }
    // A repository far above (dotfiles in the home directory) ignores all of the root. Its owner opened it, so only its
    // own rules count. Unpacked without its repository, and a packager's `/*` hides all: such rules keep nothing out of
    // anything.
    let other = match rules {
        Rules::Follow { parents: true } => Rules::Follow { parents: false },
        _ => Rules::Skip,
    };
    *found = Found::default();
    walker.run(root, other, found);
    if found.files.is_empty() { rules } else { other }
}

/// Locks beside spec directories that a rule like `*.lock` hides: what was accepted counts all the same.
fn ignored_locks(root: &Path, directories: &[String], files: &[Entry]) -> Vec<String> {
    let listed: FxHashSet<&str> = files.iter().map(|entry| entry.path.as_str()).collect();
    let locks = directories
        .iter()
        .map(|directory| match directory.rsplit_once('/') {
            Some((project, _)) => format!("{project}/{LOCK_FILE}"),
            None => LOCK_FILE.to_owned(),
        });
    let hidden = locks.filter(|lock| !listed.contains(lock.as_str()) && root.join(lock).is_file());
    sorted(hidden.collect())
}

/// Which files of a listing are listed under their own path too, here or in another root.
fn aliases(at: usize, walked: &[Walked], roots: &[PathBuf]) -> Vec<usize> {
    let links = &walked[at].links;
    if links.is_empty() {
        return Vec::new();
    }
    let is_linked = |path: &str| {
        std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(dir, _)| dir))
            .any(|path| links.contains(path))
    };
    let is_listed = |path: &str| {
        let (home, own) = own_path(at, path, roots)?;
        Some((home != at || own != path) && walked[home].listing.get(&own).is_some())
    };
    let files = walked[at].listing.files.iter().enumerate();
    files
        .filter(|(_, entry)| is_linked(&entry.path) && is_listed(&entry.path) == Some(true))
        .map(|(number, _)| number)
        .collect()
}

/// Where a file really is: its root, and its path from there.
fn own_path(at: usize, path: &str, roots: &[PathBuf]) -> Option<(usize, String)> {
    let real = roots[at].join(path).canonicalize().ok()?;
    let home = (0..roots.len())
        .filter(|&root| real.starts_with(&roots[root]))
        .max_by_key(|&root| roots[root].as_os_str().len())?;
    let own = slashed(real.strip_prefix(&roots[home]).ok()?);
    Some((home, own))
}

/// The replacement character stands for what is not Unicode.
fn is_odd(path: &str) -> bool {
    path.contains('\u{fffd}')
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort_unstable();
    items.dedup();
    items
}

/// Spec directories below `root`, ignored or not. `specs` needs a sign that it is one: `.specify` beside it, or
/// features in it at the top of a root.
fn spec_directories(root: &Path, near: &[String]) -> Vec<String> {
    let mut directories = Vec::new();
    for project in std::iter::once("").chain(near.iter().map(String::as_str)) {
        let below = |name: &str| match project {
            "" => name.to_owned(),
            project => format!("{project}/{name}"),
        };
        let is_dir = |name: &str| root.join(below(name)).is_dir();
        let own = SPEC_DIRECTORIES.into_iter();
        let own = own.filter(|name| is_spec_directory(&root.join(project), name));
        directories.extend(own.map(below));
        if is_dir("specs")
            && (is_dir(".specify") || (project.is_empty() && holds_features(&root.join("specs"))))
        {
            directories.push(below("specs"));
        }
    }
    directories
}

/// Does a directory hold a spec directory, so that it is a project?
pub(crate) fn is_project(directory: &Path) -> bool {
    let mut names = SPEC_DIRECTORIES.into_iter();
    names.any(|name| is_spec_directory(directory, name))
}

/// Does a project have the spec directory of this name? `openspec` alone may be anything.
fn is_spec_directory(project: &Path, name: &str) -> bool {
    let directory = project.join(name);
    match name {
        "openspec" => directory.join("specs").is_dir() || directory.join("changes").is_dir(),
        _ => directory.is_dir(),
    }
}

/// Does a directory hold Spec Kit features: numbered or dated directories with one of its documents?
fn holds_features(specs: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(specs) else {
        return false;
    };
    entries.flatten().any(|entry| {
        entry.file_name().to_str().is_some_and(is_feature_name)
            && ["spec.md", "plan.md", "tasks.md"]
                .iter()
                .any(|document| entry.path().join(document).is_file())
    })
}

/// `001-name` with three digits or more, or `20260131-120000-name`.
fn is_feature_name(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    digits >= 3 && name.as_bytes().get(digits) == Some(&b'-')
}

#[cfg(test)]
mod tests {
    use super::is_feature_name;

    #[test]
    fn features_have_numbers_or_dates() {
        for name in ["001-login", "1234-x", "20260131-120000-x"] {
            assert!(is_feature_name(name), "{name}");
        }
        for name in ["login", "01-login", "001", "v001-login"] {
            assert!(!is_feature_name(name), "{name}");
        }
    }
}
