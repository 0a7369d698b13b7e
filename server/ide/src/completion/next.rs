//! Candidates that nothing has yet: the next free id, written as the document writes the ones before it.

use documents::{Item, ItemKind};
use grammar::IdKind;
use text::{TextRange, TextSize};
use trace::FeatureDocument;

use super::context::Line;
use super::ids::fits;
use super::{Completion, CompletionKind};

/// Shown where words are to be written.
pub(super) const STOP: &str = "…";

/// The marks that an id stands in, and what follows them: `**`, `**: System MUST `.
#[derive(Default)]
struct Shape {
    before: String,
    behind: String,
}

impl Shape {
    /// As the last of `items` with ids of this prefix is written.
    fn of<'a>(
        document: &FeatureDocument,
        items: impl DoubleEndedIterator<Item = &'a Item>,
        prefix: &str,
    ) -> Self {
        let own = items.rev().filter(|item| {
            let parts = parts(&item.id);
            !item.in_table && parts.is_some_and(|(known, ..)| known == prefix)
        });
        let (mut shape, mut all, mut obliging) = (None, 0, 0);
        for item in own {
            all += 1;
            obliging += u32::from(document.slice(item.title_range).starts_with(OBLIGES));
            if shape.is_none() {
                shape = Self::around(document, item);
            }
        }
        let mut shape = shape.unwrap_or_else(|| Self {
            before: String::new(),
            behind: " ".to_owned(),
        });
        if obliging * 2 > all {
            shape.behind.push_str(OBLIGES);
        }
        shape
    }

    /// `None` for a heading, and where more than marks and a separator stands around the id.
    fn around(document: &FeatureDocument, item: &Item) -> Option<Self> {
        let (start, end) = (item.id_range.start(), item.id_range.end());
        let line = document.slice(TextRange::new(item.range.start(), end));
        let head = grammar::line_start(line, TextSize::new(0));
        head.marker.as_ref()?;
        let marks = TextRange::new(item.range.start() + head.content, start);
        let before = document.slice(marks);
        let labels = item.task.as_ref().map(|task| {
            let stories = task.stories.iter().map(|label| label.range);
            let all = task.parallel.into_iter().chain(stories);
            all.map(TextRange::start).min()
        });
        let behind = labels.flatten().unwrap_or(item.title_range.start());
        let behind = document.slice(TextRange::new(end, behind.max(end)));
        let is_mark = |c: char| matches!(c, '*' | '_' | '`');
        let separates = |c: char| is_mark(c) || !c.is_alphanumeric();
        let plain = before.chars().all(is_mark)
            && !behind.is_empty()
            && behind.len() <= 8
            && behind.chars().all(separates)
            // A title inside the marks is closed by nobody.
            && behind.matches('*').count() == before.matches('*').count();
        plain.then(|| Self {
            before: before.to_owned(),
            behind: behind.to_owned(),
        })
    }
}

/// How most requirements begin where Spec Kit's template is followed in English.
const OBLIGES: &str = "System MUST ";

/// The next free requirement ids: one for each prefix that fits what was typed.
pub(super) fn requirement(
    document: &FeatureDocument,
    line: &Line<'_>,
    typed: &str,
) -> Vec<Completion> {
    let cursor = TextSize::new(line.cursor as u32);
    let defines = |kind| matches!(kind, ItemKind::Requirement | ItemKind::SuccessCriterion);
    let all = &document.facts().items;
    let items = all
        .iter()
        .filter(|item| defines(item.kind) && !item.id_range.contains_inclusive(cursor));
    let mut last: Vec<(String, u64, usize)> = Vec::new();
    for item in items.clone() {
        let Some((prefix, number, width)) = parts(&item.id) else {
            continue;
        };
        match last.iter_mut().find(|(known, ..)| *known == prefix) {
            Some(known) => {
                known.1 = known.1.max(number);
                known.2 = known.2.max(width);
            }
            None => last.push((prefix, number, width)),
        }
    }
    // What is spoken of is taken, too: its definition may have been deleted.
    for mention in &document.facts().mentions {
        if mention.qualifier.is_none()
            && !mention.range.contains_inclusive(cursor)
            && let Some((prefix, number, _)) = parts(&mention.key)
            && let Some(known) = last.iter_mut().find(|(own, ..)| *own == prefix)
        {
            known.1 = known.1.max(number);
        }
    }
    // Success criteria are not offered among requirements.
    let section = section_around(document, cursor);
    last.retain(|(prefix, ..)| {
        let mut own = items.clone().filter(|item| item.section == section);
        own.any(|item| parts(&item.id).is_some_and(|(known, ..)| known == *prefix))
    });
    let mut found = Vec::new();
    for (prefix, number, width) in last {
        let id = format!("{prefix}{:0width$}", number.saturating_add(1));
        if fits(&id, &typed[..typed.len().min(letters(typed))]) {
            let shape = Shape::of(document, items.clone(), &prefix);
            found.push(next(line, typed, "", &id, &shape, ""));
        }
    }
    found
}

/// The innermost section that begins before a byte.
pub(super) fn section_around(document: &FeatureDocument, at: TextSize) -> Option<u32> {
    (0..)
        .zip(&document.facts().sections)
        .filter(|(_, section)| section.range.contains_inclusive(at) && section.range.start() < at)
        .last()
        .map(|(index, _)| index)
}

