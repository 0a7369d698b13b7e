//! Reads every source file once and keeps the facts of those that matter (design section 4, the *gate*).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use code::GateWords;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{FileId, LineIndex};
use trace::SourceFile;

use crate::files::Files;

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

/// The files to read.
pub struct SourceJob {
    files: Vec<(FileId, SmolStr, PathBuf)>,
    words: GateWords,
    from: Files,
}

/// Facts of the sources that matter.
pub struct SourceAnswer {
    /// Files with mentions, and their facts.
    pub sources: Vec<(FileId, Arc<SourceFile>)>,
    /// Files read.
    pub gated: usize,
    /// Files larger than we read.
    pub too_large: usize,
}

impl SourceJob {
    pub(crate) fn new(
        files: Vec<(FileId, SmolStr, PathBuf)>,
        from: Files,
        prefixes: &FxHashSet<SmolStr>,
    ) -> Self {
        let mut all: Vec<&str> = STANDARD_PREFIXES.to_vec();
        let own = prefixes.iter().map(SmolStr::as_str);
        all.extend(own.filter(|prefix| !STANDARD_PREFIXES.contains(prefix) && *prefix != "T"));
        Self {
            words: GateWords::new(&all, &[]),
            files,
            from,
        }
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<SourceAnswer> {
        let too_large = AtomicUsize::new(0);
        let read = |(file, relative, path): &(FileId, SmolStr, PathBuf)| {
            if cancelled() {
                return None;
            }
            let bytes = match self.from.source_bytes(path) {
                Ok(bytes) => bytes,
                Err(is_too_large) => {
                    too_large.fetch_add(usize::from(is_too_large), Ordering::Relaxed);
                    return None;
                }
            };
            if !code::gate(&bytes, &self.words) {
                return None;
            }
            let text = text::decode(bytes).text;
            let facts = code::read_path(relative, &text, &|| cancelled())?;
            if facts.mentions.is_empty() && facts.head.is_empty() {
                return None;
            }
            let lines = LineIndex::new(&text);
            Some((*file, Arc::new(SourceFile { lines, facts })))
        };
        let sources: Vec<_> = with_readers(|| self.files.par_iter().filter_map(read).collect());
        (!cancelled()).then(|| SourceAnswer {
            sources,
            gated: self.files.len(),
            too_large: too_large.into_inner(),
        })
    }
}
