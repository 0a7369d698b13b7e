//! What git knows of paths that are not in the tree: questions this room asks, answers `workspace` gives.

use std::sync::Arc;

use documents::DocumentKind;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use crate::RootId;
use crate::acceptance::{CodePast, CodePastQuestion};
use crate::inputs::DocumentFile;
use crate::outdated::{RewordedPast, RewordedQuestion, Since, SinceQuestion};

/// Where did a path go? Asked for a path a document names that resolves to nothing in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathQuestion {
    /// Workspace folder of the document.
    pub root: RootId,
    /// Directory (from the root) of the project; the path may be relative to it.
    pub project: SmolStr,
    /// Directory (from the root) of the document; the path may be relative to it.
    pub directory: SmolStr,
    /// The path as named, cleaned.
    pub path: SmolStr,
    /// A link, or written with `./`: it starts at the root, the project or the document's directory, and nowhere below.
    pub anchored: bool,
}

/// Does this word stand in the sources? Asked for what a task names beside files that never existed: if its symbol
/// is there, the work may have been done in another file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordQuestion {
    /// Workspace folder.
    pub root: RootId,
    /// `DiffViewer`, `create_session`.
    pub word: SmolStr,
    /// Only in what this file declares, as a part of a name ([`crate::declares`]); else anywhere, as a whole word.
    pub within: Option<FileId>,
}

/// When was a document written, and what did the one it was made from say then? Asked for what is copied or derived:
/// requirements of a delta, tasks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PastQuestion {
    /// Workspace folder of both.
    pub root: RootId,
    /// Path (from the root) and kind of the document.
    pub document: (SmolStr, DocumentKind),
    /// Path (from the root) and kind of the one it was made from.
    pub source: (SmolStr, DocumentKind),
    /// Which of the commits that changed the document are asked for.
    pub wanted: Wanted,
}

/// Which commits that changed a document are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wanted {
    /// Every one.
    All,
    /// The last one that did more than tick boxes ([`unticked`]).
    LastWritten,
}

/// A commit that changed a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Short id of the commit.
    pub commit: SmolStr,
    /// The document as this commit has it.
    pub document: Arc<DocumentFile>,
    /// The one it was made from as this commit has it, if it was there.
    pub source: Option<Arc<DocumentFile>>,
}

/// When a document was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Past {
    /// The commits that were asked for, oldest first; none for a document that no commit has.
    Known(Vec<Moment>),
    /// Cannot be told; the sentence says why.
    Unknown(SmolStr),
}

/// Did this word once stand in this file, and which commit took it out? Asked for a symbol that no source has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordPastQuestion {
    /// Workspace folder of the file.
    pub root: RootId,
    /// The file, from the root.
    pub path: SmolStr,
    /// `create_session`.
    pub word: SmolStr,
}

/// Where a word went that no source has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordPast {
    /// No commit took it out: it never stood there, or it does in HEAD.
    NotRemoved,
    /// It stood there until this commit (short id).
    Removed(SmolStr),
    /// Cannot be told; the sentence says why.
    Unknown(SmolStr),
}

/// A text without the marks in its checkboxes: equal for two states between which tasks were only ticked.
#[must_use]
pub fn unticked(text: &str) -> String {
    let mut rest = text;
    let mut bare = String::with_capacity(text.len());
    while let Some(at) = rest.find('[') {
        let (before, box_) = rest.split_at(at + 1);
        bare.push_str(before);
        let mut chars = box_.chars();
        let mark = chars.next().filter(|mark| " xX-~".contains(*mark));
        rest = match mark {
            Some(_) if chars.next() == Some(']') => &box_[1..],
            _ => box_,
        };
    }
    bare + rest
}

/// All that the graph would like to know. Sorted and without repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// Paths to look for.
    pub paths: Vec<PathQuestion>,
    /// Words to look for.
    pub words: Vec<WordQuestion>,
    /// Documents whose past matters.
    pub pasts: Vec<PastQuestion>,
    /// Words to look for in earlier states of a file.
    pub word_pasts: Vec<WordPastQuestion>,
    /// Accepted code that is another one now.
    pub code_pasts: Vec<CodePastQuestion>,
    /// Specs with ticked tasks.
    pub reworded: Vec<RewordedQuestion>,
    /// Files that were made for what was reworded.
    pub since: Vec<SinceQuestion>,
}

