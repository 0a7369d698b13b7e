//! `OpenSpec`'s list: a numbered group for each capability that a change touches, a task for each requirement of its delta, one that
//! tests its scenarios.

use documents::{DocumentKind, ItemKind};
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument, Graph};

use super::{
    Group, Place, Wanted, bullet, holds, jobs, language, left, newest, newline, says, title_of,
};
use crate::tasks::list::telling::words;

/// A requirement of a delta.
pub(super) struct Entry {
    pub(super) group: Group,
    /// Names of its scenarios.
    scenarios: Vec<String>,
    /// It is to go.
    is_removed: bool,
    /// It is there and changes.
    pub(super) is_modified: bool,
}

impl Entry {
    /// Words of the requirement.
    pub(super) fn words(&self) -> FxHashSet<String> {
        let wanted = self.group.wanted.iter();
        wanted.flat_map(|it| it.words.iter().cloned()).collect()
    }
}

/// Lines of such a list; what it needs to know of its shape is the bullet.
pub(super) type Lines = super::Lines<char>;

impl Lines {
    fn open(&mut self, title: &str) {
        let number = self.next_group();
        if !self.written.is_empty() {
            self.written.push(String::new());
        }
        self.written.push(format!("## {number}. {title}"));
        self.written.push(String::new());
    }

    fn task(&mut self, words: &str) {
        let id = self.next_task();
        self.written
            .push(format!("{} [ ] {id} {words}", self.shape));
        self.ids.push(id);
    }

    /// The group of a capability; the files of its tasks are told to `taken`.
    pub(super) fn capability(
        &mut self,
        title: &str,
        entries: &[Entry],
        places: &[Place],
        taken: &mut FxHashSet<String>,
    ) {
        self.open(title);
        for entry in entries {
            if entry.is_removed {
                let quoted = format!("\"{}\"", entry.group.title);
                self.task(&self.language.remove(&quoted));
                continue;
            }
            for job in jobs(&entry.group, places) {
                let words = says(&job, &entry.group.title, self.language, &mut self.questions);
                taken.extend(job.place.map(|place| place.path.clone()));
                self.task(&words);
            }
            if !entry.scenarios.is_empty() {
                let quoted = entry.scenarios.join("\", \"");
                self.task(&self.language.test_somewhere(&quoted));
            }
        }
    }
}

pub(super) fn write(
    graph: &Graph,
    feature: &Feature,
    places: &[Place],
) -> Option<(String, Vec<String>)> {
    let titles: Vec<String> = deltas(feature)
        .flat_map(|delta| {
            let items = delta.facts().items_of(ItemKind::Requirement);
            items.map(|(_, item)| title_of(delta, item.title_range))
        })
        .collect();
    let language = language(&titles);
    let model = newest(graph, feature);
    let mut lines = Lines::new(bullet(model), language, 0);
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for delta in deltas(feature) {
        let entries = groups(delta);
        if !entries.is_empty() {
            lines.capability(capability(delta), &entries, places, &mut taken);
        }
    }
    let left = left(places, &taken);
    if !left.is_empty() {
        lines.open(language.others());
        for place in left {
            lines.task(&language.write(&format!("`{}`", place.path), place.exists));
        }
    }
    let newline = newline(model);
    let text = lines.written.join(newline) + newline;
    let count = lines.ids.len();
    (count > 0 && holds(DocumentKind::OpenSpecTasks, &text, count))
        .then_some((text, lines.questions))
}

/// The deltas of a change.
pub(super) fn deltas(feature: &Feature) -> impl Iterator<Item = &FeatureDocument> {
    let documents = feature.documents.iter();
    documents.filter(|document| document.kind == DocumentKind::OpenSpecDelta)
}

/// `auth` of `openspec/changes/add-login/specs/auth/spec.md`.
pub(super) fn capability(delta: &FeatureDocument) -> &str {
    let dir = delta.path.rsplit_once('/').map_or("", |(dir, _)| dir);
    dir.split_once("/specs/").map_or(dir, |(_, name)| name)
}

/// Each requirement with the names of its scenarios.
pub(super) fn groups(delta: &FeatureDocument) -> Vec<Entry> {
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
        let chapter = facts
            .sections
            .iter()
            .rfind(|section| section.level == 2 && section.range.contains_range(item.id_range));
        let is = |word: &str| chapter.is_some_and(|it| it.title.to_uppercase().starts_with(word));
        Entry {
            group: Group {
                wanted: vec![Wanted {
                    cite: title.clone(),
                    words: words("", delta.slice(item.range)),
                }],
                title,
            },
            scenarios: mine.map(|(_, scenario)| scenario.id.to_string()).collect(),
            is_removed: is("REMOVED"),
            is_modified: is("MODIFIED"),
        }
    });
    groups.collect()
}
