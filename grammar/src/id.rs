//! One id: `FR-001`, `NFR-2`, `FR-A1`, `FR-1.1`, `FR-016f`, `US1`, `T010a`, `T076-I`, `T102-S1`, `CHK003`.

use crate::chars::{at, before, range, skip_blanks};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

/// What an id names, as far as its own letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IdKind {
    /// `FR`, `NFR`, `EC` and every open prefix written with a dash (`CN-001`, `UTF-8`).
    Requirement,
    /// `SC`
    Success,
    /// `US1`, `US-1`, `User Story 1`; the key is always `US1`.
    Story,
    /// `AC`
    Acceptance,
    /// `T001`, `T-001`, `T010a`, `T1.2`
    Task,
    /// `CHK`
    Checklist,
    /// An open prefix without a dash (`R1`, `WP02`): only [`leading_id`] reads these.
    Other,
    /// A place of Kiro: requirement `2` or its third criterion `2.3`. Only [`citations`](crate::citations) reads these.
    Criterion,
    /// A property of a Kiro design; the key is `property/3`. Only [`citations`](crate::citations) reads these.
    Property,
    /// A task of Kiro; the key is `task/1.2`. Only [`citations`](crate::citations) reads these.
    Step,
}

/// An id at the start of an item, a heading or a table cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadingId {
    /// Canonical id, the key mentions carry too.
    pub key: SmolStr,
    /// What the letters say.
    pub kind: IdKind,
    /// True for FR, NFR, EC, SC, US, AC, T and CHK.
    pub standard: bool,
    /// The id as written, without emphasis or brackets.
    pub range: TextRange,
}

/// The id `text` begins with, after blanks and any of `*`, `_`, `` ` ``, `~`, `[`, `|`, `§`.
///
/// Stories in words (`User Story 1`) are mentions, not leading ids.
pub fn leading_id(text: &str, base: TextSize) -> Option<LeadingId> {
    let mut pos = skip_blanks(text, 0);
    loop {
        match at(text, pos) {
            Some((b'*' | b'_' | b'`' | b'~' | b'[' | b'|', len)) => pos += len,
            _ if text[pos..].starts_with('§') => pos += '§'.len_utf8(),
            _ => {
                let next = skip_blanks(text, pos);
                if next == pos {
                    break;
                }
                pos = next;
            }
        }
    }
    let id = Id::parse(text, pos, Open::Undashed)?;
    Some(LeadingId {
        key: id.key(),
        kind: id.kind,
        standard: id.standard,
        range: range(base, pos, id.end),
    })
}

/// Which ids with an open prefix are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// `CN-001`
    Dashed,
    /// `CN-001` and `R1`
    Undashed,
}

/// An id taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Id {
    /// Decoded text: letters, dash, groups, all numbers, suffix.
    pub(crate) text: String,
    /// Where the numbers begin in `text` (`FR-A|1.1`).
    pub(crate) numbers: usize,
    /// Where the last number begins in `text` (`FR-A1.|1`).
    pub(crate) last: usize,
    /// Where the last number ends in `text`; the rest is the suffix letter.
    pub(crate) last_end: usize,
    pub(crate) kind: IdKind,
    pub(crate) standard: bool,
    /// Byte position in the source where the id ends.
    pub(crate) end: usize,
}

fn classify(letters: &str) -> (IdKind, bool) {
    match letters {
        "FR" | "NFR" | "EC" => (IdKind::Requirement, true),
        "SC" => (IdKind::Success, true),
        "US" => (IdKind::Story, true),
        "AC" => (IdKind::Acceptance, true),
        "T" => (IdKind::Task, true),
        "CHK" => (IdKind::Checklist, true),
        _ => (IdKind::Requirement, false),
    }
}

/// Most letters an id begins with.
const MAX_LETTERS: usize = 5;

/// Longest number of an id.
pub(crate) const MAX_DIGITS: usize = 6;

