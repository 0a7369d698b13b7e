//! A feature -> what ranking compares.

use std::collections::BTreeMap;

use documents::{Document, DocumentKind, Item, ItemIndex, ItemKind};
use text::{TextRange, TextSize};

use super::rank::{Asked, Material, Offered, Role};
use super::words;
use crate::feature::{Feature, FeatureDocument, ItemRef};

/// What is compared, with the items it came from.
pub(super) struct Gathered {
    pub(super) material: Material,
    /// The requirements, as in [`Material::asked`].
    pub(super) asked: Vec<ItemRef>,
    /// The tasks, as in [`Material::offered`].
    pub(super) offered: Vec<ItemRef>,
    /// Ids of the stories, as in [`Material::stories`].
    pub(super) stories: Vec<String>,
    /// Groups so far.
    groups: usize,
}

/// Requirements, criteria and success criteria of a feature, and its tasks. Ids are left out of every text: what is
/// cited already must not count.
pub(super) fn of(feature: &Feature) -> Gathered {
    let mut gathered = Gathered {
        material: Material::default(),
        asked: Vec::new(),
        offered: Vec::new(),
        stories: Vec::new(),
        groups: 0,
    };
    let specs = feature
        .documents
        .iter()
        .filter(|document| document.kind.is_spec());
    for document in specs {
        gathered.ask(feature, document);
    }
    if let Some(document) = feature.tasks_document() {
        gathered.offer(feature, document);
    }
    gathered
}

/// Whether suggestions are made for an item.
pub(super) fn is_asked(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Requirement | ItemKind::Criterion | ItemKind::SuccessCriterion
    )
}

impl Gathered {
    fn ask(&mut self, feature: &Feature, document: &FeatureDocument) {
        let facts = document.facts();
        let mut story_of: BTreeMap<ItemIndex, usize> = BTreeMap::new();
        for (at, story) in facts.items_of(ItemKind::Story) {
            story_of.insert(at, self.material.stories.len());
            self.material.stories.push(said(document, story.range, &[]));
            self.stories.push(story.id.to_string());
        }
        let all: Vec<(ItemIndex, &Item)> = (0..)
            .zip(&facts.items)
            .filter(|(_, item)| is_asked(item.kind))
            .collect();
        let criteria = |of: ItemIndex| {
            let nested = all.iter().filter(move |(_, item)| {
                item.kind == ItemKind::Criterion && item.parent == Some(of)
            });
            nested.map(|(_, item)| item.range)
        };
        let mut groups: BTreeMap<Group, usize> = BTreeMap::new();
        let sections = sections_that_divide(facts, &all);
        for &(at, item) in &all {
            let parent = item
                .parent
                .and_then(|at| Some((at, facts.items.get(at as usize)?)));
            let group = match parent {
                Some((requirement, _)) if item.kind == ItemKind::Criterion => {
                    Some(Group::Item(requirement))
                }
                _ if criteria(at).next().is_some() => Some(Group::Item(at)),
                _ if document.kind == DocumentKind::OpenSpecDelta => Some(Group::Document),
                _ => {
                    let section = item.section.filter(|section| sections.contains(section));
                    section.map(Group::Section)
                }
            };
            // Groups of several documents of a feature are apart.
            let group = group.map(|group| {
                let next = self.groups + groups.len();
                *groups.entry(group).or_insert(next)
            });
            let own: Vec<TextRange> = criteria(at).collect();
            let story = parent.and_then(|(at, _)| story_of.get(&at).copied());
            self.material.asked.push(Asked {
                place: self.asked.len() as u32,
                text: said(
                    document,
                    TextRange::new(
                        item.id_range.end().max(item.range.start()),
                        item.range.end(),
                    ),
                    &own,
                ),
                group,
                story: story.or_else(|| self.story_named(facts, item)),
            });
            self.asked.push(ItemRef {
                feature: feature.id,
                file: document.file,
                item: at,
            });
        }
        self.groups += groups.len();
    }

    /// The only story that an item's own text names.
    fn story_named(&self, facts: &Document, item: &Item) -> Option<usize> {
        let mut named = facts.mentions_in(item.range).iter().filter_map(|mention| {
            self.stories
                .iter()
                .position(|id| id == mention.key.as_str())
        });
        let first = named.next()?;
        named.all(|other| other == first).then_some(first)
    }

