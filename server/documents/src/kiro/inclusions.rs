//! `#[[file:docs/api.md]]`: another file read along with this one.

use crate::model::{Document, Hyperlink};
use crate::reading::Reading;
use smol_str::SmolStr;

/// Files included outside code and comments.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Hyperlink> {
    const OPEN: &str = "#[[file:";
    /// Longest path, in characters.
    const LONGEST: usize = 1000;
    let text = reading.text;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(OPEN) {
        let open = at + step;
        let start = open + OPEN.len();
        at = start;
        let rest = text[start..].char_indices().take(LONGEST);
        let mut ends = rest.filter(|(_, c)| matches!(c, '\n' | '\r' | ']'));
        let Some((len, _)) = ends.next() else {
            continue;
        };
        let path = text[start..start + len].trim();
        let closed = text[start + len..].starts_with("]]");
        if closed && !path.is_empty() && !reading.hidden(open) {
            let from = start + text[start..start + len].find(path).unwrap_or(0);
            found.push(Hyperlink {
                path: SmolStr::new(path),
                range: text::span(from, from + path.len()),
                anchor: None,
            });
        }
    }
    found
}

/// Puts them among the links; their words are not paths of the prose as well.
pub(super) fn join(document: &mut Document, included: Vec<Hyperlink>) {
    if included.is_empty() {
        return;
    }
    document.paths.retain(|path| {
        !included
            .iter()
            .any(|link| link.range.intersect(path.range).is_some())
    });
    document.hyperlinks.extend(included);
    document.hyperlinks.sort_by_key(|link| link.range.start());
}
