//! A merge that was left undecided.

use super::{meant, shown, write};
use crate::document::Role;
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "merge-left",
    rule: Some("merge-conflict"),
    about: "A line of spec.md, plan.md or tasks.md outside of code is changed on two sides, as git leaves it: both of them \
            between `<<<<<<<`, `=======` and `>>>>>>>`, the base too in every third.",
    spots,
    edit,
}];

fn spots(world: &World) -> Vec<Spot> {
    let documents = world.documents.iter().enumerate();
    let documents = documents.filter(|(_, text)| text.role != Role::Checklist);
    let lines = documents.flat_map(|(document, text)| {
        let lines = (0..text.lines.len()).filter(|line| text.open(*line) && !text.blank(*line));
        lines.map(move |line| Spot { document, line })
    });
    lines.collect()
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let text = world.documents.get(spot.document)?;
    let line = text.line(spot.line);
    let theirs = format!("{line} (again)");
    let mut lines = vec!["<<<<<<< HEAD", line];
    if random.below(3) == 0 {
        lines.extend(["||||||| base", line]);
    }
    lines.extend(["=======", &theirs, ">>>>>>> other"]);
    let whole = text.with_lines(spot.line, &lines);
    // Behind them stands the line that they take the place of.
    let behind = spot.line + lines.len();
    let mut now = String::with_capacity(whole.len());
    for (at, each) in whole.split_inclusive('\n').enumerate() {
        if at != behind {
            now.push_str(each);
        }
    }
    Some(Edit {
        change: write(text, now),
        place: format!("{}:{}", text.path, spot.line + 1),
        what: format!("a merge left at `{}`", shown(line)),
        expected: Expected {
            rule: Some("merge-conflict"),
            meant: vec![meant(&text.path, spot.line + 1, Some("<<<<<<< HEAD"))],
            ..Expected::default()
        },
    })
}
