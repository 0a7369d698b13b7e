//! Which release has the implementation of an item. Tags are read when the first question comes, and answers are kept
//! for the next run with those of history.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use trace::{Graph, Implementation, ItemRef, Released, RootId};

use crate::cache::Cache;
use crate::git::{Budget, GitMemory, Recalled, Repository, Tags};
use crate::read::content_hash;

/// Longest time spent on the tags of all roots.
const MAX_TIME: Duration = Duration::from_secs(20);

/// Answers about releases, for one moment of a workspace.
pub struct Releases {
    roots: Arc<[PathBuf]>,
    cache: Option<Arc<Cache>>,
    until: RefCell<Option<Instant>>,
    known: RefCell<FxHashMap<RootId, Result<Rc<Known>, String>>>,
}

/// The tags of one root, and what was answered about them before.
struct Known {
    tags: Tags,
    state: u128,
    memory: Recalled,
}

impl Releases {
    pub(crate) fn new(roots: Arc<[PathBuf]>, cache: Option<Arc<Cache>>) -> Self {
        Self {
            roots,
            cache,
            until: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// The first release that has the implementation of an item as it is now.
    #[must_use]
    pub fn first(&self, graph: &Graph, item: ItemRef) -> Released {
        match graph.implementation(item) {
            Some(implementation) => self.of(&implementation),
            None => Released::Unknown("its code is in another repository".to_owned()),
        }
    }

    /// Why nobody can tell what is released of an item's repository; `None`: it has tags that name versions.
    #[must_use]
    pub fn untold(&self, graph: &Graph, item: ItemRef) -> Option<String> {
        let (root, _) = graph.inputs().tree.path(item.file)?;
        self.known(root).err()
    }

    fn known(&self, root: RootId) -> Result<Rc<Known>, String> {
        let known = self.known.borrow().get(&root).cloned();
        known.unwrap_or_else(|| {
            let read = self.read(root).map(Rc::new);
            self.known.borrow_mut().insert(root, read.clone());
            read
        })
    }

    fn of(&self, implementation: &Implementation) -> Released {
        let known = match self.known(implementation.root) {
            Ok(known) => known,
            Err(why) => return Released::Unknown(why),
        };
        let key = implementation.key();
        let key = format!("{:x}-{:x}", known.state, content_hash(key.as_bytes()));
        let until = *self
            .until
            .borrow_mut()
            .get_or_insert_with(|| Instant::now() + MAX_TIME);
        known.memory.released(&key, || {
            if Instant::now() >= until {
                return Released::Unknown("reading the tags took too long".to_owned());
            }
            known.tags.first(implementation)
        })
    }

    fn read(&self, root: RootId) -> Result<Known, String> {
        let path = self.roots.get(usize::from(root.0));
        let repository = path.and_then(|path| Repository::discover(path));
        let repository = repository.ok_or("there is no git repository")?;
        let tags = repository.tags()?;
        let state = repository.history_state();
        let memory = self.cache.as_ref().and_then(|cache| cache.git(state));
        let budget = Budget {
            max_commits: 0,
            deadline: None,
        };
        Ok(Known {
            state: tags.state(),
            tags,
            memory: Recalled::new(
                repository,
                budget,
                memory.unwrap_or_else(|| GitMemory::of(state)),
                None,
            ),
        })
    }

    /// Keeps what was found out for the next run.
    fn keep(&self) {
        let Some(cache) = &self.cache else {
            return;
        };
        for known in self.known.borrow().values().flatten() {
            if let Some(news) = known.memory.news() {
                cache.keep_git(&news);
                cache.save();
            }
        }
    }
}

impl Drop for Releases {
    fn drop(&mut self) {
        self.keep();
    }
}
