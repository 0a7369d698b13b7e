//! A story that nothing works for.

use std::ops::Range;

use super::{meant, write};
use crate::document::{Document, Role, Story, label_number, story_in};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "story-unplanned",
    rule: Some("story-without-task"),
    about: "All tasks of a story go, and its phase with them. Only where labels of another story stay, and where the phase \
            holds no task of another story.",
    spots,
    edit,
}];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let Some(list) = world.sibling(&spec.feature, Role::Tasks) else {
            continue;
        };
        let labelled = |number: u32| {
            let labels = list.tasks().into_iter().flat_map(|task| task.labels);
            labels
                .filter(|label| label_number(&list.text[label.clone()]) == number)
                .count()
        };
        let stories = spec.stories();
        let once = |story: &&Story| {
            stories
                .iter()
                .filter(|other| other.number == story.number)
                .count()
                == 1
        };
        let here = stories
            .iter()
            .filter(once)
            .filter(|story| labelled(story.number) > 0);
        spots.extend(here.map(|story| Spot {
            document,
            line: story.line,
        }));
    }
    spots
}

/// Lines of the phases of a story, and of its tasks elsewhere.
fn work(list: &Document, number: u32) -> Option<Vec<Range<usize>>> {
    let tasks = list.tasks();
    let own = |label: &Range<usize>| label_number(&list.text[label.clone()]) == number;
    let mut gone: Vec<Range<usize>> = Vec::new();
    for heading in list
        .headings()
        .into_iter()
        .filter(|heading| heading.level > 1)
    {
        let named = story_in(&heading.title).is_some_and(|(_, named)| named == number);
        if named && !gone.iter().any(|range| range.contains(&heading.line)) {
            gone.push(list.section(&heading));
        }
    }
    let foreign = tasks.iter().any(|task| {
        gone.iter().any(|range| range.contains(&task.line))
            && !task.labels.is_empty()
            && !task.labels.iter().any(own)
    });
    if foreign {
        return None;
    }
    for task in tasks.iter().filter(|task| task.labels.iter().any(own)) {
        if !gone.iter().any(|range| range.contains(&task.line)) {
            gone.push(task.line..list.behind_item(task.line).max(task.line + 1));
        }
    }
    Some(gone)
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let list = world.sibling(&spec.feature, Role::Tasks)?;
    let story = spec
        .stories()
        .into_iter()
        .find(|story| story.line == spot.line)?;
    let gone = work(list, story.number)?;
    let is_gone = |line: usize| gone.iter().any(|range| range.contains(&line));
    let rest = Document::new(
        &list.path,
        &list.feature,
        list.role,
        list.without_lines(is_gone),
    );
    let left: Vec<u32> = rest
        .tasks()
        .into_iter()
        .flat_map(|task| task.labels)
        .map(|label| label_number(&rest.text[label]))
        .collect();
    let named = rest
        .headings()
        .iter()
        .any(|heading| story_in(&heading.title).is_some_and(|(_, number)| number == story.number));
    if left.is_empty() || left.contains(&story.number) || named {
        return None;
    }
    let ids: Vec<String> = list
        .tasks()
        .into_iter()
        .filter(|task| is_gone(task.line))
        .map(|task| list.text[task.id].to_owned())
        .collect();
    Some(Edit {
        change: write(list, rest.text.clone()),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!(
            "all {} tasks of story {} deleted from {}",
            ids.len(),
            story.number,
            list.path
        ),
        expected: Expected {
            rule: Some("story-without-task"),
            meant: vec![meant(
                &spec.path,
                spot.line + 1,
                Some(&spec.text[story.name.clone()]),
            )],
            // Others named the tasks that went.
            other_ends: vec![OtherEnd {
                codes: &["unknown-task", "requirement-without-task"],
                says: Vec::new(),
            }],
        },
    })
}
