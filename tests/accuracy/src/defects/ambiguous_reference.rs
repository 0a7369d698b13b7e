//! A second feature that takes the number of one that is cited.

use super::meant;
use crate::checkout::{Change, Step};
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "number-shared",
    rule: Some("ambiguous-reference"),
    about: "A new feature takes the number of one with requirements, and the plan of a third cites one of them by that \
            number. Only numbers of three digits that one feature alone has.",
    spots,
    edit,
}];

/// `003` and the directory around of `specs/003-login`.
fn number(feature: &str) -> Option<(&str, &str)> {
    let (around, name) = feature.rsplit_once('/')?;
    let digits = name.get(..3)?;
    let numbered = digits.bytes().all(|byte| byte.is_ascii_digit()) && name[3..].starts_with('-');
    numbered.then_some((digits, around))
}

/// The specs that the plan's feature could cite.
fn cited<'a>(world: &'a World, plan: &Document) -> Vec<&'a Document> {
    let alone = |spec: &Document| {
        let own = number(&spec.feature);
        let same = world
            .of(Role::Spec)
            .filter(|(_, each)| number(&each.feature) == own);
        own.is_some() && same.count() == 1
    };
    let specs = world.of(Role::Spec).map(|(_, spec)| spec);
    specs
        .filter(|spec| spec.feature != plan.feature)
        .filter(|spec| number(&spec.feature).map(|it| it.1) == number(&plan.feature).map(|it| it.1))
        .filter(|spec| alone(spec) && spec.definitions().iter().any(|one| one.id == "FR-001"))
        .collect()
}

fn spots(world: &World) -> Vec<Spot> {
    let plans = world.of(Role::Plan);
    plans
        .filter(|(_, plan)| plan.lines.last().is_some_and(|line| !line.opaque))
        .filter(|(_, plan)| number(&plan.feature).is_some() && !cited(world, plan).is_empty())
        .map(|(document, plan)| Spot {
            document,
            line: plan.lines.len() - 1,
        })
        .collect()
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let plan = &world.documents[spot.document];
    let specs = cited(world, plan);
    let spec = specs.get(random.below(specs.len()))?;
    let (digits, around) = number(&spec.feature)?;
    let twin = format!("{around}/{digits}-twin-of-another/spec.md");
    let words = match random.below(2) {
        0 => format!("The token follows Spec {digits} FR-001."),
        _ => format!("The token follows {digits}/FR-001."),
    };
    let line = plan.lines.len();
    Some(Edit {
        change: Change {
            steps: vec![
                Step::Write(twin.clone(), spec.text.clone().into_bytes()),
                Step::Write(
                    plan.path.clone(),
                    plan.with_lines(line, &["", &words]).into_bytes(),
                ),
            ],
            commit: false,
        },
        place: format!("{}:{}", plan.path, line + 2),
        what: format!("`{words}`, and {twin}"),
        expected: Expected {
            rule: Some("ambiguous-reference"),
            meant: vec![meant(&plan.path, line + 2, Some("FR-001"))],
            other_ends: vec![
                OtherEnd {
                    codes: &[
                        "duplicate-feature-number",
                        "ambiguous-reference",
                        "missing-document",
                    ],
                    says: Vec::new(),
                },
                // The twin's text has what the original's has.
                OtherEnd {
                    codes: &[
                        "leftover-placeholder",
                        "missing-section",
                        "empty-section",
                        "duplicate-id",
                        "unknown-reference",
                        "broken-link",
                        "story-without-scenario",
                        "scenario-incomplete",
                        "malformed-id",
                        "unresolved-clarification",
                    ],
                    says: Vec::new(),
                },
            ],
            ..Expected::default()
        },
    })
}
