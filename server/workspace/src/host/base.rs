//! Contracts as the merge base with the default branch has them: what they promised there.

use std::sync::Arc;

use smol_str::SmolStr;
use text::FileId;
use trace::{Change, DocumentFile, RootId};

use super::{Host, document};
use crate::git::Repository;

impl Host {
    /// Routes and calls are to be read even where no contract has operations: others will ask for them.
    pub fn want_endpoints(&mut self) {
        self.endpoints.wanted = true;
    }

    /// The states at the merge base of all contracts that may not be the same any more. `documents` are all there are.
    pub(super) fn bases(
        &self,
        documents: &[(FileId, Arc<DocumentFile>)],
        git: &[trace::GitState],
    ) -> Vec<(FileId, Arc<DocumentFile>)> {
        if !self.files.is_disk() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (at, state) in (0..).map(RootId).zip(git) {
            let Some(changed) = &state.changed else {
                continue;
            };
            let asked: Vec<FileId> = documents
                .iter()
                .filter(|(file, _)| {
                    let place = self.tree.path(*file);
                    place.is_some_and(|(root, path)| root == at && changed.contains(path))
                })
                .filter(|(_, doc)| is_compared(doc))
                .map(|(file, _)| *file)
                .collect();
            found.extend(self.base_states(at, &asked));
        }
        found
    }

    /// Takes the base of a contract that was opened, typed in or changed on disk, where it is not known yet.
    pub(super) fn take_base(&mut self, file: FileId) {
        if !self.files.is_disk() || self.based.contains(&file) {
            return;
        }
        let Some((root, path)) = self.tree.path(file) else {
            return;
        };
        let kind = self.spec_roots.document_kind(root, path);
        if !kind.is_some_and(documents::DocumentKind::is_contract) {
            return;
        }
        self.based.insert(file);
        let states = self.base_states(root, &[file]).into_iter();
        self.pending
            .extend(states.map(|(file, doc)| Change::Base(file, Some(doc))));
    }

    fn base_states(&self, root: RootId, files: &[FileId]) -> Vec<(FileId, Arc<DocumentFile>)> {
        let folder = self.options.roots.get(usize::from(root.0));
        if files.is_empty() {
            return Vec::new();
        }
        let paths: Vec<(FileId, &SmolStr)> = files
            .iter()
            .filter_map(|file| Some((*file, self.tree.path(*file)?.1)))
            .collect();
        let texts = folder
            .and_then(|folder| Repository::discover(folder))
            .and_then(|git| git.at_merge_base(paths.iter().map(|(_, path)| path.as_str())));
        let texts = texts.unwrap_or_default().into_iter();
        texts
            .filter_map(|(path, text)| {
                let (file, _) = paths.iter().find(|(_, known)| *known == path)?;
                let kind = self.spec_roots.document_kind(root, path)?;
                let facts = documents::read(kind, &text);
                Some((*file, document(facts, text.into())))
            })
            .collect()
    }
}

/// Whether two states of a document can be compared: it says what it promises.
fn is_compared(document: &DocumentFile) -> bool {
    document.facts.contract.is_some()
}
