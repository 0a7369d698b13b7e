//! Which directories hold features, and what is read once others do.

use documents::DocumentKind;
use smol_str::SmolStr;
use text::FileId;
use trace::{Change, RootId, SpecRoots};

use super::{Host, document};

impl Host {
    /// Other spec roots were configured; replaces those of [`super::Options`].
    pub fn set_spec_roots(&mut self, roots: Vec<(RootId, String)>) {
        self.options.spec_roots = roots;
        let named = self.graph.inputs().named_active.to_vec();
        self.look_elsewhere(&named);
    }

    /// The spec roots of the options, and the directories that were named as features.
    pub(super) fn all_spec_roots(&self, named: &[(RootId, SmolStr)]) -> SpecRoots {
        let configured = self.options.spec_roots.iter();
        SpecRoots::new(configured.map(|(root, path)| (*root, path.as_str())))
            .with_features(named.iter().map(|(root, path)| (*root, path.as_str())))
    }

    /// Reads what is a document now and was none, or was another one.
    pub(super) fn look_elsewhere(&mut self, named: &[(RootId, SmolStr)]) {
        let next = self.all_spec_roots(named);
        if next == self.spec_roots {
            return;
        }
        let before = std::mem::replace(&mut self.spec_roots, next);
        self.pending
            .push(Change::SpecRoots(self.spec_roots.clone()));
        let other: Vec<(FileId, SmolStr, Option<DocumentKind>)> = self
            .tree
            .files()
            .filter_map(|(file, root, path)| {
                let kind = self.spec_roots.document_kind(root, path);
                (kind != before.document_kind(root, path)).then(|| (file, path.clone(), kind))
            })
            .collect();
        for (file, path, kind) in other {
            if let Some(buffer) = self.open.get_mut(&file) {
                let text = std::sync::Arc::clone(&buffer.text);
                let doc = kind.map(|kind| {
                    let facts = documents::read_again(kind, &text, &mut buffer.lines);
                    document(facts, text)
                });
                self.pending.push(Change::Document(file, doc));
            } else if kind.is_some() {
                self.reread(file, &path);
            } else {
                self.pending.push(Change::Document(file, None));
            }
        }
    }
}
