//! Fingerprints of symbols and tests: whether one is still what it was when somebody accepted it.
//!
//! A print is a hash of tokens: the leaves of the syntax tree without what a formatter or a comment may change
//! (`tokens.rs`, `kinds.rs`, `written.rs`), and with names that are bound inside a body replaced by numbers (`names.rs`).
//! A print must never know where in a file or in which file a symbol stands, and no number of a grammar's node kinds: it
//! is kept in a file and compared with one that a later version makes.

mod kinds;
mod lexical;
mod names;
mod tokens;
mod written;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use text::{TextRange, TextSize};
use tree_sitter::Tree;
use xxhash_rust::xxh3::xxh3_64;

pub(crate) use kinds::{Quotes, Style};
use names::Bound;
pub(crate) use names::Names;
use tokens::{Token, What};

use crate::{Language, SourceFacts, Symbol, SymbolKind};

/// Changes when the same text gives other prints than before.
pub const PRINTS_VERSION: u32 = 1;

/// Symbols around one that has prints of its own. Hashing what lies in many symbols for each of them would cost the square
/// of a hostile file.
const MAX_NESTING: usize = 32;

/// What a symbol or a test was, in three numbers.
///
/// Comments, docstrings, blanks, the order of imports and what the language's formatter chooses (quotes, trailing commas,
/// semicolons and parentheses that may be left out) change neither `signature` nor `body`, and a name that is bound inside
/// the body may be another. Everything else changes one of them.
///
/// Where [`SourceFacts::symbols_known`] is false, a syntax error may have moved the ends of a symbol, and tokens in it are
/// compared as they stand: equal prints still say that nothing changed, different ones say nothing.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Prints {
    /// The tokens of `signature` of a symbol; of a test that is a call, those up to its title.
    pub signature: u64,
    /// The tokens behind them.
    pub body: u64,
    /// The bytes of the whole range as they stand.
    pub raw: u64,
}

impl Prints {
    /// False for what is nested too deep or in a file that was not read by a grammar: nothing can be said of it.
    #[must_use]
    pub fn is_known(self) -> bool {
        self != Self::default()
    }
}

/// A file as read.
pub(crate) struct Source<'a> {
    pub(crate) language: Language,
    pub(crate) text: &'a str,
    pub(crate) tree: Option<&'a Tree>,
    pub(crate) docstrings: &'a [Range<usize>],
}

impl Source<'_> {
    /// Names that are bound in bodies; not those of parameters.
    fn bound(&self, names: Names, facts: &SourceFacts) -> Bound<'_> {
        let signatures = facts.symbols.iter().filter(|symbol| {
            matches!(symbol.kind, SymbolKind::Function | SymbolKind::Method)
                && symbol.signature.end() < symbol.range.end()
        });
        let signature =
            |symbol: &Symbol| (symbol.signature.into(), symbol.name_range.start().into());
        names.bound(self.text, signatures.map(signature))
    }

    fn tokens(&self, bound: &Bound<'_>, imports: Vec<Range<usize>>) -> Vec<Token> {
        match self.tree {
            Some(tree) => tokens::of_tree(
                self.language,
                self.text,
                tree,
                bound,
                self.docstrings,
                imports,
            ),
            None => lexical::tokens(self.text),
        }
    }
}

/// Something of a symbol that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What it is: equal for what is equal.
    pub hash: u64,
    /// Where it stands.
    pub at: TextSize,
}

/// What a symbol or a test is made of behind `head`: equal steps are equal prints.
pub(crate) fn steps(
    source: &Source<'_>,
    names: Names,
    imports: Vec<Range<usize>>,
    facts: &SourceFacts,
    whole: TextRange,
    head: TextSize,
) -> Vec<Step> {
    let bound = source.bound(names, facts);
    let tokens = source.tokens(&bound, imports);
    let mut cutter = Cutter::new(source.text, &tokens, &bound);
    let (_, body) = cutter.parts(whole, head);
    let mut steps = Vec::with_capacity(body.len());
    cutter.each(body, whole, |hash, at| {
        steps.push(Step {
            hash,
            at: TextSize::new(at),
        });
    });
    steps
}

/// Gives all symbols and tests of a file their prints.
pub(crate) fn assemble(
    source: &Source<'_>,
    names: Names,
    imports: Vec<Range<usize>>,
    facts: &mut SourceFacts,
) {
    let bound = source.bound(names, facts);
    let tokens = source.tokens(&bound, imports);
    let mut cutter = Cutter::new(source.text, &tokens, &bound);
    let mut open: Vec<TextRange> = Vec::new();
    for symbol in &mut facts.symbols {
        if is_shallow(&mut open, symbol.range) {
            symbol.prints = cutter.cut(symbol.range, head_of(cutter.text, symbol));
        }
    }
    open.clear();
    for test in &mut facts.tests {
        let first = facts
            .symbols
            .partition_point(|symbol| symbol.range.start() < test.range.start());
        let own = facts.symbols[first..]
            .iter()
            .take_while(|symbol| symbol.range.start() == test.range.start())
            .find(|symbol| symbol.range == test.range);
        if let Some(symbol) = own {
            test.prints = symbol.prints;
        } else if is_shallow(&mut open, test.range) {
            let head = test.title.map_or(test.name_range.end(), |title| {
                title.end().max(test.name_range.end())
            });
            test.prints = cutter.cut(test.range, head);
        }
    }
}

