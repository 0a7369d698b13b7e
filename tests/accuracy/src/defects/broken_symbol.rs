//! A symbol that a ticked task names with its file, and that gets another name.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, shown, speaks_of_going, write};
use crate::checkout::{Change, Step};
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "symbol-renamed",
        rule: Some("broken-symbol"),
        about: "A function that a ticked task names as a call (`create_session()`), on one line with one tracked source file \
                that has the name, gets another name in all sources. Not for lines that speak of removing or moving, nor \
                where other paths stand on the line.",
        spots,
        edit: renamed,
    },
    Kind {
        name: "symbol-misspelt",
        rule: Some("broken-symbol"),
        about: "The task loses a letter of that name instead.",
        spots,
        edit: misspelt,
    },
];

static CALL: LazyLock<Regex> =
    LazyLock::new(|| expression(r"`([A-Za-z_][A-Za-z0-9_]{7,})\([A-Za-z0-9_,: ]*\)`"));

/// Endings of program text.
const ENDINGS: &[&str] = &[
    "rs", "py", "ts", "tsx", "js", "jsx", "go", "java", "kt", "cs", "rb", "php", "swift", "c", "h",
    "cpp", "sql", "vue", "scala", "dart", "sh",
];

fn is_source(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        for task in list.tasks() {
            if task.ticked && named(world, list, task.line).is_some() {
                spots.push(Spot {
                    document,
                    line: task.line,
                });
            }
        }
    }
    spots
}

/// Bytes of the first call on a line that the only file of the line has.
fn named(world: &World, list: &Document, line: usize) -> Option<Range<usize>> {
    let text = list.line(line);
    let task = list.tasks().into_iter().find(|task| task.line == line)?;
    let [path] = task.paths.as_slice() else {
        return None;
    };
    let path = &list.text[path.clone()];
    let next = list.line(line + 1);
    let whole = next.trim().is_empty() || next.starts_with("- ");
    if speaks_of_going(text)
        || !whole
        || text.matches('/').count() != path.matches('/').count()
        || !world.files.contains(path)
        || !is_source(path)
    {
        return None;
    }
    let source = world.text(path)?;
    let stands = |name: &str| word(name).is_match(&source);
    // A line with a broken name says so already.
    if !CALL.captures_iter(text).all(|parts| stands(&parts[1])) {
        return None;
    }
    let base = list.lines.get(line)?.start;
    CALL.captures_iter(text)
        .find_map(|parts| parts.get(1))
        .map(|name| base + name.start()..base + name.end())
}

fn word(name: &str) -> Regex {
    expression(&format!(r"\b{}\b", regex::escape(name)))
}

fn expected(list: &Document, line: usize, name: &str, old: &str) -> Expected {
    Expected {
        rule: Some("broken-symbol"),
        meant: vec![meant(&list.path, line + 1, Some(name))],
        other_ends: vec![
            OtherEnd {
                codes: &["broken-symbol"],
                says: vec![old.to_owned()],
            },
            // Work that was found by this name is not found any more.
            OtherEnd {
                codes: &["phantom-task"],
                says: Vec::new(),
            },
        ],
        ..Expected::default()
    }
}

fn renamed(world: &World, spot: Spot, _random: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let name = &list.text[named(world, list, spot.line)?];
    let pattern = word(name);
    let mut steps = Vec::new();
    for path in world.files.iter().filter(|path| is_source(path)) {
        let Some(text) = world.text(path).filter(|text| pattern.is_match(text)) else {
            continue;
        };
        let text = pattern.replace_all(&text, "quollTansy").into_owned();
        steps.push(Step::Write(path.clone(), text.into_bytes()));
    }
    Some(Edit {
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!(
            "`{name}` renamed in {} sources; named in `{}`",
            steps.len(),
            shown(list.line(spot.line))
        ),
        change: Change {
            steps,
            commit: false,
        },
        expected: expected(list, spot.line, name, name),
    })
}

fn misspelt(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let range = named(world, list, spot.line)?;
    let name = &list.text[range.clone()];
    let at = 2 + random.below(name.len() - 3);
    let now = format!("{}{}", &name[..at], &name[at + 1..]);
    let pattern = word(&now);
    let mut sources = world.files.iter().filter(|path| is_source(path));
    let stands = |path: &String| world.text(path).is_some_and(|text| pattern.is_match(&text));
    if now == name || sources.any(stands) {
        return None;
    }
    Some(Edit {
        change: write(list, list.with(&[(range, now.clone())])),
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("`{name}` -> `{now}`"),
        expected: expected(list, spot.line, &now, &now),
    })
}
