//! A member of a linked type: a field gets another name; a case of an enumeration gets another name, goes, or comes.

use std::ops::Range;

use super::{CODE, each};
use crate::drift::Kind;
use crate::drift::source::{Symbol, extension, is_indented, line_start, replaced};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "field-renamed",
        codes: CODE,
        about: "A field of a linked type gets another name where it is declared.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let types = ["class", "struct", "interface", "record", "type"];
                if !symbol.is_a(text, &types) {
                    return None;
                }
                let (name, _) = first_member(symbol, text, is_field)?;
                Some(called_otherwise(symbol, text, name))
            })
        },
    },
    Kind {
        name: "enum-case-renamed",
        codes: CODE,
        about: "A case of a linked enumeration, or of a union of literals, gets another name where it is declared.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let name = match literals(symbol, text).as_slice() {
                    [] => case(symbol, text)?.0,
                    [first, ..] => first.start + 1..first.end - 1,
                };
                Some(called_otherwise(symbol, text, name))
            })
        },
    },
    Kind {
        name: "enum-case-removed",
        codes: CODE,
        about: "A case of a linked enumeration, or of a union of literals, goes.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let gone = match literals(symbol, text).as_slice() {
                    [.., before, last] => before.end..last.end,
                    [_] => return None,
                    [] => {
                        let (name, line) = case(symbol, text)?;
                        let whole = is_indented(&symbol.path)
                            || extension(&symbol.path) == "swift"
                            || text[line.clone()].trim_end().ends_with(',');
                        if !whole || name.start < line.start {
                            return None;
                        }
                        line
                    }
                };
                let what = format!("{} has no {}", symbol.name, text[gone.clone()].trim());
                Some((replaced(text, gone, ""), what))
            })
        },
    },
    Kind {
        name: "enum-case-added",
        codes: CODE,
        about: "A linked enumeration, or a union of literals, has one more case.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let (at, new) = match literals(symbol, text).as_slice() {
                    [] => {
                        let (_, line) = case(symbol, text)?;
                        let first = &text[line.clone()];
                        let indent = &first[..first.len() - first.trim_start().len()];
                        let new = match extension(&symbol.path) {
                            "py" => "QUOLL = \"quoll\"",
                            "swift" => "case quoll",
                            _ => "Quoll,",
                        };
                        (line.start, format!("{indent}{new}\n"))
                    }
                    [.., last] => (last.end, " | 'quoll'".to_owned()),
                };
                let what = format!("{} has {}, too", symbol.name, new.trim());
                Some((replaced(text, at..at, &new), what))
            })
        },
    },
];

fn called_otherwise(symbol: &Symbol, text: &str, name: Range<usize>) -> (String, String) {
    let new = format!("quoll_{}", &text[name.clone()]);
    let what = format!("{} of {} is called {new}", &text[name.clone()], symbol.name);
    (replaced(text, name, &new), what)
}

/// The literals of `type Level = 'low' | 'high';`, quotes and all.
fn literals(symbol: &Symbol, text: &str) -> Vec<Range<usize>> {
    let said = &text[symbol.name_range.end..symbol.range.end];
    let is_union = matches!(extension(&symbol.path), "ts" | "tsx")
        && symbol.is_a(text, &["type"])
        && said.trim_start().starts_with('=');
    if !is_union || symbol.body.is_some() || said.contains(['{', '(', '<', '`', '/']) {
        return Vec::new();
    }
    let mut literals = Vec::new();
    let mut open: Option<usize> = None;
    for (at, quote) in said.match_indices(['\'', '"']) {
        match open.take() {
            None => open = Some(at),
            Some(start) => {
                let from = symbol.name_range.end;
                literals.push(from + start..from + at + quote.len());
            }
        }
    }
    literals.retain(|range| range.len() > 2);
    if literals.len() > 1 {
        literals
    } else {
        Vec::new()
    }
}

/// The name of the first case of an enumeration, and its line.
fn case(symbol: &Symbol, text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let head = &text[symbol.range.start..symbol.body.as_ref()?.start];
    if !symbol.is_a(text, &["enum"]) && !head.contains("Enum)") {
        return None;
    }
    first_member(symbol, text, |_, line, end| {
        let rest = line[end..].trim_start();
        rest.is_empty() || rest.starts_with([',', '=', '(', '{'])
    })
}

fn is_field(path: &str, line: &str, end: usize) -> bool {
    let rest = line[end..].trim_start_matches(['?', '!']);
    match extension(path) {
        // Its type stands before.
        "java" | "cs" => false,
        "go" => rest.starts_with(' '),
        _ => rest.starts_with(": "),
    }
}

/// The name of a field of Java or C#: `private String name;`, `public string Name { get; set; }`.
fn typed_field(line: &str) -> Option<Range<usize>> {
    let head = &line[..line.find([';', '=', '{']).unwrap_or(line.len())];
    let declared = ["private ", "public ", "protected ", "internal "]
        .iter()
        .any(|word| head.trim_start().starts_with(word));
    let whole = line.trim_end().ends_with([';', '}']);
    let head = head.trim_end();
    let start = head.rfind(' ')? + 1;
    let plain = head[start..]
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_');
    let types = ["class ", "enum ", "interface ", "record "];
    let is_type = types.iter().any(|word| head.contains(word));
    (declared && whole && plain && !is_type && !head.contains(['(', ',']))
        .then_some(start..head.len())
}

/// The first member of a body that looks like one, and its line: `fits` sees path, line and where the name ends.
fn first_member(
    symbol: &Symbol,
    text: &str,
    fits: impl Fn(&str, &str, usize) -> bool,
) -> Option<(Range<usize>, Range<usize>)> {
    for (at, line) in symbol.lines(text) {
        // What stands behind the brace is no line of the body.
        if at != line_start(text, at) {
            continue;
        }
        let whole = at..crate::drift::source::line_end(text, at);
        if matches!(extension(&symbol.path), "java" | "cs")
            && let Some(name) = typed_field(line)
        {
            return Some((at + name.start..at + name.end, whole));
        }
        let mut start = line.len() - line.trim_start().len();
        let mut words = vec![
            "pub ",
            "public ",
            "private ",
            "readonly ",
            "static ",
            "let ",
            "var ",
            "val ",
        ];
        if extension(&symbol.path) == "swift" {
            words.push("case ");
        }
        for word in words {
            if line[start..].starts_with(word) {
                start += word.len();
            }
        }
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = start
            + line[start..]
                .find(|c| !is_part(c))
                .unwrap_or(line.len() - start);
        let name = &line[start..end];
        let is_word = matches!(
            name,
            "return"
                | "case"
                | "default"
                | "if"
                | "def"
                | "fn"
                | "func"
                | "fun"
                | "function"
                | "pass"
                | "init"
        );
        if name.starts_with(char::is_alphabetic) && !is_word && fits(&symbol.path, line, end) {
            return Some((at + start..at + end, whole));
        }
    }
    None
}
