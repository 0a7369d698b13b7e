//! A plan that goes while its tasks stay.

use crate::checkout::{Change, Step};
use crate::document::Role;
use crate::judge::{Expected, Meant, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "plan-deleted",
    rule: Some("missing-document"),
    about: "plan.md of a feature with tasks that have ids and stories or phases is deleted.",
    spots,
    edit,
}];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let first = list
            .headings()
            .into_iter()
            .find(|heading| heading.level == 1);
        let planned = world.sibling(&list.feature, Role::Plan).is_some()
            && world.sibling(&list.feature, Role::Spec).is_some();
        if let Some(first) = first.filter(|_| planned && !list.tasks().is_empty()) {
            spots.push(Spot {
                document,
                line: first.line,
            });
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let plan = world.sibling(&list.feature, Role::Plan)?;
    let title = list
        .headings()
        .into_iter()
        .find(|heading| heading.level == 1)?;
    Some(Edit {
        change: Change {
            steps: vec![Step::Delete(plan.path.clone())],
            commit: false,
        },
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("deleted `{}`", plan.path),
        expected: Expected {
            rule: Some("missing-document"),
            meant: vec![Meant {
                path: list.path.clone(),
                lines: (spot.line + 1, spot.line + 1),
                text: Some(title.title),
                says: Some("plan.md".to_owned()),
            }],
            // Whatever names the plan names a file that is gone.
            other_ends: vec![OtherEnd {
                codes: &["broken-path", "broken-link", "phantom-task"],
                says: vec!["plan.md".to_owned(), plan.path.clone()],
            }],
            ..Expected::default()
        },
    })
}
