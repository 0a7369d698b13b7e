//! Lists of literals: arrays, sets, maps, unions of types.

use std::ops::Range;

use grammar::Quantity;
use smol_str::{SmolStr, format_smolstr};

use super::expression::Reader;

/// Most values of one list.
const MOST: usize = 500;
/// Maps in maps that are looked into.
const DEEPEST: u32 = 4;

/// One value of a list, with bytes of the text it was read in.
pub(super) struct Item {
    pub(super) name: SmolStr,
    pub(super) values: Vec<SmolStr>,
    pub(super) range: Range<usize>,
}

/// A key of a map whose value is a quantity.
pub(super) struct Keyed {
    /// `timeout`, `login.timeout`
    pub(super) name: SmolStr,
    pub(super) name_range: Range<usize>,
    pub(super) range: Range<usize>,
    pub(super) quantity: Quantity,
}

/// The values of an array, set, tuple or map that is all literals, and the bytes of it.
pub(super) fn of_value(text: &str) -> Option<(Vec<Item>, Range<usize>)> {
    let open = opening(text)?;
    let (inside, end) = bracketed(text, open)?;
    if !ends(&text[end..]) {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let words = text[..open].trim_end();
    if words.ends_with("%w") || words.ends_with("%i") {
        let items = words_of(text, inside)?;
        return Some((items, start..end));
    }
    let items = items(text, inside, 0)?;
    (items.len() >= 2).then_some((items, start..end))
}

/// The literals of `'draft' | 'sent'`, and the bytes of them; a type in an enumeration of SQL too.
pub(super) fn union(text: &str) -> Option<(Vec<Item>, Range<usize>)> {
    let trimmed = text.trim().trim_end_matches(';').trim_end();
    let start = text.len() - text.trim_start().len();
    let mut items = Vec::new();
    let mut at = start;
    for part in trimmed.split('|') {
        let bare = part.trim();
        let from = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        // Formatters begin long unions with a sign.
        if bare.is_empty() && items.is_empty() {
            continue;
        }
        let name = literal(bare)?;
        items.push(Item {
            name,
            values: Vec::new(),
            range: from..from + bare.len(),
        });
    }
    (items.len() >= 2 && items.len() <= MOST).then_some((items, start..start + trimmed.len()))
}

/// The keys of a map, and of the maps in it, whose values are quantities.
pub(super) fn keyed(text: &str, resolve: &dyn Fn(&str) -> Option<Quantity>) -> Vec<Keyed> {
    let mut found = Vec::new();
    if let Some(open) = opening(text)
        && let Some((inside, _)) = bracketed(text, open)
    {
        keys(text, inside, "", resolve, 0, &mut found);
    }
    found
}

fn keys(
    text: &str,
    inside: Range<usize>,
    around: &str,
    resolve: &dyn Fn(&str) -> Option<Quantity>,
    depth: u32,
    found: &mut Vec<Keyed>,
) {
    for element in elements(text, inside) {
        if found.len() >= MOST || depth > DEEPEST {
            return;
        }
        let Some((key, value)) = pair(text, &element) else {
            continue;
        };
        let written = text[key.clone()].trim_matches(['"', '\'', ':', '[', ']', '`']);
        let from = key.start + text[key.clone()].find(written).unwrap_or(0);
        let name = if around.is_empty() {
            SmolStr::new(written)
        } else {
            format_smolstr!("{around}.{written}")
        };
        let whole = &text[value.clone()];
        if let Some((quantity, range)) = Reader::new(whole, resolve).quantity() {
            let unit = quantity.unit.or_else(|| Quantity::unit_of_name(written));
            found.push(Keyed {
                name,
                name_range: from..from + written.len(),
                range: value.start + range.start..value.start + range.end,
                quantity: Quantity { unit, ..quantity },
            });
        } else if whole.trim_start().starts_with(['{', '[']) {
            let open = value.start + whole.len() - whole.trim_start().len();
            if let Some((inside, _)) = bracketed(text, open) {
                keys(text, inside, &name, resolve, depth + 1, found);
            }
        }
    }
}

/// All literals of a text: strings and whole numbers.
pub(super) fn literals(text: &str) -> Vec<SmolStr> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let mut step = c.len_utf8();
        if matches!(c, '"' | '\'') && !before.is_alphanumeric() {
            let inner = &rest[1..];
            if let Some(end) = inner.find(c) {
                found.push(SmolStr::new(&inner[..end]));
                step = end + 2;
            }
        } else if c == ':' && !matches!(before, ':' | '"' | '\'') && !before.is_alphanumeric() {
            // `:draft`
            let inner = &rest[1..];
            let len = word(inner);
            if len > 0 {
                found.push(SmolStr::new(&inner[..len]));
                step = len + 1;
            }
        } else if c.is_ascii_digit() && !before.is_alphanumeric() && before != '_' {
            let len = word(rest);
            if rest[..len].bytes().all(|byte| byte.is_ascii_digit()) {
                found.push(SmolStr::new(&rest[..len]));
            }
            step = len.max(1);
        } else if rest.starts_with("//") {
            step = rest.find('\n').unwrap_or(rest.len());
        }
        before = rest[..step].chars().next_back().unwrap_or(' ');
        rest = &rest[step..];
        if found.len() >= 8 {
            break;
        }
    }
    found
}

