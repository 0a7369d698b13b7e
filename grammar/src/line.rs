//! The start of a line: quote marks, heading mark, list marker, checkbox, star.

use crate::chars::{at, range, skip_blanks};
use text_size::{TextRange, TextSize};

/// How a line begins, before its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineStart {
    /// Columns of blanks before the first mark; a tab counts to the next multiple of four.
    pub indent: u32,
    /// `#` to `######`, if it is a heading.
    pub heading: Option<(u8, TextRange)>,
    /// The list marker, without the blank after it.
    pub marker: Option<(ListMarker, TextRange)>,
    /// The checkbox after the list marker.
    pub checkbox: Option<Checkbox>,
    /// Kiro's optional-task star, `- [ ]* 2.1`.
    pub star: Option<TextRange>,
    /// Where the content begins, as an offset from the start of the given line.
    pub content: TextSize,
}

/// A list marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListMarker {
    /// `-`, `*` or `+`
    Bullet(char),
    /// `1.` or `1)`, the number as written
    Ordered(u32),
}

/// A task's checkbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkbox {
    /// The character between the brackets as written; a blank for `[]` and for more than one character.
    pub state: char,
    /// What is between the brackets: one character, nothing in `[]`, more in `[ x]`.
    pub state_range: TextRange,
    /// Brackets included.
    pub range: TextRange,
}

impl Checkbox {
    /// Is it ticked? Every state that is not an `x` or a tick mark counts as unfinished.
    pub fn done(&self) -> bool {
        matches!(self.state, 'x' | 'X' | 'ｘ' | 'Ｘ' | '✓' | '✔' | '✅')
    }
}

/// Reads the start of one line. `base` is added to every range.
///
/// A `>` before the marks is skipped. Nothing is known of the lines around, so
/// an indented code block or a fence must be kept away by the caller.
pub fn line_start(line: &str, base: TextSize) -> LineStart {
    let mut pos = 0;
    let mut indent = 0_u32;
    loop {
        match at(line, pos) {
            Some((b' ', 1)) => {
                indent += 1;
                pos += 1;
            }
            Some((b'\t', 1)) => {
                indent += 4 - indent % 4;
                pos += 1;
            }
            Some((b'>', 1)) => {
                indent = 0;
                pos += 1;
                if matches!(at(line, pos), Some((b' ', 1))) {
                    pos += 1;
                }
            }
            _ => break,
        }
    }
    let mut start = LineStart {
        indent,
        heading: None,
        marker: None,
        checkbox: None,
        star: None,
        content: TextSize::new(pos as u32),
    };
    if let Some(end) = heading(line, pos) {
        start.heading = Some(((end - pos) as u8, range(base, pos, end)));
        start.content = TextSize::new(skip_blanks(line, end) as u32);
        return start;
    }
    let Some((marker, end)) = list_marker(line, pos) else {
        return start;
    };
    start.marker = Some((marker, range(base, pos, end)));
    let mut content = skip_blanks(line, end);
    if let Some((checkbox, end)) = checkbox(line, content, base) {
        start.checkbox = Some(checkbox);
        content = end;
        if line[end..].starts_with('*') && !line[end..].starts_with("**") {
            start.star = Some(range(base, end, end + 1));
            content = end + 1;
        }
        content = skip_blanks(line, content);
    }
    start.content = TextSize::new(content as u32);
    start
}

/// The end of the `#` run of a heading at `pos`.
fn heading(line: &str, pos: usize) -> Option<usize> {
    let marks = line[pos..].bytes().take_while(|b| *b == b'#').count();
    let end = pos + marks;
    ((1..=6).contains(&marks) && blank_or_end(line, end)).then_some(end)
}

fn list_marker(line: &str, pos: usize) -> Option<(ListMarker, usize)> {
    let (first, len) = at(line, pos)?;
    if let (b'-' | b'*' | b'+', 1) = (first, len) {
        return blank_or_end(line, pos + 1)
            .then_some((ListMarker::Bullet(char::from(first)), pos + 1));
    }
    let mut end = pos;
    let mut number = 0_u32;
    let mut count = 0;
    while let Some((b @ b'0'..=b'9', len)) = at(line, end) {
        number = number.checked_mul(10)?.checked_add(u32::from(b - b'0'))?;
        end += len;
        count += 1;
    }
    let (b'.' | b')', len) = at(line, end)? else {
        return None;
    };
    end += len;
    (count > 0 && (len == 3 || blank_or_end(line, end)))
        .then_some((ListMarker::Ordered(number), end))
}

fn checkbox(line: &str, pos: usize, base: TextSize) -> Option<(Checkbox, usize)> {
    let (b'[', open) = at(line, pos)? else {
        return None;
    };
    let inner = pos + open;
    let close = line[inner..].find([']', '］'])? + inner;
    let body = &line[inner..close];
    let mut chars = body.chars();
    let state = match (chars.next(), chars.next()) {
        (None, _) => ' ',
        (Some(c), None) if is_state(c) => c,
        // `[ x]`: a slip, unfinished for every tool that counts
        (Some(' '), Some('x' | 'X' | ' ')) | (Some('x' | 'X'), Some(' '))
            if chars.next().is_none() =>
        {
            ' '
        }
        _ => return None,
    };
    let end = close + at(line, close).map_or(1, |(_, len)| len);
    let wide = open == 3 || end - close == 3;
    // `[x](url)` is a link and `[x]: url` a link's definition.
    if !(wide || blank_or_end(line, end) || line[end..].starts_with("* ")) {
        return None;
    }
    let checkbox = Checkbox {
        state,
        state_range: range(base, inner, close),
        range: range(base, pos, end),
    };
    Some((checkbox, end))
}

fn is_state(c: char) -> bool {
    matches!(
        c,
        ' ' | 'x' | 'X' | 'ｘ' | 'Ｘ' | '\u{3000}' | '\u{A0}' | '✓' | '✔' | '✅' | '✗' | '✘' | '❌'
    ) || (c.is_ascii_punctuation() && !matches!(c, '[' | ']' | '\\' | '^' | '#' | '@'))
}

fn blank_or_end(line: &str, pos: usize) -> bool {
    pos >= line.len() || matches!(at(line, pos), Some((b' ' | b'\t' | b'\r' | b'\n', _)))
}
