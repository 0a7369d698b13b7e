//! A scenario of an `OpenSpec` requirement without its THEN.

use super::{meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "then-dropped",
    rule: Some("scenario-without-then"),
    about: "The THEN of a scenario is deleted with the lines behind it. Only in scenarios of main specs with one WHEN and one \
            THEN, each in bold at the start of an item, below a requirement, and with no other `then`.",
    spots,
    edit,
}];

/// Lines of a scenario behind its heading.
fn body(spec: &Document, heading: usize) -> std::ops::Range<usize> {
    let is_heading = |line: &usize| spec.line(*line).starts_with('#');
    let end = (heading + 1..spec.lines.len()).find(is_heading);
    heading + 1..end.unwrap_or(spec.lines.len())
}

fn then(spec: &Document, heading: usize) -> Option<usize> {
    let lines = || body(spec, heading);
    let begins = |line: &usize, word: &str| spec.line(*line).starts_with(&format!("- **{word}**"));
    let mut thens = lines().filter(|line| begins(line, "THEN"));
    let (first, more) = (thens.next()?, thens.next());
    let when = lines().find(|line| begins(line, "WHEN"))?;
    let says = |line: usize| spec.line(line).to_ascii_lowercase().contains("then");
    let other = lines().filter(|line| *line < first).any(says);
    let open = lines().all(|line| spec.open(line));
    (more.is_none() && when < first && !other && open).then_some(first)
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Capability) {
        let mut in_section = false;
        let mut in_requirement = false;
        for line in 0..spec.lines.len() {
            let words = spec.line(line);
            if words.starts_with("## ") {
                in_section = words.trim_end() == "## Requirements";
                in_requirement = false;
            } else if words.starts_with("### ") {
                in_requirement = in_section && words.starts_with("### Requirement: ");
            } else if in_requirement
                && spec.open(line)
                && words.starts_with("#### Scenario: ")
                && then(spec, line).is_some()
            {
                spots.push(Spot { document, line });
            }
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = world.documents.get(spot.document)?;
    let then = then(spec, spot.line)?;
    let end = body(spec, spot.line).end;
    let stop = spec
        .lines
        .get(end)
        .map_or(spec.text.len(), |line| line.start);
    let text = spec.with(&[(spec.lines[then].start..stop, String::new())]);
    let name = spec
        .line(spot.line)
        .trim_start_matches("#### Scenario: ")
        .trim();
    Some(Edit {
        change: write(spec, text),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("dropped `{}`", shown(spec.line(then))),
        expected: Expected {
            rule: Some("scenario-without-then"),
            meant: vec![meant(&spec.path, spot.line + 1, Some(name))],
            ..Expected::default()
        },
    })
}
