//! Everything the queries find in one file, sorted, before it becomes facts.

use std::cmp::Reverse;

use tree_sitter::{Node, Tree};

use super::{
    Span, Spoken, budget,
    patterns::Stopped,
    query::{Use, compiled},
    spent,
};
use crate::{
    Language, SymbolKind, comments,
    languages::{CallView, Definition, Role, TableView, is_assertion},
    plain,
    prints::Names,
};

/// Arguments among which the title of a test is looked for.
const MAX_TITLE_INDEX: u32 = 2;

/// Bytes of a callee that are looked at for an assertion's name.
const CALLEE: usize = 80;

/// A named item, or with `kind` unset an item that only lends its name.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) kind: Option<SymbolKind>,
    /// Without attributes, as the grammar has it.
    pub(super) node: Span,
    pub(super) name: Span,
    pub(super) body: Option<Span>,
    /// A container written with the name.
    pub(super) container: Option<Span>,
    /// Functions directly inside are methods, whatever the kind.
    pub(super) owns_methods: bool,
    /// Nothing lies in it, whatever its range.
    pub(super) leaf: bool,
    /// Where it counts.
    pub(super) within: Within,
    pub(super) bases: Option<Span>,
    /// The place of its pattern in the query.
    pub(super) pattern: usize,
}

/// Around which symbols an item counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Within {
    #[default]
    Anything,
    Constant,
    Type,
}

impl Within {
    /// Whether an item counts that stands directly in a symbol of this kind.
    pub(super) fn admits(self, around: Option<SymbolKind>) -> bool {
        match self {
            Self::Anything => true,
            Self::Constant => around == Some(SymbolKind::Constant),
            Self::Type => around.is_some_and(|kind| {
                kind.owns_methods() || matches!(kind, SymbolKind::TypeAlias | SymbolKind::Field)
            }),
        }
    }
}

/// A test or a group of tests that is a call.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) role: Role,
    pub(super) node: Span,
    /// A suite that is written with the title.
    pub(super) suite: Option<Span>,
    /// A word of its full name beside the title.
    pub(super) verb: Option<Span>,
    pub(super) title: Span,
}

/// An import before its names are known.
#[derive(Debug, Clone)]
pub(super) struct Importing {
    /// The node that holds the path and the names.
    pub(super) node: Span,
    pub(super) path: Span,
}

/// All captures of one file, sorted by offset.
#[derive(Debug, Default)]
pub(super) struct Captures {
    pub(super) items: Vec<Item>,
    /// Wrapper of an item and the item, by the item's start.
    pub(super) wrapped: Vec<(Span, Span)>,
    pub(super) attributes: Vec<Span>,
    pub(super) assertions: Vec<usize>,
    /// Callees that do not assert by their name.
    pub(super) called: Vec<Span>,
    pub(super) skipped: Vec<Span>,
    /// Titles given beside the names of tests, quotes included.
    pub(super) displays: Vec<Span>,
    pub(super) calls: Vec<Call>,
    pub(super) imports: Vec<Importing>,
    /// Names that imports bind.
    pub(super) bound: Vec<Span>,
    pub(super) spoken: Spoken,
    /// Names that are bound inside bodies.
    pub(super) names: Names,
    pub(super) truncated: bool,
    /// Something in the file is not in the grammar.
    pub(super) broken: bool,
}

/// The captures of one match that belong together.
#[derive(Default)]
struct Match<'a> {
    item: Option<(Option<SymbolKind>, Span)>,
    within: Within,
    mixin: bool,
    name: Option<Span>,
    container: Option<Span>,
    body: Option<Span>,
    bases: Option<Span>,
    outer: Option<Span>,
    inner: Option<Span>,
    case: Option<Span>,
    call: Option<Node<'a>>,
    callee: Option<Node<'a>>,
    title: Option<Span>,
    second: &'a str,
    last: Option<Span>,
    table: Option<Node<'a>>,
    looped: Option<Node<'a>>,
    rows: Option<Node<'a>>,
    import: Option<Span>,
    path: Option<Span>,
    local: Option<Span>,
    past: Option<Span>,
    around: Option<Span>,
}

