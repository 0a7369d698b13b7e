//! A subject of a criterion that the glossary does not have.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "term-misspelt",
    rule: Some("glossary-term-undefined"),
    about: "`THE Session_Store SHALL` becomes `THE Widgeon_Tansy SHALL`, in a criterion of a document whose glossary has \
            the term.",
    spots,
    edit,
}];

static USE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^\d+\. .*\bTHE ([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+) SHALL"));

fn used(spec: &Document, line: usize) -> Option<Range<usize>> {
    if !spec.open(line) {
        return None;
    }
    let term = USE.captures(spec.line(line))?.get(1)?;
    let defined = spec.text.contains(&format!("**{}**", term.as_str()))
        || spec.text.contains(&format!("**{}:**", term.as_str()));
    let start = spec.lines[line].start;
    defined.then(|| start + term.start()..start + term.end())
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Requirements) {
        let lines = (0..spec.lines.len()).filter(|line| used(spec, *line).is_some());
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let range = used(spec, spot.line)?;
    let was = &spec.text[range.clone()];
    Some(Edit {
        change: write(
            spec,
            spec.with(&[(range.clone(), "Widgeon_Tansy".to_owned())]),
        ),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!(
            "{was} -> Widgeon_Tansy in `{}`",
            shown(spec.line(spot.line))
        ),
        expected: Expected {
            rule: Some("glossary-term-undefined"),
            meant: vec![meant(&spec.path, spot.line + 1, Some("Widgeon_Tansy"))],
            ..Expected::default()
        },
    })
}
