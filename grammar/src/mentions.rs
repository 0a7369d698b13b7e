//! Which ids a text names, and which feature qualifies them.
//!
//! Works from digit to digit: a line without one costs a single scan.

mod expand;
mod identifier;
mod qualifier;
mod story;

pub use qualifier::repository_before;
use serde::{Deserialize, Serialize};

use crate::chars::{at, before, next_digit};
use crate::id::{Id, IdKind, Open, starts_word};
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

pub use identifier::mentions_in_identifier;

/// An id written somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The id as a definition would write it: `FR-006` out of `FR-005/006/007`,
    /// `US1` out of `US-1` and `User Story 1`. Full-width characters are ASCII,
    /// every dash is `-`, the case of letters is as written.
    pub key: SmolStr,
    /// What the letters say.
    pub kind: IdKind,
    /// True for FR, NFR, EC, SC, US, AC, T, CHK and stories in words; an open
    /// prefix such as `CN` or `UTF` counts only where a feature defines it.
    pub standard: bool,
    /// The bytes of this id (`006`); where it has none of its own, the whole range expression.
    pub range: TextRange,
    /// Part of a range such as `T004-T007`, the two ends included.
    pub in_range: bool,
    /// The id has bytes of its own; false only inside a range expression.
    pub written: bool,
    /// The feature named with it.
    pub qualifier: Option<Qualifier>,
    /// The story an acceptance criterion belongs to: the `US2` of `US2-AC1`, with its bytes.
    pub story: Option<(SmolStr, TextRange)>,
}

/// A feature named beside an id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifier {
    /// Its number (`083`, digits as written but ASCII) or its slug (`027-user-auth`).
    pub feature: SmolStr,
    /// The bytes of the number or slug.
    pub range: TextRange,
    /// Written as a directory of a path (`specs/027-user-auth/spec.md`).
    pub path: bool,
    /// First directory of that path where it is none of a spec tool: `api` of `../api/specs/027-user-auth`. It may name
    /// another repository.
    pub repository: Option<SmolStr>,
}

/// Appends the ids named in `text`, in the order written.
///
/// `text` is one line of a document or the whole text of one comment. Ids in
/// code spans count; ids in URLs do not. Fences are the caller's affair.
pub fn mentions(text: &str, base: TextSize, out: &mut Vec<Mention>) {
    let Some(first) = next_digit(text, 0) else {
        return;
    };
    let mut scan = Scan {
        text,
        base,
        first: out.len(),
        out,
        last: None,
        qualifier: None,
    };
    let mut next = Some(first);
    while let Some(digit) = next {
        let end = scan.read(digit);
        next = next_digit(text, end);
    }
}

/// One pass over one text.
struct Scan<'a> {
    text: &'a str,
    base: TextSize,
    out: &'a mut Vec<Mention>,
    /// Where this text's mentions begin in `out`.
    first: usize,
    last: Option<Last>,
    qualifier: Option<qualifier::Active>,
}

/// The expression read last, for what follows it.
struct Last {
    /// First mention of its list, as an index into `out`.
    list: usize,
    /// Where the expression ends.
    end: usize,
    /// The story it named or belonged to.
    story: Option<(SmolStr, TextRange)>,
    /// `User Stories 1`: bare numbers may continue it.
    plural: bool,
}

