//! All due work at once, for the command line: everything, or no more than findings need.

use std::sync::Arc;

use documents::Format;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;
use trace::{Change, Graph, RootId};

use super::{Host, Job};
use crate::files::Files;
use crate::snapshot::Snapshot;
use crate::sources::{FilesToRead, with_readers};
use crate::words::{Asked, OpenTexts, look_into};

impl Host {
    /// Does all due work here and now. `sources`: also what only links are made of, reports of tests among it. Else the
    /// sources that findings cannot depend on are looked into for ids and words, and not parsed; after
    /// [`Host::scan_documents`] those that tasks name as well.
    pub fn finish(&mut self, sources: bool) -> Arc<Snapshot> {
        self.apply();
        // Who relies on what is broken, and for which requirements, only all links say.
        let sources = sources || self.graph.has_breaks();
        if self.graph.has_breaks() {
            tracing::debug!("a contract is broken: all sources are read");
            self.read_now(self.graph.wanted_sources());
        }
        let mut sift = !sources && matches!(self.files, Files::Disk);
        if sift {
            self.look_for_claimed();
            let mut wanted = self.graph.claimed_sources();
            wanted.extend(self.having_types());
            self.read_now(wanted);
        }
        self.read_now(self.graph.accepted_sources().collect());
        self.look_for_lost();
        self.apply();
        if !sources && self.graph.has_lost_code() {
            // It is looked for in all that an editor knows.
            tracing::debug!("accepted code is lost: all sources are read");
            sift = false;
            self.read_now(self.graph.wanted_sources());
        }
        if !sources {
            self.spare_sources();
        }
        // What became of paths raises questions of words: one pass over the sources answers all.
        let questions = self.graph.questions();
        self.ask_git(&questions);
        if !sources && self.graph.may_have_outdated() {
            // Whether the files that tasks name changed since says most; then those that mention what was reworded.
            let questions = self.graph.questions();
            self.ask_git(&questions);
            if self.graph.may_have_outdated() {
                tracing::debug!("ticked work may be outdated: all sources are read");
                sift = false;
                self.read_now(self.graph.wanted_sources());
                self.sources_due = true;
            }
        }
        self.work_off(sources, sift);
        if let Some(skimmed) = self.skimmed.take() {
            self.read_now(self.graph.perhaps_usual(&skimmed));
            // The requirements that no test mentions so far, then all of a feature that still has one.
            self.read_now(self.graph.perhaps_testing(&skimmed, false));
            self.read_now(self.graph.perhaps_testing(&skimmed, true));
            self.read_now(self.graph.perhaps_proving(&skimmed));
            self.pending.push(Change::SourcesRead(true));
            self.apply();
            self.work_off(sources, sift);
        }
        if !sources || !self.files.is_disk() {
            self.heed_reports();
        }
        self.save();
        self.apply()
    }

    /// Does the work that links are made of, all sources read, and asks git nothing: for answers that speak of what is there.
    pub fn finish_links(&mut self) -> Arc<Snapshot> {
        self.endpoints.wanted = true;
        self.apply();
        for _ in 0..2 {
            let jobs = self.due(false).into_iter();
            let jobs = jobs.filter(|job| matches!(job, Job::Sources(_)));
            for answer in jobs.filter_map(|job| job.run(&|| false)) {
                self.post(answer);
            }
            self.apply();
        }
        self.save();
        self.snapshot()
    }

    fn ask_git(&mut self, questions: &trace::Questions) {
        if let Some(job) = self.history_job(questions) {
            if let Some(answer) = job.run(&|| false) {
                self.post(answer);
            }
            self.apply();
        }
    }

    fn work_off(&mut self, sources: bool, sift: bool) {
        // A second round for what the answers of the first raise.
        for _ in 0..2 {
            self.evidence_due &= sources;
            let jobs = self.due(sift);
            if jobs.is_empty() {
                break;
            }
            for answer in jobs.into_iter().filter_map(|job| job.run(&|| false)) {
                self.post(answer);
            }
            self.apply();
        }
    }

    /// Reads these sources, if nobody has.
    fn read_now(&mut self, files: FxHashSet<FileId>) {
        self.read_wanted(files.into_iter().collect());
        self.apply();
    }

    /// Looks for the names that documents claim for files: of one that stands there no parser need tell more.
    fn look_for_claimed(&mut self) {
        let (words, files) = self.graph.claimed_words();
        if words.is_empty() {
            return;
        }
        let files: FilesToRead = files
            .into_iter()
            .filter_map(|file| Some((file, self.tree.path(file)?.1.clone(), self.disk_path(file)?)))
            .filter(|(_, path, _)| code::is_source_path(path))
            .collect();
        let asked = Asked::new(words, OpenTexts::default());
        with_readers(|| look_into(&files, &self.files, &asked, None, &|| false));
        let answers = asked.answers().into_iter();
        // Those that stand in none of these files may stand in another.
        let standing: Vec<_> = answers.filter(|(_, stands)| *stands).collect();
        self.learn(|history, _| history.words.extend(standing));
        self.apply();
    }

    /// Sources that may hold the types of entities, told by the names alone.
    fn having_types(&self) -> Vec<FileId> {
        use rayon::prelude::*;
        let mut names: FxHashMap<FileId, Vec<Arc<[SmolStr]>>> = FxHashMap::default();
        for (file, wanted) in self.graph.modelled_sources() {
            names.entry(file).or_default().push(wanted);
        }
        let files: Vec<_> = names
            .into_iter()
            .filter(|(file, _)| !self.graph.inputs().sources.contains_key(file))
            .filter_map(|(file, names)| Some((file, self.disk_path(file)?, names)))
            .filter(|(file, ..)| code::is_source_path(self.tree.path_str(*file)))
            .collect();
        files
            .into_par_iter()
            .filter(|(_, path, names)| {
                let text = self.files.source_bytes(path);
                text.is_ok_and(|text| trace::may_declare(text, names))
            })
            .map(|(file, ..)| file)
            .collect()
    }

    /// Leaves sources unread where they say nothing to findings. What a commit's sources cite matters only where it still
    /// does.
    fn spare_sources(&mut self) {
        let features = self.graph.features();
        if features.is_empty() {
            self.sources_due = false;
        }
        let cited = |each: &trace::Feature| each.format() == Format::Kiro;
        let needed = features
            .iter()
            .any(|each| each.awaits_mentions() || cited(each))
            || self.graph.has_operations()
            || self.graph.has_lost_code();
        if let (false, Files::Commits(past)) = (needed, &self.files)
            && !past.hollow
        {
            self.sources_due = false;
            let citing = past.citing.iter();
            let citing = citing.filter_map(|(root, path)| self.tree.file(*root, path));
            self.read_now(citing.collect());
        }
    }
}

/// Sources that cite ids which are not there.
pub(super) fn strays(graph: &Graph) -> Vec<(RootId, SmolStr)> {
    let strays = graph.features().iter().flat_map(|feature| &feature.strays);
    let files: FxHashSet<FileId> = strays.map(|stray| stray.file).collect();
    let tree = &graph.inputs().tree;
    let paths = files.into_iter().filter_map(|file| tree.path(file));
    paths.map(|(root, path)| (root, path.clone())).collect()
}
