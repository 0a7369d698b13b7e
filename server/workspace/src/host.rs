//! The one writer: owns the inputs, takes changes in order, publishes immutable snapshots.
//!
//! Slow work (reading all sources, git history) is handed out as a [`Job`], run wherever the caller likes, and its
//! [`Answer`] posted back; until then what depends on it is unknown.

mod base;
mod changes;
mod committed;
mod due;
mod early;
mod editions;
mod evidence;
mod findings;
mod fork;
mod git_state;
mod half_written;
mod job;
mod locks;
mod manifests;
mod memory;
mod published;
mod rewritten;
mod roots;
mod rounds;
mod spec_roots;
mod told;
mod touched;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, LineIndex};
use trace::{
    Change, DocumentFile, Graph, Inputs, Root, RootId, SourceFile, SpecRoots, Topic, Tree,
    WordQuestion,
};

use crate::active::named_active;
use crate::answers::Known;
use crate::cache::CacheOptions;
use crate::decisions::{Decisions, today};
use crate::files::{Files, Past};
use crate::git::{Commit, Repository};
use crate::read::ReadOutcome;
use crate::report::ScanReport;
use crate::snapshot::Snapshot;
use crate::walk::Rules;
use crate::words::Nowhere;

pub use job::{Answer, Job};
pub(crate) use roots::locate;
use roots::{plain, root_names};

/// How a [`Host`] is set up.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Workspace folders.
    pub roots: Vec<PathBuf>,
    /// What they are called, by root; the rest by their last segment. See [`crate::Members`].
    pub names: Vec<SmolStr>,
    /// What repositories have published that are not checked out: the file, and what the workspace calls the
    /// repository; without a name it is called as it calls itself.
    pub facts: Vec<(Option<SmolStr>, PathBuf)>,
    /// Feature names or directories that the environment calls active (`SPECIFY_FEATURE*`).
    pub active: Vec<String>,
    /// Codes that settings may name.
    pub codes: Vec<&'static str>,
    /// What nobody wants to hear of where settings are in force; `None`: everything is asked.
    pub unheard: Option<fn(&settings::Settings) -> Vec<Topic>>,
    /// How long a file that looks half-written has to stand still until that is what it says; zero: nothing looks so.
    pub still: Duration,
    /// Where answers are kept for the next run; `None`: nowhere, and nothing is read there.
    pub cache: Option<CacheOptions>,
}

/// An open buffer.
#[derive(Default)]
struct Buffer {
    text: Arc<str>,
    version: i32,
    /// Of the states it had since it was opened.
    lines: documents::KnownLines,
}

/// Routes and HTTP calls of sources.
#[derive(Debug, Default)]
struct Endpoints {
    /// They are to be read even where no contract has operations.
    wanted: bool,
    /// They were asked for.
    asked: bool,
}

/// Owns the state of a workspace. One thread writes; everyone else reads [`Snapshot`]s.
pub struct Host {
    options: Options,
    files: Files,
    graph: Arc<Graph>,
    pending: Vec<Change>,
    /// Sources that were written on disk and not read since.
    rewritten: Vec<FileId>,
    /// Files that are to be looked at again.
    half_written: Vec<PathBuf>,
    /// The tree as it will be once `pending` is applied.
    tree: Tree,
    /// The same of the spec roots.
    spec_roots: SpecRoots,
    open: FxHashMap<FileId, Buffer>,
    /// Sources that cannot be read, so that they are not tried at every keystroke.
    unreadable: FxHashSet<FileId>,
    report: ScanReport,
    revision: u64,
    sources_due: bool,
    endpoints: Endpoints,
    /// Contracts whose base was asked for since they were opened or changed.
    based: FxHashSet<FileId>,
    touched: touched::Touched,
    /// What sources may mention, while only findings are asked for.
    skimmed: Option<trace::Skimmed>,
    asked: trace::Questions,
    /// The features whose questions were asked.
    asking: Arc<Vec<Arc<trace::Feature>>>,
    histories: Known,
    /// All answers so far, also those not applied yet.
    history: Arc<trace::History>,
    /// Words that the answers say are nowhere; made when first needed.
    nowhere: Option<Nowhere>,
    /// Where accepted code was looked for: root, name, ending of the path.
    searched: FxHashSet<(RootId, SmolStr, String)>,
    decisions: Decisions,
    editions: Arc<trace::openspec::Editions>,
    git: git_state::Asked,
    evidence: Arc<trace::Evidence>,
    evidence_due: bool,
    /// Manifests as they are on disk, once a feature needs them.
    manifests: Option<Arc<trace::Manifests>>,
    /// Extra spec directories of each folder that the walk has seen.
    walked: Vec<Vec<String>>,
    /// Which ignore rules counted in each folder then.
    rules: Vec<Rules>,
    memory: memory::Memory,
}

