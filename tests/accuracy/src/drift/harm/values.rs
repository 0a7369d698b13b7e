//! A number in linked code is another, and so is the value of a linked constant.

use super::{CODE, each, is_test};
use crate::drift::Kind;
use crate::drift::source::replaced;

pub(super) const KINDS: &[Kind] = &[NUMBER, VALUE];

const NUMBER: Kind = Kind {
    name: "number-changed",
    codes: CODE,
    about: "The first whole number in a linked symbol is another: a constant, a limit, an index.",
    mutations: |scene| {
        each(scene, |symbol, text| {
            if is_test(symbol) {
                return None;
            }
            let lines = match &symbol.body {
                Some(_) => symbol.lines(text),
                None => vec![(
                    symbol.name_range.end,
                    &text[symbol.name_range.end..symbol.range.end],
                )],
            };
            for (at, line) in lines {
                let code = line.trim_start();
                let is_spoken = ["//", "#", "*", "/*"]
                    .iter()
                    .any(|mark| code.starts_with(mark));
                let first = line.find(|c: char| c.is_ascii_digit());
                if let Some(first) = first.filter(|first| !is_spoken && stands_free(line, *first)) {
                    let digits = line[first..].find(|c: char| !c.is_ascii_digit());
                    let end = first + digits.unwrap_or(line.len() - first);
                    let old = &line[first..end];
                    let what = format!("{old} in {} is 7{old}", symbol.name);
                    return Some((
                        replaced(text, at + first..at + end, &format!("7{old}")),
                        what,
                    ));
                }
            }
            None
        })
    },
};

const VALUE: Kind = Kind {
    name: "constant-changed",
    codes: CODE,
    about: "The value of a linked constant is another: its first number, or its first string.",
    mutations: |scene| {
        each(scene, |symbol, text| {
            let shouted = symbol.name.len() > 1 && !symbol.name.contains(char::is_lowercase);
            let constant = symbol.is_a(text, &["const", "static", "final", "val"]) || shouted;
            if !constant || symbol.parameters.is_some() || symbol.body.is_some() || is_test(symbol)
            {
                return None;
            }
            let from = symbol.name_range.end;
            let value = from + text[from..symbol.range.end].find("= ")? + 2;
            let said = &text[value..symbol.range.end];
            let at = said.find(|c: char| c.is_ascii_digit() || c == '"' || c == '\'')?;
            let number = said[at..].starts_with(|c: char| c.is_ascii_digit());
            let alone = !said[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let spoken = said[..at].contains("//") || said[..at].contains('#');
            if !alone || spoken || (!number && said[at + 1..].starts_with(['"', '\''])) {
                return None;
            }
            let (at, new) = if number {
                (value + at, "7")
            } else {
                (value + at + 1, "quoll ")
            };
            let what = format!(
                "{} is another: {new}{}",
                symbol.name,
                text[at..].lines().next()?
            );
            Some((replaced(text, at..at, new), what))
        })
    },
};

/// Whether a number is no part of a word, a string or a comment.
fn stands_free(line: &str, at: usize) -> bool {
    let before = &line[..at];
    let quotes = before.matches(['"', '\'', '`']).count();
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        && quotes == 0
        && !before.contains("//")
        && !before.contains('#')
}
