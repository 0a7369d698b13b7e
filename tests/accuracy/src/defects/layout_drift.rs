//! A directory of the source tree that the plan of finished work draws, and that is called otherwise there.

use super::{expression, meant, shown, write};
use crate::document::Role;
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "drawn-elsewhere",
    rule: Some("layout-drift"),
    about: "A directory at the end of a branch in the source tree of a plan, all of whose tasks are ticked, gets a name \
            that nothing has. Only directories that are there, in the newest plan.",
    spots,
    edit,
}];

const NAME: &str = "quoll-tansy/";

fn spots(world: &World) -> Vec<Spot> {
    let branch = expression(r"^[│ ]*[├└]── ([a-z_]{4,})/\s*(?:#|$)");
    let Some((document, plan)) = world
        .of(Role::Plan)
        .max_by(|(_, one), (_, other)| one.path.cmp(&other.path))
    else {
        return Vec::new();
    };
    let mut lists = world.of(Role::Tasks).map(|(_, list)| list);
    let tasks = lists.find(|list| list.feature == plan.feature);
    let done = tasks.is_some_and(|list| {
        let tasks = list.tasks();
        !tasks.is_empty() && tasks.iter().all(|task| task.ticked)
    });
    if !done {
        return Vec::new();
    }
    let there = |name: &str| {
        let inside = format!("{name}/");
        world.files.iter().any(|path| path.contains(&inside))
    };
    let lines = (0..plan.lines.len()).filter(|line| {
        let found = branch.captures(plan.line(*line));
        found.is_some_and(|found| there(&found[1]) && !super::speaks_of_going(plan.line(*line)))
    });
    lines.map(|line| Spot { document, line }).collect()
}

fn edit(world: &World, spot: Spot, _random: &mut Random) -> Option<Edit> {
    let plan = &world.documents[spot.document];
    let text = plan.line(spot.line);
    let at = text.find("── ")? + "── ".len();
    let length = text[at..].find('/')? + 1;
    let start = plan.lines.get(spot.line)?.start + at;
    Some(Edit {
        place: format!("{}:{}", plan.path, spot.line + 1),
        what: format!("{} -> {NAME}", shown(text)),
        change: write(plan, plan.with(&[(start..start + length, NAME.to_owned())])),
        expected: Expected {
            rule: Some("layout-drift"),
            meant: vec![meant(&plan.path, spot.line + 1, Some(NAME))],
            other_ends: vec![OtherEnd {
                codes: &["layout-drift"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
