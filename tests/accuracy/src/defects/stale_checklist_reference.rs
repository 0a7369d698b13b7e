//! A checklist item that points at what the spec does not have.

use super::{meant, shown, write};
use crate::document::Role;
use crate::judge::Expected;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "story-cited",
        rule: Some("stale-checklist-reference"),
        about: "A checklist item gets `[Spec \u{a7}User Story 97]` at its end. Only where spec.md has numbered stories.",
        spots,
        edit: |world, spot, _| edit(world, spot, "User Story 97"),
    },
    Kind {
        name: "section-cited",
        rule: Some("stale-checklist-reference"),
        about: "The same with `[Clarity, Spec \u{a7}Widgeon Ferrule]`.",
        spots,
        edit: |world, spot, _| edit(world, spot, "Widgeon Ferrule"),
    },
];

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Checklist) {
        let told = world
            .sibling(&list.feature, Role::Spec)
            .is_some_and(|spec| !spec.stories().is_empty());
        let fits = |line: &usize| {
            let text = list.line(*line);
            let goes_on = list.line(line + 1);
            list.open(*line)
                && text.starts_with("- [")
                && !text.contains('`')
                && (goes_on.trim().is_empty() || goes_on.starts_with("- ["))
        };
        if told {
            let lines = (0..list.lines.len()).filter(fits);
            spots.extend(lines.map(|line| Spot { document, line }));
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, name: &str) -> Option<Edit> {
    let list = world.documents.get(spot.document)?;
    let line = list.line(spot.line);
    let mark = if name.starts_with("User") {
        format!("[Spec \u{a7}{name}]")
    } else {
        format!("[Clarity, Spec \u{a7}{name}]")
    };
    let end = list.lines[spot.line].start + line.trim_end().len();
    let text = list.with(&[(end..end, format!(" {mark}"))]);
    Some(Edit {
        change: write(list, text),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("added `{mark}` to `{}`", shown(line)),
        expected: Expected {
            rule: Some("stale-checklist-reference"),
            meant: vec![meant(&list.path, spot.line + 1, Some(name))],
            ..Expected::default()
        },
    })
}
