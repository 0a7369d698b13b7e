//! A small reader of sources: where a declaration of a name begins, its parameters, its body. It knows indentation and
//! brackets and no grammar, and gives up rather than guess.

use std::ops::Range;

/// Words of which one stands before a name that is declared.
const WORDS: &[&str] = &[
    "fn",
    "def",
    "func",
    "fun",
    "function",
    "class",
    "struct",
    "enum",
    "interface",
    "trait",
    "type",
    "const",
    "let",
    "var",
    "val",
    "static",
    "record",
    "object",
    "module",
    "async",
    "public",
    "private",
    "protected",
    "internal",
    "export",
    "abstract",
    "readonly",
];

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// The file.
    pub path: String,
    /// The name, as declared.
    pub name: String,
    /// Whole lines: what stands above (decorators, comments) is no part of it.
    pub range: Range<usize>,
    /// The name.
    pub name_range: Range<usize>,
    /// Between the parentheses behind the name.
    pub parameters: Option<Range<usize>>,
    /// Between the braces, or the indented lines.
    pub body: Option<Range<usize>>,
}

impl Symbol {
    /// Finds the only declaration of the last part of `path_in_file` (`Store.add`) in a text.
    #[must_use]
    pub fn find(path: &str, path_in_file: &str, text: &str) -> Option<Self> {
        let mut parts = path_in_file.rsplit(['.', ':']);
        let name = parts.next()?;
        let container = parts.find(|part| !part.is_empty());
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let mut found = words(text, name).filter(|at| is_declared(path, text, at.clone()));
        let name_range = found.next()?;
        if found.next().is_some() {
            return None;
        }
        let start = line_start(text, name_range.start);
        // A constant is no member of a type.
        let holds_none = container.is_some_and(|container| {
            ["interface", "type"]
                .iter()
                .any(|word| text.contains(&format!("{word} {container} ")))
        });
        if holds_none && text[start..name_range.start].contains("const ") {
            return None;
        }
        let behind = text.get(name_range.end..)?;
        let open = match behind.chars().next()? {
            '(' => Some(name_range.end),
            '<' | '[' => {
                generic_end(text, name_range.end).filter(|at| text[*at..].starts_with('('))
            }
            _ => arrow(path, text, name_range.end),
        };
        let parameters = open.and_then(|open| Some(open + 1..closing(text, open)?));
        let from = parameters
            .as_ref()
            .map_or(name_range.end, |range| range.end);
        let (body, end) = if is_value(path, text, start, behind) {
            (None, value_end(text, name_range.end)?)
        } else if is_expression(path, text, from) {
            (None, value_end(text, from)?)
        } else if is_indented(path) {
            let body = indented(text, start, from)?;
            let end = body.end;
            (Some(body), end)
        } else {
            let open = body_start(text, from);
            match open {
                Some(open) if text[open..].starts_with('{') => {
                    let close = closing(text, open)?;
                    (Some(open + 1..close), line_end(text, close))
                }
                Some(end) => (None, line_end(text, end)),
                None => return None,
            }
        };
        Some(Self {
            path: path.to_owned(),
            name: name.to_owned(),
            range: start..end,
            name_range,
            parameters,
            body,
        })
    }

    /// Whether the line of its declaration has a word.
    #[must_use]
    pub fn is_a(&self, text: &str, kinds: &[&str]) -> bool {
        let head = text.get(self.range.start..self.name_range.start);
        head.is_some_and(|head| head.split_whitespace().any(|word| kinds.contains(&word)))
    }

    /// Whether it can be called.
    #[must_use]
    pub fn is_function(&self, text: &str) -> bool {
        self.parameters.is_some()
            && self.body.is_some()
            && !self.is_a(
                text,
                &[
                    "class",
                    "struct",
                    "enum",
                    "interface",
                    "record",
                    "trait",
                    "type",
                ],
            )
    }

    /// Lines of its body, by offset, without their ends; those of docstrings are left out.
    pub fn lines<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let Some(body) = self.body.clone() else {
            return Vec::new();
        };
        let mut at = body.start;
        let mut lines = Vec::new();
        let mut in_docstring = false;
        for line in text[body].split_inclusive('\n') {
            let marks = line.matches("\"\"\"").count() + line.matches("'''").count();
            if !(in_docstring || marks > 0 && is_indented(&self.path)) {
                lines.push((at, line.trim_end_matches(['\n', '\r'])));
            }
            in_docstring ^= marks % 2 == 1 && is_indented(&self.path);
            at += line.len();
        }
        lines
    }
}

/// A test that is a call with a title: `it("holds ten books", () => { ... })`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The file.
    pub path: String,
    /// The title.
    pub title: String,
    /// The word that is called: `it`, `test`.
    pub call: Range<usize>,
    /// Between the braces.
    pub body: Range<usize>,
    /// Whole lines.
    pub range: Range<usize>,
}

