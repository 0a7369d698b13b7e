//! What differs between languages, one file each. The rest of the room is the same for all. The line that declares a file
//! registers it (`server/registered.rs`): [`Language`](crate::Language) has a variant of its name.

pub(crate) mod bash;
pub(crate) mod c;
pub(crate) mod c_sharp;
pub(crate) mod cpp;
pub(crate) mod go;
pub(crate) mod hcl;
pub(crate) mod java;
pub(crate) mod java_script;
pub(crate) mod kotlin;
pub(crate) mod php;
pub(crate) mod python;
pub(crate) mod ruby;
pub(crate) mod rust;
pub(crate) mod scala;
pub(crate) mod sql;
pub(crate) mod swift;
pub(crate) mod tsx;
pub(crate) mod type_script;

use std::ops::Range;

use tree_sitter::Node;

use crate::SymbolKind;
use crate::lexical::Lexis;
use crate::prints::{Quotes, Style};
use crate::routes::Family;

/// A language: grammar, queries and the few decisions that queries cannot take.
pub(crate) struct Definition {
    /// File extensions, without the dot.
    pub(crate) extensions: &'static [&'static str],
    /// The tree-sitter grammar; without one, [`Hooks::declared`] finds all there is.
    pub(crate) grammar: Option<fn() -> tree_sitter::Language>,
    /// `symbols.scm`, `tests.scm`, `comments.scm`, `imports.scm`.
    pub(crate) queries: [&'static str; 4],
    /// `locals.scm`: names bound inside bodies; without it, names count in prints as they are written.
    pub(crate) locals: &'static str,
    /// What of its writing is a formatter's choice.
    pub(crate) style: Style,
    /// Whether a comment, given with its marks, documents something.
    pub(crate) is_doc: fn(comment: &str) -> bool,
    /// What a symbol is to the test runner.
    pub(crate) symbol_role: fn(&SymbolView<'_>) -> Role,
    /// What a call is to the test runner.
    pub(crate) call_role: fn(&CallView<'_>) -> Role,
    /// Whether a group can hold no test: it then is no group (a module, a class).
    pub(crate) empty_groups: bool,
    /// Whether any comment directly above a symbol documents it.
    pub(crate) documents_above: bool,
    /// How tables of tests are read.
    pub(crate) rows: Option<Rows>,
    /// What queries and grammar leave to do.
    pub(crate) hooks: Option<Hooks>,
    /// The languages it shares frameworks with.
    pub(crate) family: Option<Family>,
    /// How comments are found without the grammar; `None` where that takes more than a look at the characters.
    pub(crate) lexis: Option<Lexis>,
}

impl Definition {
    /// Nothing of its own: what a language does not say.
    const PLAIN: Self = Self {
        extensions: &[],
        grammar: None,
        queries: [""; 4],
        locals: "",
        style: Style {
            lines: false,
            quotes: Quotes::Differ,
        },
        is_doc: |_| false,
        symbol_role: |_| Role::None,
        call_role: |_| Role::None,
        empty_groups: false,
        documents_above: false,
        rows: None,
        hooks: None,
        family: None,
        lexis: None,
    };
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
    /// From its start to before its body.
    pub(crate) signature: &'a str,
    pub(crate) has_body: bool,
    /// Names of the items around it, joined with `.`, `""` without.
    pub(crate) container: &'a str,
    /// Superclasses of the symbol directly around it, as written, `""` without.
    pub(crate) outer_bases: &'a str,
}

/// A call as [`Definition::call_role`] sees it.
pub(crate) struct CallView<'a> {
    pub(crate) text: &'a str,
    /// All of it.
    pub(crate) call: Node<'a>,
    pub(crate) callee: Node<'a>,
    pub(crate) arguments: Option<Node<'a>>,
    /// The block given to it, or standing behind it.
    pub(crate) block: Option<Node<'a>>,
    /// Whether the first argument is written as a string.
    pub(crate) literal: bool,
    /// Kind of the second argument in the grammar, `""` without.
    pub(crate) second: &'a str,
}

/// What few languages need.
#[derive(Clone, Copy)]
pub(crate) struct Hooks {
    /// The text as the grammar can read it, of the same length; `None` if it is fine as it is.
    pub(crate) prepared: fn(text: &str) -> Option<String>,
    /// What queries find no way to.
    pub(crate) declared: fn(text: &str, root: Option<Node<'_>>) -> Declarations,
}

/// Items and tests that [`Hooks::declared`] finds.
#[derive(Default)]
pub(crate) struct Declarations {
    pub(crate) items: Vec<Declared>,
    pub(crate) tests: Vec<DeclaredTest>,
    /// Items that are skipped without a condition.
    pub(crate) skipped: Vec<Range<usize>>,
}

/// A named item.
pub(crate) struct Declared {
    /// `None` for an item that only lends its name as a container.
    pub(crate) kind: Option<SymbolKind>,
    pub(crate) node: Range<usize>,
    pub(crate) name: Range<usize>,
    /// A container written with the name.
    pub(crate) container: Option<Range<usize>>,
    pub(crate) body: Option<Range<usize>>,
    /// Superclasses.
    pub(crate) bases: Option<Range<usize>>,
    /// Nothing in its range lies in it: `int a, b;`.
    pub(crate) leaf: bool,
}

/// A test that is no symbol and no call.
pub(crate) struct DeclaredTest {
    pub(crate) role: Role,
    pub(crate) node: Range<usize>,
    /// The suite it names.
    pub(crate) suite: Option<Range<usize>>,
    /// A word of its full name beside its name: before that of a test, behind that of a group.
    pub(crate) verb: Option<Range<usize>>,
    pub(crate) name: Range<usize>,
}

/// Gives each row of a table of tests, and its title.
pub(crate) type Rows = for<'a> fn(&TableView<'a>, &mut dyn FnMut(Node<'a>, Node<'a>));

/// A loop over a table of tests, as [`Rows`] sees it.
pub(crate) struct TableView<'a> {
    pub(crate) text: &'a str,
    pub(crate) looped: Node<'a>,
    /// The table, or the name of something we do not know.
    pub(crate) table: Node<'a>,
    /// What the loop names each test after.
    pub(crate) title: &'a Range<usize>,
}

/// What something is to the test runner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    None,
    Case { skipped: bool, asserts: bool },
    Group { skipped: bool },
}

impl Role {
    /// Skipped too if `skip` says so.
    pub(crate) fn or_skipped(self, skip: bool) -> Self {
        match self {
            Self::Case { skipped, asserts } => Self::Case {
                skipped: skipped || skip,
                asserts,
            },
            Self::Group { skipped } => Self::Group {
                skipped: skipped || skip,
            },
            Self::None => Self::None,
        }
    }
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
                    "ASSERT", "EXPECT", "REQUIRE", "CHECK", "VERIFY", "FAIL", "QCOMPARE",
                ]
                .iter()
                .any(|word| segment.contains(word))
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
