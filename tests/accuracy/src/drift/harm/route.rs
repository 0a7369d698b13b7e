//! A linked handler answers at another path.

use super::each;
use crate::drift::Kind;
use crate::drift::source::{line_end, line_start, replaced};

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "route-changed",
    codes: &[
        "suspect-code",
        "operation-without-route",
        "route-without-operation",
        "accepted-target-gone",
    ],
    about: "A path that begins with a slash, in a linked symbol or its decorators, is another.",
    mutations: |scene| {
        each(scene, |symbol, text| {
            let above = text[..symbol.range.start].trim_end();
            let above = above.rfind('\n').map_or(0, |end| end + 1);
            let start = if text[above..].trim_start().starts_with('@') {
                above
            } else {
                symbol.range.start
            };
            let range = start..symbol.range.end.max(line_end(text, symbol.name_range.end));
            let is_code = |at: &usize| {
                let before = &text[line_start(text, *at)..*at];
                !before.contains("//") && !before.trim_start().starts_with(['#', '*'])
            };
            let found = ["\"/", "'/"].iter().flat_map(|mark| {
                let all = text[range.clone()].match_indices(*mark);
                all.map(|(at, _)| at + range.start)
            });
            let at = found.filter(is_code).min()?;
            let quote = &text[at..=at];
            let end = at + 1 + text[at + 1..].find(quote)?;
            let path = &text[at + 1..end];
            if path.len() < 3 || path.contains([' ', '\n', '*']) {
                return None;
            }
            let new = format!("/quoll{path}");
            let what = format!("{path} is {new}");
            Some((replaced(text, at + 1..end, &new), what))
        })
    },
}];
