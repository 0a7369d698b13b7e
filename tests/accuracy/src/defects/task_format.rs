//! A task line that lacks its checkbox or its id.

use super::{meant, shown, write};
use crate::document::{Document, Role, Task};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::wilson::share;
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "checkbox-removed",
        rule: Some("task-format"),
        about: "`- [ ] T001 [P] ...` becomes `- T001 [P] ...`, where four of five checkboxes of the list have an id and the task \
                has `[P]` or `[US1]`.",
        spots: |world| spots(world, true),
        edit: checkbox,
    },
    Kind {
        name: "checkbox-removed-plain",
        rule: Some("task-format"),
        about: "The same for tasks without `[P]` and `[US1]`.",
        spots: |world| spots(world, false),
        edit: checkbox,
    },
    Kind {
        name: "task-id-removed",
        rule: Some("task-format"),
        about: "`- [ ] T001 [P] ...` becomes `- [ ] [P] ...`, in the same lists. Not without `[P]` and `[US1]`: checkpoints and \
                closing lists are written so.",
        spots: |world| spots(world, true),
        edit: id,
    },
];

/// Whether the list is written as checkboxes with ids.
fn regular(list: &Document) -> bool {
    let boxes = (0..list.lines.len()).filter(|line| {
        let text = list.line(*line).trim_start();
        list.open(*line) && matches!(text.get(2..5), Some("[ ]" | "[x]" | "[X]"))
    });
    let (tasks, boxes) = (list.tasks().len(), boxes.count());
    tasks >= 4 && share(tasks, boxes).is_some_and(|share| share >= 0.8)
}

fn spots(world: &World, labelled: bool) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks).filter(|(_, list)| regular(list)) {
        let outer = list.tasks().into_iter().filter(|task| {
            !task.indented && labelled == (task.parallel.is_some() || !task.labels.is_empty())
        });
        spots.extend(outer.map(|task| Spot {
            document,
            line: task.line,
        }));
    }
    spots
}

fn task(list: &Document, line: usize) -> Option<Task> {
    list.tasks().into_iter().find(|task| task.line == line)
}

fn checkbox(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = task(list, spot.line)?;
    let covered = list.text[task.id.clone()].to_owned();
    let range = task.checkbox.clone();
    Some(edit(list, &task, range, &covered, "checkbox"))
}

fn id(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = task(list, spot.line)?;
    let line = list.line(spot.line);
    let start = list.lines[spot.line].start;
    // `**T001**` goes whole, `**T001 [P]** ...` cannot.
    let mut range = task.id.clone();
    let (before, behind) = (&list.text[start..range.start], &list.text[range.end..]);
    if before.ends_with("**") {
        if !behind.starts_with("**") {
            return None;
        }
        range = range.start - 2..range.end + 2;
    }
    let rest = &list.text[range.end..list.lines[spot.line].end];
    range.end += rest.len() - rest.trim_start_matches([' ', ':']).len();
    if line.trim().len() < 16 {
        return None;
    }
    let bullet = list.text[task.checkbox.start - 2..task.checkbox.end - 1].to_owned();
    Some(edit(list, &task, range, &bullet, "id"))
}

fn edit(
    list: &Document,
    task: &Task,
    gone: std::ops::Range<usize>,
    covered: &str,
    what: &str,
) -> Edit {
    let id = list.text[task.id.clone()].to_owned();
    // Others name the id that went.
    let mut other_ends = vec![OtherEnd {
        codes: &["unknown-task", "dependency-order"],
        says: vec![id],
    }];
    // It was the only task of its story.
    other_ends.extend(task.labels.iter().map(|label| OtherEnd {
        codes: &["story-without-task"],
        says: vec![list.text[label.clone()].replace(['[', ']'], "")],
    }));
    Edit {
        change: write(list, list.with(&[(gone, String::new())])),
        place: format!("{}:{}", list.path, task.line + 1),
        what: format!("{what} removed from `{}`", shown(list.line(task.line))),
        expected: Expected {
            rule: Some("task-format"),
            meant: vec![meant(&list.path, task.line + 1, Some(covered))],
            other_ends,
            renames: true,
        },
    }
}
