//! Finds where a path may begin and how far it reaches.

use super::judge::{self, Shape};
use super::{PathMention, PathStyle, braces};
use crate::chars::range;
use crate::marks::code_span;
use memchr::{memchr2, memchr3, memmem, memrchr2};
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

/// Splits the line into code spans, link targets and running text.
pub(super) fn line(text: &str, base: TextSize, out: &mut Vec<PathMention>) {
    let bytes = text.as_bytes();
    let names = memmem::find(bytes, b"file").is_some();
    if !names && memchr3(b'/', b'.', b'\\', bytes).is_none() {
        return;
    }
    let mut reader = Reader {
        text,
        base,
        names,
        out,
    };
    let (mut plain, mut pos) = (0, 0);
    while let Some(step) = memchr2(b'`', b']', &bytes[pos..]) {
        pos += step;
        if bytes[pos] == b'`' {
            let Some((inner, close, end)) = code_span(text, pos) else {
                pos += 1;
                continue;
            };
            reader.region(plain, pos, PathStyle::Bare);
            reader.region(inner, close, PathStyle::Code);
            plain = end;
        } else {
            let Some((start, end, after)) = link_target(text, pos + 1) else {
                pos += 1;
                continue;
            };
            reader.region(plain, pos, PathStyle::Bare);
            reader.link(start, end);
            plain = after;
        }
        pos = plain;
    }
    reader.region(plain, text.len(), PathStyle::Bare);
}

/// Start, end and what follows of `(target "title")` at `pos`.
fn link_target(text: &str, pos: usize) -> Option<(usize, usize, usize)> {
    let inner = pos + text.get(pos..)?.strip_prefix('(').map(|_| 1)?;
    if let Some(body) = text[inner..].strip_prefix('<') {
        let end = inner + 1 + body.find('>')?;
        let after = end + text[end..].find(')')? + 1;
        return Some((inner + 1, end, after));
    }
    let mut depth = 1_u32;
    let mut end = None;
    for (offset, b) in text.bytes().enumerate().skip(inner) {
        match b {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some((inner, end.unwrap_or(offset), offset + 1));
                }
            }
            b' ' | b'\t' if end.is_none() => end = Some(offset),
            _ => {}
        }
    }
    None
}

struct Reader<'a> {
    text: &'a str,
    base: TextSize,
    /// The line may name a file such as `Makefile`, which no `.` or `/` gives away.
    names: bool,
    out: &'a mut Vec<PathMention>,
}