impl Id {
    /// Reads the id that starts at `start`, which must be a word start.
    pub(crate) fn parse(source: &str, start: usize, open: Open) -> Option<Id> {
        // Most candidates are bare numbers and words.
        let mut behind = start;
        for _ in 0..MAX_LETTERS {
            match at(source, behind) {
                Some((b, len)) if b.is_ascii_uppercase() => behind += len,
                _ => break,
            }
        }
        at(source, behind).filter(|(b, _)| behind > start && (*b == b'-' || b.is_ascii_digit()))?;
        let mut text = String::with_capacity(12);
        let mut pos = take(source, start, &mut text, MAX_LETTERS, |b| {
            b.is_ascii_uppercase()
        });
        let letters = text.len();
        let (mut kind, standard) = classify(&text);
        let dashed = matches!(at(source, pos), Some((b'-', _)));
        if dashed {
            pos = take(source, pos, &mut text, 1, |b| b == b'-');
            for _ in 0..2 {
                let group = text.len();
                pos = take(source, pos, &mut text, 8, |b| b.is_ascii_uppercase());
                if text.len() == group {
                    break;
                }
                match at(source, pos) {
                    Some((b'-', _)) => pos = take(source, pos, &mut text, 1, |b| b == b'-'),
                    Some((b'0'..=b'9', _)) if text.len() - group <= 3 => break,
                    _ => return None,
                }
            }
        } else if !standard {
            if open == Open::Dashed || letters > 3 || &text == "P" {
                return None;
            }
            kind = IdKind::Other;
        }
        let numbers = text.len();
        pos = digits(source, pos, &mut text)?;
        let mut last = numbers;
        let mut components = 1;
        while components < 4 {
            match (at(source, pos), at(source, pos + 1)) {
                (Some((b'.', 1)), Some((b'0'..=b'9', _))) => {
                    text.push('.');
                    last = text.len();
                    pos = digits(source, pos + 1, &mut text)?;
                    components += 1;
                }
                (Some((b'-', 1)), Some((b'0'..=b'9', _))) if components == 1 => {
                    let mut more = String::new();
                    let end = digits(source, pos + 1, &mut more)?;
                    if is_span(&text[last..], &more, kind) {
                        break;
                    }
                    text.push('-');
                    last = text.len();
                    text.push_str(&more);
                    pos = end;
                    components += 1;
                }
                _ => break,
            }
        }
        let last_end = text.len();
        if let Some((b, len)) = at(source, pos)
            && (b.is_ascii_lowercase()
                || (b.is_ascii_uppercase() && (dashed || last_end - last >= 3)))
            && !at(source, pos + len).is_some_and(|(b, _)| b.is_ascii_alphanumeric())
        {
            text.push(char::from(b));
            pos += len;
        }
        if kind == IdKind::Task {
            pos = inserted(source, pos, &mut text);
        }
        if !ends_word(source, pos) {
            return None;
        }
        let width = last_end - numbers;
        match (kind, dashed) {
            (IdKind::Task, false) if width < 2 || is_time(source, pos) => return None,
            (IdKind::Story | IdKind::Acceptance, false) if width > 3 => return None,
            // EC2 is a machine, EC-002 an edge case.
            (IdKind::Requirement, false) if &text[..letters] == "EC" => return None,
            _ => {}
        }
        Some(Id {
            text,
            numbers,
            last,
            last_end,
            kind,
            standard,
            end: pos,
        })
    }

    /// The key under which a definition of this id is filed.
    pub(crate) fn key(&self) -> SmolStr {
        if self.kind == IdKind::Story && self.numbers <= 3 {
            return story_key(&self.text[self.numbers..]);
        }
        SmolStr::new(&self.text)
    }

    /// The letter after the last number, or the dash before letters of its own.
    pub(crate) fn suffix(&self) -> Option<u8> {
        self.text.as_bytes().get(self.last_end).copied()
    }

    /// Everything before the numbers: `FR-A`.
    pub(crate) fn prefix(&self) -> &str {
        &self.text[..self.numbers]
    }

    /// Everything before the last number: `FR-A1.`.
    pub(crate) fn stem(&self) -> &str {
        &self.text[..self.last]
    }

    /// The digits of the last number.
    pub(crate) fn last_digits(&self) -> &str {
        &self.text[self.last..self.last_end]
    }
}

