//! An open box below a ticked task.

use super::{meant, shown, write};
use crate::document::{Document, Role, Task};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "open-box-below",
    rule: Some("parent-done-child-open"),
    about: "A line `  - [ ] ...` below a ticked task at the margin, alone or behind a ticked one.",
    spots,
    edit,
}];

const WORDS: &[&str] = &[
    "Check it by hand",
    "書き直す",
    "Write the rest in `src/rest.rs`",
];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let ticked = list.tasks().into_iter().filter(|task| alone(list, task));
        spots.extend(ticked.map(|task| Spot {
            document,
            line: task.line,
        }));
    }
    spots
}

/// A ticked task on one line.
fn alone(list: &Document, task: &Task) -> bool {
    let next = list.line(task.line + 1);
    task.ticked && !task.indented && (next.trim().is_empty() || next.starts_with("- "))
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = list
        .tasks()
        .into_iter()
        .find(|task| task.line == spot.line)?;
    let id = list.text[task.id.clone()].to_owned();
    let open = format!("  - [ ] {}", WORDS[random.below(WORDS.len())]);
    let ticked = "  - [x] Write the first half";
    let lines: Vec<&str> = if random.below(2) == 0 {
        vec![&open]
    } else {
        vec![ticked, &open]
    };
    Some(Edit {
        change: write(list, list.with_lines(spot.line + 1, &lines)),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("`{open}` below `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("parent-done-child-open"),
            meant: vec![meant(&list.path, spot.line + 1, Some(&id))],
            ..Expected::default()
        },
    })
}