impl Captures {
    /// `None` if cancelled, or if the language's queries do not compile (a test holds that they do).
    pub(super) fn of(
        language: Language,
        text: &str,
        tree: &Tree,
        cancel: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let compiled = compiled(language)?;
        let mut captures = Self::default();
        let mut tables: Vec<(Span, Node<'_>)> = Vec::new();
        let mut budget = budget(text);
        let mut stop = || spent(&mut budget) || cancel();
        let found = compiled
            .patterns
            .find(tree, text, &mut stop, &mut |pattern, found| {
                let mut one = Match::default();
                for (capture, node) in found {
                    if let Some(usage) = compiled.uses.get(usize::from(*capture)) {
                        captures.take(text, language.definition(), *usage, *node, &mut one);
                    }
                }
                if let (Some(table), Some(name)) = (one.table, &one.name) {
                    tables.push((name.clone(), table));
                } else if let (Some(looped), Some(rows), Some(title), Some(read)) =
                    (one.looped, one.rows, &one.title, language.definition().rows)
                {
                    let run = TableView {
                        text,
                        looped,
                        table: table_of(text, &tables, rows, title),
                        title,
                    };
                    read(&run, &mut |node, title| captures.row(node, title));
                }
                captures.settle(text, language.definition(), pattern, one);
            });
        if found == Err(Stopped::Asked) {
            return None;
        }
        captures.truncated = found.is_err();
        captures.declared(language, text, Some(tree));
        captures.broken = tree.root_node().has_error();
        captures.sort();
        Some(captures)
    }

    /// What the language finds by itself, with comments and strings by a simple scan.
    pub(super) fn without_grammar(language: Language, text: &str) -> Self {
        let extension = language.definition().extensions.first();
        let mut captures = Self {
            spoken: plain::spoken(text, extension.copied().unwrap_or_default()),
            ..Self::default()
        };
        captures.declared(language, text, None);
        captures.sort();
        captures
    }

    /// Files what stands alone; puts what belongs together into `one`.
    fn take<'a>(
        &mut self,
        text: &str,
        definition: &Definition,
        usage: Use,
        node: Node<'a>,
        one: &mut Match<'a>,
    ) {
        let span = node.byte_range();
        match usage {
            // A preprocessor line takes its line end along.
            Use::Symbol(kind) => one.item = Some((Some(kind), comments::trimmed(text, span))),
            Use::Member => {
                one.within = Within::Constant;
                one.item = Some((Some(SymbolKind::Method), span));
            }
            Use::Scope => one.item = Some((None, span)),
            Use::Mixin => {
                one.mixin = true;
                one.item = Some((Some(SymbolKind::Module), span));
            }
            Use::Container => one.container = Some(span),
            Use::MarkedName => one.name = Some(unmarked(text, span)),
            Use::Property => {
                one.within = Within::Type;
                one.item = Some((Some(SymbolKind::Field), span));
            }
            Use::Outer => one.outer = Some(span),
            Use::Inner => one.inner = Some(span),
            Use::Name => one.name = Some(span),
            Use::Body => one.body = Some(span),
            Use::Bases => one.bases = Some(span),
            Use::Attribute => self.attributes.push(span),
            Use::Assertion => self.assertions.push(span.start),
            Use::AssertionCallee => {
                if is_assertion(tail(text, &span)) {
                    self.assertions.push(span.start);
                } else {
                    self.called.push(span);
                }
            }
            Use::Skip => self.skipped.push(span),
            Use::Call => self.call(text, definition, node),
            Use::Display => self.displays.push(span),
            Use::TestCase => one.case = Some(span),
            Use::TestCall => one.call = Some(node),
            Use::TestCallee => one.callee = Some(node),
            Use::TestTitle => one.title = Some(span),
            Use::TestMore => one.second = node.kind(),
            Use::TestLast => one.last = Some(span),
            Use::TestTable => one.table = Some(node),
            Use::TestLoop => one.looped = Some(node),
            Use::TestRows => one.rows = Some(node),
            Use::Import => one.import = Some(span),
            Use::ImportPath => one.path = Some(joined(one.path.take(), span)),
            Use::ImportName => self.bound.push(span),
            Use::Comment => self.spoken.comments.push(comments::trimmed(text, span)),
            Use::Docstring => self.spoken.docstrings.push(span),
            Use::String => self.spoken.strings.push(span),
            Use::Local => one.local = Some(span),
            Use::LocalLower => {
                let word = text.get(span.clone()).unwrap_or_default();
                if !word.starts_with(char::is_uppercase) {
                    one.local = Some(span);
                }
            }
            Use::LocalPast => one.past = Some(span),
            Use::LocalAround => one.around = Some(span),
            Use::LocalScope => self.names.scopes.push(span),
            Use::Label => self.names.labels.push(span.start),
            Use::Private => {}
        }
    }

