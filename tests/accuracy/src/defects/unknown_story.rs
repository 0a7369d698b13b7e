//! A task for a story that is not there.

use super::{meant, shown, write};
use crate::document::{Role, label_number};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "story-label",
    rule: Some("unknown-story"),
    about: "`[US1]` of a task becomes `[US99]`. Only where the spec has a story of the old number.",
    spots,
    edit,
}];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let Some(spec) = world.sibling(&list.feature, Role::Spec) else {
            continue;
        };
        let stories = spec.stories();
        for task in list.tasks() {
            let number = task
                .labels
                .first()
                .map(|label| label_number(&list.text[label.clone()]));
            if stories.iter().any(|story| Some(story.number) == number) {
                spots.push(Spot {
                    document,
                    line: task.line,
                });
            }
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let task = list
        .tasks()
        .into_iter()
        .find(|task| task.line == spot.line)?;
    let label = task.labels.first()?;
    let was = &list.text[label.clone()];
    let story = format!("US{}", label_number(was));
    Some(Edit {
        change: write(list, list.with(&[(label.clone(), "[US99]".to_owned())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("{was} -> [US99] in `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("unknown-story"),
            meant: vec![meant(&list.path, spot.line + 1, Some("[US99]"))],
            // It was the only task of its story.
            other_ends: vec![OtherEnd {
                codes: &["story-without-task"],
                says: vec![story],
            }],
            ..Expected::default()
        },
    })
}
