//! The engine the binary runs: the workspace's host and what the rules say of it, kept up to date together.
//!
//! What takes long is prepared beside the writer, by a host of its own ([`beside`]): walking, and making links and findings
//! of what slow work has found. The writer puts it in the place of its own once it is done, and says again what happened
//! meanwhile. While the workspace is walked for the first time there is an early state ([`workspace::Host::set_early`]), then one
//! of all documents, while the sources that they name are read.

mod beside;
mod snapshot;

pub use snapshot::Snapshot;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ide::Analysis;
use workspace::{Answer, Job, Members, Options};

use self::beside::{Beside, Outcome, Prepared};
use super::background::Lane;
use super::courtesy::Courtesy;
use super::engine::{self, Extent};
use super::freeing::drop_beside;
use super::transport::Bell;

/// Texts that the editor holds, with their versions.
type Overlays = HashMap<PathBuf, (Arc<str>, i32)>;

/// Longer than any pause of a program between two writes of one file.
const STILL: Duration = Duration::from_secs(3);

/// The engine.
pub struct Host {
    inner: workspace::Host,
    options: Options,
    /// The folders the client opened.
    folders: Vec<PathBuf>,
    analysis: Analysis,
    /// What the editor holds, for a host that is made anew.
    overlays: Overlays,
    /// How far the workspace was read for the first time.
    extent: Extent,
    sources: Lane<Answer>,
    history: Lane<Answer>,
    words: Lane<Answer>,
    evidence: Lane<Answer>,
    /// Everything, walked anew.
    walks: Beside,
    /// What was found, made links and findings of.
    digests: Beside,
    /// Found, and not digested yet.
    found: Vec<Answer>,
    scope: Option<settings::Scope>,
}

impl Host {
    /// An engine without folders. `bell` tells the writer that slow work has ended; that steps aside out of `courtesy`.
    #[must_use]
    pub fn new(active: Vec<String>, bell: &Bell, courtesy: &Courtesy) -> Self {
        let options = Options {
            roots: Vec::new(),
            names: Vec::new(),
            facts: Vec::new(),
            active,
            codes: crate::decisions::codes(),
            unheard: Some(rules::unheard),
            still: STILL,
            cache: crate::cache::chosen(),
        };
        let ring = || {
            let bell = bell.clone();
            move || bell.ring()
        };
        Self {
            inner: workspace::Host::new(options.clone()),
            options,
            folders: Vec::new(),
            analysis: Analysis::default(),
            overlays: HashMap::new(),
            extent: Extent::Whole,
            sources: Lane::new("reading sources", ring(), courtesy),
            history: Lane::new("asking git", ring(), courtesy),
            words: Lane::new("looking for words", ring(), courtesy),
            evidence: Lane::new("reading reports", ring(), courtesy),
            walks: Beside::new("walking", ring(), courtesy),
            digests: Beside::new("linking", ring(), courtesy),
            found: Vec::new(),
            scope: None,
        }
    }

    /// Takes the repositories that the folders' workspace files name; whether they are others than before.
    fn join_members(&mut self) -> bool {
        let members = Members::of(&self.folders);
        let others = (
            &self.options.roots,
            &self.options.names,
            &self.options.facts,
        ) != (&members.roots, &members.names, &members.facts);
        self.options.roots = members.roots;
        self.options.names = members.names;
        self.options.facts = members.facts;
        others
    }

    /// Walks the folders, beside the writer.
    fn walk(&mut self) {
        let (options, overlays) = (self.options.clone(), self.overlays.clone());
        let graph = Arc::clone(&self.analysis.graph);
        // Somebody waits for the first reading. What was known once is not given up to be read again.
        let first = self.extent == Extent::Around;
        let extent = if first {
            Extent::Documents
        } else {
            Extent::Whole
        };
        let work = move |cancelled: super::background::Cancelled<'_>| {
            Prepared::walked(options, &overlays, &graph, extent, cancelled)
        };
        if first {
            self.walks.start_at_once(work);
        } else {
            self.walks.start(work);
        }
    }

    /// Puts what a walk found in the place of what was known.
    fn take_walk(&mut self, walked: Outcome) {
        self.digests.stop();
        self.stop_reading();
        let first = std::mem::replace(&mut self.extent, Extent::Whole) == Extent::Around;
        let known = Arc::clone(&self.analysis.graph.inputs().history);
        if let Outcome::Ready(mut walked) = walked {
            walked.host.keep_settings_of(&self.inner);
            if !Arc::ptr_eq(&walked.history, &known) {
                walked.host.keep_history(&known);
            }
            self.extent = walked.extent;
            self.take(*walked);
        } else if first {
            // It broke, and its fault was told: nothing is known, and nobody waits for more.
            self.inner = workspace::Host::new(self.options.clone());
            self.analysis = Analysis::default();
        }
        let behind = self.walks.behind();
        self.repeat(behind.texts);
        engine::Engine::files_changed(self, &behind.disk);
        if self.extent == Extent::Documents {
            let (host, analysis) = (self.inner.fork(), self.analysis.clone());
            self.digests
                .start_at_once(move |cancelled| Prepared::named(host, &analysis, cancelled));
        }
    }

    /// Puts a host that was prepared in the place of this one.
    fn take(&mut self, prepared: Prepared) {
        let mut before = std::mem::replace(&mut self.inner, prepared.host);
        self.inner.keep_lines_of(&mut before);
        let analysis = std::mem::replace(&mut self.analysis, prepared.analysis);
        drop_beside((before, analysis));
        self.send_out(prepared.jobs);
    }

    /// Says again what the editor holds of these files.
    fn repeat(&mut self, texts: Vec<PathBuf>) {
        for path in texts {
            match self.overlays.get(&path) {
                Some((text, version)) => {
                    self.inner.set_overlay(&path, Arc::clone(text), *version);
                }
                None => self.inner.close_overlay(&path),
            }
        }
    }

    fn snapshot(&self, inner: Arc<workspace::Snapshot>) -> Arc<Snapshot> {
        let analysis = self.analysis.clone();
        Arc::new(Snapshot::new(inner, analysis, self.scope, self.extent))
    }

    fn send_out(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            let lane = match job {
                Job::Sources(_) => &mut self.sources,
                Job::History(_) => &mut self.history,
                Job::Words(_) => &mut self.words,
                Job::Evidence(_) => &mut self.evidence,
            };
            lane.start(move |cancelled| job.run(cancelled));
        }
    }

    fn stop_reading(&mut self) {
        self.found.clear();
        for lane in [
            &mut self.sources,
            &mut self.history,
            &mut self.words,
            &mut self.evidence,
        ] {
            lane.stop();
        }
    }

    /// Something happened to the text of a file in the editor.
    fn note_text(&mut self, path: &Path) {
        self.walks.note_text(path);
        self.digests.note_text(path);
    }

    /// Whether a change is understood by walking again only: another commit was checked out or made, or a directory with
    /// much in it came or went.
    fn needs_walk(&self, path: &Path) -> bool {
        path.ends_with(".git/HEAD") || path.ends_with(".git/logs/HEAD") || self.inner.is_much(path)
    }
}

