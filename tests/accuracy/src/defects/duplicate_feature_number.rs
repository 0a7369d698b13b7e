//! A feature that gets the number of another one.

use crate::checkout::{Change, Step};
use crate::document::Role;
use crate::judge::{Expected, Meant, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "number-again",
    rule: Some("duplicate-feature-number"),
    about: "A feature directory with one spec.md and the number of another feature is added beside it. Only where the \
            number is that of one feature.",
    spots,
    edit,
}];

/// Directory, number as written and the rest of `specs/007-login`; nothing for timestamps.
fn parts(feature: &str) -> Option<(&str, &str, &str)> {
    let (directory, name) = feature.rsplit_once('/')?;
    let (number, rest) = name.split_once('-')?;
    let counted =
        !number.is_empty() && number.len() < 8 && number.bytes().all(|byte| byte.is_ascii_digit());
    counted.then_some((directory, number, rest))
}

fn spots(world: &World) -> Vec<Spot> {
    let number = |feature: &str| {
        let (directory, number, _) = parts(feature)?;
        Some((directory.to_owned(), number.parse::<u64>().ok()?))
    };
    let specs: Vec<_> = world.of(Role::Spec).collect();
    let alone = |feature: &str| {
        let own = number(feature);
        let alike = specs
            .iter()
            .filter(|(_, other)| number(&other.feature) == own);
        own.is_some() && alike.count() == 1 && !feature.to_lowercase().contains("archive")
    };
    let fits = specs.iter().filter(|(_, spec)| alone(&spec.feature));
    fits.map(|(document, _)| Spot {
        document: *document,
        line: 0,
    })
    .collect()
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let (directory, number, _) = parts(&spec.feature)?;
    let path = format!("{directory}/{number}-widgeon-tansy/spec.md");
    let text = "# Feature Specification: Widgeon\n\nThe widgeon sorts the tansy.\n";
    if world.files.contains(&path) {
        return None;
    }
    let place = |path: &str, lines: (usize, usize), text: Option<&str>| Meant {
        path: path.to_owned(),
        lines,
        text: text.map(str::to_owned),
        says: Some(number.to_owned()),
    };
    Some(Edit {
        change: Change {
            steps: vec![Step::Write(path.clone(), text.as_bytes().to_vec())],
            commit: false,
        },
        place: format!("{path}:1"),
        what: format!("a second feature {number} beside `{}`", spec.feature),
        expected: Expected {
            rule: Some("duplicate-feature-number"),
            meant: vec![
                place(&path, (1, 1), Some("Feature Specification: Widgeon")),
                place(&spec.path, (1, spec.lines.len().max(1)), None),
            ],
            // What was qualified by the number alone is so no more.
            other_ends: vec![OtherEnd {
                codes: &["ambiguous-reference", "unknown-reference"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
