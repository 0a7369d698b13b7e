//! What files the workspace roots hold.
//!
//! Ignore rules count (`.gitignore`, `.ignore`, `.git/info/exclude`; not the user's global file, so that an editor and
//! CI see the same). Spec roots are taken by name, hidden or ignored or not. Other hidden directories are left out,
//! but for `.github`; hidden files are not.
//!
//! A nested directory whose `.git` is a file is another checkout (a worktree of an agent, a submodule) and left out.
//! A nested directory with a `.git` *directory* stays: a folder of clones side by side is a common way to open
//! several services at once. It is listed, because its history is not that of the root's repository.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder, WalkState};
use rustc_hash::FxHashSet;

use crate::read::{is_absence, plain};

/// Directories that make the one around them a project, at any place.
const SPEC_DIRECTORIES: [&str; 3] = [".specify", ".kiro", "openspec"];
/// Hidden directories that are walked.
const SEEN_THOUGH_HIDDEN: [&str; 3] = [".specify", ".kiro", ".github"];
/// How deep below a root an ignored spec directory is looked for. Those that are not ignored are found anywhere.
const PROJECT_DEPTH: usize = 3;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Length in bytes.
    pub size: u64,
    /// Last change, in nanoseconds since 1970; 0 where the system does not say.
    pub mtime: u64,
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

/// What is at a path, listed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// A file.
    File,
    /// A directory.
    Directory,
    /// Nothing.
    Missing,
    /// It is absolute, or leads out of the workspace; we do not look there.
    Outside,
    /// The system does not let us see.
    Unknown,
}

/// Lists each root. A root inside another root is listed on its own only.
#[must_use]
pub fn walk(roots: &[PathBuf]) -> Vec<Listing> {
    let canonical: Arc<[PathBuf]> = roots
        .iter()
        .map(|root| root.canonicalize().unwrap_or_else(|_| root.clone()))
        .collect();
    roots.iter().map(|root| list(root, &canonical)).collect()
}

/// Looks at one path without walking: ignored and hidden files are not in a [`Listing`], but they are there.
#[must_use]
pub fn probe(roots: &[PathBuf], root: &Path, path: &str) -> Probe {
    let relative = Path::new(path);
    if relative.is_absolute() || path.starts_with(['/', '\\']) {
        return Probe::Outside;
    }
    let inside = |path: &Path| {
        roots
            .iter()
            .any(|root| root.canonicalize().is_ok_and(|root| path.starts_with(root)))
    };
    let Ok(base) = root.canonicalize() else {
        return Probe::Unknown;
    };
    // `..` is resolved by name first: what is not there cannot be resolved by the system.
    let mut whole = base;
    for part in relative.components() {
        match part {
            std::path::Component::ParentDir => {
                whole.pop();
            }
            std::path::Component::Normal(name) => whole.push(name),
            _ => {}
        }
    }
    if !inside(&whole) {
        return Probe::Outside;
    }
    match whole.canonicalize() {
        Ok(real) if !inside(&real) => Probe::Outside,
        Ok(real) if real.is_dir() => Probe::Directory,
        Ok(_) => Probe::File,
        Err(error) if is_absence(&error) => Probe::Missing,
        Err(_) => Probe::Unknown,
    }
}

