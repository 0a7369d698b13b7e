//! The facts of one document, in the field's words (design section 3). Ranges are bytes of the document's text.

mod bindings;
mod design;
mod governance;
mod kiro;
mod openspec;
mod sessions;
mod templates;

pub use bindings::{Binding, Said};
pub use design::{Decision, Entity, Field};
pub use governance::{Checks, Gate, GateState, Principle, Version, Violation};
pub use kiro::{
    Approval, Boundary, Field as KiroField, Inclusion, Kiro, Optional, PropertyLabel, SpecType,
    TermUse, Wave, WaveTask,
};
pub use openspec::{ChangeMetadata, Marker, SchemaName, SpecLine, Workflow};
pub use sessions::{Answered, Gap, GapKind};
pub use templates::{Registered, Strategy, TemplateEntry};

use grammar::{Mention, PathMention};
use smol_str::SmolStr;
use text::TextRange;

/// What a document is for. Decided from its path in `trace`, given to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `spec.md`
    Spec,
    /// `plan.md`
    Plan,
    /// `tasks.md`
    Tasks,
    /// `research.md`
    Research,
    /// `data-model.md`
    DataModel,
    /// `quickstart.md`
    Quickstart,
    /// `checklists/*.md`
    Checklist,
    /// Markdown below `contracts/`
    Contract,
    /// YAML or JSON below `contracts/`: `OpenAPI`, `AsyncAPI`, JSON Schema
    ContractData,
    /// GraphQL below `contracts/`
    ContractGraphql,
    /// Protocol buffers below `contracts/`
    ContractProto,
    /// `.specify/memory/constitution.md`
    Constitution,
    /// What agents are told: `CLAUDE.md`, `AGENTS.md` ... Only what it names is read.
    AgentContext,
    /// `.specify/presets/.registry`, `.specify/extensions/.registry`: which of them count, and in which order
    Registry,
    /// `.specify/presets/<id>/preset.yml`
    Preset,
    /// Any other Markdown of a feature: mentions and paths are read, nothing is demanded of it.
    Other,
    /// Kiro and cc-sdd: `requirements.md`
    KiroRequirements,
    /// Kiro: `bugfix.md`
    KiroBugfix,
    /// Kiro and cc-sdd: `design.md`
    KiroDesign,
    /// Kiro and cc-sdd: `tasks.md`
    KiroTasks,
    /// Kiro: `.config.kiro`; cc-sdd: `spec.json`
    KiroConfig,
    /// Kiro and cc-sdd: `.kiro/steering/*.md`
    Steering,
    /// `OpenSpec`: `specs/<capability>/spec.md`
    OpenSpecCapability,
    /// `OpenSpec`: `changes/<change>/specs/<capability>/spec.md`
    OpenSpecDelta,
    /// `OpenSpec`: `changes/<change>/proposal.md`
    OpenSpecProposal,
    /// `OpenSpec`: `changes/<change>/design.md`
    OpenSpecDesign,
    /// `OpenSpec`: `changes/<change>/tasks.md`
    OpenSpecTasks,
    /// `OpenSpec`: `changes/<change>/.openspec.yaml`
    OpenSpecChange,
    /// `OpenSpec`: `openspec/config.yaml`
    OpenSpecConfig,
    /// `OpenSpec`: `openspec/schemas/<name>/schema.yaml`
    OpenSpecSchema,
}

/// Family of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// GitHub Spec Kit.
    SpecKit,
    /// Kiro, and cc-sdd on top of it.
    Kiro,
    /// `OpenSpec`.
    OpenSpec,
}

impl Format {
    /// The name written to machine formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SpecKit => "spec-kit",
            Self::Kiro => "kiro",
            Self::OpenSpec => "openspec",
        }
    }
}

impl DocumentKind {
    /// The family whose documents alone are of this kind; none for Markdown of any sort.
    #[must_use]
    pub fn format(self) -> Option<Format> {
        match self {
            Self::Other => None,
            Self::KiroRequirements
            | Self::KiroBugfix
            | Self::KiroDesign
            | Self::KiroTasks
            | Self::KiroConfig
            | Self::Steering => Some(Format::Kiro),
            Self::OpenSpecCapability
            | Self::OpenSpecDelta
            | Self::OpenSpecProposal
            | Self::OpenSpecDesign
            | Self::OpenSpecTasks
            | Self::OpenSpecChange
            | Self::OpenSpecConfig
            | Self::OpenSpecSchema => Some(Format::OpenSpec),
            _ => Some(Format::SpecKit),
        }
    }

    /// What is to be done, task by task.
    #[must_use]
    pub fn is_tasks(self) -> bool {
        matches!(self, Self::Tasks | Self::KiroTasks | Self::OpenSpecTasks)
    }