impl Reader<'_> {
    fn region(&mut self, start: usize, end: usize, style: PathStyle) {
        let mut pos = start;
        while let Some((mut next, chunk_end)) = self.chunk(pos, end) {
            while next < chunk_end {
                next = self.candidate(next, end, style);
            }
            pos = next;
        }
    }

    /// The next run without blanks in `pos..end` that could hold a path.
    fn chunk(&self, mut pos: usize, end: usize) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        while pos < end {
            let mut start = pos;
            if !self.names {
                let sign = pos + memchr3(b'/', b'.', b'\\', &bytes[pos..end])?;
                // A full stop is the commonest of the three and begins no path.
                if bytes[sign] == b'.' && matches!(bytes.get(sign + 1), None | Some(b' ')) {
                    pos = sign + 1;
                    continue;
                }
                start = pos + memrchr2(b' ', b'\t', &bytes[pos..sign]).map_or(0, |at| at + 1);
            }
            let length = memchr2(b' ', b'\t', &bytes[start..end]).unwrap_or(end - start);
            let chunk = &bytes[start..start + length];
            let sign = memchr3(b'/', b'.', b'\\', chunk).is_some() && length > 2
                || self.names && memmem::find(chunk, b"file").is_some();
            if sign && memmem::find(chunk, b"://").is_none() {
                return Some((start, start + length));
            }
            pos = start + length + 1;
        }
        None
    }

    /// Tries a path at `pos`; returns where to try next, always further on.
    fn candidate(&mut self, pos: usize, end: usize, style: PathStyle) -> usize {
        let start = pos + lead(self.text, pos, end, style);
        if start >= end {
            return end;
        }
        if start > pos {
            return start;
        }
        let Some(mut found) = reach(self.text, start, end, style) else {
            return start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        };
        let next = found.end;
        if found.refused || stuck(self.text, start) {
            return next;
        }
        found.trim(self.text, start, style);
        let suffix = Suffix::read(self.text, found.end, end, next > found.end);
        let method = after_method(self.text, start);
        let Some(shape) = judge::judge(
            &found.path,
            style,
            method,
            self.text[found.end..].starts_with('('),
        ) else {
            return next.max(suffix.end);
        };
        self.push(start, &found, shape, &suffix, style);
        next.max(suffix.end)
    }

    fn push(
        &mut self,
        start: usize,
        found: &Reach,
        shape: Shape,
        suffix: &Suffix,
        style: PathStyle,
    ) {
        let mut symbol = suffix
            .symbol
            .map(|(a, b)| (SmolStr::new(&self.text[a..b]), range(self.base, a, b)));
        let mut end = found.end;
        let mut path = found.path.as_str();
        match shape {
            Shape::Path => {}
            Shape::Symbol(at) => {
                // Only where the written bytes are the cleaned ones.
                if self.text[start..found.end] != found.path {
                    return;
                }
                symbol = Some((
                    SmolStr::new(&path[at + 1..]),
                    range(self.base, start + at + 1, found.end),
                ));
                end = start + at;
                path = &path[..at];
            }
            Shape::List => {
                if self.text[start..found.end] == found.path {
                    let mut from = start;
                    for name in found.path.split('/') {
                        self.one(name, range(self.base, from, from + name.len()), style, None);
                        from += name.len() + 1;
                    }
                }
                return;
            }
        }
        let whole = range(self.base, start, end);
        if path.contains('{') {
            for each in braces::expand(path) {
                self.one(&each, whole, style, symbol.clone());
            }
        } else {
            self.one(path, whole, style, symbol);
        }
    }

    fn one(
        &mut self,
        path: &str,
        range: TextRange,
        style: PathStyle,
        symbol: Option<(SmolStr, TextRange)>,
    ) {
        let mut clean = path;
        while let Some(rest) = clean.strip_prefix("./") {
            clean = rest;
        }
        let glob = clean.contains(['*', '?']) || clean.ends_with("/...") || clean == "...";
        let clean = clean.strip_suffix("...").unwrap_or(clean);
        if clean.is_empty() {
            return;
        }
        self.out.push(PathMention {
            path: SmolStr::new(clean),
            range,
            style,
            directory: clean.ends_with('/'),
            symbol,
            glob,
            home: clean.starts_with("~/"),
        });
    }

    /// A link's target is a path unless it is a URL or an anchor.
    fn link(&mut self, start: usize, end: usize) {
        let target = &self.text[start..end];
        let stop = target.find(['#', '?']).unwrap_or(target.len());
        let path = &target[..stop];
        let scheme = path
            .find(':')
            .is_some_and(|colon| !path[..colon].contains('/'));
        if path.is_empty()
            || scheme
            || path.starts_with("//")
            || path.contains(['<', '>', '[', '{', '*'])
            || path.contains("...")
        {
            return;
        }
        let Some(decoded) = percent_decode(path) else {
            return;
        };
        let symbol = target[stop..]
            .strip_prefix('#')
            .filter(|anchor| !anchor.is_empty())
            .map(|anchor| {
                (
                    SmolStr::new(anchor),
                    range(self.base, start + stop + 1, end),
                )
            });
        self.one(
            &decoded,
            range(self.base, start, start + stop),
            PathStyle::Link,
            symbol,
        );
    }
}

