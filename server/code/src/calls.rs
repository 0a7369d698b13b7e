//! Calls, annotations, bindings and functions of a parsed file, in one form for all languages: what routes and
//! clients are read from. Nothing here knows what a call means.

mod literal;
mod parts;

use std::cell::Cell;

use rustc_hash::FxHashMap;
use tree_sitter::{Node, Tree};

pub(crate) use literal::Literal;

use crate::Language;

/// Calls kept of one file.
const MAX_CALLS: usize = 50_000;

/// Arguments of one call that are looked at.
const MAX_ARGUMENTS: usize = 64;

/// Values of one name that are looked at.
const MAX_BINDINGS: usize = 64;

/// Longest expression that is compared as text, in bytes.
const MAX_CALLEE: usize = 96;

/// Nodes that may be visited while calls are followed from one to the next; real files need a hundredth.
const WORK: usize = 400_000;

/// A call, or an annotation, attribute or decorator.
pub(crate) struct Call<'t> {
    pub(crate) node: Node<'t>,
    /// What stands before the last dot of the callee.
    pub(crate) receiver: Option<Node<'t>>,
    /// The last word of the callee.
    pub(crate) name: &'t str,
    /// The whole callee, `""` if it is long.
    pub(crate) callee: &'t str,
    pub(crate) arguments: Vec<Argument<'t>>,
    /// Written above something instead of called.
    pub(crate) note: bool,
    /// The innermost function around it.
    pub(crate) function: Option<u32>,
}

/// Where a chain of calls begins.
pub(crate) enum Root<'a, 't> {
    /// With a call; `None` if it is too long to tell.
    Call(Option<&'a Call<'t>>),
    /// With a value: `app` of `app.route(..)`.
    Value(Node<'t>),
}

/// One argument.
pub(crate) struct Argument<'t> {
    /// `prefix` of `prefix="/x"`, where arguments have names.
    pub(crate) name: Option<&'t str>,
    pub(crate) value: Node<'t>,
}

/// A name that is given a value.
pub(crate) struct Binding<'t> {
    /// As written: `app`, `self.router`.
    pub(crate) name: &'t str,
    pub(crate) value: Node<'t>,
    pub(crate) function: Option<u32>,
}

/// A function of any kind: its bytes and parameters.
pub(crate) struct Function<'t> {
    pub(crate) range: std::ops::Range<usize>,
    pub(crate) parent: Option<u32>,
    /// `None` for a closure.
    pub(crate) name: Option<&'t str>,
    /// Names with types as written, `""` without.
    pub(crate) parameters: Vec<(&'t str, &'t str)>,
}

/// Everything of one file, by start offset, the outer before the inner.
pub(crate) struct Calls<'t> {
    pub(crate) text: &'t str,
    pub(crate) language: Language,
    pub(crate) all: Vec<Call<'t>>,
    pub(crate) bindings: Vec<Binding<'t>>,
    pub(crate) functions: Vec<Function<'t>>,
    pub(crate) truncated: bool,
    of_node: FxHashMap<usize, u32>,
    of_name: FxHashMap<&'t str, Vec<u32>>,
    work: Cell<usize>,
}

