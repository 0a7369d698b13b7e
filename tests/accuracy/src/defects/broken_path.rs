//! A file that a ticked task names, and that goes.

use std::ops::Range;

use super::{meant, shown, speaks_of_going};
use crate::checkout::{Change, Step};
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "moved-committed",
        rule: Some("broken-path"),
        about: "A file that a ticked task names by its whole path goes to another directory or gets another name, in a commit. \
                Not for lines that speak of removing, moving or replacing, nor where another file's path ends alike.",
        spots,
        edit: |world, spot, random| edit(world, spot, random, true, true),
    },
    Kind {
        name: "moved-uncommitted",
        rule: Some("broken-path"),
        about: "The same in the working tree only.",
        spots,
        edit: |world, spot, random| edit(world, spot, random, true, false),
    },
    Kind {
        name: "deleted-committed",
        rule: Some("broken-path"),
        about: "The same file is deleted, in a commit.",
        spots,
        edit: |world, spot, random| edit(world, spot, random, false, true),
    },
    Kind {
        name: "deleted-uncommitted",
        rule: Some("broken-path"),
        about: "The same in the working tree only.",
        spots,
        edit: |world, spot, random| edit(world, spot, random, false, false),
    },
];

/// Places of made, kept-out or foreign things, about which git says nothing.
pub(super) const OUTPUTS: &[&str] = &[
    "dist",
    "build",
    "out",
    "target",
    "bin",
    "obj",
    "coverage",
    "node_modules",
    "vendor",
    "tmp",
    "generated",
    "reports",
    "artifacts",
];
/// Endings of text that people write and git keeps.
const ENDINGS: &[&str] = &[
    "rs", "py", "ts", "tsx", "js", "jsx", "go", "java", "kt", "cs", "rb", "php", "swift", "c", "h",
    "cpp", "sql", "md", "yaml", "yml", "toml", "sh", "css", "html", "vue", "lua", "razor",
];

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

/// The first path of a ticked task that is a tracked file and can be nothing else.
fn named(world: &World, list: &Document, line: usize) -> Option<Range<usize>> {
    if speaks_of_going(list.line(line)) {
        return None;
    }
    let task = list.tasks().into_iter().find(|task| task.line == line)?;
    task.paths.into_iter().find(|range| {
        let path = &list.text[range.clone()];
        let behind = format!("/{path}");
        let mut parts: Vec<&str> = path.split('/').collect();
        let name = parts.pop().unwrap_or_default();
        let ending = name.rsplit('.').next().unwrap_or_default();
        world.files.contains(path)
            && !path.starts_with("specs/")
            && !path.starts_with('.')
            && ENDINGS.contains(&ending)
            && !parts.iter().any(|part| OUTPUTS.contains(part))
            && !world.files.iter().any(|other| other.ends_with(&behind))
            && !list.text[range.end..].starts_with(['/', '*', '{'])
    })
}

fn edit(world: &World, spot: Spot, random: &mut Random, moves: bool, commit: bool) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let range = named(world, list, spot.line)?;
    let path = &list.text[range];
    let (directory, name) = path.rsplit_once('/')?;
    let step = if moves {
        let (stem, ending) = name.rsplit_once('.')?;
        let to = match random.below(3) {
            0 => format!("{directory}/relocated/{name}"),
            1 => format!("relocated/{name}"),
            _ => format!("{directory}/{stem}_renamed.{ending}"),
        };
        if world.files.contains(&to) {
            return None;
        }
        Step::Move(path.to_owned(), to)
    } else {
        Step::Delete(path.to_owned())
    };
    let what = match &step {
        Step::Move(from, to) => format!("moved `{from}` to `{to}`"),
        _ => format!("deleted `{path}`"),
    };
    let how = if commit { "committed" } else { "not committed" };
    // Other tasks, other features and the plan may name the same file or its directory, whole or in part.
    let ends: Vec<&str> = [name, directory]
        .into_iter()
        .chain(directory.rsplit('/').next())
        .collect();
    Some(Edit {
        change: Change {
            steps: vec![step],
            commit,
        },
        place: format!("{}:{}", list.path, spot.line + 1),
        what: format!("{what}, {how}; named in `{}`", shown(list.line(spot.line))),
        expected: Expected {
            rule: Some("broken-path"),
            meant: vec![meant(&list.path, spot.line + 1, Some(path))],
            other_ends: vec![OtherEnd {
                codes: &["broken-path"],
                says: ends.into_iter().map(str::to_owned).collect(),
            }],
            ..Expected::default()
        },
    })
}