/// The letters that make a task of its own: the `-I` of `T076-I`, the `-I.1` of `T076-I.1`, the slice `-S1.2` of
/// `T102-S1.2`. Not the next id of a range (`T001-T009`, `FR-001-FR-004`), nor a story or a priority (`T001-US2`,
/// `T001-P1`).
pub(crate) fn inserted(source: &str, start: usize, text: &mut String) -> usize {
    let Some((b'-', dash)) = at(source, start) else {
        return start;
    };
    let mut own = String::from("-");
    let mut pos = take(source, start + dash, &mut own, 3, |b| {
        b.is_ascii_uppercase()
    });
    let slice = own.len() == 2 && !matches!(own.as_bytes()[1], b'P' | b'T');
    if slice && matches!(at(source, pos), Some((b'0'..=b'9', _))) {
        match digits(source, pos, &mut own) {
            Some(end) => pos = end,
            None => return start,
        }
    }
    while own.len() > 1
        && let (Some((b'.', 1)), Some((b'0'..=b'9', _))) = (at(source, pos), at(source, pos + 1))
    {
        own.push('.');
        match digits(source, pos + 1, &mut own) {
            Some(end) => pos = end,
            None => return start,
        }
    }
    let goes_on = matches!(at(source, pos), Some((b'-', len)) if at(source, pos + len).is_some_and(|(b, _)| b.is_ascii_alphanumeric()))
        || !ends_word(source, pos);
    if own.len() == 1 || goes_on {
        return start;
    }
    text.push_str(&own);
    pos
}

/// `US` and the number without leading zeros: one story, one key, however it is written.
pub(crate) fn story_key(number: &str) -> SmolStr {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let zeros = number.bytes().take_while(|b| *b == b'0').count();
    let plain = &number[zeros.min(digits.saturating_sub(1))..];
    let mut key = String::with_capacity(2 + plain.len());
    key.push_str("US");
    key.push_str(plain);
    SmolStr::new(key)
}

/// Do two numbers joined by `-` span a range (`T004-007`) rather than name one id (`AC-1-2`)?
fn is_span(from: &str, to: &str, kind: IdKind) -> bool {
    from.len() == to.len() && from < to && (from.len() >= 2 || kind == IdKind::Story)
}

/// `T10:30` is a time of day.
fn is_time(source: &str, pos: usize) -> bool {
    matches!(at(source, pos), Some((b':', 1)))
        && matches!(at(source, pos + 1), Some((b'0'..=b'9', _)))
}

/// Takes up to `max` decoded characters that pass `want`.
pub(crate) fn take(
    source: &str,
    mut pos: usize,
    into: &mut String,
    max: usize,
    want: impl Fn(u8) -> bool,
) -> usize {
    for _ in 0..max {
        match at(source, pos) {
            Some((b, len)) if want(b) => {
                into.push(char::from(b));
                pos += len;
            }
            _ => break,
        }
    }
    pos
}

/// Takes a whole run of digits; `None` if there is none or it is too long.
pub(crate) fn digits(source: &str, pos: usize, into: &mut String) -> Option<usize> {
    let before = into.len();
    let end = take(source, pos, into, MAX_DIGITS + 1, |b| b.is_ascii_digit());
    let count = into.len() - before;
    (1..=MAX_DIGITS).contains(&count).then_some(end)
}

/// No ASCII letter, digit or inner underscore follows. A closing `_` of emphasis may.
pub(crate) fn ends_word(source: &str, mut pos: usize) -> bool {
    while let Some((b'_', len)) = at(source, pos) {
        pos += len;
    }
    !at(source, pos).is_some_and(|(b, _)| b.is_ascii_alphanumeric())
}

/// No ASCII letter, digit or inner underscore stands before. An opening `_` may.
pub(crate) fn starts_word(source: &str, mut pos: usize) -> bool {
    while let Some((b'_', len)) = before(source, pos) {
        pos -= len;
    }
    !before(source, pos).is_some_and(|(b, _)| b.is_ascii_alphanumeric())
}
