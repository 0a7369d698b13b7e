//! The tokens of a line, read by the DFA that the build makes out of `tokens.toml`.

mod table;

use crate::chars::{at, range, skip_blanks};
use crate::line::{LineStart, line_start};
use table::{Table, keyword, table};
use text_size::{TextRange, TextSize};

pub use table::TokenKind;

/// A token of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes, from the start of the given line.
    pub range: TextRange,
}

/// The tokens of one line, in order, disjoint; between them are only blanks.
///
/// The marks of a line's start (`#`, `-`, `[ ]`, `2.1`) are read there and nowhere else.
pub fn lex_line(line: &str) -> impl Iterator<Item = Token> + '_ {
    let start = line_start(line, TextSize::new(0));
    Lexer {
        line,
        pos: 0,
        first: first_mark(&start),
        start,
        table: table(),
    }
}

struct Lexer<'a> {
    line: &'a str,
    pos: usize,
    start: LineStart,
    /// Where the quote marks are over.
    first: usize,
    table: Option<&'static Table>,
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let pos = skip_blanks(self.line, self.pos);
        if pos >= self.line.len() {
            return None;
        }
        let (kind, end) = if pos <= self.start.content.into()
            && let Some(mark) = self.mark(pos)
        {
            mark
        } else {
            self.token(pos)
        };
        self.pos = end;
        Some(Token {
            kind,
            range: range(TextSize::new(0), pos, end),
        })
    }
}

/// Where the heading mark, the list marker or the content begins.
fn first_mark(start: &LineStart) -> usize {
    let mark = start
        .heading
        .map(|(_, range)| range)
        .or(start.marker.map(|(_, range)| range));
    mark.map_or(start.content, TextRange::start).into()
}

impl Lexer<'_> {
    /// The mark of the line's start at `pos`.
    fn mark(&self, pos: usize) -> Option<(TokenKind, usize)> {
        if pos < self.first {
            return Some((TokenKind::QuoteMark, pos + 1));
        }
        let start = &self.start;
        let marks = [
            (
                TokenKind::HeadingMark,
                start.heading.map(|(_, range)| range),
            ),
            (TokenKind::ListMarker, start.marker.map(|(_, range)| range)),
            (
                TokenKind::Checkbox,
                start.checkbox.as_ref().map(|checkbox| checkbox.range),
            ),
            (TokenKind::Star, start.star),
        ];
        for (kind, range) in marks {
            if let Some(range) = range
                && usize::from(range.start()) == pos
            {
                return Some((kind, range.end().into()));
            }
        }
        let numbered = start.checkbox.is_some() && pos == usize::from(start.content);
        numbered
            .then(|| task_number(self.line, pos))
            .flatten()
            .map(|end| (TokenKind::TaskNumber, end))
    }

    /// The token at `pos`, which is no blank.
    fn token(&self, pos: usize) -> (TokenKind, usize) {
        let bytes = self.line.as_bytes();
        let (kind, end) = fast(bytes, pos)
            .or_else(|| self.table.and_then(|table| table.longest(bytes, pos)))
            .unwrap_or_else(|| (TokenKind::Punctuation, char_end(self.line, pos)));
        // No keyword begins with a small ASCII letter.
        let may_be_keyword =
            matches!(kind, TokenKind::Word | TokenKind::Script) && !bytes[pos].is_ascii_lowercase();
        let kind = may_be_keyword
            .then(|| keyword(&self.line[pos..end]))
            .flatten()
            .unwrap_or(kind);
        (kind, end)
    }
}

/// The two commonest tokens without the DFA: a word of ASCII letters before a mark that
/// joins nothing, and a mark that begins nothing longer.
fn fast(bytes: &[u8], pos: usize) -> Option<(TokenKind, usize)> {
    let letters = bytes[pos..]
        .iter()
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    let end = pos + letters;
    if letters == 0 {
        let alone = matches!(
            bytes[pos],
            b',' | b';'
                | b':'
                | b'"'
                | b'\''
                | b')'
                | b'|'
                | b'='
                | b'>'
                | b'?'
                | b'{'
                | b'}'
                | b']'
                | b'&'
                | b'%'
        );
        return alone.then_some((TokenKind::Punctuation, pos + 1));
    }
    let stops = match bytes.get(end) {
        None | Some(b' ' | b',' | b')' | b'*' | b';' | b'"' | b'`') => true,
        Some(b'.') => matches!(bytes.get(end + 1), None | Some(b' ')),
        Some(b':') => !matches!(bytes.get(end + 1), Some(b'/')),
        _ => false,
    };
    stops.then_some((TokenKind::Word, end))
}

/// `2.` or `2.1`, and a blank after it.
fn task_number(line: &str, pos: usize) -> Option<usize> {
    let mut end = pos;
    let mut digit = false;
    while let Some((b, len)) = at(line, end) {
        match b {
            b'0'..=b'9' => digit = true,
            b'.' if digit => digit = false,
            b' ' | b'\t' if end > pos => return Some(end),
            _ => return None,
        }
        end += len;
    }
    None
}

fn char_end(line: &str, pos: usize) -> usize {
    pos + line[pos..].chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests;
