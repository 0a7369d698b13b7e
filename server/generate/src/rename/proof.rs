//! Reads what was written and compares: nothing may mean anything else than before.

use std::collections::BTreeMap;
use std::sync::Arc;

use documents::{Document, ItemKind};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{Feature, Graph, ItemRef};

use super::meaning::{self, Meaning, Meant};
use super::{Left, Refusal, Substitution, Why};
use crate::planned::Planned;

/// Holds the edits against the texts they were made for. Gives the places whose meaning was open and is another now.
pub(super) fn prove(
    graph: &Graph,
    substitution: &Substitution,
    files: &BTreeMap<FileId, Planned>,
) -> Result<Vec<Left>, Refusal> {
    let mut changes = Vec::with_capacity(files.len());
    for (&file, planned) in files {
        let start = planned
            .edits
            .first()
            .map_or(TextRange::default(), |edit| edit.range);
        let change = planned
            .change(graph, file)
            .ok_or(Refusal::Unreadable(file, start))?;
        changes.push(change);
    }
    let after = graph.apply(changes);
    let none = Vec::new();
    let edits = |file: FileId| files.get(&file).map_or(&none, |planned| &planned.edits);
    let mut left = Vec::new();
    for (then, now) in graph.features().iter().zip(after.features()) {
        if Arc::ptr_eq(then, now) {
            continue;
        }
        for document in &then.documents {
            let file = document.file;
            if files.contains_key(&file) {
                same_items(substitution, then, now, file, edits(file))?;
            }
            same_meanings(substitution, graph, &after, file, edits(file), &mut left)?;
        }
    }
    let mut sources: Vec<FileId> = graph
        .linked_sources()
        .chain(after.linked_sources())
        .map(|(file, _)| file)
        .collect();
    sources.sort_unstable();
    sources.dedup();
    for file in sources {
        if files.contains_key(&file) || graph.code_links(file) != after.code_links(file) {
            same_meanings(substitution, graph, &after, file, edits(file), &mut left)?;
        }
    }
    Ok(left)
}

/// Where a byte before the edits is after them; bytes inside an edit have no place.
struct Shift<'a> {
    edits: &'a [Edit],
    /// Each edit's range afterwards.
    after: Vec<TextRange>,
}

impl<'a> Shift<'a> {
    fn new(edits: &'a [Edit]) -> Self {
        let mut after = Vec::with_capacity(edits.len());
        let (mut old, mut new) = (TextSize::new(0), TextSize::new(0));
        for edit in edits {
            new += edit.range.start() - old;
            let len = TextSize::of(edit.insert.as_str());
            after.push(TextRange::at(new, len));
            new += len;
            old = edit.range.end();
        }
        Self { edits, after }
    }

    fn offset(&self, offset: TextSize) -> TextSize {
        let passed = self
            .edits
            .partition_point(|edit| edit.range.end() <= offset);
        match passed.checked_sub(1) {
            Some(last) => self.after[last].end() + (offset - self.edits[last].range.end()),
            None => offset,
        }
    }

    /// An edit begins where the range does, or ends where it does: the range stretches with it.
    fn range(&self, range: TextRange) -> TextRange {
        let start = self.edits.iter().position(|edit| {
            edit.range.start() == range.start() && edit.range.end() <= range.end()
        });
        let start = start.map_or_else(|| self.offset(range.start()), |at| self.after[at].start());
        TextRange::new(start, self.offset(range.end()).max(start))
    }

    /// The edit that touches bytes of `range`, before (`true`) or after.
    fn region(&self, range: TextRange, before: bool) -> Option<usize> {
        let touches = |own: TextRange| own.start() < range.end() && range.start() < own.end();
        if before {
            self.edits.iter().position(|edit| touches(edit.range))
        } else {
            self.after.iter().position(|own| touches(*own))
        }
    }
}

/// The same items at the same places, those of the substitution under their new ids.
fn same_items(
    substitution: &Substitution,
    then: &Feature,
    now: &Feature,
    file: FileId,
    edits: &[Edit],
) -> Result<(), Refusal> {
    let (Some(then_doc), Some(now_doc)) = (then.document(file), now.document(file)) else {
        return Err(Refusal::Unreadable(file, TextRange::default()));
    };
    let (old, new) = (then_doc.facts(), now_doc.facts());
    let shift = Shift::new(edits);
    let own_stories = stories(substitution, then);
    let story = |id: &SmolStr| own_stories.get(id).unwrap_or(id).clone();
    if old.items.len() != new.items.len() {
        let place = first_difference(old, new);
        return Err(Refusal::Unreadable(file, place));
    }
    for (at, (was, is)) in (0..).zip(old.items.iter().zip(&new.items)) {
        let item = ItemRef {
            feature: then.id,
            file,
            item: at,
        };
        let id = substitution
            .new
            .get(&item)
            .map_or(&was.id, |renamed| &renamed.key);
        let labels = |item: &documents::Item| -> Vec<SmolStr> {
            let labels = item.task.iter().flat_map(|task| &task.stories);
            labels.map(|label| label.text.clone()).collect()
        };
        let mut worked_for: Vec<SmolStr> = labels(was).iter().map(story).collect();
        let mut works_for = labels(is);
        worked_for.sort_unstable();
        works_for.sort_unstable();
        let own_story = |item: &documents::Item| item.story.as_ref().map(|it| it.id.clone());
        let same = (was.kind, was.parent, was.in_table) == (is.kind, is.parent, is.in_table)
            && *id == is.id
            && shift.range(was.id_range) == is.id_range
            && worked_for == works_for
            && (was.kind != ItemKind::Phase || own_story(was).as_ref().map(story) == own_story(is));
        if !same {
            return Err(Refusal::Unreadable(file, was.id_range));
        }
    }
    Ok(())
}