    /// How it is to be built.
    #[must_use]
    pub fn is_plan(self) -> bool {
        matches!(self, Self::Plan | Self::KiroDesign | Self::OpenSpecDesign)
    }

    /// What others are promised.
    #[must_use]
    pub fn is_contract(self) -> bool {
        matches!(
            self,
            Self::Contract | Self::ContractData | Self::ContractGraphql | Self::ContractProto
        )
    }

    /// What is wanted.
    #[must_use]
    pub fn is_spec(self) -> bool {
        matches!(
            self,
            Self::Spec
                | Self::KiroRequirements
                | Self::KiroBugfix
                | Self::OpenSpecCapability
                | Self::OpenSpecDelta
        )
    }
}

/// Which of Spec Kit's template generations a document follows (before and since v0.0.57).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Generation {
    /// `## Execution Flow`, one primary story, `Phase 3.1`, no `[USn]`.
    First,
    /// Prioritised user stories, success criteria, tasks by story.
    Second,
}

/// Position of a [`Section`] in [`Document::sections`].
pub type SectionIndex = u32;
/// Position of an [`Item`] in [`Document::items`].
pub type ItemIndex = u32;

/// Everything one document says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What it was read as.
    pub kind: Option<DocumentKind>,
    /// Template generation, where its marks are there.
    pub generation: Option<Generation>,
    /// Headings in document order.
    pub sections: Vec<Section>,
    /// `**Key**: value` lines before the first `##`, and below `## Technical Context`.
    pub metas: Vec<Meta>,
    /// Definitions in document order: stories, scenarios, requirements, criteria, tasks, phases ...
    pub items: Vec<Item>,
    /// Ids named anywhere outside fenced code, HTML comments and front matter, the definitions' own ids left
    /// out; ascending. A paragraph that is wrapped over lines is read as one line.
    pub mentions: Vec<Mention>,
    /// Paths named there; ascending.
    pub paths: Vec<PathMention>,
    /// Values with the name of what holds them in code or settings; ascending.
    pub bindings: Vec<Binding>,
    /// Contents of inline code spans that could name a symbol (`create_session`, `Session::new()`); ascending.
    pub code_spans: Vec<CodeSpan>,
    /// Template text that was left in place; ascending.
    pub placeholders: Vec<Placeholder>,
    /// `[NEEDS CLARIFICATION: ...]` markers; ascending.
    pub clarifications: Vec<Clarification>,
    /// Principles of a constitution, by item.
    pub principles: Vec<Principle>,
    /// The version line of a constitution.
    pub version: Option<Version>,
    /// Gates of a plan's Constitution Check, by item.
    pub gates: Vec<Gate>,
    /// Rows of a plan's Complexity Tracking, by item.
    pub violations: Vec<Violation>,
    /// Decisions of a research document, by item.
    pub decisions: Vec<Decision>,
    /// What a data model says of its entities, by item.
    pub entities: Vec<Entity>,
    /// What a contract promises that is no Markdown, where that can be read.
    pub contract: Option<Box<crate::Contract>>,
    /// Items of a checklist that cite or are marked, by item.
    pub checks: Vec<Checks>,
    /// Answered questions of a spec; ascending.
    pub answered: Vec<Answered>,
    /// What tasks of converge came from, by item.
    pub gaps: Vec<Gap>,
    /// Presets or extensions of a registry.
    pub registered: Vec<Registered>,
    /// Templates of a preset's manifest.
    pub templates: Vec<TemplateEntry>,
    /// Ranges of fenced code blocks, HTML comments and front matter, where items are not read; ascending.
    pub opaque: Vec<TextRange>,
    /// The line that opens the first conflict of a merge; what stands in the document is not decided then.
    pub conflict: Option<TextRange>,
    /// Markdown links to places of the repository; ascending.
    pub hyperlinks: Vec<Hyperlink>,
    /// Which task comes after which, where the document says so in words; ascending by place.
    pub dependencies: Vec<Dependency>,
    /// Checkboxes of a Spec Kit task list that are no tasks.
    pub loose_boxes: LooseBoxes,
    /// What only documents of Kiro and cc-sdd say.
    pub kiro: Kiro,
    /// Lines of a main spec or delta of `OpenSpec`, as its tool breaks them.
    pub spec_lines: Vec<SpecLine>,
    /// What `.openspec.yaml` says.
    pub change: Option<ChangeMetadata>,
    /// The schema that `config.yaml` names.
    pub schema: Option<SchemaName>,
    /// What `schema.yaml` says.
    pub workflow: Option<Workflow>,
    /// How the author writes; edits follow it.
    pub style: LineStyle,
}

