//! Tasks made to wait for each other.

use super::{meant, shown, unnamed_open_tasks, write};
use crate::document::Role;
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "circle",
    rule: Some("dependency-cycle"),
    about: "`(depends on ...)` at the end of two or three open tasks, each naming the next and the last one the first. \
            Only tasks on one line that nothing else names.",
    spots,
    edit,
}];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let tasks = unnamed_open_tasks(list);
        let before = tasks.len().saturating_sub(2);
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
    let from = tasks.iter().position(|task| task.line == spot.line)?;
    let circle = tasks.get(from..from + 2 + random.below(2))?;
    let id = |at: usize| list.text[circle[at % circle.len()].id.clone()].to_owned();
    let edits: Vec<_> = (0..circle.len())
        .map(|at| {
            let end = list.lines[circle[at].line].end;
            (end..end, format!(" (depends on {})", id(at + 1)))
        })
        .collect();
    let names: Vec<String> = (0..circle.len()).map(id).collect();
    Some(Edit {
        change: write(list, list.with(&edits)),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!(
            "{} wait for each other; `{}`",
            names.join(", "),
            shown(list.line(spot.line))
        ),
        expected: Expected {
            rule: Some("dependency-cycle"),
            meant: vec![meant(
                &list.path,
                spot.line + 1,
                names.get(1).map(String::as_str),
            )],
            ..Expected::default()
        },
    })
}
