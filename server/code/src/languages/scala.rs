//! Scala: the styles of `ScalaTest`, munit, specs2, `JUnit` by annotations.

use super::{CallView, Definition, Role, java};

pub(crate) static SCALA: Definition = Definition {
    extensions: &["scala"],
    grammar: Some(|| tree_sitter_scala::LANGUAGE.into()),
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
    let field = |name| call.call.child_by_field_name(name);
    let Some(word) = field("operator").map(|operator| written(operator.byte_range())) else {
        return Role::None;
    };
    let is_subject = callee.starts_with('"') && call.callee.kind() == "string";
    let of_block = field("right").is_some_and(|right| right.kind().ends_with("block"));
    match word {
        // `ignore should "do" in { ... }`
        "in" if of_block => case(callee.starts_with("ignore ")),
        "ignore" if of_block => case(true),
        "when" | "should" | "must" | "can" | "which" | "that" | "-" if is_subject && of_block => {
            Role::Group { skipped: false }
        }
        _ => Role::None,
    }
}
