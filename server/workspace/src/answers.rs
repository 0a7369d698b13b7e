//! Answers the graph's questions about paths that are not in the tree: disk first, then git.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use dashmap::DashMap;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use trace::{
    CodePast, CodePastQuestion, Fate, FileNames, Moment, Past as PastOf, PastQuestion,
    PathQuestion, Questions, RewordedPast, RewordedQuestion, RootId, Since, SinceQuestion, Tree,
    Wanted, WordPast, WordPastQuestion, unticked,
};

use crate::cache::{Cache, Looked};
use crate::files::Files;
use crate::git::{self, Budget, GitMemory, Recalled, Repository, SuffixFate, Written};
use crate::host::{document, why_not};
use crate::read::ReadOutcome;
use crate::walk::{IgnoreRules, Probe};

/// Commits looked at before the answer is *unknown*.
const MAX_COMMITS: usize = 50_000;

/// Longest time spent on the history of one root.
const MAX_TIME: Duration = Duration::from_secs(30);

/// Histories already read, by root, with the state they belong to.
pub(crate) type Known = Arc<DashMap<RootId, (u128, Arc<Recalled>)>>;

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
    cache: Option<Arc<Cache>>,
    looked: Arc<Looked>,
    /// Open buffers, where a question is of what stands in one.
    open: FxHashMap<(RootId, SmolStr), Arc<str>>,
}

