//! Makes links declared: cites requirements in tasks, in the way the task list already cites, and mentions a requirement
//! above a symbol. Whatever is written is read again before it is given out: the link is there, and nothing else means
//! anything else than before.

mod field;
mod mention;
mod proof;
mod qualify;

use std::collections::BTreeMap;

use documents::{Document, Format, Item, ItemIndex, ItemKind};
use grammar::{IdKind, Mention};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{FeatureDocument, Graph, ItemRef};

pub use mention::mention_above;
pub use qualify::qualify;

use crate::planned::Planned;

/// How a task list names what its tasks are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// `(FR-001, FR-002)`
    Round,
    /// `[FR-001]`
    Square,
    /// `per FR-001`
    Per,
}

/// The edits that cite each item in its task; nothing where all are cited already, or it cannot be written so that it is
/// read again. All of one feature; `OpenSpec` has no way to cite.
#[must_use]
pub fn cite(graph: &Graph, links: &[(ItemRef, ItemRef)]) -> Option<Vec<(FileId, Edit)>> {
    let (first, _) = links.first()?;
    let feature = graph.feature(first.feature)?;
    let document = feature.tasks_document()?;
    let facts = document.facts();
    let mut new: Vec<(ItemRef, ItemRef)> = Vec::new();
    let mut by_task: BTreeMap<ItemIndex, Vec<SmolStr>> = BTreeMap::new();
    for &(item, task) in links {
        if item.feature != feature.id || (task.feature, task.file) != (feature.id, document.file) {
            return None;
        }
        if new.contains(&(item, task)) || graph.tasks_citing(item).contains(&task) {
            continue;
        }
        let id = feature.item(item)?.id.clone();
        by_task.entry(task.item).or_default().push(id);
        new.push((item, task));
    }
    if new.is_empty() {
        return None;
    }
    let mut edits = Vec::new();
    for (task, ids) in &by_task {
        let item = facts
            .items
            .get(*task as usize)
            .filter(|item| item.kind == ItemKind::Task)?;
        edits.push(match feature.format() {
            Format::SpecKit => in_words(document, item, ids)?,
            Format::Kiro => field::edit(document, item, ids)?,
            Format::OpenSpec => return None,
        });
    }
    edits.sort_by_key(|edit| edit.range.start());
    let planned = Planned {
        text: document.doc.text.clone(),
        edits,
    };
    proof::prove(graph, feature, document, &planned, &new)?;
    Some(
        planned
            .edits
            .into_iter()
            .map(|edit| (document.file, edit))
            .collect(),
    )
}

/// Cites in a task of Spec Kit: in its list, if it has one, else at the end of its first paragraph.
fn in_words(document: &FeatureDocument, task: &Item, ids: &[SmolStr]) -> Option<Edit> {
    let text = &*document.doc.text;
    let facts = document.facts();
    let own = TextRange::new(task.title_range.start(), own_end(facts, task));
    let style = style_of(document);
    let list = ids.join(", ");
    let cited = facts.mentions_in(own).iter().filter(|it| is_citation(it));
    let last = cited.rev().find(|mention| {
        let found = style_around(text, facts, mention);
        found == Some(Style::Round)
            || found == Some(Style::Square)
            || found == Some(Style::Per) && style == Style::Per
    });
    if let Some(last) = last {
        return Some(Edit::insert(last.range.end(), format!(", {list}")));
    }
    let end = paragraph_end(text, own);
    let line = text.get(..end)?;
    // `... in src/a.rs.` is `... in src/a.rs (FR-001).`
    let stop = line.ends_with('.') && !line.ends_with("..");
    let at = TextSize::new((end - usize::from(stop)) as u32);
    Some(Edit::insert(
        at,
        match style {
            Style::Round => format!(" ({list})"),
            Style::Square => format!(" [{list}]"),
            Style::Per => format!(" per {list}"),
        },
    ))
}

/// Ids of requirements and success criteria with bytes of their own, of this feature.
fn is_citation(mention: &Mention) -> bool {
    matches!(mention.kind, IdKind::Requirement | IdKind::Success)
        && mention.written
        && mention.qualifier.is_none()
}

/// The way most citations of a task list are written; in round brackets where there is none.
fn style_of(document: &FeatureDocument) -> Style {
    let facts = document.facts();
    let mut counts: BTreeMap<Style, usize> = BTreeMap::new();
    for (_, task) in facts.items_of(ItemKind::Task) {
        for mention in facts
            .mentions_in(task.range)
            .iter()
            .filter(|it| is_citation(it))
        {
            if let Some(style) = style_around(&document.doc.text, facts, mention) {
                *counts.entry(style).or_default() += 1;
            }
        }
    }
    let most = counts.values().copied().max();
    let style = counts.into_iter().find(|(_, count)| Some(*count) == most);
    style.map_or(Style::Round, |(style, _)| style)
}

/// How one citation is written: nothing for an id in a sentence. Before it in its list stand only other ids.
fn style_around(text: &str, facts: &Document, mention: &Mention) -> Option<Style> {
    let mut at = usize::from(mention.range.start());
    loop {
        let before =
            text[..at].trim_end_matches([' ', ',', '/', '&', '+', '*', '\u{ff0c}', '\u{3001}']);
        let before = before.strip_suffix(" and").map_or(before, str::trim_end);
        at = before.len();
        match before.chars().next_back()? {
            '(' | '（' => return Some(Style::Round),
            '[' => return Some(Style::Square),
            _ if ends_with_per(before) => return Some(Style::Per),
            _ => {}
        }
        let end = TextSize::new(at as u32);
        let known = facts
            .mentions
            .iter()
            .find(|other| other.range.end() == end && is_citation(other))?;
        at = known.range.start().into();
    }
}

fn ends_with_per(text: &str) -> bool {
    let word = text.len().checked_sub(3).and_then(|at| text.get(at..));
    word.is_some_and(|word| word.eq_ignore_ascii_case("per"))
        && text[..text.len() - 3].ends_with([' ', '(', '\t'])
}

/// Where a task's own lines end: tasks below it are not its own.
fn own_end(facts: &Document, task: &Item) -> TextSize {
    let nested = facts.items_of(ItemKind::Task).map(|(_, other)| other.range);
    let nested = nested
        .filter(|range| range.start() > task.range.start() && task.range.contains_range(*range));
    nested
        .map(TextRange::start)
        .min()
        .unwrap_or(task.range.end())
}

/// The end of the paragraph a range begins with, blanks at its end left out.
fn paragraph_end(text: &str, range: TextRange) -> usize {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    let (mut at, mut found) = (start, start);
    for line in text[start..end].split_inclusive('\n') {
        let words = line.trim();
        let begins_another = words.is_empty()
            || words.starts_with(['-', '*', '+', '#', '>', '|', '`', '~', '_', '<'])
            || words.starts_with(|c: char| c.is_ascii_digit());
        if at > start && begins_another {
            break;
        }
        found = at + line.trim_end().len();
        at += line.len();
    }
    found
}
