//! A task that is named and not there.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, shown, speaks_of_going, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "task-cited",
    rule: Some("unknown-task"),
    about: "`T012` becomes `T912` where tasks.md names another task: in dependencies, ranges and notes. Not at the start of \
            a line, nor on lines that name another feature or speak of removal, nor in fences and code spans.",
    spots,
    edit,
}];

static ID: LazyLock<Regex> = LazyLock::new(|| expression(r"\bT\d{3}\b"));
/// Another feature on the line, or words that say where a task went.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)\b\d{3}[-/ ]|specs?[ /]|feature|fold|merg|absorb|consolid|former|origin|revert|becam|was t|old t|now t|skip|future|missing|gap|deferred|unused",
    )
});
/// Sections about what is not part of the list.
static SECTION: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)scope|remov|defer|chang|evolution|history|future|supersed|revision|clarif|gap|missing",
    )
});

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        let ids: Vec<String> = list
            .tasks()
            .into_iter()
            .map(|task| list.text[task.id].to_owned())
            .collect();
        let lines = (0..list.lines.len()).filter(|line| cited(list, *line, &ids).is_some());
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

/// The last task that a line names, behind its first words.
fn cited(list: &Document, line: usize, ids: &[String]) -> Option<Range<usize>> {
    let words = list.line(line);
    if !list.open(line) || words.contains('`') || speaks_of_going(words) || APART.is_match(words) {
        return None;
    }
    if list
        .above(line)
        .iter()
        .any(|heading| heading.level > 1 && SECTION.is_match(&heading.title))
    {
        return None;
    }
    let found = ID
        .find_iter(words)
        .filter(|id| ids.iter().any(|each| each == id.as_str()))
        .last()?;
    let before = &words[..found.start()];
    let inside = before.chars().filter(|c| c.is_lowercase()).count() > 3;
    let at = list.lines[line].start;
    inside.then(|| at + found.start()..at + found.end())
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let ids: Vec<String> = list
        .tasks()
        .into_iter()
        .map(|task| list.text[task.id].to_owned())
        .collect();
    let range = cited(list, spot.line, &ids)?;
    let was = &list.text[range.clone()];
    let now = format!("T9{}", &was[2..]);
    if ids.contains(&now) {
        return None;
    }
    Some(Edit {
        change: write(list, list.with(&[(range, now.clone())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("{was} -> {now} in `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("unknown-task"),
            meant: vec![meant(&list.path, spot.line + 1, Some(&now))],
            ..Expected::default()
        },
    })
}
