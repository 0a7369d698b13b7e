//! How a principle is named: by number (`IV.`, `Principle 4:`, `第四条`) and name.

use super::words::{self, Words};
use super::{cells, heads, sections};
use smol_str::SmolStr;
use std::ops::Range;

/// Words before a principle's number.
static PRINCIPLE: Words = Words::new(&[
    "principle",
    "principio",
    "princípio",
    "principe",
    "prinzip",
    "grundsatz",
    "constitution",
    "article",
    "artículo",
    "artigo",
    "artikel",
    "原則",
    "原则",
    "원칙",
    "第",
    "제",
]);

/// A principle's name, taken apart.
pub(super) struct Name {
    pub(super) number: Option<u32>,
    /// The number is a Roman one, or has a word before it (`Principle 4`): it can be no step's or section's.
    pub(super) sure: bool,
    /// The number as written; empty where there is none.
    pub(super) number_range: Range<usize>,
    /// The name without number, marks and a closing remark in brackets.
    pub(super) range: Range<usize>,
}

impl Name {
    /// The name as one line.
    pub(super) fn text(&self, text: &str) -> SmolStr {
        cells::name(&text[self.range.clone()])
    }
}

/// Reads the name in `range`.
pub(super) fn name(text: &str, range: &Range<usize>) -> Name {
    let bare = cells::bare(text, range);
    let start = bare.end - sections::plain_start(&text[bare.clone()]).len();
    let start = heads::marks(text, start, bare.end);
    let numbered = number(text, start, bare.end);
    let (number, number_range, behind) = match numbered {
        Some((number, range, behind)) => (Some(number), range, behind),
        None => (None, start..start, start),
    };
    let end =
        bare.start.max(behind) + sections::plain_end(&text[bare.start.max(behind)..bare.end]).len();
    let name = cells::bare(text, &(behind..unbracketed(text, behind, end)));
    // `Principle XI (No Hardcoded Values)`
    let opened = text[name.clone()].trim_start_matches(['(', '（']);
    let name = if number.is_some() && opened.len() < name.len() {
        let start = name.end - opened.len();
        start..start + opened.trim_end_matches([')', '）']).len()
    } else {
        name
    };
    let roman = text[number_range.clone()].starts_with(['I', 'V', 'X']);
    Name {
        number,
        sure: number.is_some() && (roman || number_range.start > start),
        number_range,
        range: name,
    }
}

/// The end of a name without a remark in brackets behind it.
fn unbracketed(text: &str, start: usize, end: usize) -> usize {
    let written =
        text[start..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    let open = written
        .strip_suffix([')', '）', ']'])
        .and_then(|inner| inner.rfind(['(', '（', '[']));
    match open {
        Some(open) if !text[start..start + open].trim().is_empty() => start + open,
        _ => end,
    }
}

/// The number that `start..end` begins with, its bytes, and where the name behind it begins.
fn number(text: &str, start: usize, end: usize) -> Option<(u32, Range<usize>, usize)> {
    let word = words::prefix(&text[start..end], &PRINCIPLE).unwrap_or(0);
    let at = end
        - text[start + word..end]
            .trim_start_matches([' ', '#', '\u{3000}'])
            .len();
    let rest = &text[at..end];
    let (value, len) = roman(rest).or_else(|| arabic(rest)).or_else(|| han(rest))?;
    let behind = &text[at + len..end];
    let unit = behind.trim_start_matches(['条', '條', '章', '조']);
    let counted = unit.len() < behind.len() && word > 0;
    let first = unit.chars().next();
    let fits = match first {
        None => word > 0,
        Some('.' | ':' | ')' | '：' | '、' | '．' | '）' | '—' | '–') => true,
        Some(c) if c.is_whitespace() => {
            word > 0 || counted || unit.trim_start().starts_with(['-', '–', '—', ':'])
        }
        Some(_) => counted,
    };
    // `2.1 Something` is a section.
    let decimal = unit.starts_with('.') && unit[1..].starts_with(|c: char| c.is_ascii_digit());
    if !fits || decimal {
        return None;
    }
    let name = unit.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ':' | ')' | '：' | '、' | '．' | '）' | '-' | '–' | '—' | '*'
            )
    });
    Some((value, at..at + len, end - name.len()))
}

/// `IV` as 4, and its length. Only numbers written the usual way.
fn roman(rest: &str) -> Option<(u32, usize)> {
    let len = rest
        .bytes()
        .take_while(|b| matches!(b, b'I' | b'V' | b'X'))
        .count();
    if len == 0 || len > 6 {
        return None;
    }
    let written = &rest[..len];
    (1..=39)
        .find(|&value| as_roman(value) == written)
        .map(|value| (value, len))
}

fn as_roman(value: u32) -> String {
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let unit = units.get(value as usize % 10).copied().unwrap_or("");
    "X".repeat(value as usize / 10) + unit
}

fn arabic(rest: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut len = 0;
    for (count, c) in rest.chars().enumerate() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '０'..='９' => c as u32 - '０' as u32,
            _ => break,
        };
        if count == 3 {
            return None;
        }
        value = value * 10 + digit;
        len += c.len_utf8();
    }
    (len > 0).then_some((value, len))
}

fn han(rest: &str) -> Option<(u32, usize)> {
    let digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let place = |c: char| digits.iter().position(|digit| *digit == c);
    let mut chars = rest.chars();
    let first = chars.next()?;
    let second = chars.next();
    let (value, count) = match (first, second.and_then(place), place(first)) {
        ('十', Some(unit), _) => (11 + unit as u32, 2),
        ('十', None, _) => (10, 1),
        (_, _, Some(unit)) => (1 + unit as u32, 1),
        _ => return None,
    };
    Some((value, count * '一'.len_utf8()))
}
