//! TOML with the bytes of its values.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::Written;

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A text as TOML, and whether all of it could be read.
pub(super) fn parse(text: &str) -> (Spanned<DeTable<'_>>, bool) {
    let (table, errors) = DeTable::parse_recoverable(text);
    (table, errors.is_empty())
}

/// The value below keys.
pub(super) fn at<'t, 'a>(table: &'t DeTable<'a>, keys: &[&str]) -> Option<&'t Value<'a>> {
    let (first, rest) = keys.split_first()?;
    let value = table.get(*first)?;
    if rest.is_empty() {
        return Some(value);
    }
    at(value.get_ref().as_table()?, rest)
}

/// The table below keys.
pub(super) fn table<'t, 'a>(root: &'t DeTable<'a>, keys: &[&str]) -> Option<&'t DeTable<'a>> {
    at(root, keys)?.get_ref().as_table()
}

/// A string as written.
pub(super) fn string(text: &str, value: Option<&Value<'_>>) -> Option<Written> {
    let value = value?;
    let said = value.get_ref().as_str()?;
    written(text, value.span(), said)
}

/// The strings of a list.
pub(super) fn strings(text: &str, value: Option<&Value<'_>>) -> Vec<Written> {
    let list = value.and_then(|value| value.get_ref().as_array());
    list.into_iter()
        .flat_map(|list| list.iter())
        .filter_map(|value| string(text, Some(value)))
        .collect()
}

/// What is said at a span, quotes left out; `None` if it is not written as it is said (escapes).
pub(super) fn written(text: &str, span: Range<usize>, said: &str) -> Option<Written> {
    let whole = text.get(span.clone())?;
    let at = span.start + whole.find(said)?;
    Written::at(text, at..at + said.len())
}
