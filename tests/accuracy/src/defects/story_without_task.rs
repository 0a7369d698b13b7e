//! A story that nothing works for.

use std::ops::Range;

use super::{meant, write};
use crate::document::{Document, Heading, Role, Story, label_number, story_in};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "story-unplanned",
    rule: Some("story-without-task"),
    about: "All tasks of a story go, and its phase with them. Only where labels of another story stay, and where the phase \
            holds no task of another story, where an open task stays, and neither a phase nor the introduction names the story in its words.",
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
        let own =
            |label: &Range<usize>, number: u32| label_number(&list.text[label.clone()]) == number;
        // Where every task is done, nobody can tell.
        let is_open_without = |number: u32| {
            let mut tasks = list.tasks().into_iter();
            tasks.any(|task| !task.ticked && !task.labels.iter().any(|label| own(label, number)))
        };
        let here = stories
            .iter()
            .filter(once)
            .filter(|story| labelled(story.number) > 0 && is_open_without(story.number));
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

/// Whether a text has `US3` as a word.
fn names(text: &str, label: &str) -> bool {
    text.match_indices(label).any(|(at, _)| {
        !text[at + label.len()..].starts_with(|next: char| next.is_ascii_alphanumeric())
    })
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
    // Task lines that this reader does not know count, too.
    let label = format!("US{}", story.number);
    let bracketed = format!("[{label}]");
    // `## Phase 3: US3 + US4`, and an introduction that says where the story went.
    let second = rest
        .headings()
        .iter()
        .find(|heading| heading.level > 1)
        .map_or(0, |heading| heading.line);
    let told = (0..second).any(|line| names(rest.line(line), &label));
    let phase = |heading: &Heading| {
        names(&heading.title, &label) && heading.title.to_lowercase().contains("phase")
    };
    if told
        || rest.headings().iter().any(phase)
        || rest.text.contains(&bracketed)
        || left.is_empty()
        || left.contains(&story.number)
        || named
    {
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
            ..Expected::default()
        },
    })
}
