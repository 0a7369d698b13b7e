//! Lists and ranges: `FR-005/006/007`, `FR-B1/B2`, `T034a/b`, `T004-T007`, `US2-AC1..AC4`.

use super::Mention;
use crate::chars::{at, range, skip_blanks};
use crate::id::{Id, IdKind, Open, digits, ends_word, inserted, story_key, take};
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

/// A range naming more ids than this is left unexpanded: only its ends count.
const MAX_RANGE: u32 = 200;

type Story = Option<(SmolStr, TextRange)>;

/// Pushes `id` (written at `start`) and the ids its list or range adds; returns the end.
pub(super) fn expand(
    text: &str,
    base: TextSize,
    start: usize,
    id: &Id,
    story: &Story,
    out: &mut Vec<Mention>,
) -> usize {
    let mut push = Push { base, story, out };
    push.written(id, start, id.end, false);
    let mut current = id.clone();
    let mut current_start = start;
    loop {
        if let Some(next) = range_end(text, &current) {
            push.range(&current, current_start, &next.id);
            push.written(&next.id, next.start, next.id.end, true);
            current_start = next.start;
            current = next.id;
        } else if let Some(next) = listed(text, &current) {
            push.written(&next.id, next.start, next.id.end, false);
            current_start = next.start;
            current = next.id;
        } else {
            return current.end;
        }
    }
}

struct Push<'a> {
    base: TextSize,
    story: &'a Story,
    out: &'a mut Vec<Mention>,
}

impl Push<'_> {
    fn written(&mut self, id: &Id, start: usize, end: usize, in_range: bool) {
        self.out.push(Mention {
            key: id.key(),
            kind: id.kind,
            standard: id.standard,
            range: range(self.base, start, end),
            in_range,
            written: true,
            qualifier: None,
            story: self.story.clone(),
        });
    }

    /// Pushes the ids between `from` (the mention pushed last) and `to`.
    fn range(&mut self, from: &Id, from_start: usize, to: &Id) {
        if let Some(last) = self.out.last_mut() {
            last.in_range = true;
        }
        let whole = range(self.base, from_start, to.end);
        let mut between = |key: SmolStr| {
            self.out.push(Mention {
                key,
                kind: from.kind,
                standard: from.standard,
                range: whole,
                in_range: true,
                written: false,
                qualifier: None,
                story: self.story.clone(),
            });
        };
        if let (Some(first), Some(last)) = (from.suffix(), to.suffix())
            && from.last_digits() == to.last_digits()
        {
            for letter in first + 1..last {
                let mut text = from.text[..from.last_end].to_owned();
                text.push(char::from(letter));
                between(key(from, &text));
            }
            return;
        }
        let width = from.last_digits().len();
        for n in number(from) + 1..number(to) {
            let text = format!("{}{n:0width$}", from.stem());
            between(key(from, &text));
        }
    }
}

fn key(like: &Id, text: &str) -> SmolStr {
    if like.kind == IdKind::Story && like.numbers <= 3 {
        story_key(&text[like.numbers..])
    } else {
        SmolStr::new(text)
    }
}

fn number(id: &Id) -> u32 {
    id.last_digits().parse().unwrap_or(0)
}

/// The next id of an expression and where it begins.
struct Next {
    id: Id,
    start: usize,
}

/// `T004-T007`, `T004–007`, `T004 〜 T007`, `T004 to T007`, `T034a-d`.
fn range_end(text: &str, from: &Id) -> Option<Next> {
    let close = closing_marks(text, from.end);
    let sign = skip_blanks(text, close);
    let (sign_end, word) = range_sign(text, sign)?;
    let spaced = skip_blanks(text, sign_end);
    if word && (sign == close || spaced == sign_end) {
        return None;
    }
    let start = opening_marks(text, spaced);
    if let Some(id) = Id::parse(text, start, Open::Dashed) {
        return spans(from, &id).then_some(Next { id, start });
    }
    // Without the prefix only where nothing separates the two: `T004-007`, `T034a-d`.
    if word || sign != from.end || spaced != sign_end {
        return None;
    }
    let id = bare(text, spaced, from)?;
    (spans(from, &id) && (id.last_digits().len() == from.last_digits().len()))
        .then_some(Next { id, start: spaced })
}

/// Same prefix, same width unless unpadded, ascending, not too many.
fn spans(from: &Id, to: &Id) -> bool {
    if from.stem() != to.stem() {
        return false;
    }
    if from.last_digits() == to.last_digits() {
        return matches!((from.suffix(), to.suffix()), (Some(a), Some(b))
            if a < b && a.is_ascii_lowercase() == b.is_ascii_lowercase());
    }
    let padded = |id: &Id| id.last_digits().starts_with('0');
    let same_width = from.last_digits().len() == to.last_digits().len();
    from.suffix().is_none()
        && to.suffix().is_none()
        && (same_width || !(padded(from) || padded(to)))
        && number(from) < number(to)
        && number(to) - number(from) < MAX_RANGE
}

