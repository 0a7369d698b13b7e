//! A requirement whose citations in tasks.md go.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, speaks_of_going, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "citation-gone",
    rule: Some("requirement-without-task"),
    about: "Every citation of one requirement in tasks.md becomes one of its neighbour, where 18 of 20 requirements stay \
            cited. Not where ranges, lists with slashes or parts of requirements are cited, nor what stays as it is.",
    spots,
    edit,
}];

static CITED: LazyLock<Regex> = LazyLock::new(|| expression(r"\bFR-\d{3}\b"));
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"FR-\d{3}[a-zA-Z.]\w|FR-\d{3}\s*(?:[-–—~〜/…]|\.\.|to\b|through\b|thru\b)")
});
static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)already|existing|unchanged|as today|remain|no change|no new|not introduce|not change|out of scope",
    )
});

/// The requirements of a spec that could lose their citations: line, id.
fn candidates(spec: &Document, list: &Document) -> Vec<(usize, String)> {
    let defined: Vec<(usize, String)> = spec
        .definitions()
        .into_iter()
        .filter(|one| one.id.starts_with("FR-"))
        .map(|one| (one.line, one.id))
        .collect();
    let cites = |id: &str| citations(list, id).len();
    let there = defined.iter().filter(|(_, id)| cites(id) > 0).count();
    let once = |id: &str| defined.iter().filter(|(_, each)| each == id).count() == 1;
    // Only whole ids, all of them read here and there.
    let plain = !SPAN.is_match(&list.text) && !spec.text.contains("| FR-");
    if !plain || defined.len() < 8 || there.saturating_sub(1) * 20 < defined.len() * 18 {
        return Vec::new();
    }
    let mut found = defined.clone();
    found.retain(|(line, id)| {
        let item: String = (*line..spec.behind_item(*line))
            .map(|line| spec.line(line))
            .collect();
        once(id) && cites(id) > 0 && !NOTHING.is_match(&item) && !speaks_of_going(&item)
    });
    found
}

/// Bytes of every citation of an id.
fn citations(list: &Document, id: &str) -> Vec<Range<usize>> {
    CITED
        .find_iter(&list.text)
        .filter(|found| found.as_str() == id)
        .map(|found| found.range())
        .collect()
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let Some(list) = world.sibling(&spec.feature, Role::Tasks) else {
            continue;
        };
        let found = candidates(spec, list);
        spots.extend(found.into_iter().map(|(line, _)| Spot { document, line }));
    }
    spots
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let list = world.sibling(&spec.feature, Role::Tasks)?;
    let all = candidates(spec, list);
    let (_, id) = all.iter().find(|(line, _)| *line == spot.line)?;
    let others: Vec<&String> = all
        .iter()
        .map(|(_, each)| each)
        .filter(|each| *each != id)
        .collect();
    let other = others.get(random.below(others.len()))?;
    let edits: Vec<_> = citations(list, id)
        .into_iter()
        .map(|range| (range, (*other).clone()))
        .collect();
    Some(Edit {
        change: write(list, list.with(&edits)),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("{id} -> {other} everywhere in {}", list.path),
        expected: Expected {
            rule: Some("requirement-without-task"),
            meant: vec![meant(&spec.path, spot.line + 1, Some(id))],
            ..Expected::default()
        },
    })
}
