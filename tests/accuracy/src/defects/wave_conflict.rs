//! A wave with a task that is not there.

use super::unknown_criterion::kiro;
use super::{expression, meant, shown, write};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;
use regex::Regex;
use std::sync::LazyLock;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "wave-task",
    rule: Some("wave-conflict"),
    about: "The first task of a wave in a Kiro task list becomes `99.9`.",
    spots,
    edit,
}];

static WAVE: LazyLock<Regex> = LazyLock::new(|| expression(r#""tasks": ?\["(\d+(?:\.\d+)?)""#));

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in kiro(world) {
        let lines = (0..list.lines.len()).filter(|line| WAVE.is_match(list.line(*line)));
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let found = WAVE.captures(list.line(spot.line))?.get(1)?;
    let start = list.lines[spot.line].start;
    let range = start + found.start()..start + found.end();
    Some(Edit {
        change: write(list, list.with(&[(range, "99.9".to_owned())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!(
            "{} -> 99.9 in `{}`",
            found.as_str(),
            shown(list.line(spot.line))
        ),
        expected: Expected {
            rule: Some("wave-conflict"),
            meant: vec![meant(&list.path, spot.line + 1, Some("99.9"))],
            ..Expected::default()
        },
    })
}
