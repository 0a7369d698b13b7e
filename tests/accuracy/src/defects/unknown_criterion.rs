//! A Kiro criterion that is cited and not there.

use super::{expression, meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;
use regex::Regex;
use std::sync::LazyLock;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "criterion-number",
    rule: Some("unknown-criterion"),
    about: "The first `2.3` of `_Requirements: 2.3, ..._` in a Kiro task list becomes `2.99`. Only where requirements.md has \
            a heading for that requirement.",
    spots,
    edit,
}];

static FIELD: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^\s*(?:- )?_(?:Requirements|需求|要件): ?(\d+)\.(\d+)"));

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (at, list) in kiro(world) {
        let Some(spec) = world.text(&format!("{}/requirements.md", list.feature)) else {
            continue;
        };
        for line in 0..list.lines.len() {
            let Some(found) = FIELD.captures(list.line(line)) else {
                continue;
            };
            let heading = expression(&format!(
                r"(?m)^### (?:Requirement|需求|要件) ?{}\b.*\S",
                &found[1]
            ));
            let whole = heading
                .find(&spec)
                .is_some_and(|it| !super::speaks_of_going(it.as_str()));
            if whole && !list.lines[line].opaque {
                spots.push(Spot { document: at, line });
            }
        }
    }
    spots
}

/// Task lists of Kiro specs.
pub(super) fn kiro(world: &World) -> impl Iterator<Item = (usize, &Document)> {
    world
        .of(Role::Tasks)
        .filter(|(_, list)| list.feature.contains(".kiro/specs/"))
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let found = FIELD.captures(list.line(spot.line))?;
    let start = list.lines[spot.line].start;
    let (requirement, nth) = (found.get(1)?, found.get(2)?);
    let now = format!("{}.99", requirement.as_str());
    let was = format!("{}.{}", requirement.as_str(), nth.as_str());
    let range = start + nth.start()..start + nth.end();
    Some(Edit {
        change: write(list, list.with(&[(range, "99".to_owned())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("{was} -> {now} in `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("unknown-criterion"),
            meant: vec![meant(&list.path, spot.line + 1, Some(&now))],
            // It was the only citation of its criterion.
            other_ends: vec![OtherEnd {
                codes: &["criterion-without-task"],
                says: vec![was],
            }],
            ..Expected::default()
        },
    })
}
