//! Inserts, deletes and moves requirements and criteria that are named by their place, and every reference follows.
//!
//! `2.3` of a Kiro spec is the third criterion of requirement 2, whatever it says. What is written is read again before
//! it is given out ([`proof`]): each reference means the text it meant, or nothing is changed at all.

mod citations;
mod order;
mod proof;
mod structure;

use std::collections::BTreeMap;
use std::sync::Arc;

use documents::DocumentKind;
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange};
use trace::Graph;

pub use order::{Position, Step};

use crate::planned::{Planned, writable};
use crate::{Texts, Unwritable};
use order::Order;

/// A spec whose places are counted anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recounted {
    /// Old and new number of what has another one now, in the order of the document.
    pub numbers: Vec<(SmolStr, SmolStr)>,
    /// References that are written anew, in all files.
    pub references: usize,
    /// Edits by file, in the texts the graph was built from; by position within a file.
    pub edits: Vec<(FileId, Edit)>,
}

/// Why nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uncounted {
    /// No document whose requirements are named by their place.
    NoPlaces,
    /// There is no such place, or it is where it is to go.
    NoSuchPlace,
    /// It is the only one of its list: without it the list is gone.
    Last,
    /// Written numbers disagree with the places below this requirement, or requirements are not numbered in order.
    Disputed(SmolStr),
    /// This reference cites only what goes away, or cannot be written on its line.
    Reference(FileId, TextRange),
    /// This reference means nothing now and would come to mean something.
    Captured(FileId, TextRange),
    /// A file that must be edited cannot be.
    File(FileId, Unwritable),
    /// The document cannot be written so that it is read as meant.
    Unreadable,
}

/// Carries out one step in the requirements of a spec.
///
/// # Errors
/// Why nothing can be changed without changing what a reference means.
pub fn recount(
    graph: &Graph,
    file: FileId,
    step: &Step,
    texts: &Texts<'_>,
) -> Result<Recounted, Uncounted> {
    let feature = graph.feature_of(file).ok_or(Uncounted::NoPlaces)?;
    let document = feature
        .document(file)
        .filter(|document| document.kind == DocumentKind::KiroRequirements)
        .ok_or(Uncounted::NoPlaces)?;
    let order = Order::of(document.facts(), step)?;
    let mut files: BTreeMap<FileId, Planned> = BTreeMap::new();
    let mut references = 0;
    for (file, cited) in citations::of(graph, feature, file) {
        let gone = structure::removed(document, &order, step).filter(|_| file == document.file);
        let cited = cited.outside(gone);
        let text = writable(graph, file, texts).map_err(|why| Uncounted::File(file, why))?;
        let edits = cited
            .rewritten(&text, &order)
            .map_err(|range| Uncounted::Reference(file, range))?;
        references += cited.changed(&order);
        if !edits.is_empty() {
            files.insert(file, Planned { text, edits });
        }
    }
    let planned = files.entry(file).or_insert_with(|| Planned {
        text: Arc::clone(&document.doc.text),
        edits: Vec::new(),
    });
    planned.edits = structure::edits(document, &order, step, std::mem::take(&mut planned.edits))?;
    proof::prove(graph, feature, document, &order, &files)?;
    let edits = files.into_iter().flat_map(|(file, planned)| {
        let mut edits = planned.edits;
        edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        edits.into_iter().map(move |edit| (file, edit))
    });
    Ok(Recounted {
        numbers: order.changed().collect(),
        references,
        edits: edits.collect(),
    })
}
