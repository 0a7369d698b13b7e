//! TypeScript without JSX, and what its kin share: Jest, Vitest, Mocha, Jasmine, Playwright, Cypress, `Deno.test`, `node:test`.

use tree_sitter::Node;

use super::{CallView, Definition, Role};
use crate::lexical::{Backtick, C_LIKE, Lexis};
use crate::prints::{Quotes, Style};
use crate::routes::Family;

pub(super) const QUERIES: [&str; 4] = [
    include_str!("../../../../grammar/queries/typescript/symbols.scm"),
    include_str!("../../../../grammar/queries/typescript/tests.scm"),
    include_str!("../../../../grammar/queries/typescript/comments.scm"),
    include_str!("../../../../grammar/queries/typescript/imports.scm"),
];

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["ts", "mts", "cts"],
    grammar: Some(|| tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()),
    queries: QUERIES,
    is_doc,
    call_role,
    empty_groups: true,
    family: Some(Family::Script),
    lexis: Some(Lexis {
        quotes: b"\"'",
        characters: false,
        backtick: Backtick::Template,
        expressions: true,
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/typescript/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Same,
    },
    ..Definition::PLAIN
};

pub(super) fn is_doc(comment: &str) -> bool {
    comment.starts_with("/**") && comment != "/**/"
}

/// Longest chain `test.describe.each(...).skip` that is looked at.
const MAX_CHAIN: usize = 8;

pub(super) fn call_role(call: &CallView<'_>) -> Role {
    let text = call.text;
    let mut words: [&str; MAX_CHAIN] = [""; MAX_CHAIN];
    let mut count = 0;
    let mut node = call.callee;
    let root = loop {
        if count == MAX_CHAIN {
            return Role::None;
        }
        match node.kind() {
            "identifier" => break text.get(node.byte_range()).unwrap_or_default(),
            "member_expression" => {
                let (Some(object), Some(property)) = (
                    node.child_by_field_name("object"),
                    node.child_by_field_name("property"),
                ) else {
                    return Role::None;
                };
                words[count] = text.get(property.byte_range()).unwrap_or_default();
                count += 1;
                node = object;
            }
            // it.each([...])("title"), it.skipIf(x)("title"), it.each`...`("title")
            "call_expression" => match node.child_by_field_name("function") {
                Some(function) if count > 0 || function.kind() == "member_expression" => {
                    node = function;
                }
                _ => return Role::None,
            },
            _ => return Role::None,
        }
    };
    let words = &words[..count];
    let (mut skipped, group) = match root {
        "describe" | "context" | "suite" | "fdescribe" => (false, true),
        "xdescribe" | "xcontext" => (true, true),
        "it" | "test" | "specify" | "fit" => (false, words.contains(&"describe")),
        "xit" | "xtest" | "xspecify" => (true, false),
        "Deno" if words.last() == Some(&"test") => (false, false),
        _ => return Role::None,
    };
    // `if (process.env.CI) it.skip(...)`
    let always = !is_conditional(call.call);
    skipped &= always;
    let mut todo = false;
    for word in words {
        match *word {
            "skip" | "fixme" => skipped = always,
            "todo" => (skipped, todo) = (true, true),
            "each" | "only" | "concurrent" | "sequential" | "serial" | "parallel" | "describe"
            | "failing" | "fails" | "skipIf" | "runIf" | "for" | "shuffle" | "ignore" | "test"
            | "fail" | "extend" => {}
            // test.step, test.use, it.call ...
            _ => return Role::None,
        }
    }
    // `specify(dir, ["--here"])` is somebody's helper; a test has a body, perhaps after its options.
    let body = match call.second {
        "arrow_function" | "function_expression" | "object" => true,
        "identifier" | "member_expression" | "call_expression" | "generator_function" => {
            call.literal
        }
        _ => false,
    };
    match (group, body || (todo && call.literal)) {
        (_, false) => Role::None,
        (true, true) => Role::Group { skipped },
        (false, true) => Role::Case {
            skipped,
            asserts: false,
        },
    }
}

/// Whether a call stands under a condition within its function.
fn is_conditional(call: Node<'_>) -> bool {
    let around = std::iter::successors(call.parent(), Node::parent);
    let mut inside = around.take_while(|node| {
        !matches!(
            node.kind(),
            "arrow_function" | "function_expression" | "function_declaration"
        )
    });
    inside.any(|node| {
        matches!(
            node.kind(),
            "if_statement"
                | "ternary_expression"
                | "switch_case"
                | "binary_expression"
                | "catch_clause"
        )
    })
}
