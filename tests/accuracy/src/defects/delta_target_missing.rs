//! A delta that names a requirement of its main spec wrongly.

use super::{meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

const HEADING: &str = "### Requirement: ";

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "target-misspelt",
    rule: Some("delta-target-missing"),
    about: "Two letters in the name of a MODIFIED requirement are exchanged. Only where the main spec of that path has the \
            name once, and no delta of another change names it.",
    spots,
    edit,
}];

/// Path of the capability that a delta is for, below `specs/`.
fn capability(delta: &Document) -> Option<&str> {
    let below = delta.path.strip_prefix(&delta.feature)?;
    below.strip_prefix("/specs/")?.strip_suffix("/spec.md")
}

fn is_named(world: &World, delta: &Document, heading: &str) -> bool {
    let Some(capability) = capability(delta) else {
        return false;
    };
    let Some((project, _)) = delta.feature.rsplit_once("/changes/") else {
        return false;
    };
    let base = format!("{project}/specs/{capability}/spec.md");
    let same = |document: &Document| {
        document
            .text
            .lines()
            .filter(|line| line.trim_end() == heading)
            .count()
    };
    let main = |document: &&Document| document.role == Role::Capability && document.path == base;
    let main = world.documents.iter().find(main).map_or(0, same);
    let deltas = world.of(Role::Delta).map(|(_, document)| same(document));
    main == 1 && deltas.sum::<usize>() == 1
}

/// The name with two letters exchanged.
fn misspelt(name: &str) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let at = (1..letters.len().checked_sub(1)?).find(|&at| {
        let (one, other) = (letters[at], letters[at + 1]);
        one.is_alphabetic() && other.is_alphabetic() && !one.eq_ignore_ascii_case(&other)
    })?;
    let mut letters = letters;
    letters.swap(at, at + 1);
    Some(letters.into_iter().collect())
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, delta) in world.of(Role::Delta) {
        let mut modified = false;
        for line in 0..delta.lines.len() {
            let words = delta.line(line);
            if words.starts_with("## ") {
                modified = words.trim_end() == "## MODIFIED Requirements";
            }
            let name = words.strip_prefix(HEADING).map(str::trim);
            if modified
                && delta.open(line)
                && name.and_then(misspelt).is_some()
                && is_named(world, delta, words.trim_end())
            {
                spots.push(Spot { document, line });
            }
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let delta = world.documents.get(spot.document)?;
    let line = delta.line(spot.line);
    let name = line.strip_prefix(HEADING)?.trim();
    let wrong = misspelt(name)?;
    let start = delta.lines[spot.line].start + line.find(name)?;
    let text = delta.with(&[(start..start + name.len(), wrong.clone())]);
    Some(Edit {
        change: write(delta, text),
        place: format!("{}:{}", delta.path, spot.line + 1),
        what: format!("wrote `{}` for `{}`", shown(&wrong), shown(name)),
        expected: Expected {
            rule: Some("delta-target-missing"),
            meant: vec![meant(&delta.path, spot.line + 1, Some(&wrong))],
            ..Expected::default()
        },
    })
}
