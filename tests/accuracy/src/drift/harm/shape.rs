//! A linked function takes or gives something else.

use std::ops::Range;

use super::{CODE, each};
use crate::drift::Kind;
use crate::drift::source::{Symbol, extension, replaced};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "parameter-added",
        codes: CODE,
        about: "A linked function takes one more parameter.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                if !symbol.is_function(text) {
                    return None;
                }
                let range = symbol.parameters.clone()?;
                let extra = match extension(&symbol.path) {
                    "rs" => "quoll: u32",
                    "ts" | "tsx" => "quoll: number",
                    "go" => "quoll int",
                    "cs" | "java" | "c" | "h" | "cpp" => "int quoll",
                    "kt" | "swift" | "scala" => "quoll: Int",
                    "py" => "quoll=None",
                    "js" | "jsx" | "rb" => "quoll",
                    _ => return None,
                };
                let written = text[range.clone()].trim_end().trim_end_matches(',');
                let new = if written.trim().is_empty() {
                    extra.to_owned()
                } else {
                    format!("{written}, {extra}")
                };
                let what = format!("{} takes {extra}, too", symbol.name);
                Some((replaced(text, range, &new), what))
            })
        },
    },
    Kind {
        name: "return-type-changed",
        codes: CODE,
        about: "A linked function gives another type, where its type is written.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                if !symbol.is_function(text) {
                    return None;
                }
                let range = given(symbol, text)?;
                let old = text[range.clone()].trim();
                let what = format!("{} gives Quoll instead of {old}", symbol.name);
                Some((
                    replaced(text, range.clone(), &text[range].replace(old, "Quoll")),
                    what,
                ))
            })
        },
    },
];

/// The type that a function gives, where it is written.
fn given(symbol: &Symbol, text: &str) -> Option<Range<usize>> {
    let close = symbol.parameters.clone()?.end;
    let body = symbol.body.clone()?.start;
    let behind = text.get(close + 1..body)?;
    let range = match extension(&symbol.path) {
        "go" => close + 1..body - 1,
        "java" | "cs" => {
            let head = text[symbol.range.start..symbol.name_range.start].trim_end();
            let start = head.rfind(' ')? + 1;
            let plain = head[start..]
                .chars()
                .all(|c| c.is_alphanumeric() || "?[]".contains(c));
            if !plain || ["async", "public", "static"].contains(&&head[start..]) {
                return None;
            }
            symbol.range.start + start..symbol.range.start + head.len()
        }
        extension => {
            let arrow = match extension {
                "rs" | "py" | "swift" => "->",
                "ts" | "tsx" | "kt" => ":",
                _ => return None,
            };
            let at = close + 1 + behind.find(arrow)? + arrow.len();
            let ends: &[char] = if extension == "rs" {
                &['{', '\n']
            } else {
                &['{', ':', '\n', '=']
            };
            at..at + text[at..body].find(ends)?
        }
    };
    let old = text[range.clone()].trim();
    (!old.is_empty() && !old.contains(['{', '\n'])).then_some(range)
}
