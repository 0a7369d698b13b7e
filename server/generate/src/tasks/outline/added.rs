//! What a list of groups leaves out, as groups behind its last one: criteria that no task cites, requirements of a delta
//! that no task names. Nothing else in the list changes.

use documents::{DocumentKind, Format, Item, ItemKind, TaskState};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{Edit, TextSize};
use trace::{Feature, FeatureDocument, FeatureState, Graph};

use super::kiro::{self, Aside, Lines, Shape};
use super::{Group, Place, Wanted, language, newline, openspec, places};
use crate::tasks::Generated;
use crate::tasks::list::uncovered::{Said, Thing};

/// What is added to a list, before it is written.
pub(in crate::tasks) struct Added<'a> {
    list: &'a FeatureDocument,
    /// The highest number of a group.
    top: u64,
    /// Behind the last task.
    at: usize,
    wanted: Wants,
}

enum Wants {
    /// Requirements by number, with those of their criteria that are cited nowhere.
    Criteria(Vec<(String, Group)>),
    /// Requirements of deltas, by the names of their capabilities.
    Requirements(Vec<(String, Vec<openspec::Entry>)>),
}

/// Whether new groups have a place in a list: it counts its groups, and its tasks below them.
pub(in crate::tasks) fn is_shaped(list: &FeatureDocument) -> bool {
    ends(list).is_some()
}

/// The highest number of a group, and where the last one ends.
fn ends(list: &FeatureDocument) -> Option<(u64, usize)> {
    let facts = list.facts();
    if list.unread().is_some() || facts.conflict.is_some() {
        return None;
    }
    let is_kiro = list.kind == DocumentKind::KiroTasks;
    let is_group = |item: &&Item| match item.kind {
        ItemKind::Phase => !is_kiro,
        ItemKind::Task => is_kiro,
        _ => false,
    };
    let mut groups = facts.items.iter().filter(is_group);
    if !groups.any(|item| item.id.parse::<u64>().is_ok()) {
        return None;
    }
    // Numbers that somebody has used or planned are not given again.
    let ids = facts.items.iter().map(|item| &item.id);
    let waves = facts.kiro.waves.iter().flat_map(|wave| &wave.tasks);
    let ids = ids.chain(waves.map(|task| &task.id));
    let top = ids
        .filter_map(|id| id.split('.').next()?.parse::<u32>().ok())
        .max()?;
    let tasks = || facts.items_of(ItemKind::Task);
    // Tasks that are headings have their work in sections, not in lists.
    let headed = |item: &Item| {
        is_kiro
            && item.section.is_some_and(|at| {
                facts
                    .sections
                    .get(at as usize)
                    .is_some_and(|section| section.range.start() == item.range.start())
            })
    };
    if tasks().any(|(_, item)| headed(item)) {
        return None;
    }
    let counted = |item: &Item| {
        let above = item.id.split('.').next();
        above.is_some_and(|above| above.parse::<u64>().is_ok())
    };
    if !is_kiro && !tasks().any(|(_, item)| counted(item)) {
        return None;
    }
    let last = facts.items.iter().filter(|item| match item.kind {
        ItemKind::Task => counted(item),
        ItemKind::Phase => item.id.parse::<u64>().is_ok(),
        _ => false,
    });
    let end = last.map(|item| usize::from(item.range.end())).max()?;
    Some((top.into(), end))
}

impl<'a> Added<'a> {
    /// `missed`: ids of criteria that the list is known to leave out. `None` where nothing is certain to be left out, or
    /// where new groups have no place.
    pub(in crate::tasks) fn of(feature: &'a Feature, missed: &[SmolStr]) -> Option<Self> {
        if feature.state == FeatureState::Archived || feature.conflicts().next().is_some() {
            return None;
        }
        let list = feature.tasks_document()?;
        let (top, at) = ends(list)?;
        let wanted = match feature.format() {
            Format::Kiro => Wants::Criteria(uncited(feature, list, missed)?),
            Format::OpenSpec => Wants::Requirements(unnamed(feature, list)?),
            Format::SpecKit => return None,
        };
        Some(Self {
            list,
            top,
            at,
            wanted,
        })
    }