/// The literals that a member is given, if it is given nothing else: `"draft"`, `"draft", "Draft"`, `404`.
pub(super) fn of_member(value: &str) -> Vec<SmolStr> {
    let value = value.trim().trim_end_matches([';', ',']).trim_end();
    if value.starts_with(['"', '\'']) {
        return literals(value);
    }
    literal(value).into_iter().collect()
}

fn word(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len())
}

/// Where the bracket opens that holds the values: behind nothing but names, types and calls.
fn opening(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let open = at + rest.find(['[', '{', '('])?;
        let head = text[at..open].trim();
        let plain = |c: char| {
            c.is_alphanumeric()
                || matches!(
                    c,
                    '_' | '.' | ':' | '&' | '*' | '<' | '>' | '%' | ' ' | '!' | '@' | ','
                )
        };
        if !head.chars().all(plain) {
            return None;
        }
        let (inside, end) = bracketed(text, open)?;
        let behind = &text[end..];
        let is_type = text[open..].starts_with('[')
            && (text[inside.clone()].trim().is_empty() || text[inside.clone()].contains("..."))
            || text[open..].starts_with('[') && head.ends_with("map");
        if is_type && behind.starts_with(|c: char| c.is_alphabetic() || c == '*') {
            // `[]string{`, `map[string]int{`
            at = end;
            continue;
        }
        // `z.enum([`, `Object.freeze({`
        let first = text[inside.clone()].trim_start();
        if text[open..].starts_with('(') && first.starts_with(['[', '{']) {
            at = inside.start;
            let inner = inside.start + text[inside.clone()].len() - first.len();
            let (_, inner_end) = bracketed(text, inner)?;
            // A tuple of tuples is a list, a call with a list is the list.
            if head.is_empty()
                || !text[inner_end..inside.end]
                    .trim()
                    .trim_start_matches(',')
                    .trim()
                    .is_empty()
            {
                return head.is_empty().then_some(open);
            }
            continue;
        }
        let called = head
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let gathers = !text[open..].starts_with('(')
            || head.is_empty()
            || GATHERING.contains(&called.as_str());
        return gathers.then_some(open);
    }
}

/// Calls that make a list of what they are given.
const GATHERING: &[&str] = &[
    "array",
    "arrayof",
    "aslist",
    "enum",
    "freeze",
    "frozenset",
    "immutablelistof",
    "immutablesetof",
    "list",
    "listof",
    "map",
    "mapof",
    "of",
    "seq",
    "set",
    "setof",
    "tuple",
    "vector",
];

/// What stands in the bracket that opens at `open`, and where its end is.
fn bracketed(text: &str, open: usize) -> Option<(Range<usize>, usize)> {
    let mut depth = 0_usize;
    let mut end = None;
    scan(text, open, &mut |at, c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    end = Some(at);
                    return false;
                }
            }
            _ => {}
        }
        true
    });
    let end = end?;
    Some((open + 1..end, end + 1))
}

/// Calls `see` with what stands outside of strings and comments, until it says no.
fn scan(text: &str, from: usize, see: &mut dyn FnMut(usize, char) -> bool) {
    let mut quote: Option<char> = None;
    let mut escaped = false;
    let mut skip = from;
    let mut before = ' ';
    let rest = text.get(from..).unwrap_or_default();
    for (at, c) in rest.char_indices() {
        let at = from + at;
        if at < skip {
            continue;
        }
        if let Some(open) = quote {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == open {
                quote = None;
            }
            continue;
        }
        let here = &text[at..];
        let comment =
            here.starts_with("//") || c == '#' && before.is_whitespace() || here.starts_with("-- ");
        if comment {
            skip = here.find('\n').map_or(text.len(), |len| at + len);
            continue;
        }
        if here.starts_with("/*") {
            skip = here.find("*/").map_or(text.len(), |len| at + len + 2);
            continue;
        }
        // A quote behind a letter is a lifetime or part of a word.
        if matches!(c, '"' | '`') || c == '\'' && !before.is_alphanumeric() && !before.eq(&'&') {
            quote = Some(c);
        } else if !see(at, c) {
            return;
        }
        before = c;
    }
}

