//! What only documents of Kiro and cc-sdd say.

use super::{ItemIndex, Label};
use smol_str::SmolStr;
use text::TextRange;

/// Facts of one Kiro document beyond items and mentions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kiro {
    /// Requirements whose criteria are numbered otherwise than they stand, with the highest number that any reading
    /// gives one of their criteria: ids below it are in doubt.
    pub disputed: Vec<(SmolStr, u32)>,
    /// Terms of the glossary used as a criterion's subject (`THE Session_Store SHALL`); ascending.
    pub term_uses: Vec<TermUse>,
    /// Lists that are there for citing (`_Requirements: 1.1, 2.3_`, `**Validates: ...**`, the requirement column of
    /// a traceability table): what they name must be there. Ascending.
    pub fields: Vec<Field>,
    /// Properties named with their titles in a task: `**Property 3: Round trip**`; ascending.
    pub labels: Vec<PropertyLabel>,
    /// Optional tasks: `- [ ]* 1.2 ...`.
    pub optional: Vec<Optional>,
    /// `_Boundary: ApiClient_`
    pub boundaries: Vec<Boundary>,
    /// Waves of a task dependency graph, in order.
    pub waves: Vec<Wave>,
    /// What sort of spec a `.config.kiro` names.
    pub spec_type: Option<SpecType>,
    /// The phase of a `spec.json`, as written.
    pub phase: Option<SmolStr>,
    /// Approvals of a `spec.json`.
    pub approvals: Vec<Approval>,
    /// When a steering file is read by agents.
    pub inclusion: Option<Inclusion>,
}

/// A list of ids in a place made for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What its numbers are.
    pub cited: grammar::Cited,
    /// From the first to the last byte of its list.
    pub range: TextRange,
}

/// A glossary term where a criterion uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUse {
    /// `Session_Store`
    pub term: SmolStr,
    /// Its bytes.
    pub range: TextRange,
}

/// A property with its title, where it is named and not defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyLabel {
    /// Its number as written: `3`.
    pub number: SmolStr,
    /// Bytes of the number.
    pub range: TextRange,
    /// Bytes of the title on the same line; may be empty.
    pub title: TextRange,
}

/// The mark of a task that may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optional {
    /// The task.
    pub item: ItemIndex,
    /// Bytes of the star.
    pub range: TextRange,
}

/// The component a task keeps to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// The task.
    pub item: ItemIndex,
    /// As written.
    pub name: Label,
}

/// Tasks that may run side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wave {
    /// In the order written.
    pub tasks: Vec<WaveTask>,
}

/// A task of a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveTask {
    /// `1.2`
    pub id: SmolStr,
    /// Its bytes, quotes left out.
    pub range: TextRange,
}

/// What sort of spec it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecType {
    /// Begins with requirements.
    Feature,
    /// Begins with a bug's analysis.
    Bugfix,
}

/// One approval of a `spec.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// `requirements`, `design`, `tasks`.
    pub document: SmolStr,
    /// It was written.
    pub generated: bool,
    /// Somebody agreed.
    pub approved: bool,
}

/// When a steering file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inclusion {
    /// With everything.
    Always,
    /// With files of these patterns.
    FileMatch(Vec<SmolStr>),
    /// When somebody names it.
    Manual,
    /// When its description fits.
    Auto,
}