    /// The new groups; `None` where they would not read back as meant.
    pub(in crate::tasks) fn write(&self, graph: &Graph, feature: &Feature) -> Option<Generated> {
        let list = self.list;
        let tasks = list.facts().items_of(ItemKind::Task);
        let titles: Vec<String> = tasks
            .map(|(_, item)| list.slice(item.title_range).to_owned())
            .collect();
        let language = language(&titles);
        let places = places(graph, feature);
        let (groups, lines) = match &self.wanted {
            Wants::Criteria(groups) => {
                let mut lines = Lines::new(Shape::of_list(list), language, self.top);
                let mut taken = FxHashSet::default();
                let properties = kiro::properties(feature);
                let mut parts = Vec::new();
                for (number, group) in groups {
                    let mine = properties.iter().filter(|property| {
                        property.requirement == *number
                            && group.wanted.iter().any(|it| property.is_of(&it.cite))
                            && !list.doc.text.contains(&property.name)
                    });
                    let mine: Vec<_> = mine.cloned().collect();
                    let aside = |place: &Place| aside(feature, list, place);
                    lines.group(group, &places, &mine, aside, &mut taken);
                    parts.push(std::mem::take(&mut lines.written));
                }
                (parts, (lines.ids, lines.questions))
            }
            Wants::Requirements(capabilities) => {
                let mut lines = openspec::Lines::new(super::bullet(Some(list)), language, self.top);
                let mut parts = Vec::new();
                for (capability, entries) in capabilities {
                    lines.capability(capability, entries, &places, &mut FxHashSet::default());
                    parts.push(std::mem::take(&mut lines.written));
                }
                (parts, (lines.ids, lines.questions))
            }
        };
        let (ids, questions) = lines;
        let newline = newline(Some(list));
        let apart = if self.is_apart() { 2 } else { 1 };
        let mut text = String::new();
        for group in &groups {
            text.push_str(&newline.repeat(apart));
            text.push_str(&group.join(newline));
        }
        let edit = Edit::insert(TextSize::new(self.at as u32), text);
        let preview = edit.insert.trim().to_owned();
        self.holds(&edit, &ids).then(|| Generated {
            edits: vec![(list.file, edit)],
            preview,
            questions,
        })
    }

    /// Whether a blank line stands between groups.
    fn is_apart(&self) -> bool {
        let facts = self.list.facts();
        let top = |item: &&Item| item.kind == ItemKind::Task && item.id.parse::<u64>().is_ok();
        let starts = facts.items.iter().filter(top).skip(1);
        let mut starts = starts
            .map(|item| usize::from(item.range.start()))
            .peekable();
        if matches!(self.wanted, Wants::Requirements(_)) || starts.peek().is_none() {
            return true;
        }
        starts.any(|start| {
            let before = self.list.doc.text.get(..start).unwrap_or_default();
            let mut lines = before.lines().rev();
            // A task without indentation begins its line.
            lines.next().is_some_and(|line| line.trim().is_empty())
        })
    }

    /// Whether the new text reads back as meant: each new task once and open, all that should be is cited, all other tasks
    /// are as before.
    fn holds(&self, edit: &Edit, ids: &[String]) -> bool {
        let list = self.list;
        let Ok(text) = text::apply(&list.doc.text, std::slice::from_ref(edit)) else {
            return false;
        };
        let facts = documents::read(list.kind, &text);
        let inside = text::span(self.at, self.at + edit.insert.len());
        let tasks = |facts: &documents::Document| -> Vec<(SmolStr, TaskState, bool)> {
            let tasks = facts.items_of(ItemKind::Task);
            let told = tasks.filter_map(|(_, item)| {
                let new = inside.contains_range(item.id_range) && !item.id_range.is_empty();
                Some((item.id.clone(), item.task.as_ref()?.state, new))
            });
            told.collect()
        };
        let (new, old): (Vec<_>, Vec<_>) = tasks(&facts).into_iter().partition(|(.., new)| *new);
        let before = list.facts().items_of(ItemKind::Task);
        let before =
            before.filter_map(|(_, item)| Some((item.id.clone(), item.task.as_ref()?.state)));
        let is_new = new
            .iter()
            .map(|(id, state, _)| (id.as_str(), *state))
            .eq(ids.iter().map(|id| (id.as_str(), TaskState::Open)));
        let is_cited = match &self.wanted {
            Wants::Criteria(groups) => {
                let cited: FxHashSet<&str> = facts
                    .mentions_in(inside)
                    .iter()
                    .filter(|it| it.kind == grammar::IdKind::Criterion)
                    .map(|it| it.key.as_str())
                    .collect();
                let mut all = groups.iter().flat_map(|(_, group)| &group.wanted);
                all.all(|wanted| cited.contains(wanted.cite.as_str()))
            }
            Wants::Requirements(_) => true,
        };
        is_new && is_cited && before.eq(old.into_iter().map(|(id, state, _)| (id, state)))
    }
}

