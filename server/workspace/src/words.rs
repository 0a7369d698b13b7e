//! Which words stand in the sources: one pass over every source file, the gate's own where both are due.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use code::GateWords;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;
use trace::{Tree, WordQuestion};

use crate::cache::KnownFacts;
use crate::files::Files;
use crate::gated::Gated;
use crate::read::{ReadOutcome, decode_bytes};
use crate::sources::{FilesToRead, with_readers};

/// Texts of open buffers: they win over the disk.
pub(crate) type OpenTexts = FxHashMap<FileId, Arc<str>>;

/// Words that are looked for while files go by.
pub(crate) struct Asked {
    questions: Vec<WordQuestion>,
    gate: GateWords,
    /// Which question each word of the gate is.
    anywhere: Vec<usize>,
    declared: FxHashMap<FileId, Vec<usize>>,
    found: Vec<AtomicBool>,
    open: OpenTexts,
    /// Facts that are known of contents.
    facts: Option<Arc<KnownFacts>>,
}

impl Asked {
    pub(crate) fn new(questions: Vec<WordQuestion>, open: OpenTexts) -> Self {
        // Roots of one workspace belong together: work done in a sibling repository is done.
        let mut words: Vec<SmolStr> = Vec::new();
        let mut anywhere: Vec<usize> = Vec::new();
        let mut declared: FxHashMap<FileId, Vec<usize>> = FxHashMap::default();
        for (at, question) in questions.iter().enumerate() {
            if let Some(file) = question.within {
                declared.entry(file).or_default().push(at);
            } else {
                words.push(question.word.clone());
                anywhere.push(at);
            }
        }
        Self {
            gate: GateWords::new(&[], &words),
            found: questions.iter().map(|_| AtomicBool::new(false)).collect(),
            anywhere,
            declared,
            questions,
            open,
            facts: None,
        }
    }

    /// Parses nothing that these are facts of.
    pub(crate) fn knowing(self, facts: Option<Arc<KnownFacts>>) -> Self {
        Self { facts, ..self }
    }

    /// The bytes to look at: of the open buffer, else as `read` gives them.
    pub(crate) fn bytes<E>(
        &self,
        file: FileId,
        read: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        match self.open.get(&file) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => read(),
        }
    }

    /// The words that may stand anywhere.
    pub(crate) fn anywhere(&self) -> Vec<String> {
        let questions = self.anywhere.iter().map(|at| &self.questions[*at]);
        questions
            .map(|question| question.word.to_string())
            .collect()
    }

    /// Whether something is asked of this file alone, or it is open, so that the disk's is not its text.
    pub(crate) fn asks_of(&self, file: FileId) -> bool {
        self.declared.contains_key(&file) || self.is_open(file)
    }

    /// Whether the editor holds this file.
    pub(crate) fn is_open(&self, file: FileId) -> bool {
        self.open.contains_key(&file)
    }

    /// These words stand in some file, and perhaps more.
    pub(crate) fn stand(&self, words: &[u32], more: bool) {
        let stands = |at: usize| self.found[at].store(true, Ordering::Relaxed);
        if more {
            // Not all of them were told.
            self.anywhere.iter().copied().for_each(stands);
        }
        for word in words {
            if let Some(at) = self.anywhere.get(*word as usize) {
                stands(*at);
            }
        }
    }

    /// Looks into one file; gives the words that stand in it, and whether there may be more.
    pub(crate) fn look(&self, file: FileId, name: &str, bytes: &[u8]) -> (Vec<u32>, bool) {
        let (words, more) = code::named_words(bytes, &self.gate);
        self.stand(&words, more);
        self.look_declared(file, name, bytes);
        (words, more)
    }

    fn look_declared(&self, file: FileId, name: &str, bytes: &[u8]) {
        let Some(asked) = self.declared.get(&file) else {
            return;
        };
        let ReadOutcome::Text(read) = decode_bytes(bytes.to_vec()) else {
            return;
        };
        let facts = OnceCell::new();
        let facts = || {
            let facts = facts.get_or_init(|| match &self.facts {
                Some(known) => known.read(name, &read, &|| false),
                None => code::read_path(name, &read.text, &|| false),
            });
            facts.as_ref()
        };
        for &at in asked {
            if trace::declares(&read.text, &self.questions[at].word, facts) {
                self.found[at].store(true, Ordering::Relaxed);
            }
        }
    }

    /// One answer per question.
    pub(crate) fn answers(self) -> Vec<(WordQuestion, bool)> {
        let found = self.found.into_iter().map(AtomicBool::into_inner);
        self.questions.into_iter().zip(found).collect()
    }
}