/// Checkboxes that are no tasks, for want of an id: outside code, sub-items, and sections that only explain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LooseBoxes {
    /// How many.
    pub all: u32,
    /// How many of them are ticked.
    pub done: u32,
    /// The line of the first.
    pub first: Option<TextRange>,
}

/// A heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// Heading text without marks, emoji, numbering (`4. `), tag (`*(mandatory)*`) and trailing `#`s.
    pub title: SmolStr,
    /// Bytes of the whole heading text as written, without `#` marks and surrounding blanks.
    pub title_range: TextRange,
    /// `*(mandatory)*` and its translations.
    pub tag: SectionTag,
    /// Bytes of the heading line(s), line break left out.
    pub heading: TextRange,
    /// From the heading's first byte to the next heading of the same or a higher level (or the end).
    pub range: TextRange,
    /// The enclosing section.
    pub parent: Option<SectionIndex>,
    /// Whether anything but blank lines, comments and rules stands in it (subsections count).
    pub empty: bool,
}

/// What a heading says of its own necessity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SectionTag {
    /// Nothing.
    #[default]
    None,
    /// `*(mandatory)*`, `*(必填)*`, `*(必須)*`, `*(obligatorio)*` ...
    Mandatory,
    /// `*(optional)*`, `*(include if ...)*`
    Optional,
}

/// A `**Key**: value` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Key without stars and colon, as written.
    pub key: SmolStr,
    /// Bytes of the key.
    pub key_range: TextRange,
    /// Bytes of the value, surrounding blanks left out.
    pub value_range: TextRange,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// `### User Story 1 - Title (Priority: P1)`; id `US1`.
    Story,
    /// Numbered acceptance scenario of a story; id `AC2`. `OpenSpec`: `#### Scenario: Name` of a requirement; id is the
    /// name.
    Scenario,
    /// `FR-001` and every other prefix that a requirements section defines. `OpenSpec`: `### Requirement: Name`; id is
    /// the name, byte for byte.
    Requirement,
    /// `SC-001`
    SuccessCriterion,
    /// `- **User**: ...` below Key Entities; id is the name.
    Entity,
    /// `- [ ] T001 ...`
    Task,
    /// `## Phase 3: User Story 1 - Title`; id is the number as written.
    Phase,
    /// `- [ ] CHK001 ...`
    ChecklistItem,
    /// A principle of a constitution: `### IV. Integration Testing`; id is the number as written (`IV`), else the name.
    Principle,
    /// A line of a plan's Constitution Check; id is its name as written.
    Gate,
    /// A row of a plan's Complexity Tracking; id is its first cell.
    Violation,
    /// `## Decision 2: Storage` of a research document; id as written (`R2`, `2`), else the title.
    Decision,
    /// A list item below Edge Cases of a spec; id `edge-2` by its place.
    EdgeCase,
    /// A list item below Assumptions of a spec; id `assumption-2` by its place.
    Assumption,
    /// Kiro: an acceptance criterion, a list item below a requirement; id `2.3` by its place.
    Criterion,
    /// Kiro: `### Property 3: Title` of a design; id `3`.
    Property,
    /// Kiro: a term of a glossary; id is the term.
    Term,
    /// An operation of a contract: `GET /users/{id}`, `Query.user`, `Users.Get`. Its id's bytes are those of the method
    /// or name.
    Operation,
}

/// Something a document defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Id in canonical form: as written, but ASCII digits, `-` for any dash, `US1` for every spelling of a story,
    /// `AC2` for a scenario's ordinal. A task or phase line without an id has an empty one.
    pub id: SmolStr,
    /// Bytes of the id as written (`FR-001`, `User Story 1`, `2.` or `-` of a scenario);
    /// empty at the text's start if there is none.
    pub id_range: TextRange,
    /// Bytes of the first line's text behind marker, id and labels: what a person would read as its title.
    pub title_range: TextRange,
    /// The whole item: a list item with its continuation lines and sub-items, a heading with its section;
    /// trailing blank lines left out.
    pub range: TextRange,
    /// Section it stands in (for headings: its own).
    pub section: Option<SectionIndex>,
    /// Scenario -> story, task -> phase, requirement -> story where the document nests them.
    pub parent: Option<ItemIndex>,
    /// The definition stands in a table row.
    pub in_table: bool,
    /// What only a task or a checklist item has.
    pub task: Option<Task>,
    /// What only a story or the phase of a story has.
    pub story: Option<Story>,
}

/// A story's own facts; on a phase, the story the phase is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Canonical story id: `US1`, `US3a`, `USA`.
    pub id: SmolStr,
    /// Priority as written: `P1`.
    pub priority: Option<Label>,
}

