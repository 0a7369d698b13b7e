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

use crate::cache::{Cache, KnownFacts};
use crate::files::Files;
use crate::gated::{Found, Gated, States};
use crate::read::{ReadFile, ReadOutcome, content_hash, decode_bytes};
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
    /// Hash of what the gate looks for.
    gate: u128,
    /// What is kept from run to run, and the states of the files.
    memory: Option<(Arc<Cache>, Arc<States>)>,
    /// Facts that are known of contents.
    facts: Option<Arc<KnownFacts>>,
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

/// Files that were opened, and that were too large for it.
#[derive(Default)]
struct Counts {
    parsed: AtomicUsize,
    opened: AtomicUsize,
    too_large: AtomicUsize,
}

impl SourceJob {
    pub(crate) fn new(files: FilesToRead, from: Files, prefixes: &FxHashSet<SmolStr>) -> Self {
        let mut all: Vec<&str> = STANDARD_PREFIXES.to_vec();
        let own = prefixes.iter().map(SmolStr::as_str);
        all.extend(own.filter(|prefix| !STANDARD_PREFIXES.contains(prefix) && *prefix != "T"));
        Self {
            words: GateWords::new(&all, &[]),
            gate: content_hash(all.join(" ").as_bytes()),
            memory: None,
            facts: None,
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

    /// Opens no file that is in the state in which it was found to say nothing.
    pub(crate) fn remembering(self, cache: Option<Arc<Cache>>, states: &Arc<States>) -> Self {
        Self {
            memory: cache.map(|cache| (cache, Arc::clone(states))),
            ..self
        }
    }

    /// Parses nothing that these are facts of.
    pub(crate) fn knowing(self, facts: Option<Arc<KnownFacts>>) -> Self {
        Self { facts, ..self }
    }

    /// The text of a file that may say something, and whether it may call other programs. A file of which it is known that
    /// it says nothing is not opened.
    fn pass(
        &self,
        (file, relative, path): &(FileId, SmolStr, PathBuf),
        gated: Option<&Gated>,
        counts: &Counts,
    ) -> Option<(ReadFile, bool)> {
        let known = gated.and_then(|gated| gated.known(*file));
        let mut found = known.cloned().unwrap_or_default();
        let asked = self.asked.as_ref().map(|(asked, _)| asked);
        let looks = asked.filter(|asked| asked.asks_of(*file) || found.words.is_none());
        if let (None, Some(asked), Some((words, more))) = (looks, asked, &found.words) {
            asked.stand(words, *more);
        }
        let crossing = self.crossing && found.crosses != Some(false);
        let shown = if self.sift.is_some() {
            found.shows
        } else {
            found.says
        };
        let silent = shown == Some(false);
        if looks.is_none() && (silent || found.mentions == Some(false)) && !crossing {
            return None;
        }
        counts.opened.fetch_add(1, Ordering::Relaxed);
        let bytes = match self.from.source_bytes(path) {
            Ok(bytes) => bytes,
            Err(why) => {
                let is_too_large = matches!(why, ReadOutcome::TooLarge { .. });
                counts
                    .too_large
                    .fetch_add(usize::from(is_too_large), Ordering::Relaxed);
                return None;
            }
        };
        if let Some(asked) = looks {
            found.words = Some(asked.look(*file, relative, &bytes));
        }
        let keep = |found: &Found| {
            if let Some(gated) = gated
                && known != Some(found)
            {
                gated.keep(*file, found.clone());
            }
        };
        let mentions = found.mentions;
        let mentions = mentions.unwrap_or_else(|| code::gate(&bytes, &self.words));
        found.mentions = Some(mentions);
        let speaks = mentions && !silent;
        if !speaks && !crossing {
            keep(&found);
            return None;
        }
        let ReadOutcome::Text(read) = decode_bytes(bytes) else {
            (found.mentions, found.crosses) = (Some(false), Some(false));
            keep(&found);
            return None;
        };
        if crossing && found.crosses.is_none() {
            found.crosses = Some(code::may_cross(relative, &read.text));
        }
        keep(&found);
        let crosses = crossing && found.crosses == Some(true);
        (speaks || crosses).then_some((read, crosses))
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<SourceAnswer> {
        let skimmed = Mutex::new(Skimmed::default());
        let gated = self.memory.as_ref().map(|(cache, states)| {
            let words = self.asked.as_ref().map(|(asked, _)| asked.anywhere());
            let files = self.files.iter().map(|(file, ..)| *file);
            Gated::new(
                Arc::clone(cache),
                Arc::clone(states),
                self.gate,
                words,
                files,
            )
        });
        let remembered = gated.as_ref();
        let counts = Counts::default();
        let read = |file_to_read: &(FileId, SmolStr, PathBuf)| {
            if cancelled() {
                return None;
            }
            let (file, relative, _) = file_to_read;
            let (read, crosses) = self.pass(file_to_read, remembered, &counts)?;
            let text = &read.text;
            if let Some(graph) = &self.sift
                && !crosses
            {
                let skim = code::skim(text);
                let shows = !Skimmed::is_nothing(&skim);
                if let Some(gated) = remembered {
                    gated.learn(*file, |found| found.shows = Some(shows));
                }
                if !shows {
                    return None;
                }
                let said = code::read_comments(relative, text)
                    .filter(|said| graph.comments_suffice(*file, text, &skim, said));
                if let Some(facts) = said {
                    let lines = LineIndex::new(text);
                    return Some((*file, Arc::new(SourceFile { lines, facts })));
                }
                let skim = SourceFile {
                    lines: LineIndex::new(""),
                    facts: skim,
                };
                if let Ok(mut skimmed) = skimmed.lock() {
                    skimmed.add(*file, relative, text, &skim.facts);
                }
                if !graph.may_say(*file, &skim) {
                    return None;
                }
            }
            counts.parsed.fetch_add(1, Ordering::Relaxed);
            let facts = match &self.facts {
                Some(known) => known.read(relative, &read, &|| cancelled())?,
                None => code::read_path(relative, text, &|| cancelled())?,
            };
            let says = !facts.mentions.is_empty() || !facts.head.is_empty();
            if let Some(gated) = remembered {
                gated.learn(*file, |found| found.says = Some(says));
            }
            if !crosses && !says {
                return None;
            }
            let lines = LineIndex::new(text);
            Some((*file, Arc::new(SourceFile { lines, facts })))
        };
        let sources: Vec<_> = with_readers(|| {
            if let Some((asked, known)) = &self.asked {
                look_into(known, &self.from, asked, remembered, cancelled);
            }
            self.files.par_iter().filter_map(read).collect()
        });
        let count = self.files.len();
        let (opened, parsed) = (counts.opened.into_inner(), counts.parsed.into_inner());
        tracing::info!("{opened} of {count} sources opened, {parsed} parsed");
        if let Some(gated) = gated.filter(|_| !cancelled()) {
            gated.save();
        }
        if let Some(facts) = self.facts.filter(|_| !cancelled()) {
            facts.save();
        }
        let words = self.asked.map(|(asked, _)| asked.answers());
        (!cancelled()).then(|| SourceAnswer {
            sources,
            gated: self.files.len(),
            too_large: counts.too_large.into_inner(),
            words: words.unwrap_or_default(),
            crossed: self.crossing,
            sifted: self.sift.map(|_| skimmed.into_inner().unwrap_or_default()),
        })
    }
}
