//! A mandatory section that is not there.

use super::write;
use crate::document::{Document, Heading, Role};
use crate::judge::{Expected, Meant, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "section-deleted",
    rule: Some("missing-section"),
    about: "A section that the project's own spec template tags as mandatory goes, heading and text. Only where the project \
            has a template, the spec is titled like it, has all its mandatory sections and keeps more than half of them, \
            no heading begins with a picture, and no other heading has the section's words.",
    spots,
    edit,
}];

/// A heading without its tag and marks: `## Requirements *(mandatory)*` is `requirements`.
fn plain(title: &str) -> String {
    let end = title
        .find("*(")
        .or_else(|| title.find("_("))
        .unwrap_or(title.len());
    title[..end].replace('&', "and").trim().to_lowercase()
}

fn mandatory(template: &Document) -> Vec<String> {
    let tagged = template
        .headings()
        .into_iter()
        .filter(|heading| heading.level == 2 && heading.title.contains("(mandatory)"));
    tagged.map(|heading| plain(&heading.title)).collect()
}

/// The title of the document, lower case.
fn title(document: &Document) -> String {
    let headings = document.headings();
    let mut titles = headings.iter().filter(|heading| heading.level == 1);
    titles
        .next()
        .map_or(String::new(), |title| plain(&title.title))
}

fn second_level(spec: &Document) -> impl Iterator<Item = Heading> {
    spec.headings()
        .into_iter()
        .filter(|heading| heading.level == 2)
}

fn spots(world: &World) -> Vec<Spot> {
    let Some(template) = &world.template else {
        return Vec::new();
    };
    let wanted = mandatory(template);
    let heads = title(template)
        .split('[')
        .next()
        .unwrap_or("")
        .trim_end()
        .to_owned();
    let mut spots = Vec::new();
    for (document, spec) in world.of(Role::Spec) {
        let here: Vec<Heading> = second_level(spec)
            .filter(|heading| wanted.contains(&plain(&heading.title)))
            .collect();
        let pictures = second_level(spec).any(|heading| {
            let first = heading.title.chars().next();
            first.is_some_and(|c| !c.is_ascii() && !c.is_alphanumeric())
        });
        if pictures || !title(spec).starts_with(&heads) {
            continue;
        }
        if here.len() == wanted.len() && 2 * (here.len() - 1) > wanted.len() {
            spots.extend(here.iter().map(|heading| Spot {
                document,
                line: heading.line,
            }));
        }
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let spec = &world.documents[spot.document];
    let heading = second_level(spec).find(|heading| heading.line == spot.line)?;
    let gone = spec.section(&heading);
    let title = plain(&heading.title);
    let rest = Document::new(
        &spec.path,
        &spec.feature,
        spec.role,
        spec.without_lines(|line| gone.contains(&line)),
    );
    if rest
        .headings()
        .iter()
        .any(|other| plain(&other.title).contains(&title))
    {
        return None;
    }
    // As the template writes it, which is what the message quotes.
    let template = world.template.as_ref()?;
    let wording = second_level(template)
        .find(|each| plain(&each.title) == title)?
        .title;
    let wording = wording.split(['*', '_']).next()?.trim().to_owned();
    let mut lost: Vec<String> = spec
        .definitions()
        .into_iter()
        .filter(|one| gone.contains(&one.line))
        .map(|one| one.id)
        .collect();
    let stories = spec
        .stories()
        .into_iter()
        .filter(|story| gone.contains(&story.line));
    lost.extend(stories.map(|story| format!("US{}", story.number)));
    // Defined in ways that this reader does not know.
    let lost_all = lost.is_empty();
    Some(Edit {
        change: write(spec, rest.text.clone()),
        place: format!("{}:{}", spec.path, spot.line + 1),
        what: format!(
            "section \u{201c}{}\u{201d} deleted, {} lines",
            heading.title,
            gone.len()
        ),
        expected: Expected {
            rule: Some("missing-section"),
            meant: vec![Meant {
                path: spec.path.clone(),
                lines: (1, rest.lines.len().max(1)),
                text: None,
                says: Some(wording),
            }],
            other_ends: vec![OtherEnd {
                codes: &["unknown-reference", "unknown-story"],
                says: if lost_all { Vec::new() } else { lost },
            }],
            ..Expected::default()
        },
    })
}
