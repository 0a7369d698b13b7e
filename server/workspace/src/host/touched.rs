//! Which sources have changed since slow work was handed out: what it says of them is of old.

use rustc_hash::FxHashSet;
use text::FileId;
use trace::{Change, WordQuestion};

use super::Host;
use crate::read::ReadOutcome;
use crate::sources::SourceAnswer;
use crate::words::WordAnswer;

/// Sources that were read, typed in or taken away, by the work that may have seen them before.
#[derive(Clone, Default)]
pub(super) struct Touched {
    /// Since the pass over all sources was handed out.
    pub(super) sources: FxHashSet<FileId>,
    /// Since words were asked for.
    pub(super) words: FxHashSet<FileId>,
}

impl Host {
    /// This source is not what it was.
    pub(super) fn touch(&mut self, file: FileId) {
        self.touched.sources.insert(file);
        self.touched.words.insert(file);
        self.memory.forget(file);
    }

    pub(super) fn take_sources(&mut self, answer: SourceAnswer) {
        self.report.sources(&answer);
        self.memory.forget_all();
        let touched = std::mem::take(&mut self.touched.sources);
        for (file, source) in answer.sources {
            if !touched.contains(&file) && !self.open.contains_key(&file) && self.has(file) {
                self.pending.push(Change::Source(file, Some(source)));
            }
        }
        if answer.crossed {
            self.pending.push(Change::EndpointsRead(true));
        }
        self.skimmed = answer.sifted;
        if self.skimmed.is_none() {
            self.pending.push(Change::SourcesRead(true));
            self.evidence_due = true;
            self.memory.forget_facts();
        }
        self.learn_words(answer.words, &touched);
    }

    pub(super) fn take_words(&mut self, answer: WordAnswer) {
        let touched = std::mem::take(&mut self.touched.words);
        self.learn_words(answer.words, &touched);
    }

    /// Takes which words stand somewhere, and looks for them in what was written meanwhile.
    fn learn_words(&mut self, words: Vec<(WordQuestion, bool)>, touched: &FxHashSet<FileId>) {
        if words.is_empty() {
            return;
        }
        self.learn(|history, _| history.words.extend(words));
        for file in touched {
            if let Some(buffer) = self.open.get(file) {
                let text = std::sync::Arc::clone(&buffer.text);
                self.heed_words(&text);
            } else if self.has(*file)
                && let Some(path) = self.disk_path(*file)
                && let ReadOutcome::Text(read) = self.files.source(&path)
            {
                self.heed_words(&read.text);
            }
        }
    }

    /// Whether the tree still has this file.
    fn has(&self, file: FileId) -> bool {
        let place = self.tree.path(file);
        place.is_some_and(|(root, path)| self.tree.file(root, path) == Some(file))
    }
}
