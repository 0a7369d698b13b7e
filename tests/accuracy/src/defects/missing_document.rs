//! A plan that goes while its tasks stay.

use super::meant;
use crate::checkout::{Change, Step};
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "plan-deleted",
    rule: Some("missing-document"),
    about: "plan.md is deleted where tasks.md begins its prerequisites with it.",
    spots,
    edit,
}];

/// The line in the head of a task list that names the plan as a prerequisite.
fn named(list: &Document) -> Option<usize> {
    (0..list.lines.len())
        .take_while(|line| !list.line(*line).starts_with("## "))
        .filter(|line| list.open(*line))
        .find(|line| list.line(*line).starts_with("**Prerequisites**: plan.md"))
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let planned = world.sibling(&list.feature, Role::Plan).is_some();
        if let Some(line) = named(list).filter(|_| planned) {
            spots.push(Spot { document, line });
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let plan = world.sibling(&list.feature, Role::Plan)?;
    Some(Edit {
        change: Change {
            steps: vec![Step::Delete(plan.path.clone())],
            commit: false,
        },
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("deleted `{}`", plan.path),
        expected: Expected {
            rule: Some("missing-document"),
            meant: vec![meant(&list.path, spot.line + 1, Some("plan.md"))],
            // Whatever names the plan names a file that is gone.
            other_ends: vec![OtherEnd {
                codes: &["broken-path", "broken-link", "phantom-task"],
                says: vec!["plan.md".to_owned(), plan.path.clone()],
            }],
            ..Expected::default()
        },
    })
}
