//! What may follow a path: a line, a symbol, an anchor.

/// What follows a path: `:12`, `::symbol`, `#symbol`, `:symbol`.
pub(super) struct Suffix {
    /// Start and end of the symbol.
    pub(super) symbol: Option<(usize, usize)>,
    /// Where the suffix ends; where the path ends if there is none.
    pub(super) end: usize,
}

impl Suffix {
    /// Reads what follows the path that ends at `start`. `trimmed`: something was cut off its end.
    pub(super) fn read(text: &str, start: usize, end: usize, trimmed: bool) -> Suffix {
        let none = Suffix {
            symbol: None,
            end: start,
        };
        let rest = &text[start..end];
        if trimmed {
            return none;
        }
        let signs = if rest.starts_with("::") {
            2
        } else if rest.starts_with([':', '#']) {
            1
        } else {
            return none;
        };
        let body = &rest[signs..];
        let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
        let line = body.strip_prefix('L').unwrap_or(body);
        let lines = digits(line);
        if lines > 0 {
            let mut length = signs + (body.len() - line.len()) + lines;
            if let Some(to) = rest[length..].strip_prefix(['-', ':', ',']) {
                let to_number = to.strip_prefix('L').unwrap_or(to);
                let more = digits(to_number);
                if more > 0 {
                    length += 1 + (to.len() - to_number.len()) + more;
                }
            }
            return Suffix {
                symbol: None,
                end: start + length,
            };
        }
        if !body.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return none;
        }
        let mut length = body
            .bytes()
            .take_while(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(b, b'_' | b':' | b'.')
                    || (*b == b'-' && rest.starts_with('#'))
            })
            .count();
        while matches!(body.as_bytes()[length - 1], b':' | b'.' | b'-') {
            length -= 1;
        }
        let symbol = (start + signs, start + signs + length);
        Suffix {
            symbol: Some(symbol),
            end: symbol.1,
        }
    }
}
