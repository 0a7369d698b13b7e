//! An open task that loses its words, and its file with them.

use super::{meant, shown, write};
use crate::document::{Document, Role, Task};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "path-gone",
    rule: Some("task-without-path"),
    about: "The words of an open task with a story's label become some that name no file, where the list has twelve such \
            tasks and each line of them names one.",
    spots,
    edit,
}];

const WORDS: &[&str] = &[
    "Remember what was sent",
    "Write the other half",
    "覚えておく処理を追加する",
];

fn careful(list: &Document) -> Vec<Task> {
    let tasks: Vec<Task> = list
        .tasks()
        .into_iter()
        .filter(|task| !task.labels.is_empty())
        .collect();
    if tasks.len() < 12 || tasks.iter().any(|task| task.paths.is_empty()) {
        return Vec::new();
    }
    let whole = |task: &Task| {
        let next = list.line(task.line + 1);
        next.trim().is_empty() || next.starts_with("- ")
    };
    let mut open = tasks;
    open.retain(|task| !task.ticked && !task.indented && whole(task));
    open
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        spots.extend(careful(list).iter().map(|task| Spot {
            document,
            line: task.line,
        }));
    }
    spots
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = careful(list)
        .into_iter()
        .find(|task| task.line == spot.line)?;
    let from = task.labels.last()?.end;
    let to = list.lines[spot.line].end;
    let words = format!(" {}", WORDS[random.below(WORDS.len())]);
    let id = list.text[task.id.clone()].to_owned();
    Some(Edit {
        change: write(list, list.with(&[(from..to, words.clone())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("`{}` says only `{words}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("task-without-path"),
            meant: vec![meant(&list.path, spot.line + 1, Some(&id))],
            // What it cited is cited no more.
            other_ends: vec![OtherEnd {
                codes: &["requirement-without-task"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