/// The stretches between the commas of a bracket.
fn elements(text: &str, inside: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut from = inside.start;
    let whole = &text[..inside.end];
    scan(whole, inside.start, &mut |at, c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.push(from..at);
                from = at + 1;
            }
            _ => {}
        }
        found.len() <= MOST
    });
    found.push(from..inside.end);
    found.retain(|range| !without_comments(&text[range.clone()]).is_empty());
    found
        .into_iter()
        .map(|range| {
            let part = &text[range.clone()];
            let bare = without_comments(part);
            let start = range.start + part.len() - part.trim_start().len();
            // Comments stand before an element or behind it.
            match part.find(bare) {
                Some(at) => range.start + at..range.start + at + bare.len(),
                None => start..range.end,
            }
        })
        .collect()
}

fn without_comments(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let line = ["//", "# ", "-- "]
            .iter()
            .any(|mark| rest.starts_with(mark));
        if line {
            rest = rest.find('\n').map_or("", |at| rest[at..].trim_start());
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |at| rest[at + 2..].trim_start());
        } else {
            break;
        }
    }
    for mark in [" //", "\t//", " # ", " /*"] {
        if let Some(at) = rest.find(mark)
            && !rest[..at].contains(['{', '(', '['])
            && rest[..at].matches(['"', '\'']).count().is_multiple_of(2)
        {
            rest = rest[..at].trim_end();
        }
    }
    rest
}

/// Key and value of an element.
fn pair(text: &str, element: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let part = &text[element.clone()];
    let quoted = part.chars().next().filter(|c| matches!(c, '"' | '\''));
    let key = match quoted {
        Some(quote) => part[1..].find(quote)? + 2,
        None => part
            .find(|c: char| {
                !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '[' | ']' | ':'))
            })
            .unwrap_or(part.len()),
    };
    let (name, mut key_end) = (&part[..key], key);
    let behind = part[key..].trim_start();
    let joint = ["=>", ":", "=", "->", "to "]
        .into_iter()
        .find(|joint| behind.starts_with(joint) && !behind.starts_with("=="));
    let value = match joint {
        Some(joint) => element.end - (behind.len() - joint.len()),
        None if name.ends_with(':') => {
            key_end -= 1;
            element.end - behind.len()
        }
        None => return None,
    };
    (key_end > 0).then_some((element.start..element.start + key_end, value..element.end))
}

/// The elements of a bracket as values; `None` where one is none.
fn items(text: &str, inside: Range<usize>, depth: u32) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for element in elements(text, inside) {
        if items.len() >= MOST || depth > 1 {
            return None;
        }
        let part = &text[element.clone()];
        if let Some(name) = literal(part) {
            items.push(Item {
                name,
                values: Vec::new(),
                range: element,
            });
        } else if part.starts_with(['(', '[']) {
            // `("draft", "Draft")`
            let (inner, _) = bracketed(text, element.start)?;
            let mut values = elements(text, inner)
                .into_iter()
                .map(|each| literal(&text[each]));
            let name = values.next()??;
            items.push(Item {
                name,
                values: values.flatten().collect(),
                range: element,
            });
        } else {
            let (key, value) = pair(text, &element)?;
            let name = text[key.clone()].trim_matches(['"', '\'', ':', '[', ']']);
            if name.is_empty() || text[key.clone()].contains('.') {
                return None;
            }
            let value = text[value].trim();
            items.push(Item {
                name: name.into(),
                values: literal(value).map_or_else(|| literals(value), |value| vec![value]),
                range: key,
            });
        }
    }
    Some(items)
}

/// A string, a symbol or a whole number.
fn literal(text: &str) -> Option<SmolStr> {
    let text = text.trim();
    if let Some(quote) = text
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))
    {
        let inner = text.get(1..)?.strip_suffix(quote)?;
        return (!inner.contains(quote)).then(|| SmolStr::new(inner));
    }
    if let Some(symbol) = text.strip_prefix(':') {
        return (!symbol.is_empty() && word(symbol) == symbol.len()).then(|| SmolStr::new(symbol));
    }
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| SmolStr::new(text))
}

/// `%w[draft sent]`
fn words_of(text: &str, inside: Range<usize>) -> Option<Vec<Item>> {
    let part = &text[inside.clone()];
    let mut items = Vec::new();
    for each in part.split_whitespace() {
        let start = inside.start + (each.as_ptr() as usize - part.as_ptr() as usize);
        items.push(Item {
            name: each.into(),
            values: Vec::new(),
            range: start..start + each.len(),
        });
    }
    (items.len() >= 2 && items.len() <= MOST).then_some(items)
}

/// Whether nothing but the end of the declaration follows: `;`, `as const`, `.freeze`, `)` of calls around.
fn ends(text: &str) -> bool {
    let rest = text.trim_start_matches([')', ']', '}', ' ', '\n', '\r', '\t', ',']);
    let rest = rest
        .strip_prefix("as const")
        .or_else(|| rest.strip_prefix(".freeze"))
        .unwrap_or(rest)
        .trim_start_matches([')', ' ', ';', ',', '\n', '\r']);
    rest.is_empty()
        || rest.starts_with("satisfies ")
        || rest.starts_with("//")
        || rest.starts_with('#')
}
