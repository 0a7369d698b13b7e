//! `OpenSpec` documents, by the line grammar of its own tool: fences, headings and list marks as its regular expressions
//! see them, not as Markdown does. Markdown serves for prose, mentions and paths.
//!
//! What a document says depends on the version of the tool. Its facts hold what all versions need (lines and fences,
//! items as the newest sees them); [`capability()`], [`delta()`] and [`task_list()`] read it as one version does.

mod blank;
mod capability;
mod delta;
mod edition;
mod items;
mod lines;
mod metadata;
mod parts;
mod purpose;
mod requirement;
mod tasks;

pub use blank::is_blank;
pub use capability::{Capability, Fault, Listed, Misplaced, Purpose, capability};
pub use delta::{Delta, Named, Operation, Side, delta};
pub use edition::Edition;
pub use lines::{fenced, level};
pub use parts::{Parts, parts};
pub use requirement::{Block, Body, Keyword, Scenario, Step, is_normative, is_same_text};
pub use tasks::{TaskLine, TaskList, task_list};

use crate::KnownLines;
use crate::model::{Document, DocumentKind};
use crate::reading::Reading;

pub(crate) fn read(kind: DocumentKind, text: &str, mut known: Option<&mut KnownLines>) -> Document {
    match kind {
        DocumentKind::OpenSpecChange => {
            return Document {
                kind: Some(kind),
                change: Some(metadata::change(text)),
                ..Document::default()
            };
        }
        DocumentKind::OpenSpecConfig => {
            return Document {
                kind: Some(kind),
                schema: metadata::config(text),
                ..Document::default()
            };
        }
        DocumentKind::OpenSpecSchema => {
            return Document {
                kind: Some(kind),
                workflow: metadata::workflow(text),
                ..Document::default()
            };
        }
        _ => {}
    }
    let mut reading = Reading::again(kind, text, known.as_deref_mut());
    let mut spec_lines = Vec::new();
    match kind {
        DocumentKind::OpenSpecCapability | DocumentKind::OpenSpecDelta => {
            spec_lines = lines::read(text);
            items::requirements(&mut reading, &spec_lines);
        }
        DocumentKind::OpenSpecTasks => items::tasks(&mut reading),
        _ => {}
    }
    reading.order();
    Document {
        spec_lines,
        ..reading.document(known)
    }
}