fn list(root: &Path, roots: &Arc<[PathBuf]>) -> Listing {
    let in_git = root
        .canonicalize()
        .is_ok_and(|root| root.ancestors().any(|dir| dir.join(".git").exists()));
    let mut found = Found::default();
    let walker = Walker::new(root, roots);
    walker.run(root, Rules::Follow { parents: in_git }, &mut found);
    if found.files.is_empty() && in_git {
        // A repository far above (dotfiles in the home directory) ignores all of the root. Its owner opened it, so
        // only its own rules count.
        found = Found::default();
        walker.run(root, Rules::Follow { parents: false }, &mut found);
    }

    let mut ignored_spec_dirs = Vec::new();
    let mut again = Found::default();
    for directory in spec_directories(root, &found.directories) {
        let whole = root.join(&directory);
        if !walker.leads_inside(&whole) {
            continue;
        }
        if !found.directories.contains(&directory) {
            ignored_spec_dirs.push(directory);
        }
        walker.run(&whole, Rules::Skip, &mut again);
    }
    found.files.append(&mut again.files);
    found.unreadable.append(&mut again.unreadable);

    found
        .files
        .sort_unstable_by(|one, other| one.path.cmp(&other.path));
    found.files.dedup_by(|one, other| one.path == other.path);
    let seen = walker.into_seen();
    let mut listing = Listing {
        root: root.to_owned(),
        odd_names: found
            .files
            .iter()
            .filter(|entry| is_odd(&entry.path))
            .count(),
        files: found.files,
        ignored_spec_dirs: sorted(ignored_spec_dirs),
        unreadable: sorted(found.unreadable.into_iter().chain(seen.outside).collect()),
        nested_checkouts: sorted(seen.checkouts),
        nested_repositories: sorted(seen.repositories),
    };
    mark_aliases(&mut listing, &seen.links);
    listing
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
fn spec_directories(root: &Path, walked: &FxHashSet<String>) -> Vec<String> {
    let mut directories = Vec::new();
    let near = walked.iter().map(String::as_str).filter(|directory| {
        !directory.is_empty() && directory.matches('/').count() < PROJECT_DEPTH
    });
    for project in std::iter::once("").chain(near) {
        let below = |name: &str| match project {
            "" => name.to_owned(),
            project => format!("{project}/{name}"),
        };
        let is_dir = |name: &str| root.join(below(name)).is_dir();
        for name in SPEC_DIRECTORIES {
            let is_spec = match name {
                "openspec" => is_dir("openspec/specs") || is_dir("openspec/changes"),
                name => is_dir(name),
            };
            if is_spec {
                directories.push(below(name));
            }
        }
        if is_dir("specs")
            && (is_dir(".specify") || (project.is_empty() && holds_features(&root.join("specs"))))
        {
            directories.push(below("specs"));
        }
    }
    directories
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

fn mark_aliases(listing: &mut Listing, links: &FxHashSet<String>) {
    let Some(root) = listing
        .root
        .canonicalize()
        .ok()
        .filter(|_| !links.is_empty())
    else {
        return;
    };
    let is_linked = |path: &str| {
        std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(dir, _)| dir))
            .any(|path| links.contains(path))
    };
    let aliases: Vec<usize> = listing
        .files
        .iter()
        .enumerate()
        .filter(|(_, entry)| is_linked(&entry.path))
        .filter(|(_, entry)| {
            root.join(&entry.path)
                .canonicalize()
                .ok()
                .and_then(|real| Some(slashed(real.strip_prefix(&root).ok()?)))
                .is_some_and(|real| real != entry.path && listing.get(&real).is_some())
        })
        .map(|(at, _)| at)
        .collect();
    for at in aliases {
        listing.files[at].alias = true;
    }
}

/// With `/`; what is not Unicode is replaced.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

#[derive(Clone, Copy)]
enum Rules {
    /// Obey ignore rules, those of directories above the root too if `parents`.
    Follow { parents: bool },
    /// Take everything.
    Skip,
}

#[derive(Default)]
struct Found {
    files: Vec<Entry>,
    directories: FxHashSet<String>,
    unreadable: Vec<Unlisted>,
}

enum Item {
    File(Entry),
    Directory(String),
    Trouble(Unlisted),
}

/// What the filter met; it runs on all threads.
#[derive(Default)]
struct Seen {
    checkouts: Vec<String>,
    repositories: Vec<String>,
    outside: Vec<Unlisted>,
    /// Symbolic links that were followed.
    links: FxHashSet<String>,
}

struct Walker {
    root: PathBuf,
    roots: Arc<[PathBuf]>,
    seen: Arc<Mutex<Seen>>,
}

impl Walker {
    fn new(root: &Path, roots: &Arc<[PathBuf]>) -> Self {
        Self {
            root: root.to_owned(),
            roots: Arc::clone(roots),
            seen: Arc::default(),
        }
    }

