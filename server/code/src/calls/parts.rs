//! How calls, bindings and functions are written in each grammar.

use tree_sitter::Node;

use super::{Argument, Call, Function, MAX_ARGUMENTS, short};
use crate::Language;

/// The call, annotation, attribute or decorator that a node is.
pub(super) fn call<'t>(
    language: Language,
    text: &'t str,
    node: Node<'t>,
    function: Option<u32>,
) -> Option<Call<'t>> {
    let field = |name: &str| node.child_by_field_name(name);
    let mut note = false;
    let mut at = node;
    let (callee, list) = match node.kind() {
        "call_expression" => match field("function") {
            Some(callee) => (callee, field("arguments")),
            None => (node.named_child(0)?, child(node, "value_arguments")),
        },
        "call" if language == Language::Ruby => {
            let method = field("method")?;
            return Some(Call {
                node,
                receiver: field("receiver"),
                name: short(text, method),
                callee: short(text, method),
                arguments: arguments(text, field("arguments")),
                note,
                function,
            });
        }
        "call" | "invocation_expression" => (field("function")?, field("arguments")),
        "method_invocation" => {
            let name = field("name")?;
            return Some(Call {
                node,
                receiver: field("object"),
                name: short(text, name),
                callee: field("object").map_or("", |object| short(text, object)),
                arguments: arguments(text, field("arguments")),
                note,
                function,
            });
        }
        "new_expression" => (field("constructor")?, field("arguments")),
        "object_creation_expression" => (field("type")?, field("arguments")),
        "annotation" | "marker_annotation" | "attribute_item" | "decorator" => {
            note = true;
            match node.kind() {
                "attribute_item" => return attribute(text, node.named_child(0)?, node, function),
                "decorator" => {
                    let inner = node.named_child(0)?;
                    if matches!(inner.kind(), "call" | "call_expression") {
                        at = inner;
                        (
                            inner.child_by_field_name("function")?,
                            inner.child_by_field_name("arguments"),
                        )
                    } else {
                        (inner, None)
                    }
                }
                _ => {
                    if let Some(name) = field("name") {
                        (name, field("arguments"))
                    } else {
                        // Kotlin.
                        let made = child(node, "constructor_invocation");
                        let holder = made.unwrap_or(node);
                        (
                            child(holder, "user_type")?,
                            made.and_then(|made| child(made, "value_arguments")),
                        )
                    }
                }
            }
        }
        "attribute" if field("name").is_some() => {
            note = true;
            (field("name")?, child(node, "attribute_argument_list"))
        }
        _ => return None,
    };
    let (receiver, name) = split(callee);
    Some(Call {
        node: at,
        receiver,
        name: short(text, name),
        callee: short(text, callee),
        arguments: arguments(text, arguments_of(list)),
        note,
        function,
    })
}

/// A generator as the only argument has no list.
fn arguments_of(arguments: Option<Node<'_>>) -> Option<Node<'_>> {
    arguments.filter(|list| list.kind() != "generator_expression")
}

/// What stands before the last dot, and the word behind it.
fn split(callee: Node<'_>) -> (Option<Node<'_>>, Node<'_>) {
    let field = |name: &str| callee.child_by_field_name(name);
    let (receiver, name) = match callee.kind() {
        "member_expression" => (field("object"), field("property")),
        "attribute" => (field("object"), field("attribute")),
        "field_expression" => (field("value"), field("field")),
        "scoped_identifier" | "scoped_type_identifier" => (field("path"), field("name")),
        "selector_expression" => (field("operand"), field("field")),
        "member_access_expression" => (field("expression"), field("name")),
        "generic_function" => return field("function").map_or((None, callee), split),
        "generic_name" | "generic_type" => (None, callee.named_child(0)),
        "navigation_expression" => (callee.named_child(0), last(callee)),
        "user_type" | "qualified_name" => (None, last(callee)),
        _ => (None, None),
    };
    let name = match name {
        Some(name) if name.kind() == "generic_name" => name.named_child(0).unwrap_or(name),
        Some(name) => name,
        None => callee,
    };
    (receiver, name)
}

fn last(node: Node<'_>) -> Option<Node<'_>> {
    node.named_child(node.named_child_count().checked_sub(1)? as u32)
}

fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() == kind)
}

fn is_comment(node: Node<'_>) -> bool {
    node.kind().ends_with("comment")
}

fn arguments<'t>(text: &'t str, list: Option<Node<'t>>) -> Vec<Argument<'t>> {
    let Some(list) = list else { return Vec::new() };
    let mut cursor = list.walk();
    list.named_children(&mut cursor)
        .filter(|child| !is_comment(*child))
        .take(MAX_ARGUMENTS)
        .filter_map(|child| {
            let field = |name: &str| child.child_by_field_name(name);
            let (name, value) = match child.kind() {
                "keyword_argument" => (field("name"), field("value")?),
                "pair" | "element_value_pair" => (field("key"), field("value")?),
                "argument" | "attribute_argument" => {
                    let value = last(child)?;
                    (field("name").filter(|name| *name != value), value)
                }
                "value_argument" => {
                    let value = last(child)?;
                    (child.named_child(0).filter(|name| *name != value), value)
                }
                _ => (None, child),
            };
            Some(Argument {
                name: name.map(|name| short(text, name).trim_matches([':', '"', '\''])),
                value,
            })
        })
        .collect()
}