impl Host {
    /// An empty host; [`Host::scan`] fills it.
    #[must_use]
    pub fn new(mut options: Options) -> Self {
        options.roots = plain(&options.roots);
        Self {
            decisions: Decisions::new(options.codes.clone()),
            editions: Arc::default(),
            git: git_state::Asked::default(),
            evidence: Arc::default(),
            evidence_due: false,
            manifests: None,
            walked: Vec::new(),
            rules: Vec::new(),
            memory: memory::Memory::default(),
            options,
            files: Files::Disk,
            graph: Arc::default(),
            pending: Vec::new(),
            rewritten: Vec::new(),
            half_written: Vec::new(),
            tree: Tree::default(),
            spec_roots: SpecRoots::default(),
            open: FxHashMap::default(),
            unreadable: FxHashSet::default(),
            report: ScanReport::default(),
            revision: 0,
            sources_due: false,
            endpoints: Endpoints::default(),
            based: FxHashSet::default(),
            touched: touched::Touched::default(),
            skimmed: None,
            asked: trace::Questions::default(),
            asking: Arc::default(),
            histories: Known::default(),
            history: Arc::default(),
            nowhere: None,
            searched: FxHashSet::default(),
        }
    }

    /// An empty host over one commit per root instead of the disk, to compare `now` with: nothing is checked out. What
    /// the repository does not hold (ignored, a repository of its own) is taken as it is now: its past is unknown.
    #[must_use]
    pub fn at(options: Options, commits: Arc<[Commit]>, now: &Snapshot) -> Self {
        let past = Past {
            roots: plain(&options.roots),
            commits,
            now: now.graph.inputs().tree.clone(),
            untold: [
                now.report.ignored_spec_dirs.as_slice(),
                now.report.nested_repositories.as_slice(),
            ]
            .concat(),
            citing: findings::strays(&now.graph),
            hollow: now.graph.has_hollow_tests(),
            reports: now.graph.inputs().evidence.reports.clone(),
        };
        Self {
            files: Files::Commits(Arc::new(past)),
            ..Self::new(options)
        }
    }

    /// Walks the roots and reads every spec document and the sources that tasks name. Open buffers stay.
    pub fn scan(&mut self) {
        self.scan_unless(&|| false);
    }

    /// The same; no more is done once `cancelled` says so. Gives whether it was done: else this host is of no use.
    pub fn scan_unless(&mut self, cancelled: &(dyn Fn() -> bool + Sync)) -> bool {
        self.scan_documents_unless(cancelled) && self.read_named_unless(cancelled)
    }

    /// Reads the sources that documents name. Gives whether it was done: no more is done once `cancelled` says so.
    pub fn read_named_unless(&mut self, cancelled: &(dyn Fn() -> bool + Sync)) -> bool {
        let wanted: Vec<FileId> = self.graph.wanted_sources().into_iter().collect();
        self.read_wanted_unless(wanted, cancelled);
        !cancelled()
    }

    /// Walks the roots and reads every spec document. Open buffers stay.
    pub fn scan_documents(&mut self) {
        self.scan_documents_unless(&|| false);
    }

