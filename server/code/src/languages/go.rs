//! Go: `TestXxx` and its kin, subtests, tables of tests, testify and gocheck suites, Ginkgo.

use tree_sitter::Node;

use super::{CallView, Definition, Role, SymbolView, TableView};
use crate::SymbolKind;
use crate::lexical::{Backtick, C_LIKE, Lexis};
use crate::prints::{Quotes, Style};
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["go"],
    grammar: Some(|| tree_sitter_go::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/go/symbols.scm"),
        include_str!("../../../../grammar/queries/go/tests.scm"),
        include_str!("../../../../grammar/queries/go/comments.scm"),
        include_str!("../../../../grammar/queries/go/imports.scm"),
    ],
    symbol_role,
    call_role,
    documents_above: true,
    rows: Some(rows),
    family: Some(Family::Go),
    lexis: Some(Lexis {
        backtick: Backtick::Raw,
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/go/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Differ,
    },
    ..Definition::PLAIN
};

/// `go test`'s rule: the word after the prefix begins with no lower-case letter, and the parameter is `testing`'s.
/// A suite's methods take no parameter, or gocheck's.
fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    let rest = |prefix: &str| {
        symbol
            .name
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
    };
    let takes = |parameter: &str| symbol.signature.contains(parameter);
    let case = |asserts| Role::Case {
        skipped: false,
        asserts,
    };
    match symbol.kind {
        SymbolKind::Function if rest("Test") && symbol.name != "TestMain" && takes("testing.T") => {
            case(false)
        }
        SymbolKind::Function if rest("Fuzz") && takes("testing.F") => case(false),
        SymbolKind::Function if rest("Benchmark") && takes("testing.B") => case(true),
        SymbolKind::Function if rest("Example") && symbol.signature.ends_with("()") => case(true),
        SymbolKind::Method if rest("Test") && is_suite(symbol.container) => {
            let parameters = symbol
                .signature
                .rsplit_once(symbol.name)
                .map_or("", |(_, parameters)| parameters.trim());
            if parameters == "()" || parameters.ends_with("*C)") || parameters.ends_with("check.C)")
            {
                case(false)
            } else {
                Role::None
            }
        }
        _ => Role::None,
    }
}

fn is_suite(receiver: &str) -> bool {
    let receiver = receiver.to_ascii_lowercase();
    receiver.contains("suite") || receiver.contains("test")
}

/// `t.Run("name", func ...)`, and Ginkgo's words before a function.
fn call_role(call: &CallView<'_>) -> Role {
    let callee = call.text.get(call.callee.byte_range()).unwrap_or_default();
    let (word, skipped) = ginkgo_word(callee);
    if word == "Entry" && in_table(call) {
        // What asserts is the function of the table.
        return Role::Case {
            skipped,
            asserts: true,
        };
    }
    if call.second != "func_literal" && call.second != "identifier" {
        return Role::None;
    }
    match word {
        "Describe" | "Context" | "When" | "DescribeTable" | "DescribeTableSubtree"
            if call.second == "func_literal" =>
        {
            Role::Group { skipped }
        }
        "It" | "Specify" if call.second == "func_literal" => Role::Case {
            skipped,
            asserts: false,
        },
        _ => match callee.rsplit_once('.') {
            Some((runner, "Run")) if call.second == "func_literal" || is_runner(runner) => {
                Role::Case {
                    skipped: false,
                    asserts: false,
                }
            }
            _ => Role::None,
        },
    }
}

/// A word of Ginkgo without what marks it: `P` and `X` for pending, `F` for focused.
fn ginkgo_word(callee: &str) -> (&str, bool) {
    let callee = ["ginkgo.", "table."]
        .iter()
        .find_map(|package| callee.strip_prefix(package))
        .unwrap_or(callee);
    match callee.strip_prefix(['P', 'X']) {
        Some(word) if word.starts_with(char::is_uppercase) => (word, true),
        _ => (callee.strip_prefix('F').unwrap_or(callee), false),
    }
}

/// Whether a call is an argument of a table of Ginkgo.
fn in_table(call: &CallView<'_>) -> bool {
    let table = call.call.parent().and_then(|arguments| arguments.parent());
    let callee = table.and_then(|table| table.child_by_field_name("function"));
    let callee = callee.and_then(|callee| call.text.get(callee.byte_range()));
    callee.is_some_and(|callee| {
        matches!(
            ginkgo_word(callee).0,
            "DescribeTable" | "DescribeTableSubtree"
        )
    })
}

fn is_runner(receiver: &str) -> bool {
    matches!(receiver, "t" | "b" | "s" | "suite")
}

/// The rows whose names are literal: `{name: "empty", ...}`, `{"empty", ...}`, `"empty": {...}`.
fn rows<'a>(run: &TableView<'a>, row: &mut dyn FnMut(Node<'a>, Node<'a>)) {
    let title = run.text.get(run.title.clone()).unwrap_or_default();
    let (of_field, field) = title
        .rsplit_once('.')
        .map_or((false, title), |(_, field)| (true, field));
    let (Some(body), Some(kind)) = (
        run.table.child_by_field_name("body"),
        run.table.child_by_field_name("type"),
    ) else {
        return;
    };
    let first = first_field(kind).and_then(|name| run.text.get(name.byte_range()));
    // The key of a map is what the loop binds first.
    let by_key = !of_field
        && kind.kind() == "map_type"
        && run
            .looped
            .named_child(0)
            .and_then(|clause| clause.child_by_field_name("left"))
            .and_then(|left| left.named_child(0))
            .is_some_and(|key| run.text.get(key.byte_range()) == Some(title));
    let mut cursor = body.walk();
    for element in body.named_children(&mut cursor) {
        let (key, value) = match element.kind() {
            "keyed_element" => (
                element.child_by_field_name("key"),
                element.child_by_field_name("value"),
            ),
            "literal_element" => (None, Some(element)),
            _ => continue,
        };
        let name = if by_key {
            key.and_then(string)
        } else if of_field {
            value.and_then(|value| named(run.text, value, field, first == Some(field)))
        } else {
            None
        };
        if let Some(name) = name {
            row(element, name);
        }
    }
}

/// The name of the first field of `[]struct{ name string; ... }`.
fn first_field(table: Node<'_>) -> Option<Node<'_>> {
    let fields = table
        .child_by_field_name("element")
        .or_else(|| table.child_by_field_name("value"))?
        .named_child(0)?;
    fields.named_child(0)?.child_by_field_name("name")
}

/// The string that a row has in `field`, which may be its first.
fn named<'a>(text: &str, row: Node<'a>, field: &str, is_first: bool) -> Option<Node<'a>> {
    let mut fields = row.named_child(0)?;
    if fields.kind() == "unary_expression" {
        fields = fields.child_by_field_name("operand")?;
    }
    if fields.kind() == "composite_literal" {
        fields = fields.child_by_field_name("body")?;
    }
    let mut cursor = fields.walk();
    for (index, element) in fields.named_children(&mut cursor).enumerate() {
        match element.kind() {
            "keyed_element" => {
                let key = element.child_by_field_name("key")?;
                if text.get(key.byte_range()) == Some(field) {
                    return string(element.child_by_field_name("value")?);
                }
            }
            "literal_element" if index == 0 && is_first => return string(element),
            _ => {}
        }
    }
    None
}

fn string(element: Node<'_>) -> Option<Node<'_>> {
    element
        .named_child(0)
        .filter(|node| node.kind().ends_with("_string_literal"))
}
