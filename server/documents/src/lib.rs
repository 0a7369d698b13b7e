//! What a document says: bytes of one Markdown document -> facts, for every format through one model.
//!
//! Facts are a function of (text, kind) alone. This room never knows a path, a template, another document,
//! git or the protocol; those join in `trace`.
#![forbid(unsafe_code)]

mod conflict;
mod contracts;
mod kiro;
mod known_lines;
mod markdown;
mod model;
pub mod openspec;
mod reading;
mod registry;
mod speckit;
mod words;

pub use contracts::shape::{
    Contract, Operation, Parameter, Property, Schema as ContractSchema, Style as ContractStyle,
};
pub use known_lines::KnownLines;
pub use model::{
    Anchor, Answered, Approval, Binding, Boundary, ChangeMetadata, Checks, Clarification, CodeSpan,
    Decision, Dependency, Document, DocumentKind, Entity, Field, Format, Gap, GapKind, Gate,
    GateState, Generation, Hyperlink, Inclusion, Item, ItemIndex, ItemKind, Kiro, KiroField, Label,
    LineStyle, LooseBoxes, Marker, Meta, Optional, Placeholder, PlaceholderKind, Principle,
    PropertyLabel, Registered, Said, SchemaName, Section, SectionIndex, SectionTag, SpecLine,
    SpecType, Story, Strategy, Task, TaskState, TemplateEntry, TermUse, Version, Violation, Wave,
    WaveTask, Workflow,
};

/// Reads one document. Any text is read; nothing fails.
#[must_use]
pub fn read(kind: DocumentKind, text: &str) -> Document {
    dispatched(kind, text, None)
}

/// Reads a document of which other states were read before; the same facts as of [`read`], sooner.
#[must_use]
pub fn read_again(kind: DocumentKind, text: &str, known: &mut KnownLines) -> Document {
    dispatched(kind, text, Some(known))
}

fn dispatched(kind: DocumentKind, text: &str, known: Option<&mut KnownLines>) -> Document {
    let mut document = by_format(kind, text, known);
    document.conflict = conflict::first(text, &document.opaque);
    document
}

fn by_format(kind: DocumentKind, text: &str, known: Option<&mut KnownLines>) -> Document {
    match kind {
        DocumentKind::ContractData
        | DocumentKind::ContractGraphql
        | DocumentKind::ContractProto => contracts::read(kind, text),
        DocumentKind::Registry | DocumentKind::Preset => registry::read(kind, text),
        DocumentKind::KiroRequirements
        | DocumentKind::KiroBugfix
        | DocumentKind::KiroDesign
        | DocumentKind::KiroTasks
        | DocumentKind::KiroConfig
        | DocumentKind::Steering => kiro::read(kind, text, known),
        DocumentKind::OpenSpecCapability
        | DocumentKind::OpenSpecDelta
        | DocumentKind::OpenSpecProposal
        | DocumentKind::OpenSpecDesign
        | DocumentKind::OpenSpecTasks
        | DocumentKind::OpenSpecChange
        | DocumentKind::OpenSpecConfig
        | DocumentKind::OpenSpecSchema => openspec::read(kind, text, known),
        _ => speckit::read(kind, text, known),
    }
}