    /// The same; no more is done once `cancelled` says so. Gives whether it was done: else this host is of no use.
    pub fn scan_documents_unless(&mut self, cancelled: &(dyn Fn() -> bool + Sync)) -> bool {
        if cancelled() {
            return false;
        }
        let listings = self.listings();
        if cancelled() {
            return false;
        }
        let names = root_names(&self.options.names, &self.options.roots);
        let roots = names.into_iter().zip(&self.options.roots);
        let roots = roots.map(|(name, path)| Root {
            name,
            absent: !path.is_dir(),
            sparse: self.files.is_disk()
                && Repository::discover(path).is_some_and(|git| git.is_sparse()),
        });
        let listed = (0_u16..).zip(&listings).flat_map(|(at, listing)| {
            let own = listing.files.iter().filter(|entry| !entry.alias);
            own.map(move |entry| (at, entry))
        });
        let mut files: Vec<Vec<SmolStr>> = vec![Vec::new(); listings.len()];
        for (at, entry) in listed.clone() {
            files[usize::from(at)].push(SmolStr::new(&entry.path));
        }
        let tree = Tree::of(roots.collect(), files);
        // Both are in the order of their paths.
        for ((file, ..), (at, entry)) in tree.files().zip(listed) {
            self.memory.note(file, at, entry);
        }
        // File ids are new: buffers move over by path.
        let buffers: Vec<(PathBuf, Buffer)> = std::mem::take(&mut self.open)
            .into_iter()
            .filter_map(|(file, buffer)| Some((self.disk_path(file)?, buffer)))
            .collect();
        self.rules = listings.iter().map(|listing| listing.rules).collect();
        self.report = ScanReport::of_listings(listings);
        self.tree = tree;
        self.pending.clear();
        self.rewritten.clear();
        self.unreadable.clear();
        self.searched.clear();
        self.asked = trace::Questions::default();
        self.asking = Arc::default();
        self.history = Arc::default();
        self.evidence = Arc::default();
        self.nowhere = None;
        self.manifests = None;
        let named = named_active(&self.options, &self.tree);
        self.spec_roots = self.all_spec_roots(&named);
        self.editions = Arc::new(self.read_editions());
        let published = self.read_published();
        let mut inputs = Inputs {
            published: Arc::new(published),
            tree: self.tree.clone(),
            editions: Arc::clone(&self.editions),
            unheard: self.unheard(),
            spec_roots: self.spec_roots.clone(),
            named_active: Arc::new(named),
            ..Inputs::default()
        };
        let documents = self.read_documents(cancelled);
        if cancelled() {
            return false;
        }
        inputs.git = self.git_state(&documents);
        inputs.committed = self.committed(&documents).into_iter().collect();
        self.endpoints.asked = false;
        self.based.clear();
        let bases = self.bases(&documents, &inputs.git);
        self.based.extend(bases.iter().map(|(file, _)| *file));
        inputs.base = bases.into_iter().collect();
        for (file, doc) in documents {
            inputs.documents.insert(file, doc);
        }
        inputs.locks = self.read_locks().into_iter().collect();
        self.graph = Arc::new(Graph::new(inputs));
        self.read_manifests();
        for (path, buffer) in buffers {
            self.set_overlay(&path, buffer.text, buffer.version);
        }
        self.sources_due = true;
        true
    }

