//! One pass over a parsed file: captures of the language's queries, then facts from them.

mod symbols;
mod testing;

use std::{cell::RefCell, ops::ControlFlow, ops::Range, sync::OnceLock};

use smol_str::SmolStr;
use text::TextRange;
use tree_sitter::{
    ParseOptions, Parser, Query, QueryCursor, QueryCursorOptions, StreamingIterator, Tree,
};

use crate::{
    Language, SourceFacts, SymbolKind, comments,
    languages::{CallView, Role, is_assertion},
};

/// Query states kept at once; beyond it the query drops matches, and says so.
const MATCH_LIMIT: u32 = 65_536;

/// Comments in a row that are looked past, from one to the item below it.
const MAX_CHAIN: usize = 64;

/// Bytes of a callee that are looked at for an assertion's name.
const CALLEE: usize = 80;

/// Reads a source file.
///
/// Never panics. When `cancel` answers true the work stops and the facts are empty, with
/// `truncated` set and `symbols_known` unset: the caller drops them.
pub fn read(language: Language, text: &str, cancel: &dyn Fn() -> bool) -> SourceFacts {
    let mut facts = SourceFacts {
        language: Some(language),
        ..SourceFacts::default()
    };
    let Some(raw) = (text.len() <= text::MAX_LEN)
        .then(|| parse(language, text, cancel))
        .flatten()
        .and_then(|tree| Captures::of(language, text, &tree, cancel))
    else {
        facts.truncated = true;
        return facts;
    };
    facts.symbols_known = !raw.broken;
    facts.truncated = raw.truncated;
    let outline = symbols::assemble(text, &raw, &mut facts);
    testing::assemble(language.definition(), text, &raw, &outline, &mut facts);
    comments::assemble(language.definition().is_doc, text, &raw.spoken, &mut facts);
    facts
}

fn parse(language: Language, text: &str, cancel: &dyn Fn() -> bool) -> Option<Tree> {
    thread_local! {
        static PARSER: RefCell<(Option<Language>, Parser)> = RefCell::new((None, Parser::new()));
    }
    PARSER.with(|cell| {
        let (current, parser) = &mut *cell.try_borrow_mut().ok()?;
        if *current != Some(language) {
            parser
                .set_language(&(language.definition().grammar)())
                .ok()?;
            *current = Some(language);
        }
        let mut progress = |_: &tree_sitter::ParseState| stop_if(cancel());
        let tree = parser.parse_with_options(
            &mut |offset, _| text.as_bytes().get(offset..).unwrap_or_default(),
            None,
            Some(ParseOptions::new().progress_callback(&mut progress)),
        );
        if tree.is_none() {
            // An aborted parse would go on where it stopped.
            parser.reset();
        }
        tree
    })
}

