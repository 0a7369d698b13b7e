//! Renaming and renumbering: what is written, what is refused, and that everything still means what it meant.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod corpus;
mod held;
mod literals;
mod refused;
mod renumbered;
mod round_trip;
mod written;

use std::sync::Arc;

use fixture::Fixture;
use generate::{Refusal, Renaming, Unwritable};
use text::{Edit, FileId};
use trace::{Graph, ItemRef};

/// The texts of a fixture, all of them writable.
fn texts(files: &[(String, String)]) -> impl Fn(FileId) -> Result<Arc<str>, Unwritable> {
    |file: FileId| Ok(files[file.0 as usize].1.as_str().into())
}

/// The only item of the workspace with this id, or that of the feature in `feature#id`.
fn item(graph: &Graph, address: &str) -> ItemRef {
    let (unit, id) = address.split_once('#').unwrap_or(("", address));
    let mut found = graph
        .features()
        .iter()
        .filter(|feature| feature.path.ends_with(unit))
        .flat_map(|feature| feature.defined(id).iter().copied());
    let item = found.next().unwrap_or_else(|| panic!("no {address}"));
    assert_eq!(found.next(), None, "several {address}");
    item
}

fn rename(fixture: &Fixture, address: &str, new: &str) -> Result<Renaming, Refusal> {
    let items = [item(&fixture.graph, address)];
    generate::rename(&fixture.graph, &items, new, &texts(&fixture.files))
}

/// All texts after the edits.
fn applied(files: &[(String, String)], renaming: &Renaming) -> Vec<(String, String)> {
    let mut after = files.to_vec();
    for (at, (_, text)) in after.iter_mut().enumerate() {
        let own: Vec<Edit> = renaming
            .edits
            .iter()
            .filter(|(file, _)| file.0 as usize == at)
            .map(|(_, edit)| edit.clone())
            .collect();
        *text = text::apply(text, &own).unwrap();
    }
    after
}
