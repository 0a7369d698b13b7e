//! Answers the graph's questions about paths that are not in the tree: disk first, then git.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use dashmap::DashMap;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use trace::{
    Fate, FileNames, Moment, Past as PastOf, PastQuestion, PathQuestion, Questions, RootId, Tree,
    Wanted, unticked,
};

use crate::files::Files;
use crate::git::{self, Budget, Repository, SuffixFate, Written};
use crate::host::document;
use crate::walk::{Probe, is_ignored};

/// Commits looked at before the answer is *unknown*.
const MAX_COMMITS: usize = 50_000;

/// Longest time spent on the history of one root.
const MAX_TIME: Duration = Duration::from_secs(30);

/// Histories already read, by root, with the HEAD they belong to.
pub(crate) type Known = Arc<DashMap<RootId, (String, Arc<Read>)>>;

/// A history and the file names in it.
pub(crate) struct Read {
    history: git::History,
    /// Made when first asked for.
    names: OnceLock<FileNames>,
}

impl Read {
    fn names(&self) -> &FileNames {
        self.names
            .get_or_init(|| FileNames::new(self.history.paths()))
    }
}

/// The questions, ready to be asked on any thread.
pub struct HistoryJob {
    roots: Vec<PathBuf>,
    from: Files,
    questions: Questions,
    known: Known,
    /// Files that no commit has yet count too.
    tree: Tree,
    /// Another repository lies below a root: its history is not read, so *never* cannot be told.
    nested: bool,
}

/// What became of each path.
pub struct HistoryAnswer {
    /// Answers to all questions of the job.
    pub fates: FxHashMap<PathQuestion, Fate>,
    /// When documents were written.
    pub pasts: FxHashMap<PastQuestion, Arc<PastOf>>,
}

impl HistoryJob {
    pub(crate) fn new(
        roots: Vec<PathBuf>,
        from: Files,
        questions: Questions,
        known: Known,
        tree: Tree,
        nested: bool,
    ) -> Self {
        Self {
            roots,
            from,
            questions,
            known,
            tree,
            nested,
        }
    }

    /// The history of one root, read once per HEAD.
    fn history(&self, root: RootId, repository: &Repository) -> Arc<Read> {
        let head = repository.state().head.unwrap_or_default();
        if let Some(known) = self.known.get(&root).filter(|known| known.0 == head) {
            return Arc::clone(&known.1);
        }
        let history = Arc::new(Read {
            history: repository.history(&Budget {
                max_commits: MAX_COMMITS,
                deadline: Some(Instant::now() + MAX_TIME),
            }),
            names: OnceLock::new(),
        });
        self.known.insert(root, (head, Arc::clone(&history)));
        history
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<HistoryAnswer> {
        let mut fates = FxHashMap::default();
        let mut by_root: FxHashMap<RootId, Vec<PathQuestion>> = FxHashMap::default();
        for question in self.questions.paths.clone() {
            by_root.entry(question.root).or_default().push(question);
        }
        for (root, questions) in by_root {
            let Some(base) = self.roots.get(root.0 as usize) else {
                continue;
            };
            let repository = self.from.repository(&self.roots, root);
            let past = Past {
                roots: &self.roots,
                from: &self.from,
                root: base,
                // A commit is whole; only a checkout is sparse.
                tracked: repository
                    .as_ref()
                    .filter(|_| self.from.is_disk())
                    .and_then(Repository::tracked),
                git: repository
                    .as_ref()
                    .map(|repository| self.history(root, repository)),
                names: OnceLock::new(),
                files: (&self.tree, root),
                nested: self.nested,
            };
            for question in questions {
                if cancelled() {
                    return None;
                }
                let fate = past.fate(&question);
                fates.insert(question, fate);
            }
        }
        let pasts = self.pasts(cancelled)?;
        Some(HistoryAnswer { fates, pasts })
    }

    fn pasts(
        &self,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<FxHashMap<PastQuestion, Arc<PastOf>>> {
        let mut pasts = FxHashMap::default();
        let mut by_root: FxHashMap<RootId, Vec<&PastQuestion>> = FxHashMap::default();
        for question in &self.questions.pasts {
            by_root.entry(question.root).or_default().push(question);
        }
        for (root, questions) in by_root {
            if cancelled() {
                return None;
            }
            let repository = self.from.repository(&self.roots, root);
            let pairs: Vec<(&str, &str)> = questions
                .iter()
                .map(|asked| (asked.document.0.as_str(), asked.source.0.as_str()))
                .collect();
            let written = match &repository {
                Some(repository) => self.history(root, repository).history.written(&pairs),
                None => Err("there is no git repository".to_owned()),
            };
            match written {
                Ok(written) => {
                    let known = questions.into_iter().zip(written);
                    pasts.extend(known.map(|(asked, written)| {
                        (
                            asked.clone(),
                            Arc::new(PastOf::Known(moments(asked, written))),
                        )
                    }));
                }
                Err(why) => {
                    let why = Arc::new(PastOf::Unknown(why.into()));
                    let unknown = questions.into_iter();
                    pasts.extend(unknown.map(|asked| (asked.clone(), Arc::clone(&why))));
                }
            }
        }
        Some(pasts)
    }
}

/// The commits that are asked for, with what the documents say there.
fn moments(asked: &PastQuestion, mut written: Vec<Written>) -> Vec<Moment> {
    if asked.wanted == Wanted::LastWritten {
        let text = written.last().map(|last| unticked(&last.text));
        let same = |each: &Written| Some(unticked(&each.text)) == text;
        let last = written
            .iter()
            .rposition(|each| !same(each))
            .map_or(0, |at| at + 1);
        written.drain(..last);
        written.truncate(1);
    }
    let read = |kind, text: String| document(documents::read(kind, &text), text.into());
    written
        .into_iter()
        .map(|each| Moment {
            commit: each.commit.into(),
            document: read(asked.document.1, each.text),
            source: each.beside.map(|text| read(asked.source.1, text)),
        })
        .collect()
}

/// Disk and git of one root.
struct Past<'a> {
    roots: &'a [PathBuf],
    from: &'a Files,
    root: &'a PathBuf,
    git: Option<Arc<Read>>,
    /// Names of the files on disk; made when first asked for.
    names: OnceLock<FileNames>,
    files: (&'a Tree, RootId),
    tracked: Option<git::Tracked>,
    nested: bool,
}

impl Past<'_> {
    /// What the disk says of a path: it is there, a sparse checkout leaves it out, or the system does not tell.
    fn on_disk(&self, path: &str) -> Option<Fate> {
        match self.from.probe(self.roots, self.files.1, path) {
            Probe::File | Probe::Directory => return Some(Fate::Present),
            Probe::Unknown => {
                return Some(Fate::Unknown("the system does not let us look".into()));
            }
            Probe::Missing | Probe::Outside => {}
        }
        let tracked = self.tracked.as_ref();
        tracked
            .is_some_and(|tracked| tracked.is_left_out(path))
            .then_some(Fate::Present)
    }

    fn names(&self) -> &FileNames {
        self.names.get_or_init(|| {
            let (tree, root) = self.files;
            FileNames::new(tree.below(root, "").map(|(_, path)| path))
        })
    }

    fn fate(&self, question: &PathQuestion) -> Fate {
        let path = question.path.as_str();
        let in_project = if question.project.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", question.project)
        };
        let beside = format!("{}/{path}", question.directory);
        let candidates = [in_project.as_str(), beside.as_str(), path];
        if let Some(fate) = candidates.iter().find_map(|path| self.on_disk(path)) {
            return fate;
        }
        // What a run makes comes and goes without git; that it once slipped in says nothing.
        if is_ignored(self.root, &in_project) || is_ignored(self.root, path) {
            return Fate::Unknown("ignore rules keep it out of git".into());
        }
        match self.in_git(question, candidates) {
            Fate::Unknown(why) => Fate::Lost(why),
            fate => fate,
        }
    }

