//! A constitution that goes back to the template.

use super::{shown, write};
use crate::document::{Document, Heading, Role};
use crate::judge::{Expected, Meant, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "principle-template",
    rule: Some("constitution-placeholder"),
    about: "A third-level heading of the constitution becomes `### [PRINCIPLE_1_NAME]`. Only where a plan has a Constitution \
            Check that does not speak of templates.",
    spots,
    edit,
}];

const NAME: &str = "[PRINCIPLE_1_NAME]";

/// The heading of a plan's Constitution Check.
pub(super) fn check(plan: &Document) -> Option<Heading> {
    plan.headings()
        .into_iter()
        .find(|heading| heading.level == 2 && heading.title.contains("Constitution Check"))
}

/// The text of a section.
pub(super) fn text_of(plan: &Document, heading: &Heading) -> String {
    let lines: Vec<&str> = plan.section(heading).map(|line| plan.line(line)).collect();
    lines.join("\n")
}

fn checks(world: &World) -> impl Iterator<Item = (usize, &Document, Heading)> {
    world.of(Role::Plan).filter_map(|(document, plan)| {
        let heading = check(plan)?;
        let text = text_of(plan, &heading).to_lowercase();
        let told = ["template", "placeholder", "not ", "no "]
            .iter()
            .any(|word| text.contains(word));
        (!told).then_some((document, plan, heading))
    })
}

fn spots(world: &World) -> Vec<Spot> {
    if world.constitution.is_none() {
        return Vec::new();
    }
    let found = checks(world).map(|(document, _, heading)| Spot {
        document,
        line: heading.line,
    });
    found.collect()
}

fn edit(world: &World, spot: Spot, random: &mut Random) -> Option<Edit> {
    let constitution = world.constitution.as_ref()?;
    let headings: Vec<Heading> = constitution
        .headings()
        .into_iter()
        .filter(|heading| heading.level == 3 && !heading.title.contains('['))
        .collect();
    let heading = random.one(&headings)?;
    let start = constitution.lines[heading.line].start;
    let at = start + constitution.line(heading.line).find(&heading.title)?;
    let text = constitution.with(&[(at..at + heading.title.len(), NAME.to_owned())]);
    let plan = &world.documents[spot.document];
    // Every plan is checked against it.
    let meant = world.of(Role::Plan).filter_map(|(_, plan)| {
        let heading = check(plan)?;
        Some(Meant {
            path: plan.path.clone(),
            lines: (heading.line + 1, heading.line + 1),
            text: Some(heading.title),
            says: None,
        })
    });
    let meant: Vec<Meant> = meant.collect();
    Some(Edit {
        change: write(constitution, text),
        place: format!("{}:{}", plan.path, spot.line + 1),
        what: format!(
            "`{}` of the constitution -> `{NAME}`",
            shown(&heading.title)
        ),
        expected: Expected {
            rule: Some("constitution-placeholder"),
            meant,
            // One principle less.
            other_ends: vec![OtherEnd {
                codes: &["constitution-placeholder", "principle-without-gate"],
                says: Vec::new(),
            }],
            ..Expected::default()
        },
    })
}
