//! Swift: `XCTest`, Swift Testing.

use tree_sitter::Node;

use super::{Declarations, Declared, Definition, Hooks, Role, SymbolView};
use crate::SymbolKind;
use crate::lexical::{C_LIKE, Lexis};
use crate::prints::{Quotes, Style};

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["swift"],
    grammar: Some(|| tree_sitter_swift::LANGUAGE.into()),
    queries: [
        "",
        include_str!("../../../../grammar/queries/swift/tests.scm"),
        include_str!("../../../../grammar/queries/swift/comments.scm"),
        include_str!("../../../../grammar/queries/swift/imports.scm"),
    ],
    is_doc,
    symbol_role,
    hooks: Some(HOOKS),
    lexis: Some(Lexis {
        prefixes: b"#",
        inner: "\\(",
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/swift/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Differ,
    },
    ..Definition::PLAIN
};

fn is_doc(comment: &str) -> bool {
    comment.starts_with("///") || (comment.starts_with("/**") && comment != "/**/")
}

/// `test*` methods of classes below some `TestCase`; `@Test` functions; types are groups where they hold tests.
fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    let skipped = symbol
        .attributes
        .iter()
        .any(|attribute| attribute.contains(".disabled(") && !attribute.contains(".disabled(if"));
    let marked = symbol.attributes.iter().any(|attribute| {
        let name = attribute.trim_start_matches('@');
        name.strip_prefix("Test")
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    });
    match symbol.kind {
        SymbolKind::Class | SymbolKind::Struct | SymbolKind::Enum => Role::Group { skipped },
        SymbolKind::Function | SymbolKind::Method if marked => Role::Case {
            skipped,
            asserts: false,
        },
        SymbolKind::Method
            if symbol.name.starts_with("test")
                && symbol.parent == Some(SymbolKind::Class)
                && symbol.outer_bases.contains("Test") =>
        {
            Role::Case {
                skipped: false,
                asserts: false,
            }
        }
        _ => Role::None,
    }
}

const HOOKS: Hooks = Hooks {
    prepared: |_| None,
    declared,
};

fn declared(text: &str, root: Option<Node<'_>>) -> Declarations {
    let mut found = Declarations::default();
    let Some(root) = root else { return found };
    let mut cursor = root.walk();
    // Kinds of the nodes around; without recursion, since the depth of a hostile file is not ours to choose.
    let mut around: Vec<&str> = Vec::new();
    loop {
        let node = cursor.node();
        item(
            text,
            node,
            around.last().copied().unwrap_or_default(),
            &mut found,
        );
        if cursor.goto_first_child() {
            around.push(node.kind());
            continue;
        }
        while !cursor.goto_next_sibling() {
            around.pop();
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

fn item(text: &str, node: Node<'_>, parent: &str, found: &mut Declarations) {
    let name = || node.child_by_field_name("name");
    let written = |node: Node<'_>| text.get(node.byte_range()).unwrap_or_default();
    match node.kind() {
        "class_declaration" => {
            let kind = match node.child_by_field_name("declaration_kind").map(written) {
                Some("struct") => Some(SymbolKind::Struct),
                Some("enum") => Some(SymbolKind::Enum),
                Some("extension") => None,
                _ => Some(SymbolKind::Class),
            };
            push(node, kind, name(), found);
        }
        "protocol_declaration" => push(node, Some(SymbolKind::Trait), name(), found),
        "typealias_declaration" | "associatedtype_declaration" => {
            push(node, Some(SymbolKind::TypeAlias), name(), found);
        }
        "function_declaration" | "protocol_function_declaration" => {
            push(node, Some(SymbolKind::Function), name(), found);
            if begins_with_skip(text, node) {
                found.skipped.push(node.byte_range());
            }
        }
        "init_declaration" => push(node, Some(SymbolKind::Method), name(), found),
        "deinit_declaration" | "subscript_declaration" => {
            let word = match node.kind() {
                "deinit_declaration" => "deinit",
                _ => "subscript",
            };
            let mut cursor = node.walk();
            let name = node
                .children(&mut cursor)
                .find(|child| child.kind() == word);
            push(node, Some(SymbolKind::Method), name, found);
        }
        "macro_declaration" => {
            let mut cursor = node.walk();
            let name = node
                .named_children(&mut cursor)
                .find(|child| child.kind() == "simple_identifier");
            push(node, Some(SymbolKind::Macro), name, found);
        }
        "enum_entry" => {
            let mut cursor = node.walk();
            for name in node.children_by_field_name("name", &mut cursor) {
                if name.kind() == "simple_identifier" {
                    push_leaf(node, SymbolKind::Variant, name, found);
                }
            }
        }
        "property_declaration" | "protocol_property_declaration" => {
            let kind = match parent {
                "source_file" => SymbolKind::Constant,
                "class_body" | "enum_class_body" | "protocol_body" => SymbolKind::Field,
                // A local variable.
                _ => return,
            };
            let mut cursor = node.walk();
            for pattern in node.children_by_field_name("name", &mut cursor) {
                bound(pattern, &mut |name| push_leaf(node, kind, name, found));
            }
        }
        _ => {}
    }
}

/// The names of a pattern: `a`, `(a, b)`.
fn bound<'a>(pattern: Node<'a>, take: &mut dyn FnMut(Node<'a>)) {
    if let Some(name) = pattern.child_by_field_name("bound_identifier") {
        return take(name);
    }
    let mut cursor = pattern.walk();
    for inner in pattern.named_children(&mut cursor) {
        let mut inside = inner.walk();
        let name = inner
            .named_children(&mut inside)
            .find(|name| name.kind() == "simple_identifier");
        if let Some(name) = name.filter(|_| inner.kind() == "pattern") {
            take(name);
        }
    }
}

fn push(
    node: Node<'_>,
    kind: Option<SymbolKind>,
    name: Option<Node<'_>>,
    found: &mut Declarations,
) {
    let Some(name) = name else { return };
    let mut cursor = node.walk();
    let bases = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "inheritance_specifier");
    found.items.push(Declared {
        kind,
        node: node.byte_range(),
        name: name.byte_range(),
        container: None,
        body: node
            .child_by_field_name("body")
            .map(|body| body.byte_range()),
        bases: bases.map(|bases| bases.byte_range()),
        leaf: false,
    });
}

fn push_leaf(node: Node<'_>, kind: SymbolKind, name: Node<'_>, found: &mut Declarations) {
    found.items.push(Declared {
        kind: Some(kind),
        node: node.byte_range(),
        name: name.byte_range(),
        container: None,
        body: node
            .child_by_field_name("computed_value")
            .map(|body| body.byte_range()),
        bases: None,
        leaf: node.child_by_field_name("computed_value").is_none(),
    });
}

/// `throw XCTSkip(...)` is the first statement.
fn begins_with_skip(text: &str, function: Node<'_>) -> bool {
    function
        .child_by_field_name("body")
        .and_then(|body| body.named_child(0)?.named_child(0))
        .and_then(|first| text.get(first.byte_range()))
        .and_then(|first| first.strip_prefix("throw"))
        .is_some_and(|thrown| thrown.trim_start().starts_with("XCTSkip("))
}