    /// Files a call by its fields `method` or `function` and `arguments`.
    fn call(&mut self, text: &str, definition: &Definition, call: Node<'_>) {
        let field = |name: &str| call.child_by_field_name(name);
        let Some(callee) = field("method").or_else(|| field("function")) else {
            return;
        };
        if is_assertion(tail(text, &callee.byte_range())) {
            self.assertions.push(call.start_byte());
        }
        let arguments = field("arguments");
        let argument = |index| arguments.and_then(|list| list.named_child(index));
        let title = (0..MAX_TITLE_INDEX)
            .filter_map(argument)
            .map(|node| node.byte_range())
            .find(|title| is_literal(text, title))
            .or_else(|| argument(0).map(|node| node.byte_range()));
        let behind = block_behind(call);
        let role = (definition.call_role)(&CallView {
            text,
            call,
            callee,
            arguments,
            block: field("block").or(behind),
            literal: title.as_ref().is_some_and(|title| is_literal(text, title)),
            second: argument(1).map_or("", |node| node.kind()),
        });
        if role != Role::None {
            let end = behind.map_or(call.end_byte(), |block| block.end_byte());
            self.calls.push(Call {
                role,
                node: call.start_byte()..end,
                suite: None,
                verb: None,
                title: title.unwrap_or_else(|| callee.byte_range()),
            });
        }
    }

    /// Files what the language finds by itself.
    fn declared(&mut self, language: Language, text: &str, tree: Option<&Tree>) {
        let Some(hooks) = language.definition().hooks else {
            return;
        };
        let found = (hooks.declared)(text, tree.map(Tree::root_node));
        self.items.extend(found.items.into_iter().map(|item| Item {
            pattern: usize::MAX,
            kind: item.kind,
            node: item.node,
            name: item.name,
            body: item.body,
            container: item.container,
            owns_methods: false,
            leaf: item.leaf,
            within: Within::default(),
            bases: item.bases,
        }));
        self.skipped.extend(found.skipped);
        self.calls.extend(found.tests.into_iter().map(|test| Call {
            role: test.role,
            node: test.node,
            suite: test.suite,
            verb: test.verb,
            title: test.name,
        }));
    }

    /// Files what one match says with several captures.
    fn settle(&mut self, text: &str, definition: &Definition, pattern: usize, one: Match<'_>) {
        if let (Some(outer), Some(inner)) = (one.outer, one.inner) {
            self.wrapped.push((outer, inner));
        } else if let Some(local) = one.local {
            match one.around {
                Some(around) => self.names.around.push((local, around)),
                None => self.names.locals.push((local, one.past)),
            }
        } else if let Some(path) = one.path {
            let node = one.import.unwrap_or_else(|| path.clone());
            self.imports.push(Importing { node, path });
        } else if let (Some(call), Some(callee), Some(title)) = (one.call, one.callee, one.title) {
            let role = (definition.call_role)(&CallView {
                text,
                call,
                callee,
                arguments: None,
                block: None,
                literal: is_literal(text, &title),
                second: one.second,
            });
            if role != Role::None {
                self.calls.push(Call {
                    role,
                    node: call.byte_range(),
                    suite: None,
                    verb: None,
                    title,
                });
            }
        } else if let (Some(name), Some(last)) = (&one.name, &one.last) {
            // The tokens of one test: from its `#` to the end of its block.
            let start = text.get(..name.start).and_then(|head| head.rfind('#'));
            self.calls.push(Call {
                role: Role::Case {
                    skipped: false,
                    asserts: false,
                },
                node: start.unwrap_or(name.start)..last.end,
                suite: None,
                verb: None,
                title: name.clone(),
            });
        } else if let (Some(node), Some(name)) = (&one.case, &one.name) {
            self.calls.push(Call {
                role: Role::Case {
                    skipped: false,
                    asserts: false,
                },
                node: node.clone(),
                suite: None,
                verb: None,
                title: name.clone(),
            });
        } else if let (Some((kind, node)), Some(name)) = (one.item, one.name) {
            self.items.push(Item {
                kind,
                node,
                name,
                body: one.body,
                container: one.container,
                owns_methods: one.mixin,
                leaf: false,
                within: one.within,
                bases: one.bases,
                pattern,
            });
        }
    }

