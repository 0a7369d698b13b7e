//! Symbolic links on the way to a file. The walk reads what a link leads to once, under its own name; whoever speaks of
//! the file at the link's own path has to know that something is there.

use std::path::{Path, PathBuf};

/// What is said of a link that leads out of all roots.
pub(crate) const OUTSIDE: &str = "symbolic link to a place outside the workspace";

/// How many directories deep links are looked for.
const DEEPEST: usize = 16;

/// The first directory or file on the way from a folder to a path below it that is a symbolic link: its path from the
/// folder.
#[must_use]
pub fn link_on(folder: &Path, path: &str) -> Option<String> {
    let ends = path.match_indices('/').map(|(at, _)| at);
    ends.chain([path.len()])
        .map(|end| &path[..end])
        .find(|part| folder.join(part).is_symlink())
        .map(str::to_owned)
}

/// Whether links on the way to what is at a path lead out of all roots. What is not there leads nowhere.
pub(crate) fn leads_out(roots: &[PathBuf], path: &Path) -> bool {
    path.canonicalize().is_ok_and(|real| {
        let mut roots = roots.iter().filter_map(|root| root.canonicalize().ok());
        !roots.any(|root| real.starts_with(root))
    })
}

/// Some symbolic link in a directory of a folder, or below: its path from the folder.
#[must_use]
pub fn link_below(folder: &Path, directory: &str) -> Option<String> {
    let found = below(&folder.join(directory), 0)?;
    Some(crate::slashed(found.strip_prefix(folder).ok()?))
}

fn below(directory: &Path, depth: usize) -> Option<PathBuf> {
    let entries = std::fs::read_dir(directory).ok()?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().find_map(|path| {
        if path.is_symlink() {
            Some(path)
        } else if path.is_dir() && depth < DEEPEST {
            below(&path, depth + 1)
        } else {
            None
        }
    })
}
