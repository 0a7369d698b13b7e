//! Terms of a Kiro glossary in the documents of their spec. Only names of several words joined by `_` are surely a term
//! wherever they stand; `User` is a word of English, too.

use documents::{Document, ItemKind};
use text::{FileId, TextRange, TextSize};

use crate::feature::{Feature, FeatureDocument, ItemRef};

/// Whether a word can only be the term of this name: `Session_Store`.
#[must_use]
pub fn is_certain_term(word: &str) -> bool {
    word.contains('_')
        && word.bytes().all(is_word_byte)
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
}

impl Feature {
    /// The term of the glossary that the word around a byte is, with the word's bytes.
    #[must_use]
    pub fn term_at(
        &self,
        document: &FeatureDocument,
        offset: TextSize,
    ) -> Option<(TextRange, &[ItemRef])> {
        let text = document.doc.text.as_bytes();
        let at = usize::from(offset).min(text.len());
        let before = text[..at]
            .iter()
            .rev()
            .take_while(|byte| is_word_byte(**byte));
        let behind = text[at..].iter().take_while(|byte| is_word_byte(**byte));
        let range = text::span(at - before.count(), at + behind.count());
        let word = document.slice(range);
        if !is_certain_term(word) || is_opaque(document.facts(), range) {
            return None;
        }
        let terms = self.defined(&format!("term/{word}"));
        (!terms.is_empty()).then_some((range, terms))
    }

    /// Every place in the feature's documents where a term stands, its definitions included, by document and place.
    /// Nothing for a term that is a plain word.
    #[must_use]
    pub fn term_places(&self, term: &str) -> Vec<(FileId, TextRange)> {
        if !is_certain_term(term) {
            return Vec::new();
        }
        let mut places = Vec::new();
        for document in &self.documents {
            let text = document.doc.text.as_bytes();
            let found = memchr::memmem::find_iter(text, term.as_bytes());
            let alone = |at: usize| {
                let behind = text.get(at + term.len());
                (at == 0 || !is_word_byte(text[at - 1]))
                    && !behind.is_some_and(|byte| is_word_byte(*byte))
            };
            let ranges = found
                .filter(|at| alone(*at))
                .map(|at| text::span(at, at + term.len()))
                .filter(|range| !is_opaque(document.facts(), *range));
            places.extend(ranges.map(|range| (document.file, range)));
        }
        places
    }

    /// The term that an item of this feature defines, if it is one.
    #[must_use]
    pub fn term_of(&self, item: ItemRef) -> Option<&str> {
        let it = self.item(item)?;
        (it.kind == ItemKind::Term).then_some(it.id.as_str())
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_opaque(facts: &Document, range: TextRange) -> bool {
    let behind = facts
        .opaque
        .partition_point(|each| each.end() <= range.start());
    facts
        .opaque
        .get(behind)
        .is_some_and(|each| each.start() < range.end())
}