    fn into_seen(self) -> Seen {
        std::mem::take(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn leads_inside(&self, path: &Path) -> bool {
        leads_inside(path, &self.roots)
    }

    fn run(&self, from: &Path, rules: Rules, found: &mut Found) {
        let mut builder = WalkBuilder::new(from);
        builder
            .standard_filters(false)
            .hidden(false)
            .follow_links(true);
        if let Rules::Follow { parents } = rules {
            builder
                .ignore(true)
                .git_ignore(true)
                .git_exclude(true)
                .parents(parents)
                // A copy without its repository has the same rules.
                .require_git(false);
        }
        let (root, roots, seen) = (
            self.root.clone(),
            Arc::clone(&self.roots),
            Arc::clone(&self.seen),
        );
        let skips_rules = matches!(rules, Rules::Skip);
        builder.filter_entry(move |entry| {
            entry.depth() == 0
                || !(skips_rules && entry.file_name() == "node_modules")
                    && enters(entry, &root, &roots, &seen)
        });
        let (sender, receiver) = mpsc::channel();
        builder.build_parallel().run(|| {
            let sender = sender.clone();
            let root = &self.root;
            Box::new(move |entry| {
                if let Some(item) = look(entry, root) {
                    // The receiver lives until the walk has ended.
                    let _ = sender.send(item);
                }
                WalkState::Continue
            })
        });
        drop(sender);
        for item in receiver {
            match item {
                Item::File(entry) => found.files.push(entry),
                Item::Directory(path) => {
                    found.directories.insert(path);
                }
                Item::Trouble(unlisted) => found.unreadable.push(unlisted),
            }
        }
    }
}

fn leads_inside(path: &Path, roots: &[PathBuf]) -> bool {
    path.canonicalize()
        .is_ok_and(|real| roots.iter().any(|root| real.starts_with(root)))
}

/// Is an entry that no ignore rule hides part of this root?
fn enters(entry: &DirEntry, root: &Path, roots: &[PathBuf], seen: &Mutex<Seen>) -> bool {
    let name = entry.file_name();
    if name == ".git" {
        return false;
    }
    let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
    let path = entry.path();
    let hidden = name.as_encoded_bytes().first() == Some(&b'.');
    if is_dir && hidden && !SEEN_THOUGH_HIDDEN.iter().any(|seen| name == *seen) {
        return false;
    }
    let shown = || slashed(path.strip_prefix(root).unwrap_or(path));
    let note = |with: &dyn Fn(&mut Seen)| {
        with(&mut seen.lock().unwrap_or_else(PoisonError::into_inner));
    };
    if entry.path_is_symlink() {
        if !leads_inside(path, roots) {
            let why = "symbolic link to a place outside the workspace".to_owned();
            let path = shown();
            note(&|seen| {
                seen.outside.push(Unlisted {
                    path: path.clone(),
                    why: why.clone(),
                });
            });
            return false;
        }
        let path = shown();
        let mut nested = false;
        note(&|seen| {
            seen.links.insert(path.clone());
        });
        if is_dir {
            let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            let above = path.rsplit_once('/').map(|(dir, _)| dir);
            // A link below a linked directory would multiply paths to the same files without end in sight.
            nested = std::iter::successors(above, |dir| dir.rsplit_once('/').map(|(dir, _)| dir))
                .any(|dir| seen.links.contains(dir));
        }
        if nested {
            return false;
        }
    }
    if !is_dir {
        return true;
    }
    if roots.len() > 1 && is_other_root(path, root, roots) {
        return false;
    }
    match std::fs::symlink_metadata(path.join(".git")) {
        Ok(git) if git.is_dir() => {
            note(&|seen| seen.repositories.push(shown()));
            true
        }
        Ok(_) => {
            note(&|seen| seen.checkouts.push(shown()));
            false
        }
        Err(_) => true,
    }
}

/// Only paths whose last name is that of a root are worth asking the system about.
fn is_other_root(path: &Path, root: &Path, roots: &[PathBuf]) -> bool {
    roots
        .iter()
        .any(|other| other.file_name() == path.file_name())
        && path.canonicalize().is_ok_and(|real| {
            roots.contains(&real) && root.canonicalize().is_ok_and(|root| root != real)
        })
}

fn look(entry: Result<DirEntry, ignore::Error>, root: &Path) -> Option<Item> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return trouble(&error, root).map(Item::Trouble),
    };
    let kind = entry.file_type()?;
    let path = || slashed(entry.path().strip_prefix(root).unwrap_or(entry.path()));
    if kind.is_dir() {
        return Some(Item::Directory(path()));
    }
    // Pipes, sockets and devices are nobody's text.
    if !kind.is_file() {
        return None;
    }
    match entry.metadata() {
        Ok(meta) => Some(Item::File(Entry {
            path: path(),
            size: meta.len(),
            mtime: mtime(&meta),
            alias: false,
        })),
        Err(error) => trouble(&error, root).map(Item::Trouble),
    }
}

fn mtime(meta: &Metadata) -> u64 {
    meta.modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| u64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}

/// `None` for what is no trouble: a link back to a directory we are in, a file that went away meanwhile.
fn trouble(error: &ignore::Error, root: &Path) -> Option<Unlisted> {
    let (path, error) = innermost(error, None);
    let path = path?;
    let why = match error {
        ignore::Error::Loop { .. } => return None,
        ignore::Error::Io(error) if is_absence(error) => {
            if path.symlink_metadata().is_err() {
                return None;
            }
            "symbolic link to nothing".to_owned()
        }
        ignore::Error::Io(error) => plain(error),
        other => other.to_string(),
    };
    Some(Unlisted {
        path: slashed(path.strip_prefix(root).unwrap_or(path)),
        why,
    })
}

fn innermost<'e>(
    error: &'e ignore::Error,
    path: Option<&'e Path>,
) -> (Option<&'e Path>, &'e ignore::Error) {
    match error {
        ignore::Error::WithPath { path, err } => innermost(err, Some(path)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            innermost(err, path)
        }
        ignore::Error::Loop { child, .. } => (Some(child), error),
        other => (path, other),
    }
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
