//! Branch, commits since the merge base, and edits since HEAD: what makes a feature one that is worked on.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::FileId;
use trace::{Change, DocumentFile, GitState, RootId};

use super::Host;
use crate::git::Repository;
use crate::read::ReadOutcome;

/// What git said when it was asked last.
#[derive(Clone, Default)]
pub(super) struct Asked {
    /// By root, without edits.
    committed: Vec<GitState>,
    /// Documents whose text on disk is not that of HEAD.
    edited: FxHashSet<(RootId, SmolStr)>,
    /// Documents that HEAD does not have.
    added: FxHashSet<(RootId, SmolStr)>,
}

impl Asked {
    /// Whether a document's text on disk is not that of HEAD.
    pub(super) fn is_edited(&self, root: RootId, path: &SmolStr) -> bool {
        self.edited.contains(&(root, path.clone()))
    }
}

/// What the repository of one root says.
#[derive(Default)]
struct Said {
    /// Without edits.
    state: GitState,
    /// Those of the documents whose text on disk is not that of HEAD.
    edited: Vec<SmolStr>,
    /// Those that HEAD does not have.
    added: Vec<SmolStr>,
}

impl Said {
    /// `texts` are the documents with their paths.
    fn of(repository: &Repository, texts: &[(&str, &str)]) -> Self {
        let since = repository.since_merge_base();
        let set = |paths: Vec<String>| Arc::new(paths.into_iter().map(SmolStr::from).collect());
        let (changed, added) = since.map_or((None, Vec::new()), |since| {
            (Some(set(since.changed)), since.added)
        });
        let owned = |paths: Vec<&str>| paths.into_iter().map(SmolStr::from).collect();
        Self {
            state: GitState {
                branch: repository.branch().map(SmolStr::from),
                changed,
                added: Some(set(added)),
            },
            edited: owned(repository.edited(texts.iter().copied())),
            added: owned(repository.added(texts.iter().map(|(path, _)| *path))),
        }
    }
}

impl Host {
    /// Asks git. `documents` are all there are, as just read.
    pub(super) fn git_state(
        &mut self,
        documents: &[(FileId, Arc<DocumentFile>)],
    ) -> Arc<Vec<GitState>> {
        use rayon::prelude::*;
        self.git = Asked::default();
        let mut texts: Vec<Vec<(&str, &str)>> = vec![Vec::new(); self.options.roots.len()];
        for (file, document) in documents {
            if let Some((root, path)) = self.tree.path(*file)
                && let Some(texts) = texts.get_mut(usize::from(root.0))
            {
                texts.push((path.as_str(), &*document.text));
            }
        }
        // A commit is never edited.
        let is_disk = self.files.is_disk();
        let asked = self.options.roots.par_iter().zip(texts);
        let said: Vec<Said> = asked
            .map(|(root, texts)| match Repository::discover(root) {
                Some(repository) => Said::of(&repository, if is_disk { &texts } else { &[] }),
                None => Said::default(),
            })
            .collect();
        for (at, said) in (0..).map(RootId).zip(said) {
            self.git.committed.push(said.state);
            let edited = said.edited.into_iter().map(|path| (at, path));
            self.git.edited.extend(edited);
            let added = said.added.into_iter().map(|path| (at, path));
            self.git.added.extend(added);
        }
        self.composed()
    }

    /// Asks again for documents that changed on disk.
    pub(super) fn saved(&mut self, paths: &[(RootId, SmolStr)]) {
        let before = (self.git.edited.clone(), self.git.added.clone());
        for (at, root) in (0..).map(RootId).zip(self.options.roots.clone()) {
            let texts: Vec<(&SmolStr, String)> = paths
                .iter()
                .filter(|(folder, _)| *folder == at)
                .filter_map(
                    |(_, path)| match self.files.document(&root.join(path.as_str())) {
                        ReadOutcome::Text(read) => Some((path, read.text)),
                        _ => None,
                    },
                )
                .collect();
            if texts.is_empty() {
                continue;
            }
            let Some(repository) = Repository::discover(&root) else {
                continue;
            };
            let added = repository.added(texts.iter().map(|(path, _)| path.as_str()));
            self.git
                .added
                .extend(added.into_iter().map(|path| (at, SmolStr::from(path))));
            let edited =
                repository.edited(texts.iter().map(|(path, text)| (path.as_str(), &**text)));
            for (path, _) in &texts {
                let key = (at, SmolStr::clone(path));
                if edited.contains(&path.as_str()) {
                    self.git.edited.insert(key);
                } else {
                    self.git.edited.remove(&key);
                }
            }
        }
        if (&self.git.edited, &self.git.added) != (&before.0, &before.1) {
            let git = self.composed();
            self.pending.push(Change::Git(git));
        }
    }

    fn composed(&self) -> Arc<Vec<GitState>> {
        let mut states = self.git.committed.clone();
        for (root, path) in &self.git.edited {
            if let Some(state) = states.get_mut(usize::from(root.0)) {
                let changed = state.changed.get_or_insert_default();
                Arc::make_mut(changed).insert(path.clone());
            }
        }
        for (root, path) in &self.git.added {
            if let Some(state) = states.get_mut(usize::from(root.0)) {
                let added = state.added.get_or_insert_default();
                Arc::make_mut(added).insert(path.clone());
            }
        }
        Arc::new(states)
    }
}
