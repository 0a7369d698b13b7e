//! What is pending becomes the next state, in rounds: what is known now may name what is to be read next.

use std::sync::Arc;

use text::FileId;
use trace::Change;

use super::Host;
use crate::snapshot::Snapshot;

impl Host {
    /// Applies what is pending and gives the state of the world.
    pub fn apply(&mut self) -> Arc<Snapshot> {
        // Sources named by a document that just changed are read at once; two rounds reach a fixed point,
        // because sources name no documents. What was accepted and is gone is looked for in two more, and sources that
        // were written on disk wait for what the documents of now make of them.
        let mut touched: Vec<FileId> = Vec::new();
        for _ in 0..5 {
            if self.pending.is_empty() && self.rewritten.is_empty() {
                break;
            }
            let changes = std::mem::take(&mut self.pending);
            touched.extend(changes.iter().filter_map(|change| match change {
                Change::Document(file, Some(_)) => Some(*file),
                _ => None,
            }));
            if !changes.is_empty() {
                self.graph = Arc::new(self.graph.apply(changes));
                self.revision += 1;
            }
            self.read_rewritten();
            let wanted = touched
                .iter()
                .filter_map(|file| self.graph.feature_of(*file))
                .flat_map(|feature| feature.named_files());
            let mut wanted: Vec<FileId> = wanted.collect();
            wanted.extend(self.graph.accepted_sources());
            wanted.extend(self.graph.bound_files());
            if self.endpoints.wanted || self.graph.has_breaks() {
                wanted.extend(self.graph.wanted_by_clients());
            }
            self.read_wanted(wanted);
            self.look_for_lost();
            self.read_manifests();
        }
        self.snapshot()
    }
}
