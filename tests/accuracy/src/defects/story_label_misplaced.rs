//! A task's label that is not the story of its phase.

use super::{meant, shown, write};
use crate::document::{Document, Role, Task, label_number, story_in};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "label-of-another-story",
    rule: Some("story-label-misplaced"),
    about: "`[US1]` of a task becomes `[US2]` in the phase of story 1, where the spec has both. Only in phases with three \
            labels of their story, whose headings and introduction name no other.",
    spots,
    edit,
}];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let tasks = list.tasks();
        for task in &tasks {
            if other_story(world, list, &tasks, task).is_some() {
                spots.push(Spot {
                    document,
                    line: task.line,
                });
            }
        }
    }
    spots
}

/// The number of the story that its phase is for, if the phase is for one alone.
fn phase(list: &Document, task: &Task) -> Option<(usize, u32)> {
    let above = list.above(task.line);
    let heading = above.iter().find(|heading| heading.level == 2)?;
    let (_, number) = story_in(list.line(heading.line))?;
    let until = list
        .tasks()
        .into_iter()
        .find(|first| first.line > heading.line)?
        .line;
    let others = |line: usize| {
        let text = list.line(line);
        let digits = text.matches("User Stor").count() + text.matches("US").count();
        (line == heading.line && digits > 1) || (line != heading.line && digits > 0)
    };
    let inner = above.iter().filter(|inner| inner.level > 2);
    let named = (heading.line..until).any(others)
        || inner
            .into_iter()
            .any(|inner| story_in(list.line(inner.line)).is_some_and(|(_, other)| other != number));
    (!named && !list.line(heading.line).contains(['+', '&'])).then_some((heading.line, number))
}

fn other_story(world: &World, list: &Document, tasks: &[Task], task: &Task) -> Option<u32> {
    let [label] = task.labels.as_slice() else {
        return None;
    };
    let own = label_number(&list.text[label.clone()]);
    let (heading, number) = phase(list, task)?;
    let beside = tasks
        .iter()
        .filter(|each| phase(list, each).is_some_and(|(line, _)| line == heading))
        .filter(|each| {
            each.labels
                .iter()
                .all(|label| label_number(&list.text[label.clone()]) == own)
                && !each.labels.is_empty()
        })
        .count();
    let spec = world.sibling(&list.feature, Role::Spec)?;
    let stories = spec.stories();
    let known = stories.iter().any(|story| story.number == own);
    let other = stories.iter().find(|story| story.number != own)?;
    (own == number && known && beside >= 4).then_some(other.number)
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let tasks = list.tasks();
    let task = tasks.iter().find(|task| task.line == spot.line)?;
    let label = task.labels.first()?;
    let other = other_story(world, list, &tasks, task)?;
    let now = format!("[US{other}]");
    Some(Edit {
        change: write(list, list.with(&[(label.clone(), now.clone())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!(
            "{} -> {now} in `{}`",
            &list.text[label.clone()],
            shown(list.line(spot.line))
        ),
        expected: Expected {
            rule: Some("story-label-misplaced"),
            meant: vec![meant(&list.path, spot.line + 1, Some(&now))],
            // The groups of tasks that may run at once are other ones.
            other_ends: vec![OtherEnd {
                codes: &["parallel-conflict"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