fn stop_if(stop: bool) -> ControlFlow<()> {
    if stop {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// The three queries of a language as one, so that the tree is walked once.
pub(crate) struct Compiled {
    query: Query,
    /// What each capture stands for, by capture index.
    uses: Vec<Use>,
}

/// What a capture stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Symbol(SymbolKind),
    /// A method, if the symbol around it is a constant.
    Member,
    Outer,
    Inner,
    Scope,
    Name,
    Body,
    Bases,
    Attribute,
    Assertion,
    AssertionCallee,
    Skip,
    TestCall,
    TestCallee,
    TestTitle,
    TestMore,
    TestTokens,
    TestLast,
    Comment,
    Docstring,
    String,
    /// Used by a predicate only.
    Private,
}

impl Use {
    fn of(capture: &str) -> Option<Self> {
        Some(match capture {
            "symbol.module" => Self::Symbol(SymbolKind::Module),
            "symbol.class" => Self::Symbol(SymbolKind::Class),
            "symbol.struct" => Self::Symbol(SymbolKind::Struct),
            "symbol.enum" => Self::Symbol(SymbolKind::Enum),
            "symbol.variant" => Self::Symbol(SymbolKind::Variant),
            "symbol.trait" => Self::Symbol(SymbolKind::Trait),
            "symbol.interface" => Self::Symbol(SymbolKind::Interface),
            "symbol.type" => Self::Symbol(SymbolKind::TypeAlias),
            "symbol.function" => Self::Symbol(SymbolKind::Function),
            "symbol.method" => Self::Symbol(SymbolKind::Method),
            "symbol.constant" => Self::Symbol(SymbolKind::Constant),
            "symbol.field" => Self::Symbol(SymbolKind::Field),
            "symbol.member" => Self::Member,
            "outer" => Self::Outer,
            "inner" => Self::Inner,
            "symbol.macro" => Self::Symbol(SymbolKind::Macro),
            "scope" => Self::Scope,
            "name" => Self::Name,
            "body" => Self::Body,
            "bases" => Self::Bases,
            "attribute" => Self::Attribute,
            "assertion" => Self::Assertion,
            "assertion.callee" => Self::AssertionCallee,
            "skip" => Self::Skip,
            "test.call" => Self::TestCall,
            "test.callee" => Self::TestCallee,
            "test.title" => Self::TestTitle,
            "test.more" => Self::TestMore,
            "test.tokens" => Self::TestTokens,
            "test.last" => Self::TestLast,
            "comment" => Self::Comment,
            "docstring" => Self::Docstring,
            "string" => Self::String,
            private if private.starts_with('_') => Self::Private,
            _ => return None,
        })
    }
}

/// Compiles the queries of a language; the error says what is wrong with them.
pub(crate) fn compile(language: Language) -> Result<Compiled, String> {
    let definition = language.definition();
    let query = Query::new(&(definition.grammar)(), &definition.queries.join("\n"))
        .map_err(|error| error.to_string())?;
    let uses = query
        .capture_names()
        .iter()
        .map(|name| Use::of(name).ok_or_else(|| format!("unknown capture @{name}")))
        .collect::<Result<_, _>>()?;
    Ok(Compiled { query, uses })
}

fn compiled(language: Language) -> Option<&'static Compiled> {
    static QUERIES: OnceLock<Vec<(Language, OnceLock<Option<Compiled>>)>> = OnceLock::new();
    QUERIES
        .get_or_init(|| {
            Language::ALL
                .iter()
                .map(|language| (*language, OnceLock::new()))
                .collect()
        })
        .iter()
        .find(|(known, _)| *known == language)?
        .1
        .get_or_init(|| compile(language).ok())
        .as_ref()
}

type Span = Range<usize>;

/// A named item, or with `kind` unset an item that only lends its name.
#[derive(Debug, Clone)]
struct Item {
    kind: Option<SymbolKind>,
    /// Without attributes, as the grammar has it.
    node: Span,
    name: Span,
    body: Option<Span>,
    /// Counts only in a constant.
    member: bool,
    bases: Option<Span>,
}

/// A test or a group of tests that is a call.
#[derive(Debug, Clone)]
struct Call {
    role: Role,
    node: Span,
    title: Span,
}

/// Comments and strings, each by start offset once sorted.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    pub(crate) comments: Vec<Range<usize>>,
    pub(crate) docstrings: Vec<Range<usize>>,
    pub(crate) strings: Vec<Range<usize>>,
}

/// All captures of one file, sorted by offset.
#[derive(Debug, Default)]
struct Captures {
    items: Vec<Item>,
    /// Wrapper of an item and the item, by the item's start.
    wrapped: Vec<(Span, Span)>,
    attributes: Vec<Span>,
    assertions: Vec<usize>,
    skipped: Vec<Span>,
    calls: Vec<Call>,
    spoken: Spoken,
    truncated: bool,
    /// Something in the file is not in the grammar.
    broken: bool,
}

