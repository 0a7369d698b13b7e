//! Work that goes on: a tick, a new requirement, other words.

use super::{lines, rewritten};
use crate::document::Role;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "task-ticked",
        rule: None,
        about: "An open task whose files are all there is ticked.",
        spots: open_tasks,
        edit: tick,
    },
    Kind {
        name: "story-text",
        rule: None,
        about: "A line of prose in a story gets other words; ids, paths and marks are not in it.",
        spots: story_prose,
        edit: reword,
    },
    Kind {
        name: "requirement-added",
        rule: None,
        about: "A functional requirement with the next free number behind the last one of the spec.",
        spots: last_requirements,
        edit: require,
    },
];

fn open_tasks(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        for task in list.tasks().into_iter().filter(|task| !task.ticked) {
            let there =
                |path: &std::ops::Range<usize>| world.files.contains(&list.text[path.clone()]);
            if !task.paths.is_empty() && task.paths.iter().all(there) {
                spots.push(Spot {
                    document,
                    line: task.line,
                });
            }
        }
    }
    spots
}

fn tick(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = list
        .tasks()
        .into_iter()
        .find(|task| task.line == spot.line)?;
    let now = list.with(&[(task.state..task.state + 1, "x".to_owned())]);
    rewritten(
        list,
        spot.line,
        now,
        format!("ticked {}", &list.text[task.id]),
    )
}

fn story_prose(world: &World) -> Vec<Spot> {
    lines(world, &[Role::Spec], |spec, line| {
        let words = spec.line(line);
        let plain = words.starts_with(|first: char| first.is_alphabetic())
            && !words.contains(['`', '[', '|', '*', '<', '_', '/', '$']);
        let free = !words.chars().any(|each| each.is_ascii_digit()) && words.len() > 30;
        plain
            && free
            && spec.stories().iter().any(|story| {
                spec.above(line)
                    .iter()
                    .any(|heading| heading.line == story.line)
            })
    })
}

fn reword(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let line = &spec.lines[spot.line];
    let now = "People who use this part every day told us that it saves them time.".to_owned();
    rewritten(
        spec,
        spot.line,
        spec.with(&[(line.start..line.end, now)]),
        "a line of a story reworded".to_owned(),
    )
}

fn last_requirements(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let last = spec
            .definitions()
            .into_iter()
            .rfind(|one| one.id.starts_with("FR-"));
        spots.extend(last.map(|one| Spot {
            document,
            line: one.line,
        }));
    }
    spots
}

fn require(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let number = |id: &str| {
        id.strip_prefix("FR-")
            .and_then(|digits| digits.parse::<u32>().ok())
    };
    let all = (0..1000)
        .rev()
        .find(|free| spec.text.contains(&format!("FR-{free:03}")))?;
    let highest = spec
        .definitions()
        .iter()
        .filter_map(|one| number(&one.id))
        .max()?
        .max(all);
    let bullet = spec.line(spot.line).chars().next()?;
    let line = format!(
        "{bullet} **FR-{:03}**: The system MUST tell people what it did.",
        highest + 1
    );
    let before = spec.behind_item(spot.line);
    rewritten(
        spec,
        before,
        spec.with_lines(before, &[&line]),
        format!("inserted `{line}`"),
    )
}
