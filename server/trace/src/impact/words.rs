//! Where a word stands in the text of a source, outside of what is plainly a remark.

use text::TextRange;

/// Places of one word in one file that are told.
const MOST: usize = 200;

/// The places of a whole word, in order; of a `member` only those behind `.`, `::` or `->`, and before `:` or `(`. Lines that are
/// remarks, and what stands behind `//` on a line, are passed over: a
/// guess by the characters alone, so that no parser is needed.
#[must_use]
pub fn places_of(text: &str, word: &str, member: bool) -> Vec<TextRange> {
    let mut found = Vec::new();
    if word.is_empty() {
        return found;
    }
    let inner = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    for (start, _) in text.match_indices(word) {
        let (before, behind) = (&text[..start], &text[start + word.len()..]);
        let opens = !inner(word.chars().next()) || !inner(before.chars().next_back());
        let closes = !inner(word.chars().next_back()) || !inner(behind.chars().next());
        let as_member = || asked(before, behind) || behind.starts_with('(');
        if opens && closes && (!member || as_member()) && !is_remark(before) {
            found.push(text::span(start, start + word.len()));
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// Whether a word stands as a member of something that is written before it.
pub(super) fn is_asked(text: &str, place: TextRange) -> bool {
    let (start, end) = (usize::from(place.start()), usize::from(place.end()));
    match (text.get(..start), text.get(end..)) {
        (Some(before), Some(behind)) => asked(before, behind),
        _ => false,
    }
}

fn asked(before: &str, behind: &str) -> bool {
    before.ends_with(['.', ':'])
        || before.ends_with("->")
        || behind.starts_with(':') && !behind.starts_with("::")
}

/// The words of a text that may be names, with their places.
pub(super) fn in_text(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inner = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(inner)?;
        let behind = &text[start..];
        let end = start + behind.find(|c| !inner(c)).unwrap_or(behind.len());
        rest = end;
        Some((start, &text[start..end]))
    })
    .filter(|(_, word)| !word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether what follows this text on its line is a remark.
pub(super) fn is_remark(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let head = line.trim_start();
    let opens = ["//", "/*", "* ", "-- ", "# ", "#!", "///"];
    opens.iter().any(|mark| head.starts_with(mark)) || head.contains(" // ") || head == "*"
}

#[cfg(test)]
mod tests {
    use super::{in_text, places_of};

    #[test]
    fn names_are_the_words_that_begin_with_no_digit() {
        let found: Vec<_> = in_text("a.b_c(12, 注文)é").collect();
        assert_eq!(found, [(0, "a"), (2, "b_c"), (10, "注文"), (17, "é")]);
    }

    #[test]
    fn whole_words_outside_of_remarks_are_found() {
        let text = "// parcel\nlet parcel = parcels; // parcel\n * parcel\n#include \"parcel.h\"\n注文parcel = parcel\n";
        let found: Vec<usize> = places_of(text, "parcel", false)
            .into_iter()
            .map(|range| usize::from(range.start()))
            .collect();
        let expected: Vec<usize> = [
            text.find("let parcel").map(|at| at + 4),
            text.find("parcel.h"),
            text.rfind("parcel"),
        ]
        .into_iter()
        .flatten()
        .collect();
        assert_eq!(found, expected);
        let text = "size; a.size; { size: 1 }; A::size; size::b; a->size; size()";
        let members = places_of(text, "size", true);
        let starts: Vec<usize> = members.iter().map(|it| usize::from(it.start())).collect();
        assert_eq!(starts, [8, 16, 30, 48, 54]);
    }
}
