//! What lenses and hints count changes with edits elsewhere: says when the client holds such that are not true any more.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::engine::Snapshot;
use super::server::World;

/// What the client was shown.
#[derive(Debug)]
pub struct Shown<S> {
    versions: HashMap<PathBuf, i32>,
    last: Option<Arc<S>>,
}

impl<S> Default for Shown<S> {
    fn default() -> Self {
        Self {
            versions: HashMap::new(),
            last: None,
        }
    }
}

impl<S: Snapshot> Shown<S> {
    /// Whether an open document counts otherwise than in the world before because of something else than its own edit:
    /// for that one the client asks by itself.
    pub fn is_stale(&mut self, world: &World<S>) -> bool {
        let open = world.open.iter();
        let now = open
            .map(|(path, document)| (path.clone(), document.version))
            .collect();
        let before = std::mem::replace(&mut self.versions, now);
        let Some(last) = self.last.replace(Arc::clone(&world.snapshot)) else {
            return false;
        };
        let edited = |path: &PathBuf| before.get(path) != self.versions.get(path);
        // A closed one counts as edited too: the disk may say something else.
        let all = before.keys().chain(self.versions.keys());
        let edited: HashSet<&PathBuf> = all.filter(|path| edited(path)).collect();
        let mut open = self.versions.keys();
        open.any(|path| {
            let by_itself = edited.len() == 1 && edited.contains(path);
            !by_itself && !world.snapshot.counts_the_same(&last, path)
        })
    }
}