/// Bytes to skip before a path can begin: brackets, quotes, emphasis, separators.
fn lead(text: &str, pos: usize, end: usize, style: PathStyle) -> usize {
    let rest = &text[pos..end];
    let Some(first) = rest.chars().next() else {
        return 0;
    };
    match first {
        '*' if style == PathStyle::Bare => {
            let stars = rest.bytes().take_while(|b| *b == b'*').count();
            let after = &rest[stars..];
            let glob =
                (after.starts_with('/') && stars <= 2) || (stars == 1 && after.starts_with('.'));
            if glob || dunder(rest).is_some() {
                0
            } else {
                stars
            }
        }
        '*' | '.' | '/' | '~' | '@' | '$' | '_' | '{' => 0,
        c if c.is_alphanumeric() => 0,
        c => c.len_utf8(),
    }
}

/// `**init**` before `.` or `/`, as formatters leave `__init__`: the name and the length written.
fn dunder(rest: &str) -> Option<(&str, usize)> {
    let inner = rest.strip_prefix("**")?;
    let length = inner
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
        .count();
    let after = inner[length..].strip_prefix("**")?;
    let joins = after.starts_with('/')
        || after
            .strip_prefix('.')
            .is_some_and(|ext| ext.starts_with(|c: char| c.is_ascii_alphanumeric()));
    (length > 0 && joins).then(|| (&inner[..length], length + 4))
}

/// What was read from the start of a candidate.
struct Reach {
    /// Cleaned path: separators, escapes and dunders undone.
    path: String,
    /// Where the written path ends.
    end: usize,
    /// It holds a placeholder and can be no path.
    refused: bool,
}

fn reach(text: &str, start: usize, end: usize, style: PathStyle) -> Option<Reach> {
    let mut found = Reach {
        path: String::new(),
        end: start,
        refused: false,
    };
    let bare = style == PathStyle::Bare;
    while found.end < end {
        let rest = &text[found.end..end];
        let Some(c) = rest.chars().next() else {
            break;
        };
        let fresh = found.path.is_empty() || found.path.ends_with('/');
        match c {
            'a'..='z'
            | 'A'..='Z'
            | '0'..='9'
            | '.'
            | '/'
            | '_'
            | '-'
            | '+'
            | '@'
            | '%'
            | '~'
            | '$' => found.take(c),
            '\\' => match rest[1..].chars().next() {
                Some(next) if next.is_ascii_alphanumeric() || next == '.' => {
                    found.path.push('/');
                    found.end += 1;
                }
                Some(next) if bare && next.is_ascii_punctuation() => {
                    found.path.push(next);
                    found.end += 2;
                }
                _ => break,
            },
            '*' => {
                if let Some((name, length)) = dunder(rest).filter(|_| fresh && bare) {
                    found.path.push_str("__");
                    found.path.push_str(name);
                    found.path.push_str("__");
                    found.end += length;
                    continue;
                }
                let after = rest.trim_start_matches('*').chars().next();
                let goes_on = after.is_some_and(|c| {
                    c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_' | '-' | '{')
                });
                if bare && !fresh && !goes_on {
                    break;
                }
                found.take(c);
            }
            '[' if fresh => match group(rest, ']') {
                Some(inner) if dynamic(inner) => found.take_str(&rest[..inner.len() + 2]),
                Some(inner) if !found.path.is_empty() => {
                    found.refused = true;
                    found.take_str(&rest[..inner.len() + 2]);
                }
                _ => break,
            },
            '(' if fresh && !found.path.is_empty() => match group(rest, ')') {
                Some(inner) if rest[inner.len() + 2..].starts_with('/') && plain(inner) => {
                    found.take_str(&rest[..inner.len() + 2]);
                }
                _ => break,
            },
            '{' => {
                let Some(close) = rest.find('}') else {
                    break;
                };
                let inner = &rest[1..close];
                if inner.contains(',') && !inner.contains(['{', ':', '"', '\'', '(', ';']) {
                    let tidy: Vec<&str> = inner.split(',').map(str::trim).collect();
                    found.path.push('{');
                    found.path.push_str(&tidy.join(","));
                    found.path.push('}');
                    found.end += close + 1;
                } else if found.path.is_empty() || inner.contains([' ', '"']) {
                    break;
                } else {
                    found.refused = true;
                    found.take_str(&rest[..=close]);
                }
            }
            '<' if fresh && !found.path.is_empty() => {
                found.refused = true;
                match rest.find('>') {
                    Some(close) => found.take_str(&rest[..=close]),
                    None => break,
                }
            }
            '…' => {
                found.refused = true;
                found.take(c);
            }
            c if !c.is_ascii() && c.is_alphanumeric() && (!bare || alphabetic_script(c)) => {
                found.take(c)
            }
            _ => break,
        }
    }
    (found.end > start).then_some(found)
}

impl Reach {
    fn take(&mut self, c: char) {
        self.path.push(c);
        self.end += c.len_utf8();
    }

    fn take_str(&mut self, written: &str) {
        self.path.push_str(written);
        self.end += written.len();
    }

    /// Drops what ends the sentence or the emphasis rather than the path.
    fn trim(&mut self, text: &str, start: usize, style: PathStyle) {
        if self.path.ends_with("/...") {
            return;
        }
        while let Some(last) = self.path.chars().next_back() {
            let drops = match last {
                '.' => !(self.path.ends_with("/..") || self.path == ".." || self.path == "."),
                '-' | '+' | '@' | '~' | '$' | '%' => true,
                '*' => {
                    style == PathStyle::Bare
                        && !self.path.ends_with("/*")
                        && !self.path.ends_with("/**")
                }
                // `_src/foo.py_` is emphasis
                '_' => {
                    style == PathStyle::Bare
                        && (self.path.contains('.') || self.path.contains('/'))
                        && closes_emphasis(text, start)
                }
                _ => false,
            };
            if !drops || !text[..self.end].ends_with(last) || self.end - last.len_utf8() <= start {
                return;
            }
            self.path.pop();
            self.end -= last.len_utf8();
        }
    }
}

/// Does the path stand right behind an opening `_`?
fn closes_emphasis(text: &str, start: usize) -> bool {
    text[..start].ends_with('_')
}

/// The inside of a bracket group that closes before any blank.
fn group(rest: &str, close: char) -> Option<&str> {
    let end = rest.find(close)?;
    let inner = &rest[1..end];
    (!inner.is_empty() && !inner.contains([' ', '\t'])).then_some(inner)
}

/// Next.js and SvelteKit name directories `[id]`, `[...slug]`, `[[locale`.
fn dynamic(inner: &str) -> bool {
    let name = inner.trim_start_matches(['[', '.']);
    name.starts_with(|c: char| c.is_ascii_lowercase()) && plain(name)
}

fn plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'='))
}

