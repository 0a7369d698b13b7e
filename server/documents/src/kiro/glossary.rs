//! The glossary: `- **Session_Store**: where sessions live`, and criteria that use its terms.

use super::words;
use crate::markdown::blocks::{Block, BlockKind};
use crate::markdown::{cells, heads};
use crate::model::{Document, Item, ItemKind, TermUse};
use crate::reading::Reading;
use crate::words as common;
use smol_str::SmolStr;
use std::ops::Range;

/// Reads the terms.
pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for block in &reading.blocks.list {
        if block.quoted || !in_glossary(reading, block) {
            continue;
        }
        match block.kind {
            BlockKind::Item if block.depth == 1 => {
                let head = heads::item(reading.text, &block.range);
                found.extend(
                    bold(reading.text, head.content..head.end).map(|(term, title)| {
                        item(
                            reading.text,
                            block,
                            term,
                            title,
                            head.start..block.range.end,
                        )
                    }),
                );
            }
            BlockKind::Paragraph if block.depth == 0 => {
                let end = crate::markdown::blocks::line_end(reading.text, block.range.start);
                let line = block.range.start..end.min(block.range.end);
                found.extend(bold(reading.text, line).map(|(term, title)| {
                    item(reading.text, block, term, title, block.range.clone())
                }));
            }
            BlockKind::Row => {
                let row = cells::cells(reading.text, &block.range);
                if let [term, definition, ..] = row.as_slice() {
                    let term = cells::bare(reading.text, term);
                    if !term.is_empty() {
                        let mut row = item(
                            reading.text,
                            block,
                            term,
                            definition.clone(),
                            block.range.clone(),
                        );
                        row.in_table = true;
                        found.push(row);
                    }
                }
            }
            _ => {}
        }
    }
    reading.items.extend(found);
}

fn in_glossary(reading: &Reading<'_>, block: &Block) -> bool {
    let mut next = block.section;
    while let Some(index) = next {
        let section = &reading.sections[index as usize];
        if section.level > 1 && common::any(&section.title, &words::GLOSSARY) {
            return true;
        }
        next = section.parent;
    }
    false
}

/// `**Term**: definition`, `` `Term` - definition``: the term's bytes, and those of what is said of it.
fn bold(text: &str, line: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let written = &text[line.clone()];
    let open = ["**", "__", "`"]
        .into_iter()
        .find(|mark| written.starts_with(mark))?;
    let len = written[open.len()..].find(open)?;
    let start = line.start + open.len();
    let inner = &text[start..start + len];
    let term = inner.trim_end_matches([':', '：', ' ']).trim_matches('`');
    let at = start + inner.find(term)?;
    let behind = heads::words(text, start + len, line.end).min(line.end);
    let end = line.start + written.trim_end().len();
    (!term.is_empty()).then(|| (at..at + term.len(), behind.min(end)..end))
}

fn item(
    text: &str,
    block: &Block,
    term: Range<usize>,
    title: Range<usize>,
    range: Range<usize>,
) -> Item {
    Item {
        kind: ItemKind::Term,
        id: SmolStr::new(&text[term.clone()]),
        id_range: text::span(term.start, term.end),
        title_range: text::span(title.start, title.end),
        range: text::span(range.start, range.end),
        section: block.section,
        parent: None,
        in_table: false,
        task: None,
        story: None,
    }
}

/// `THE Session_Store` in criteria: names of several words joined by `_`.
pub(super) fn uses(text: &str, document: &Document) -> Vec<TermUse> {
    let mut found = Vec::new();
    for (_, criterion) in document.items_of(ItemKind::Criterion) {
        let range: Range<usize> = criterion.range.into();
        let written = &text[range.clone()];
        let mut at = 0;
        while let Some(step) = written[at..].find("THE ") {
            let the = at + step;
            at = the + "THE ".len();
            let begins = !written[..the].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = &written[at..];
            let word = rest.trim_start_matches(['*', '`']);
            let start = at + rest.len() - word.len();
            let len = word
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(word.len());
            let term = word[..len].trim_end_matches('_');
            if begins
                && term.contains('_')
                && term.starts_with(|c: char| c.is_uppercase())
                && !word[len..].starts_with(['(', '.', '/', '-', '='])
            {
                let start = range.start + start;
                found.push(TermUse {
                    term: SmolStr::new(term),
                    range: text::span(start, start + term.len()),
                });
            }
        }
    }
    found.sort_by_key(|each| each.range.start());
    found
}
