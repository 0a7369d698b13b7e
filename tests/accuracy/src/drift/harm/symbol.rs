//! A linked symbol gets another name, or goes.

use super::{CODE, each};
use crate::drift::Kind;
use crate::drift::source::{renamed, replaced};

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
        about: "The lines of a linked symbol go.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                symbol.body.as_ref()?;
                let what = format!("{} is gone", symbol.name);
                Some((replaced(text, symbol.range.clone(), ""), what))
            })
        },
    },
];
