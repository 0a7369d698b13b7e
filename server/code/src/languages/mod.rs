//! What differs between languages, one file each. The rest of the room is the same for all.

pub(crate) mod javascript;
pub(crate) mod python;
pub(crate) mod ruby;
pub(crate) mod rust;
pub(crate) mod typescript;

use tree_sitter::Node;

use crate::SymbolKind;

/// A language: grammar, queries and the few decisions that queries cannot take.
pub(crate) struct Definition {
    /// File extensions, without the dot.
    pub(crate) extensions: &'static [&'static str],
    /// The tree-sitter grammar.
    pub(crate) grammar: fn() -> tree_sitter::Language,
    /// `symbols.scm`, `tests.scm`, `comments.scm`, `imports.scm`.
    pub(crate) queries: [&'static str; 4],
    /// Whether a comment, given with its marks, documents something.
    pub(crate) is_doc: fn(comment: &str) -> bool,
    /// What a symbol is to the test runner.
    pub(crate) symbol_role: fn(&SymbolView<'_>) -> Role,
    /// What a call is to the test runner.
    pub(crate) call_role: fn(&CallView<'_>) -> Role,
    /// Whether a group can hold no test: it then is no group (a module, a class).
    pub(crate) empty_groups: bool,
}

/// A symbol as [`Definition::symbol_role`] sees it.
pub(crate) struct SymbolView<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: SymbolKind,
    /// Kind of the symbol directly around it.
    pub(crate) parent: Option<SymbolKind>,
    /// Whether a group of tests is directly around it.
    pub(crate) in_group: bool,
    /// Attributes or decorators, marks included, nearest first.
    pub(crate) attributes: &'a [&'a str],
    /// Superclasses as written, `""` without.
    pub(crate) bases: &'a str,
}

/// A call as [`Definition::call_role`] sees it.
pub(crate) struct CallView<'a> {
    pub(crate) text: &'a str,
    /// All of it.
    pub(crate) call: Node<'a>,
    pub(crate) callee: Node<'a>,
    /// Whether the first argument is written as a string.
    pub(crate) literal: bool,
    /// Kind of the second argument in the grammar, `""` without.
    pub(crate) second: &'a str,
}

/// What something is to the test runner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    None,
    Case { skipped: bool, asserts: bool },
    Group { skipped: bool },
}

/// Whether a callee or macro asserts, by its name alone.
///
/// Generous on purpose: "this test asserts nothing" must be certain.
pub(crate) fn is_assertion(callee: &str) -> bool {
    callee
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|segment| !segment.is_empty())
        .any(|segment| {
            segment.contains("assert")
                || segment.contains("Assert")
                || [
                    "expect",
                    "verify",
                    "should",
                    "check",
                    "ensure",
                    "raises",
                    "fail",
                    "panic",
                    "unreachable",
                    "must",
                    "refute",
                    "flunk",
                ]
                .iter()
                .any(|word| segment.starts_with(word))
        })
}
