//! The part of tree-sitter's query language that `grammar/queries` is written in, without tree-sitter's `Query`: that works out
//! what a grammar could ever bring before it looks at the first tree, which costs more than to read a hundred files.
//!
//! Node kinds, `_`, fields, absent fields (`!field`), words (`"const"`), alternatives, captures, `?`, `.`, and tests of one
//! capture. Not: repetition, supertypes, `?` before `.`, patterns that begin with `_` or with two siblings. What is not
//! understood is an error that a test sees. Knows nothing of what captures stand for.
//!
//! A pattern finds every way to match that captures something else. A part with `?` is left out only where it stands nowhere.

mod found;
#[cfg(test)]
mod oracle;
mod written;

use std::sync::OnceLock;

use regex::Regex;
use tree_sitter::Language;

pub(super) use found::Stopped;

/// Kind of what is not in the grammar.
const ERROR: u16 = u16::MAX;

/// All patterns of a language.
#[derive(Debug)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    /// By kind of node.
    kinds: Vec<Kind>,
    /// Names of captures, by their index.
    names: Vec<&'static str>,
}

#[derive(Debug, Clone, Default)]
struct Kind {
    is_named: bool,
    /// Levels below a node of this kind that its patterns look at.
    reach: u8,
    /// Which patterns begin with it: each pattern and its root.
    roots: Vec<(u16, u16)>,
}

#[derive(Debug)]
struct Pattern {
    /// Alternatives.
    roots: Vec<Wanted>,
    tests: Vec<Test>,
}

/// A node that is looked for.
#[derive(Debug)]
struct Wanted {
    kind: WantedKind,
    /// Fields that it may not have.
    without: Vec<u16>,
    captures: Vec<u16>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WantedKind {
    /// `_`
    Any,
    /// `(_)`
    Named,
    Of(u16),
}

/// A child that is looked for.
#[derive(Debug)]
struct Part {
    /// 0: in any field or none.
    field: u16,
    /// Alternatives.
    nodes: Vec<Wanted>,
    /// `?`
    is_optional: bool,
    /// `.` before it: nothing named stands between.
    is_next: bool,
    /// `.` behind it, and nothing else: nothing named stands behind it.
    is_last: bool,
    ways: Ways,
}

/// Which of the children that a part could be are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ways {
    Every,
    /// Another one instead would capture nothing else.
    First,
}

/// What the text of a capture has to be.
#[derive(Debug)]
struct Test {
    capture: u16,
    /// `not-`
    is_not: bool,
    text: Wording,
}

#[derive(Debug)]
enum Wording {
    AnyOf(Vec<String>),
    /// Compiled when it is first needed: most files need few of them.
    Matches(String, OnceLock<Option<Regex>>),
}

impl Patterns {
    /// Reads queries; the error says what is wrong with them.
    pub(super) fn of(
        grammar: &Language,
        queries: impl IntoIterator<Item = &'static str>,
    ) -> Result<Self, String> {
        let (all, names) = written::read(grammar, queries)?;
        let count = u16::try_from(grammar.node_kind_count()).map_err(|error| error.to_string())?;
        let mut kinds: Vec<Kind> = (0..count)
            .map(|kind| Kind {
                is_named: grammar.node_kind_is_named(kind),
                ..Kind::default()
            })
            .collect();
        for (index, pattern) in all.iter().enumerate() {
            for (root, wanted) in pattern.roots.iter().enumerate() {
                let WantedKind::Of(kind) = wanted.kind else {
                    return Err(format!("pattern {index} begins with a wildcard"));
                };
                let kind = kinds.get_mut(usize::from(kind)).ok_or("no such kind")?;
                kind.roots.push((index as u16, root as u16));
                kind.reach = kind.reach.max(wanted.reach());
            }
        }
        Ok(Self { all, kinds, names })
    }

    pub(super) fn names(&self) -> &[&'static str] {
        &self.names
    }

    fn kind(&self, kind: u16) -> Option<&Kind> {
        self.kinds.get(usize::from(kind))
    }
}

impl Wanted {
    fn reach(&self) -> u8 {
        let own = u8::from(!self.without.is_empty());
        let below = |part: &Part| part.nodes.iter().map(|node| 1 + node.reach()).max();
        self.parts.iter().filter_map(below).fold(own, u8::max)
    }

    fn has_captures(&self) -> bool {
        !self.captures.is_empty() || self.parts.iter().any(Part::has_captures)
    }
}

impl Part {
    fn has_captures(&self) -> bool {
        self.nodes.iter().any(Wanted::has_captures)
    }
}

impl Test {
    fn holds(&self, text: &str) -> bool {
        let is = match &self.text {
            Wording::AnyOf(words) => words.iter().any(|word| word == text),
            Wording::Matches(written, compiled) => compiled
                .get_or_init(|| Regex::new(written).ok())
                .as_ref()
                .is_some_and(|regex| regex.is_match(text)),
        };
        is != self.is_not
    }
}
