//! Tokens of a language without a grammar: words, literals and marks.

use super::{
    tokens::{Token, What},
    written,
};

/// Comments of SQL in any dialect count for nothing; words count in lower case.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let rest = &bytes[at..];
        at += match byte {
            _ if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'-' if rest.starts_with(b"--") => {
                at += length(rest, |byte| byte != b'\n');
                continue;
            }
            b'/' if rest.starts_with(b"/*") => {
                let end = text.get(at + 2..).and_then(|rest| rest.find("*/"));
                at = end.map_or(text.len(), |end| at + end + 4);
                continue;
            }
            b'\'' | b'"' | b'`' => {
                let close = rest[1..].iter().position(|other| *other == byte);
                close.map_or(rest.len(), |close| close + 2)
            }
            _ if is_word(byte) => length(rest, is_word),
            _ => 1,
        };
        let word = text.get(start..at).unwrap_or_default();
        let hash = if is_word(byte) {
            written::hash(&word.to_lowercase())
        } else {
            written::hash(word)
        };
        tokens.push(Token {
            at: start as u32,
            what: What::Plain,
            hash,
        });
    }
    tokens
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn length(bytes: &[u8], is_part: impl Fn(u8) -> bool) -> usize {
    let end = bytes.iter().position(|byte| !is_part(*byte));
    end.unwrap_or(bytes.len())
}
