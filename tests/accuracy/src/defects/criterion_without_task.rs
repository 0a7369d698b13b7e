//! A criterion whose only citation goes away.

use super::kiro::{cited, counted};
use super::{meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::{Expected, Meant};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "citation-dropped",
    rule: Some("criterion-without-task"),
    about: "A number goes out of `_Requirements: 1.1, 2.3_` that no other list of the tasks has, by itself, in a range or with \
            its requirement; where lists cite four of five criteria of the spec.",
    spots,
    edit,
}];

/// The number on a line that stands nowhere else, with its bytes and the comma beside it.
fn alone(list: &Document, line: usize) -> Option<(String, std::ops::Range<usize>)> {
    let own = cited(list, line);
    let elsewhere = |number: &str| {
        let requirement = number
            .split_once('.')
            .map_or(number, |(requirement, _)| requirement);
        let others = (0..list.lines.len()).filter(|other| *other != line);
        others
            .flat_map(|other| cited(list, other))
            .any(|(each, _)| each == number || each == requirement)
    };
    // `Validates: Requirements 2.3` counts as well.
    let once = |number: &str| {
        let behind =
            |at: usize| list.text[at + number.len()..].starts_with(|c: char| c.is_ascii_digit());
        let before =
            |at: usize| list.text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        let found = list.text.match_indices(number);
        found.filter(|(at, _)| !behind(*at) && !before(*at)).count() == 1
    };
    if own.len() < 2 || list.text.contains(['–', '〜']) {
        return None;
    }
    // Any other way of citing could mean it, too.
    let plain = (0..list.lines.len())
        .all(|line| !list.line(line).contains("equirements:") || !cited(list, line).is_empty());
    let (at, (number, range)) = own
        .iter()
        .enumerate()
        .find(|(_, (number, _))| number.contains('.') && !elsewhere(number) && once(number))?;
    let whole = match at {
        0 => range.start..own[1].1.start,
        _ => own[at - 1].1.end..range.end,
    };
    let twice = own.iter().filter(|(each, _)| each == number).count() > 1;
    (plain && !twice).then(|| (number.clone(), whole))
}

/// The line of a criterion in the requirements.
fn defined(spec: &Document, number: &str) -> Option<usize> {
    let (requirement, nth) = number.split_once('.')?;
    let nth: usize = nth.parse().ok()?;
    let counted = counted(spec)
        .into_iter()
        .find(|each| each.number == requirement)?;
    counted.lines.get(nth.checked_sub(1)?).copied()
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let Some(spec) = world.sibling(&list.feature, Role::Requirements) else {
            continue;
        };
        let all: usize = counted(spec).iter().map(|each| each.lines.len()).sum();
        let mut numbers: Vec<String> = (0..list.lines.len())
            .flat_map(|line| cited(list, line))
            .map(|(number, _)| number)
            .filter(|number| defined(spec, number).is_some())
            .collect();
        numbers.sort();
        numbers.dedup();
        // One less must still be four of five.
        if all == 0 || (numbers.len().saturating_sub(1)) * 5 < all * 4 {
            continue;
        }
        // Criteria of one requirement are said once: no other one may be missing.
        let whole = |number: &str| {
            let requirement = number
                .split_once('.')
                .map_or(number, |(requirement, _)| requirement);
            let counted = counted(spec);
            let own = counted.iter().find(|each| each.number == requirement);
            own.is_some_and(|own| {
                (1..=own.lines.len()).all(|nth| numbers.contains(&format!("{requirement}.{nth}")))
            })
        };
        let fits = |line: &usize| {
            alone(list, *line)
                .is_some_and(|(number, _)| defined(spec, &number).is_some() && whole(&number))
        };
        let lines = (0..list.lines.len()).filter(fits);
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let spec = world.sibling(&list.feature, Role::Requirements)?;
    let (number, range) = alone(list, spot.line)?;
    let line = defined(spec, &number)? + 1;
    Some(Edit {
        change: write(list, list.with(&[(range, String::new())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("{number} goes out of `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("criterion-without-task"),
            meant: vec![Meant {
                text: None,
                ..meant(&spec.path, line, None)
            }],
            ..Expected::default()
        },
    })
}
