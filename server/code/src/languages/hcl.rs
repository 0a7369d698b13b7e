//! HCL: Terraform and its kin.
//!
//! A block of a file is a symbol: its last label is the name, its type and the labels before are the container, as in
//! `resource.aws_s3_bucket.logs`. What `locals` sets are constants; so is what a file sets outside of blocks.

use tree_sitter::Node;

use super::{Declarations, Declared, DeclaredTest, Definition, Hooks, Role};
use crate::SymbolKind;
use crate::prints::{Quotes, Style};

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["tf", "hcl", "tfvars", "tofu", "nomad"],
    grammar: Some(|| tree_sitter_hcl::LANGUAGE.into()),
    queries: [
        "",
        "",
        include_str!("../../../../grammar/queries/hcl/comments.scm"),
        include_str!("../../../../grammar/queries/hcl/imports.scm"),
    ],
    documents_above: true,
    hooks: Some(HOOKS),
    style: Style {
        lines: true,
        quotes: Quotes::Differ,
    },
    ..Definition::PLAIN
};

const HOOKS: Hooks = Hooks {
    prepared: |_| None,
    declared,
};

fn declared(text: &str, root: Option<Node<'_>>) -> Declarations {
    let mut found = Declarations::default();
    let Some(root) = root else { return found };
    let mut cursor = root.walk();
    for body in root.named_children(&mut cursor) {
        let mut inner = body.walk();
        for node in body.named_children(&mut inner) {
            match node.kind() {
                "block" => block(text, node, &mut found),
                "attribute" => attribute(node, None, &mut found),
                _ => {}
            }
        }
    }
    found
}

fn attribute(node: Node<'_>, container: Option<Node<'_>>, found: &mut Declarations) {
    if let Some(name) = node.named_child(0) {
        found.items.push(Declared {
            kind: Some(SymbolKind::Constant),
            node: node.byte_range(),
            name: name.byte_range(),
            container: container.map(|container| container.byte_range()),
            body: None,
            bases: None,
            leaf: true,
        });
    }
}

fn block(text: &str, node: Node<'_>, found: &mut Declarations) {
    let mut cursor = node.walk();
    let mut head = Vec::new();
    let mut body = None;
    let mut start = None;
    for child in node.named_children(&mut cursor) {
        match child.kind() {
            "identifier" | "string_lit" => head.push(child),
            "block_start" => start = Some(child.byte_range()),
            "body" => body = Some(child),
            _ => {}
        }
    }
    let (Some(kind), Some(name)) = (head.first().copied(), head.last().copied()) else {
        return;
    };
    let written = text.get(kind.byte_range()).unwrap_or_default();
    let attributes = |found: &mut Declarations| {
        let Some(body) = body else { return };
        let mut inner = body.walk();
        for node in body.named_children(&mut inner) {
            if node.kind() == "attribute" {
                attribute(node, Some(kind), found);
            }
        }
    };
    if written == "locals" {
        return attributes(found);
    }
    let label = unquoted(text, name);
    if written == "run" && head.len() == 2 {
        let asserts = body.is_some_and(|body| has_assert(text, body));
        found.tests.push(DeclaredTest {
            role: Role::Case {
                skipped: false,
                asserts,
            },
            node: node.byte_range(),
            suite: None,
            verb: None,
            name: name.byte_range(),
        });
    }
    let before = head.len().checked_sub(2).and_then(|last| head.get(last));
    found.items.push(Declared {
        kind: Some(match written {
            "module" => SymbolKind::Module,
            "variable" | "output" => SymbolKind::Constant,
            _ => SymbolKind::Struct,
        }),
        node: node.byte_range(),
        name: label,
        container: before.map(|before| kind.start_byte()..before.end_byte()),
        body: start,
        bases: None,
        leaf: false,
    });
}

fn unquoted(text: &str, node: Node<'_>) -> std::ops::Range<usize> {
    let range = node.byte_range();
    let written = text.get(range.clone()).unwrap_or_default();
    if node.kind() == "string_lit" && written.len() >= 2 {
        range.start + 1..range.end - 1
    } else {
        range
    }
}

fn has_assert(text: &str, body: Node<'_>) -> bool {
    let mut cursor = body.walk();
    body.named_children(&mut cursor).any(|node| {
        node.kind() == "block"
            && node
                .named_child(0)
                .and_then(|kind| text.get(kind.byte_range()))
                == Some("assert")
    })
}
