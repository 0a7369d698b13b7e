//! A criterion that says something else in a commit after the tasks were written.

use super::kiro::{cited, counted};
use super::{shown, write};
use crate::checkout::Change;
use crate::document::{Document, Role};
use crate::judge::{Expected, Meant};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

const ADDED: &str = ", unless a widgeon sorts the tansy";

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "criterion-reworded",
    rule: Some("tasks-stale"),
    about: "A criterion that tasks cite by its number gets six more words, and that is committed. Its text stands once in \
            its document.",
    spots,
    edit,
}];

/// Lines of tasks that cite a criterion.
fn citing(list: &Document, key: &str) -> Vec<usize> {
    let cites = |line: &usize| cited(list, *line).iter().any(|(number, _)| number == key);
    (0..list.lines.len()).filter(cites).collect()
}

/// The number of the criterion on a line.
fn key(spec: &Document, line: usize) -> Option<String> {
    let all = counted(spec);
    let requirement = all.iter().find(|each| each.lines.contains(&line))?;
    let at = requirement.lines.iter().position(|each| *each == line)?;
    Some(format!("{}.{}", requirement.number, at + 1))
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Requirements) {
        let Some(list) = world.sibling(&spec.feature, Role::Tasks) else {
            continue;
        };
        for line in counted(spec).iter().flat_map(|each| &each.lines) {
            let words = spec
                .line(*line)
                .split_once(' ')
                .map_or("", |(_, words)| words);
            let once = spec.text.matches(words.trim()).count() == 1;
            let key = key(spec, *line);
            if once && key.is_some_and(|key| !citing(list, &key).is_empty()) {
                spots.push(Spot {
                    document,
                    line: *line,
                });
            }
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let list = world.sibling(&spec.feature, Role::Tasks)?;
    let key = key(spec, spot.line)?;
    let end = spec.lines[spot.line].start + spec.line(spot.line).trim_end().len();
    let first = citing(list, &key).first().copied()?;
    Some(Edit {
        change: Change {
            commit: true,
            ..write(spec, spec.with(&[(end..end, ADDED.to_owned())]))
        },
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("more words in {key} `{}`", shown(spec.line(spot.line))),
        expected: Expected {
            rule: Some("tasks-stale"),
            meant: vec![Meant {
                path: list.path.clone(),
                lines: (first + 1, first + 1),
                text: None,
                says: None,
            }],
            ..Expected::default()
        },
    })
}
