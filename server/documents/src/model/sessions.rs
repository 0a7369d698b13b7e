//! What later commands write into documents: answered questions of clarify, gaps of converge.

use text::TextRange;

use super::{ItemIndex, SectionIndex};

/// `- Q: <question> → A: <answer>` below `## Clarifications`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The list item, without trailing blanks.
    pub range: TextRange,
    /// Bytes of the question.
    pub question: TextRange,
    /// Bytes of the answer.
    pub answer: TextRange,
    /// The section it stands in: `### Session 2026-03-01`.
    pub session: Option<SectionIndex>,
}

/// `... per FR-003 (missing)` at the end of a task that converge wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Its [`super::ItemKind::Task`] item.
    pub item: ItemIndex,
    /// Bytes of what the task came from: `FR-003`, `US1/AC2`, `plan: storage decision`, `Constitution II`.
    pub source: TextRange,
    /// What sort of gap.
    pub kind: GapKind,
    /// Bytes of the word in the brackets.
    pub kind_range: TextRange,
}

/// Sorts of gaps between documents and code (speckit-format section 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GapKind {
    /// `missing`
    Missing,
    /// `partial`
    Partial,
    /// `contradicts`
    Contradicts,
    /// `unrequested`
    Unrequested,
}
