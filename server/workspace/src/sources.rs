//! Reads every source file once and keeps the facts of those that matter (design section 4, the *gate*).

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use code::GateWords;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{FileId, LineIndex};
use trace::{Graph, Skimmed, SourceFile, WordQuestion};

use crate::files::Files;
use crate::read::{ReadFile, ReadOutcome, decode_bytes};
use crate::words::{Asked, look_into};

/// Runs `work` with [`READERS`] threads.
pub(crate) fn with_readers<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(READERS).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Reading threads: deep queues hide the disk's latency even on two cores (performance-notes section A).
const READERS: usize = 16;

/// Prefixes of ids that the templates define; a repository's own come on top.
const STANDARD_PREFIXES: [&str; 7] = ["FR", "NFR", "SC", "US", "AC", "EC", "CHK"];

/// Files with their paths from the root and on disk.
pub(crate) type FilesToRead = Vec<(FileId, SmolStr, PathBuf)>;

/// The files to read.
pub struct SourceJob {
    files: FilesToRead,
    words: GateWords,
    from: Files,
    /// Words to look for on the way, and files whose facts are known: looked into for these words only.
    asked: Option<(Asked, FilesToRead)>,
    /// Keep only what can be a finding of this graph by itself.
    sift: Option<Arc<Graph>>,
    /// Keep what may register routes or call other programs, too.
    crossing: bool,
}

/// Facts of the sources that matter.
pub struct SourceAnswer {
    /// Files with mentions, and their facts.
    pub sources: Vec<(FileId, Arc<SourceFile>)>,
    /// Files read.
    pub gated: usize,
    /// Files larger than we read.
    pub too_large: usize,
    /// Which of the words that were asked stand in a source file.
    pub words: Vec<(WordQuestion, bool)>,
    /// Only the sources that findings can depend on were kept; what the tests in the others may mention.
    pub sifted: Option<Skimmed>,
    /// Sources that may register routes or call other programs were kept.
    pub crossed: bool,
}

impl SourceJob {
    pub(crate) fn new(files: FilesToRead, from: Files, prefixes: &FxHashSet<SmolStr>) -> Self {
        let mut all: Vec<&str> = STANDARD_PREFIXES.to_vec();
        let own = prefixes.iter().map(SmolStr::as_str);
        all.extend(own.filter(|prefix| !STANDARD_PREFIXES.contains(prefix) && *prefix != "T"));
        Self {
            words: GateWords::new(&all, &[]),
            files,
            from,
            asked: None,
            sift: None,
            crossing: false,
        }
    }

    /// Keeps sources that may register routes or call other programs as well.
    pub(crate) fn crossing(self) -> Self {
        Self {
            crossing: true,
            ..self
        }
    }

    /// Keeps only sources that findings of `graph` can depend on by themselves.
    pub(crate) fn sifting(self, graph: &Arc<Graph>) -> Self {
        Self {
            sift: Some(Arc::clone(graph)),
            ..self
        }
    }

    /// Answers these questions on the way; `known` are the other files that hold words.
    pub(crate) fn asking(self, asked: Asked, known: FilesToRead) -> Self {
        Self {
            asked: Some((asked, known)),
            ..self
        }
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<SourceAnswer> {
        let too_large = AtomicUsize::new(0);
        let skimmed = Mutex::new(Skimmed::default());
        let read = |(file, relative, path): &(FileId, SmolStr, PathBuf)| {
            if cancelled() {
                return None;
            }
            let bytes = match self.from.source_bytes(path) {
                Ok(bytes) => bytes,
                Err(why) => {
                    let is_too_large = matches!(why, ReadOutcome::TooLarge { .. });
                    too_large.fetch_add(usize::from(is_too_large), Ordering::Relaxed);
                    return None;
                }
            };
            if let Some((asked, _)) = &self.asked {
                asked.look(*file, relative, &bytes);
            }
            let mentions = code::gate(&bytes, &self.words);
            if !mentions && !self.crossing {
                return None;
            }
            let ReadOutcome::Text(ReadFile { text, .. }) = decode_bytes(bytes) else {
                return None;
            };
            let crosses = self.crossing && code::may_cross(relative, &text);
            if !mentions && !crosses {
                return None;
            }
            if let Some(graph) = &self.sift
                && !crosses
            {
                let skim = code::skim(&text);
                if Skimmed::is_nothing(&skim) {
                    return None;
                }
                let said = code::read_comments(relative, &text)
                    .filter(|said| graph.comments_suffice(*file, &text, &skim, said));
                if let Some(facts) = said {
                    let lines = LineIndex::new(&text);
                    return Some((*file, Arc::new(SourceFile { lines, facts })));
                }
                let skim = SourceFile {
                    lines: LineIndex::new(""),
                    facts: skim,
                };
                if let Ok(mut skimmed) = skimmed.lock() {
                    skimmed.add(*file, relative, &text, &skim.facts);
                }
                if !graph.may_say(*file, &skim) {
                    return None;
                }
            }
            let facts = code::read_path(relative, &text, &|| cancelled())?;
            if !crosses && facts.mentions.is_empty() && facts.head.is_empty() {
                return None;
            }
            let lines = LineIndex::new(&text);
            Some((*file, Arc::new(SourceFile { lines, facts })))
        };
        let sources: Vec<_> = with_readers(|| {
            if let Some((asked, known)) = &self.asked {
                look_into(known, &self.from, asked, cancelled);
            }
            self.files.par_iter().filter_map(read).collect()
        });
        let words = self.asked.map(|(asked, _)| asked.answers());
        (!cancelled()).then(|| SourceAnswer {
            sources,
            gated: self.files.len(),
            too_large: too_large.into_inner(),
            words: words.unwrap_or_default(),
            crossed: self.crossing,
            sifted: self.sift.map(|_| skimmed.into_inner().unwrap_or_default()),
        })
    }
}
