//! C, and what C++ has of it: `GoogleTest`, Catch2, doctest, Boost.Test, `CppUTest`; in C functions as Unity and cmocka run
//! them.

mod branches;
mod declarations;
mod macros;
mod tokens;

use tree_sitter::Node;

use super::{CallView, Definition, Hooks, Role, SymbolView};
use crate::lexical::{C_LIKE, Lexis};

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["c"],
    grammar: Some(|| tree_sitter_c::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/c/symbols.scm"),
        include_str!("../../../../grammar/queries/c/tests.scm"),
        include_str!("../../../../grammar/queries/c/comments.scm"),
        include_str!("../../../../grammar/queries/c/imports.scm"),
    ],
    is_doc,
    symbol_role: function_role,
    call_role,
    hooks: Some(HOOKS),
    lexis: Some(Lexis {
        prefixes: b"rR#",
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/c/locals.scm"),
    ..Definition::PLAIN
};

pub(super) const HOOKS: Hooks = Hooks {
    prepared: macros::masked,
    declared: declarations::declared,
};

/// Doxygen's marks: `///`, `//!`, `/**`, `/*!`; `////` and `/***` draw lines.
pub(super) fn is_doc(comment: &str) -> bool {
    comment.starts_with("//!")
        || comment.starts_with("/*!")
        || (comment.starts_with("///") && !comment.starts_with("////"))
        || (comment.starts_with("/**") && !comment.starts_with("/***") && comment != "/**/")
}

/// `void test_opens(void) { ... }` (Unity), `static void test_opens(void **state) { ... }` (cmocka): such a function takes
/// and gives nothing that anybody but a runner would have.
fn function_role(symbol: &SymbolView<'_>) -> Role {
    let Some((head, parameters)) = symbol.signature.split_once('(') else {
        return Role::None;
    };
    let parameters: Vec<&str> = parameters
        .trim_end()
        .trim_end_matches(')')
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
        .collect();
    let alone = match parameters.as_slice() {
        ["void", state] => state.starts_with("**"),
        [] | ["void"] | ["void**", _] | ["void", "**", _] => true,
        _ => false,
    };
    let gives_nothing = head.split_whitespace().any(|word| word == "void") && !head.contains('*');
    let is_test = symbol.kind == crate::SymbolKind::Function
        && symbol.has_body
        && symbol.name.starts_with("test_");
    if is_test && alone && gives_nothing {
        Role::Case {
            skipped: false,
            asserts: false,
        }
    } else {
        Role::None
    }
}

/// Macros that look like functions: `TEST(Suite, Name) { ... }`.
fn is_test_macro(name: &str) -> bool {
    matches!(
        name,
        "TEST"
            | "TEST_F"
            | "TEST_P"
            | "TYPED_TEST"
            | "TYPED_TEST_P"
            | "FRIEND_TEST"
            | "BOOST_AUTO_TEST_CASE"
            | "BOOST_FIXTURE_TEST_CASE"
            | "BOOST_DATA_TEST_CASE"
            | "IGNORE_TEST"
            | "TEST_GROUP"
            | "TEST_CASE"
            | "SCENARIO"
            | "TEMPLATE_TEST_CASE"
            | "TEST_SUITE"
            | "SECTION"
            | "SUBCASE"
    )
}

/// What `TEST(Suite, Name) { ... }` is.
fn test_macro_role(text: &str, name: &str, parameters: Node<'_>, body: Node<'_>) -> Role {
    let written = text.get(parameters.byte_range()).unwrap_or_default();
    match name {
        "TEST"
        | "TEST_F"
        | "TEST_P"
        | "TYPED_TEST"
        | "TYPED_TEST_P"
        | "IGNORE_TEST"
        | "BOOST_AUTO_TEST_CASE"
        | "BOOST_FIXTURE_TEST_CASE"
        | "BOOST_DATA_TEST_CASE" => Role::Case {
            skipped: name == "IGNORE_TEST"
                || written.contains("DISABLED_")
                || begins_with_skip(text, body),
            asserts: false,
        },
        _ => Role::None,
    }
}

pub(super) fn call_role(call: &CallView<'_>) -> Role {
    let written = |node: Node<'_>| call.text.get(node.byte_range()).unwrap_or_default();
    let name = written(call.callee);
    let Some(block) = call.block else {
        return Role::None;
    };
    let arguments = call.arguments.map(written).unwrap_or_default();
    // Catch2 leaves out what is tagged `[.]`, doctest what is decorated with `skip()`.
    let skipped = arguments.contains("[.")
        || arguments.contains("[!hide]")
        || arguments.contains("doctest::skip()")
        || arguments.contains("doctest::skip(true)")
        || begins_with_skip(call.text, block);
    match name {
        "TEST_SUITE" => Role::Group { skipped },
        "TEST_CASE"
        | "SCENARIO"
        | "TEST_CASE_METHOD"
        | "TEST_CASE_FIXTURE"
        | "SCENARIO_METHOD"
        | "TEMPLATE_TEST_CASE"
        | "TEST_CASE_TEMPLATE"
        | "TEMPLATE_TEST_CASE_SIG"
        | "TEMPLATE_PRODUCT_TEST_CASE"
        | "TEMPLATE_LIST_TEST_CASE"
        | "METHOD_AS_TEST_CASE"
        | "SECTION"
        | "SUBCASE"
        | "DYNAMIC_SECTION" => Role::Case {
            skipped,
            asserts: false,
        },
        _ => Role::None,
    }
}

/// Whether the first statement of a body skips the test.
fn begins_with_skip(text: &str, body: Node<'_>) -> bool {
    body.named_child(0)
        .and_then(|first| text.get(first.byte_range()))
        .is_some_and(|first| {
            ["GTEST_SKIP(", "SKIP("]
                .iter()
                .any(|skip| first.starts_with(skip))
        })
}
