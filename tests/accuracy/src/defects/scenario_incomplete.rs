//! A scenario that loses its outcome.

use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, shown, write};
use crate::document::Role;
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "then-deleted",
    rule: Some("scenario-incomplete"),
    about: "A scenario on one line loses `**Then** ...`. Only where the spec has five such scenarios and the line is the \
            whole item.",
    spots,
    edit,
}];

static WHOLE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^\d+\. (\*\*Given\*\*.*?\*\*When\*\*.*?),? \*\*Then\*\* .*$"));

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let whole = |line: &usize| {
            let next = spec.line(line + 1);
            spec.open(*line)
                && WHOLE.is_match(spec.line(*line))
                && (next.trim().is_empty() || WHOLE.is_match(next))
        };
        let lines: Vec<usize> = (0..spec.lines.len()).filter(whole).collect();
        if lines.len() >= 5 {
            spots.extend(lines.into_iter().map(|line| Spot { document, line }));
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let line = spec.line(spot.line);
    let kept = WHOLE.captures(line)?.get(1)?;
    // The word that is left would be the outcome's.
    if kept.as_str().to_lowercase().contains("then") {
        return None;
    }
    let start = spec.lines[spot.line].start;
    let text = spec.with(&[(start + kept.end()..start + line.len(), String::new())]);
    Some(Edit {
        change: write(spec, text),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("deleted `{}`", shown(&line[kept.end()..])),
        expected: Expected {
            rule: Some("scenario-incomplete"),
            meant: vec![meant(&spec.path, spot.line + 1, Some(kept.as_str()))],
            ..Expected::default()
        },
    })
}
