//! Documents as HEAD has them: what the references of a feature that counts by place were written for.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::FileId;
use trace::{Change, DocumentFile, RootId};

use super::{Host, document};
use crate::git::Repository;
use crate::read::ReadOutcome;

/// A document whose committed state is asked for.
struct Asked {
    file: FileId,
    path: SmolStr,
    kind: documents::DocumentKind,
}

impl Host {
    /// The committed states of all documents of features of which one is not as HEAD has it. `documents` are all there
    /// are.
    pub(super) fn committed(
        &self,
        documents: &[(FileId, Arc<DocumentFile>)],
    ) -> Vec<(FileId, Arc<DocumentFile>)> {
        let mut found = Vec::new();
        for at in (0..).map(RootId).take(self.options.roots.len()) {
            let in_root = documents.iter().filter_map(|(file, doc)| {
                let (root, path) = self.tree.path(*file)?;
                let kind = doc.facts.kind.filter(|kind| counts_by_place(*kind))?;
                (root == at).then(|| Asked {
                    file: *file,
                    path: path.clone(),
                    kind,
                })
            });
            let all: Vec<Asked> = in_root.collect();
            let features: FxHashSet<&str> = all
                .iter()
                .filter(|asked| self.git.is_edited(at, &asked.path))
                .map(|asked| directory(&asked.path))
                .collect();
            let asked: Vec<&Asked> = all
                .iter()
                .filter(|asked| features.contains(directory(&asked.path)))
                .collect();
            if !asked.is_empty() {
                found.extend(self.states(at, &asked));
            }
        }
        found
    }

    /// Takes the committed states of the documents beside `file`, which was opened, closed or changed on disk.
    pub(super) fn look_back(&mut self, file: FileId) {
        let Some((root, path)) = self
            .tree
            .path(file)
            .map(|(root, path)| (root, path.clone()))
        else {
            return;
        };
        let counts = |path: &str| {
            let kind = self.spec_roots.document_kind(root, path);
            kind.filter(|kind| counts_by_place(*kind))
        };
        if counts(&path).is_none() || !self.files.is_disk() {
            return;
        }
        let beside = self.graph.feature_of(file).map(|feature| {
            let documents = feature.documents.iter();
            documents
                .map(|document| (document.file, document.path.clone()))
                .collect::<Vec<_>>()
        });
        let asked: Vec<Asked> = beside
            .unwrap_or_else(|| vec![(file, path)])
            .into_iter()
            .filter_map(|(file, path)| {
                let kind = counts(&path)?;
                Some(Asked { file, path, kind })
            })
            .collect();
        let worked_on = asked
            .iter()
            .any(|each| self.open.contains_key(&each.file) || self.git.is_edited(root, &each.path));
        let states = if worked_on {
            self.states(root, &asked.iter().collect::<Vec<_>>())
        } else {
            Vec::new()
        };
        let gone = asked
            .iter()
            .filter(|each| states.iter().all(|(file, _)| *file != each.file));
        let gone: Vec<Change> = gone
            .map(|each| Change::Committed(each.file, None))
            .collect();
        self.pending.extend(gone);
        let states = states.into_iter();
        self.pending
            .extend(states.map(|(file, doc)| Change::Committed(file, Some(doc))));
    }

    /// What HEAD has; where there is no git, what was saved.
    fn states(&self, root: RootId, asked: &[&Asked]) -> Vec<(FileId, Arc<DocumentFile>)> {
        let Some(folder) = self.options.roots.get(usize::from(root.0)) else {
            return Vec::new();
        };
        let read = |each: &Asked, text: String| {
            let facts = documents::read(each.kind, &text);
            (each.file, document(facts, text.into()))
        };
        match Repository::discover(folder) {
            Some(repository) => repository
                .committed(asked.iter().map(|each| each.path.as_str()))
                .into_iter()
                .filter_map(|(path, text)| {
                    let each = asked.iter().find(|each| each.path == path)?;
                    Some(read(each, text))
                })
                .collect(),
            None => asked
                .iter()
                .filter_map(
                    |each| match self.files.document(&folder.join(each.path.as_str())) {
                        ReadOutcome::Text(saved) => Some(read(each, saved.text)),
                        _ => None,
                    },
                )
                .collect(),
        }
    }
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// Whether an insertion into such documents changes what the numbers behind it mean.
fn counts_by_place(kind: documents::DocumentKind) -> bool {
    use documents::DocumentKind as Kind;
    matches!(
        kind,
        Kind::KiroRequirements | Kind::KiroBugfix | Kind::KiroDesign | Kind::KiroTasks
    )
}