impl Case {
    /// Finds the only call with the last part of `full_name` (`Cart > holds ten books`) as its title.
    #[must_use]
    pub fn find(path: &str, full_name: &str, text: &str) -> Option<Self> {
        let title = full_name.rsplit(" > ").next()?;
        let calls = text.match_indices(title).filter_map(|(at, _)| {
            let open = at.checked_sub(1)?;
            let quote = text.get(open..at)?;
            let quoted =
                ["'", "\"", "`"].contains(&quote) && text[at + title.len()..].starts_with(quote);
            let head = text[..open].trim_end().strip_suffix('(')?;
            let call = ["it", "test"].iter().find(|word| {
                let before = head.strip_suffix(**word);
                before.is_some_and(|before| {
                    before.ends_with(char::is_whitespace) || before.is_empty()
                })
            })?;
            quoted.then(|| (head.len() - call.len()..head.len(), at + title.len() + 1))
        });
        let found: Vec<_> = calls.collect();
        let [(call, behind)] = found.as_slice() else {
            return None;
        };
        let close = closing(text, call.end + text[call.end..].find('(')?)?;
        let arrow = behind + text[*behind..close].find("=>")? + 2;
        let open = arrow + text[arrow..close].find('{')?;
        if !text[arrow..open].trim().is_empty() {
            return None;
        }
        let end = closing(text, open)?;
        Some(Self {
            path: path.to_owned(),
            title: title.to_owned(),
            call: call.clone(),
            body: open + 1..end,
            range: line_start(text, call.start)..line_end(text, close),
        })
    }
}

/// Whether blocks are lines that are indented.
#[must_use]
pub fn is_indented(path: &str) -> bool {
    extension(path) == "py"
}

/// What stands behind the last dot of a path.
#[must_use]
pub fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// How a line of comment begins.
#[must_use]
pub fn comment(path: &str) -> Option<&'static str> {
    Some(match extension(path) {
        "py" | "rb" | "sh" | "tf" => "#",
        "rs" | "ts" | "tsx" | "js" | "jsx" | "mjs" | "go" | "java" | "kt" | "cs" | "php"
        | "swift" | "scala" | "c" | "h" | "cpp" => "//",
        _ => return None,
    })
}

/// Where a whole word stands.
pub fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).filter_map(move |(at, _)| {
        let end = at + word.len();
        let alone = !text[..at].ends_with(is_part) && !text[end..].starts_with(is_part);
        alone.then_some(at..end)
    })
}

/// The text with every whole word replaced.
#[must_use]
pub fn renamed(text: &str, word: &str, other: &str) -> String {
    let mut new = String::with_capacity(text.len());
    let mut last = 0;
    for range in words(text, word) {
        new.push_str(&text[last..range.start]);
        new.push_str(other);
        last = range.end;
    }
    new.push_str(&text[last..]);
    new
}

/// The text with a range replaced.
#[must_use]
pub fn replaced(text: &str, range: Range<usize>, other: &str) -> String {
    let mut new = text.to_owned();
    new.replace_range(range, other);
    new
}

/// Behind the bracket that closes the one at `open`, around parameters of types.
fn generic_end(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text[open..].char_indices() {
        match c {
            '<' | '[' => depth += 1,
            '>' if text[..open + at].ends_with(['-', '=']) => {}
            '>' | ']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(open + at + 1);
                }
            }
            '{' | ';' => return None,
            _ => {}
        }
    }
    None
}

/// The brace of a body, or the semicolon instead of one; braces of a type that is given are none.
fn body_start(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find(['{', ';'])?;
        let before = text[from..at].trim_end();
        let in_type = before.ends_with([':', '<', '|', '&', ',', '[']);
        if text[at..].starts_with(';') || !in_type {
            return Some(at);
        }
        at = closing(text, at)? + 1;
    }
}

/// Whether a name that begins its line gets a value there, where no word says so.
fn is_value(path: &str, text: &str, start: usize, behind: &str) -> bool {
    let depth = match extension(path) {
        "py" => "",
        // In a block of constants.
        "go" => "\t",
        _ => return false,
    };
    let line = &text[start..text.len() - behind.len()];
    let alone = line.strip_prefix(depth).is_some_and(|name| {
        name.starts_with(char::is_alphabetic) && !name.contains([' ', '\t', '.'])
    });
    let rest = behind.lines().next().unwrap_or_default();
    let equals = rest.find('=').filter(|at| !rest[*at..].starts_with("=="));
    alone && equals.is_some_and(|at| !rest[..at].contains(['(', '"', '\'', '[', ',']))
}