/// The sign of a range at `pos`: its end, and whether it is a word.
fn range_sign(text: &str, pos: usize) -> Option<(usize, bool)> {
    const SIGNS: [&str; 9] = ["...", "..", "…", "—", "〜", "～", "~", "から", "至"];
    const WORDS: [&str; 5] = ["to ", "through ", "thru ", "bis ", "hasta "];
    let rest = &text[pos..];
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Some((pos + sign.len(), false));
    }
    if let Some((b'-', len)) = at(text, pos) {
        return Some((pos + len, false));
    }
    let word = WORDS.iter().find(|word| rest.starts_with(**word))?;
    Some((pos + word.len() - 1, true))
}

/// `/006`, `, 006`, `/B2`, `/b`.
fn listed(text: &str, from: &Id) -> Option<Next> {
    let (sep, len) = match at(text, from.end) {
        Some((b @ (b'/' | b',' | b'&' | b'+'), len)) => (b, len),
        _ if text[from.end..].starts_with('、') => (b',', '、'.len_utf8()),
        _ => return None,
    };
    let tight = from.end + len;
    let start = skip_blanks(text, tight);
    let id = bare(text, start, from)?;
    let same_width = id.last_digits().len() == from.last_digits().len();
    // `FR-001, 002/FR-003`: the number qualifies what follows.
    let qualifies = sep != b'/'
        && matches!(at(text, id.end), Some((b'/', _)))
        && Id::parse(text, id.end + 1, Open::Dashed).is_some();
    let likely = !qualifies
        && if start > tight {
            // `FR-001, 002` but not `FR-001, 200 ms`
            sep == b',' && from.last_digits().starts_with('0') && id.last_digits().starts_with('0')
        } else {
            sep == b'/' || from.last_digits().len() >= 2
        };
    (same_width && likely).then_some(Next { id, start })
}

/// An id written without its prefix, completed from `from`.
fn bare(text: &str, start: usize, from: &Id) -> Option<Id> {
    let mut body = String::new();
    let mut pos = start;
    // `T034a/b`
    if let Some((letter, len)) = at(text, start)
        && let Some(own) = from.suffix()
        && own.is_ascii_alphabetic()
        && letter.is_ascii_lowercase() == own.is_ascii_lowercase()
        && letter.is_ascii_alphabetic()
        && ends_word(text, start + len)
    {
        let mut id = from.clone();
        id.text.truncate(id.last_end);
        id.text.push(char::from(letter));
        id.end = start + len;
        return Some(id);
    }
    // `FR-B1/B2`: the letter group is written again
    let group = from
        .prefix()
        .rfind('-')
        .map_or("", |dash| &from.prefix()[dash + 1..]);
    let mut prefix = from.prefix();
    if !group.is_empty() {
        let mut letters = String::new();
        let end = take(text, pos, &mut letters, 3, |b| b.is_ascii_uppercase());
        if !letters.is_empty() {
            prefix = &from.prefix()[..from.prefix().len() - group.len()];
            body.push_str(&letters);
            pos = end;
        }
    }
    body.insert_str(0, prefix);
    let numbers = body.len();
    pos = digits(text, pos, &mut body)?;
    let mut last = numbers;
    while let (Some((b'.', 1)), Some((b'0'..=b'9', _))) = (at(text, pos), at(text, pos + 1)) {
        body.push('.');
        last = body.len();
        pos = digits(text, pos + 1, &mut body)?;
    }
    let dots = |s: &str| s.bytes().filter(|b| *b == b'.').count();
    if dots(&body[numbers..]) != dots(&from.text[from.numbers..]) {
        return None;
    }
    let last_end = body.len();
    if let Some((b, len)) = at(text, pos)
        && b.is_ascii_lowercase()
        && !at(text, pos + len).is_some_and(|(b, _)| b.is_ascii_alphanumeric())
    {
        body.push(char::from(b));
        pos += len;
    }
    if from.kind == IdKind::Task {
        pos = inserted(text, pos, &mut body);
    }
    if !ends_word(text, pos) || matches!(at(text, pos), Some((b'%', _))) {
        return None;
    }
    Some(Id {
        text: body,
        numbers,
        last,
        last_end,
        kind: from.kind,
        standard: from.standard,
        end: pos,
    })
}

/// Emphasis, code or bracket marks that close after an id.
fn closing_marks(text: &str, mut pos: usize) -> usize {
    while let Some((b'*' | b'`' | b']', len)) = at(text, pos) {
        pos += len;
    }
    pos
}

/// Emphasis, code or bracket marks that open before an id.
fn opening_marks(text: &str, mut pos: usize) -> usize {
    while let Some((b'*' | b'`' | b'[', len)) = at(text, pos) {
        pos += len;
    }
    pos
}
