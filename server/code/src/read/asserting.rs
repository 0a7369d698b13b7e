//! Whether a test that asserts nothing itself may do so through what it calls.

use super::{Span, captures::Captures};
use crate::{SourceFacts, Symbol, SymbolKind};

/// How deep calls are followed.
const MAX_DEPTH: usize = 4;

/// Most calls of one test that are looked at.
const MAX_CALLS: usize = 64;

/// Callees that only write something, or tell the runner something.
const HARMLESS: &[&str] = &[
    "print",
    "println",
    "eprintln",
    "dbg",
    "System.out.println",
    "Console.WriteLine",
    "console.log",
    "console.info",
    "console.warn",
    "fmt.Println",
    "fmt.Printf",
    "t.Helper",
    "t.Log",
    "t.Logf",
    "t.Parallel",
    "t.Skip",
    "t.Skipf",
    "t.SkipNow",
    "pytest.skip",
    "self.skipTest",
];

impl Captures {
    /// Whether an assertion stands between two offsets.
    pub(super) fn asserts(&self, range: &Span) -> bool {
        let first = self
            .assertions
            .partition_point(|start| *start < range.start);
        let first = self.assertions.get(first);
        first.is_some_and(|start| *start < range.end)
    }
}

/// Notes which tests without an assertion call something that may assert: whatever this file does not define, and what it
/// defines and that calls such a thing.
pub(super) fn follow(text: &str, captures: &Captures, facts: &mut SourceFacts) {
    if facts.tests.iter().all(|test| test.asserts) {
        return;
    }
    // Calls that are tests and groups themselves.
    let mut declared: Vec<usize> = captures.calls.iter().map(|call| call.node.start).collect();
    declared.sort_unstable();
    let file = File {
        text,
        captures,
        symbols: &facts.symbols,
        declared,
    };
    let may: Vec<bool> = facts
        .tests
        .iter()
        .map(|test| {
            let behind = usize::from(test.name_range.end())..usize::from(test.range.end());
            !test.asserts
                && (file.is_elsewhere(usize::from(test.range.start()), behind)
                    || file.may_assert(&test.range.into(), MAX_DEPTH))
        })
        .collect();
    for (test, may) in facts.tests.iter_mut().zip(may) {
        test.may_assert = may;
    }
}

struct File<'a> {
    text: &'a str,
    captures: &'a Captures,
    symbols: &'a [Symbol],
    declared: Vec<usize>,
}

impl File<'_> {
    /// Whether the body of a test that is a call may stand elsewhere: `it("locks", locks)`. What is behind its title
    /// tells.
    fn is_elsewhere(&self, start: usize, behind: Span) -> bool {
        let is_call = self.declared.binary_search(&start).is_ok();
        // Tokens within a macro.
        let unread = self.text.get(start..).is_some_and(|it| it.starts_with('#'));
        let text = self.text.get(behind).unwrap_or_default();
        let written = ["=>", "function", "func("];
        is_call && (unread || !written.iter().any(|word| text.contains(word)))
    }

    fn may_assert(&self, range: &Span, depth: usize) -> bool {
        if self.captures.asserts(range) || depth == 0 {
            return true;
        }
        let called = &self.captures.called;
        let first = called.partition_point(|callee| callee.start < range.start);
        let inside = called[first..]
            .iter()
            .take_while(|callee| callee.start < range.end);
        let others = inside.filter(|callee| self.declared.binary_search(&callee.start).is_err());
        for (count, callee) in others.enumerate() {
            let name = self.text.get(callee.clone()).unwrap_or_default();
            if count == MAX_CALLS {
                return true;
            }
            if HARMLESS.contains(&name) {
                continue;
            }
            let Some(body) = self.function(name) else {
                return true;
            };
            // What calls itself is looked at once.
            let is_itself = body.start <= range.start && range.end <= body.end;
            if !is_itself && self.may_assert(&body, depth - 1) {
                return true;
            }
        }
        false
    }

    /// The only function of this file that such a callee can be.
    fn function(&self, callee: &str) -> Option<Span> {
        let own = ["self.", "this.", "Self::"];
        let (name, method) = own
            .iter()
            .find_map(|own| Some((callee.strip_prefix(own)?, true)))
            .unwrap_or((callee, false));
        let is_function = |symbol: &&Symbol| {
            symbol.name == name
                && match symbol.kind {
                    SymbolKind::Function => true,
                    SymbolKind::Method => method,
                    _ => false,
                }
        };
        let mut named = self.symbols.iter().filter(is_function);
        let one = named.next()?;
        (named.next().is_none() && one.signature.end() < one.range.end()).then(|| one.range.into())
    }
}
