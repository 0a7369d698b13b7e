//! A story that loses its acceptance scenarios.

use std::ops::Range;

use super::{meant, write};
use crate::document::{Document, Role, Story};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "scenarios-deleted",
    rule: Some("story-without-scenario"),
    about: "The label `**Acceptance Scenarios**` of a story goes with everything below it, up to the next rule or heading. \
            Only where another story of the spec has such a label, and nothing else in the story speaks of scenarios.",
    spots,
    edit,
}];

const LABEL: &str = "**Acceptance Scenarios**";

/// Lines from the label to the end of the story.
fn scenarios(spec: &Document, story: &Story) -> Option<Range<usize>> {
    let heading = spec
        .headings()
        .into_iter()
        .find(|heading| heading.line == story.line)?;
    let section = spec.section(&heading);
    let from = section
        .clone()
        .find(|line| spec.open(*line) && spec.line(*line).starts_with(LABEL))?;
    let ends = |line: &usize| {
        let text = spec.line(*line);
        text.starts_with('#') || text.trim() == "---"
    };
    let to = (from..section.end).find(ends).unwrap_or(section.end);
    let given = (from..to).any(|line| spec.line(line).contains("**Given**"));
    let mut others = section.filter(|line| *line != story.line && !(from..to).contains(line));
    let plain = others.all(|line| {
        let text = spec.line(line).to_lowercase();
        !text.contains("given") && !text.contains("scenario") && !text.contains("accept")
    });
    (given && plain).then_some(from..to)
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let told: Vec<Story> = spec
            .stories()
            .into_iter()
            .filter(|story| scenarios(spec, story).is_some())
            .collect();
        if told.len() > 1 {
            spots.extend(told.iter().map(|story| Spot {
                document,
                line: story.line,
            }));
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let story = spec
        .stories()
        .into_iter()
        .find(|story| story.line == spot.line)?;
    let gone = scenarios(spec, &story)?;
    let text = spec.without_lines(|line| gone.contains(&line));
    let name = &spec.text[story.name.clone()];
    Some(Edit {
        change: write(spec, text),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("scenarios of {name} deleted, {} lines", gone.len()),
        expected: Expected {
            rule: Some("story-without-scenario"),
            meant: vec![meant(&spec.path, spot.line + 1, Some(name))],
            other_ends: vec![OtherEnd {
                codes: &["unknown-reference"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
