//! A main spec that went on after a delta was copied from it.

use super::{meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

const HEADING: &str = "### Requirement: ";
const ADDED: &str = " at every hour of the day";

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "base-moved",
    rule: Some("delta-base-moved"),
    about: "A line of a requirement in a main spec gets six more words. Only where one delta has the requirement under \
            MODIFIED and that line letter by letter.",
    spots,
    edit,
}];

/// The main spec that a delta is for.
fn base<'a>(world: &'a World, delta: &Document) -> Option<&'a Document> {
    let capability = delta
        .path
        .strip_prefix(&delta.feature)?
        .strip_prefix("/specs/")?;
    let (project, change) = delta.feature.rsplit_once("/changes/")?;
    if change.contains('/') {
        return None;
    }
    let path = format!("{project}/specs/{capability}");
    let main = |document: &&Document| document.role == Role::Capability && document.path == path;
    world.documents.iter().find(main)
}

/// The lines between the heading of a requirement and what comes next.
fn statement(document: &Document, heading: usize) -> impl Iterator<Item = usize> + '_ {
    (heading + 1..document.lines.len()).take_while(|line| !document.line(*line).starts_with('#'))
}

fn headings<'a>(document: &'a Document, heading: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..document.lines.len()).filter(move |line| document.line(*line).trim_end() == heading)
}

/// The line of the main spec that a line of a delta was copied to.
fn copied(world: &World, delta: &Document, heading: usize) -> Option<(usize, usize)> {
    let name = delta.line(heading).trim_end();
    let main = base(world, delta)?;
    let mut found = headings(main, name);
    let there = found.next().filter(|_| found.next().is_none())?;
    let same = world
        .of(Role::Delta)
        .map(|(_, other)| headings(other, name).count());
    if same.sum::<usize>() != 1 {
        return None;
    }
    statement(delta, heading).find_map(|line| {
        let words = delta.line(line).trim_end();
        let long = words.split_whitespace().count() >= 6 && delta.open(line);
        let mut same = statement(main, there).filter(|at| main.line(*at).trim_end() == words);
        let at = same.next().filter(|_| long && same.next().is_none())?;
        Some((line, at))
    })
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
            if modified
                && words.starts_with(HEADING)
                && delta.open(line)
                && copied(world, delta, line).is_some()
            {
                spots.push(Spot { document, line });
            }
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let delta = world.documents.get(spot.document)?;
    let name = delta.line(spot.line).strip_prefix(HEADING)?.trim();
    let (_, at) = copied(world, delta, spot.line)?;
    let main = base(world, delta)?;
    let end = main.lines[at].start + main.line(at).trim_end().len();
    let text = main.with(&[(end..end, ADDED.to_owned())]);
    Some(Edit {
        change: write(main, text),
        place: format!("{}:{}", main.path, at + 1),
        what: format!("added `{}` to `{}`", ADDED.trim(), shown(main.line(at))),
        expected: Expected {
            rule: Some("delta-base-moved"),
            meant: vec![meant(&delta.path, spot.line + 1, Some(name))],
            ..Expected::default()
        },
    })
}
