//! Finds where a path may begin and how far it reaches.

use super::judge::{self, Shape};
use super::reach::{Reach, dunder, reach};
use super::suffix::Suffix;
use super::{PathMention, PathStyle, braces};
use crate::chars::{self, range};
use crate::marks::code_span;
use memchr::{memchr_iter, memchr2, memchr3, memmem, memrchr2};
use smol_str::SmolStr;
use std::sync::LazyLock;
use text_size::{TextRange, TextSize};

/// What `Makefile` and its like end with.
static FILE: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("file"));

/// Splits the line into code spans, link targets and running text.
pub(super) fn line(text: &str, base: TextSize, out: &mut Vec<PathMention>) {
    let bytes = text.as_bytes();
    let names = FILE.find(bytes).is_some();
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
                pos += bytes[pos..].iter().take_while(|b| **b == b'`').count();
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
        let end = inner + 1 + chars::ahead(body, 0).find('>')?;
        let after = end + chars::ahead(text, end).find(')')? + 1;
        return Some((inner + 1, end, after));
    }
    let mut depth = 1_u32;
    let mut end = None;
    for (offset, b) in chars::ahead(text, inner).bytes().enumerate() {
        let offset = inner + offset;
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
                || self.names && FILE.find(chunk).is_some();
            if sign && !is_url(chunk) {
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
        if found.refused
            || stuck(self.text, start)
            || (style == PathStyle::Bare && cut_short(&found.path, &self.text[next..]))
        {
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

fn is_url(chunk: &[u8]) -> bool {
    memchr_iter(b':', chunk).any(|colon| chunk[colon..].starts_with(b"://"))
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
        '_' if style == PathStyle::Bare => emphasised(rest),
        '*' | '.' | '/' | '~' | '@' | '$' | '_' | '{' => 0,
        c if c.is_alphanumeric() => 0,
        c => c.len_utf8(),
    }
}

/// The length of the underscores that open `_src/a.py_`; none in `_private.py` or `__init__.py`.
fn emphasised(rest: &str) -> usize {
    let word = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'/' | b'-'))
        .count();
    let word = &rest[..word];
    let opens = word.len() - word.trim_start_matches('_').len();
    let closes = word.len() - word.trim_end_matches(['_', '.']).len();
    if closes >= opens && word.contains(['.', '/']) && word.trim_end_matches('.').ends_with('_') {
        opens
    } else {
        0
    }
}

/// Is the candidate the tail of something that was no path: `<name>/x`, `a@b.c`, `}/x`?
fn stuck(text: &str, start: usize) -> bool {
    let head = &text[..start];
    let slash = text[start..].starts_with('/');
    head.ends_with(['@', '$', '#', '&', '=']) && !head.ends_with('=')
        || head.ends_with('\\')
        || (slash && head.ends_with(['>', '}', ']', ')', '"', '\'', ':', '…', '`']))
}

/// Does `age/` go on in another span or in quotes, as in ``age/`stale` ``?
fn cut_short(path: &str, rest: &str) -> bool {
    path.ends_with('/') && rest.starts_with(['`', '\''])
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
