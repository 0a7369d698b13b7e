//! Reader of Kiro and cc-sdd documents (kiro-openspec-formats: section 1): one file per thing that is read.

mod bugfix;
mod cited;
mod config;
mod design;
mod fields;
mod glossary;
mod inclusions;
mod numbers;
mod placeholders;
mod requirements;
mod steering;
mod tables;
mod tasks;
mod waves;
mod words;

use crate::KnownLines;
use crate::model::{Document, DocumentKind, Kiro};
use crate::reading::Reading;

pub(crate) fn read(kind: DocumentKind, text: &str, mut known: Option<&mut KnownLines>) -> Document {
    if kind == DocumentKind::KiroConfig {
        return config::read(text);
    }
    let mut reading = Reading::again(kind, text, known.as_deref_mut());
    let mut kiro = Kiro::default();
    match kind {
        DocumentKind::KiroRequirements => {
            kiro.disputed = requirements::read(&mut reading);
            // A bugfix, or a plain list, by the name of the usual document.
            if reading.items.is_empty() {
                bugfix::read(&mut reading);
                requirements::read_list(&mut reading);
            }
            glossary::read(&mut reading);
        }
        DocumentKind::KiroBugfix => {
            bugfix::read(&mut reading);
            requirements::read_list(&mut reading);
            glossary::read(&mut reading);
        }
        DocumentKind::KiroDesign => design::read(&mut reading),
        DocumentKind::KiroTasks => tasks::read(&mut reading),
        DocumentKind::Steering => kiro.inclusion = Some(steering::read(text)),
        _ => {}
    }
    reading.order();
    let mut cited = cited::read(&reading);
    tables::read(&reading, &mut cited);
    let included = inclusions::read(&reading);
    let placeholders = placeholders::read(&reading);
    let mut document = reading.document(known);
    document.placeholders = placeholders;
    inclusions::join(&mut document, included);
    if kind == DocumentKind::KiroRequirements {
        kiro.term_uses = glossary::uses(text, &document);
    }
    if kind == DocumentKind::KiroTasks {
        kiro.optional = tasks::optional(text, &document);
        kiro.boundaries = tasks::boundaries(text, &document);
        kiro.waves = waves::read(text, &document.opaque);
    }
    document.kiro = kiro;
    cited::join(text, cited, &mut document);
    document
}