    /// What git says of a path that is not on disk.
    fn in_git(&self, question: &PathQuestion, candidates: [&str; 3]) -> Fate {
        let path = question.path.as_str();
        let Some(read) = &self.git else {
            return Fate::Unknown("there is no git repository".into());
        };
        let git = &read.history;
        let mut unsure = None;
        for candidate in candidates {
            match told(candidate, git.fate(candidate)) {
                Fate::Never { .. } => {}
                Fate::Unknown(why) => unsure = unsure.or(Some(why)),
                fate => return fate,
            }
        }
        if question.anchored {
            let nowhere = || "it starts at the root, where no commit has it".into();
            return Fate::Unknown(unsure.unwrap_or_else(nowhere));
        }
        match git.fate_by_suffix(path) {
            // The walk leaves out what is hidden.
            SuffixFate::One(one) => self
                .on_disk(&one.was)
                .unwrap_or_else(|| told(&one.was, one.fate)),
            SuffixFate::Ambiguous(_) => Fate::Existed,
            SuffixFate::Unknown { why } => Fate::Unknown(why.into()),
            SuffixFate::Never if self.nested => Fate::Unknown(
                "another repository lies below the root; its history is not read".into(),
            ),
            SuffixFate::Never => match git.ever_named(path) {
                Ok(paths) => Fate::Never {
                    name_existed: !paths.is_empty(),
                    alike: read.names().alike(path) || self.names().alike(path),
                },
                Err(why) => Fate::Unknown(why.into()),
            },
        }
    }
}

fn told(was: &str, fate: git::Fate) -> Fate {
    match fate {
        // In HEAD and not on disk: deleted without a commit, or by a tool a moment ago.
        git::Fate::Present => Fate::Removed { was: was.into() },
        git::Fate::Moved { to, commit, .. } => Fate::Moved {
            was: was.into(),
            to: to.into(),
            commit: commit.into(),
        },
        git::Fate::Deleted {
            commit,
            may_have_moved: true,
        } => Fate::Unknown(format!("it went away in {commit}; where to cannot be told").into()),
        git::Fate::Deleted { commit, .. } => Fate::Deleted {
            was: was.into(),
            commit: commit.into(),
        },
        git::Fate::Never => Fate::Never {
            name_existed: false,
            alike: false,
        },
        git::Fate::Unknown { why } => Fate::Unknown(SmolStr::from(why)),
    }
}