/// Old and new ids of the stories of a feature.
fn stories(
    substitution: &Substitution,
    feature: &Feature,
) -> std::collections::HashMap<SmolStr, SmolStr> {
    let renamed = substitution.new.iter().filter_map(|(item, new)| {
        let it = feature.item(*item).filter(|_| item.feature == feature.id)?;
        (it.kind == ItemKind::Story).then(|| (it.id.clone(), new.key.clone()))
    });
    renamed.collect()
}

fn first_difference(old: &Document, new: &Document) -> TextRange {
    let pairs = old.items.iter().zip(&new.items);
    let same = pairs
        .take_while(|(was, is)| (was.kind, was.parent) == (is.kind, is.parent))
        .count();
    old.items
        .get(same)
        .map_or(TextRange::default(), |item| item.id_range)
}

fn same_meanings(
    substitution: &Substitution,
    graph: &Graph,
    after: &Graph,
    file: FileId,
    edits: &[Edit],
    left: &mut Vec<Left>,
) -> Result<(), Refusal> {
    let shift = Shift::new(edits);
    let (was, is) = (meaning::of_file(graph, file), meaning::of_file(after, file));
    let (mut then, mut now) = (vec![Vec::new(); edits.len()], vec![Vec::new(); edits.len()]);
    let mut outside = Vec::new();
    for each in &is {
        match shift.region(each.range, false) {
            Some(at) => now[at].push(each),
            None => outside.push(each),
        }
    }
    let mut outside = outside.into_iter();
    for each in &was {
        if let Some(at) = shift.region(each.range, true) {
            then[at].push(each);
            continue;
        }
        let same = outside
            .next()
            .filter(|now| now.key == each.key && now.range == shift.range(each.range));
        let same = same.ok_or(Refusal::Unreadable(file, each.range))?;
        compare(substitution, file, each, same, left)?;
    }
    if let Some(more) = outside.next() {
        return Err(Refusal::Unreadable(file, more.range));
    }
    for (was, is) in then.iter_mut().zip(&mut now) {
        same_region(substitution, file, was, is, left)?;
    }
    Ok(())
}

/// An edit stands for the same items before and after; a range may run over what means nothing, or not.
fn same_region<'a>(
    substitution: &Substitution,
    file: FileId,
    was: &mut Vec<&'a Meant>,
    is: &mut Vec<&'a Meant>,
    left: &mut Vec<Left>,
) -> Result<(), Refusal> {
    let Some(place) = was.first().map(|each| each.range) else {
        return Err(Refusal::Unreadable(file, TextRange::default()));
    };
    // What means nothing and is written stays named, by itself or inside a range.
    let nothing = |each: &Meant| matches!(each.meaning, Meaning::Undefined(_) | Meaning::Foreign);
    let named = |all: &[&Meant], key: &SmolStr| all.iter().any(|each| each.key == *key);
    let lost = was
        .iter()
        .find(|each| each.written && nothing(each) && !named(is, &each.key));
    let new = is
        .iter()
        .find(|each| each.written && nothing(each) && !named(was, &each.key));
    if lost.or(new).is_some() {
        return Err(Refusal::Unreadable(file, place));
    }
    was.retain(|each| !nothing(each));
    is.retain(|each| !nothing(each));
    let key = |each: &Meant| match &each.meaning {
        Meaning::Items(items) => match substitution.says(items) {
            super::Says::New(new) => new.key.clone(),
            _ => each.key.clone(),
        },
        _ => each.key.clone(),
    };
    was.sort_by_key(|each| key(each));
    is.sort_by_key(|each| each.key.clone());
    if was.len() != is.len() {
        return Err(Refusal::Unreadable(file, place));
    }
    for (was, is) in was.iter().zip(is.iter()) {
        if key(was) != is.key {
            return Err(Refusal::Unreadable(file, was.range));
        }
        compare(substitution, file, was, is, left)?;
    }
    Ok(())
}

fn compare(
    substitution: &Substitution,
    file: FileId,
    was: &Meant,
    is: &Meant,
    left: &mut Vec<Left>,
) -> Result<(), Refusal> {
    if was.meaning == is.meaning {
        return Ok(());
    }
    let captured = Err(Refusal::Captured(file, was.range));
    let renamed = |meant: &Meant| matches!(&meant.meaning, Meaning::Items(items) if items.iter().any(|item| substitution.holds(item)));
    let why = match &was.meaning {
        // One of two items with this id is called otherwise now.
        Meaning::Items(items) => {
            let mut stay: Vec<ItemRef> = items.clone();
            stay.retain(|item| !substitution.holds(item));
            let fewer = !stay.is_empty() && stay.len() < items.len();
            if !(fewer && is.meaning == Meaning::Items(stay)) {
                return captured;
            }
            Why::Twice
        }
        Meaning::Inferred(_) => Why::Inferred,
        Meaning::Ambiguous(_) | Meaning::Undefined(_) | Meaning::Foreign => Why::Ambiguous,
    };
    let concerned =
        substitution.old_keys.contains(&was.key) || substitution.new_keys.contains(&was.key);
    if why != Why::Twice && (renamed(is) || !concerned) {
        return captured;
    }
    left.push(Left {
        file,
        range: was.range,
        why,
    });
    Ok(())
}