impl engine::Engine for Host {
    type Snapshot = Snapshot;

    fn home(&self, path: &Path) -> Option<PathBuf> {
        workspace::home(path)
    }

    fn open(&mut self, folders: &[PathBuf]) {
        self.folders = folders.to_vec();
        self.join_members();
        self.overlays.clear();
        self.stop_reading();
        self.digests.stop();
        let inner = workspace::Host::new(self.options.clone());
        let before = std::mem::replace(&mut self.inner, inner);
        let analysis = std::mem::take(&mut self.analysis);
        drop_beside((before, analysis));
        self.extent = Extent::Around;
        self.walk();
        self.inner.begin_early();
    }

    fn set_overlay(&mut self, path: &Path, text: &Arc<str>, version: i32) {
        self.overlays
            .insert(path.to_owned(), (Arc::clone(text), version));
        self.note_text(path);
        if self.extent == Extent::Around {
            self.inner.set_early(path, text, version);
        } else {
            self.inner.set_overlay(path, Arc::clone(text), version);
        }
    }

    fn close_overlay(&mut self, path: &Path) {
        self.overlays.remove(path);
        self.note_text(path);
        if self.extent != Extent::Around {
            self.inner.close_overlay(path);
        }
    }

    fn set_scope(&mut self, scope: Option<settings::Scope>) {
        self.scope = scope;
    }

    fn files_changed(&mut self, paths: &[PathBuf]) {
        if self.extent == Extent::Around {
            self.walks.note_disk(paths);
            return;
        }
        let (walk, single): (Vec<&PathBuf>, Vec<&PathBuf>) =
            paths.iter().partition(|path| self.needs_walk(path));
        let rejoined = paths
            .iter()
            .any(|path| path.ends_with(settings::WORKSPACE_FILE))
            && self.join_members();
        if rejoined || !walk.is_empty() {
            self.walk();
        }
        let single: Vec<PathBuf> = single.into_iter().cloned().collect();
        self.inner.files_changed(&single);
        self.walks.note_disk(&single);
        self.digests.note_disk(&single);
    }

    fn half_written(&mut self) -> Vec<PathBuf> {
        self.inner.half_written()
    }

    fn take_work(&mut self) -> bool {
        let mut news = false;
        if let Some(walked) = self.walks.outcome() {
            self.take_walk(walked);
            news = true;
        } else if let Some(digested) = self.digests.outcome() {
            let behind = self.digests.behind();
            self.extent = Extent::Whole;
            if let Outcome::Ready(digested) = digested {
                self.take(*digested);
                self.repeat(behind.texts);
                self.inner.files_changed(&behind.disk);
                news = true;
            }
        }
        for lane in [
            &mut self.sources,
            &mut self.history,
            &mut self.words,
            &mut self.evidence,
        ] {
            self.found.extend(lane.answer());
        }
        if !self.found.is_empty() && !self.digests.is_under_way() {
            let found = std::mem::take(&mut self.found);
            let (host, analysis) = (self.inner.fork(), self.analysis.clone());
            self.digests
                .start_at_once(move |_| Some(Prepared::digested(host, &analysis, found)));
        }
        news
    }

    fn is_reading(&self) -> bool {
        self.extent != Extent::Whole
    }

    fn apply(&mut self) -> Arc<Snapshot> {
        if self.extent == Extent::Around {
            let inner = self.inner.early();
            // No rule has looked at it.
            self.analysis.graph = Arc::clone(&inner.graph);
            return self.snapshot(inner);
        }
        let inner = match self.extent {
            Extent::Whole => self.inner.apply(),
            _ => self.inner.early(),
        };
        if self.inner.needs_scan() && !self.walks.is_under_way() {
            self.walk();
        }
        self.analysis = beside::analysed(&self.analysis, &inner);
        // What is prepared beside asks for itself.
        if !self.digests.is_under_way() {
            let jobs = self.inner.jobs();
            self.send_out(jobs);
        }
        self.snapshot(inner)
    }
}

#[cfg(test)]
mod tests;
