//! Values with the name of what holds them: ``30 s (`src/http.rs#TIMEOUT`)``, `[30 s](src/http.rs#TIMEOUT)`,
//! ``one of `draft`, `sent` (`src/invoice.ts#Status`)``.
//!
//! Nothing else binds: a name without a path, a path without a name, a place of lines (`#L12`) do not.

use crate::model::{Binding, Said};
use grammar::{PathMention, PathStyle, WrittenQuantity, quantity_at_end};
use smol_str::SmolStr;
use std::ops::Range;
use text::{TextRange, TextSize};

/// Most values of one list.
const MOST_VALUES: usize = 64;

/// Reads the bindings among `paths`, which stand in `text`: paragraphs on one line each.
pub(crate) fn read(text: &str, paths: &[PathMention]) -> Vec<Binding> {
    let mut found: Vec<Binding> = (0..)
        .zip(paths)
        .filter_map(|(at, path)| binding(text, at, path))
        .collect();
    // Paths out of one brace group share their bytes, and hold nothing together.
    found.dedup_by_key(|each| each.range);
    found
}

fn binding(text: &str, at: u32, path: &PathMention) -> Option<Binding> {
    let (name, name_range) = path.symbol.as_ref()?;
    let start = usize::from(path.range.start());
    let end = usize::from(name_range.end());
    let joint = text.get(usize::from(path.range.end())..usize::from(name_range.start()))?;
    if joint != "#" || path.glob || is_line(name) {
        return None;
    }
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let (said, mark) = match path.style {
        PathStyle::Code => {
            let open = text[line..start].strip_suffix('`')?;
            let close = text[end..].strip_prefix('`')?;
            let open = open.strip_suffix(['(', '（'])?;
            let bracket = close.chars().next().filter(|c| matches!(c, ')' | '）'))?;
            let mark = line + open.len()..end + 1 + bracket.len_utf8();
            (said(text, line, line + open.len())?, mark)
        }
        PathStyle::Link => {
            let open = text[line..start].strip_suffix("](")?;
            let close = line + open.len();
            let begin = line + open.rfind('[')? + 1;
            let said = said(text, begin, close)?;
            if said.range().start() < TextSize::new(begin as u32) {
                return None;
            }
            let bracket = text[end..].starts_with(')').then_some(1)?;
            (said, close..end + bracket)
        }
        PathStyle::Bare => return None,
    };
    Some(Binding {
        range: said.range(),
        said,
        path: at,
        mark: text::span(mark.start, mark.end),
    })
}

/// A place of lines, as hosts of repositories write it: `L12`, `L12-L20`.
fn is_line(name: &str) -> bool {
    name.strip_prefix('L')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What is said right before `end`.
fn said(text: &str, start: usize, end: usize) -> Option<Said> {
    let before = text[start..end].trim_end_matches([' ', '\t']);
    list(text, start, start + before.len()).or_else(|| {
        let bare = before.trim_end_matches(['*', '_']);
        let found = quantity_at_end(bare)?;
        Some(quantity(&found, start))
    })
}

fn quantity(found: &WrittenQuantity, base: usize) -> Said {
    let place = |range: &Range<usize>| text::span(base + range.start, base + range.end);
    Said::Quantity {
        quantity: found.quantity,
        range: place(&found.range),
        number: place(&found.number),
        unit: found.unit.as_ref().map(place),
        grouped: found.grouped,
        counts: found.counts,
    }
}

/// Code spans with nothing but commas and words that join between them, and at most two words behind the last.
fn list(text: &str, start: usize, end: usize) -> Option<Said> {
    let mut at = end;
    for _ in 0..2 {
        let head = &text[start..at];
        if head.ends_with('`') {
            break;
        }
        let word = head.trim_end_matches(char::is_alphabetic);
        let blank = word.trim_end_matches(' ');
        if word.len() == head.len() || blank.len() == word.len() && !blank.ends_with('`') {
            return None;
        }
        at = start + blank.len();
    }
    let mut values: Vec<(SmolStr, TextRange)> = Vec::new();
    while values.len() < MOST_VALUES {
        let Some(inner) = text[start..at].strip_suffix('`') else {
            break;
        };
        let Some(open) = inner.rfind('`') else { break };
        let value = start + open + 1..start + inner.len();
        if value.is_empty() || inner[..open].ends_with('`') {
            return None;
        }
        values.push((
            SmolStr::new(&text[value.clone()]),
            text::span(value.start, value.end),
        ));
        at = start + open;
        let joined = joint(&text[start..at]);
        if joined == at - start || !text[start..start + joined].ends_with('`') {
            break;
        }
        at = start + joined;
    }
    values.reverse();
    match values.as_slice() {
        [] => None,
        [(only, range)] => {
            let found = quantity_at_end(only)?;
            let whole = found.range == (0..only.len());
            whole.then(|| quantity(&found, usize::from(range.start())))
        }
        _ => Some(Said::Values(values)),
    }
}

/// Where what joins two values begins at the end of `text`: `, and `; its length where nothing does.
fn joint(text: &str) -> usize {
    const WORDS: &[&str] = &[
        "and",
        "or",
        "nor",
        "und",
        "oder",
        "et",
        "ou",
        "y",
        "o",
        "e",
        "と",
        "や",
        "または",
        "又は",
        "及び",
        "および",
        "或",
        "或者",
        "和",
        "与",
        "및",
        "또는",
    ];
    let blank = text.trim_end_matches(' ');
    let word = blank.trim_end_matches(char::is_alphabetic);
    let head = if WORDS.contains(&&blank[word.len()..]) {
        word.trim_end_matches(' ')
    } else {
        blank
    };
    let bare = head.trim_end_matches([',', '/', '|', '、', '，', '・']);
    if bare.len() == text.len() || head.len() - bare.len() > 3 || bare.len() == blank.len() {
        // Blanks alone join nothing.
        return text.len();
    }
    bare.trim_end_matches(' ').len()
}
