//! Where a word stands in the text of a source, outside of what is plainly a remark.

use text::TextRange;

/// Places of one word in one file that are told.
const MOST: usize = 200;

/// The places of a whole word, in order; of a `member` only those behind `.`, `::` or `->`, and before `:`. Lines that are
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
        let as_member = || {
            let asked = before.ends_with(['.', ':']) || before.ends_with("->");
            asked || behind.starts_with(':') && !behind.starts_with("::")
        };
        if opens && closes && (!member || as_member()) && !is_remark(before) {
            found.push(text::span(start, start + word.len()));
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// Whether what follows this text on its line is a remark.
fn is_remark(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let head = line.trim_start();
    let opens = ["//", "/*", "* ", "-- ", "# ", "#!", "///"];
    opens.iter().any(|mark| head.starts_with(mark)) || head.contains(" // ") || head == "*"
}

#[cfg(test)]
mod tests {
    use super::places_of;

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
        let text = "size; a.size; { size: 1 }; A::size; size::b; a->size";
        let members = places_of(text, "size", true);
        let starts: Vec<usize> = members.iter().map(|it| usize::from(it.start())).collect();
        assert_eq!(starts, [8, 16, 30, 48]);
    }
}
