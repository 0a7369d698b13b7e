//! An open task of a Kiro spec that loses its number.

use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, shown, write};
use crate::document::Role;
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "task-as-heading",
    rule: Some("task-not-startable"),
    about: "`- [ ] 3. Send` becomes `### [ ] 3. Send`: a task that Kiro does not offer to start. Only open tasks at the margin \
            of specs without a spec.json.",
    spots,
    edit,
}];

static TASK: LazyLock<Regex> = LazyLock::new(|| expression(r"^- \[ \] \d+\. \S"));

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        if !list.feature.contains(".kiro/specs/")
            || world.files.contains(&format!("{}/spec.json", list.feature))
        {
            continue;
        }
        // Behind a blank line, so that a heading is one.
        let fits = |line: &usize| {
            list.open(*line)
                && TASK.is_match(list.line(*line))
                && *line > 0
                && list.blank(*line - 1)
        };
        let lines = (0..list.lines.len()).filter(fits);
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let start = list.lines.get(spot.line)?.start;
    Some(Edit {
        change: write(list, list.with(&[(start..start + 1, "###".to_owned())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("- -> ### in `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("task-not-startable"),
            meant: vec![meant(&list.path, spot.line + 1, None)],
            other_ends: vec![OtherEnd {
                codes: &[
                    "wave-conflict",
                    "criterion-without-task",
                    "dependency-order",
                ],
                says: Vec::new(),
            }],
            renames: true,
        },
    })
}
