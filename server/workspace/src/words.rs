//! Which words stand in the sources: one pass over every source file.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use code::GateWords;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;
use trace::WordQuestion;

use crate::files::Files;
use crate::sources::with_readers;

/// The words and the files to look in.
pub struct WordJob {
    files: Vec<(FileId, SmolStr, PathBuf)>,
    from: Files,
    questions: Vec<WordQuestion>,
}

/// Which of the words stand in a source file.
pub struct WordAnswer {
    /// One answer per question.
    pub words: Vec<(WordQuestion, bool)>,
}

impl WordJob {
    pub(crate) fn new(
        files: Vec<(FileId, SmolStr, PathBuf)>,
        from: Files,
        questions: Vec<WordQuestion>,
    ) -> Self {
        Self {
            files,
            from,
            questions,
        }
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<WordAnswer> {
        // Roots of one workspace belong together: work done in a sibling repository is done.
        let mut words: Vec<SmolStr> = Vec::new();
        let mut anywhere: Vec<usize> = Vec::new();
        let mut declared: FxHashMap<FileId, Vec<usize>> = FxHashMap::default();
        for (at, question) in self.questions.iter().enumerate() {
            if let Some(file) = question.within {
                declared.entry(file).or_default().push(at);
            } else {
                words.push(question.word.clone());
                anywhere.push(at);
            }
        }
        let gate = GateWords::new(&[], &words);
        let found: Vec<AtomicBool> = self
            .questions
            .iter()
            .map(|_| AtomicBool::new(false))
            .collect();
        with_readers(|| {
            self.files.par_iter().for_each(|(file, name, path)| {
                let Some(bytes) = (!cancelled())
                    .then(|| self.from.source_bytes(path).ok())
                    .flatten()
                else {
                    return;
                };
                for word in code::named_words(&bytes, &gate).0 {
                    found[anywhere[word as usize]].store(true, Ordering::Relaxed);
                }
                let Some(asked) = declared.get(file) else {
                    return;
                };
                let text = String::from_utf8_lossy(&bytes);
                for &at in asked {
                    if trace::declares(name, &text, &self.questions[at].word) {
                        found[at].store(true, Ordering::Relaxed);
                    }
                }
            });
        });
        let found = found.into_iter().map(AtomicBool::into_inner);
        (!cancelled()).then(|| WordAnswer {
            words: self.questions.into_iter().zip(found).collect(),
        })
    }
}
