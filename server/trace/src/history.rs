//! What git knows of paths that are not in the tree: questions this room asks, answers `workspace` gives.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use crate::RootId;

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
    /// Written with `./`: it starts at the root, the project or the document's directory, and nowhere below.
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

/// All that the graph would like to know. Sorted and without repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// Paths to look for.
    pub paths: Vec<PathQuestion>,
    /// Words to look for.
    pub words: Vec<WordQuestion>,
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
}

impl History {
    /// The answer to a question, *unknown* while there is none.
    #[must_use]
    pub fn fate(&self, question: &PathQuestion) -> Fate {
        self.fates
            .get(question)
            .cloned()
            .unwrap_or_else(|| Fate::Unknown("git history is still being read".into()))
    }
}
