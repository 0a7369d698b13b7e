//! What people have read and accepted as true: lines of `spec.lock`, found again in documents and sources.
//!
//! Pure: this room is given the text of the lock and gives back edits of it. It never knows how a finding is worded.

mod accept;
mod again;
mod altered;
mod lock;
mod lookup;
mod past;
mod standing;
mod target;
mod wording;

use std::sync::Arc;

use smol_str::SmolStr;
use text::{FileId, LineIndex, TextRange, TextSize};

use crate::feature::ItemRef;
use crate::history::{Fate, PastQuestion, PathQuestion};

pub(crate) use accept::lock_path;
pub use accept::{AcceptPlan, Accepting, ItemPlan, LinkChange, Planned};
pub(crate) use altered::look_into;
pub use altered::{Alteration, Altered, CodePast, CodePastQuestion};
pub use lock::{CodePrint, Fact, LOCK_FILE, Lock, LockLine, LockProblem};
pub(crate) use lookup::{Found, Reader, unit_of};
pub(crate) use past::{look_back, word_change};
pub use target::{Part, TargetName};
pub(crate) use wording::{is_acceptable, print};

/// A lock as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// The whole text (open buffer or disk).
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
    /// What it says.
    pub lock: Lock,
}

impl LockFile {
    /// Reads the text of a lock.
    #[must_use]
    pub fn read(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self {
            lines: LineIndex::new(&text),
            lock: Lock::read(&text),
            text,
        }
    }
}

/// What was accepted of one feature.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// The lock; `None`: there is none that speaks of this feature.
    pub lock: Option<FileId>,
    /// Items with at least one line, by document and place.
    pub items: Vec<AcceptedItem>,
    /// Lines, by their position, that speak of items this feature does not have.
    pub dead: Vec<u32>,
    /// What git is asked of documents whose items read differently now.
    pub(crate) pasts: Vec<PastQuestion>,
}

impl Accepted {
    /// What was accepted of an item.
    #[must_use]
    pub fn of(&self, item: ItemRef) -> Option<&AcceptedItem> {
        let at = self.items.binary_search_by_key(&item, |each| each.item);
        at.ok().map(|at| &self.items[at])
    }

    /// What git is to be asked.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &PathQuestion> {
        let links = self.items.iter().flat_map(|item| &item.links);
        links.filter_map(|link| link.question.as_ref())
    }
}

/// An item that was accepted once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedItem {
    /// The item.
    pub item: ItemRef,
    /// The id of its lines.
    pub id: u64,
    /// The text as it is now was accepted, with some of its code.
    pub text: bool,
    /// Print of the text that was accepted last; where several were, of one of them.
    pub accepted_text: u64,
    /// Its links, by target.
    pub links: Vec<AcceptedLink>,
    /// What reads differently; `None` where it reads the same, or where git does not have the accepted text or was not
    /// asked yet.
    pub change: Option<TextChange>,
}

/// The words in which two texts differ, from the first to the last; either may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// As it was accepted.
    pub was: String,
    /// As it is now.
    pub now: String,
}

/// A link that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedLink {
    /// Where the code was.
    pub target: TargetName,
    /// The line that fits best.
    pub line: TextRange,
    /// Why it was accepted.
    pub reason: SmolStr,
    /// All lines of this link, by their position.
    pub lines: Vec<u32>,
    /// That line has the text as it is now.
    pub text: bool,
    /// What the code is to that line.
    pub code: CodeStanding,
    /// What git was asked, when the file is gone.
    pub question: Option<PathQuestion>,
    /// What git is asked of code that is another one, and where that code starts.
    pub past: Option<(CodePastQuestion, TextSize)>,
    /// What of the code is another; `None` where it is as it was, or where git does not have it as it was accepted or was
    /// not asked yet.
    pub altered: Option<Altered>,
}

impl AcceptedLink {
    /// Whether text and code are as they were accepted together.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.text && self.code.is_same()
    }
}

/// What accepted code is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeStanding {
    /// As it was, perhaps at another place.
    Same(CodeSpot),
    /// Its signature is another one.
    Signature(CodeSpot),
    /// Its body is another one.
    Body(CodeSpot),
    /// It is not there.
    Gone(Whither),
    /// Cannot be told; the words say why.
    Unknown(SmolStr),
}

impl CodeStanding {
    /// Whether nothing changed that counts.
    #[must_use]
    pub fn is_same(&self) -> bool {
        matches!(self, Self::Same(_))
    }

    /// Where the code is.
    #[must_use]
    pub fn spot(&self) -> Option<&CodeSpot> {
        match self {
            Self::Same(spot) | Self::Signature(spot) | Self::Body(spot) => Some(spot),
            Self::Gone(_) | Self::Unknown(_) => None,
        }
    }
}

/// A place in code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSpot {
    /// The file.
    pub file: FileId,
    /// Its name there; empty at the start for the file as a whole.
    pub range: TextRange,
    /// Not where the lock says.
    pub moved: bool,
}

/// Where accepted code went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whither {
    /// The file is there and does not declare it.
    Undeclared {
        /// The file.
        file: FileId,
        /// The only symbol with the same body, and its name.
        renamed: Option<(CodeSpot, SmolStr)>,
    },
    /// The file is gone; what git says.
    File(Fate),
}
