//! What a document says: bytes of one Markdown document -> facts, for every format through one model.
//!
//! Facts are a function of (text, kind) alone. This room never knows a path, a template, another document,
//! git or the protocol; those join in `trace`.
#![forbid(unsafe_code)]

mod model;
mod speckit;

pub use model::{
    Clarification, CodeSpan, Document, DocumentKind, Generation, Item, ItemIndex, ItemKind, Label,
    LineStyle, Meta, Placeholder, PlaceholderKind, Section, SectionIndex, SectionTag, Story, Task,
    TaskState,
};

/// Reads one document. Any text is read; nothing fails.
#[must_use]
pub fn read(kind: DocumentKind, text: &str) -> Document {
    speckit::read(kind, text)
}
