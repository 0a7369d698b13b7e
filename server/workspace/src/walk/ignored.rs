//! Would ignore rules hide a path that may not exist?
//!
//! Git never sees such a path, so that it was never in git says nothing about whether it ever was.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;

use crate::cache::Looked;

/// The ignore rules of a root, each file read once.
pub(crate) struct IgnoreRules {
    root: Option<PathBuf>,
    /// The top of the working tree.
    top: PathBuf,
    /// By file.
    rules: RefCell<FxHashMap<PathBuf, Rc<Gitignore>>>,
    looked: Arc<Looked>,
}

impl IgnoreRules {
    /// Of a root; what is read is noted.
    pub(crate) fn new(root: &Path, looked: &Arc<Looked>) -> Self {
        let root = root.canonicalize().ok();
        let top = root.as_ref().map(|root| {
            let top = root.ancestors().find(|dir| dir.join(".git").exists());
            top.unwrap_or(root).to_owned()
        });
        Self {
            root,
            top: top.unwrap_or_default(),
            rules: RefCell::default(),
            looked: Arc::clone(looked),
        }
    }

    /// Does `.gitignore`, at any level, or `.git/info/exclude` hide this path? It need not exist; a `/` at its end makes
    /// it a directory.
    pub(crate) fn hides(&self, path: &str) -> bool {
        let Some(root) = &self.root else {
            return false;
        };
        let (path, is_dir) = match path.strip_suffix('/') {
            Some(path) => (path, true),
            None => (path, false),
        };
        let whole = root.join(path);
        let Ok(inside) = whole.strip_prefix(&self.top) else {
            return false;
        };
        let mut rules = vec![self.of(&self.top, self.top.join(".git/info/exclude"))];
        let mut at = self.top.clone();
        let mut parts = inside.components().peekable();
        while let Some(part) = parts.next() {
            rules.push(self.of(&at, at.join(".gitignore")));
            at.push(part);
            // What lies in an ignored directory cannot be taken back.
            if decides(&rules, &at, is_dir || parts.peek().is_some()) {
                return true;
            }
        }
        false
    }

    fn of(&self, directory: &Path, file: PathBuf) -> Rc<Gitignore> {
        let mut known = self.rules.borrow_mut();
        if let Some(rules) = known.get(&file) {
            return Rc::clone(rules);
        }
        self.looked.file(&file);
        let rules = Rc::new(rules_of(directory, &file));
        known.insert(file, Rc::clone(&rules));
        rules
    }
}

/// Does an ignore rule hide this path below `root`? It need not exist; a `/` at its end makes it a directory.
#[must_use]
pub fn is_ignored(root: &Path, path: &str) -> bool {
    IgnoreRules::new(root, &Arc::default()).hides(path)
}

fn rules_of(directory: &Path, file: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(directory);
    // A bad pattern loses itself only; a missing file has none, nor has a pipe.
    if file.is_file() {
        let _ = builder.add(file);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The nearest rules that say something count.
fn decides(rules: &[Rc<Gitignore>], path: &Path, is_dir: bool) -> bool {
    rules
        .iter()
        .rev()
        .map(|rules| rules.matched(path, is_dir))
        .find(|found| !found.is_none())
        .is_some_and(|found| matches!(found, Match::Ignore(_)))
}
