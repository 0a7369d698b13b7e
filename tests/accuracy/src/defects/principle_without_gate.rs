//! A plan that loses one of its gates.

use std::sync::LazyLock;

use regex::Regex;

use super::constitution_placeholder::{check, text_of};
use super::{expression, meant, shown, write};
use crate::checkout::Step;
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "gate-deleted",
    rule: Some("principle-without-gate"),
    about: "A line of the Constitution Check that begins with a principle's Roman number goes. tasks.md goes with it, since a plan \
            is judged until work begins. Only in plans with a day later than every day of the constitution, where every principle of the constitution has such a line, and where no word of the principle's \
            name stands anywhere else in the section.",
    spots,
    edit,
}];

static GATE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"^(?:\||[-*])[ \t]*(?:\[.\] |✅ |☑ )?\**([IVX]+)\. "));
static DAY: LazyLock<Regex> = LazyLock::new(|| expression(r"\b\d{4}-\d{2}-\d{2}\b"));
static PRINCIPLE: LazyLock<Regex> = LazyLock::new(|| expression(r"^([IVX]+)\. (.+)$"));

/// Numbers and names of the constitution's principles.
fn principles(world: &World) -> Vec<(String, String)> {
    let headings = world.constitution.iter().flat_map(Document::headings);
    let named = headings
        .filter(|heading| heading.level == 3)
        .filter_map(|heading| {
            let parts = PRINCIPLE.captures(&heading.title)?;
            Some((parts[1].to_owned(), parts[2].to_lowercase()))
        });
    named.collect()
}

/// The gate of a line: its number.
fn gate(plan: &Document, line: usize) -> Option<String> {
    let parts = GATE.captures(plan.line(line))?;
    plan.open(line).then(|| parts[1].to_owned())
}

/// The first day that a line names.
fn first_day(line: &str) -> Option<String> {
    DAY.find(line).map(|day| day.as_str().to_owned())
}

/// The days that a document names.
fn days(document: &Document) -> impl Iterator<Item = String> {
    (0..document.lines.len()).filter_map(|line| first_day(document.line(line)))
}

fn spots(world: &World) -> Vec<Spot> {
    let principles = principles(world);
    let changed = world.constitution.iter().flat_map(days).max();
    let mut spots = Vec::new();
    for (document, plan) in world.of(Role::Plan) {
        let head = (0..plan.lines.len().min(15)).find_map(|line| first_day(plan.line(line)));
        if changed.is_none() || head <= changed {
            continue;
        }
        let Some(heading) = check(plan).filter(|_| principles.len() > 3) else {
            continue;
        };
        let gates: Vec<(usize, String)> = plan
            .section(&heading)
            .filter_map(|line| Some((line, gate(plan, line)?)))
            .collect();
        let all = principles
            .iter()
            .all(|(number, _)| gates.iter().filter(|(_, gate)| gate == number).count() == 1);
        if all && gates.len() == principles.len() {
            spots.extend(gates.iter().map(|(line, _)| Spot {
                document,
                line: *line,
            }));
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let plan = &world.documents[spot.document];
    let heading = check(plan)?;
    let number = gate(plan, spot.line)?;
    let (_, name) = principles(world)
        .into_iter()
        .find(|(own, _)| *own == number)?;
    let line = plan.line(spot.line);
    let rest = text_of(plan, &heading).replace(line, "").to_lowercase();
    let words = name.split(|each: char| !each.is_alphanumeric());
    let told = words
        .filter(|word| word.len() > 3)
        .any(|word| rest.contains(&word[..word.len().min(6)]));
    // Initials and numbers in words would be another way to speak of it.
    if told || rest.contains("principle ") || !name.is_ascii() {
        return None;
    }
    let mut change = write(plan, plan.without_lines(|each| each == spot.line));
    // Once tasks are ticked the plan is not judged any more.
    if let Some(list) = world.sibling(&plan.feature, Role::Tasks) {
        change.steps.push(Step::Delete(list.path.clone()));
    }
    Some(Edit {
        change,
        place: format!("{}:{}", plan.path, spot.line + 1),
        what: format!("deleted `{}`", shown(line)),
        expected: Expected {
            rule: Some("principle-without-gate"),
            meant: vec![meant(&plan.path, heading.line + 1, Some(&heading.title))],
            // What named the task list or its tasks; a feature without tasks is young again.
            other_ends: vec![OtherEnd {
                codes: &[
                    "broken-path",
                    "broken-link",
                    "unknown-task",
                    "unknown-reference",
                    "duplicate-feature-number",
                ],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
