//! Bash and sh: bats, shunit2.

use rustc_hash::FxHashSet;
use tree_sitter::Node;

use super::{Declarations, Declared, DeclaredTest, Definition, Hooks, Role};
use crate::SymbolKind;
use crate::prints::{Quotes, Style};

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["sh", "bash", "bats", "ksh"],
    grammar: Some(|| tree_sitter_bash::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/bash/symbols.scm"),
        include_str!("../../../../grammar/queries/bash/tests.scm"),
        include_str!("../../../../grammar/queries/bash/comments.scm"),
        include_str!("../../../../grammar/queries/bash/imports.scm"),
    ],
    documents_above: true,
    hooks: Some(HOOKS),
    locals: include_str!("../../../../grammar/queries/bash/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Differ,
    },
    ..Definition::PLAIN
};

/// A base that tells Bash to read a number as decimal.
const BASE: &str = "10#$";

const HOOKS: Hooks = Hooks { prepared, declared };

/// `@test "title" {` of bats, as a command and a block: `@test "title";{`. What is not ASCII is given as letters: the
/// grammar asks the C library about each character as if it were a byte, and that reads outside of its table.
///
/// The base of `$((10#$number))` is blanked: the grammar takes it for the begin of a comment.
fn prepared(text: &str) -> Option<String> {
    let is_bats = text.contains("@test");
    let has_base = text.contains(BASE);
    if text.is_ascii() && !is_bats && !has_base {
        return None;
    }
    let mut bytes: Vec<u8> = text
        .bytes()
        .map(|byte| if byte.is_ascii() { byte } else { b'x' })
        .collect();
    let mut start = 0;
    for line in text.split_inclusive('\n').take_while(|_| is_bats) {
        if line.trim_start().starts_with("@test ")
            && let Some(head) = line.trim_end().strip_suffix('{')
            && head.ends_with([' ', '\t'])
        {
            bytes[start + head.len() - 1] = b';';
        }
        start += line.len();
    }
    for (at, found) in text.match_indices(BASE).take_while(|_| has_base) {
        bytes[at..at + found.len() - 1].fill(b' ');
    }
    String::from_utf8(bytes).ok()
}

fn declared(text: &str, root: Option<Node<'_>>) -> Declarations {
    let mut found = Declarations::default();
    let Some(root) = root else { return found };
    let mut known = FxHashSet::default();
    let shunit = text.contains("shunit2");
    let mut cursor = root.walk();
    for node in root.named_children(&mut cursor) {
        match node.kind() {
            "variable_assignment" => variable(text, node, node, &mut known, &mut found),
            "declaration_command" => {
                let mut inner = node.walk();
                for assignment in node.named_children(&mut inner) {
                    if assignment.kind() == "variable_assignment" {
                        variable(text, node, assignment, &mut known, &mut found);
                    }
                }
            }
            "command" => bats(text, node, &mut found),
            "function_definition" if shunit => shunit_test(text, node, &mut found),
            _ => {}
        }
    }
    found
}

/// The first assignment to a name.
fn variable<'a>(
    text: &'a str,
    whole: Node<'_>,
    assignment: Node<'_>,
    known: &mut FxHashSet<&'a str>,
    found: &mut Declarations,
) {
    let Some(name) = assignment
        .child_by_field_name("name")
        .filter(|name| name.kind() == "variable_name")
    else {
        return;
    };
    if known.insert(text.get(name.byte_range()).unwrap_or_default()) {
        found.items.push(Declared {
            kind: Some(SymbolKind::Constant),
            node: whole.byte_range(),
            name: name.byte_range(),
            container: None,
            body: None,
            bases: None,
            leaf: true,
        });
    }
}

/// `@test "title" { ... }`
fn bats(text: &str, node: Node<'_>, found: &mut Declarations) {
    let is_test = node
        .child_by_field_name("name")
        .is_some_and(|name| text.get(name.byte_range()) == Some("@test"));
    let block = node
        .next_named_sibling()
        .filter(|next| next.kind() == "compound_statement");
    let (true, Some(block), Some(title)) = (is_test, block, node.child_by_field_name("argument"))
    else {
        return;
    };
    found.tests.push(DeclaredTest {
        role: Role::Case {
            skipped: begins_with_skip(text, block),
            asserts: false,
        },
        node: node.start_byte()..block.end_byte(),
        suite: None,
        verb: None,
        name: title.start_byte()..node.end_byte(),
    });
}

fn shunit_test(text: &str, node: Node<'_>, found: &mut Declarations) {
    let (Some(name), Some(body)) = (
        node.child_by_field_name("name"),
        node.child_by_field_name("body"),
    ) else {
        return;
    };
    if text
        .get(name.byte_range())
        .is_some_and(|name| name.starts_with("test"))
    {
        found.tests.push(DeclaredTest {
            role: Role::Case {
                skipped: begins_with_skip(text, body),
                asserts: false,
            },
            node: node.byte_range(),
            suite: None,
            verb: None,
            name: name.byte_range(),
        });
    }
}

/// Whether the first command of a block is `skip` or `startSkipping`.
fn begins_with_skip(text: &str, block: Node<'_>) -> bool {
    block
        .named_child(0)
        .and_then(|first| first.child_by_field_name("name"))
        .and_then(|name| text.get(name.byte_range()))
        .is_some_and(|name| matches!(name, "skip" | "startSkipping"))
}