    /// One row of a table of tests. What asserts is the loop, so each row is taken to.
    fn row(&mut self, node: Node<'_>, title: Node<'_>) {
        self.calls.push(Call {
            role: Role::Case {
                skipped: false,
                asserts: true,
            },
            node: node.byte_range(),
            suite: None,
            verb: None,
            title: title.byte_range(),
        });
    }

    fn sort(&mut self) {
        let by_start = |a: &Span, b: &Span| (a.start, b.end).cmp(&(b.start, a.end));
        self.wrapped
            .sort_unstable_by_key(|(outer, inner)| (inner.start, outer.start));
        self.attributes.sort_unstable_by(by_start);
        self.attributes.dedup();
        self.assertions.sort_unstable();
        self.called.sort_unstable_by(by_start);
        self.skipped.sort_unstable_by(by_start);
        self.skipped.dedup();
        self.displays.sort_unstable_by(by_start);
        self.displays.dedup();
        self.calls.sort_by(|a, b| by_start(&a.node, &b.node));
        self.calls.dedup_by(|b, a| a.title == b.title);
        self.imports.sort_unstable_by_key(|import| {
            (
                import.path.start,
                Reverse((import.path.end, import.node.len())),
            )
        });
        self.imports.dedup_by_key(|import| import.path.start);
        self.bound.sort_unstable_by(by_start);
        self.bound.dedup();
        self.spoken.sort();
    }
}

/// The block that stands behind a call: `TEST_CASE("x") { ... }`.
fn block_behind(call: Node<'_>) -> Option<Node<'_>> {
    let statement = call
        .parent()
        .filter(|parent| parent.kind() == "expression_statement")?;
    statement
        .next_named_sibling()
        .filter(|next| next.kind() == "compound_statement")
}

fn is_literal(text: &str, title: &Span) -> bool {
    text.get(title.start..)
        .is_some_and(|written| written.starts_with(['"', '\'', '`']))
}

/// Tables looked through for the one a loop names.
const MAX_TABLES: usize = 32;

/// The table that `rows` is, or the last one kept in a variable of its name before the title.
fn table_of<'a>(text: &str, tables: &[(Span, Node<'a>)], rows: Node<'a>, title: &Span) -> Node<'a> {
    let name = text.get(rows.byte_range());
    tables
        .iter()
        .rev()
        .take(MAX_TABLES)
        .find(|(span, _)| span.start < title.start && text.get(span.clone()) == name)
        .map_or(rows, |(_, table)| *table)
}

/// From the first to the last of what is captured as one.
fn joined(before: Option<Span>, span: Span) -> Span {
    before.map_or(span.clone(), |before| {
        before.start.min(span.start)..before.end.max(span.end)
    })
}

/// A name without the colon before it or the quotes around it.
fn unmarked(text: &str, span: Span) -> Span {
    let written = text.get(span.clone()).unwrap_or_default();
    let name = written.trim_start_matches([':', '"', '\'', '`', '[']);
    let start = span.end - name.len();
    let name = name.trim_end_matches(['"', '\'', '`', ']']);
    start..start + name.len()
}

/// The last bytes of a callee, from a character boundary.
fn tail<'a>(text: &'a str, span: &Span) -> &'a str {
    let mut start = span.start.max(span.end.saturating_sub(CALLEE));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..span.end).unwrap_or_default()
}