impl Scan<'_> {
    /// Reads what stands around the digit at `digit`; returns where to go on.
    fn read(&mut self, digit: usize) -> usize {
        let floor = self.last.as_ref().map_or(0, |last| last.end);
        let start = chunk_start(self.text, digit, floor);
        if let Some(end) = self.feature(start, digit) {
            return end;
        }
        if let Some(end) = self.story_in_words(digit) {
            return end;
        }
        let mut candidate = start;
        while candidate <= digit {
            if (starts_word(self.text, candidate)
                || (candidate > floor && is_escape(self.text, candidate - 1)))
                && let Some(id) = Id::parse(self.text, candidate, Open::Dashed)
                && (candidate == start || (id.standard && !is_extension(self.text, id.end)))
                && id.end > digit
                && !in_url(self.text, candidate)
            {
                return self.expression(candidate, &id);
            }
            match self.text[candidate..digit].find('-') {
                Some(dash) => candidate += dash + 1,
                None => break,
            }
        }
        skip_number(self.text, digit)
    }

    /// Pushes the id at `start` with its story and qualifier; returns where its expression ends.
    fn expression(&mut self, start: usize, id: &Id) -> usize {
        let (listed, story) = self.joins(start, id);
        self.push(start, listed, id, story)
    }

    /// Pushes an id and all that hangs on it (`FR-005/006`, `T004-T007`, `AC1..AC4`).
    fn push(
        &mut self,
        start: usize,
        listed: Option<usize>,
        id: &Id,
        story: Option<(SmolStr, TextRange)>,
    ) -> usize {
        let list = listed.unwrap_or(self.out.len());
        let qualifier = self.qualifier_for(start, listed);
        let first = self.out.len();
        let end = expand::expand(self.text, self.base, start, id, &story, self.out);
        for mention in &mut self.out[first..] {
            mention.qualifier.clone_from(&qualifier);
        }
        let story = if id.kind == IdKind::Story {
            self.out.last().map(|m| (m.key.clone(), m.range))
        } else {
            story
        };
        self.last = Some(Last {
            list,
            end,
            story,
            plural: false,
        });
        self.touch_qualifier(end);
        end
    }

    /// Does the id at `start` continue the list before it, and which story does it inherit?
    fn joins(&self, start: usize, id: &Id) -> (Option<usize>, Option<(SmolStr, TextRange)>) {
        let Some(last) = &self.last else {
            return (None, None);
        };
        let gap = &self.text[last.end..start];
        let listed = is_connective(gap).then_some(last.list);
        let story = (id.kind == IdKind::Acceptance && (listed.is_some() || is_story_joint(gap)))
            .then(|| last.story.clone())
            .flatten();
        (listed, story)
    }
}

/// Where the word around the digit begins: letters, digits and dashes, not before `floor`.
fn chunk_start(text: &str, digit: usize, floor: usize) -> usize {
    let mut start = digit;
    for _ in 0..32 {
        match before(text, start) {
            Some((b, len))
                if (b.is_ascii_alphanumeric() || (b == b'-' && start - len > floor))
                    && start >= floor + len
                    && !is_escape(text, start - len) =>
            {
                start -= len;
            }
            _ => break,
        }
    }
    start
}

/// `S002-T003.WAV` is a file's name.
fn is_extension(text: &str, pos: usize) -> bool {
    let rest = &text.as_bytes()[pos..];
    rest.first() == Some(&b'.') && rest.get(1).is_some_and(u8::is_ascii_alphabetic)
}

/// Is the letter at `pos` the `n` of an escaped line end, as in `"\\nFR-001"`?
fn is_escape(text: &str, pos: usize) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes[pos], b'n' | b't' | b'r') && pos > 0 && bytes[pos - 1] == b'\\'
}

/// Skips the rest of a number and the letters stuck to it.
fn skip_number(text: &str, mut pos: usize) -> usize {
    while let Some((b, len)) = at(text, pos) {
        if !b.is_ascii_alphanumeric() {
            break;
        }
        pos += len;
    }
    pos
}

/// Is the position inside `scheme://...`?
fn in_url(text: &str, pos: usize) -> bool {
    let head = crate::chars::behind(text, pos);
    let ends = |c: char| matches!(c, ' ' | '\t' | '(' | '<' | '"' | '\'' | '`' | '\u{3000}');
    head.rsplit(ends)
        .next()
        .is_some_and(|run| run.contains("://"))
}

/// What may stand between two ids of one list.
fn is_connective(gap: &str) -> bool {
    if gap.len() > 16 {
        return false;
    }
    let word = gap.trim_matches(|c: char| {
        matches!(
            c,
            ' ' | '\t'
                | '\u{A0}'
                | '\u{3000}'
                | '*'
                | '_'
                | '`'
                | '['
                | ']'
                | ','
                | '、'
                | '，'
                | '/'
                | '§'
        )
    });
    !gap.is_empty()
        && matches!(
            word,
            "" | "and"
                | "&"
                | "or"
                | "+"
                | "und"
                | "oder"
                | "et"
                | "ou"
                | "y"
                | "e"
                | "と"
                | "及び"
                | "および"
                | "または"
                | "和"
                | "与"
                | "或"
                | "및"
                | "와"
                | "과"
        )
}

/// What may stand between a story and its criterion, beyond a list's connectives.
fn is_story_joint(gap: &str) -> bool {
    matches!(
        gap.trim_matches(' '),
        "-" | "." | ":" | "'s" | "(" | "–" | ">" | "→" | "#"
    )
}
