//! A ticked task whose files never were.

use std::fmt::Write as _;

use super::{free_task_id, meant, shown, speaks_of_going};
use crate::checkout::{Change, Step};
use crate::document::Role;
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "phantom-committed",
        rule: Some("phantom-task"),
        about: "A ticked task is added behind another one, with a free id and one or two files that never existed, in the \
                directory of a file that its neighbour names; in a commit.",
        spots,
        edit: |world, spot, random| edit(world, spot, random, true),
    },
    Kind {
        name: "phantom-uncommitted",
        rule: Some("phantom-task"),
        about: "The same in the working tree only.",
        spots,
        edit: |world, spot, random| edit(world, spot, random, false),
    },
];

/// Words that no code base uses for its files.
const WORDS: &[&str] = &[
    "brindle", "quoll", "tansy", "ferrule", "gudgeon", "marrow", "sorrel", "widgeon", "pintle",
    "samphire", "teasel", "lorimer",
];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        for task in list.tasks() {
            let line = list.line(task.line);
            let known = task
                .paths
                .iter()
                .any(|path| world.files.contains(&list.text[path.clone()]));
            if task.ticked && known && !task.indented && !speaks_of_going(line) {
                spots.push(Spot {
                    document,
                    line: task.line,
                });
            }
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, random: &mut Random, commit: bool) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = list
        .tasks()
        .into_iter()
        .find(|task| task.line == spot.line)?;
    let known = task
        .paths
        .iter()
        .map(|path| &list.text[path.clone()])
        .find(|path| world.files.contains(*path))?;
    let (directory, name) = known.rsplit_once('/')?;
    let ending = name.rsplit('.').next()?;
    let (one, other) = (random.one(WORDS)?, random.one(WORDS)?);
    let stem = format!("{one}_{other}");
    if one == other
        || world
            .files
            .iter()
            .any(|file| file.contains(one) || file.contains(other))
    {
        return None;
    }
    let id = free_task_id(list);
    let label = task.labels.first().map_or(String::new(), |label| {
        format!("{} ", &list.text[label.clone()])
    });
    let mut line =
        format!("- [x] {id} {label}Implement the {one} {other} in `{directory}/{stem}.{ending}`");
    if random.below(2) == 1 {
        let _ = write!(line, " and `{directory}/{stem}_port.{ending}`");
    }
    let before = list.behind_item(spot.line);
    let text = list.with_lines(before, &[&line]);
    let how = if commit { "committed" } else { "not committed" };
    Some(Edit {
        change: Change {
            steps: vec![Step::Write(list.path.clone(), text.into_bytes())],
            commit,
        },
        place: format!("{}:{}", list.path, before + 1),
        what: format!("inserted `{}`, {how}", shown(&line)),
        expected: Expected {
            rule: Some("phantom-task"),
            meant: vec![meant(&list.path, before + 1, Some(&id))],
            ..Expected::default()
        },
    })
}