/// Where what a symbol is declared as ends: of a constant before its value, which is its body.
fn head_of(source: &str, symbol: &Symbol) -> text::TextSize {
    let end = symbol.signature.end();
    if symbol.kind != SymbolKind::Constant {
        return end;
    }
    let from = symbol.name_range.end();
    let behind = source
        .get(from.into()..symbol.range.end().into())
        .unwrap_or_default();
    let bytes = behind.as_bytes();
    let is_value = |at: usize| {
        let beside =
            |at: Option<usize>| -> u8 { at.and_then(|at| bytes.get(at).copied()).unwrap_or(b' ') };
        bytes[at] == b'='
            && !matches!(beside(Some(at + 1)), b'=' | b'>')
            && !matches!(beside(at.checked_sub(1)), b'=' | b'!' | b'<' | b'>')
    };
    let value = (0..bytes.len()).find(|at| is_value(*at));
    value.map_or(end, |at| end.min(from + text::TextSize::new(at as u32)))
}

/// Whether few enough are around this one.
fn is_shallow(open: &mut Vec<TextRange>, range: TextRange) -> bool {
    while open
        .last()
        .is_some_and(|outer| outer.end() <= range.start())
    {
        open.pop();
    }
    if open.len() < MAX_NESTING {
        open.push(range);
        return true;
    }
    false
}

/// Cuts what belongs to one symbol out of the tokens of its file.
struct Cutter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    bound: &'a Bound<'a>,
    /// For each bound name: the cut it was last numbered in, and its number there.
    numbers: Vec<(u32, u32)>,
    turn: u32,
    bytes: Vec<u8>,
    run: Vec<(u64, u32)>,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str, tokens: &'a [Token], bound: &'a Bound<'a>) -> Self {
        Self {
            text,
            tokens,
            bound,
            numbers: vec![(0, 0); bound.names.len()],
            turn: 0,
            bytes: Vec::new(),
            run: Vec::new(),
        }
    }

    /// The tokens up to `head` and those behind it.
    fn parts(&self, range: TextRange, head: TextSize) -> (Range<usize>, Range<usize>) {
        let at = |offset: TextSize| {
            let offset = u32::from(offset);
            self.tokens.partition_point(|token| token.at < offset)
        };
        let (first, split, last) = (at(range.start()), at(head), at(range.end()));
        let (split, last) = (split.max(first), last.max(split).max(first));
        (first..split, split..last)
    }

    fn cut(&mut self, range: TextRange, head: TextSize) -> Prints {
        let (signature, body) = self.parts(range, head);
        Prints {
            signature: self.hash(signature, range),
            body: self.hash(body, range),
            raw: xxh3_64(text::slice(self.text, range).as_bytes()),
        }
    }

    fn hash(&mut self, tokens: Range<usize>, range: TextRange) -> u64 {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        self.each(tokens, range, |hash, _| {
            bytes.extend_from_slice(&hash.to_le_bytes());
        });
        let hash = xxh3_64(&bytes);
        self.bytes = bytes;
        hash
    }

    /// What counts of some tokens, and where it stands.
    fn each(&mut self, tokens: Range<usize>, range: TextRange, mut take: impl FnMut(u64, u32)) {
        self.turn += 1;
        let mut count = 0_u32;
        // Ends of what stands beside a symbol may touch it, and what ends with it says nothing.
        let mut tokens = &self.tokens[tokens];
        while let [first, rest @ ..] = tokens
            && first.is_end()
        {
            tokens = rest;
        }
        while let [rest @ .., last] = tokens
            && last.is_end()
        {
            tokens = rest;
        }
        for token in tokens {
            if token.what == What::Import {
                self.run.push((token.hash, token.at));
                continue;
            }
            self.end_run(&mut take);
            let hash = match token.what {
                What::Local(name) if self.bound.is_bound_in(name, range) => {
                    let number = &mut self.numbers[name as usize];
                    if number.0 != self.turn {
                        *number = (self.turn, count);
                        count += 1;
                    }
                    tokens::LOCAL.wrapping_add(u64::from(number.1))
                }
                _ => token.hash,
            };
            take(hash, token.at);
        }
        self.end_run(&mut take);
    }

    /// Imports that follow one another count in any order.
    fn end_run(&mut self, take: &mut impl FnMut(u64, u32)) {
        self.run.sort_unstable();
        for (hash, at) in self.run.drain(..) {
            take(hash, at);
        }
    }
}
