//! Reader of Spec Kit documents: one pass for the blocks, then each sort of fact from the blocks it lives in.

mod agent_context;
mod answers;
mod checklist;
mod clarifications;
mod complexity;
mod constitution;
mod data_model;
mod dependencies;
mod entities;
mod gaps;
mod gates;
mod metas;
mod phases;
mod placeholders;
mod principles;
mod remarks;
mod requirements;
mod research;
mod stories;
mod tasks;
mod verdicts;

use crate::KnownLines;
use crate::markdown::{blocks, cells, heads, prose, sections};
use crate::model::{Document, DocumentKind, Generation, Item, ItemKind, Section};
use crate::reading::Reading;
use crate::words;

pub(crate) fn read(kind: DocumentKind, text: &str, mut known: Option<&mut KnownLines>) -> Document {
    let mut reading = Reading::again(kind, text, known.as_deref_mut());
    reading.explaining = explaining(&reading.sections);
    reading.metas = metas::read(&reading);
    match kind {
        DocumentKind::Spec => {
            stories::read(&mut reading);
            requirements::read(&mut reading);
            entities::read(&mut reading);
            remarks::read(&mut reading);
            reading.own.answered = answers::read(&reading);
        }
        DocumentKind::Tasks => {
            phases::read(&mut reading);
            tasks::read(&mut reading);
            reading.own.gaps = gaps::read(&reading);
        }
        DocumentKind::Plan => {
            reading.own.gates = gates::read(&mut reading);
            reading.own.violations = complexity::read(&mut reading);
        }
        DocumentKind::Research => reading.own.decisions = research::read(&mut reading),
        DocumentKind::DataModel => reading.own.entities = data_model::read(&mut reading),
        DocumentKind::Checklist => reading.own.checks = checklist::read(&mut reading),
        DocumentKind::Constitution => {
            reading.own.principles = constitution::principles(&mut reading);
            reading.own.version = constitution::version(&reading);
        }
        DocumentKind::AgentContext => return agent_context::of(&reading, known),
        _ => {}
    }
    finish(reading, known)
}

/// Adds what only Spec Kit's documents have.
fn finish(mut reading: Reading<'_>, known: Option<&mut KnownLines>) -> Document {
    reading.order();
    let generation = generation(&reading);
    let placeholders = placeholders::read(&reading);
    let clarifications = clarifications::read(&reading);
    let document = reading.document(known);
    let dependencies = match reading.kind {
        DocumentKind::Tasks => {
            dependencies::read(&reading.joined, &document.items, &document.mentions)
        }
        _ => Vec::new(),
    };
    Document {
        generation,
        placeholders,
        clarifications,
        dependencies,
        ..document
    }
}

/// The generation whose marks are there; the first one's win, since its headings were all dropped later.
fn generation(reading: &Reading<'_>) -> Option<Generation> {
    let mut second = false;
    for section in &reading.sections {
        let title = section.title.as_str();
        if [
            "Execution Flow",
            "Primary User Story",
            "Task Generation Rules",
            "Progress Tracking",
        ]
        .iter()
        .any(|mark| title.starts_with(mark))
        {
            return Some(Generation::First);
        }
        second |= words::prefix(title, &words::TECHNICAL).is_some()
            || matches!(title, "Success Criteria" | "Measurable Outcomes");
    }
    let numbered = |item: &Item| item.kind == ItemKind::Phase && item.id.starts_with("3.");
    if reading.items.iter().any(numbered) {
        return Some(Generation::First);
    }
    second |= reading.items.iter().any(|item| {
        item.kind == ItemKind::Story
            || item.kind == ItemKind::Phase && item.story.is_some()
            || item
                .task
                .as_ref()
                .is_some_and(|task| !task.stories.is_empty())
    });
    second.then_some(Generation::Second)
}

/// By section: whether it or one around it only explains (`## Dependencies`, `## Parallel Example`).
fn explaining(sections: &[Section]) -> Vec<bool> {
    let mut explaining: Vec<bool> = Vec::with_capacity(sections.len());
    for section in sections {
        let around = section
            .parent
            .is_some_and(|parent| explaining[parent as usize]);
        explaining.push(
            around
                || section.level > 1 && words::prefix(&section.title, &words::EXPLAINING).is_some(),
        );
    }
    explaining
}
