//! A property with the title of another one.

use super::unknown_criterion::kiro;
use super::{expression, meant, shown, write};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;
use regex::Regex;
use std::sync::LazyLock;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "property-title",
    rule: Some("property-title-mismatch"),
    about: "The title in `**Property 3: Title**` of a Kiro task list becomes the title of another property of design.md. \
            Only where design.md has a heading for both.",
    spots,
    edit,
}];

static LABEL: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^\s*- \*\*Property (\d+): ([^*]+)\*\*"));
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| expression(r"(?m)^#{3,4} Property (\d+): (.*\S)[ \t]*\r?$"));

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (at, list) in kiro(world) {
        for line in 0..list.lines.len() {
            if !list.lines[line].opaque && other(world, &list.feature, list.line(line)).is_some() {
                spots.push(Spot { document: at, line });
            }
        }
    }
    spots
}

/// The title of the property behind the one a line names.
fn other(world: &World, feature: &str, line: &str) -> Option<String> {
    let found = LABEL.captures(line)?;
    let design = world.text(&format!("{feature}/design.md"))?;
    let titles: Vec<(&str, &str)> = HEADING
        .captures_iter(&design)
        .filter_map(|heading| Some((heading.get(1)?.as_str(), heading.get(2)?.as_str())))
        .collect();
    let own = titles.iter().position(|(number, _)| *number == &found[1])?;
    let (_, next) = titles.get((own + 1) % titles.len())?;
    let differs = !next.starts_with(titles[own].1) && !titles[own].1.starts_with(next);
    (titles.len() > 1 && differs).then(|| (*next).to_owned())
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let line = list.line(spot.line);
    let title = other(world, &list.feature, line)?;
    let found = LABEL.captures(line)?.get(2)?;
    let start = list.lines[spot.line].start;
    Some(Edit {
        change: write(
            list,
            list.with(&[(start + found.start()..start + found.end(), title.clone())]),
        ),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("`{}` -> {title}", shown(line)),
        expected: Expected {
            rule: Some("property-title-mismatch"),
            meant: vec![meant(&list.path, spot.line + 1, None)],
            ..Expected::default()
        },
    })
}
