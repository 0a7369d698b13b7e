//! Facts about the rules a project gave itself: principles, gates, what breaks them and why, checklists.

use smol_str::SmolStr;
use text::TextRange;

use super::{ItemIndex, Meta};

/// What only a principle of a constitution has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principle {
    /// Its [`super::ItemKind::Principle`] item.
    pub item: ItemIndex,
    /// `4` of `IV.`, `4.`, `Principle 4`, `第四条`.
    pub number: Option<u32>,
    /// The principle's name without number and marks: `Integration Testing`.
    pub name: SmolStr,
    /// `(NON-NEGOTIABLE)` with its brackets.
    pub non_negotiable: Option<TextRange>,
}

/// `**Version**: 1.2.0 | **Ratified**: 2025-06-13 | **Last Amended**: 2025-07-16`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Key and value of the version itself.
    pub version: Meta,
    /// When it was ratified.
    pub ratified: Option<Meta>,
    /// When it was last amended.
    pub amended: Option<Meta>,
}

/// What only a gate of a plan has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Its [`super::ItemKind::Gate`] item.
    pub item: ItemIndex,
    /// `4` of `IV. Integration Testing`, where the gate names a principle by number.
    pub number: Option<u32>,
    /// Its name without number and marks: `Integration Testing`.
    pub name: SmolStr,
    /// What the plan says of it.
    pub state: GateState,
    /// The bytes that say so (`✅`, `PASS`, the mark of a checkbox); nothing where nothing is said.
    pub state_range: Option<TextRange>,
    /// It stands in a second look, after the design (`### Post-Design Re-check`).
    pub again: bool,
}

/// What a plan says of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GateState {
    /// `✅`, `PASS`, `[x]`, `適合`
    Passed,
    /// `❌`, `FAIL`, `VIOLATION`, `違反`
    Violated,
    /// `⚠️`, `PARTIAL`, `JUSTIFIED`, `DEVIATION`: not simply passed.
    Concern,
    /// `N/A`
    NotApplicable,
    /// `[ ]`, `PENDING`, `TBD`
    Open,
    /// Nothing that can be read for sure.
    Unstated,
}

/// A row of a plan's Complexity Tracking; the first cell is the item's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Its [`super::ItemKind::Violation`] item.
    pub item: ItemIndex,
    /// `4` where the first cell names a principle by number (`Constitution IV: ...`).
    pub number: Option<u32>,
    /// Bytes of the second cell, *Why Needed*; may be empty.
    pub why: TextRange,
    /// Bytes of the third cell, *Simpler Alternative Rejected Because*; may be empty.
    pub rejected: TextRange,
}

/// What a checklist item says in brackets: `[Completeness, Spec §FR-001]`, `[Gap]`.
///
/// Ids cited there are among the document's mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    /// Its [`super::ItemKind::ChecklistItem`] item.
    pub item: ItemIndex,
    /// Bytes of each part between the brackets, commas left out: `Completeness`, `Spec §FR-001`, `Gap`; ascending.
    pub marks: Vec<TextRange>,
}
