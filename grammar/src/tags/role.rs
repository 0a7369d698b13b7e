//! What code does for an item, as the word before its id says.

use super::{Dialect, Tag};
use crate::chars::skip_blanks_back;
use serde::{Deserialize, Serialize};

/// What the code around a mention does for the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// It does what the item asks for.
    Implements,
    /// It shows that the item holds.
    Verifies,
    /// It relies on the item.
    Depends,
    /// It has something to do with it.
    Related,
}

impl Role {
    /// The word shown to people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Implements => "implements",
            Self::Verifies => "verifies",
            Self::Depends => "depends",
            Self::Related => "related",
        }
    }
}

/// Words that say it wherever they stand right before an id, in lower case.
const WORDS: &[(&str, Role)] = &[
    ("implements", Role::Implements),
    ("implementing", Role::Implements),
    ("satisfies", Role::Implements),
    ("realizes", Role::Implements),
    ("realises", Role::Implements),
    ("fulfills", Role::Implements),
    ("fulfils", Role::Implements),
    ("verifies", Role::Verifies),
    ("validates", Role::Verifies),
];

/// Words that say it as a tag (`@covers FR-001`) or as a field (`Covers: FR-001`) only.
const MARKED: &[(&str, Role)] = &[
    ("impl", Role::Implements),
    ("implement", Role::Implements),
    ("verify", Role::Verifies),
    ("covers", Role::Verifies),
    ("tests", Role::Verifies),
    ("verified by", Role::Verifies),
    ("depends", Role::Depends),
    ("depends on", Role::Depends),
    ("dependson", Role::Depends),
    ("related", Role::Related),
    ("relates to", Role::Related),
];

/// Words that may stand between the word and the id.
const BETWEEN: [&str; 9] = [
    "requirement",
    "requirements",
    "req",
    "reqs",
    "criterion",
    "criteria",
    "story",
    "spec",
    "specs",
];

/// Tags without a meaning of their own that make a mention a tagged one: `@spec FR-001`.
const PLAIN: [&str; 5] = ["spec", "req", "requirement", "requirements", "reqs"];

/// What the word right before the id at `pos` says of it: `Implements FR-001`, `@spec FR-001`.
pub fn tag_before(text: &str, pos: usize) -> Option<Tag> {
    let head = text.get(..pos)?;
    let line = &head[head.rfind('\n').map_or(0, |end| end + 1)..];
    let mut rest = bare(line);
    let mut colon = ends_with_colon(line);
    for _ in 0..2 {
        let word = last_word(rest);
        if word.is_empty() || !BETWEEN.iter().any(|each| each.eq_ignore_ascii_case(word)) {
            break;
        }
        let before = &rest[..rest.len() - word.len()];
        if before.ends_with('@') {
            return PLAIN
                .iter()
                .any(|each| each.eq_ignore_ascii_case(word))
                .then(|| Tag::new(Dialect::Word, None));
        }
        colon = ends_with_colon(before);
        rest = bare(before);
    }
    let find = |words: &[(&str, Role)], marked: bool| {
        words.iter().find_map(|(word, role)| {
            let start = rest.len().checked_sub(word.len())?;
            let written = rest.get(start..)?;
            let before = rest[..start].chars().next_back();
            let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
            let sure = !marked || colon || matches!(before, Some('@' | '\\'));
            (written.eq_ignore_ascii_case(word) && whole && sure).then_some(*role)
        })
    };
    let role = find(WORDS, false).or_else(|| find(MARKED, true))?;
    Some(Tag::new(Dialect::Word, Some(role)))
}

/// Without blanks, colons and the marks of emphasis at its end.
fn bare(text: &str) -> &str {
    let text = &text[..skip_blanks_back(text, text.len())];
    text.trim_end_matches([
        ' ', '\t', ':', '：', '*', '_', '`', '(', '[', '"', '\'', '#',
    ])
}

fn ends_with_colon(text: &str) -> bool {
    text.trim_end_matches([' ', '\t', '*', '_', '`', '(', '[', '"', '\''])
        .ends_with([':', '：'])
}

fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<Tag> {
        tag_before(text, text.find("FR-").unwrap_or(text.len()))
    }

    #[test]
    fn words_say_what_the_code_is_for() {
        for (text, expected) in [
            ("// Implements FR-001", Role::Implements),
            ("/** @implements FR-001 */", Role::Implements),
            ("# implements: `FR-001`", Role::Implements),
            ("// **Validates: Requirements FR-001**", Role::Verifies),
            ("// Verifies requirement FR-001", Role::Verifies),
            ("// Covers: FR-001", Role::Verifies),
            ("// @covers FR-001", Role::Verifies),
            ("// @impl FR-001", Role::Implements),
            ("// \\verify FR-001", Role::Verifies),
            ("// Depends on: FR-001", Role::Depends),
            ("// satisfies (FR-001)", Role::Implements),
        ] {
            assert_eq!(tag(text).and_then(|tag| tag.role), Some(expected), "{text}");
        }
        for text in ["// @spec FR-001", "// @requirement: FR-001"] {
            assert_eq!(tag(text), Some(Tag::new(Dialect::Word, None)), "{text}");
        }
    }

    #[test]
    fn other_words_say_nothing() {
        for text in [
            "// see FR-001",
            "// this covers FR-001",
            "// no impl FR-001",
            "// Requirement: FR-001",
            "// reimplements FR-001",
            "// implements\n// FR-001",
            "FR-001",
            "// 検証 FR-001",
        ] {
            assert_eq!(tag(text), None, "{text}");
        }
    }
}
