//! How far a path reaches, and its cleaned text.

use super::PathStyle;
use crate::chars;

/// `**init**` before `.` or `/`, as formatters leave `__init__`: the name and the length written.
pub(super) fn dunder(rest: &str) -> Option<(&str, usize)> {
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

/// `【官方】` in the middle of a file's name: the group with its brackets, where the name goes on behind it.
fn wide_group(rest: &str, open: char) -> Option<&str> {
    let close = match open {
        '【' => '】',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '〔' => '〕',
        _ => '）',
    };
    let end = chars::ahead(rest, 0).find(close)? + close.len_utf8();
    let inner = &rest[open.len_utf8()..end - close.len_utf8()];
    let goes_on = rest[end..]
        .chars()
        .next()
        .is_some_and(|c| matches!(c, '.' | '/' | '_' | '-') || c.is_alphanumeric());
    let plain = !inner.is_empty() && !inner.contains(['/', '\\', ' ', '`']);
    (plain && goes_on).then_some(&rest[..end])
}

/// What was read from the start of a candidate.
pub(super) struct Reach {
    /// Cleaned path: separators, escapes and dunders undone.
    pub(super) path: String,
    /// Where the written path ends.
    pub(super) end: usize,
    /// It holds a placeholder and can be no path.
    pub(super) refused: bool,
}

pub(super) fn reach(text: &str, start: usize, end: usize, style: PathStyle) -> Option<Reach> {
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
                Some(next) if next.is_ascii_alphanumeric() => {
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
                Some(inner) if !found.path.is_empty() => found.refuse(&rest[..inner.len() + 2]),
                _ => break,
            },
            '(' if fresh && !found.path.is_empty() => match group(rest, ')') {
                Some(inner) if rest[inner.len() + 2..].starts_with('/') && plain(inner) => {
                    found.take_str(&rest[..inner.len() + 2]);
                }
                _ => break,
            },
            '{' => {
                if !found.braces(rest) {
                    break;
                }
            }
            '<' if !found.path.is_empty() => {
                let Some(length) = angle(rest, fresh) else {
                    break;
                };
                found.refuse(&rest[..length]);
            }
            '…' => found.refuse(&rest[..c.len_utf8()]),
            '【' | '「' | '『' | '《' | '〈' | '〔' | '（' if !bare => {
                match wide_group(rest, c) {
                    Some(whole) => found.take_str(whole),
                    None => break,
                }
            }
            c if !c.is_ascii() && c.is_alphanumeric() && (!bare || alphabetic_script(c)) => {
                found.take(c);
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

    /// Takes a placeholder: what holds one is no path.
    fn refuse(&mut self, written: &str) {
        self.refused = true;
        self.take_str(written);
    }

    /// Takes `{a,b}` at the start of `rest`, or refuses the placeholder `{id}`; false if it is neither.
    fn braces(&mut self, rest: &str) -> bool {
        let Some(close) = chars::ahead(rest, 0).find('}') else {
            return false;
        };
        let inner = &rest[1..close];
        if inner.contains(',') && !inner.contains(['{', ':', '"', '\'', '(', ';']) {
            let tidy: Vec<&str> = inner.split(',').map(str::trim).collect();
            self.path.push('{');
            self.path.push_str(&tidy.join(","));
            self.path.push('}');
            self.end += close + 1;
            return true;
        }
        let placeholder = !self.path.is_empty() && !inner.contains([' ', '"']);
        if placeholder {
            self.refuse(&rest[..=close]);
        }
        placeholder
    }

    fn take_str(&mut self, written: &str) {
        self.path.push_str(written);
        self.end += written.len();
    }

    /// Drops what ends the sentence or the emphasis rather than the path.
    pub(super) fn trim(&mut self, text: &str, start: usize, style: PathStyle) {
        if self.path.ends_with("/...") {
            return;
        }
        while let Some(last) = self.path.chars().next_back() {
            let drops = match last {
                '.' => !(self.path.ends_with("/..") || self.path == ".." || self.path == "."),
                '-' | '+' | '@' | '~' | '$' | '%' => true,
                '*' => {
                    let glob = self.path.ends_with("/*") || self.path.ends_with("/**");
                    style == PathStyle::Bare && (!glob || text[..start].ends_with('*'))
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

/// The length of the placeholder `<name>` that `rest` begins with; within a name it must go on after it.
fn angle(rest: &str, fresh: bool) -> Option<usize> {
    let close = chars::ahead(rest, 0).find('>')?;
    let inner = &rest[1..close];
    let name = !inner.is_empty()
        && inner
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b' ' | b'#' | b'.'));
    let goes_on = rest[close + 1..]
        .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_' | '-'));
    (name && (fresh || goes_on)).then_some(close + 1)
}

/// The inside of a bracket group that closes before any blank.
fn group(rest: &str, close: char) -> Option<&str> {
    let end = chars::ahead(rest, 0).find(close)?;
    let inner = &rest[1..end];
    (!inner.is_empty() && !inner.contains([' ', '\t'])).then_some(inner)
}

/// Web frameworks name directories `[id]`, `[...slug]`, `[[locale`.
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
