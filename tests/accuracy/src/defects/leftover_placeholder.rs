//! Text of the template that comes back.

use std::sync::LazyLock;

use regex::Regex;

use super::{expression, shown, write};
use crate::document::{Document, Role, line_of};
use crate::judge::{Expected, Meant};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "title-placeholder",
        rule: Some("leftover-placeholder"),
        about: "The title behind the colon of the first heading of spec.md, plan.md or tasks.md becomes `[FEATURE NAME]`.",
        spots: |world| lines(world, &[Role::Spec, Role::Plan, Role::Tasks], is_title),
        edit: title,
    },
    Kind {
        name: "template-comment",
        rule: Some("leftover-placeholder"),
        about: "A comment that begins with ACTION REQUIRED is put below a second-level heading of spec.md.",
        spots: |world| {
            lines(world, &[Role::Spec], |text, line| {
                text.line(line).starts_with("## ")
            })
        },
        edit: comment,
    },
    Kind {
        name: "example-placeholder",
        rule: Some("leftover-placeholder"),
        about: "The value of a line of plan.md's technical context becomes the template's `[e.g., ...]`.",
        spots: |world| {
            lines(world, &[Role::Plan], |text, line| {
                VALUE.is_match(text.line(line))
            })
        },
        edit: example,
    },
    Kind {
        name: "date-placeholder",
        rule: Some("leftover-placeholder"),
        about: "The date in the head of spec.md or plan.md becomes `[DATE]`.",
        spots: |world| {
            lines(world, &[Role::Spec, Role::Plan], |text, line| {
                line < 12 && DATE.is_match(text.line(line))
            })
        },
        edit: date,
    },
];

static TITLE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^\u{feff}?# [A-Za-z ]+: (\S.*?)\s*$"));
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^\*\*(?:Language/Version|Testing)\*\*: (\S.*?)\s*$"));
static DATE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"\*\*(?:Created|Date)\*\*: (\d{4}-\d{2}-\d{2})"));

const COMMENT: &[&str] = &[
    "<!--",
    "  ACTION REQUIRED: Replace what stands below.",
    "-->",
];

fn is_title(text: &Document, line: usize) -> bool {
    line < 12 && TITLE.is_match(text.line(line))
}

fn lines(world: &World, roles: &[Role], fits: fn(&Document, usize) -> bool) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, text) in world.documents.iter().enumerate() {
        if roles.contains(&text.role) {
            let open = (0..text.lines.len()).filter(|line| text.open(*line) && fits(text, *line));
            spots.extend(open.map(|line| Spot { document, line }));
        }
    }
    spots
}

fn title(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    replaced(
        &world.documents[spot.document],
        spot.line,
        &TITLE,
        "[FEATURE NAME]",
    )
}

fn date(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    replaced(&world.documents[spot.document], spot.line, &DATE, "[DATE]")
}

fn example(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let now = if text.line(spot.line).starts_with("**Testing") {
        "[e.g., pytest, XCTest, cargo test or NEEDS CLARIFICATION]"
    } else {
        "[e.g., Python 3.11, Swift 5.9, Rust 1.75 or NEEDS CLARIFICATION]"
    };
    replaced(text, spot.line, &VALUE, now)
}

/// The first group of a pattern in a line, replaced.
fn replaced(text: &Document, line: usize, pattern: &Regex, now: &str) -> Option<Edit> {
    let found = pattern.captures(text.line(line))?.get(1)?;
    let at = text.lines[line].start;
    let range = at + found.start()..at + found.end();
    let was = found.as_str();
    (was != now).then(|| Edit {
        change: write(text, text.with(&[(range, now.to_owned())])),
        place: format!("{}:{}", text.path, line + 1),
        what: format!("`{}` -> `{now}`", shown(was)),
        expected: expected(text, (line + 1, line + 1), now),
    })
}

fn comment(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let now = spec.with_lines(spot.line + 1, &["", COMMENT[0], COMMENT[1], COMMENT[2]]);
    let first = line_of(&now, now.find(COMMENT[1])?) - 1;
    let covered = COMMENT.join(spec.line_break());
    Some(Edit {
        change: write(spec, now),
        place: format!("{}:{first}", spec.path),
        what: "inserted an ACTION REQUIRED comment".to_owned(),
        expected: expected(spec, (first, first + 2), &covered),
    })
}

fn expected(text: &Document, lines: (usize, usize), covered: &str) -> Expected {
    Expected {
        rule: Some("leftover-placeholder"),
        meant: vec![Meant {
            path: text.path.clone(),
            lines,
            text: Some(covered.to_owned()),
            says: None,
        }],
        ..Expected::default()
    }
}
