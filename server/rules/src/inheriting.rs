//! What the words around an id say of whose it is: one that is there already, in another feature.

use crate::wording::{flat, sentence};

/// Words right before an id that is another feature's: `the existing FR-014`.
const EXISTING: &[&str] = &[
    "existing",
    "own prior",
    "existente",
    "bestehende",
    "bestehenden",
    "existant",
    "现有",
    "既有",
    "既存の",
    "기존",
];

/// Words behind an id in its sentence which say that it stays as it is, or is not this feature's.
const STAYING: &[&str] = &[
    "unchanged",
    "owned by",
    "exists in",
    "不变",
    "不變",
    "変更なし",
    "변경 없음",
];

/// Whether the words around an id call it one that is there already: `existing FR-014`, `same as FR-014`, `FR-014
/// parity`, `FR-014-compliant`, `FR-014 stays unchanged`.
pub(crate) fn inherits(before: &str, behind: &str) -> bool {
    let marks =
        |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '(' | '"' | '\u{201c}');
    let before = flat(sentence(before));
    let near = before.trim_end_matches(marks);
    let behind = flat(rest_of_sentence(behind));
    let next = behind.trim_start_matches(|c: char| marks(c) || matches!(c, '-' | ')'));
    let same_as = near.ends_with(" as")
        && near
            .split_whitespace()
            .rev()
            .take(6)
            .any(|word| word.trim_matches('*') == "same");
    EXISTING.iter().any(|word| near.ends_with(word))
        || same_as
        || ["parity", "compliant"]
            .iter()
            .any(|word| next.starts_with(word))
        || STAYING.iter().any(|word| behind.contains(word))
}

/// What of `behind` belongs to the sentence that goes on there.
fn rest_of_sentence(behind: &str) -> &str {
    let end = behind.char_indices().find(|(at, c)| match c {
        '.' => behind[at + 1..].starts_with(char::is_whitespace),
        _ => matches!(c, ';' | '。' | '；'),
    });
    &behind[..end.map_or(behind.len(), |(at, _)| at)]
}
