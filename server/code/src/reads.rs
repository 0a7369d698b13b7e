//! Names that a client's code asks of values: members, keys, and what is called by name.
//!
//! Read only where a file asks another program for something, so that a changed contract finds who relies on it.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text::TextRange;
use tree_sitter::{Node, Tree};

use crate::SourceFacts;

/// Most names kept of one file.
const MOST: usize = 20_000;

/// Longest name that is kept, in bytes.
const LONGEST: usize = 80;

/// A name that is asked of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// `email` of `user.email`, `user["email"]`, `user.get("email")`, `const { email } = user`, `{ email: .. }`.
    pub name: SmolStr,
    /// Its bytes.
    pub range: TextRange,
    /// Written as a string: the name is that on the wire.
    pub key: bool,
    /// It is called: `client.getParcel(..)`.
    pub called: bool,
}

/// Words in what is imported that say that the file talks to another program.
const TALKING: [&str; 8] = [
    "api",
    "client",
    "generated",
    "grpc",
    "pb",
    "proto",
    "sdk",
    "stub",
];

/// Calls whose first argument is a key.
const GETTERS: [&str; 9] = [
    "get",
    "getString",
    "getInt",
    "getJSONObject",
    "GetProperty",
    "TryGetProperty",
    "dig",
    "fetch",
    "path",
];

/// Whether a file that imports these may talk to another program.
pub(crate) fn may_have(facts: &SourceFacts) -> bool {
    facts.imports.iter().any(|import| {
        let words = import.names.iter().chain([&import.path]);
        words.into_iter().any(|word| {
            let lower = word.to_ascii_lowercase();
            TALKING.iter().any(|mark| lower.contains(mark))
        })
    })
}

/// Reads the names of a parsed file.
pub(crate) fn assemble(text: &str, tree: &Tree, facts: &mut SourceFacts) {
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_named() && facts.reads.len() < MOST {
            take(text, node, facts);
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                facts.truncated |= facts.reads.len() >= MOST;
                facts.reads.sort_by_key(|read| read.range.start());
                return;
            }
        }
    }
}

fn take(text: &str, node: Node<'_>, facts: &mut SourceFacts) {
    match node.kind() {
        "member_expression" => member(text, node, node.child_by_field_name("property"), facts),
        "selector_expression" | "field_expression" | "field_access" => {
            member(text, node, node.child_by_field_name("field"), facts);
        }
        "attribute" => member(text, node, node.child_by_field_name("attribute"), facts),
        "member_access_expression" => member(text, node, node.child_by_field_name("name"), facts),
        "navigation_expression" => {
            let last = node.named_child_count().checked_sub(1);
            member(
                text,
                node,
                last.and_then(|at| node.named_child(at as u32)),
                facts,
            );
        }
        "method_invocation" => {
            if let Some(name) = node.child_by_field_name("name") {
                push(text, name, false, true, facts);
            }
            getter(text, node, facts);
        }
        "shorthand_property_identifier_pattern" | "shorthand_property_identifier" => {
            push(text, node, false, false, facts);
        }
        "pair_pattern" | "pair" => {
            let Some(name) = node.child_by_field_name("key") else {
                return;
            };
            if name.kind().contains("string") {
                key(text, name, facts);
            } else {
                push(text, name, false, false, facts);
            }
        }
        "subscript_expression"
        | "subscript"
        | "index_expression"
        | "element_reference"
        | "element_access_expression" => {
            for at in 1..node.named_child_count() as u32 {
                if let Some(child) = node.named_child(at) {
                    key(text, child, facts);
                }
            }
        }
        "call" | "call_expression" | "invocation_expression" => {
            if let Some(method) = node.child_by_field_name("method") {
                push(text, method, false, true, facts);
            }
            getter(text, node, facts);
        }
        _ => {}
    }
}

fn member(text: &str, node: Node<'_>, name: Option<Node<'_>>, facts: &mut SourceFacts) {
    let called = node.parent().is_some_and(|parent| {
        let callee = parent
            .child_by_field_name("function")
            .or_else(|| parent.named_child(0));
        parent.kind().contains("call") && callee == Some(node)
            || parent.kind() == "invocation_expression" && callee == Some(node)
    });
    if let Some(name) = name {
        push(text, name, false, called, facts);
    }
}

/// `user.get("email")`
fn getter(text: &str, node: Node<'_>, facts: &mut SourceFacts) {
    let Some(arguments) = node.child_by_field_name("arguments") else {
        return;
    };
    let callee = text.get(node.start_byte()..arguments.start_byte());
    let name = callee.unwrap_or_default().trim_end();
    let last = name.rsplit(['.', ':', '>']).next().unwrap_or(name);
    if name.len() == last.len() || !GETTERS.contains(&last) {
        return;
    }
    if let Some(first) = arguments.named_child(0) {
        key(text, first, facts);
    }
}

/// The contents of a plain string.
fn key(text: &str, node: Node<'_>, facts: &mut SourceFacts) {
    let mut node = node;
    if matches!(
        node.kind(),
        "argument" | "value_argument" | "bracketed_argument_list"
    ) {
        let Some(inner) = node.named_child(0) else {
            return;
        };
        node = inner;
    }
    if !node.kind().contains("string") && node.kind() != "simple_symbol" {
        return;
    }
    let Some(written) = text.get(node.byte_range()) else {
        return;
    };
    let name = written.trim_matches(['"', '\'', '`', ':']);
    let before = written.len() - written.trim_start_matches(['"', '\'', '`', ':']).len();
    let start = node.start_byte() + before;
    keep(name, start, true, false, facts);
}

fn push(text: &str, node: Node<'_>, key: bool, called: bool, facts: &mut SourceFacts) {
    if let Some(name) = text.get(node.byte_range()) {
        keep(name, node.start_byte(), key, called, facts);
    }
}

fn keep(name: &str, start: usize, key: bool, called: bool, facts: &mut SourceFacts) {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(plain) {
        return;
    }
    facts.reads.push(Read {
        name: name.into(),
        range: text::span(start, start + name.len()),
        key,
        called,
    });
}
