//! A field of a linked type or a case of a linked enumeration gets another name.

use super::{CODE, each};
use crate::drift::Kind;
use crate::drift::source::{Symbol, extension, replaced};

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
                let is_field = |line: &str, end: usize| {
                    let rest = line[end..].trim_start_matches('?');
                    rest.starts_with(": ")
                        || (rest.starts_with(' ') && extension(&symbol.path) == "go")
                };
                member(symbol, text, is_field)
            })
        },
    },
    Kind {
        name: "enum-case-renamed",
        codes: CODE,
        about: "A case of a linked enumeration gets another name where it is declared.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let head = &text[symbol.range.start..symbol.body.as_ref()?.start];
                if !symbol.is_a(text, &["enum"]) && !head.contains("Enum)") {
                    return None;
                }
                let is_case = |line: &str, end: usize| {
                    let rest = line[end..].trim_start();
                    rest.is_empty() || rest.starts_with([',', '=', '(', '{'])
                };
                member(symbol, text, is_case)
            })
        },
    },
];

/// Renames the first member of a body that looks like one: `fits` sees its line and where its name ends.
fn member(
    symbol: &Symbol,
    text: &str,
    fits: impl Fn(&str, usize) -> bool,
) -> Option<(String, String)> {
    for (at, line) in symbol.lines(text) {
        let mut start = line.len() - line.trim_start().len();
        for word in ["pub ", "readonly ", "public ", "private "] {
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
            "return" | "case" | "default" | "if" | "def" | "fn" | "func" | "pass"
        );
        if name.starts_with(char::is_alphabetic) && !is_word && fits(line, end) {
            let what = format!("{name} of {} is called quoll_{name}", symbol.name);
            return Some((
                replaced(text, at + start..at + end, &format!("quoll_{name}")),
                what,
            ));
        }
    }
    None
}