/// The next free id of a task; behind its checkbox, or with one where the line has none yet.
pub(super) fn task(
    document: &FeatureDocument,
    line: &Line<'_>,
    typed: &str,
    lead: &str,
) -> Vec<Completion> {
    let facts = document.facts();
    let cursor = TextSize::new(line.cursor as u32);
    let tasks = facts
        .items_of(ItemKind::Task)
        .map(|(_, item)| (item.id_range, &item.id));
    // Ids of deleted tasks are still spoken of; none is given twice.
    let named = facts
        .mentions
        .iter()
        .filter(|it| it.kind == IdKind::Task && it.qualifier.is_none());
    let named = named.map(|it| (it.range, &it.key));
    let last = tasks
        .chain(named)
        .filter(|(range, _)| !range.contains_inclusive(cursor))
        .filter_map(|(_, id)| parts(id))
        .max_by_key(|(_, number, _)| *number);
    let (prefix, number, width) = last.unwrap_or_else(|| ("T".into(), 0, 3));
    let id = format!("{prefix}{:0width$}", number.saturating_add(1));
    let others = facts
        .items
        .iter()
        .filter(|item| item.kind == ItemKind::Task && !item.id_range.contains_inclusive(cursor));
    let shape = Shape::of(document, others, &prefix);
    vec![next(
        line,
        typed,
        lead,
        &id,
        &shape,
        &label(document, cursor),
    )]
}

/// `[US1] ` in the phase of a story, where its tasks are labelled.
fn label(document: &FeatureDocument, cursor: TextSize) -> String {
    let facts = document.facts();
    let mut phases = facts.items_of(ItemKind::Phase);
    let labelled = facts.items_of(ItemKind::Task).any(|(_, item)| {
        item.task
            .as_ref()
            .is_some_and(|task| !task.stories.is_empty())
    });
    let phase = phases.find(|(_, phase)| is_below(document, phase, cursor));
    match phase.and_then(|(_, phase)| phase.story.as_ref()) {
        Some(story) if labelled => format!("[{}] ", story.id),
        _ => String::new(),
    }
}

/// Whether a byte stands below the heading that an item is.
pub(super) fn is_below(document: &FeatureDocument, item: &Item, at: TextSize) -> bool {
    let sections = &document.facts().sections;
    let section = item.section.and_then(|index| sections.get(index as usize));
    section.is_some_and(|it| it.heading.end() < at && it.range.contains_inclusive(at))
}

/// The next free id of a checklist that has some.
pub(super) fn checklist_item(
    document: &FeatureDocument,
    line: &Line<'_>,
    typed: &str,
    lead: &str,
) -> Vec<Completion> {
    let cursor = TextSize::new(line.cursor as u32);
    let all = &document.facts().items;
    let items = all.iter().filter(|item| {
        item.kind == ItemKind::ChecklistItem && !item.id_range.contains_inclusive(cursor)
    });
    let last = items
        .clone()
        .filter_map(|item| parts(&item.id))
        .max_by_key(|(_, number, _)| *number);
    let Some((prefix, number, width)) = last else {
        return Vec::new();
    };
    let id = format!("{prefix}{:0width$}", number.saturating_add(1));
    if !fits(&id, &typed[..typed.len().min(letters(typed))]) {
        return Vec::new();
    }
    let shape = Shape::of(document, items, &prefix);
    vec![next(line, typed, lead, &id, &shape, "")]
}

/// An id in its shape; marks that stand there already are not written twice.
fn next(
    line: &Line<'_>,
    typed: &str,
    lead: &str,
    id: &str,
    shape: &Shape,
    labels: &str,
) -> Completion {
    let before = &line.before[..line.before.len() - typed.len()];
    let stars = before.len() - before.trim_end_matches('*').len();
    let written = &before[before.len() - stars..];
    let (opening, closing) = if written.is_empty() {
        (shape.before.as_str(), shape.behind.clone())
    } else {
        let behind = shape.behind.trim_start_matches(['*', '_', '`']);
        ("", format!("{written}{behind}"))
    };
    let closed = line.after.len() - line.after.trim_start_matches('*').len();
    let insert = format!("{lead}{opening}{id}{closing}{labels}");
    Completion {
        label: id.to_owned(),
        detail: "next free id".into(),
        documentation: String::new(),
        kind: CompletionKind::NextId,
        replace: text::span(line.cursor - typed.len(), line.cursor + closed),
        // Whatever digits were typed, the next free id is the answer.
        filter: if typed.is_empty() {
            id.to_owned()
        } else {
            typed.to_owned()
        },
        sort: id.to_owned(),
        stops: Vec::new(),
        insert,
    }
}

/// Letters and dash of an id, its number and how many digits it is written with.
pub(super) fn parts(id: &str) -> Option<(String, u64, usize)> {
    let at = id.find(|c: char| c.is_ascii_digit())?;
    let digits = id[at..].bytes().take_while(u8::is_ascii_digit).count();
    let number = id[at..at + digits].parse().ok()?;
    Some((id[..at].to_owned(), number, digits))
}

/// Length of an id without its number.
fn letters(typed: &str) -> usize {
    typed
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(typed.len())
}
