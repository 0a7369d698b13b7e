//! A task made to wait for one behind it.

use super::{meant, shown, unnamed_open_tasks, write};
use crate::document::Role;
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "depends-on-later",
    rule: Some("dependency-order"),
    about: "`(depends on T012)` at the end of an open task, where T012 is an open task behind it. Only tasks on one line \
            that nothing else names.",
    spots,
    edit,
}];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let tasks = unnamed_open_tasks(list);
        let before = tasks.len().saturating_sub(1);
        spots.extend(tasks.iter().take(before).map(|task| Spot {
            document,
            line: task.line,
        }));
    }
    spots
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let tasks = unnamed_open_tasks(list);
    let later: Vec<_> = tasks.iter().filter(|task| task.line > spot.line).collect();
    let other = later.get(random.below(later.len()))?;
    let other = list.text[other.id.clone()].to_owned();
    let end = list.lines[spot.line].end;
    let words = match random.below(3) {
        0 => format!(" (depends on {other})"),
        1 => format!(" (after {other})"),
        _ => format!(" — depends on {other}"),
    };
    Some(Edit {
        change: write(list, list.with(&[(end..end, words.clone())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("`{words}` behind `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("dependency-order"),
            meant: vec![meant(&list.path, spot.line + 1, Some(&other))],
            ..Expected::default()
        },
    })
}