/// Criteria that are missed, and those of requirements that no task cites at all and none speaks of, where tasks cite at
/// least two requirements and at least half of them.
fn uncited(
    feature: &Feature,
    list: &FeatureDocument,
    missed: &[SmolStr],
) -> Option<Vec<(String, Group)>> {
    let spec = feature.spec()?;
    if spec.unread().is_some() {
        return None;
    }
    let facts = spec.facts();
    let mentions = list.facts().mentions.iter();
    let cited: FxHashSet<&str> = mentions
        .filter(|it| it.kind == grammar::IdKind::Criterion && it.qualifier.is_none())
        .map(|it| it.key.as_str())
        .collect();
    let is_missed =
        |it: &Wanted| missed.contains(&SmolStr::new(&it.cite)) && !cited.contains(it.cite.as_str());
    let is_cited = |number: &str, group: &Group| {
        let mut wanted = group.wanted.iter();
        cited.contains(number) || wanted.any(|it| cited.contains(it.cite.as_str()))
    };
    let mut groups = kiro::groups(spec);
    // Those that are about to be cited count as if they were: a second run finds nothing more.
    let there = groups
        .iter()
        .filter(|(number, group)| is_cited(number, group) || group.wanted.iter().any(is_missed));
    let there = there.count();
    let keeps_count =
        spec.kind == DocumentKind::KiroRequirements && there >= 2 && there * 2 >= groups.len();
    let said = Said::of(list);
    let is_whole = |(number, group): &(String, Group)| {
        let others = groups.iter().filter(|(other, _)| other != number);
        let taken: FxHashSet<&String> = others
            .flat_map(|(_, group)| &group.wanted)
            .flat_map(|it| &it.words)
            .collect();
        keeps_count
            && !is_cited(number, group)
            && !facts.kiro.disputed.iter().any(|(id, _)| id == number)
            && !group.title.contains("~~")
            && !group
                .wanted
                .iter()
                .any(|it| said.speaks_of(&it.words, &taken))
    };
    let whole: Vec<bool> = groups.iter().map(is_whole).collect();
    for ((_, group), whole) in groups.iter_mut().zip(whole) {
        if !whole {
            group.wanted.retain(is_missed);
        }
    }
    groups.retain(|(_, group)| !group.wanted.is_empty());
    (!groups.is_empty()).then_some(groups)
}

/// Requirements that deltas add or remove and that no task names or speaks of, where tasks name two of three and are not
/// all done. What is modified is there in part, and tasks rarely call it by its name.
fn unnamed(
    feature: &Feature,
    list: &FeatureDocument,
) -> Option<Vec<(String, Vec<openspec::Entry>)>> {
    let tasks = list.facts().items_of(ItemKind::Task);
    let mut open = tasks.filter_map(|(_, item)| item.task.as_ref());
    if open.all(|task| task.state == TaskState::Done) {
        return None;
    }
    let mut all: Vec<(String, Vec<openspec::Entry>)> = openspec::deltas(feature)
        .map(|delta| {
            (
                openspec::capability(delta).to_owned(),
                openspec::groups(delta),
            )
        })
        .collect();
    let things: Vec<Thing> = all
        .iter()
        .flat_map(|(_, entries)| entries)
        .map(|entry| Thing::named(&entry.group.title))
        .collect();
    let said = Said::of(list);
    let lacking = said.lacking(&things, &[]);
    let told: Vec<(String, FxHashSet<String>)> = all
        .iter()
        .flat_map(|(_, entries)| entries)
        .map(|entry| (entry.group.title.clone(), entry.words()))
        .collect();
    for (_, entries) in &mut all {
        entries.retain(|entry| {
            let title = &entry.group.title;
            let others = told.iter().filter(|(other, _)| other != title);
            let taken = others.flat_map(|(_, words)| words).collect();
            !entry.is_modified && lacking.contains(title) && !said.speaks_of(&entry.words(), &taken)
        });
    }
    all.retain(|(_, entries)| !entries.is_empty());
    (!all.is_empty()).then_some(all)
}

/// `(P)` and its boundary, where the list has such marks, no other task speaks of the file, and the design says which part
/// it belongs to, if tasks that stand aside say that.
fn aside(feature: &Feature, list: &FeatureDocument, place: &Place) -> Option<Aside> {
    let facts = list.facts();
    let model = facts.items_of(ItemKind::Task).find_map(|(_, item)| {
        let mark = item.task.as_ref()?.parallel?;
        Some((mark, item.title_range))
    });
    let (mark, title) = model?;
    let name = place.path.rsplit('/').next()?;
    let stem = name.split('.').next()?;
    if list.doc.text.contains(stem) {
        return None;
    }
    let boundary = match facts.kiro.boundaries.first() {
        None => None,
        Some(model) => {
            let text = &list.doc.text;
            let start = usize::from(model.name.range.start());
            let open = text.get(text.get(..start)?.rfind('\n').map_or(0, |at| at + 1)..start)?;
            let open = open.trim_start_matches([' ', '\t', '-', '*', '+']);
            let behind = text
                .get(usize::from(model.name.range.end())..)?
                .lines()
                .next()?;
            Some(format!(
                "{open}{}{}",
                part(feature, &place.path)?,
                behind.trim_end()
            ))
        }
    };
    Some(Aside {
        mark: list.slice(mark).to_owned(),
        leads: mark.start() < title.start(),
        boundary,
    })
}

/// The part of the design that a file belongs to: the heading, below the chapters, of the only section that names it.
fn part<'a>(feature: &'a Feature, path: &str) -> Option<&'a str> {
    let facts = feature.plan()?.facts();
    let named = facts
        .paths
        .iter()
        .filter(|mention| path.ends_with(mention.path.as_str()));
    let mut parts = named.filter_map(|mention| {
        let around = facts
            .sections
            .iter()
            .rfind(|it| it.range.contains_range(mention.range))?;
        (around.level >= 3).then_some(around.title.as_str())
    });
    let first = parts.next()?;
    parts.all(|other| other == first).then_some(first)
}
