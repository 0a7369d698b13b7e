//! Tags that other tools put into comments: `r[impl auth.login]`, `[impl->req~login~1]`, `@Requirements("REQ_001")`, and
//! words that say what a mention is for: `@implements FR-001`, `Verifies: FR-001`.
//!
//! One file per dialect; each is a line in [`DIALECTS`].

mod annotation;
mod duvet;
mod lobster;
mod name;
mod openfasttrace;
mod role;
mod tracey;

use crate::mentions::Mention;
pub use role::{Role, tag_before};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

/// Whose way of writing a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dialect {
    /// A word before an id: `@spec FR-001`, `Implements FR-001`.
    Word,
    /// `r[impl auth.login+2]`
    Tracey,
    /// `[impl->req~login~1]`
    OpenFastTrace,
    /// `//= specs/login/spec.md#sign-in` and `//# quoted text`
    Duvet,
    /// `@Requirements("REQ_001")`, `@SVCs("SVC_001")`, `#[req_satisfied("x")]`, `@Tag("FR-001")`
    Annotation,
    /// `lobster-trace: auth.login`, `@relation(FR-001, scope=function)`
    Lobster,
    /// A tag of a feature file: `@FR-001`
    Gherkin,
}

impl Dialect {
    /// Whether the tag exists for citing requirements and for nothing else: what it cites and nobody defines is an error
    /// of its author.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Tracey | Self::OpenFastTrace | Self::Duvet)
    }
}

/// What a tag says of the mention in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Whose way of writing it is.
    pub dialect: Dialect,
    /// What the code does for the item, where the tag says so.
    pub role: Option<Role>,
    /// The revision of the item that was in mind: the `2` of `+2` and of `~2`.
    pub revision: Option<u32>,
    /// Words of the item quoted with it, on one line.
    pub quote: Option<SmolStr>,
}

impl Tag {
    fn new(dialect: Dialect, role: Option<Role>) -> Self {
        Self {
            dialect,
            role,
            revision: None,
            quote: None,
        }
    }
}

/// A mention in a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The mention. Its key is an id as [`mentions`](crate::mentions()) gives it where it has the shape of one, else the
    /// name as written (`auth.login`, `req~login`, `specs/login/spec.md#sign-in`).
    pub mention: Mention,
    /// What the tag says of it.
    pub tag: Tag,
    /// The whole tag.
    pub range: TextRange,
}

/// One dialect.
struct Reader {
    /// Without one of these there is no tag of it.
    marks: &'static [&'static str],
    read: fn(&str, TextSize, &mut Vec<Tagged>),
}

const DIALECTS: &[Reader] = &[
    tracey::TRACEY,
    openfasttrace::OPEN_FAST_TRACE,
    duvet::DUVET,
    annotation::ANNOTATION,
    lobster::LOBSTER,
];

/// Appends the mentions in tags of other tools, by position.
///
/// `text` is the whole text of one comment, or of comments in a row.
pub fn tags(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    let first = out.len();
    for dialect in DIALECTS {
        if dialect.marks.iter().any(|mark| text.contains(mark)) {
            (dialect.read)(text, base, out);
        }
    }
    out[first..].sort_by_key(|tagged| tagged.mention.range.start());
    let mut end = TextSize::new(0);
    let mut kept = first;
    for at in first..out.len() {
        // What two dialects read is the first one's.
        if out[at].mention.range.start() >= end {
            end = out[at].mention.range.end();
            out.swap(kept, at);
            kept += 1;
        }
    }
    out.truncate(kept);
}

/// Appends the mentions in annotations of code: `@Requirements("REQ_001")` above a function.
///
/// `text` is a whole file; the caller drops what stands in its comments.
pub fn annotations(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    annotation::in_code(text, base, out);
}
