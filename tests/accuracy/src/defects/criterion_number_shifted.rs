//! A criterion that comes in above others, while references stay.

use super::kiro::{cited, counted};
use super::{shown, write};
use crate::document::{Document, Role};
use crate::judge::{Expected, Meant, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "criterion-inserted",
    rule: Some("criterion-number-shifted"),
    about: "A criterion is inserted above one that tasks cite, in a list `1. 2. 3.` whose texts differ; the numbers behind it \
            count on, the references stay. Nothing is committed.",
    spots,
    edit,
}];

/// Lines of tasks that cite this criterion or one behind it.
fn behind(list: &Document, requirement: &str, from: usize, count: usize) -> Vec<usize> {
    let moved: Vec<String> = (from..=count)
        .map(|nth| format!("{requirement}.{nth}"))
        .collect();
    let cites = |line: &usize| {
        cited(list, *line)
            .iter()
            .any(|(number, _)| moved.contains(number))
    };
    (0..list.lines.len()).filter(cites).collect()
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Requirements) {
        let Some(list) = world.sibling(&spec.feature, Role::Tasks) else {
            continue;
        };
        for requirement in counted(spec) {
            let mut texts: Vec<&str> = requirement
                .lines
                .iter()
                .map(|line| {
                    spec.line(*line)
                        .split_once(' ')
                        .map_or("", |(_, words)| words)
                })
                .collect();
            texts.sort_unstable();
            let differ = texts.windows(2).all(|pair| pair[0] != pair[1]);
            let all = &spec.text;
            let once = texts.iter().all(|text| all.matches(*text).count() == 1);
            for (nth, line) in (1..).zip(&requirement.lines) {
                let key = format!("{}.{nth}", requirement.number);
                let single = (0..list.lines.len())
                    .any(|line| cited(list, line).iter().any(|(number, _)| *number == key));
                if differ && once && single {
                    spots.push(Spot {
                        document,
                        line: *line,
                    });
                }
            }
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let list = world.sibling(&spec.feature, Role::Tasks)?;
    let requirement = counted(spec)
        .into_iter()
        .find(|each| each.lines.contains(&spot.line))?;
    let at = requirement
        .lines
        .iter()
        .position(|line| *line == spot.line)?;
    let mut edits = Vec::new();
    for (nth, line) in requirement.lines.iter().enumerate().skip(at) {
        let start = spec.lines[*line].start;
        let digits = spec.line(*line).find('.')?;
        let mut new = format!("{}", nth + 2);
        if nth == at {
            let line_break = spec.line_break();
            new = format!(
                "{}. WHEN a widgeon sorts the tansy, THE System SHALL wait{line_break}{new}",
                nth + 1
            );
        }
        edits.push((start..start + digits, new));
    }
    let lines = behind(list, &requirement.number, at + 1, requirement.lines.len());
    let meant = lines.into_iter().map(|line| Meant {
        path: list.path.clone(),
        lines: (line + 1, line + 1),
        text: None,
        says: None,
    });
    Some(Edit {
        change: write(spec, spec.with(&edits)),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!(
            "a criterion above {}.{} `{}`",
            requirement.number,
            at + 1,
            shown(spec.line(spot.line))
        ),
        expected: Expected {
            rule: Some("criterion-number-shifted"),
            meant: meant.collect(),
            // Nobody cites the last number yet, and the design's citations have moved, too.
            other_ends: vec![OtherEnd {
                codes: &["criterion-without-task", "criterion-number-shifted"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
