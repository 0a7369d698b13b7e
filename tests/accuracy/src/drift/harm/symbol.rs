//! A linked symbol gets another name, or goes.

use super::{CODE, each};
use crate::drift::Kind;
use crate::drift::source::{Symbol, line_start, renamed, replaced};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "symbol-renamed",
        codes: CODE,
        about: "A linked symbol gets another name, in its file.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let other = format!("{}Quoll", symbol.name);
                let what = format!("{} is called {other}", symbol.name);
                Some((renamed(text, &symbol.name, &other), what))
            })
        },
    },
    Kind {
        name: "symbol-deleted",
        codes: CODE,
        about: "The lines of a linked symbol go, with its decorators.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let what = format!("{} is gone", symbol.name);
                Some((deleted(symbol, text)?, what))
            })
        },
    },
];

/// The text without a symbol and what stands above it and belongs to it: `@Test`, `#[test]`, `[Fact]`.
pub(super) fn deleted(symbol: &Symbol, text: &str) -> Option<String> {
    symbol.body.as_ref()?;
    let mut start = symbol.range.start;
    while let Some(before) = start.checked_sub(1) {
        let above = line_start(text, before);
        if !text[above..start].trim_start().starts_with(['@', '#', '[']) {
            break;
        }
        start = above;
    }
    Some(replaced(text, start..symbol.range.end, ""))
}
