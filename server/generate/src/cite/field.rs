//! Citations of Kiro: `_Requirements: 1.2, 2.1_` below a task.

use documents::{Document, Item, ItemKind};
use grammar::Cited;
use smol_str::SmolStr;
use text::{Edit, TextRange, TextSize};
use trace::FeatureDocument;

use super::own_end;

/// Words that a citing line begins with where the list has none yet.
const LINE: (&str, &str) = ("- _Requirements: ", "_");

/// Adds to the task's list of requirements, or writes one below it as the first of the document is written.
pub(super) fn edit(document: &FeatureDocument, task: &Item, ids: &[SmolStr]) -> Option<Edit> {
    let text = &*document.doc.text;
    let facts = document.facts();
    let own = TextRange::new(task.range.start(), own_end(facts, task));
    let list = ids.join(", ");
    if let Some(field) = lists(text, facts, own).last() {
        return Some(Edit::insert(field.end(), format!(", {list}")));
    }
    let (before, behind, step) = line_of(document).unwrap_or((LINE.0, LINE.1, "  "));
    let slice = text.get(usize::from(own.start())..usize::from(own.end()))?;
    let end = own.start() + TextSize::of(slice.trim_end());
    let indent = indent_of(text, task.range.start());
    let line_break = if facts.style.crlf { "\r\n" } else { "\n" };
    Some(Edit::insert(
        end,
        format!("{line_break}{indent}{step}{before}{list}{behind}"),
    ))
}

/// Lists of requirements in a range, those of properties (`Validates`) left out.
fn lists<'a>(
    text: &'a str,
    facts: &'a Document,
    within: TextRange,
) -> impl Iterator<Item = TextRange> + 'a {
    let fields = facts.kiro.fields.iter();
    fields
        .filter(move |field| {
            field.cited == Cited::Requirements && within.contains_range(field.range)
        })
        .map(|field| field.range)
        .filter(move |range| {
            let line = &text[line_start(text, range.start())..usize::from(range.start())];
            line.trim_start().starts_with(['-', '*', '_']) && !line.contains("alidates")
        })
}

/// What stands around the first list of the document's tasks, and how much deeper than its task.
fn line_of(document: &FeatureDocument) -> Option<(&str, &str, &str)> {
    let text = &*document.doc.text;
    let facts = document.facts();
    facts.items_of(ItemKind::Task).find_map(|(_, task)| {
        let own = TextRange::new(task.range.start(), own_end(facts, task));
        let range = lists(text, facts, own).next()?;
        let start = line_start(text, range.start());
        if start <= usize::from(task.range.start()) {
            return None;
        }
        let line = text.get(start..usize::from(range.start()))?;
        let words = line.trim_start();
        let step =
            line[..line.len() - words.len()].strip_prefix(indent_of(text, task.range.start()))?;
        let rest = text.get(usize::from(range.end())..)?;
        let behind = rest.split(['\n', '\r']).next().unwrap_or("").trim_end();
        // A sentence behind the list is about that list.
        (behind.len() <= 2).then_some((words, behind, step))
    })
}

fn line_start(text: &str, at: TextSize) -> usize {
    text[..usize::from(at)]
        .rfind(['\n', '\r'])
        .map_or(0, |end| end + 1)
}

/// The blanks that the line of an offset begins with.
fn indent_of(text: &str, at: TextSize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
