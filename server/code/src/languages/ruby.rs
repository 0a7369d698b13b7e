//! Ruby: `RSpec`, minitest in both styles, test-unit, `test "..." do` of Rails, shoulda.

use tree_sitter::Node;

use super::{CallView, Definition, Role, SymbolView};
use crate::SymbolKind;
use crate::prints::{Quotes, Style};
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["rb", "rake", "gemspec", "ru"],
    grammar: Some(|| tree_sitter_ruby::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/ruby/symbols.scm"),
        include_str!("../../../../grammar/queries/ruby/tests.scm"),
        include_str!("../../../../grammar/queries/ruby/comments.scm"),
        include_str!("../../../../grammar/queries/ruby/imports.scm"),
    ],
    symbol_role,
    call_role,
    documents_above: true,
    family: Some(Family::Ruby),
    locals: include_str!("../../../../grammar/queries/ruby/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::SameIfPlain,
    },
    ..Definition::PLAIN
};

/// `test_*` methods of classes below some `Test` or `TestCase`.
fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    match symbol.kind {
        SymbolKind::Class if symbol.bases.contains("Test") => Role::Group { skipped: false },
        SymbolKind::Method if symbol.in_group && symbol.name.starts_with("test_") => Role::Case {
            skipped: false,
            asserts: false,
        },
        _ => Role::None,
    }
}

fn call_role(call: &CallView<'_>) -> Role {
    let text = call.text;
    let method = text.get(call.callee.byte_range()).unwrap_or_default();
    let (group, mut skipped) = match method {
        "describe"
        | "context"
        | "feature"
        | "fdescribe"
        | "fcontext"
        | "ffeature"
        | "example_group"
        | "shared_examples"
        | "shared_examples_for"
        | "shared_context" => (true, false),
        "xdescribe" | "xcontext" | "xfeature" => (true, true),
        "it" | "specify" | "example" | "scenario" | "test" | "should" | "fit" | "fspecify"
        | "fexample" | "fscenario" => (false, false),
        "xit" | "xspecify" | "xexample" | "xscenario" | "skip" | "pending" => (false, true),
        _ => return Role::None,
    };
    let title = call
        .call
        .child_by_field_name("arguments")
        .map(|arguments| arguments.named_child(0).map_or("", |title| title.kind()));
    let named = match title {
        // `it { ... }` and `it do ... end` need no title.
        None => matches!(method, "it" | "specify" | "example"),
        Some(kind) => matches!(
            kind,
            "string" | "constant" | "scope_resolution" | "simple_symbol"
        ),
    };
    if !named {
        return Role::None;
    }
    let receiver = call.call.child_by_field_name("receiver");
    if let Some(receiver) = receiver
        && !(group && text.get(receiver.byte_range()) == Some("RSpec"))
    {
        return Role::None;
    }
    let block = call.call.child_by_field_name("block");
    if block.is_none() {
        // `it "does x"` without a body is RSpec's way to say: not yet.
        return match method {
            "it" | "specify" | "example" if call.literal => Role::Case {
                skipped: true,
                asserts: false,
            },
            _ => Role::None,
        };
    }
    skipped |= call
        .call
        .child_by_field_name("arguments")
        .is_some_and(|arguments| has_skip_mark(text, arguments));
    if group {
        return Role::Group { skipped };
    }
    Role::Case {
        skipped: skipped || block.is_some_and(|block| begins_with_skip(text, block)),
        asserts: false,
    }
}

/// `:skip`, `skip: true`, `pending: "reason"` behind the title.
fn has_skip_mark(text: &str, arguments: Node<'_>) -> bool {
    let mut cursor = arguments.walk();
    arguments.named_children(&mut cursor).any(|argument| {
        let written = |node: Node<'_>| text.get(node.byte_range()).unwrap_or_default();
        match argument.kind() {
            "simple_symbol" => matches!(written(argument), ":skip" | ":pending"),
            "pair" => {
                let key = argument.child_by_field_name("key").map(written);
                let value = argument
                    .child_by_field_name("value")
                    .map(|node| node.kind());
                matches!(
                    key.map(|key| key.trim_start_matches(':')),
                    Some("skip" | "pending")
                ) && matches!(value, Some("true" | "string" | "simple_symbol"))
            }
            _ => false,
        }
    })
}

/// Whether the first statement of a block is `skip` or `pending`.
fn begins_with_skip(text: &str, block: Node<'_>) -> bool {
    let first = block
        .child_by_field_name("body")
        .and_then(|body| body.named_child(0));
    let Some(first) = first else { return false };
    let callee = match first.kind() {
        "call" if first.child_by_field_name("receiver").is_none() => {
            first.child_by_field_name("method")
        }
        "identifier" => Some(first),
        _ => None,
    };
    callee.is_some_and(|callee| {
        matches!(
            text.get(callee.byte_range()),
            Some("skip" | "pending" | "omit")
        )
    })
}
