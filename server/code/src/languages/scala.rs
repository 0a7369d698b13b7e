//! Scala: the styles of `ScalaTest`, munit, specs2, `JUnit` by annotations.

use super::{CallView, Definition, Role, java};

pub(crate) static SCALA: Definition = Definition {
    extensions: &["scala"],
    grammar: || tree_sitter_scala::LANGUAGE.into(),
    queries: [
        include_str!("../../../../grammar/queries/scala/symbols.scm"),
        include_str!("../../../../grammar/queries/scala/tests.scm"),
        include_str!("../../../../grammar/queries/scala/comments.scm"),
        include_str!("../../../../grammar/queries/scala/imports.scm"),
    ],
    is_doc: java::is_doc,
    symbol_role: java::symbol_role,
    call_role,
    empty_groups: false,
};

fn call_role(call: &CallView<'_>) -> Role {
    let written = |range| call.text.get(range).unwrap_or_default();
    let callee = written(call.callee.byte_range());
    let case = |skipped| Role::Case {
        skipped,
        asserts: false,
    };
    if call.call.kind() == "call_expression" {
        // `test("name".ignore) { ... }`
        let off = call
            .callee
            .next_named_sibling()
            .is_some_and(|arguments| written(arguments.byte_range()).ends_with(".ignore)"));
        return match callee {
            "describe" | "feature" | "Feature" | "suite" => Role::Group { skipped: off },
            "test" | "it" | "they" | "scenario" | "Scenario" | "property" => case(off),
            "ignore" => case(true),
            _ => Role::None,
        };
    }
    let Some(word) = call
        .call
        .child_by_field_name("operator")
        .map(|operator| written(operator.byte_range()))
    else {
        return Role::None;
    };
    let is_leaf = call
        .call
        .child_by_field_name("left")
        .is_some_and(|left| left.kind() != "string");
    match word {
        // `ignore should "do" in { ... }`
        "in" => case(is_leaf && callee == "ignore"),
        "ignore" => case(true),
        "when" | "should" | "must" | "can" | "which" | "that" | "-" if !is_leaf => {
            Role::Group { skipped: false }
        }
        _ => Role::None,
    }
}