impl Questions {
    /// Whether all of these are among them.
    #[must_use]
    pub fn hold(&self, others: &Self) -> bool {
        self.hold_of_git(others) && hold(&self.words, &others.words)
    }

    /// The same of what only git answers.
    #[must_use]
    pub fn hold_of_git(&self, others: &Self) -> bool {
        hold(&self.paths, &others.paths)
            && hold(&self.pasts, &others.pasts)
            && hold(&self.word_pasts, &others.word_pasts)
            && hold(&self.code_pasts, &others.code_pasts)
            && hold(&self.reworded, &others.reworded)
            && hold(&self.since, &others.since)
    }
}

/// Whether all of these are among sorted ones.
fn hold<T: Ord>(all: &[T], some: &[T]) -> bool {
    some.iter().all(|each| all.binary_search(each).is_ok())
}

/// What became of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is on disk, though the walk does not list it (hidden or ignored).
    Present,
    /// Now at `to` (path from the root); `commit` moved it last.
    Moved {
        /// Its path then.
        was: SmolStr,
        /// Where it is now.
        to: SmolStr,
        /// Short id of the commit.
        commit: SmolStr,
    },
    /// Deleted in `commit`.
    Deleted {
        /// Its path then.
        was: SmolStr,
        /// Short id of the commit.
        commit: SmolStr,
    },
    /// In git's HEAD, but not on disk: deleted or moved, not committed yet.
    Removed {
        /// Its path in HEAD.
        was: SmolStr,
    },
    /// Several different files ended in this path; none is here now.
    Existed,
    /// No commit ever held such a path.
    Never {
        /// A file of that name exists or existed in some directory.
        name_existed: bool,
        /// A file exists or existed whose name may be another spelling ([`crate::FileNames::alike`]).
        alike: bool,
    },
    /// Not on disk, and no ignore rule keeps it out of git; what git knows of it cannot be told, the sentence says why.
    Lost(SmolStr),
    /// Cannot be told; the sentence says why.
    Unknown(SmolStr),
}

/// Git's answers so far. A question without an answer is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Answers by question.
    pub fates: FxHashMap<PathQuestion, Fate>,
    /// Whether a word stands in a source file.
    pub words: FxHashMap<WordQuestion, bool>,
    /// When documents were written.
    pub pasts: FxHashMap<PastQuestion, Arc<Past>>,
    /// Where words went that no source has.
    pub word_pasts: FxHashMap<WordPastQuestion, WordPast>,
    /// What accepted code was.
    pub code_pasts: FxHashMap<CodePastQuestion, Arc<CodePast>>,
    /// What was reworded after its tasks were ticked.
    pub reworded: FxHashMap<RewordedQuestion, Arc<RewordedPast>>,
    /// Whether files changed since.
    pub since: FxHashMap<SinceQuestion, Since>,
}

impl History {
    /// Whether another state says the same but for what accepted code was.
    pub(crate) fn is_same_but_for_code(&self, other: &Self) -> bool {
        let Self {
            fates,
            words,
            pasts,
            word_pasts,
            code_pasts: _,
            reworded,
            since,
        } = self;
        (fates, words) == (&other.fates, &other.words)
            && (pasts, word_pasts) == (&other.pasts, &other.word_pasts)
            && (reworded, since) == (&other.reworded, &other.since)
    }

    /// The answer to a question, *unknown* while there is none.
    #[must_use]
    pub fn fate(&self, question: &PathQuestion) -> Fate {
        self.fates
            .get(question)
            .cloned()
            .unwrap_or_else(|| Fate::Unknown("git history is still being read".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::unticked;

    #[test]
    fn ticks_are_all_that_is_taken_away() {
        let bare = unticked("- [ ] 1. A [link](b) [x]\n- [~]* 2. [y] ü[");
        assert_eq!(bare, "- [] 1. A [link](b) []\n- []* 2. [y] ü[");
        assert_eq!(unticked("- [x] 1"), unticked("- [ ] 1"));
        assert_ne!(unticked("- [x] 1"), unticked("- [ ] 2"));
    }
}
