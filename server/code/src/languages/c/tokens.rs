//! C and C++ text -> words, marks, strings and preprocessor lines: enough to see macros, no more.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, keyword or number.
    Word,
    /// One byte.
    Mark(u8),
    /// A string or character literal.
    Literal,
    /// A preprocessor line with the lines that continue it.
    Directive,
}

/// A token; comments and blanks are none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// It is the first on its line.
    pub(super) first: bool,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len() / 5);
    // A byte order mark is no part of the first word.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let (mut at, mut first) = (mark, true);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let kind = match byte {
            b'\n' => {
                first = true;
                at += 1;
                continue;
            }
            _ if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at = line_end(bytes, at);
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = text[at + 2..]
                    .find("*/")
                    .map_or(bytes.len(), |end| at + end + 4);
                continue;
            }
            b'#' if first => {
                at = line_end(bytes, at);
                Kind::Directive
            }
            b'"' | b'\'' => {
                at = literal_end(bytes, at);
                Kind::Literal
            }
            _ if is_word(byte) => {
                at = word_end(bytes, at);
                if bytes.get(at) == Some(&b'"') && bytes[at - 1] == b'R' && at - start <= 3 {
                    at = raw_end(text, at);
                    Kind::Literal
                } else {
                    Kind::Word
                }
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
            first,
        });
        first = false;
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

/// The end of a name, or of a number with its digit separators.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let number = bytes[start].is_ascii_digit();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let separator =
            number && byte == b'\'' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !is_word(byte) && !separator {
            break;
        }
        at += 1;
    }
    at
}

/// The end of the line, lines that continue it included.
fn line_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\n' {
            let before = bytes[start..at]
                .strip_suffix(b"\r")
                .unwrap_or(&bytes[start..at]);
            if !before.ends_with(b"\\") {
                break;
            }
        }
        at += 1;
    }
    at
}

fn literal_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => return at,
            _ if byte == bytes[start] => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The end of `R"x(...)x"`, whose quote is at `quote`.
fn raw_end(text: &str, quote: usize) -> usize {
    let rest = &text[quote + 1..];
    let Some(open) = rest.bytes().take(17).position(|byte| byte == b'(') else {
        return quote + 1;
    };
    let close = format!("){}\"", &rest[..open]);
    rest.find(&close)
        .map_or(text.len(), |end| quote + 1 + end + close.len())
}
