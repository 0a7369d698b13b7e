//! Text added or wrapped otherwise.

use std::ops::Range;

use super::{lines, rewritten};
use crate::document::{Document, Role};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

const ALL: &[Role] = &[
    Role::Spec,
    Role::Plan,
    Role::Tasks,
    Role::Requirements,
    Role::Design,
];
const WIDTH: usize = 72;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "reflow",
        rule: None,
        about: "A paragraph is wrapped at 72 columns; code spans and links stay on one line.",
        spots: |world| lines(world, ALL, |text, line| paragraph(text, line).is_some()),
        edit: reflow,
    },
    Kind {
        name: "comment-added",
        rule: None,
        about: "An HTML comment before a heading.",
        spots: before_headings,
        edit: |world, spot, _| {
            inserted(
                world,
                spot,
                "<!-- Reviewed by the team; nothing to add. -->",
            )
        },
    },
    Kind {
        name: "paragraph-added",
        rule: None,
        about: "A paragraph before a heading.",
        spots: before_headings,
        edit: |world, spot, _| {
            inserted(
                world,
                spot,
                "The team talked about this part in the weekly review and agreed on it as it stands.",
            )
        },
    },
    Kind {
        name: "section-added",
        rule: None,
        about: "A section that no template has, at the end.",
        spots: |world| super::whole(world, |text| ALL.contains(&text.role)),
        edit: section,
    },
];

/// Lines of a paragraph at the margin that starts in `line` and stands alone; nothing where Markdown would read it otherwise.
fn paragraph(text: &Document, line: usize) -> Option<Range<usize>> {
    if line == 0 || !text.blank(line - 1) {
        return None;
    }
    let mut end = line;
    while end < text.lines.len() && !text.blank(end) {
        let words = text.line(end);
        let plain = text.open(end)
            && words.starts_with(|first: char| first.is_alphabetic())
            && !words.ends_with("  ")
            && !words.ends_with('\\');
        if !plain || words.contains(['|', '<', '$']) {
            return None;
        }
        end += 1;
    }
    let long = (line..end)
        .map(|each| text.line(each).chars().count())
        .sum::<usize>()
        > WIDTH + 20;
    (end > line && long).then_some(line..end)
}

fn reflow(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let range = paragraph(text, spot.line)?;
    let joined = range
        .clone()
        .map(|line| text.line(line))
        .collect::<Vec<_>>()
        .join(" ");
    let wrapped = wrap(&joined)?;
    let bytes = text.lines[range.start].start..text.lines[range.end - 1].end;
    let now = text.with(&[(bytes, wrapped.join(text.line_break()))]);
    rewritten(
        text,
        spot.line,
        now,
        format!("wrapped {} lines into {}", range.len(), wrapped.len()),
    )
}

/// Words in lines of at most [`WIDTH`]; nothing where a line would start like something else.
fn wrap(words: &str) -> Option<Vec<String>> {
    let mut lines: Vec<String> = vec![String::new()];
    for unit in units(words) {
        let last = lines.last_mut()?;
        if last.is_empty() {
            *last = unit;
        } else if last.chars().count() + 1 + unit.chars().count() <= WIDTH {
            last.push(' ');
            last.push_str(&unit);
        } else {
            lines.push(unit);
        }
    }
    let looks = |line: &String| {
        line.starts_with(['-', '*', '+', '#', '>', '=', '~', '|', '[', ':'])
            || line.starts_with("```")
            || line.starts_with(|first: char| first.is_ascii_digit())
    };
    (!lines.iter().skip(1).any(looks)).then_some(lines)
}

/// Words; code spans and brackets hold theirs together.
fn units(words: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut open = false;
    for word in words.split_whitespace() {
        match units.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => units.push(word.to_owned()),
        }
        let whole = units.last().map_or("", String::as_str);
        let count = |mark: char| whole.matches(mark).count();
        open = count('`') % 2 == 1 || count('[') > count(']') || count('(') > count(')');
    }
    units
}

fn before_headings(world: &World) -> Vec<Spot> {
    lines(world, ALL, |text, line| {
        text.line(line).starts_with("##") && line > 0 && text.blank(line - 1) && text.open(line - 1)
    })
}

fn inserted(world: &World, spot: Spot, line: &str) -> Option<Edit> {
    let text = &world.documents[spot.document];
    rewritten(
        text,
        spot.line,
        text.with_lines(spot.line, &[line, ""]),
        format!("inserted `{line}`"),
    )
}

fn section(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    // A fence that nothing closes would swallow it.
    if text.lines.last().is_none_or(|last| last.opaque) {
        return None;
    }
    let added = [
        "",
        "## Notes from the review",
        "",
        "Everyone agreed that the wording is clear enough to begin.",
    ];
    let end = text.lines.len();
    rewritten(
        text,
        end,
        text.with_lines(end, &added),
        "appended the section `Notes from the review`".to_owned(),
    )
}
