//! Words and marks of GraphQL and protocol buffers; comments and strings left out.

use std::ops::Range;

/// A word, or a mark of one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) written: &'a str,
    pub(super) range: Range<usize>,
}

impl Token<'_> {
    /// Whether it can be a name.
    pub(super) fn is_word(&self) -> bool {
        self.written
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    }
}

/// How comments begin.
#[derive(Clone, Copy)]
pub(super) enum Comments {
    /// `#` to the end of the line; `"""` strings describe.
    Hash,
    /// `//` to the end of the line and `/* */`.
    Slashes,
}

/// All tokens from byte `start` on.
pub(super) fn tokens(text: &str, start: usize, comments: Comments) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = start;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = match (c, comments) {
            ('#', Comments::Hash) => line(rest),
            ('/', Comments::Slashes) if rest.starts_with("//") => line(rest),
            ('/', Comments::Slashes) if rest.starts_with("/*") => {
                rest[2..].find("*/").map_or(rest.len(), |end| end + 4)
            }
            ('"', Comments::Hash) if rest.starts_with("\"\"\"") => {
                rest[3..].find("\"\"\"").map_or(rest.len(), |end| end + 6)
            }
            ('"', _) | ('\'', Comments::Slashes) => string(rest, c),
            _ if c.is_whitespace() => c.len_utf8(),
            _ => {
                let word = rest
                    .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
                    .unwrap_or(rest.len());
                let len = if c == '.' || word == 0 {
                    c.len_utf8()
                } else {
                    word
                };
                found.push(Token {
                    written: &rest[..len],
                    range: at..at + len,
                });
                len
            }
        };
        at += len;
    }
    found
}

fn line(rest: &str) -> usize {
    rest.find(['\n', '\r']).unwrap_or(rest.len())
}

/// A string on one line with its quotes.
fn string(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// The place of the bracket that closes the one at `open`; nothing where it stays open.
pub(super) fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.written {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            // Nothing was opened: what is typed is not whole yet.
            return (at > open).then_some(at);
        }
    }
    None
}