/// Scripts whose words are set off by blanks, so that a letter belongs to the path.
fn alphabetic_script(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}')
}

/// Is the candidate the tail of something that was no path: `<name>/x`, `a@b.c`, `}/x`?
fn stuck(text: &str, start: usize) -> bool {
    let head = &text[..start];
    let slash = text[start..].starts_with('/');
    head.ends_with(['@', '$', '#', '&', '=']) && !head.ends_with('=')
        || head.ends_with('\\')
        || (slash && head.ends_with(['>', '}', ']', ')', '"', '\'', ':', '…', '`']))
}

/// Is the word before the candidate an HTTP method?
fn after_method(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches([' ', '`', '*', '"', '\'']);
    let word = head.len()
        - head
            .bytes()
            .rev()
            .take_while(u8::is_ascii_uppercase)
            .count();
    super::words::METHODS.contains(&&head[word..])
}

/// What follows a path: `:12`, `::symbol`, `#symbol`, `:symbol`.
struct Suffix {
    symbol: Option<(usize, usize)>,
    end: usize,
}

impl Suffix {
    fn read(text: &str, start: usize, end: usize, trimmed: bool) -> Suffix {
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

/// Undoes `%20` and the like; `None` if the bytes are no UTF-8.
fn percent_decode(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut pos = 0;
    while pos < bytes.len() {
        let hex = path.get(pos + 1..pos + 3).filter(|_| bytes[pos] == b'%');
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            pos += 3;
        } else {
            out.push(bytes[pos]);
            pos += 1;
        }
    }
    String::from_utf8(out).ok()
}
