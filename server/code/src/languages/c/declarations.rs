//! Declarations of C and C++: one may declare several names, and each name may lie deep in its declarator.

use tree_sitter::{Node, TreeCursor};

use crate::{
    SymbolKind,
    languages::{Declarations, Declared, DeclaredTest, Role},
};

/// Deepest declarator that is looked into.
const MAX_DEPTH: usize = 16;

/// Everything that is declared outside of functions.
pub(super) fn declared(text: &str, root: Option<Node<'_>>) -> Declarations {
    let mut found = Declarations::default();
    let Some(root) = root else { return found };
    let mut cursor = root.walk();
    if !cursor.goto_first_child() {
        return found;
    }
    // Without recursion: the depth of a hostile file is not ours to choose.
    loop {
        let node = cursor.node();
        let into = visit(text, node, &cursor, &mut found);
        if into && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

/// Whether declarations may lie inside that the query does not see.
fn visit(text: &str, node: Node<'_>, cursor: &TreeCursor<'_>, found: &mut Declarations) -> bool {
    match node.kind() {
        "function_definition" => {
            function(text, node, found);
            // A class whose macro we did not see looks like a function.
            node.child_by_field_name("declarator")
                .is_some_and(|declarator| declarator.kind() == "identifier")
        }
        "declaration" | "field_declaration" => {
            variables(text, node, found);
            true
        }
        "type_definition" => {
            type_names(text, node, found);
            true
        }
        "friend_declaration" => node
            .named_child(0)
            .is_some_and(|inner| inner.kind() == "function_definition"),
        "compound_statement" => {
            // That of a function is never entered but in the case above.
            cursor.field_name() == Some("body")
        }
        "translation_unit"
        | "namespace_definition"
        | "declaration_list"
        | "linkage_specification"
        | "template_declaration"
        | "class_specifier"
        | "struct_specifier"
        | "union_specifier"
        | "field_declaration_list"
        | "preproc_if"
        | "preproc_ifdef"
        | "preproc_else"
        | "preproc_elif"
        | "preproc_elifdef"
        | "labeled_statement"
        | "ERROR" => true,
        _ => false,
    }
}

/// A declarator taken apart.
struct Name<'a> {
    node: Node<'a>,
    /// Where what qualifies the name begins.
    qualifier: Option<usize>,
    /// It is directly followed by parameters.
    function: bool,
}

fn name_of(declarator: Node<'_>) -> Option<Name<'_>> {
    let mut node = declarator;
    let mut function = false;
    for _ in 0..MAX_DEPTH {
        match node.kind() {
            "identifier" | "field_identifier" | "type_identifier" | "operator_name"
            | "destructor_name" | "operator_cast" | "primitive_type" => {
                return Some(Name {
                    node,
                    qualifier: None,
                    function,
                });
            }
            "qualified_identifier" => {
                let mut name = name_of_last(node)?;
                name.function |= function;
                return Some(name);
            }
            "function_declarator" => {
                function = true;
                node = node.child_by_field_name("declarator")?;
            }
            "parenthesized_declarator" | "attributed_declarator" | "reference_declarator" => {
                function &= node.kind() == "parenthesized_declarator";
                node = node
                    .child_by_field_name("declarator")
                    .or_else(|| last_named(node))?;
            }
            "pointer_declarator" | "array_declarator" | "init_declarator" => {
                function = false;
                node = node.child_by_field_name("declarator")?;
            }
            "template_function" | "template_method" | "template_type" => {
                node = node.child_by_field_name("name")?;
            }
            _ => return None,
        }
    }
    None
}

/// The last segment of `a::b<T>::name`.
fn name_of_last(qualified: Node<'_>) -> Option<Name<'_>> {
    let mut node = qualified;
    for _ in 0..MAX_DEPTH {
        match node.kind() {
            "qualified_identifier"
            | "template_function"
            | "template_method"
            | "template_type"
            | "dependent_name" => {
                node = node
                    .child_by_field_name("name")
                    .or_else(|| last_named(node))?;
            }
            _ => {
                return Some(Name {
                    node,
                    qualifier: Some(qualified.start_byte()),
                    function: node.kind() == "operator_cast",
                });
            }
        }
    }
    None
}

fn last_named(node: Node<'_>) -> Option<Node<'_>> {
    node.named_child((node.named_child_count() as u32).checked_sub(1)?)
}

/// `operator bool` of `operator bool() const`.
fn name_range(text: &str, node: Node<'_>) -> std::ops::Range<usize> {
    let range = node.byte_range();
    if node.kind() != "operator_cast" {
        return range;
    }
    let end = node
        .child_by_field_name("declarator")
        .map_or(range.end, |declarator| declarator.start_byte());
    let written = text.get(range.start..end).unwrap_or_default().trim_end();
    range.start..range.start + written.len()
}

/// What wraps a declaration and begins with it: `template <typename T>`, `friend`.
fn with_template(node: Node<'_>) -> std::ops::Range<usize> {
    let mut outer = node;
    while let Some(parent) = outer
        .parent()
        .filter(|parent| parent.kind() == "template_declaration")
    {
        outer = parent;
    }
    outer.start_byte()..node.end_byte()
}

fn push(
    text: &str,
    name: &Name<'_>,
    kind: SymbolKind,
    node: std::ops::Range<usize>,
    body: Option<Node<'_>>,
    leaf: bool,
    found: &mut Declarations,
) {
    let range = name_range(text, name.node);
    let container = name
        .qualifier
        .map(|start| start..range.start)
        .filter(|container| !container.is_empty());
    found.items.push(Declared {
        kind: Some(kind),
        node,
        name: range,
        container,
        body: body.map(|body| body.byte_range()),
        bases: None,
        leaf,
    });
}

fn function(text: &str, node: Node<'_>, found: &mut Declarations) {
    let Some(declarator) = node.child_by_field_name("declarator") else {
        return;
    };
    let Some(name) = name_of(declarator) else {
        return;
    };
    let written = text.get(name.node.byte_range()).unwrap_or_default();
    if super::is_test_macro(written) {
        test(text, node, declarator, written, found);
        return;
    }
    if !(name.function || name.node.kind() == "operator_cast") {
        return;
    }
    let mut cursor = node.walk();
    let body = node.named_children(&mut cursor).find(|child| {
        matches!(
            child.kind(),
            "field_initializer_list" | "compound_statement" | "try_statement"
        )
    });
    let kind = function_kind(&name);
    push(text, &name, kind, with_template(node), body, false, found);
}

/// `TEST(Suite, Name) { ... }`
fn test(text: &str, node: Node<'_>, declarator: Node<'_>, name: &str, found: &mut Declarations) {
    let (Some(parameters), Some(body)) = (
        declarator.child_by_field_name("parameters"),
        node.child_by_field_name("body"),
    ) else {
        return;
    };
    let role = super::test_macro_role(text, name, parameters, body);
    let (suite, title) = match name {
        // A fixture or data set may follow the name.
        _ if name.starts_with("BOOST_") => (None, parameters.named_child(0)),
        _ => (parameters.named_child(0), parameters.named_child(1)),
    };
    if let Some(title) = title
        && role != Role::None
    {
        found.tests.push(DeclaredTest {
            role,
            node: node.byte_range(),
            suite: suite.map(|suite| suite.byte_range()),
            verb: None,
            name: title.byte_range(),
        });
    }
}

/// What is defined outside with a qualifier belongs to a class.
fn function_kind(name: &Name<'_>) -> SymbolKind {
    if name.qualifier.is_some() {
        SymbolKind::Method
    } else {
        SymbolKind::Function
    }
}

fn variables(text: &str, node: Node<'_>, found: &mut Declarations) {
    let in_class = node.kind() == "field_declaration";
    let body = node
        .child_by_field_name("type")
        .and_then(|ty| ty.child_by_field_name("body").map(|body| (ty, body)));
    let anonymous = body.filter(|(ty, _)| ty.child_by_field_name("name").is_none());
    let mut cursor = node.walk();
    let mut first = true;
    for declarator in node.children_by_field_name("declarator", &mut cursor) {
        let Some(name) = name_of(declarator) else {
            continue;
        };
        let function = name.function || name.node.kind() == "operator_cast";
        let kind = match (function, in_class) {
            (true, _) => function_kind(&name),
            (false, true) => SymbolKind::Field,
            (false, false) => SymbolKind::Constant,
        };
        let holds = first && anonymous.is_some();
        first = false;
        let ends = if let Some((_, body)) = anonymous {
            Some(body)
        } else {
            declarator
                .child_by_field_name("value")
                .filter(|value| value.kind() == "initializer_list")
        };
        push(text, &name, kind, with_template(node), ends, !holds, found);
    }
}

fn type_names(text: &str, node: Node<'_>, found: &mut Declarations) {
    let ty = node.child_by_field_name("type");
    let anonymous = ty.filter(|ty| {
        ty.child_by_field_name("name").is_none() && ty.child_by_field_name("body").is_some()
    });
    let mut cursor = node.walk();
    let mut first = true;
    for declarator in node.children_by_field_name("declarator", &mut cursor) {
        let Some(name) = name_of(declarator) else {
            continue;
        };
        let own = anonymous.filter(|_| first && declarator.kind() == "type_identifier");
        first = false;
        let (kind, of) = match own {
            Some(ty) if ty.kind() == "enum_specifier" => (SymbolKind::Enum, own),
            Some(_) => (SymbolKind::Struct, own),
            None => (SymbolKind::TypeAlias, ty),
        };
        let body = of.and_then(|ty| ty.child_by_field_name("body"));
        push(
            text,
            &name,
            kind,
            node.byte_range(),
            body,
            own.is_none(),
            found,
        );
    }
}
