//! Mutations that change what was accepted.

mod dependency;
pub(super) mod meaning;
mod members;
mod route;
mod shape;
mod symbol;
mod testing;
mod values;

use super::{Kind, Mutation, Scene, source::Symbol};
use crate::checkout::{Change, Step};

/// Every kind that means something.
pub(super) fn all() -> impl Iterator<Item = &'static Kind> {
    [
        symbol::KINDS,
        shape::KINDS,
        route::KINDS,
        members::KINDS,
        values::KINDS,
        dependency::KINDS,
        testing::KINDS,
        meaning::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// Codes that speak of changed code.
const CODE: &[&str] = &["suspect-code", "accepted-target-gone", "broken-symbol"];

/// A new text of a file, not committed.
pub(super) fn written(path: &str, text: String, what: String) -> Mutation {
    Mutation {
        change: Change {
            steps: vec![Step::Write(path.to_owned(), text.into_bytes())],
            commit: false,
        },
        path: path.to_owned(),
        what,
    }
}

/// One mutation for each linked symbol that fits.
pub(super) fn each(
    scene: &Scene,
    edit: impl Fn(&Symbol, &str) -> Option<(String, String)>,
) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    for symbol in &scene.symbols {
        let Some(text) = scene.text(&symbol.path) else {
            continue;
        };
        if let Some((new, what)) = edit(symbol, &text).filter(|(new, _)| *new != text) {
            mutations.push(written(&symbol.path, new, what));
        }
    }
    mutations
}

/// Whether a path is that of a test.
fn is_test(symbol: &Symbol) -> bool {
    let path = symbol.path.to_lowercase();
    path.contains("test") || path.contains("spec.")
}
