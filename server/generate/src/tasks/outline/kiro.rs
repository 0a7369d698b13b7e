//! Kiro's list: a numbered group for each requirement, tasks below it that cite its criteria, and a test that may be left out for each
//! property of the design.

use documents::{DocumentKind, ItemKind};
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument, Graph};

use super::{
    Group, Place, Wanted, bullet, holds, jobs, language, left, newest, newline, says, title_of,
};
use crate::tasks::list::telling::words;

pub(super) fn write(
    graph: &Graph,
    feature: &Feature,
    places: &[Place],
) -> Option<(String, Vec<String>)> {
    let spec = feature.spec()?;
    let groups = groups(spec);
    let model = newest(graph, feature);
    let titles: Vec<String> = groups
        .iter()
        .map(|(_, group)| group.title.clone())
        .collect();
    let language = language(&titles);
    let (bullet, deep) = (bullet(model), is_nested(model));
    let label = label(model);
    let heading = model
        .and_then(|list| list.doc.text.lines().find(|line| line.starts_with("# ")))
        .and_then(|line| line.split([':', '：']).next())
        .unwrap_or("# Implementation Plan");
    let indent = if deep { "  " } else { "" };
    let mut properties = properties(feature);
    let mut lines = vec![heading.trim_end().to_owned()];
    let (mut questions, mut count) = (Vec::new(), 0);
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for (at, (number, group)) in groups.iter().enumerate() {
        let top = at + 1;
        lines.push(String::new());
        lines.push(format!("{bullet} [ ] {top}. {}", group.title));
        count += 1;
        let mut next = 0;
        for job in jobs(group, places) {
            next += 1;
            count += 1;
            let words = says(&job, &group.title, language, &mut questions);
            lines.push(format!("{indent}{bullet} [ ] {top}.{next} {words}"));
            lines.push(format!(
                "{indent}  {bullet} _{label}: {}_",
                job.cites.join(", ")
            ));
            taken.extend(job.place.map(|place| place.path.clone()));
        }
        let (mine, others): (Vec<Property>, Vec<Property>) = properties
            .into_iter()
            .partition(|property| property.requirement == *number);
        properties = others;
        for property in mine {
            next += 1;
            count += 1;
            let words = language.test_somewhere(&property.title);
            lines.push(format!("{indent}{bullet} [ ]* {top}.{next} {words}"));
            lines.push(format!("{indent}  {bullet} **{}**", property.name));
            lines.push(format!("{indent}  {bullet} {}", property.validates));
        }
    }
    let left = left(places, &taken);
    if !left.is_empty() {
        let top = groups.len() + 1;
        lines.push(String::new());
        lines.push(format!("{bullet} [ ] {top}. {}", language.others()));
        count += 1 + left.len();
        for (at, place) in left.iter().enumerate() {
            let words = language.write(&format!("`{}`", place.path), place.exists);
            lines.push(format!("{indent}{bullet} [ ] {top}.{} {words}", at + 1));
        }
    }
    let newline = newline(model);
    let text = lines.join(newline) + newline;
    holds(DocumentKind::KiroTasks, &text, count).then_some((text, questions))
}

/// Requirements with their criteria, by number.
fn groups(spec: &FeatureDocument) -> Vec<(String, Group)> {
    let facts = spec.facts();
    let mut groups: Vec<(String, Group)> = Vec::new();
    for (_, item) in facts.items_of(ItemKind::Criterion) {
        let Some((number, _)) = item.id.split_once('.') else {
            continue;
        };
        let wanted = Wanted {
            cite: item.id.to_string(),
            words: words("", spec.slice(item.range)),
        };
        if let Some((_, group)) = groups.iter_mut().find(|(known, _)| known == number) {
            group.wanted.push(wanted);
            continue;
        }
        let parent = item.parent.and_then(|at| facts.items.get(at as usize));
        let section = item.section.and_then(|at| facts.sections.get(at as usize));
        let titled = parent.map(|parent| title_of(spec, parent.title_range));
        let title = titled
            .filter(|title| !title.is_empty())
            .or_else(|| section.map(|section| section.title.to_string()))
            .unwrap_or_default();
        let title = match parent {
            Some(parent) if title.is_empty() || title.starts_with('#') => parent.id.to_string(),
            _ => title,
        };
        groups.push((
            number.to_owned(),
            Group {
                title,
                wanted: vec![wanted],
            },
        ));
    }
    groups
}

/// A property that a test can show.
struct Property {
    /// `Property 3: Round trip`
    name: String,
    title: String,
    /// The line that says what it validates.
    validates: String,
    /// Number of the first requirement it validates.
    requirement: String,
}

fn properties(feature: &Feature) -> Vec<Property> {
    let Some(design) = feature.plan() else {
        return Vec::new();
    };
    let items = design.facts().items_of(ItemKind::Property);
    let known = items.filter_map(|(_, item)| {
        let text = design.slice(item.range);
        let validates = text
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with("**Validates") && line.contains("Requirement"))?;
        let digits = validates.split(|c: char| !(c.is_ascii_digit() || c == '.'));
        let first = digits
            .filter(|part| part.contains('.'))
            .find(|part| part.len() > 2)?;
        let title = title_of(design, item.title_range);
        Some(Property {
            name: format!("Property {}: {title}", item.id),
            title,
            validates: validates.to_owned(),
            requirement: first.split('.').next()?.to_owned(),
        })
    });
    known.collect()
}

/// Whether the project's lists put tasks below their groups.
fn is_nested(model: Option<&FeatureDocument>) -> bool {
    model.is_none_or(|list| {
        let mut lines = list.doc.text.lines();
        let flat = lines.any(|line| {
            let behind = line
                .strip_prefix("- [")
                .and_then(|rest| rest.split_once(']'));
            behind.is_some_and(|(_, words)| words.trim_start_matches('*').starts_with(" 1.1 "))
        });
        !flat
    })
}

/// What the project's lists call the line of requirements: `_要件: 1.1_`.
fn label(model: Option<&FeatureDocument>) -> &str {
    let found = model.and_then(|list| {
        list.doc.text.lines().find_map(|line| {
            let inner = line
                .trim()
                .trim_start_matches(['-', '*', '+'])
                .trim()
                .strip_prefix('_')?;
            let (label, rest) = inner.split_once(':')?;
            let numbered = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
            (numbered && !label.contains([' ', '_'])).then_some(label)
        })
    });
    found.unwrap_or("Requirements")
}