/// A task line's own facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Ticked, open or something else.
    pub state: TaskState,
    /// The one character between the brackets; empty range for a line without a checkbox.
    pub state_range: TextRange,
    /// Bytes from the list marker's start to the end of the checkbox; empty without one.
    pub checkbox_range: TextRange,
    /// `[P]`: bytes with brackets.
    pub parallel: Option<TextRange>,
    /// `[US1]`: canonical id and bytes with brackets. All labels in order.
    pub stories: Vec<Label>,
    /// The line's own indentation in bytes.
    pub indent: u32,
    /// Defects of its shape, in the order of the text. See the rule `task-format`.
    pub missing_checkbox: bool,
}

/// A short marked text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Canonical text: `US1`, `P2`.
    pub text: SmolStr,
    /// Bytes as written, brackets included.
    pub range: TextRange,
}

/// State of a checkbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// `[ ]`
    Open,
    /// `[x]`, `[X]`, `［x］`
    Done,
    /// `[-]`, `[~]` and any other mark: not done, not untouched.
    Other(char),
}

/// A task that the document says comes after another one of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The task that waits.
    pub task: ItemIndex,
    /// The task that must be done first.
    pub on: ItemIndex,
    /// Bytes of the id the words end in: `T003` of `depends on T003` and of `T001 blocks T003`. Tasks inside a range
    /// (`T003-T009`) have the whole range.
    pub range: TextRange,
}

/// A Markdown link or image whose destination is no address of the web: `[plan](../plan.md#summary)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyperlink {
    /// The path, percent-decoded; empty where only an anchor of the same document is named.
    pub path: SmolStr,
    /// Bytes of the path as written, without anchor and query; empty like the path.
    pub range: TextRange,
    /// What stands behind `#`.
    pub anchor: Option<Anchor>,
}

/// The place inside a document that a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Percent-decoded, without `#`.
    pub text: SmolStr,
    /// Bytes as written, without `#`.
    pub range: TextRange,
}

/// An inline code span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSpan {
    /// The symbol it could name, call parentheses and arguments left out: `Session::new`.
    pub text: SmolStr,
    /// Bytes of that text, backticks left out.
    pub range: TextRange,
}

/// Template text left in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// What sort of template text.
    pub kind: PlaceholderKind,
    /// Exactly the text to replace or delete.
    pub range: TextRange,
}

/// Sorts of template text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceholderKind {
    /// `[FEATURE NAME]`, `[Brief Title]`, `$ARGUMENTS`, `TXXX` ...: to be replaced.
    Text,
    /// `<!-- ACTION REQUIRED: ... -->` and its like: to be deleted.
    Comment,
}

/// An open question in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clarification {
    /// The marker with its brackets.
    pub range: TextRange,
    /// The question inside; empty if none is asked.
    pub question: TextRange,
}

/// How the author writes, for edits that fit in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineStyle {
    /// `\r\n` line breaks (the first one decides).
    pub crlf: bool,
    /// Bullet of task lines: `-`, `*` or `+`.
    pub bullet: Option<char>,
    /// Ids of tasks are bold (`- [ ] **T001** ...`).
    pub bold_ids: bool,
    /// `[US1] [P]` instead of `[P] [US1]`.
    pub story_first: bool,
}

impl Document {
    /// Items of one kind, in document order.
    pub fn items_of(&self, kind: ItemKind) -> impl Iterator<Item = (ItemIndex, &Item)> {
        (0..)
            .zip(&self.items)
            .filter(move |(_, item)| item.kind == kind)
    }

    /// Mentions whose bytes lie in `range`.
    pub fn mentions_in(&self, range: TextRange) -> &[Mention] {
        within(&self.mentions, range, |mention| mention.range)
    }

    /// Paths whose bytes lie in `range`.
    pub fn paths_in(&self, range: TextRange) -> &[PathMention] {
        within(&self.paths, range, |path| path.range)
    }

    /// Code spans whose bytes lie in `range`.
    pub fn code_spans_in(&self, range: TextRange) -> &[CodeSpan] {
        within(&self.code_spans, range, |span| span.range)
    }

    /// The innermost item around a byte offset.
    pub fn item_at(&self, offset: text::TextSize) -> Option<(ItemIndex, &Item)> {
        (0..)
            .zip(&self.items)
            .filter(|(_, item)| item.range.contains_inclusive(offset))
            .min_by_key(|(_, item)| item.range.len())
    }
}

/// The run of an ascending list that lies inside `range`.
fn within<T>(list: &[T], range: TextRange, of: impl Fn(&T) -> TextRange) -> &[T] {
    let from = list.partition_point(|each| of(each).start() < range.start());
    let to = from + list[from..].partition_point(|each| of(each).start() < range.end());
    &list[from..to]
}
