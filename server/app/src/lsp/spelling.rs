//! How clients write a path: RFC 3986 leaves much of it to them. A document is called as the client called it; a file it
//! never named is called as it would.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_encode};

/// A client's way of writing paths. The default is VS Code's, which everybody understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling(&'static Style);

#[derive(Debug, PartialEq, Eq)]
struct Style {
    /// What is not written as itself.
    encoded: &'static AsciiSet,
    lower_digits: bool,
}

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

const ILLEGAL_AND_COLON: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

const ILLEGAL: &AsciiSet = &ILLEGAL_AND_COLON.remove(b':');

const WEB: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`')
    .add(b'{')
    .add(b'}');

const ALE: &AsciiSet = &RESERVED
    .add(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'\\');

const NODE: &AsciiSet = &ILLEGAL.add(b'~');

/// VS Code; Helix and LSP4IJ; Eglot; programs that run in Node; what writes as browsers do; Neovim; ALE. Most use upper
/// case, so who has shown no digit yet is thought to.
const STYLES: [Style; 7] = [
    Style::new(RESERVED, false),
    Style::new(ILLEGAL, false),
    Style::new(ILLEGAL_AND_COLON, false),
    Style::new(NODE, false),
    Style::new(WEB, false),
    Style::new(ILLEGAL, true),
    Style::new(ALE, true),
];

impl Style {
    const fn new(encoded: &'static AsciiSet, lower_digits: bool) -> Self {
        Self {
            encoded,
            lower_digits,
        }
    }

    fn write(&self, path: &[u8]) -> String {
        let parts = percent_encode(path, self.encoded);
        if !self.lower_digits {
            return parts.collect();
        }
        let cased = |part: &str| {
            if part.starts_with('%') {
                part.to_ascii_lowercase()
            } else {
                part.to_owned()
            }
        };
        parts.map(cased).collect()
    }
}

impl Default for Spelling {
    fn default() -> Self {
        Self(&STYLES[0])
    }
}

impl Spelling {
    /// How a client of this name writes, as far as that is known.
    #[must_use]
    pub fn of_client(name: &str) -> Self {
        let style = match name {
            "Neovim" => 5,
            "helix" => 1,
            "Eglot" => 2,
            _ => 0,
        };
        Self(&STYLES[style])
    }

    /// What is known of the client's way after it wrote `uri` for the path of these bytes.
    #[must_use]
    pub fn learned(self, uri: &str, path: &[u8]) -> Self {
        let wrote = |style: &&'static Style| uri.ends_with(&style.write(path));
        let mut known = std::iter::once(self.0).chain(&STYLES);
        known.find(wrote).map_or(self, Self)
    }

    /// The bytes of a path, slashes between its parts, as the client writes them in a URI.
    #[must_use]
    pub fn write(self, path: &[u8]) -> String {
        self.0.write(path)
    }
}

#[cfg(test)]
mod tests;
