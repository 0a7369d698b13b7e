//! A checklist item that nobody ticked.

use super::{meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "item-unticked",
    rule: Some("checklist-open"),
    about: "A ticked item at the margin of a checklist is unticked. Only in checklists without open items, of features with \
            a ticked task.",
    spots,
    edit,
}];

fn has_box(text: &Document, line: usize, marks: &[&str]) -> bool {
    let words = text.line(line).trim_start();
    text.open(line) && marks.iter().any(|mark| words.starts_with(mark))
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Checklist) {
        let begun = world
            .sibling(&list.feature, Role::Tasks)
            .is_some_and(|tasks| tasks.tasks().iter().any(|task| task.ticked));
        let lines = || 0..list.lines.len();
        let open = lines().any(|line| has_box(list, line, &["- [ ]", "* [ ]"]));
        if begun && !open {
            let ticked = lines().filter(|line| {
                has_box(list, *line, &["- [x] ", "- [X] "]) && list.line(*line).starts_with('-')
            });
            spots.extend(ticked.map(|line| Spot { document, line }));
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = world.documents.get(spot.document)?;
    let start = list.lines[spot.line].start;
    let text = list.with(&[(start + 3..start + 4, " ".to_owned())]);
    Some(Edit {
        change: write(list, text),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("unticked `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("checklist-open"),
            meant: vec![meant(&list.path, spot.line + 1, Some("- [ ]"))],
            ..Expected::default()
        },
    })
}
