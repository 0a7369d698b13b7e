//! The first line of an item: where its marks end and its words begin.

use super::blocks::line_end;
use grammar::{Checkbox, LineStart};
use std::ops::Range;
use text::TextSize;

/// The first line of a list item.
pub(crate) struct Head {
    /// First byte of the list marker.
    pub(crate) start: usize,
    /// The list marker as written (`-`, `2.`).
    pub(crate) marker: Range<usize>,
    /// The bullet, where the list is not numbered.
    pub(crate) bullet: Option<char>,
    /// Behind marker and checkbox.
    pub(crate) content: usize,
    /// End of the line, trailing blanks left out.
    pub(crate) end: usize,
    pub(crate) checkbox: Option<Checkbox>,
}

/// Reads the first line of the item whose block is `block`.
pub(crate) fn item(text: &str, block: &Range<usize>) -> Head {
    let end = line_end(text, block.start).min(block.end);
    let line = &text[block.start..end];
    let LineStart {
        marker,
        checkbox,
        content,
        ..
    } = grammar::line_start(line, TextSize::new(block.start as u32));
    let (bullet, marker) = match marker {
        Some((grammar::ListMarker::Bullet(bullet), range)) => (Some(bullet), range.into()),
        Some((grammar::ListMarker::Ordered(_), range)) => (None, range.into()),
        None => (None, block.start..block.start),
    };
    Head {
        start: marker.start,
        marker,
        bullet,
        content: (block.start + usize::from(content)).min(end),
        end: block.start
            + line
                .trim_end()
                .len()
                .max(usize::from(content).min(line.len())),
        checkbox,
    }
}

/// Bytes of blanks the line of `at` begins with, or 0 if something else stands before `at`.
pub(crate) fn indent(text: &str, at: usize) -> u32 {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
    if text[start..at].trim().is_empty() {
        (at - start) as u32
    } else {
        0
    }
}

/// Where the words begin behind an id that ends at `at`: its closing marks, one separator and blanks skipped.
pub(crate) fn words(text: &str, at: usize, end: usize) -> usize {
    let mut at = marks(text, at, end);
    let behind = blanks(text, at, end);
    if let Some(len) = separator(&text[behind..end]) {
        at = behind + len;
        // `**FR-001:** text`
        let closed = marks(text, at, end);
        if closed == end || text[closed..end].starts_with(char::is_whitespace) {
            at = closed;
        }
    }
    blanks(text, at, end)
}

/// Behind emphasis, code and strike marks.
pub(crate) fn marks(text: &str, at: usize, end: usize) -> usize {
    end - text[at..end].trim_start_matches(['*', '_', '`', '~']).len()
}

/// Behind blanks.
pub(crate) fn blanks(text: &str, at: usize, end: usize) -> usize {
    end - text[at..end].trim_start().len()
}

/// Length of the separator that `rest` begins with.
pub(crate) fn separator(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let len = first.len_utf8();
    match first {
        ':' | '：' | '—' | '–' | '·' | '|' | '、' => Some(len),
        '-' | '.' | ')'
            if rest[len..].is_empty() || rest[len..].starts_with([' ', '\t', '*', '_']) =>
        {
            Some(len)
        }
        _ => None,
    }
}

/// Whether what follows an id makes it one of several (`FR-001, FR-002`, `FR-001–FR-005`, `T001 and T002`).
pub(crate) fn continues(text: &str, at: usize, end: usize) -> bool {
    let at = blanks(text, marks(text, at, end), end);
    let rest = &text[at..end];
    let Some(first) = rest.chars().next() else {
        return false;
    };
    let behind = if matches!(
        first,
        ',' | '/' | '&' | '+' | ';' | '–' | '—' | '-' | '~' | '〜' | '～' | '、' | '，' | '→' | '↔'
    ) {
        let behind = &rest[first.len_utf8()..];
        // `T001 - T002 must pass` says something; `T001-T004` and `T001 – T004` span.
        if first == '-' && behind.starts_with(' ') || first == '—' {
            return false;
        }
        behind
    } else if let Some(behind) = rest.strip_prefix("..") {
        behind.trim_start_matches('.')
    } else {
        let word = rest.split(char::is_whitespace).next().unwrap_or("");
        if !matches!(
            word,
            "and"
                | "to"
                | "through"
                | "or"
                | "thru"
                | "und"
                | "bis"
                | "y"
                | "e"
                | "a"
                | "et"
                | "à"
                | "と"
                | "和"
                | "至"
                | "から"
                | "및"
        ) {
            return false;
        }
        &rest[word.len()..]
    };
    let behind = behind.trim_start();
    behind.starts_with(|c: char| c.is_ascii_digit())
        || grammar::leading_id(behind, TextSize::new(0)).is_some()
}
