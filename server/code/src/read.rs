//! One pass over a parsed file: captures of the language's queries, then facts from them.

mod asserting;
mod captures;
mod imports;
mod patterns;
mod query;
mod quoted;
mod spoken;
mod symbols;
mod testing;

use std::{
    cell::RefCell,
    ops::{ControlFlow, Range},
};

use smol_str::SmolStr;
use text::{TextRange, TextSize};
use tree_sitter::{ParseOptions, Parser, Tree};

use crate::{
    Language, SourceFacts,
    calls::Calls,
    clients, closed,
    comments::{self, Docs},
    fields, held,
    prints::{self, Step},
    reads, routes,
};
use captures::Captures;
pub(crate) use spoken::Spoken;

/// Reads a source file.
///
/// Never panics. When `cancel` answers true the work stops and the facts are empty, with
/// `truncated` set and `symbols_known` unset: the caller drops them.
pub fn read(language: Language, text: &str, cancel: &dyn Fn() -> bool) -> SourceFacts {
    let mut facts = SourceFacts {
        language: Some(language),
        ..SourceFacts::default()
    };
    let Some((tree, mut raw)) = captured(language, text, cancel) else {
        facts.truncated = true;
        return facts;
    };
    facts.symbols_known = !raw.broken;
    facts.truncated = raw.truncated;
    let outline = symbols::assemble(text, &raw, &mut facts);
    imports::assemble(text, &raw, &mut facts);
    fields::assemble(text, &mut facts);
    closed::assemble(text, &mut facts);
    held::assemble(text, &mut facts);
    let (serves, asks) = (
        routes::may_have(language, text),
        clients::may_have(language, text),
    );
    if let Some(tree) = &tree
        && (asks || reads::may_have(&facts))
    {
        reads::assemble(text, tree, &mut facts);
    }
    if let Some(tree) = tree.as_ref().filter(|_| serves || asks) {
        let calls = Calls::of(language, text, tree);
        if serves {
            routes::assemble(&calls, &mut facts);
        }
        if asks {
            clients::assemble(&calls, &mut facts);
        }
        facts.truncated |= calls.truncated;
    }
    testing::assemble(language.definition(), text, &raw, &outline, &mut facts);
    asserting::follow(text, &raw, &mut facts);
    let names = std::mem::take(&mut raw.names);
    let imports = raw.imports.iter().map(|import| import.node.clone());
    let source = printed(language, text, tree.as_ref(), &raw);
    prints::assemble(&source, names, imports.collect(), &mut facts);
    let definition = language.definition();
    let docs = Docs {
        is_doc: definition.is_doc,
        above: definition.documents_above,
    };
    comments::assemble(docs, text, &raw.spoken, &mut facts);
    facts.shrink();
    facts
}

/// What prints are made from.
fn printed<'a>(
    language: Language,
    text: &'a str,
    tree: Option<&'a Tree>,
    raw: &'a Captures,
) -> prints::Source<'a> {
    prints::Source {
        language,
        text,
        tree,
        docstrings: &raw.spoken.docstrings,
    }
}

/// What a symbol or a test of a file is made of behind `head`, in the order in which prints count it.
pub(crate) fn steps(language: Language, text: &str, whole: TextRange, head: TextSize) -> Vec<Step> {
    let Some((tree, mut raw)) = captured(language, text, &|| false) else {
        return Vec::new();
    };
    let mut facts = SourceFacts::default();
    symbols::assemble(text, &raw, &mut facts);
    let names = std::mem::take(&mut raw.names);
    let imports = raw.imports.iter().map(|import| import.node.clone());
    let source = printed(language, text, tree.as_ref(), &raw);
    prints::steps(&source, names, imports.collect(), &facts, whole, head)
}

/// The syntax tree, where the language has a grammar, and what its queries find.
fn captured(
    language: Language,
    text: &str,
    cancel: &dyn Fn() -> bool,
) -> Option<(Option<Tree>, Captures)> {
    if text.len() > text::MAX_LEN || is_too_deep(text) {
        return None;
    }
    if language.definition().grammar.is_none() {
        return Some((None, Captures::without_grammar(language, text)));
    }
    let prepared = language
        .definition()
        .hooks
        .and_then(|hooks| (hooks.prepared)(text));
    let tree = parse(language, prepared.as_deref().unwrap_or(text), cancel)?;
    let raw = Captures::of(language, text, &tree, cancel)?;
    Some((Some(tree), raw))
}

/// Comments and strings alone, and whether something in the file is not in the grammar.
pub(crate) fn spoken(language: Language, text: &str) -> Option<(Spoken, bool)> {
    let (_, raw) = captured(language, text, &|| false)?;
    Some((raw.spoken, raw.broken))
}

fn parse(language: Language, text: &str, cancel: &dyn Fn() -> bool) -> Option<Tree> {
    thread_local! {
        static PARSER: RefCell<(Option<Language>, Parser)> = RefCell::new((None, Parser::new()));
    }
    PARSER.with(|cell| {
        let (current, parser) = &mut *cell.try_borrow_mut().ok()?;
        if *current != Some(language) {
            parser
                .set_language(&language.definition().grammar?())
                .ok()?;
            *current = Some(language);
        }
        let mut budget = budget(text);
        let mut progress = |_: &tree_sitter::ParseState| stop_if(spent(&mut budget) || cancel());
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

/// Steps of a hundred operations, or of a thousand smaller ones of a query, that `text` may take. Real files need a
/// hundredth; it ends what grows with the square of a hostile file, the same on every machine.
fn budget(text: &str) -> usize {
    10_000 + text.len() / 10
}

fn spent(budget: &mut usize) -> bool {
    *budget = budget.saturating_sub(1);
    *budget == 0
}

fn stop_if(stop: bool) -> ControlFlow<()> {
    if stop {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// Brackets open at once beyond which a file is not parsed: the parser's recovery grows with the square of it.
const MAX_DEPTH: usize = 10_000;

fn is_too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

type Span = Range<usize>;

fn to_range(span: &Span) -> TextRange {
    text::span(span.start, span.end)
}

fn word(text: &str, span: &Span) -> SmolStr {
    SmolStr::new(text.get(span.clone()).unwrap_or_default())
}
