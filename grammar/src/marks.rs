//! Priorities (`(P1)`) and code spans of a line.

use crate::chars::{self, at, before, range, skip_blanks_back};
use text_size::{TextRange, TextSize};

/// A priority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    /// The number after `P`.
    pub level: u8,
    /// The bytes of `P1`.
    pub range: TextRange,
}

/// The words before a priority in the languages seen, lower case.
const PRIORITY_WORDS: [&str; 13] = [
    "priority",
    "优先级",
    "優先度",
    "優先級",
    "우선순위",
    "우선 순위",
    "优先顺序",
    "優先順位",
    "優先順序",
    "prioridad",
    "prioridade",
    "priorität",
    "priorité",
];

/// The priority of a story or row: `(P1)`, `（P1）`, `(Priority: P1)`, `優先度: P1`, `| P0 |`.
pub fn priority(text: &str, base: TextSize) -> Option<Priority> {
    let mut pos = 0;
    while let Some(found) = text[pos..].find(['P', 'Ｐ']) {
        let start = pos + found;
        let letter = at(text, start).map_or(1, |(_, len)| len);
        pos = start + letter;
        let Some((digit @ b'0'..=b'9', len)) = at(text, pos) else {
            continue;
        };
        let end = pos + len;
        let whole = !before(text, start).is_some_and(|(b, _)| is_word(b))
            && !at(text, end).is_some_and(|(b, _)| is_word(b));
        if whole
            && (in_parentheses(text, start) || after_word(text, start) || is_cell(text, start, end))
        {
            return Some(Priority {
                level: digit - b'0',
                range: range(base, start, end),
            });
        }
    }
    None
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b == b'-'
}

/// Opened before, not closed before, and closed after.
fn in_parentheses(text: &str, pos: usize) -> bool {
    let before = chars::behind(text, pos);
    let Some(open) = before.rfind(['(', '（']) else {
        return false;
    };
    !before[open..].contains([')', '）']) && chars::ahead(text, pos).contains([')', '）'])
}

fn after_word(text: &str, pos: usize) -> bool {
    let head = text[..pos].trim_end_matches([' ', '\u{3000}', '*', '_', ':', '：']);
    if head.len() == pos {
        return false;
    }
    PRIORITY_WORDS.iter().any(|word| {
        head.len() >= word.len()
            && head.is_char_boundary(head.len() - word.len())
            && head[head.len() - word.len()..].to_lowercase() == *word
    })
}

fn is_cell(text: &str, start: usize, end: usize) -> bool {
    let left = skip_blanks_back(text, start);
    text[..left].ends_with('|') && text[end..].trim_start().starts_with('|')
}

/// Content start, content end and end of the code span that opens at `start`.
pub(crate) fn code_span(text: &str, start: usize) -> Option<(usize, usize, usize)> {
    let bytes = text.as_bytes();
    let run = |pos: usize| bytes[pos..].iter().take_while(|b| **b == b'`').count();
    let fence = run(start);
    let inner = start + fence;
    let mut pos = inner;
    while let Some(step) = bytes.get(pos..)?.iter().position(|b| *b == b'`') {
        let close = pos + step;
        let len = run(close);
        if len == fence {
            return Some((inner, close, close + len));
        }
        pos = close + len;
    }
    None
}
