//! A linked test is skipped, tests nothing any more, or goes.

use super::{each, is_test, symbol::deleted, written};
use crate::drift::source::{Case, Symbol, extension, is_indented, line_start, replaced};
use crate::drift::{Kind, Mutation, Scene};

const CODES: &[&str] = &["suspect-code", "accepted-target-gone", "test-drift"];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "test-skipped",
        codes: CODES,
        about: "A linked test is skipped without a condition.",
        mutations: |scene| {
            tests(scene, "is skipped", skipped, |case, text| {
                let end = case.call.end;
                Some(replaced(text, end..end, ".skip"))
            })
        },
    },
    Kind {
        name: "test-emptied",
        codes: CODES,
        about: "The body of a linked test goes.",
        mutations: |scene| {
            tests(scene, "is empty", emptied, |case, text| {
                Some(replaced(text, case.body.clone(), ""))
            })
        },
    },
    Kind {
        name: "test-deleted",
        codes: CODES,
        about: "A linked test goes.",
        mutations: |scene| {
            tests(scene, "is gone", deleted, |case, text| {
                Some(replaced(text, case.range.clone(), ""))
            })
        },
    },
];

/// One mutation for each linked test: of those that are symbols, and of those that are calls with a title.
fn tests(
    scene: &Scene,
    what: &str,
    of_symbol: fn(&Symbol, &str) -> Option<String>,
    of_case: fn(&Case, &str) -> Option<String>,
) -> Vec<Mutation> {
    let mut mutations = each(scene, |symbol, text| {
        if !is_test(symbol) || !symbol.is_function(text) {
            return None;
        }
        Some((of_symbol(symbol, text)?, format!("{} {what}", symbol.name)))
    });
    for case in &scene.cases {
        let Some(text) = scene.text(&case.path) else {
            continue;
        };
        if let Some(new) = of_case(case, &text).filter(|new| *new != text) {
            mutations.push(written(&case.path, new, format!("{} {what}", case.title)));
        }
    }
    mutations
}

fn skipped(symbol: &Symbol, text: &str) -> Option<String> {
    let (start, body) = (symbol.range.start, symbol.body.clone()?);
    let line = &text[start..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let above = |mark: &str| replaced(text, start..start, &format!("{indent}{mark}\n"));
    Some(match extension(&symbol.path) {
        "py" => above("@unittest.skip(\"later\")"),
        "rs" => above("#[ignore]"),
        "java" | "kt" => above("@Disabled"),
        "go" => replaced(text, body.start..body.start, "\n\tt.Skip(\"later\")"),
        "swift" => replaced(
            text,
            body.start..body.start,
            "\n        throw XCTSkip(\"later\")",
        ),
        "cs" => {
            let above = line_start(text, start.checked_sub(1)?);
            let mark = ["[Fact]", "[Theory]"]
                .into_iter()
                .find_map(|mark| Some((above + text[above..start].find(mark)?, mark)));
            let at = mark?.0 + mark?.1.len() - 1;
            replaced(text, at..at, "(Skip = \"later\")")
        }
        _ => return None,
    })
}

fn emptied(symbol: &Symbol, text: &str) -> Option<String> {
    let body = symbol.body.clone()?;
    let empty = if is_indented(&symbol.path) {
        let line = &text[body.start..];
        let indent = line.len() - line.trim_start_matches(' ').len();
        format!("{}pass\n", " ".repeat(indent))
    } else {
        "\n".to_owned()
    };
    Some(replaced(text, body, &empty))
}
