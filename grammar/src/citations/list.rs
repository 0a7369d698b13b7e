//! A list of numbers behind a word: `1.1, 2.3`, `1.1-1.4`, `1.1〜1.4`, `1.1 (in part) and 3`.

use super::{Cited, after_word, words};
use crate::chars::{ahead, at, range, skip_blanks};
use crate::id::digits;
use crate::mentions::Mention;
use text_size::TextSize;

/// Most ids that one range stands for.
const LONGEST: u32 = 60;

/// A list that was read.
pub(super) struct List {
    /// Where it ends.
    pub(super) end: usize,
}

/// A number of the list.
struct Number {
    /// `2.3`, `3-bis`: ASCII digits.
    text: String,
    start: usize,
    end: usize,
}

impl Number {
    /// What stands before the last number, with its dot, and the last number.
    fn split(&self) -> Option<(&str, u32)> {
        let (stem, last) = match self.text.rfind('.') {
            Some(dot) => self.text.split_at(dot + 1),
            None => ("", self.text.as_str()),
        };
        Some((stem, last.parse().ok()?))
    }
}

impl List {
    /// Reads the list whose first digit is at `start`.
    pub(super) fn read(
        text: &str,
        base: TextSize,
        start: usize,
        cited: Cited,
        out: &mut Vec<Mention>,
    ) -> Self {
        let mut end = start;
        let mut next = number(text, start);
        while let Some(first) = next {
            end = first.end;
            match range_end(text, &first) {
                Some(last) => {
                    expand(base, cited, &first, &last, out);
                    end = last.end;
                }
                None => out.push(mention(base, cited, &first.text, &first, false)),
            }
            next = following(text, end, cited).and_then(|at| number(text, at));
        }
        Self { end }
    }
}

fn mention(base: TextSize, cited: Cited, id: &str, at: &Number, in_range: bool) -> Mention {
    Mention {
        key: cited.key(id),
        kind: cited.kind(),
        standard: true,
        range: range(base, at.start, at.end),
        in_range,
        written: true,
        qualifier: None,
        story: None,
    }
}

/// Both ends, and what lies between them where that can be counted.
fn expand(base: TextSize, cited: Cited, first: &Number, last: &Number, out: &mut Vec<Mention>) {
    out.push(mention(base, cited, &first.text, first, true));
    if let (Some((stem, from)), Some((_, to))) = (first.split(), last.split()) {
        let whole = range(base, first.start, last.end);
        for between in from + 1..to {
            out.push(Mention {
                key: cited.key(&format!("{stem}{between}")),
                kind: cited.kind(),
                standard: true,
                range: whole,
                in_range: true,
                written: false,
                qualifier: None,
                story: None,
            });
        }
    }
    out.push(mention(base, cited, &last.text, last, true));
}

/// The number at `start`: up to three parts, and `-bis` or one small letter behind.
fn number(text: &str, start: usize) -> Option<Number> {
    let mut written = String::new();
    let mut end = digits(text, start, &mut written)?;
    let zero = written.len() > 1 && written.starts_with('0');
    // `3-bis.1`
    for suffix in ["-bis", "-ter"] {
        if text[end..].starts_with(suffix) {
            written.push_str(suffix);
            end += suffix.len();
        }
    }
    for _ in 0..2 {
        let Some((b'.', dot)) = at(text, end) else {
            break;
        };
        let mut more = String::new();
        let Some(behind) = digits(text, end + dot, &mut more) else {
            break;
        };
        written.push('.');
        written.push_str(&more);
        end = behind;
    }
    if let Some((b @ b'a'..=b'z', len)) = at(text, end)
        && !at(text, end + len).is_some_and(|(b, _)| b.is_ascii_alphanumeric())
    {
        written.push(char::from(b));
        end += len;
    }
    let goes_on = match at(text, end) {
        Some((b'.', dot)) => at(text, end + dot).is_some_and(|(b, _)| b.is_ascii_digit()),
        Some((b'%' | b'/' | b'\\' | b'$', _)) => true,
        Some((b, _)) => b.is_ascii_alphanumeric(),
        None => false,
    };
    (!zero && !goes_on).then_some(Number {
        text: written,
        start,
        end,
    })
}

/// The other end of a range that begins with `first`; its number may be short (`2.1-4`).
fn range_end(text: &str, first: &Number) -> Option<Number> {
    const SIGNS: [&str; 12] = [
        "〜", "～", "~", "–", "—", "‐", "-", "...", "..", "…", "至", "から",
    ];
    const WORDS: [&str; 4] = ["to ", "through ", "thru ", "到"];
    let blank = skip_blanks(text, first.end);
    let rest = &text[blank..];
    let sign = SIGNS
        .iter()
        .chain(&WORDS)
        .find(|sign| rest.starts_with(**sign))?;
    if WORDS.contains(sign) && sign.is_ascii() && blank == first.end {
        return None;
    }
    let start = skip_blanks(text, blank + sign.len());
    let mut last = number(text, start)?;
    let spaced = blank > first.end || start > blank + sign.len();
    let (stem, from) = first.split()?;
    if !last.text.contains('.') && !stem.is_empty() {
        // `2.1-4`, but not `2.1 - 4 retries`.
        if spaced {
            return None;
        }
        last.text = format!("{stem}{}", last.text);
    } else if spaced && stem.is_empty() && sign.trim() == "-" {
        return None;
    }
    let (last_stem, to) = last.split()?;
    (last_stem == stem && from < to && to - from <= LONGEST).then_some(last)
}

/// Where the next number of the list begins: behind a separator, and a word that says again what it is.
fn following(text: &str, end: usize, cited: Cited) -> Option<usize> {
    let mut pos = end;
    let mut remarked = false;
    // `1.1 (in part), 2.3`
    let blank = skip_blanks(text, pos);
    if let Some(open) = text[blank..]
        .chars()
        .next()
        .filter(|c| matches!(c, '(' | '（'))
    {
        let inner = ahead(text, blank + open.len_utf8());
        let close = inner.find([')', '）', '\n'])?;
        let mark = inner[close..].chars().next().filter(|c| *c != '\n')?;
        pos = blank + open.len_utf8() + close + mark.len_utf8();
        remarked = true;
    }
    // Emphasis or code around each number.
    let closed =
        pos + text[pos..].len() - text[pos..].trim_start_matches(['*', '`', ']', '_']).len();
    let blank = skip_blanks(text, closed);
    let rest = &text[blank..];
    let sign = [
        ",", "，", "、", "،", ";", "；", "؛", "&", "/", "+", "·", "と", "和", "及", "및",
    ]
    .into_iter()
    .find(|sign| rest.starts_with(sign));
    let mut next = match sign {
        // `1.1/path` is none.
        Some(sign) => blank + sign.len(),
        None if remarked => return None,
        None => blank,
    };
    next = skip_blanks(text, next);
    let word = [
        "and ", "und ", "y ", "e ", "et ", "plus ", "и ", "và ", "ve ", "dan ",
    ]
    .into_iter()
    .find(|word| next > closed && text[next..].starts_with(word));
    if sign.is_none() && word.is_none() {
        return None;
    }
    next = skip_blanks(text, next + word.map_or(0, str::len));
    next += text[next..].len() - text[next..].trim_start_matches(['*', '`', '[', '_']).len();
    let digit = crate::chars::next_digit(text, next)?;
    let between = text[next..digit].trim();
    // `Req 1.1, Req 1.2`
    let again = words::ends_with(between, cited) == Some(between.len());
    (between.is_empty() || again && !after_word(text, next)).then_some(digit)
}
