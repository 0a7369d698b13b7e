//! Which slow work is due: what is to be read or asked that nobody was sent for yet.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use text::FileId;

use super::{Host, Job};
use crate::answers::{HistoryJob, Known};
use crate::sources::SourceJob;
use crate::words::{Asked, WordJob, sources_of};

impl Host {
    /// Work that is due and was not handed out yet.
    pub fn jobs(&mut self) -> Vec<Job> {
        self.due(false)
    }

    /// The same; of the sources only what findings can depend on, if `sift` says so.
    pub(super) fn due(&mut self, sift: bool) -> Vec<Job> {
        let questions = self.graph.new_questions(&self.asking, &self.asked);
        self.asking = self.graph.all_features();
        let history = questions.as_ref().and_then(|all| self.history_job(all));
        let mut jobs: Vec<Job> = history.into_iter().collect();
        let words = questions.map(|all| all.words);
        let known = &self.asked.words;
        let new = words.filter(|all| all.iter().any(|word| known.binary_search(word).is_err()));
        let asked = new.map(|words| {
            let open = self.open.iter();
            let open = open.map(|(file, buffer)| (*file, Arc::clone(&buffer.text)));
            self.asked.words.clone_from(&words);
            self.touched.words.clear();
            Asked::new(words, open.collect()).knowing(self.memory.facts())
        });
        let crossing = self.endpoints.wanted || self.graph.has_operations();
        if crossing && !std::mem::replace(&mut self.endpoints.asked, true) {
            self.sources_due = true;
        }
        if std::mem::take(&mut self.sources_due) {
            self.touched.sources.clear();
            let known: FxHashSet<FileId> = self.graph.inputs().sources.keys().copied().collect();
            let (known, files) = sources_of(&self.tree, &self.options.roots)
                .partition(|(file, ..)| known.contains(file));
            let prefixes = self.graph.defined_prefixes();
            let job = SourceJob::new(files, self.files.clone(), &prefixes)
                .remembering(self.memory.cache(), self.memory.states())
                .knowing(self.memory.facts());
            let job = if sift { job.sifting(&self.graph) } else { job };
            let job = if crossing { job.crossing() } else { job };
            jobs.push(Job::Sources(match asked {
                Some(asked) => job.asking(asked, known),
                None => job,
            }));
        } else if let Some(asked) = asked {
            jobs.push(Job::Words(WordJob::new(
                self.tree.clone(),
                self.options.roots.clone(),
                self.files.clone(),
                asked,
            )));
        }
        jobs.extend(self.evidence_job().map(Job::Evidence));
        jobs
    }

    pub(super) fn history_job(&mut self, questions: &trace::Questions) -> Option<Job> {
        if self.asked.hold_of_git(questions) {
            return None;
        }
        self.asked.paths.clone_from(&questions.paths);
        self.asked.pasts.clone_from(&questions.pasts);
        self.asked.word_pasts.clone_from(&questions.word_pasts);
        self.asked.code_pasts.clone_from(&questions.code_pasts);
        self.asked.reworded.clone_from(&questions.reworded);
        self.asked.since.clone_from(&questions.since);
        let changed = questions.code_pasts.iter();
        let changed = changed.filter_map(|question| {
            let file = self.tree.file(question.root, &question.path)?;
            let text = Arc::clone(&self.open.get(&file)?.text);
            Some(((question.root, question.path.clone()), text))
        });
        let open = changed.collect();
        Some(Job::History(
            HistoryJob::new(
                self.options.roots.clone(),
                self.files.clone(),
                questions.clone(),
                Known::clone(&self.histories),
                self.tree.clone(),
                !self.report.nested_repositories.is_empty(),
            )
            .remembering(self.memory.cache(), self.memory.looked())
            .editing(open),
        ))
    }
}
