//! Mutations that change nothing that anybody accepted: any new finding is false.

mod code;
mod documents;
pub(super) mod format;
mod place;

use super::Kind;

/// Every kind that means nothing.
pub(super) fn all() -> impl Iterator<Item = &'static Kind> {
    [code::KINDS, format::KINDS, place::KINDS, documents::KINDS]
        .into_iter()
        .flatten()
}