/// `#[get("/users/{id}", name = "x")]`: strings of the token tree, with the word and `=` before them as names.
fn attribute<'t>(
    text: &'t str,
    attribute: Node<'t>,
    item: Node<'t>,
    function: Option<u32>,
) -> Option<Call<'t>> {
    let path = attribute.named_child(0)?;
    let mut arguments = Vec::new();
    if let Some(tokens) = attribute.child_by_field_name("arguments") {
        let mut cursor = tokens.walk();
        let (mut word, mut equals) = (None, false);
        for token in tokens.children(&mut cursor).take(4 * MAX_ARGUMENTS) {
            match token.kind() {
                "identifier" => (word, equals) = (Some(short(text, token)), false),
                "=" => equals = word.is_some(),
                "," => (word, equals) = (None, false),
                kind if kind.ends_with("literal") => arguments.push(Argument {
                    name: word.filter(|_| equals),
                    value: token,
                }),
                _ => {}
            }
        }
    }
    let (receiver, name) = split(path);
    Some(Call {
        node: item,
        receiver,
        name: short(text, name),
        callee: short(text, path),
        arguments,
        note: true,
        function,
    })
}

/// Names that are given values by a node.
pub(super) fn bindings<'t>(text: &'t str, node: Node<'t>, mut take: impl FnMut(&'t str, Node<'t>)) {
    let field = |name: &str| node.child_by_field_name(name);
    let (name, value) = match node.kind() {
        "variable_declarator" | "public_field_definition" => {
            let name = field("name");
            let value = field("value").or_else(|| last(node));
            (name, value.filter(|value| Some(*value) != name))
        }
        "assignment_expression"
        | "assignment"
        | "short_var_declaration"
        | "assignment_statement" => (field("left"), field("right")),
        "let_declaration" => (field("pattern"), field("value")),
        "var_spec" => (field("name"), field("value")),
        // `with client() as c`
        "as_pattern" => (field("alias"), node.named_child(0)),
        _ => return,
    };
    let (Some(name), Some(value)) = (name, value) else {
        return;
    };
    if name.kind() == "expression_list" && value.kind() == "expression_list" {
        let (mut names, mut values) = (name.walk(), value.walk());
        for (name, value) in name
            .named_children(&mut names)
            .zip(value.named_children(&mut values))
            .take(MAX_ARGUMENTS)
        {
            take(short(text, name), value);
        }
    } else {
        let name = if name.kind() == "mut_pattern" {
            last(name).unwrap_or(name)
        } else {
            name
        };
        take(short(text, name), value);
    }
}

/// The function that a node is; `parent` is left open.
pub(super) fn function<'t>(text: &'t str, node: Node<'t>) -> Option<Function<'t>> {
    let kind = node.kind();
    let is_function = matches!(
        kind,
        "function_declaration"
            | "generator_function_declaration"
            | "function_expression"
            | "generator_function"
            | "arrow_function"
            | "method_definition"
            | "function_definition"
            | "lambda"
            | "function_item"
            | "closure_expression"
            | "method_declaration"
            | "constructor_declaration"
            | "local_function_statement"
            | "lambda_expression"
            | "lambda_literal"
            | "func_literal"
    );
    if !is_function {
        return None;
    }
    let mut parameters = Vec::new();
    for list in ["receiver", "parameters", "parameter"] {
        if let Some(list) = node.child_by_field_name(list) {
            if list.kind() == "identifier" || list.kind() == "implicit_parameter" {
                parameters.push((short(text, list), ""));
                continue;
            }
            let mut cursor = list.walk();
            for parameter in list.named_children(&mut cursor).take(MAX_ARGUMENTS) {
                parameters.extend(one_parameter(text, parameter));
            }
        }
    }
    Some(Function {
        range: node.byte_range(),
        parent: None,
        name: node
            .child_by_field_name("name")
            .map(|name| short(text, name)),
        parameters,
    })
}

fn one_parameter<'t>(text: &'t str, parameter: Node<'t>) -> Option<(&'t str, &'t str)> {
    if is_comment(parameter) {
        return None;
    }
    let field = |name: &str| parameter.child_by_field_name(name);
    let name = field("name")
        .or_else(|| field("pattern"))
        .or_else(|| {
            parameter
                .named_child(0)
                .filter(|child| child.kind() == "identifier")
        })
        .unwrap_or(parameter);
    let types = field("type").map_or("", |types| short(text, types));
    Some((short(text, name), types.trim_start_matches(':').trim()))
}

/// The named parts of an object or dictionary.
pub(super) fn entries<'t>(text: &'t str, node: Node<'t>) -> Vec<(&'t str, Node<'t>)> {
    if !matches!(
        node.kind(),
        "object" | "dictionary" | "hash" | "argument_list"
    ) {
        return Vec::new();
    }
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .take(MAX_ARGUMENTS)
        .filter_map(|child| match child.kind() {
            "pair" | "keyword_argument" => {
                let key = child
                    .child_by_field_name("key")
                    .or_else(|| child.child_by_field_name("name"))?;
                Some((
                    short(text, key).trim_matches([':', '"', '\'']),
                    child.child_by_field_name("value")?,
                ))
            }
            "shorthand_property_identifier" => Some((short(text, child), child)),
            "method_definition" => Some((short(text, child.child_by_field_name("name")?), child)),
            _ => None,
        })
        .collect()
}

/// The elements of a list, or the node itself.
pub(super) fn elements(node: Node<'_>) -> Vec<Node<'_>> {
    if !matches!(
        node.kind(),
        "array"
            | "list"
            | "tuple"
            | "set"
            | "symbol_array"
            | "string_array"
            | "element_value_array_initializer"
            | "collection_literal"
    ) {
        return vec![node];
    }
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .filter(|child| !is_comment(*child))
        .take(MAX_ARGUMENTS)
        .collect()
}
