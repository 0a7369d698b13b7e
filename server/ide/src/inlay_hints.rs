//! Inlay hints: what lenses say, at the end of the line, for editors that have no lenses.

use rules::Locale;
use text::{FileId, TextRange, TextSize};

use crate::Analysis;
use crate::lines;

/// Words behind a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// End of the line.
    pub at: TextSize,
    /// `3 tasks, 2 done · 4 symbols · 2 tests · next T010`
    pub label: String,
}

impl Analysis {
    /// The hints of a document whose place lies in `within`.
    #[must_use]
    pub fn inlay_hints(&self, file: FileId, within: TextRange, locale: Locale) -> Vec<Hint> {
        let Some((_, document)) = self.spec_document(file) else {
            return Vec::new();
        };
        let text = &document.doc.text;
        let lenses = self.code_lenses(file, locale).into_iter();
        let hints = lenses.filter_map(|lens| {
            let line = lines::around(text, lens.range.end())?;
            let at = line.start + text[line.clone()].trim_end().len();
            Some(Hint {
                at: TextSize::new(at as u32),
                label: lens.title,
            })
        });
        hints
            .filter(|hint| within.contains_inclusive(hint.at))
            .collect()
    }
}