impl<'t> Calls<'t> {
    pub(crate) fn of(language: Language, text: &'t str, tree: &'t Tree) -> Self {
        let mut calls = Self {
            text,
            language,
            all: Vec::new(),
            bindings: Vec::new(),
            functions: Vec::new(),
            truncated: false,
            of_node: FxHashMap::default(),
            of_name: FxHashMap::default(),
            work: Cell::new(WORK),
        };
        let mut open: Vec<u32> = Vec::new();
        let mut cursor = tree.walk();
        loop {
            let node = cursor.node();
            if node.is_named() {
                calls.take(node, &mut open);
            }
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return calls;
                }
            }
        }
    }

    fn take(&mut self, node: Node<'t>, open: &mut Vec<u32>) {
        while let Some(index) = open.last()
            && self.functions[*index as usize].range.end <= node.start_byte()
        {
            open.pop();
        }
        let around = open.last().copied();
        if let Some(function) = parts::function(self.text, node) {
            open.push(self.functions.len() as u32);
            self.functions.push(Function {
                parent: around,
                ..function
            });
            return;
        }
        parts::bindings(self.text, node, |name, value| {
            let index = self.bindings.len() as u32;
            self.of_name.entry(name).or_default().push(index);
            self.bindings.push(Binding {
                name,
                value: plain(value),
                function: around,
            });
        });
        if let Some(call) = parts::call(self.language, self.text, node, around) {
            if self.all.len() == MAX_CALLS {
                self.truncated = true;
                return;
            }
            self.of_node
                .entry(call.node.id())
                .and_modify(|index| {
                    if call.note
                        && let Some(known) = self.all.get_mut(*index as usize)
                    {
                        known.note = true;
                    }
                })
                .or_insert_with(|| {
                    self.all.push(call);
                    self.all.len() as u32 - 1
                });
        }
    }

    /// The call that a node is.
    pub(crate) fn call(&self, node: Node<'t>) -> Option<&Call<'t>> {
        let node = plain(node);
        // Work that is used up ends every chain; a file of nothing but calls stays linear.
        self.work.set(self.work.get().checked_sub(1)?);
        let index = *self.of_node.get(&node.id())?;
        self.all.get(index as usize)
    }

    /// What a name is given, in the order of the text.
    pub(crate) fn bound(&self, name: &str) -> impl Iterator<Item = &Binding<'t>> {
        let known = self.of_name.get(name).filter(|_| !name.is_empty());
        known
            .into_iter()
            .flatten()
            .take(MAX_BINDINGS)
            .filter_map(|index| self.bindings.get(*index as usize))
    }

    /// The call before the dot.
    pub(crate) fn before(&self, call: &Call<'t>) -> Option<&Call<'t>> {
        self.call(call.receiver?)
    }

    /// The function that a node is.
    pub(crate) fn function_at(&self, node: Node<'t>) -> Option<u32> {
        let range = plain(node).byte_range();
        let first = self
            .functions
            .partition_point(|function| function.range.start < range.start);
        let at = self.functions[first..]
            .iter()
            .take_while(|function| function.range.start == range.start)
            .position(|function| function.range == range)?;
        Some((first + at) as u32)
    }

    /// The function of a name, if the file has one only.
    pub(crate) fn function_named(&self, name: &str) -> Option<u32> {
        let declared = (0_u32..)
            .zip(&self.functions)
            .filter(|(_, function)| function.name == Some(name))
            .map(|(index, _)| index);
        let bound = self
            .bindings
            .iter()
            .filter(|binding| binding.name == name)
            .filter_map(|binding| self.function_at(binding.value));
        let mut all = declared.chain(bound);
        all.next()
            .filter(|_| all.next().is_none() && !name.is_empty())
    }

    /// The first call of a chain: `Router::new()` of `Router::new().route(..).layer(..)`; what it is called on, if that
    /// is no call.
    pub(crate) fn root(&self, call: &Call<'t>) -> Root<'_, 't> {
        let mut call = call;
        let mut root = Root::Call(self.call(call.node));
        while let Some(receiver) = call.receiver {
            let Some(before) = self.call(receiver) else {
                if !matches!(
                    receiver.kind(),
                    "identifier" | "scoped_identifier" | "field_expression" | "self"
                ) {
                    return Root::Call(None);
                }
                // `Router::new()`: a path is no value.
                if call
                    .node
                    .child_by_field_name("function")
                    .is_some_and(|callee| matches!(callee.kind(), "scoped_identifier"))
                {
                    return root;
                }
                return Root::Value(receiver);
            };
            call = before;
            root = Root::Call(Some(before));
        }
        root
    }

    /// A short expression as text, `""` if it is long.
    pub(crate) fn short(&self, node: Node<'t>) -> &'t str {
        short(self.text, plain(node))
    }

    /// The function around a function.
    pub(crate) fn parent(&self, function: u32) -> Option<u32> {
        self.functions.get(function as usize)?.parent
    }

    /// The string that a node is.
    pub(crate) fn literal(&self, node: Node<'t>) -> Option<Literal<'t>> {
        literal::of(self.text, plain(node))
    }

    /// Bytes of a string without anything put into it and without escapes: it means what is written.
    pub(crate) fn constant(&self, node: Node<'t>) -> Option<std::ops::Range<usize>> {
        let literal = self.literal(node)?;
        let written = self.text.get(literal.range.clone())?;
        // `$name` needs no braces there.
        if self.language == Language::Kotlin && written.contains('$') {
            return None;
        }
        (literal.holes.is_empty() && (literal.raw || !written.contains('\\')))
            .then_some(literal.range)
    }

    /// A constant string's text.
    pub(crate) fn constant_text(&self, node: Node<'t>) -> Option<&'t str> {
        self.text.get(self.constant(node)?)
    }

    /// Named parts of an object, dictionary or initializer: `{ url: "/x" }`.
    pub(crate) fn entries(&self, node: Node<'t>) -> Vec<(&'t str, Node<'t>)> {
        parts::entries(self.text, plain(node))
    }
}

impl<'t> Call<'t> {
    /// The argument at a place, if it has no name.
    pub(crate) fn at(&self, index: usize) -> Option<Node<'t>> {
        let argument = self.arguments.get(index)?;
        argument.name.is_none().then_some(argument.value)
    }

    /// The argument of a name.
    pub(crate) fn named(&self, names: &[&str]) -> Option<Node<'t>> {
        self.arguments
            .iter()
            .find(|argument| argument.name.is_some_and(|name| names.contains(&name)))
            .map(|argument| argument.value)
    }

    /// Arguments without names.
    pub(crate) fn positional(&self) -> impl Iterator<Item = Node<'t>> {
        self.arguments
            .iter()
            .filter(|argument| argument.name.is_none())
            .map(|argument| argument.value)
    }
}

/// The elements of a list, or the node itself.
pub(crate) fn elements(node: Node<'_>) -> Vec<Node<'_>> {
    parts::elements(plain(node))
}

/// Without `await`, parentheses, casts and the like.
fn plain(mut node: Node<'_>) -> Node<'_> {
    for _ in 0..8 {
        let inner = match node.kind() {
            "await_expression"
            | "await"
            | "parenthesized_expression"
            | "as_expression"
            | "satisfies_expression"
            | "non_null_expression"
            | "try_expression"
            | "reference_expression"
            | "unary_expression"
            | "expression_list" => node.named_child(0),
            _ => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => break,
        }
    }
    node
}

fn short<'t>(text: &'t str, node: Node<'_>) -> &'t str {
    let range = node.byte_range();
    if range.len() > MAX_CALLEE {
        return "";
    }
    text.get(range).unwrap_or_default()
}