    fn read_documents(
        &mut self,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Vec<(FileId, Arc<DocumentFile>)> {
        use rayon::prelude::*;
        let files: Vec<(FileId, PathBuf, documents::DocumentKind)> = self
            .tree
            .files()
            .filter_map(|(file, root, path)| {
                let kind = self.spec_roots.document_kind(root, path)?;
                Some((file, self.disk_path(file)?, kind))
            })
            .collect();
        let read: Vec<(FileId, Result<Arc<DocumentFile>, String>)> = files
            .into_par_iter()
            .take_any_while(|_| !cancelled())
            .map(|(file, path, kind)| {
                let outcome = match self.files.document(&path) {
                    ReadOutcome::Text(read) => Ok(document(
                        documents::read(kind, &read.text),
                        read.text.into(),
                    )),
                    other => Err(why_not(&other)),
                };
                (file, outcome)
            })
            .collect();
        let mut documents = Vec::with_capacity(read.len());
        for (file, outcome) in read {
            match outcome {
                Ok(doc) => documents.push((file, doc)),
                Err(why) => self.report.unreadable(self.tree.path_str(file), why),
            }
        }
        documents
    }

    /// Where a file is on disk.
    fn disk_path(&self, file: FileId) -> Option<PathBuf> {
        let (root, path) = self.tree.path(file)?;
        Some(self.options.roots.get(root.0 as usize)?.join(path.as_str()))
    }

    /// The root and relative path of a path on disk; the innermost root wins.
    fn locate(&self, path: &Path) -> Option<(RootId, String)> {
        locate(&self.options.roots, path)
    }

    /// Reads sources that documents name and that nobody read yet.
    fn read_wanted(&mut self, files: Vec<FileId>) {
        self.read_wanted_unless(files, &|| false);
    }

    fn read_wanted_unless(&mut self, files: Vec<FileId>, cancelled: &(dyn Fn() -> bool + Sync)) {
        use rayon::prelude::*;
        let files: Vec<(FileId, SmolStr, PathBuf)> = files
            .into_iter()
            .filter(|file| {
                !self.graph.inputs().sources.contains_key(file) && !self.unreadable.contains(file)
            })
            .filter_map(|file| Some((file, self.tree.path(file)?.1.clone(), self.disk_path(file)?)))
            .filter(|(file, path, _)| code::is_source_path(path) || self.is_bound(*file, path))
            .collect();
        let read: Vec<(FileId, Option<Arc<SourceFile>>)> = files
            .into_par_iter()
            .take_any_while(|_| !cancelled())
            .map(|(file, relative, path)| {
                // Of a file of settings that is open nobody was told before somebody bound a value to it.
                let open = self.open.get(&file).map(|buffer| &buffer.text);
                let read = match open {
                    Some(text) => source(&relative, text),
                    None => match self.files.source(&path) {
                        ReadOutcome::Text(read) => self.memory.source(&relative, &read),
                        _ => None,
                    },
                };
                (file, read)
            })
            .collect();
        for (file, source) in read {
            match source {
                Some(source) => self.pending.push(Change::Source(file, Some(source))),
                None => {
                    self.unreadable.insert(file);
                }
            }
        }
    }

    /// Whether a file of settings holds what documents bind values to, or did.
    fn is_bound(&self, file: FileId, path: &str) -> bool {
        let root = self.tree.path(file).map(|(root, _)| root);
        code::is_settings_path(path)
            && root.is_some_and(|root| self.spec_roots.document_kind(root, path).is_none())
            && (self.graph.inputs().sources.contains_key(&file)
                || self.graph.bound_files().any(|bound| bound == file))
    }

    /// Takes what a job found.
    pub fn post(&mut self, answer: Answer) {
        match answer {
            Answer::Sources(answer) => self.take_sources(answer),
            Answer::History(answer) => self.learn(|history, asked| {
                history.fates.extend(answer.fates);
                history.pasts.extend(answer.pasts);
                history.word_pasts.extend(answer.word_pasts);
                // Each state of a symbol that is typed in has its own question.
                let asked = &asked.code_pasts;
                history
                    .code_pasts
                    .retain(|question, _| asked.binary_search(question).is_ok());
                history.code_pasts.extend(answer.code_pasts);
                history.reworded.extend(answer.reworded);
                history.since.extend(answer.since);
            }),
            Answer::Evidence(answer) => self.take_evidence(answer),
            Answer::Words(answer) => self.take_words(answer),
        }
    }

    /// Takes over what git said to another host, until it is asked again.
    pub fn keep_history(&mut self, known: &Arc<trace::History>) {
        if **known == trace::History::default() {
            return;
        }
        let known = trace::History::clone(known);
        self.learn(|history, _| {
            history.fates.extend(known.fates);
            history.pasts.extend(known.pasts);
            history.word_pasts.extend(known.word_pasts);
            history.code_pasts.extend(known.code_pasts);
            history.reworded.extend(known.reworded);
            history.since.extend(known.since);
            for (word, stands) in known.words {
                // What is open was looked into.
                *history.words.entry(word).or_default() |= stands;
            }
        });
    }

    /// Adds to the answers so far.
    fn learn(&mut self, learn: impl FnOnce(&mut trace::History, &trace::Questions)) {
        let mut history = trace::History::clone(&self.history);
        learn(&mut history, &self.asked);
        self.history = Arc::new(history);
        self.nowhere = None;
        self.pending
            .push(Change::History(Arc::clone(&self.history)));
    }

    /// A source holds this text now: words that stood nowhere may stand in it.
    fn heed_words(&mut self, text: &str) {
        let standing = self.words_nowhere().standing_in(text);
        self.found_standing(standing);
    }

    /// The words that stood in no source so far.
    fn words_nowhere(&mut self) -> &Nowhere {
        let history = &self.history;
        self.nowhere
            .get_or_insert_with(|| Nowhere::of(&history.words))
    }

    /// These words stand in a source now.
    fn found_standing(&mut self, standing: Vec<WordQuestion>) {
        if !standing.is_empty() {
            let standing = standing.into_iter().map(|question| (question, true));
            self.learn(|history, _| history.words.extend(standing));
        }
    }

    /// The state of the world without applying anything.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::new(Snapshot {
            revision: self.revision,
            graph: Arc::clone(&self.graph),
            roots: self.options.roots.clone().into(),
            open: self
                .open
                .iter()
                .map(|(file, buffer)| (*file, (Arc::clone(&buffer.text), buffer.version)))
                .collect(),
            report: self.report.clone(),
            settings: Arc::clone(self.decisions.folders()),
            today: today(),
        })
    }
}

pub(crate) fn document(facts: documents::Document, text: Arc<str>) -> Arc<DocumentFile> {
    Arc::new(DocumentFile {
        lines: LineIndex::new(&text),
        facts,
        text,
    })
}

fn source(path: &str, text: &str) -> Option<Arc<SourceFile>> {
    let facts = match code::read_path(path, text, &|| false) {
        Some(facts) => facts,
        None => code::read_settings(path, text)?,
    };
    let lines = LineIndex::new(text);
    Some(Arc::new(SourceFile { lines, facts }))
}

/// Why there is no text, in plain words.
pub(crate) fn why_not(outcome: &ReadOutcome) -> String {
    match outcome {
        ReadOutcome::Text(_) => String::new(),
        ReadOutcome::TooLarge { len } => format!("{len} bytes are more than we read"),
        ReadOutcome::Missing => "it went away while we looked".to_owned(),
        ReadOutcome::Unreadable(why) => why.clone(),
    }
}