/// What became of each path.
pub struct HistoryAnswer {
    /// Answers to all questions of the job.
    pub fates: FxHashMap<PathQuestion, Fate>,
    /// When documents were written.
    pub pasts: FxHashMap<PastQuestion, Arc<PastOf>>,
    /// Where words went.
    pub word_pasts: FxHashMap<WordPastQuestion, WordPast>,
    /// What accepted code was.
    pub code_pasts: FxHashMap<CodePastQuestion, Arc<CodePast>>,
    /// What was reworded after its tasks were ticked.
    pub reworded: FxHashMap<RewordedQuestion, Arc<RewordedPast>>,
    /// Whether files changed since.
    pub since: FxHashMap<SinceQuestion, Since>,
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
            cache: None,
            looked: Arc::default(),
            open: FxHashMap::default(),
        }
    }

    /// Sources are as the editor has them, where it has them open.
    pub(crate) fn editing(self, open: FxHashMap<(RootId, SmolStr), Arc<str>>) -> Self {
        Self { open, ..self }
    }

    /// Asks what was remembered first, and notes what is looked at.
    pub(crate) fn remembering(self, cache: Option<Arc<Cache>>, looked: Arc<Looked>) -> Self {
        Self {
            cache,
            looked,
            ..self
        }
    }

    /// The history of one root, read once per HEAD.
    fn history(&self, root: RootId, repository: &Repository) -> Arc<Recalled> {
        let state = repository.history_state();
        if let Some(known) = self.known.get(&root).filter(|known| known.0 == state) {
            return Arc::clone(&known.1);
        }
        let memory = self.cache.as_ref().and_then(|cache| cache.git(state));
        let budget = Budget {
            max_commits: MAX_COMMITS,
            deadline: Some(Instant::now() + MAX_TIME),
        };
        let recalled = Arc::new(Recalled::new(
            repository.clone(),
            budget,
            memory.unwrap_or_else(|| GitMemory::of(state)),
            self.cache.clone(),
        ));
        self.known.insert(root, (state, Arc::clone(&recalled)));
        recalled
    }

    /// Keeps what one root's git said.
    fn keep(&self, git: &Recalled) {
        match git.missing() {
            Some(places) => places.iter().for_each(|place| self.looked.file(place)),
            None => self.looked.cannot_tell("git history"),
        }
        if let Some(cache) = &self.cache {
            if let Some(news) = git.news() {
                cache.keep_git(&news);
            }
            cache.save();
        }
    }

    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<HistoryAnswer> {
        let mut fates = FxHashMap::default();
        let mut past_words = FxHashMap::default();
        let mut by_root: FxHashMap<RootId, Asked> = FxHashMap::default();
        for question in self.questions.paths.clone() {
            let asked = by_root.entry(question.root).or_default();
            asked.paths.push(question);
        }
        for question in self.questions.word_pasts.clone() {
            let asked = by_root.entry(question.root).or_default();
            asked.words.push(question);
        }
        for (root, asked) in by_root {
            let Some(base) = self.roots.get(root.0 as usize) else {
                continue;
            };
            let repository = self.from.repository(&self.roots, root);
            let past = Past {
                roots: &self.roots,
                from: &self.from,
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
                ignore: IgnoreRules::new(base, &self.looked),
                looked: &self.looked,
            };
            let git = past.git.clone();
            for question in asked.paths {
                if cancelled() {
                    return None;
                }
                let fate = past.fate(&question);
                fates.insert(question, fate);
            }
            for question in asked.words {
                if cancelled() {
                    return None;
                }
                let word = past.word(&question);
                past_words.insert(question, word);
            }
            if let Some(git) = &git {
                self.keep(git);
            }
        }
        let pasts = self.pasts(cancelled)?;
        let code_pasts = self.code_pasts(cancelled)?;
        let (reworded, since) = self.left_behind(cancelled)?;
        Some(HistoryAnswer {
            fates,
            pasts,
            word_pasts: past_words,
            code_pasts,
            reworded,
            since,
        })
    }

    /// What was reworded after its tasks were ticked, and whether files changed since.
    #[expect(
        clippy::type_complexity,
        reason = "two of the answers, as they are kept"
    )]
    fn left_behind(
        &self,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<(
        FxHashMap<RewordedQuestion, Arc<RewordedPast>>,
        FxHashMap<SinceQuestion, Since>,
    )> {
        let (mut reworded, mut since) = (FxHashMap::default(), FxHashMap::default());
        let questions = &self.questions;
        let mut roots: Vec<RootId> = questions.reworded.iter().map(|it| it.root).collect();
        roots.extend(questions.since.iter().map(|it| it.root));
        roots.sort_unstable();
        roots.dedup();
        for root in roots {
            let repository = self.from.repository(&self.roots, root);
            let git = repository.map(|repository| self.history(root, &repository));
            let none = "there is no git repository".to_owned();
            for question in questions.reworded.iter().filter(|it| it.root == root) {
                if cancelled() {
                    return None;
                }
                let past = match &git {
                    Some(git) => git.reworded(question),
                    None => RewordedPast::Unknown(none.clone()),
                };
                reworded.insert(question.clone(), Arc::new(past));
            }
            for question in questions.since.iter().filter(|it| it.root == root) {
                if cancelled() {
                    return None;
                }
                let answer = match &git {
                    Some(git) => git.since(question),
                    None => Since::Unknown(none.clone()),
                };
                since.insert(question.clone(), answer);
            }
            if let Some(git) = &git {
                self.keep(git);
            }
        }
        Some((reworded, since))
    }

    /// What accepted code was. A few symbols at most: each costs some states of one file.
    fn code_pasts(
        &self,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<FxHashMap<CodePastQuestion, Arc<CodePast>>> {
        let mut pasts = FxHashMap::default();
        for question in &self.questions.code_pasts {
            if cancelled() {
                return None;
            }
            let past = self.code_past(question);
            let past = past.unwrap_or_else(|why| CodePast::Unknown(why.into()));
            pasts.insert(question.clone(), Arc::new(past));
        }
        Some(pasts)
    }

    fn code_past(&self, question: &CodePastQuestion) -> Result<CodePast, String> {
        let root = question.root;
        let repository = self.from.repository(&self.roots, root);
        let repository = repository.ok_or("there is no git repository")?;
        let now = match self.open.get(&(root, question.path.clone())) {
            Some(text) => text.to_string(),
            None => match self.roots.get(usize::from(root.0)) {
                Some(base) => match self.from.source(&base.join(question.path.as_str())) {
                    ReadOutcome::Text(read) => read.text,
                    other => {
                        // It may be readable another time.
                        self.looked.cannot_tell(&question.path);
                        return Err(why_not(&other));
                    }
                },
                None => return Err("its folder is gone".to_owned()),
            },
        };
        let git = self.history(root, &repository);
        let paths = [question.path.as_str(), question.was.as_str()];
        let state = git.state_of(&paths, |then| question.change(then, &now));
        self.keep(&git);
        let Some((change, commit)) = state? else {
            let why = SmolStr::new_static("no commit has it as it was accepted");
            return Ok(CodePast::Unknown(why));
        };
        let commit = commit.map(SmolStr::from);
        Ok(CodePast::Known { commit, change })
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
                Some(repository) => {
                    let git = self.history(root, repository);
                    let written = git.written(&pairs);
                    self.keep(&git);
                    written
                }
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

/// What is asked of one root.
#[derive(Default)]
struct Asked {
    paths: Vec<PathQuestion>,
    words: Vec<WordPastQuestion>,
}

/// Disk and git of one root.
struct Past<'a> {
    roots: &'a [PathBuf],
    from: &'a Files,
    git: Option<Arc<Recalled>>,
    /// Names of the files on disk; made when first asked for.
    names: OnceLock<FileNames>,
    files: (&'a Tree, RootId),
    tracked: Option<git::Tracked>,
    nested: bool,
    ignore: IgnoreRules,
    looked: &'a Looked,
}

impl Past<'_> {
    /// What the disk says of a path: it is there, a sparse checkout leaves it out, or the system does not tell.
    fn on_disk(&self, path: &str) -> Option<Fate> {
        let probe = self.from.probe(self.roots, self.files.1, path);
        self.looked.probe(self.files.1.0, path, probe);
        match probe {
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
        if self.ignore.hides(&in_project) || self.ignore.hides(path) {
            return Fate::Unknown("ignore rules keep it out of git".into());
        }
        match self.in_git(question, candidates) {
            Fate::Unknown(why) => Fate::Lost(why),
            fate => fate,
        }
    }

    /// Where a word went that stood in a file.
    fn word(&self, question: &WordPastQuestion) -> WordPast {
        let Some(git) = &self.git else {
            return WordPast::Unknown("there is no git repository".into());
        };
        match git.word_past(&question.path, &question.word) {
            git::WordPast::NotRemoved => WordPast::NotRemoved,
            git::WordPast::Removed(commit) => WordPast::Removed(commit.into()),
            git::WordPast::Unknown(why) => WordPast::Unknown(why.into()),
        }
    }

    /// Whether a file of HEAD that is not on disk was never put there: nothing is checked out (there is no index), or its
    /// content was not fetched.
    fn was_never_here(&self, git: &Recalled, path: &str) -> bool {
        self.from.is_disk() && (self.tracked.is_none() || !git.has_content(path))
    }

    /// What git says of a path that is not on disk.
    fn in_git(&self, question: &PathQuestion, candidates: [&str; 3]) -> Fate {
        let path = question.path.as_str();
        let Some(git) = &self.git else {
            return Fate::Unknown("there is no git repository".into());
        };
        let mut unsure = None;
        for candidate in candidates {
            match told(git, candidate, git.fate(candidate)) {
                Fate::Never { .. } => {}
                Fate::Unknown(why) => unsure = unsure.or(Some(why)),
                Fate::Removed { was } if self.was_never_here(git, &was) => return Fate::Present,
                fate => return fate,
            }
        }
        if question.anchored {
            let nowhere = || "it starts at the root, where no commit has it".into();
            return Fate::Unknown(unsure.unwrap_or_else(nowhere));
        }
        match git.fate_by_suffix(path) {
            // The walk leaves out what is hidden.
            SuffixFate::One(one) => {
                self.on_disk(&one.was)
                    .unwrap_or_else(|| match told(git, &one.was, one.fate) {
                        Fate::Removed { was } if self.was_never_here(git, &was) => Fate::Present,
                        fate => fate,
                    })
            }
            SuffixFate::Ambiguous(_) => Fate::Existed,
            SuffixFate::Unknown { why } => Fate::Unknown(why.into()),
            SuffixFate::Never if self.nested => Fate::Unknown(
                "another repository lies below the root; its history is not read".into(),
            ),
            SuffixFate::Never => match git.was_ever_named(path) {
                Ok(name_existed) => Fate::Never {
                    name_existed,
                    alike: git.had_alike(path) || self.names().alike(path),
                },
                Err(why) => Fate::Unknown(why.into()),
            },
        }
    }
}

fn told(git: &Recalled, was: &str, fate: git::Fate) -> Fate {
    match fate {
        // In HEAD and not on disk: deleted without a commit, or by a tool a moment ago.
        git::Fate::Present => Fate::Removed { was: was.into() },
        git::Fate::Moved { to, commit, .. } => Fate::Moved {
            was: was.into(),
            to: to.into(),
            commit: commit.into(),
        },
        git::Fate::Deleted {
            may_have_moved: true,
            ..
        } if git.is_partial() => {
            Fate::Unknown("partial clone; run `git fetch --refetch --no-filter`".into())
        }
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
