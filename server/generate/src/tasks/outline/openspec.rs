//! `OpenSpec`'s list: a numbered group for each capability that a change touches, a task for each requirement of its delta, one that
//! tests its scenarios.

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
    let deltas = || {
        let documents = feature.documents.iter();
        documents.filter(|document| document.kind == DocumentKind::OpenSpecDelta)
    };
    let titles: Vec<String> = deltas()
        .flat_map(|delta| {
            let items = delta.facts().items_of(ItemKind::Requirement);
            items.map(|(_, item)| title_of(delta, item.title_range))
        })
        .collect();
    let language = language(&titles);
    let model = newest(graph, feature);
    let bullet = bullet(model);
    let (mut lines, mut questions, mut count, mut top) = (Vec::new(), Vec::new(), 0, 0);
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut open = |lines: &mut Vec<String>, title: &str| {
        top += 1;
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("## {top}. {title}"));
        lines.push(String::new());
        top
    };
    for delta in deltas() {
        let groups = groups(delta);
        if groups.is_empty() {
            continue;
        }
        let top = open(&mut lines, capability(delta));
        let mut next = 0;
        let mut add = |lines: &mut Vec<String>, words: &str| {
            next += 1;
            count += 1;
            lines.push(format!("{bullet} [ ] {top}.{next} {words}"));
        };
        for (group, scenarios) in groups {
            for job in jobs(&group, places) {
                let words = says(&job, &group.title, language, &mut questions);
                taken.extend(job.place.map(|place| place.path.clone()));
                add(&mut lines, &words);
            }
            if !scenarios.is_empty() {
                add(
                    &mut lines,
                    &language.test_somewhere(&scenarios.join("\", \"")),
                );
            }
        }
    }
    let left = left(places, &taken);
    if !left.is_empty() {
        let top = open(&mut lines, language.others());
        count += left.len();
        for (at, place) in left.iter().enumerate() {
            let words = language.write(&format!("`{}`", place.path), place.exists);
            lines.push(format!("{bullet} [ ] {top}.{} {words}", at + 1));
        }
    }
    let newline = newline(model);
    let text = lines.join(newline) + newline;
    (count > 0 && holds(DocumentKind::OpenSpecTasks, &text, count)).then_some((text, questions))
}

/// `auth` of `openspec/changes/add-login/specs/auth/spec.md`.
fn capability(delta: &FeatureDocument) -> &str {
    let dir = delta.path.rsplit_once('/').map_or("", |(dir, _)| dir);
    dir.split_once("/specs/").map_or(dir, |(_, name)| name)
}

/// Each requirement with the names of its scenarios.
fn groups(delta: &FeatureDocument) -> Vec<(Group, Vec<String>)> {
    let facts = delta.facts();
    let requirements = facts.items_of(ItemKind::Requirement);
    let groups = requirements.map(|(at, item)| {
        let title = title_of(delta, item.title_range);
        let title = if title.is_empty() {
            item.id.to_string()
        } else {
            title
        };
        let scenarios = facts.items_of(ItemKind::Scenario);
        let mine = scenarios.filter(|(_, scenario)| scenario.parent == Some(at));
        let group = Group {
            wanted: vec![Wanted {
                cite: title.clone(),
                words: words("", delta.slice(item.range)),
            }],
            title,
        };
        (
            group,
            mine.map(|(_, scenario)| scenario.id.to_string()).collect(),
        )
    });
    groups.collect()
}
