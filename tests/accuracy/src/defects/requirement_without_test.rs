//! A requirement whose mentions in tests go.

use std::sync::LazyLock;

use regex::Regex;

use super::{expression, meant};
use crate::checkout::{Change, Step};
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "test-mention-gone",
    rule: Some("requirement-without-test"),
    about: "Every mention of one requirement goes from the tests, where tests that surely mean its feature (its id is defined \
            in no other, or the file names the feature near its head) mention more than half of the feature's requirements, and tests that its tasks name at least four. \
            Only a requirement whose tasks are all ticked and name a tracked source and no test.",
    spots,
    edit,
}];

static ID: LazyLock<Regex> = LazyLock::new(|| expression(r"\bFR-\d{3}\b"));
static TEST: LazyLock<Regex> =
    LazyLock::new(|| expression(r"(?i)test|verif|spec\.|检|檢|測|测|テ"));
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| expression(r"FR-\d{3}\s*(?:[-–—~〜…]|\.\.|to\b|through\b|thru\b)"));

/// Endings of program text.
const ENDINGS: &[&str] = &["rs", "py", "ts", "tsx", "js", "jsx", "go", "java", "cs"];

fn is_source(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

fn is_test(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    is_source(path)
        && (path
            .split('/')
            .any(|part| matches!(part, "tests" | "test" | "__tests__"))
            || name.contains(".test.")
            || name.contains("_test.")
            || name.starts_with("test_"))
}

/// Requirements of a spec whose mentions could go: line, id, and the files of tests with their texts.
fn candidates(world: &World, spec: &Document) -> Vec<(usize, String)> {
    let Some(list) = world.sibling(&spec.feature, Role::Tasks) else {
        return Vec::new();
    };
    let defined: Vec<(usize, String)> = spec
        .definitions()
        .into_iter()
        .filter(|one| one.id.starts_with("FR-") && one.id.len() == "FR-001".len())
        .map(|one| (one.line, one.id))
        .collect();
    let tests = tests(world, spec);
    let mentioned = |id: &str| tests.iter().any(|(_, text)| text.contains(id));
    let there = defined.iter().filter(|(_, id)| mentioned(id)).count();
    let by_tasks = |id: &str| {
        let mut named = tests.iter().filter(|(path, _)| list.text.contains(*path));
        named.any(|(_, text)| text.contains(id))
    };
    let usual = defined.iter().filter(|(_, id)| by_tasks(id)).count();
    if usual < 4 || (there - 1) * 2 < defined.len() || spec.text.contains("| FR-") {
        return Vec::new();
    }
    let mut found = defined;
    found.retain(|(_, id)| {
        let any_test = |path: &&String| is_test(path);
        let elsewhere = world.files.iter().filter(any_test).any(|path| {
            let known = tests.iter().any(|(own, _)| *own == path);
            !known && world.text(path).is_some_and(|text| speaks(&text, id))
        });
        // `FR-023/024` names it without its letters.
        let short = expression(&format!(r"[/,&+]\s*{}", &id["FR-".len()..]));
        let mut texts = tests.iter().map(|(_, text)| text);
        let plain = texts.all(|text| !RANGE.is_match(text) && !short.is_match(text));
        mentioned(id) && !elsewhere && plain && is_done(world, list, id)
    });
    found
}

/// Whether a text names an id in any spelling.
fn speaks(text: &str, id: &str) -> bool {
    spelling(id).is_match(text)
}

fn spelling(id: &str) -> Regex {
    expression(&format!(r"(?i)FR[-_]?{}", &id["FR-".len()..]))
}

/// Test files that surely mean the feature, with their texts.
fn tests<'a>(world: &'a World, spec: &Document) -> Vec<(&'a String, String)> {
    let name = spec.feature.rsplit('/').next().unwrap_or_default();
    let alone = world.of(Role::Spec).count() == 1;
    let tests = world.files.iter().filter(|path| is_test(path));
    tests
        .filter_map(|path| Some((path, world.text(path)?)))
        .filter(|(_, text)| {
            let head: Vec<&str> = text.lines().take(12).collect();
            ID.is_match(text) && (alone || head.join("\n").contains(name))
        })
        .collect()
}

/// Whether all tasks that cite an id are ticked, name a tracked source and speak of no test.
fn is_done(world: &World, list: &Document, id: &str) -> bool {
    let mut citing = 0;
    let mut code = false;
    for task in list.tasks() {
        let item: String = (task.line..list.behind_item(task.line))
            .map(|line| list.line(line))
            .collect();
        if !item.contains(id) {
            continue;
        }
        citing += 1;
        if !task.ticked || TEST.is_match(&item) {
            return false;
        }
        let mut paths = task.paths.iter().map(|path| &list.text[path.clone()]);
        code |= paths.any(|path| world.files.contains(path) && is_source(path) && !is_test(path));
    }
    citing > 0 && code
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let found = candidates(world, spec);
        spots.extend(found.into_iter().map(|(line, _)| Spot { document, line }));
    }
    spots
}

fn edit(world: &World, spot: Spot, _random: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let all = candidates(world, spec);
    let (_, id) = all.into_iter().find(|(line, _)| *line == spot.line)?;
    let pattern = spelling(&id);
    let steps: Vec<Step> = tests(world, spec)
        .into_iter()
        .filter(|(_, text)| pattern.is_match(text))
        .map(|(path, text)| {
            let text = pattern.replace_all(&text, "it").into_owned();
            Step::Write(path.clone(), text.into_bytes())
        })
        .collect();
    Some(Edit {
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!("{id} not mentioned any more in {} tests", steps.len()),
        change: Change {
            steps,
            commit: false,
        },
        expected: Expected {
            rule: Some("requirement-without-test"),
            meant: vec![meant(&spec.path, spot.line + 1, Some(&id))],
            // Its other findings say how many are tested.
            other_ends: vec![OtherEnd {
                codes: &["requirement-without-test"],
                says: vec![id],
            }],
            ..Expected::default()
        },
    })
}
