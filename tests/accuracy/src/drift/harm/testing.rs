//! A linked test is skipped, or tests nothing any more.

use super::{each, is_test};
use crate::drift::Kind;
use crate::drift::source::{extension, replaced};

const CODES: &[&str] = &[
    "suspect-code",
    "accepted-target-gone",
    "test-skipped",
    "hollow-test",
    "test-drift",
    "skipped-test",
    "empty-test",
];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "test-skipped",
        codes: CODES,
        about: "A linked test is skipped without a condition.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                if !is_test(symbol) || !symbol.is_function(text) {
                    return None;
                }
                let what = format!("{} is skipped", symbol.name);
                let (start, body) = (symbol.range.start, symbol.body.clone()?);
                let line = &text[start..];
                let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
                let new = match extension(&symbol.path) {
                    "py" => replaced(
                        text,
                        start..start,
                        &format!("{indent}@unittest.skip(\"later\")\n"),
                    ),
                    "rs" => replaced(text, start..start, &format!("{indent}#[ignore]\n")),
                    "go" => replaced(text, body.start..body.start, "\n\tt.Skip(\"later\")"),
                    _ => return None,
                };
                Some((new, what))
            })
        },
    },
    Kind {
        name: "test-emptied",
        codes: CODES,
        about: "The body of a linked test goes.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                if !is_test(symbol) || !symbol.is_function(text) {
                    return None;
                }
                let body = symbol.body.clone()?;
                let empty = if extension(&symbol.path) == "py" {
                    let line = &text[body.start..];
                    let indent = line.len() - line.trim_start_matches(' ').len();
                    format!("{}pass\n", " ".repeat(indent))
                } else {
                    "\n".to_owned()
                };
                Some((
                    replaced(text, body, &empty),
                    format!("{} is empty", symbol.name),
                ))
            })
        },
    },
];