/// Whether no brace of a body stands on the line of a head, in languages where it would: `fun a() = b { c }`, `fun a(): B`.
fn is_expression(path: &str, text: &str, from: usize) -> bool {
    let line = &text[from..line_end(text, from)];
    let brace = line.find('{').unwrap_or(line.len());
    matches!(extension(path), "kt" | "swift" | "scala")
        && (brace == line.len() || line[..brace].contains('='))
}

/// Behind the line in which a value ends, its brackets closed.
fn value_end(text: &str, name_end: usize) -> Option<usize> {
    let line = line_end(text, name_end);
    let last = text[name_end..line].trim_end();
    if last.ends_with(['(', '[', '{']) {
        let close = closing(text, name_end + last.len() - 1)?;
        return Some(line_end(text, close));
    }
    (!last.ends_with(['\\', ',', '='])).then_some(line)
}

/// Where the parameters of a constant begin that is an arrow function: `const add = async (a) => ...`.
fn arrow(path: &str, text: &str, name_end: usize) -> Option<usize> {
    if !matches!(extension(path), "ts" | "tsx" | "js" | "jsx" | "mjs") {
        return None;
    }
    let rest = text.get(name_end..)?;
    let equals = rest.find('=')?;
    let typed = rest[..equals].trim();
    if !(typed.is_empty() || typed.starts_with(':')) || typed.contains(['(', ';', '{', '\n']) {
        return None;
    }
    let value = rest[equals + 1..].trim_start();
    let value = value.strip_prefix("async").map_or(value, str::trim_start);
    value.starts_with('(').then(|| text.len() - value.len())
}

fn is_declared(path: &str, text: &str, name: Range<usize>) -> bool {
    let start = line_start(text, name.start);
    let head = &text[start..name.start];
    let behind = &text[name.end..];
    if is_value(path, text, start, behind) {
        return true;
    }
    let spoken = ["//", "#", "*", "/*", "\"", "'"];
    if spoken
        .iter()
        .any(|mark| head.trim_start().starts_with(mark))
        || head.contains(['=', '"', '\'', '`'])
    {
        return false;
    }
    let receiver = head.trim_start().starts_with("func (");
    if receiver && head.trim_end().ends_with(')') {
        return true;
    }
    if head.contains('(') && !receiver && !head.contains("pub(") {
        return false;
    }
    if is_method(path, text, head, name.end) {
        return true;
    }
    let last = head.split_whitespace().next_back();
    !head.contains(',') && last.is_some_and(|word| WORDS.contains(&word))
}

/// Whether a name with parentheses and a body behind it is declared without a word for it.
fn is_method(path: &str, text: &str, head: &str, name_end: usize) -> bool {
    let behind = &text[name_end..];
    if !behind.starts_with(['(', '<']) {
        return false;
    }
    match extension(path) {
        // `public async Task<Page> Read(`
        "java" | "cs" => {
            let first = head.split_whitespace().next();
            first.is_some_and(|word| WORDS.contains(&word) || word == "override")
                && !head.trim_end().ends_with("new")
                && head.split_whitespace().count() > 1
        }
        "ts" | "tsx" | "js" | "jsx" | "mjs" if head.trim().is_empty() => {
            let close = closing(text, name_end + behind.find('(').unwrap_or_default());
            close.is_some_and(|close| text[close + 1..].trim_start().starts_with(['{', ':']))
        }
        _ => false,
    }
}

/// The bracket that closes the one at `open`; strings and comments are looked past as far as a line goes.
pub(super) fn closing(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, open);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'"' | b'`' => at = string_end(bytes, at)?,
            b'\'' if string_end(bytes, at).is_some_and(|end| !text[at..end].contains('\n')) => {
                // A lifetime has no closing quote near by; a character or a string has.
                let end = string_end(bytes, at)?;
                if !text[at..end].contains([',', '>', '(']) {
                    at = end;
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = line_end(text, at).saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

fn string_end(bytes: &[u8], open: usize) -> Option<usize> {
    let quote = bytes[open];
    let mut at = open + 1;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' {
            at += 1;
        } else if byte == quote {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The lines below a head that are indented deeper.
fn indented(text: &str, start: usize, from: usize) -> Option<Range<usize>> {
    let depth = text[start..].len() - text[start..].trim_start_matches(' ').len();
    let colon = from + text.get(from..)?.find(":\n")?;
    let first = colon + 2;
    let mut end = first;
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        if line.len() - line.trim_start_matches(' ').len() <= depth
            && !line.trim_start().starts_with(')')
        {
            break;
        }
        end = at;
    }
    (end > first).then_some(first..end)
}

/// Where the line of an offset begins.
#[must_use]
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Behind the line end of an offset.
#[must_use]
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests;
