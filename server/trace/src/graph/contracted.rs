//! What contracts come to, put into features once all sources are linked.

use std::sync::Arc;

use text::FileId;

use super::Graph;

impl Graph {
    /// Whether a document has or had operations.
    pub(super) fn is_contract(&self, file: FileId) -> bool {
        let kind = self
            .feature_of(file)
            .and_then(|feature| feature.document(file));
        kind.is_none_or(|document| document.kind.is_contract())
    }

    /// Takes what the contracts of each feature come to.
    pub(crate) fn put_contracts(&mut self, found: &[crate::Contracts]) {
        let stale: Vec<usize> = (0..self.features.len())
            .zip(found)
            .filter(|(at, now)| *self.features[*at].contracts != **now)
            .map(|(at, _)| at)
            .collect();
        if stale.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for at in stale {
            Arc::make_mut(&mut features[at]).contracts = Arc::new(found[at].clone());
        }
    }
}
