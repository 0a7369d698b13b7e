//! Selection that grows: word, token, line, item, story or phase, section, document.

use text::{FileId, TextRange, TextSize};
use trace::FeatureDocument;

use crate::Analysis;
use crate::lines;

impl Analysis {
    /// Ranges around `offset`, each inside the next, the last one the whole document; nothing for other files.
    #[must_use]
    pub fn selection_ranges(&self, file: FileId, offset: TextSize) -> Vec<TextRange> {
        let Some((_, document)) = self.spec_document(file) else {
            return Vec::new();
        };
        let text = &document.doc.text;
        let mut ranges: Vec<TextRange> = Vec::new();
        let word = word(text, offset);
        ranges.extend(word);
        tokens(document, &mut ranges);
        if let Some(line) = lines::around(text, offset) {
            let words = text[line.clone()].trim();
            let start = line.end - text[line.clone()].trim_start().len();
            ranges.push(text::span(start, start + words.len()));
            ranges.push(text::span(line.start, line.end));
        }
        let facts = document.facts();
        ranges.extend(&facts.opaque);
        ranges.extend(facts.items.iter().map(|item| item.range));
        let sections = facts.sections.iter();
        ranges.extend(
            sections.map(|section| lines::without_trailing_blanks(document, section.range)),
        );
        let whole = TextRange::up_to(TextSize::of(&**text));
        // Of two that meet at the offset, the one that the word belongs to.
        let here = word.unwrap_or(TextRange::empty(offset.min(whole.end())));
        ranges.retain(|range| range.contains_range(here) && !range.is_empty());
        ranges.push(whole);
        ranges.sort_by_key(|range| range.len());
        let mut grown: Vec<TextRange> = Vec::new();
        for range in ranges {
            let last = grown.last();
            if last.is_none_or(|last| range != *last && range.contains_range(*last)) {
                grown.push(range);
            }
        }
        grown
    }
}

/// The run of letters, digits and underscores around a byte, or the one that ends there.
fn word(text: &str, offset: TextSize) -> Option<TextRange> {
    let at = usize::from(offset);
    let (head, tail) = (text.get(..at)?, text.get(at..)?);
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let before = head.len() - head.trim_end_matches(part).len();
    let behind = tail.len() - tail.trim_start_matches(part).len();
    (before + behind > 0).then(|| text::span(at - before, at + behind))
}

/// Ids, labels, mentions, paths, code spans and markers.
fn tokens(document: &FeatureDocument, ranges: &mut Vec<TextRange>) {
    let facts = document.facts();
    for item in &facts.items {
        ranges.push(item.id_range);
        ranges.push(item.title_range);
        let labels = item.task.iter().flat_map(|task| &task.stories);
        ranges.extend(labels.map(|label| label.range));
    }
    for mention in &facts.mentions {
        ranges.push(mention.range);
        if let Some(qualifier) = &mention.qualifier
            && qualifier.range.end() <= mention.range.start()
        {
            ranges.push(qualifier.range);
            ranges.push(qualifier.range.cover(mention.range));
        }
    }
    ranges.extend(facts.paths.iter().map(|path| path.range));
    ranges.extend(facts.code_spans.iter().map(|span| span.range));
    for marker in &facts.clarifications {
        ranges.extend([marker.question, marker.range]);
    }
    ranges.extend(facts.placeholders.iter().map(|it| it.range));
    ranges.extend(facts.metas.iter().map(|meta| meta.value_range));
}
