//! Would ignore rules hide a path that may not exist?
//!
//! Git never sees such a path, so that it was never in git says nothing about whether it ever was.

use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Does `.gitignore`, at any level, or `.git/info/exclude` hide this path below `root`? It need not exist; a `/` at
/// its end makes it a directory.
#[must_use]
pub fn is_ignored(root: &Path, path: &str) -> bool {
    let Ok(root) = root.canonicalize() else {
        return false;
    };
    let top = root
        .ancestors()
        .find(|dir| dir.join(".git").exists())
        .unwrap_or(&root)
        .to_owned();
    let (path, is_dir) = match path.strip_suffix('/') {
        Some(path) => (path, true),
        None => (path, false),
    };
    let whole = root.join(path);
    let Ok(inside) = whole.strip_prefix(&top) else {
        return false;
    };
    let mut rules = vec![rules_of(&top, &top.join(".git/info/exclude"))];
    let mut at = top.clone();
    let mut parts = inside.components().peekable();
    while let Some(part) = parts.next() {
        rules.push(rules_of(&at, &at.join(".gitignore")));
        at = PathBuf::from(&at).join(part);
        // What lies in an ignored directory cannot be taken back.
        if decides(&rules, &at, is_dir || parts.peek().is_some()) {
            return true;
        }
    }
    false
}

fn rules_of(directory: &Path, file: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(directory);
    // A bad pattern loses itself only; a missing file has none.
    let _ = builder.add(file);
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The nearest rules that say something count.
fn decides(rules: &[Gitignore], path: &Path, is_dir: bool) -> bool {
    rules
        .iter()
        .rev()
        .map(|rules| rules.matched(path, is_dir))
        .find(|found| !found.is_none())
        .is_some_and(|found| matches!(found, Match::Ignore(_)))
}
