//! Which words stand in the sources: one pass over every source file.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use code::GateWords;
use rayon::prelude::*;
use smol_str::SmolStr;
use text::FileId;
use trace::WordQuestion;

use crate::read::SOURCE_LIMIT;
use crate::sources::with_readers;

/// The words and the files to look in.
pub struct WordJob {
    files: Vec<(FileId, SmolStr, PathBuf)>,
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
        questions: Vec<WordQuestion>,
    ) -> Self {
        Self { files, questions }
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<WordAnswer> {
        // Roots of one workspace belong together: work done in a sibling repository is done.
        let words: Vec<SmolStr> = self
            .questions
            .iter()
            .map(|question| question.word.clone())
            .collect();
        let gate = GateWords::new(&[], &words);
        let found: Vec<AtomicBool> = words.iter().map(|_| AtomicBool::new(false)).collect();
        with_readers(|| {
            self.files.par_iter().for_each(|(_, _, path)| {
                let small = std::fs::metadata(path).is_ok_and(|meta| meta.len() <= SOURCE_LIMIT);
                if cancelled() || !small {
                    return;
                }
                let Ok(bytes) = std::fs::read(path) else {
                    return;
                };
                for word in code::named_words(&bytes, &gate).0 {
                    found[word as usize].store(true, Ordering::Relaxed);
                }
            });
        });
        let found = found.into_iter().map(AtomicBool::into_inner);
        (!cancelled()).then(|| WordAnswer {
            words: self.questions.into_iter().zip(found).collect(),
        })
    }
}
