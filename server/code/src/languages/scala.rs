//! Scala: the styles of `ScalaTest`, munit, specs2, `JUnit` by annotations.

use std::ops::Range;

use tree_sitter::Node;

use super::{CallView, Declarations, DeclaredTest, Definition, Hooks, Role, java};
use crate::lexical::{C_LIKE, Lexis};
use crate::prints::{Quotes, Style};

pub(crate) static DEFINITION: Definition = Definition {
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
    hooks: Some(HOOKS),
    lexis: Some(Lexis {
        inner: "${",
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/scala/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Differ,
    },
    ..Definition::PLAIN
};

/// `test("name") { ... }`, `describe("name") { ... }`
fn call_role(call: &CallView<'_>) -> Role {
    let written = |range| call.text.get(range).unwrap_or_default();
    // `test("name".ignore) { ... }`
    let off = call
        .callee
        .next_named_sibling()
        .is_some_and(|arguments| written(arguments.byte_range()).ends_with(".ignore)"));
    match written(call.callee.byte_range()) {
        "describe" | "feature" | "Feature" | "suite" => Role::Group { skipped: off },
        "test" | "it" | "they" | "scenario" | "Scenario" | "property" => case(off),
        "ignore" => case(true),
        _ => Role::None,
    }
}

fn case(skipped: bool) -> Role {
    Role::Case {
        skipped,
        asserts: false,
    }
}

const HOOKS: Hooks = Hooks {
    prepared: |_| None,
    declared,
};

/// Tests in infix notation. `it` and `they` stand for the subject that was named last in the same body.
fn declared(text: &str, root: Option<Node<'_>>) -> Declarations {
    let mut found = Declarations::default();
    let Some(root) = root else { return found };
    let mut cursor = root.walk();
    // The last subject of each body around; without recursion, since the depth of a hostile file is not ours to choose.
    let mut subjects: Vec<Option<Range<usize>>> = vec![None];
    loop {
        let node = cursor.node();
        match node.kind() {
            "template_body" => subjects.push(None),
            "infix_expression" => {
                let subject = subjects.last_mut();
                found
                    .tests
                    .extend(subject.and_then(|subject| infix(text, node, subject)));
            }
            _ => {}
        }
        if cursor.goto_first_child() {
            continue;
        }
        loop {
            if cursor.node().kind() == "template_body" {
                subjects.pop();
            }
            if cursor.goto_next_sibling() {
                break;
            }
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

/// An infix expression: its left side, its word and its right side.
fn parts<'a, 't>(text: &'t str, node: Node<'a>) -> Option<(Node<'a>, Node<'a>, &'t str, Node<'a>)> {
    let field = |name| {
        let of_infix = node.kind() == "infix_expression";
        of_infix.then(|| node.child_by_field_name(name)).flatten()
    };
    let operator = field("operator")?;
    let word = text.get(operator.byte_range())?;
    Some((field("left")?, operator, word, field("right")?))
}

/// `"subject" should "name" in { ... }`, `it should "name" ignore { ... }`, `"name" in { ... }`, `"subject" when { ... }`,
/// `behavior of "subject"`.
fn infix(text: &str, node: Node<'_>, subject: &mut Option<Range<usize>>) -> Option<DeclaredTest> {
    let (left, operator, word, right) = parts(text, node)?;
    let is_block = right.kind().ends_with("block");
    let is_string = |node: Node<'_>| node.kind() == "string";
    let test = |role, suite, verb, name| DeclaredTest {
        role,
        node: node.byte_range(),
        suite,
        verb,
        name,
    };
    let group = Role::Group { skipped: false };
    match word {
        "of" if is_string(right) && text.get(left.byte_range()) == Some("behavior") => {
            *subject = Some(unquoted(text, right));
            None
        }
        "when" | "should" | "must" | "can" | "which" | "that" if is_string(left) && is_block => {
            Some(test(
                group,
                None,
                Some(operator.byte_range()),
                left.byte_range(),
            ))
        }
        "-" if is_string(left) && is_block => Some(test(group, None, None, left.byte_range())),
        "in" | "ignore" if is_string(left) && is_block => {
            Some(test(case(word == "ignore"), None, None, left.byte_range()))
        }
        "in" | "ignore" | "is" => {
            let mut said = parts(text, left)?;
            while said.2 == "taggedAs" {
                said = parts(text, said.0)?;
            }
            let (of, verb, word_, name) = said;
            if !matches!(word_, "should" | "must" | "can") || !is_string(name) {
                return None;
            }
            let off = match text.get(of.byte_range())? {
                "it" | "they" => false,
                "ignore" => true,
                _ if is_string(of) => {
                    *subject = Some(unquoted(text, of));
                    false
                }
                _ => return None,
            };
            let skipped = off || word != "in";
            let verb = Some(verb.byte_range());
            Some(test(
                case(skipped),
                subject.clone(),
                verb,
                name.byte_range(),
            ))
        }
        _ => None,
    }
}

/// The contents of a string.
fn unquoted(text: &str, string: Node<'_>) -> Range<usize> {
    let range = string.byte_range();
    let written = text.get(range.clone()).unwrap_or_default();
    let start = range.end - written.trim_start_matches('"').len();
    let end = range.start + written.trim_end_matches('"').len();
    start.min(end)..end
}
