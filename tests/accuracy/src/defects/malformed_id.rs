//! An id that is written otherwise than its neighbours.

use super::{meant, write};
use crate::document::{Definition, Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "id-underscore",
        rule: Some("malformed-id"),
        about: "`FR-004` becomes `FR_004` where it is defined. Only below a heading with four other ids of its letters.",
        spots,
        edit: |world, spot, _| edit(world, spot, |id| id.replace('-', "_")),
    },
    Kind {
        name: "id-undashed",
        rule: Some("malformed-id"),
        about: "`FR-004` becomes `FR004` where it is defined.",
        spots,
        edit: |world, spot, _| edit(world, spot, |id| id.replace('-', "")),
    },
    Kind {
        name: "id-short",
        rule: Some("malformed-id"),
        about: "`FR-004` becomes `FR-04` where it is defined.",
        spots,
        edit: |world, spot, _| edit(world, spot, |id| id.replacen("-0", "-", 1)),
    },
    Kind {
        name: "id-lower-case",
        rule: Some("malformed-id"),
        about: "`FR-004` becomes `fr-004` where it is defined.",
        spots,
        edit: |world, spot, _| edit(world, spot, str::to_lowercase),
    },
    Kind {
        name: "id-letter",
        rule: Some("malformed-id"),
        about: "`FR-004` becomes `FR-O04` where it is defined.",
        spots,
        edit: |world, spot, _| edit(world, spot, |id| id.replacen("-0", "-O", 1)),
    },
];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let all = spec.definitions();
        let fits = |one: &&Definition| neighbours(spec, &all, one) >= 4;
        spots.extend(all.iter().filter(fits).map(|one| Spot {
            document,
            line: one.line,
        }));
    }
    spots
}

/// Other definitions below the same heading with the same letters.
fn neighbours(spec: &Document, all: &[Definition], one: &Definition) -> usize {
    let letters = |id: &str| id.split('-').next().unwrap_or_default().to_owned();
    let under = |line: usize| spec.above(line).last().map(|heading| heading.line);
    let alike = all.iter().filter(|other| {
        other.id != one.id
            && letters(&other.id) == letters(&one.id)
            && under(other.line) == under(one.line)
    });
    alike.count()
}

fn edit(world: &World, spot: Spot, written: fn(&str) -> String) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let all = spec.definitions();
    let one = all.iter().find(|one| one.line == spot.line)?;
    let now = written(&one.id);
    if now == one.id || all.iter().filter(|other| other.id == one.id).count() > 1 {
        return None;
    }
    let at = spec.lines[spot.line].start + spec.line(spot.line).find(&one.id)?;
    let text = spec.with(&[(at..at + one.id.len(), now.clone())]);
    Some(Edit {
        change: write(spec, text),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("{} -> {now}", one.id),
        expected: Expected {
            rule: Some("malformed-id"),
            meant: vec![meant(&spec.path, spot.line + 1, Some(&now))],
            // Nothing defines the id any more; what cites it says so.
            other_ends: vec![OtherEnd {
                codes: &[
                    "unknown-reference",
                    "requirement-without-task",
                    "requirement-without-test",
                ],
                says: vec![one.id.clone(), now],
            }],
            renames: true,
        },
    })
}
