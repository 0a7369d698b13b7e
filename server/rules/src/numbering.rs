//! Numbers of ids: which one is free, and how an author's spelling takes it.

use text::TextRange;
use trace::{Feature, FeatureDocument};

use crate::tasks::digits_of;

/// An id with a new number.
pub(crate) struct Numbered {
    /// The whole id as the author would write it.
    pub(crate) id: String,
    /// Its digits alone, padded like the author's.
    pub(crate) digits: String,
}

/// What stands before the number and the number of an id with one number and nothing behind it.
pub(crate) fn split(id: &str) -> Option<(&str, u64)> {
    let start = id.len() - id.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (prefix, digits) = id.split_at(start);
    let plain = !prefix.is_empty()
        && !prefix.ends_with('.')
        && !prefix.contains(|c: char| c.is_ascii_digit());
    plain.then_some((prefix, digits.parse().ok()?))
}

/// The number after the highest that ids like `id` have anywhere in the feature, defined or only named.
pub(crate) fn next_free(feature: &Feature, id: &str) -> Option<u64> {
    let (prefix, number) = split(id)?;
    let facts = || feature.documents.iter().map(FeatureDocument::facts);
    let defined = facts().flat_map(|facts| facts.items.iter().map(|item| item.id.as_str()));
    let named = facts().flat_map(|facts| facts.mentions.iter().map(|mention| mention.key.as_str()));
    let highest = defined
        .chain(named)
        .filter_map(|each| {
            let digits = each.strip_prefix(prefix)?;
            let end = digits
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(digits.len());
            digits[..end].parse::<u64>().ok()
        })
        .max()
        .unwrap_or(number);
    highest.max(number).checked_add(1)
}

/// The bytes of an id's digits and the id with another number, in the author's own width.
pub(crate) fn with_number(
    document: &FeatureDocument,
    id: TextRange,
    number: u64,
) -> Option<(TextRange, Numbered)> {
    let range = digits_of(document, id)?;
    let width = usize::from(range.len());
    let digits = format!("{number:0width$}");
    let prefix = document.slice(TextRange::new(id.start(), range.start()));
    let id = format!("{prefix}{digits}");
    Some((range, Numbered { id, digits }))
}
