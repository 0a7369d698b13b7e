//! Stories in words: `User Story 3`, `Story 3a`, `User Stories 1 and 2`, `ユーザーストーリー1`.

use super::{Scan, is_connective};
use crate::chars::{at, skip_blanks_back};
use crate::id::{Id, IdKind, digits, ends_word};

/// The words for a story in the languages seen, lower case, longest first where one ends another.
const WORDS: [&str; 15] = [
    "user stories",
    "user story",
    "user-story",
    "story",
    "stories",
    "ユーザーストーリー",
    "ユーザストーリー",
    "用户故事",
    "使用者故事",
    "사용자 스토리",
    "historia de usuario",
    "história de usuário",
    "historia",
    "história",
    "récit utilisateur",
];

impl Scan<'_> {
    /// Reads a bare number that a story word, or the list after a plural, makes a story.
    pub(super) fn story_in_words(&mut self, digit: usize) -> Option<usize> {
        let text = self.text;
        let (start, listed) = match word_before(text, digit) {
            Some(start) => (start, None),
            None => (digit, Some(self.story_list_before(digit)?)),
        };
        let id = numbered(text, digit)?;
        // `User Story 2 + 3` is a list, too.
        let plural = listed.is_some()
            || text[start..digit].trim_end().ends_with("ies")
            || text[id.end..].trim_start().starts_with(['+', '&', '＋']);
        let end = self.push(start, listed, &id, None);
        if let Some(last) = &mut self.last {
            last.plural = plural;
        }
        Some(end)
    }

    /// Is the number at `digit` the next of `User Stories 1, 2 and 3`?
    fn story_list_before(&self, digit: usize) -> Option<usize> {
        let last = self.last.as_ref().filter(|last| last.plural)?;
        let gap = &self.text[last.end..digit];
        (is_connective(gap) || matches!(gap.trim(), "+" | "&" | "＋")).then_some(last.list)
    }
}

/// The story numbered at `digit`, as if written with its letters.
fn numbered(text: &str, digit: usize) -> Option<Id> {
    let mut key = String::from("US");
    let numbers = key.len();
    let mut end = digits(text, digit, &mut key)?;
    let last_end = key.len();
    if last_end - numbers > 3 {
        return None;
    }
    if let Some((b, len)) = at(text, end)
        && b.is_ascii_lowercase()
        && ends_word(text, end + len)
    {
        key.push(char::from(b));
        end += len;
    }
    let decimal = matches!(
        (at(text, end), at(text, end + 1)),
        (Some((b'.', _)), Some((b'0'..=b'9', _)))
    );
    (ends_word(text, end) && !decimal).then_some(Id {
        text: key,
        numbers,
        last: numbers,
        last_end,
        kind: IdKind::Story,
        standard: true,
        end,
    })
}

/// Is this the lower-case `word`, whatever its case?
fn is_word(written: &str, word: &str) -> bool {
    // No letter of the ASCII words is the lower case of another script's.
    if word.is_ascii() {
        written.eq_ignore_ascii_case(word)
    } else {
        !written.is_ascii() && written.to_lowercase() == word
    }
}

/// Where the story word right before the number begins.
fn word_before(text: &str, digit: usize) -> Option<usize> {
    let end = skip_blanks_back(text, digit);
    let end = text[..end].strip_suffix(['#', '-']).map_or(end, str::len);
    // `y`, `s`, `o`, `a`, `r`, ー, 事, 리: most numbers end here
    let last = *text.as_bytes().get(end.checked_sub(1)?)?;
    if !matches!(
        last.to_ascii_lowercase(),
        b'y' | b's' | b'o' | b'a' | b'r' | 0x80..
    ) {
        return None;
    }
    for word in WORDS {
        // The last byte of a word has no case, or its lower case is ASCII's.
        if word.as_bytes().last() != Some(&last.to_ascii_lowercase()) {
            continue;
        }
        let Some(start) = end.checked_sub(word.len()) else {
            continue;
        };
        if text.is_char_boundary(start)
            && is_word(&text[start..end], word)
            && !text.as_bytes()[..start]
                .last()
                .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
        {
            return Some(start);
        }
    }
    None
}
