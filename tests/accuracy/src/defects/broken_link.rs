//! A Markdown link that leads to nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "target-renamed",
        rule: Some("broken-link"),
        about: "`(plan.md)` of a Markdown link becomes `(plan-x.md)`, where the file is there. Not in fences and code spans, \
                nor on lines with two links.",
        spots: of_links,
        edit: renamed,
    },
    Kind {
        name: "link-added",
        rule: Some("broken-link"),
        about: "A last paragraph with a link to a file that is not there, or to a heading that the specification does not \
                have.",
        spots: of_documents,
        edit: added,
    },
];

static LINK: LazyLock<Regex> =
    LazyLock::new(|| expression(r"\]\(((?:\.{1,2}/)*[A-Za-z0-9_/-]+\.md)\)"));

/// The only link of a line, if it leads to a tracked file: bytes of its path in the document.
fn link(world: &World, text: &Document, line: usize) -> Option<Range<usize>> {
    let words = text.line(line);
    if !text.open(line) || words.contains('`') || words.matches("](").count() != 1 {
        return None;
    }
    let found = LINK.captures(words)?.get(1)?;
    let mut parts: Vec<&str> = text.path.split('/').collect();
    parts.pop();
    for part in found.as_str().split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let at = text.lines[line].start;
    world
        .files
        .contains(&parts.join("/"))
        .then(|| at + found.start()..at + found.end())
}

fn of_links(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, text) in world.documents.iter().enumerate() {
        let lines = (0..text.lines.len()).filter(|line| link(world, text, *line).is_some());
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

fn renamed(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let range = link(world, text, spot.line)?;
    let now = format!("{}-x.md", text.text[range.clone()].strip_suffix(".md")?);
    Some(Edit {
        change: write(text, text.with(&[(range, now.clone())])),
        place: format!("{}:{}", text.path, spot.line + 1),
        what: format!("leads to `{now}` in `{}`", shown(text.line(spot.line))),
        expected: expected(&text.path, spot.line + 1, &now),
    })
}

fn expected(path: &str, line: usize, covers: &str) -> Expected {
    Expected {
        rule: Some("broken-link"),
        meant: vec![meant(path, line, Some(covers))],
        ..Expected::default()
    }
}

/// Documents that end outside fences and comments.
fn of_documents(world: &World) -> Vec<Spot> {
    let ends = |text: &Document| text.lines.last().is_some_and(|line| !line.opaque);
    let documents = world.documents.iter().enumerate();
    documents
        .filter(|(_, text)| ends(text) && world.sibling(&text.feature, Role::Spec).is_some())
        .map(|(document, text)| Spot {
            document,
            line: text.lines.len() - 1,
        })
        .collect()
}

fn added(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let depth = |path: &str| path.matches('/').count();
    let up = "../".repeat(depth(&text.path).checked_sub(depth(&text.feature) + 1)?);
    let (target, covers) = match random.below(3) {
        0 => (
            format!("{up}notes/decisions-x.md"),
            format!("{up}notes/decisions-x.md"),
        ),
        1 => (
            "no-such-file.md#top".to_owned(),
            "no-such-file.md".to_owned(),
        ),
        _ => (
            format!("{up}spec.md#a-heading-that-nobody-wrote"),
            "a-heading-that-nobody-wrote".to_owned(),
        ),
    };
    let words = format!("See [the notes]({target}) for more.");
    let line = text.lines.len();
    Some(Edit {
        change: write(text, text.with_lines(line, &["", &words])),
        place: format!("{}:{}", text.path, line + 2),
        what: format!("`{words}` at the end"),
        expected: expected(&text.path, line + 2, &covers),
    })
}
