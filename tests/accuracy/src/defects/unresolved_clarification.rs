//! A question in a spec that tasks were made from.

use super::{meant, write};
use crate::document::Role;
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "clarification-added",
    rule: Some("unresolved-clarification"),
    about: "A requirement gets `[NEEDS CLARIFICATION: ...]` at the end of its first line. Only in features with tasks.md.",
    spots,
    edit,
}];

const QUESTIONS: &[&str] = &[
    "which limit applies?",
    "who may see it?",
    "how long is it kept - days or months?",
    "\u{306F}\u{3044}\u{3067}\u{3059}\u{304B}",
];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        if world.sibling(&spec.feature, Role::Tasks).is_none() {
            continue;
        }
        let struck = |line: usize| spec.line(line).contains("~~");
        let all = spec
            .definitions()
            .into_iter()
            .filter(|one| !struck(one.line));
        spots.extend(all.map(|one| Spot {
            document,
            line: one.line,
        }));
    }
    spots
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let marker = format!("[NEEDS CLARIFICATION: {}]", random.one(QUESTIONS)?);
    let line = spec.line(spot.line);
    // A code span or a link that goes on in the next line would swallow it.
    if line.matches('`').count() % 2 == 1 || line.contains("NEEDS CLARIFICATION") {
        return None;
    }
    let end = spec.lines[spot.line].start + line.trim_end().len();
    let text = spec.with(&[(end..end, format!(" {marker}"))]);
    Some(Edit {
        change: write(spec, text),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("added `{marker}`"),
        expected: Expected {
            rule: Some("unresolved-clarification"),
            meant: vec![meant(&spec.path, spot.line + 1, Some(&marker))],
            ..Expected::default()
        },
    })
}
