//! PHP: methods of `PHPUnit`, Pest's calls.

use super::{CallView, Definition, Role, SymbolView, java};
use crate::SymbolKind;
use crate::prints::{Quotes, Style};

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["php"],
    grammar: Some(|| tree_sitter_php::LANGUAGE_PHP.into()),
    queries: [
        include_str!("../../../../grammar/queries/php/symbols.scm"),
        include_str!("../../../../grammar/queries/php/tests.scm"),
        include_str!("../../../../grammar/queries/php/comments.scm"),
        include_str!("../../../../grammar/queries/php/imports.scm"),
    ],
    is_doc: java::is_doc,
    symbol_role,
    call_role,
    locals: include_str!("../../../../grammar/queries/php/locals.scm"),
    style: Style {
        lines: false,
        quotes: Quotes::SameIfPlain,
    },
    ..Definition::PLAIN
};

/// The rule of `PHPUnit`: `test*` of a test class, or the attribute. What is marked in a doc comment, the query finds.
fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    let marked = symbol.attributes.iter().any(|list| {
        list.trim_start_matches("#[")
            .split(['[', ']', ',', '('])
            .any(|name| name.trim().rsplit('\\').next() == Some("Test"))
    });
    let named = symbol.name.starts_with("test") && symbol.outer_bases.contains("Test");
    match symbol.kind {
        SymbolKind::Class => Role::Group { skipped: false },
        SymbolKind::Method if marked || named => Role::Case {
            skipped: false,
            asserts: false,
        },
        _ => Role::None,
    }
}

fn call_role(call: &CallView<'_>) -> Role {
    let closure = matches!(call.second, "anonymous_function" | "arrow_function");
    let case = |skipped| Role::Case {
        skipped,
        asserts: false,
    };
    match call.text.get(call.callee.byte_range()).unwrap_or_default() {
        "describe" if closure => Role::Group { skipped: false },
        "it" | "test" if closure => case(false),
        "todo" if call.second.is_empty() => case(true),
        _ => Role::None,
    }
}
