//! Stories in words: `User Story 3`, `Story 3a`, `User Stories 1 and 2`, `ユーザーストーリー1`.

use super::{Last, Mention, Scan, is_connective};
use crate::chars::{at, range, skip_blanks_back};
use crate::id::{IdKind, digits, ends_word, story_key};

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
    /// Reads a bare number that a story word, or the list after one, makes a story.
    pub(super) fn story_in_words(&mut self, digit: usize) -> Option<usize> {
        let text = self.text;
        let (start, listed) = match word_before(text, digit) {
            Some(start) => (start, None),
            None => (digit, Some(self.story_list_before(digit)?)),
        };
        let mut number = String::new();
        let mut end = digits(text, digit, &mut number)?;
        if number.len() > 3 {
            return None;
        }
        if let Some((b, len)) = at(text, end)
            && b.is_ascii_lowercase()
            && ends_word(text, end + len)
        {
            number.push(char::from(b));
            end += len;
        }
        if !ends_word(text, end)
            || matches!(
                (at(text, end), at(text, end + 1)),
                (Some((b'.', _)), Some((b'0'..=b'9', _)))
            )
        {
            return None;
        }
        let key = story_key(&number);
        let whole = range(self.base, start, end);
        let qualifier = self.qualifier_for(start, listed);
        let list = listed.unwrap_or(self.out.len());
        self.out.push(Mention {
            key: key.clone(),
            kind: IdKind::Story,
            standard: true,
            range: whole,
            in_range: false,
            written: true,
            qualifier,
            story: None,
        });
        self.last = Some(Last {
            list,
            end,
            story: Some((key, whole)),
            in_words: true,
        });
        self.touch_qualifier(end);
        Some(end)
    }

    /// Is the number at `digit` the next of `User Stories 1, 2 and 3`?
    fn story_list_before(&self, digit: usize) -> Option<usize> {
        let last = self.last.as_ref().filter(|last| last.in_words)?;
        is_connective(&self.text[last.end..digit]).then_some(last.list)
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
        let Some(start) = end.checked_sub(word.len()) else {
            continue;
        };
        if text.is_char_boundary(start)
            && text[start..end].to_lowercase() == word
            && !text.as_bytes()[..start]
                .last()
                .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
        {
            return Some(start);
        }
    }
    None
}