    fn offer(&mut self, feature: &Feature, document: &FeatureDocument) {
        let facts = document.facts();
        let tasks: Vec<(ItemIndex, &Item)> = facts.items_of(ItemKind::Task).collect();
        let roles = roles(facts);
        for &(at, task) in &tasks {
            let nested: Vec<TextRange> = tasks
                .iter()
                .map(|(_, other)| other.range)
                .filter(|range| *range != task.range && task.range.contains_range(*range))
                .collect();
            let parent = task
                .parent
                .and_then(|at| Some((at, facts.items.get(at as usize)?)));
            let mut around = String::new();
            let mut above = parent.map(|(_, item)| item);
            while let Some(item) = above {
                around.push_str(document.slice(item.title_range));
                around.push('\n');
                let further = item.parent.and_then(|at| facts.items.get(at as usize));
                above = further.filter(|further| further.range.start() < item.range.start());
            }
            let mut section = task.section.and_then(|at| facts.sections.get(at as usize));
            while let Some(each) = section.filter(|each| each.level > 1) {
                around.push_str(&each.title);
                around.push('\n');
                section = each.parent.and_then(|at| facts.sections.get(at as usize));
            }
            let links = feature.task(at);
            let stories = links.iter().flat_map(|links| &links.stories);
            let stories =
                stories.filter_map(|id| self.stories.iter().position(|each| each == id.as_str()));
            let start = task.id_range.end().max(task.range.start());
            let text = said(document, TextRange::new(start, task.range.end()), &nested);
            self.material.offered.push(Offered {
                place: self.offered.len() as u32,
                proves: words::proves(&text),
                text,
                around,
                stories: stories.collect(),
                role: parent
                    .and_then(|(at, _)| roles.get(&at))
                    .copied()
                    .unwrap_or_default(),
            });
            self.offered.push(ItemRef {
                feature: feature.id,
                file: document.file,
                item: at,
            });
        }
    }
}

/// What groups requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Section(u32),
    Item(ItemIndex),
    Document,
}

/// Sections that hold some requirements and not all of them.
fn sections_that_divide(facts: &Document, all: &[(ItemIndex, &Item)]) -> Vec<u32> {
    let mut sections: Vec<u32> = all
        .iter()
        .filter(|(_, item)| item.kind == ItemKind::Requirement)
        .filter_map(|(_, item)| item.section)
        .collect();
    sections.sort_unstable();
    sections.dedup();
    sections.retain(|at| {
        facts
            .sections
            .get(*at as usize)
            .is_some_and(|section| section.level > 2)
    });
    if sections.len() > 1 {
        sections
    } else {
        Vec::new()
    }
}

/// Phases before the stories and behind them, by item. The last one before the stories is their foundation: work.
fn roles(facts: &Document) -> BTreeMap<ItemIndex, Role> {
    let phases: Vec<(ItemIndex, &Item)> = facts.items_of(ItemKind::Phase).collect();
    let of_story = |(_, phase): &(ItemIndex, &Item)| phase.story.is_some();
    let mut roles = BTreeMap::new();
    let (Some(first), Some(last)) = (
        phases.iter().position(of_story),
        phases.iter().rposition(of_story),
    ) else {
        return roles;
    };
    for (at, _) in phases.iter().take(first.saturating_sub(1)) {
        roles.insert(*at, Role::Setup);
    }
    for (at, _) in phases.iter().skip(last + 1) {
        roles.insert(*at, Role::Polish);
    }
    roles
}

/// The text of a range without some ranges in it and without ids.
fn said(document: &FeatureDocument, range: TextRange, without: &[TextRange]) -> String {
    let ids = document
        .facts()
        .mentions_in(range)
        .iter()
        .map(|mention| mention.range);
    let mut gone: Vec<TextRange> = without.iter().copied().chain(ids).collect();
    gone.sort_unstable_by_key(|gone| (gone.start(), gone.end()));
    let mut text = String::new();
    let mut at: TextSize = range.start();
    for gone in gone {
        if gone.start() > at {
            text.push_str(document.slice(TextRange::new(at, gone.start())));
            text.push(' ');
        }
        at = at.max(gone.end());
    }
    if at < range.end() {
        text.push_str(document.slice(TextRange::new(at, range.end())));
    }
    text
}
