//! Edits that change nothing that a rule speaks of: any new finding is false.

mod marks;
mod meaning;
mod prose;

use crate::checkout::{Change, Step};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

/// Every kind of neutral edit.
pub(crate) fn all() -> impl Iterator<Item = &'static Kind> {
    [prose::KINDS, marks::KINDS, meaning::KINDS]
        .into_iter()
        .flatten()
}

/// Spots at the lines that fit, in the documents of some roles.
fn lines(world: &World, roles: &[Role], fits: impl Fn(&Document, usize) -> bool) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, text) in world.documents.iter().enumerate() {
        if roles.contains(&text.role) {
            let open = (0..text.lines.len()).filter(|line| text.open(*line) && fits(text, *line));
            spots.extend(open.map(|line| Spot { document, line }));
        }
    }
    spots
}

/// One spot for each document that fits.
fn whole(world: &World, fits: impl Fn(&Document) -> bool) -> Vec<Spot> {
    let documents = world
        .documents
        .iter()
        .enumerate()
        .filter(|(_, text)| fits(text));
    documents
        .map(|(document, _)| Spot { document, line: 0 })
        .collect()
}

/// A new text for a document; nothing if it is the old one.
fn rewritten(document: &Document, line: usize, text: String, what: String) -> Option<Edit> {
    (text != document.text).then(|| Edit {
        change: Change {
            steps: vec![Step::Write(document.path.clone(), text.into_bytes())],
            commit: false,
        },
        place: format!("{}:{}", document.path, line + 1),
        what,
        expected: Expected::default(),
    })
}
