//! Two parallel tasks that write one file.

use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant, write};
use crate::document::{Document, Role, Task};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "parallel-same-file",
    rule: Some("parallel-conflict"),
    about: "Of two `[P]` tasks under one heading with the same story, each naming exactly one file that it does not merely \
            read, the second is pointed at the file of the first. Ticked ones are unticked with it: the rule is about open \
            tasks.",
    spots,
    edit,
}];

/// Words right before a path that is only looked at.
static READS: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)\b(?:from|using|uses?|per|see|based on|according|following|matching|like|against|depends?|after|via|with|for|of|by|as in|verify|run)\b",
    )
});

/// The last three words of a text.
fn near(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words[words.len().saturating_sub(3)..].join(" ")
}

fn pairs(list: &Document) -> Vec<(Task, Task)> {
    let tasks = list.tasks();
    let fits = |task: &&Task| {
        let before = task
            .paths
            .first()
            .map_or("", |path| &list.text[task.id.end..path.start]);
        let path = task
            .paths
            .first()
            .map_or("", |path| &list.text[path.clone()]);
        task.parallel.is_some()
            && task.paths.len() == 1
            && !task.indented
            && !READS.is_match(&near(before))
            && !path.starts_with("specs/")
            && path.rsplit('.').next() != Some("md")
            // One more file that this reader does not see would be one too many.
            && list.line(task.line).matches('`').count() <= 2
    };
    let fitting: Vec<&Task> = tasks.iter().filter(fits).collect();
    let labels = |task: &Task| -> Vec<&str> {
        task.labels
            .iter()
            .map(|label| &list.text[label.clone()])
            .collect()
    };
    let id = |task: &Task| &list.text[task.id.clone()];
    // A third task with the same file would be in conflict with one of them before or after.
    let alone = |task: &Task| {
        let path = &list.text[task.paths[0].clone()];
        let alike = tasks.iter().filter(|each| {
            each.parallel.is_some()
                && each.under == task.under
                && list.line(each.line).contains(path)
        });
        alike.count() == 1
    };
    let mut pairs = Vec::new();
    for pair in fitting.windows(2) {
        let [one, other] = pair else { continue };
        let path = |task: &Task| &list.text[task.paths[0].clone()];
        let named =
            list.line(one.line).contains(id(other)) || list.line(other.line).contains(id(one));
        if one.under == other.under
            && labels(one) == labels(other)
            && path(one) != path(other)
            && !named
            && alone(one)
            && alone(other)
        {
            pairs.push(((*one).clone(), (*other).clone()));
        }
    }
    pairs
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, list) in world.of(Role::Tasks) {
        spots.extend(pairs(list).iter().map(|(_, other)| Spot {
            document,
            line: other.line,
        }));
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let list = &world.documents[spot.document];
    let (one, other) = pairs(list)
        .into_iter()
        .find(|(_, other)| other.line == spot.line)?;
    let path = list.text[one.paths[0].clone()].to_owned();
    let was = &list.text[other.paths[0].clone()];
    let untick = |task: &Task| (task.state..task.state + 1, " ".to_owned());
    let edits = [
        untick(&one),
        untick(&other),
        (other.paths[0].clone(), path.clone()),
    ];
    Some(Edit {
        change: write(list, list.with(&edits)),
        place: format!("{}:{}", list.path, other.line + 1),
        what: format!(
            "`{was}` -> `{path}`, the file of line {}{}",
            one.line + 1,
            if one.ticked || other.ticked {
                "; both unticked"
            } else {
                ""
            }
        ),
        expected: Expected {
            rule: Some("parallel-conflict"),
            meant: vec![
                meant(&list.path, other.line + 1, Some(&path)),
                meant(&list.path, one.line + 1, Some(&path)),
            ],
            ..Expected::default()
        },
    })
}
