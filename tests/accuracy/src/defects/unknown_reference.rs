//! An id that is cited and not defined.

use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, shown, speaks_of_going, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "citation-in-tasks",
        rule: Some("unknown-reference"),
        about: "`FR-003` becomes `FR-903` in a line of tasks.md, plan.md or a checklist that cites it. Not on lines that name \
                another feature or speak of removal, not in ranges, fences, comments or code spans.",
        spots: |world| spots(world, &[Role::Tasks, Role::Plan, Role::Checklist]),
        edit,
    },
    Kind {
        name: "citation-in-spec",
        rule: Some("unknown-reference"),
        about: "The same in the prose of spec.md, where the id is not defined.",
        spots: |world| spots(world, &[Role::Spec]),
        edit,
    },
];

static ID: LazyLock<Regex> = LazyLock::new(|| expression(r"\b(FR|NFR|SC)-(\d{3})\b"));
/// Words that point to another feature.
static QUALIFIED: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"(?i)\b(?:spec|feature|specification)s?[ #-]*\d|\b\d{3}-[a-z]|\b\d{3}/|specs/")
});
/// Sections about what is not (any more) part of the feature.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    expression(r"(?i)scope|remov|defer|chang|evolution|history|future|non-goal|supersed|depend")
});

fn spots(world: &World, roles: &[Role]) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, text) in world.documents.iter().enumerate() {
        if !roles.contains(&text.role) {
            continue;
        }
        let Some(spec) = world.sibling(&text.feature, Role::Spec) else {
            continue;
        };
        let defined: Vec<String> = spec.definitions().into_iter().map(|one| one.id).collect();
        let lines = (0..text.lines.len()).filter(|line| citation(text, *line, &defined).is_some());
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

/// The byte range in the document of an id that the line cites.
fn citation(text: &Document, line: usize, defined: &[String]) -> Option<std::ops::Range<usize>> {
    let words = text.line(line);
    let cites = text.open(line) && ID.is_match(words) && !words.starts_with('#');
    let own = text.role == Role::Spec
        && (words.trim_start().starts_with('|') || ID.find(words).is_some_and(|id| id.start() < 8));
    if !cites || own || QUALIFIED.is_match(words) || speaks_of_going(words) || words.contains('`') {
        return None;
    }
    if text
        .above(line)
        .iter()
        .any(|heading| heading.level > 1 && APART.is_match(&heading.title))
    {
        return None;
    }
    let id = ID.find_iter(words).find(|id| {
        let (before, behind) = (&words[..id.start()], &words[id.end()..]);
        let joined = ['-', '–', '—', '.', '…', '~', '/', '_', '〜'];
        let range = |text: &str| {
            text.trim_start().starts_with(joined)
                || text.trim_start().starts_with("to ")
                || text.trim_start().starts_with("through")
        };
        let ends_range = before
            .trim_end()
            .ends_with(['-', '–', '—', '.', '…', '~', '/', '_', '〜'])
            || before.trim_end().ends_with(" to")
            || before.trim_end().ends_with("through");
        defined.iter().any(|each| each == id.as_str()) && !range(behind) && !ends_range
    })?;
    let at = text.lines[line].start;
    Some(at + id.start()..at + id.end())
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let text = &world.documents[spot.document];
    let spec = world.sibling(&text.feature, Role::Spec)?;
    let defined: Vec<String> = spec.definitions().into_iter().map(|one| one.id).collect();
    let range = citation(text, spot.line, &defined)?;
    let was = &text.text[range.clone()];
    let digits = was.len() - 3;
    let now = format!("{}9{}", &was[..digits], &was[digits + 1..]);
    if defined.contains(&now) || now == was {
        return None;
    }
    Some(Edit {
        change: write(text, text.with(&[(range, now.clone())])),
        place: format!("{}:{}", text.path, spot.line + 1),
        what: format!("{was} -> {now} in `{}`", shown(text.line(spot.line))),
        expected: Expected {
            rule: Some("unknown-reference"),
            meant: vec![meant(&text.path, spot.line + 1, Some(&now))],
            ..Expected::default()
        },
    })
}
