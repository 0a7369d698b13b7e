//! Kotlin: `JUnit` and `kotlin.test` by annotations, Kotest and Spek by calls.

use super::{CallView, Definition, Role, java};
use crate::lexical::{C_LIKE, Lexis};
use crate::prints::{Quotes, Style};
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["kt", "kts"],
    grammar: Some(|| tree_sitter_kotlin_ng::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/kotlin/symbols.scm"),
        include_str!("../../../../grammar/queries/kotlin/tests.scm"),
        include_str!("../../../../grammar/queries/kotlin/comments.scm"),
        include_str!("../../../../grammar/queries/kotlin/imports.scm"),
    ],
    is_doc: java::is_doc,
    symbol_role: java::symbol_role,
    call_role,
    family: Some(Family::Jvm),
    lexis: Some(Lexis {
        inner: "${",
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/kotlin/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Differ,
    },
    ..Definition::PLAIN
};

/// Bytes of a file in which its imports are looked for.
const HEAD: usize = 8_192;

/// Kotest's words, with `x` before them where they are skipped; a `!` before the title skips too.
fn call_role(call: &CallView<'_>) -> Role {
    if !uses_specs(call.text) {
        return Role::None;
    }
    let written = |range| call.text.get(range).unwrap_or_default();
    let callee = written(call.callee.byte_range());
    let disabled = call.call.child(0).is_some_and(|head| {
        let config: String = written(head.byte_range())
            .rsplit_once(".config")
            .map_or("", |(_, config)| config)
            .split_whitespace()
            .collect();
        config.starts_with("(enabled=false")
    });
    let case = |skipped| Role::Case {
        skipped: skipped || disabled,
        asserts: false,
    };
    if callee.starts_with('"') {
        let skipped = callee.starts_with("\"!");
        return match call.call.kind() {
            "call_expression" => case(skipped),
            "binary_expression" => Role::Group { skipped },
            _ => match call
                .call
                .named_child(1)
                .map(|word| written(word.byte_range()))
            {
                Some("should" | "When" | "when" | "`when`") => Role::Group { skipped },
                _ => Role::None,
            },
        };
    }
    let word = callee.trim_matches('`');
    let (word, off) = match word.strip_prefix('x') {
        Some(word) => (word, true),
        None => (word, false),
    };
    let title = written(call.callee.end_byte()..call.call.end_byte());
    let skipped = off || title.starts_with("(\"!");
    match word {
        "describe" | "context" | "given" | "Given" | "when" | "When" | "and" | "And"
        | "feature" => Role::Group { skipped },
        "it" | "test" | "then" | "Then" | "should" | "scenario" | "expect" => case(skipped),
        _ => Role::None,
    }
}

/// Whether the file imports a framework whose tests are calls.
fn uses_specs(text: &str) -> bool {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    head.contains("kotest") || head.contains("spek")
}
