//! Which directories hold features, and what is read once others do.

use documents::DocumentKind;
use smol_str::SmolStr;
use text::FileId;
use trace::{Change, RootId, SpecRoots, Unheard};

use super::{Host, document};

impl Host {
    /// Settings or a baseline have changed.
    pub(super) fn read_decisions(&mut self) {
        self.decisions.read(&self.options.roots, &self.files);
        self.follow_decisions();
    }

    fn follow_decisions(&mut self) {
        let named = self.graph.inputs().named_active.to_vec();
        self.look_elsewhere(&named);
        self.look_at_editions();
        let unheard = self.unheard();
        if unheard != self.graph.inputs().unheard {
            self.pending.push(Change::Unheard(unheard));
        }
    }

    /// What nobody wants to hear of, by folder.
    pub(super) fn unheard(&self) -> Unheard {
        let folders = (0..).map(RootId).zip(self.decisions.folders().iter());
        let topics = folders.flat_map(|(root, folder)| {
            let topics = self.options.unheard.map(|topics| topics(&folder.settings));
            let topics = topics.unwrap_or_default().into_iter();
            topics.map(move |topic| (root, topic))
        });
        topics.collect()
    }

    /// The spec roots that settings name, by folder.
    pub(super) fn decided_spec_roots(&self) -> Vec<Vec<String>> {
        let folders = self.decisions.folders().iter();
        folders
            .map(|folder| folder.settings.spec_roots.clone())
            .collect()
    }

    /// Whether settings name other spec roots than those that were walked: hidden or ignored ones are not listed yet.
    #[must_use]
    pub fn needs_scan(&self) -> bool {
        self.walked != self.decided_spec_roots()
    }

    /// Keeps in force what `before` last read without fault, where the same file has a fault now.
    pub fn keep_settings_of(&mut self, before: &Self) {
        self.decisions.keep_good_of(&before.decisions);
        self.follow_decisions();
    }

    /// The spec roots that settings name, and the directories that were named as features.
    pub(super) fn all_spec_roots(&self, named: &[(RootId, SmolStr)]) -> SpecRoots {
        let decided = self.decided_spec_roots();
        let by_folder = (0..).map(RootId).zip(&decided);
        let configured =
            by_folder.flat_map(|(root, paths)| paths.iter().map(move |path| (root, path)));
        SpecRoots::new(configured)
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