impl Captures {
    /// `None` if cancelled, or if the language's queries do not compile (a test holds that they do).
    fn of(language: Language, text: &str, tree: &Tree, cancel: &dyn Fn() -> bool) -> Option<Self> {
        let compiled = compiled(language)?;
        let call_role = language.definition().call_role;
        let mut captures = Self::default();
        let mut stopped = false;
        let mut cursor = QueryCursor::new();
        cursor.set_match_limit(MATCH_LIMIT);
        let mut progress = |_: &tree_sitter::QueryCursorState| {
            stopped |= cancel();
            stop_if(stopped)
        };
        let mut matches = cursor.matches_with_options(
            &compiled.query,
            tree.root_node(),
            text.as_bytes(),
            QueryCursorOptions::new().progress_callback(&mut progress),
        );
        while let Some(found) = matches.next() {
            let (mut item, mut member) = (None, false);
            let (mut outer, mut inner) = (None, None);
            let (mut name, mut body, mut bases, mut title, mut last) =
                (None, None, None, None, None);
            let (mut call, mut callee, mut more) = (None, None, "");
            for capture in found.captures() {
                let Some(usage) = compiled.uses.get(capture.index as usize) else {
                    continue;
                };
                let span = capture.node.byte_range();
                match *usage {
                    Use::Symbol(kind) => item = Some((Some(kind), span)),
                    Use::Member => {
                        member = true;
                        item = Some((Some(SymbolKind::Method), span));
                    }
                    Use::Outer => outer = Some(span),
                    Use::Inner => inner = Some(span),
                    Use::Scope => item = Some((None, span)),
                    Use::TestTokens => item = Some((Some(SymbolKind::Function), span)),
                    Use::Name => name = Some(span),
                    Use::Body => body = Some(span),
                    Use::Bases => bases = Some(span),
                    Use::Attribute => captures.attributes.push(span),
                    Use::Assertion => captures.assertions.push(span.start),
                    Use::AssertionCallee => {
                        if is_assertion(tail(text, &span)) {
                            captures.assertions.push(span.start);
                        }
                    }
                    Use::Skip => captures.skipped.push(span),
                    Use::TestCall => call = Some(span),
                    Use::TestCallee => callee = Some(capture.node),
                    Use::TestTitle => title = Some(span),
                    Use::TestMore => more = capture.node.kind(),
                    Use::TestLast => last = Some(span),
                    Use::Comment => captures.spoken.comments.push(comments::trimmed(text, span)),
                    Use::Docstring => captures.spoken.docstrings.push(span),
                    Use::String => captures.spoken.strings.push(span),
                    Use::Private => {}
                }
            }
            if let (Some(outer), Some(inner)) = (outer, inner) {
                captures.wrapped.push((outer, inner));
            } else if let (Some(call), Some(callee), Some(title)) = (call, callee, title) {
                let role = call_role(&CallView {
                    text,
                    callee,
                    literal: text[title.start..].starts_with(['"', '\'', '`']),
                    second: more,
                });
                if role != Role::None {
                    captures.calls.push(Call {
                        role,
                        node: call,
                        title,
                    });
                }
            } else if let (Some((kind, node)), Some(name)) = (item, name) {
                if let Some(last) = last {
                    // The tokens of one test: from its `#` to the end of its block.
                    let start = text.get(..name.start).and_then(|head| head.rfind('#'));
                    let node = start.unwrap_or(name.start)..last.end;
                    captures.calls.push(Call {
                        role: Role::Case {
                            skipped: false,
                            asserts: false,
                        },
                        node,
                        title: name,
                    });
                } else {
                    captures.items.push(Item {
                        kind,
                        node,
                        name,
                        body,
                        member,
                        bases,
                    });
                }
            }
        }
        drop(matches);
        if stopped {
            return None;
        }
        captures.broken = tree.root_node().has_error();
        captures.truncated = cursor.did_exceed_match_limit();
        captures.sort();
        Some(captures)
    }

    fn sort(&mut self) {
        let by_start = |a: &Span, b: &Span| (a.start, b.end).cmp(&(b.start, a.end));
        self.wrapped
            .sort_unstable_by_key(|(outer, inner)| (inner.start, outer.start));
        self.attributes.sort_unstable_by(by_start);
        self.attributes.dedup();
        self.assertions.sort_unstable();
        self.skipped.sort_unstable_by(by_start);
        self.skipped.dedup();
        self.calls.sort_by(|a, b| by_start(&a.node, &b.node));
        self.calls.dedup_by(|b, a| a.title == b.title);
        self.spoken.sort();
    }
}

impl Spoken {
    pub(crate) fn sort(&mut self) {
        for list in [&mut self.comments, &mut self.docstrings, &mut self.strings] {
            list.sort_unstable_by_key(|span| (span.start, span.end));
            list.dedup();
        }
    }

    /// Whether `from..to` holds only blanks and comments, with no empty line and at most `lines` line ends
    /// between any two of them.
    pub(crate) fn only_comments(&self, text: &str, from: usize, to: usize, lines: usize) -> bool {
        let mut position = from;
        let first = self.comments.partition_point(|span| span.start < from);
        for next in first..=first + MAX_CHAIN {
            let stop = self
                .comments
                .get(next)
                .map_or(to, |span| span.start.min(to));
            let Some(gap) = text.get(position..stop) else {
                return false;
            };
            if !gap.trim().is_empty() || gap.matches('\n').count() > lines {
                return false;
            }
            if stop >= to {
                return true;
            }
            position = self.comments[next].end;
        }
        false
    }
}

/// The last bytes of a callee, from a character boundary.
fn tail<'a>(text: &'a str, span: &Span) -> &'a str {
    let mut start = span.start.max(span.end.saturating_sub(CALLEE));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..span.end).unwrap_or_default()
}

fn to_range(span: &Span) -> TextRange {
    text::span(span.start, span.end)
}

fn word(text: &str, span: &Span) -> SmolStr {
    SmolStr::new(text.get(span.clone()).unwrap_or_default())
}
