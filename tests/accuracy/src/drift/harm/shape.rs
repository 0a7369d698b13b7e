//! A linked function takes or gives something else.

use super::{CODE, each};
use crate::drift::Kind;
use crate::drift::source::{extension, replaced};

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
                    "go" | "cs" | "java" => "quoll int",
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
                let close = symbol.parameters.clone()?.end;
                let body = symbol.body.clone()?.start;
                let head = text.get(close + 1..body)?;
                let arrow = match extension(&symbol.path) {
                    "rs" | "py" | "swift" => "->",
                    "ts" | "tsx" | "kt" => ":",
                    _ => return None,
                };
                let at = close + 1 + head.find(arrow)? + arrow.len();
                let end = at + text[at..body].find(['{', ':', '\n'])?;
                let old = text[at..end].trim();
                if old.is_empty() {
                    return None;
                }
                let what = format!("{} gives Quoll instead of {old}", symbol.name);
                Some((replaced(text, at..end, " Quoll "), what))
            })
        },
    },
];
