//! Answers the graph's questions about paths that are not in the tree: disk first, then git.

use std::path::PathBuf;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use trace::{Fate, History, PathQuestion, Questions, RootId};

use crate::git::{self, Budget, Repository, SuffixFate};
use crate::walk::{Probe, probe};

/// Commits looked at before the answer is *unknown*.
const MAX_COMMITS: usize = 50_000;

/// The questions, ready to be asked on any thread.
pub struct HistoryJob {
    roots: Vec<PathBuf>,
    questions: Questions,
}

/// What became of each path.
pub struct HistoryAnswer {
    /// All answers, old ones included.
    pub history: History,
}

impl HistoryJob {
    pub(crate) fn new(roots: Vec<PathBuf>, questions: Questions) -> Self {
        Self { roots, questions }
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<HistoryAnswer> {
        let mut history = History::default();
        let mut by_root: FxHashMap<RootId, Vec<PathQuestion>> = FxHashMap::default();
        for question in self.questions.paths {
            by_root.entry(question.root).or_default().push(question);
        }
        for (root, questions) in by_root {
            let Some(base) = self.roots.get(root.0 as usize) else {
                continue;
            };
            let past = Past::new(&self.roots, base);
            for question in questions {
                if cancelled() {
                    return None;
                }
                let fate = past.fate(&question);
                history.fates.insert(question, fate);
            }
        }
        Some(HistoryAnswer { history })
    }
}

/// Disk and git of one root.
struct Past<'a> {
    roots: &'a [PathBuf],
    root: &'a PathBuf,
    git: Option<git::History>,
    tracked: Option<git::Tracked>,
}

impl<'a> Past<'a> {
    fn new(roots: &'a [PathBuf], root: &'a PathBuf) -> Self {
        let repository = Repository::discover(root);
        let budget = Budget {
            max_commits: MAX_COMMITS,
            deadline: None,
        };
        Self {
            roots,
            root,
            tracked: repository.as_ref().and_then(Repository::tracked),
            git: repository.map(|repository| repository.history(&budget)),
        }
    }

    fn fate(&self, question: &PathQuestion) -> Fate {
        let path = question.path.as_str();
        let in_project = if question.project.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", question.project)
        };
        for candidate in [in_project.as_str(), path] {
            match probe(self.roots, self.root, candidate) {
                Probe::File | Probe::Directory => return Fate::Present,
                Probe::Unknown => return Fate::Unknown("the system does not let us look".into()),
                Probe::Missing | Probe::Outside => {}
            }
            if self
                .tracked
                .as_ref()
                .is_some_and(|tracked| tracked.is_left_out(candidate))
            {
                return Fate::Present;
            }
        }
        let Some(git) = &self.git else {
            return Fate::Unknown("there is no git repository".into());
        };
        for candidate in [in_project.as_str(), path] {
            match told(candidate, git.fate(candidate)) {
                Fate::Never { .. } | Fate::Unknown(_) => {}
                fate => return fate,
            }
        }
        match git.fate_by_suffix(path) {
            SuffixFate::One(one) => told(&one.was, one.fate),
            SuffixFate::Ambiguous(_) => Fate::Existed,
            SuffixFate::Unknown { why } => Fate::Unknown(why.into()),
            SuffixFate::Never => {
                let name = path.rsplit('/').next().unwrap_or(path);
                match git.ever_named(name) {
                    Ok(paths) => Fate::Never {
                        name_existed: !paths.is_empty(),
                    },
                    Err(why) => Fate::Unknown(why.into()),
                }
            }
        }
    }
}

fn told(was: &str, fate: git::Fate) -> Fate {
    match fate {
        // In HEAD and not on disk: deleted without a commit, or by a tool a moment ago.
        git::Fate::Present => Fate::Unknown(
            "it is in git's HEAD but not on disk; the deletion is not committed".into(),
        ),
        git::Fate::Moved { to, commit, .. } => Fate::Moved {
            was: was.into(),
            to: to.into(),
            commit: commit.into(),
        },
        git::Fate::Deleted { commit, .. } => Fate::Deleted {
            was: was.into(),
            commit: commit.into(),
        },
        git::Fate::Never => Fate::Never {
            name_existed: false,
        },
        git::Fate::Unknown { why } => Fate::Unknown(SmolStr::from(why)),
    }
}
