//! SQL text -> words, names, literals and marks; comments and the bodies of functions are skipped.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, a bare name or a number.
    Word,
    /// A name between quotes or brackets.
    Quoted,
    /// A string.
    Literal,
    /// What stands between `$$` and `$$` behind `AS`.
    Body,
    /// Quotes that nothing closes, up to the end of the text: neither a name nor a string.
    Open,
    /// One byte.
    Mark(u8),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found: Vec<Token> = Vec::with_capacity(bytes.len() / 6);
    // A byte order mark is no part of the first word.
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let rest = &bytes[at..];
        let kind = match byte {
            _ if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'-' if rest.starts_with(b"--") => {
                at = line_end(bytes, at);
                continue;
            }
            b'/' if rest.starts_with(b"/*") => {
                at = behind(text, at + 2, "*/");
                continue;
            }
            b'\'' => {
                let closed = quoted_end(bytes, at, b'\'');
                at = closed.unwrap_or(bytes.len());
                closed.map_or(Kind::Open, |_| Kind::Literal)
            }
            b'"' | b'`' => {
                let closed = quoted_end(bytes, at, byte);
                at = closed.unwrap_or(bytes.len());
                closed.map_or(Kind::Open, |_| Kind::Quoted)
            }
            b'[' if bracketed(rest).is_some() => {
                at += bracketed(rest).unwrap_or(1);
                Kind::Quoted
            }
            b'$' if dollar_mark(rest).is_some() => {
                let mark = dollar_mark(rest).unwrap_or_default();
                let after_as = found
                    .last()
                    .is_some_and(|last| text[last.start..last.end].eq_ignore_ascii_case("as"));
                at += mark.len();
                if !after_as {
                    // `DO $$ ... $$`: what stands in it is read.
                    continue;
                }
                at = behind(text, at, std::str::from_utf8(mark).unwrap_or("$$"));
                Kind::Body
            }
            _ if is_word(byte) => {
                while bytes
                    .get(at)
                    .is_some_and(|byte| is_word(*byte) || *byte == b'$')
                {
                    at += 1;
                }
                Kind::Word
            }
            _ => {
                at += 1;
                Kind::Mark(byte)
            }
        };
        found.push(Token {
            kind,
            start,
            end: at,
        });
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b'#') || byte >= 0x80
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |end| start + end)
}

fn behind(text: &str, from: usize, wanted: &str) -> usize {
    text.get(from..)
        .and_then(|rest| rest.find(wanted))
        .map_or(text.len(), |end| from + end + wanted.len())
}

/// Behind the quote that closes; one inside is written twice.
fn quoted_end(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        if byte == quote {
            if bytes.get(at + 1) != Some(&quote) {
                return Some(at + 1);
            }
            at += 1;
        } else if byte == b'\\' && quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
            // MySQL escapes; in standard SQL the string ends here only if nothing but its end follows.
            at += usize::from(
                bytes[at + 2..]
                    .iter()
                    .take_while(|byte| **byte != b'\n')
                    .any(|byte| *byte == b'\''),
            );
        }
        at += 1;
    }
    None
}

/// The length of `[Name]`; `[1]` and `[]` are none.
fn bracketed(rest: &[u8]) -> Option<usize> {
    let first = rest.get(1)?;
    if !(first.is_ascii_alphabetic() || *first == b'_') {
        return None;
    }
    let close = rest
        .iter()
        .take(130)
        .position(|byte| matches!(byte, b']' | b'\n'))?;
    (rest[close] == b']').then_some(close + 1)
}

/// `$$` or `$tag$`.
fn dollar_mark(rest: &[u8]) -> Option<&[u8]> {
    let close = 1 + rest
        .get(1..)?
        .iter()
        .take(64)
        .position(|byte| *byte == b'$')?;
    rest[1..close]
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        .then(|| &rest[..=close])
}
