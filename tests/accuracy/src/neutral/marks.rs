//! Other marks and bytes for the same Markdown.

use std::sync::LazyLock;

use regex::Regex;

use super::{lines, rewritten, whole};
use crate::defects::expression;
use crate::document::{Document, Role};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "bullets",
        rule: None,
        about: "Every `-` bullet of a document becomes `*`, or the other way round.",
        spots: |world| whole(world, |_| true),
        edit: bullets,
    },
    Kind {
        name: "tables",
        rule: None,
        about: "The cells of a table get blanks around them.",
        spots: |world| {
            lines(
                world,
                &[Role::Spec, Role::Plan, Role::Tasks],
                |text, line| RULER.is_match(text.line(line)),
            )
        },
        edit: table,
    },
    Kind {
        name: "trailing-blanks",
        rule: None,
        about: "One blank at the end of every line that has text.",
        spots: |world| whole(world, |_| true),
        edit: trailing,
    },
    Kind {
        name: "crlf",
        rule: None,
        about: "Every line break of a document becomes CRLF.",
        spots: |world| whole(world, |text| !text.text.contains('\r')),
        edit: crlf,
    },
    Kind {
        name: "byte-order-mark",
        rule: None,
        about: "A byte order mark at the start of a document.",
        spots: |world| whole(world, |text| !text.text.starts_with('\u{feff}')),
        edit: mark,
    },
];

static BULLET: LazyLock<Regex> = LazyLock::new(|| expression(r"^[ \t]*([-*])[ \t]+\S"));
static RULER: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*$"));

fn bullets(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let mut edits = Vec::new();
    for line in (0..text.lines.len()).filter(|line| text.open(*line)) {
        let words = text.line(line);
        // `* * *` and `- - -` are rules, not lists.
        if words
            .chars()
            .all(|each| matches!(each, '-' | '*' | ' ' | '\t'))
        {
            continue;
        }
        if let Some(found) = BULLET.captures(words).and_then(|parts| parts.get(1)) {
            let at = text.lines[line].start + found.start();
            let now = if found.as_str() == "-" { "*" } else { "-" };
            edits.push((at..at + 1, now.to_owned()));
        }
    }
    let count = edits.len();
    rewritten(
        text,
        0,
        text.with(&edits),
        format!("{count} bullets written otherwise"),
    )
}

fn table(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let row = |line: usize| {
        text.open(line)
            && text.line(line).starts_with('|')
            && text.line(line).trim_end().ends_with('|')
    };
    let first = (0..spot.line).rev().take_while(|line| row(*line)).last()?;
    let mut edits = Vec::new();
    for line in (first..text.lines.len()).take_while(|line| row(*line)) {
        let words = text.line(line);
        if words.contains("\\|") || words.contains('`') {
            return None;
        }
        let cells: Vec<String> = words
            .trim_end()
            .trim_matches('|')
            .split('|')
            .map(|cell| {
                if line == spot.line {
                    cell.trim().replacen('-', "---", 1)
                } else {
                    format!("{:<24}", cell.trim())
                }
            })
            .collect();
        let at = &text.lines[line];
        edits.push((at.start..at.end, format!("| {} |", cells.join(" | "))));
    }
    let what = format!("{} rows of a table aligned", edits.len());
    rewritten(text, spot.line, text.with(&edits), what)
}

fn trailing(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let mut edits = Vec::new();
    for (number, line) in text.lines.iter().enumerate() {
        let words = text.line(number);
        if !line.opaque && !words.trim().is_empty() && !words.ends_with([' ', '\t', '\\']) {
            edits.push((line.end..line.end, " ".to_owned()));
        }
    }
    let count = edits.len();
    rewritten(
        text,
        0,
        text.with(&edits),
        format!("{count} lines end with a blank"),
    )
}

fn crlf(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text: &Document = &world.documents[spot.document];
    rewritten(
        text,
        0,
        text.text.replace('\n', "\r\n"),
        "line breaks are CRLF".to_owned(),
    )
}

fn mark(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    rewritten(
        text,
        0,
        format!("\u{feff}{}", text.text),
        "byte order mark added".to_owned(),
    )
}
