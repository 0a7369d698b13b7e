//! A heading with nothing below it.

use super::{meant, shown, write};
use crate::document::{Document, Heading, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "section-emptied",
        rule: Some("empty-section"),
        about: "Everything below a heading of spec.md or plan.md goes. Only sections without headings, comments, template \
                text, definitions and stories in them, of the second level or last of their parent, and without a colon.",
        spots: |world| spots(world, true),
        edit: emptied,
    },
    Kind {
        name: "heading-added",
        rule: Some("empty-section"),
        about: "A second-level heading `Open Points` is put before another one, with nothing below it, in spec.md, plan.md \
                or tasks.md.",
        spots: |world| spots(world, false),
        edit: added,
    },
];

const ADDED: &str = "Open Points";

fn spots(world: &World, to_empty: bool) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, text) in world.documents.iter().enumerate() {
        let fits = |heading: &Heading| {
            if to_empty {
                text.role != Role::Tasks && can_be_emptied(text, heading)
            } else {
                heading.level == 2
            }
        };
        if text.role != Role::Checklist {
            let headings = text.headings().into_iter().filter(fits);
            spots.extend(headings.map(|heading| Spot {
                document,
                line: heading.line,
            }));
        }
    }
    spots
}

fn can_be_emptied(text: &Document, heading: &Heading) -> bool {
    let section = text.section(heading);
    let inside = |line: usize| line > heading.line && section.contains(&line);
    let parts = text.headings().iter().any(|other| inside(other.line));
    let defines = text.definitions().iter().any(|one| inside(one.line));
    let story = text
        .stories()
        .iter()
        .any(|story| story.line == heading.line);
    let mut lines = section.clone().skip(1);
    let filled = lines.any(|line| text.open(line) && !text.blank(line));
    let strange = section
        .clone()
        .any(|line| text.line(line).contains("<!--") || text.line(line).contains('['));
    // An id in a heading is an item of its own.
    let numbered = heading.title.chars().any(|each| each.is_ascii_digit());
    let next = text
        .headings()
        .into_iter()
        .find(|next| next.line > heading.line);
    let last = heading.level == 2 || next.is_none_or(|next| next.level != heading.level);
    let colon = heading.title.contains([':', '：']);
    heading.level > 1
        && last
        && !colon
        && filled
        && !(parts || defines || story || strange || numbered)
}

fn heading_of(world: &World, spot: Spot) -> Option<(&Document, Heading)> {
    let text = &world.documents[spot.document];
    let heading = text
        .headings()
        .into_iter()
        .find(|heading| heading.line == spot.line)?;
    Some((text, heading))
}

fn emptied(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let (text, heading) = heading_of(world, spot)?;
    let section = text.section(&heading);
    let gone = |line: usize| line > heading.line && section.contains(&line) && !text.blank(line);
    let now = text.without_lines(gone);
    Some(Edit {
        change: write(text, now),
        place: format!("{}:{}", text.path, spot.line + 1),
        what: format!("section \u{201c}{}\u{201d} emptied", shown(&heading.title)),
        expected: Expected {
            rule: Some("empty-section"),
            meant: vec![meant(&text.path, spot.line + 1, Some(&heading.title))],
            // What stood in it may have been all that another document points at.
            other_ends: vec![OtherEnd {
                codes: &["unknown-reference", "broken-link"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}

fn added(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let (text, heading) = heading_of(world, spot)?;
    let now = text.with_lines(heading.line, &[&format!("## {ADDED}"), ""]);
    Some(Edit {
        change: write(text, now),
        place: format!("{}:{}", text.path, spot.line + 1),
        what: format!("inserted the heading `## {ADDED}`"),
        expected: Expected {
            rule: Some("empty-section"),
            meant: vec![meant(&text.path, spot.line + 1, Some(ADDED))],
            ..Expected::default()
        },
    })
}
