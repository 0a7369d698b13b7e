//! Sources that were written on disk, many at once where a branch is switched: those that say nothing to anybody are
//! looked into and not parsed. More is kept than of the pass over all sources: every mention, whichever prefixes are
//! defined now.

use std::path::PathBuf;
use std::sync::LazyLock;

use code::GateWords;
use rustc_hash::FxHashSet;
use text::FileId;
use trace::Change;

use super::{Host, source};
use crate::read::ReadOutcome;
use crate::sources::with_readers;

/// Files that are read one after the other: threads cost more.
const FEW: usize = 32;

impl Host {
    /// Reads them for the graph of now.
    pub(super) fn read_rewritten(&mut self) {
        use rayon::prelude::*;
        let files: FxHashSet<FileId> = std::mem::take(&mut self.rewritten).into_iter().collect();
        if files.is_empty() {
            return;
        }
        self.words_nowhere();
        let crossing = self.endpoints.wanted || self.graph.has_operations();
        let says = |path: &str, text: &str| {
            may_mention(path, text) || crossing && code::may_cross(path, text)
        };
        // What is lost may be in any of them.
        let all = self.graph.has_lost_code() || self.graph.has_breaks();
        let named = self.graph.wanted_sources();
        let known = self.graph.inputs();
        let matters =
            |file: &FileId| all || named.contains(file) || known.sources.contains_key(file);
        let files: Vec<_> = files
            .into_iter()
            .filter(|file| !self.open.contains_key(file))
            .filter_map(|file| Some((file, self.tree.path_str(file), self.disk_path(file)?)))
            .collect();
        let (from, nowhere) = (&self.files, &self.nowhere);
        let read = |(file, relative, path): (FileId, &str, PathBuf)| {
            let ReadOutcome::Text(read) = from.source(&path) else {
                return (Some(Change::Source(file, None)), Vec::new());
            };
            let parsed = matters(&file) || says(relative, &read.text);
            let change = parsed.then(|| Change::Source(file, source(relative, &read.text)));
            let standing = nowhere.as_ref().map(|words| words.standing_in(&read.text));
            (change, standing.unwrap_or_default())
        };
        let read: Vec<_> = if files.len() > FEW {
            with_readers(|| files.into_par_iter().map(read).collect())
        } else {
            files.into_iter().map(read).collect()
        };
        let (changes, standing): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        self.pending.extend(changes.into_iter().flatten());
        self.found_standing(standing.into_iter().flatten().collect());
    }
}

/// Whether a source may mention an item of a spec, or name its feature. What is read without a parser is read at once.
fn may_mention(path: &str, text: &str) -> bool {
    static MARKS: LazyLock<GateWords> = LazyLock::new(|| GateWords::new(&[], &[]));
    code::Language::of_path(path).is_none()
        || code::gate(text.as_bytes(), &MARKS)
        || !code::skim(text).mentions.is_empty()
}
