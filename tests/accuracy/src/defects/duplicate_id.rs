//! An id that is defined twice.

use super::{meant, shown, write};
use crate::document::Role;
use crate::judge::{Expected, Meant, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "requirement-twice",
        rule: Some("duplicate-id"),
        about: "A second list item with the id of an existing one (FR, NFR, SC). Not where the id is defined twice already.",
        spots: requirements,
        edit: requirement,
    },
    Kind {
        name: "task-twice",
        rule: Some("duplicate-id"),
        about: "A second task line with the id of the task above it. Not in lists whose numbers repeat already.",
        spots: tasks,
        edit: task,
    },
];

fn requirements(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let all = spec.definitions();
        let once = all.iter().filter(|one| {
            let bold = format!("**{}", one.id);
            spec.text.matches(&bold).count() == 1 && !spec.text.contains(&format!("| {} ", one.id))
        });
        spots.extend(once.map(|one| Spot {
            document,
            line: one.line,
        }));
    }
    spots
}

fn requirement(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let all = spec.definitions();
    let first = all.iter().find(|one| one.line == spot.line)?;
    // Behind this or any later item of the same list.
    let letters = first.id.split('-').next()?;
    let alike: Vec<_> = all
        .iter()
        .filter(|one| one.line >= spot.line && one.id.starts_with(letters))
        .collect();
    let before = spec.behind_item(random.one(&alike)?.line);
    let bullet = spec.line(spot.line).chars().next()?;
    let line = format!(
        "{bullet} **{}**: The system MUST write an entry to the audit log.",
        first.id
    );
    let second = before + 1;
    Some(Edit {
        change: write(spec, spec.with_lines(before, &[&line])),
        place: format!("{}:{second}", spec.path),
        what: format!("inserted `{}`", shown(&line)),
        expected: Expected {
            rule: Some("duplicate-id"),
            meant: both(&spec.path, spot.line + 1, second, &first.id),
            ..Expected::default()
        },
    })
}

fn both(path: &str, first: usize, second: usize, id: &str) -> Vec<Meant> {
    vec![meant(path, second, Some(id)), meant(path, first, Some(id))]
}

fn tasks(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let tasks = list.tasks();
        let mut ids: Vec<&str> = tasks
            .iter()
            .map(|task| &list.text[task.id.clone()])
            .collect();
        ids.sort_unstable();
        if ids.windows(2).all(|pair| pair[0] != pair[1]) {
            let outer = tasks.iter().filter(|task| !task.indented);
            spots.extend(outer.map(|task| Spot {
                document,
                line: task.line,
            }));
        }
    }
    spots
}

fn task(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = list
        .tasks()
        .into_iter()
        .find(|task| task.line == spot.line)?;
    let id = &list.text[task.id.clone()];
    let before = list.behind_item(spot.line);
    let upto = task.id.end - list.lines[spot.line].start;
    let head = list.line(spot.line)[..upto]
        .replace("[x]", "[ ]")
        .replace("[X]", "[ ]")
        .replace("**", "");
    let line = format!("{head} Write down what was learned");
    Some(Edit {
        change: write(list, list.with_lines(before, &[&line])),
        place: format!("{}:{}", list.path, before + 1),
        what: format!("inserted `{}`", shown(&line)),
        expected: Expected {
            rule: Some("duplicate-id"),
            meant: both(&list.path, spot.line + 1, before + 1, id),
            // The words that are inserted name no file.
            other_ends: vec![OtherEnd {
                codes: &["task-without-path"],
                says: vec![id.to_owned()],
            }],
            ..Expected::default()
        },
    })
}
