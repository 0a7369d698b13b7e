//! Lines of a document's text, for features that speak of whole lines.

use std::ops::Range;

use text::{TextRange, TextSize};
use trace::FeatureDocument;

/// The bytes of each line of `text` from `start` on, breaks left out.
pub(crate) fn of(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let start = next.take()?;
        let rest = text.get(start..)?;
        let end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let len = match text.as_bytes().get(end..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        if len > 0 {
            next = Some(end + len);
        }
        Some(start..end)
    })
}

/// The line around a byte, its break left out.
pub(crate) fn around(text: &str, offset: TextSize) -> Option<Range<usize>> {
    let at = usize::from(offset);
    let (head, tail) = (text.get(..at)?, text.get(at..)?);
    let start = head.rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let start = start.max(text::bom_len(text).min(at));
    Some(start..at + tail.find(['\n', '\r']).unwrap_or(tail.len()))
}

/// A range of a document up to its last character that is not blank.
pub(crate) fn without_trailing_blanks(document: &FeatureDocument, range: TextRange) -> TextRange {
    let start = usize::from(range.start());
    text::span(start, start + document.slice(range).trim_end().len())
}