/// The words and the files to look in.
pub struct WordJob {
    /// Listed when the job runs: whoever hands it out is in a hurry.
    tree: Tree,
    roots: Vec<PathBuf>,
    from: Files,
    asked: Asked,
}

/// Which of the words stand in a source file.
pub struct WordAnswer {
    /// One answer per question.
    pub words: Vec<(WordQuestion, bool)>,
}

impl WordJob {
    pub(crate) fn new(tree: Tree, roots: Vec<PathBuf>, from: Files, asked: Asked) -> Self {
        Self {
            tree,
            roots,
            from,
            asked,
        }
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<WordAnswer> {
        let files: FilesToRead = sources_of(&self.tree, &self.roots).collect();
        with_readers(|| look_into(&files, &self.from, &self.asked, None, cancelled));
        (!cancelled()).then(|| WordAnswer {
            words: self.asked.answers(),
        })
    }
}

/// The source files of a tree, with where they are on disk.
pub(crate) fn sources_of<'a>(
    tree: &'a Tree,
    roots: &'a [PathBuf],
) -> impl Iterator<Item = (FileId, SmolStr, PathBuf)> + 'a {
    tree.files()
        .filter(|(_, _, path)| code::is_source_path(path))
        .filter_map(|(file, root, path)| {
            let base = roots.get(usize::from(root.0))?;
            Some((file, path.clone(), base.join(path.as_str())))
        })
}

/// Looks into each of the files, but for those of which is known what stands in them.
pub(crate) fn look_into(
    files: &[(FileId, SmolStr, PathBuf)],
    from: &Files,
    asked: &Asked,
    gated: Option<&Gated>,
    cancelled: &(dyn Fn() -> bool + Sync),
) {
    let read = |path: &Path| from.source_bytes(path);
    files.par_iter().for_each(|(file, name, path)| {
        if cancelled() {
            return;
        }
        let found = gated.and_then(|gated| gated.known(*file)?.words.as_ref());
        if let Some((words, more)) = found.filter(|_| !asked.asks_of(*file)) {
            asked.stand(words, *more);
        } else if let Ok(bytes) = asked.bytes(*file, || read(path)) {
            let words = asked.look(*file, name, &bytes);
            if let Some(gated) = gated.filter(|_| !asked.is_open(*file)) {
                gated.learn(*file, |found| found.words = Some(words));
            }
        }
    });
}

/// Words that stand nowhere, to be looked for in what is written later.
pub(crate) struct Nowhere {
    questions: Vec<WordQuestion>,
    gate: GateWords,
}

impl Nowhere {
    /// Those among the answers so far.
    pub(crate) fn of(answers: &FxHashMap<WordQuestion, bool>) -> Self {
        let nowhere = answers
            .iter()
            .filter(|(question, stands)| !**stands && question.within.is_none());
        let questions: Vec<WordQuestion> = nowhere.map(|(question, _)| question.clone()).collect();
        let words: Vec<SmolStr> = questions.iter().map(|each| each.word.clone()).collect();
        Self {
            gate: GateWords::new(&[], &words),
            questions,
        }
    }

    /// Those that stand in a text.
    pub(crate) fn standing_in(&self, text: &str) -> Vec<WordQuestion> {
        if self.questions.is_empty() {
            return Vec::new();
        }
        let (words, more) = code::named_words(text.as_bytes(), &self.gate);
        if more {
            return self.questions.clone();
        }
        let question = |word: u32| self.questions.get(word as usize).cloned();
        words.into_iter().filter_map(question).collect()
    }
}
