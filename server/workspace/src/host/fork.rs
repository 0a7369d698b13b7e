//! A second host in the same state, to be brought further beside the writer while that one goes on.

use std::sync::Arc;

use super::memory::Memory;
use super::touched::Touched;
use super::{Buffer, Endpoints, Host};
use crate::decisions::Decisions;

impl Host {
    /// The same state. What one of the two learns from now on the other does not.
    #[must_use]
    pub fn fork(&self) -> Self {
        let open = self.open.iter().map(|(file, buffer)| {
            let buffer = Buffer {
                text: Arc::clone(&buffer.text),
                version: buffer.version,
                lines: documents::KnownLines::default(),
            };
            (*file, buffer)
        });
        Self {
            options: self.options.clone(),
            files: self.files.clone(),
            graph: Arc::clone(&self.graph),
            pending: self.pending.clone(),
            rewritten: self.rewritten.clone(),
            half_written: Vec::new(),
            tree: self.tree.clone(),
            spec_roots: self.spec_roots.clone(),
            open: open.collect(),
            unreadable: self.unreadable.clone(),
            report: self.report.clone(),
            revision: self.revision,
            sources_due: self.sources_due,
            endpoints: Endpoints {
                wanted: self.endpoints.wanted,
                asked: self.endpoints.asked,
            },
            based: self.based.clone(),
            touched: Touched::clone(&self.touched),
            skimmed: None,
            asked: self.asked.clone(),
            asking: Arc::clone(&self.asking),
            histories: self.histories.clone(),
            history: Arc::clone(&self.history),
            nowhere: None,
            searched: self.searched.clone(),
            decisions: Decisions::clone(&self.decisions),
            editions: Arc::clone(&self.editions),
            git: self.git.clone(),
            evidence: Arc::clone(&self.evidence),
            evidence_due: self.evidence_due,
            manifests: self.manifests.clone(),
            walked: self.walked.clone(),
            rules: self.rules.clone(),
            memory: Memory::clone(&self.memory),
        }
    }

    /// Takes over what `before` knows of the lines of open documents, so that the next change of one costs no more than the
    /// last did.
    pub fn keep_lines_of(&mut self, before: &mut Self) {
        for (file, buffer) in &mut self.open {
            let place = self.tree.path(*file);
            let known = place.and_then(|(root, path)| before.tree.file(root, path));
            if let Some(known) = known.and_then(|file| before.open.get_mut(&file)) {
                buffer.lines = std::mem::take(&mut known.lines);
            }
        }
    }
}
