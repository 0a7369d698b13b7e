//! Folding: sections (stories and phases are sections), fences, comments, front matter, tables.

use text::{FileId, TextRange};

use crate::Analysis;
use crate::lines;

/// What is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FoldKind {
    /// A heading and what stands below it; stories and phases too.
    Section,
    /// Fenced code.
    Fence,
    /// An HTML comment.
    Comment,
    /// Front matter.
    FrontMatter,
    /// Rows of a table.
    Table,
}

/// Lines that can be folded into their first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fold {
    /// From the first line to the last one that is not blank; always more than one line.
    pub range: TextRange,
    /// What is folded.
    pub kind: FoldKind,
}

impl Analysis {
    /// What can be folded in a document, by first line.
    #[must_use]
    pub fn folding_ranges(&self, file: FileId) -> Vec<Fold> {
        let Some((_, document)) = self.spec_document(file) else {
            return Vec::new();
        };
        let facts = document.facts();
        let mut folds: Vec<Fold> = facts
            .sections
            .iter()
            .map(|section| Fold {
                range: lines::without_trailing_blanks(document, section.range),
                kind: FoldKind::Section,
            })
            .collect();
        folds.extend(facts.opaque.iter().map(|&range| Fold {
            range,
            kind: opaque_kind(document.slice(range)),
        }));
        folds.extend(tables(&document.doc.text, &facts.opaque));
        folds.retain(|fold| document.slice(fold.range).contains(['\n', '\r']));
        folds.sort_by_key(|fold| (fold.range.start(), fold.kind));
        folds
    }
}

fn opaque_kind(text: &str) -> FoldKind {
    let text = text.trim_start();
    if text.starts_with("<!--") {
        FoldKind::Comment
    } else if text.starts_with("---") || text.starts_with("+++") {
        FoldKind::FrontMatter
    } else {
        FoldKind::Fence
    }
}

/// Runs of lines that begin with a bar, at least a head and its rule.
fn tables(text: &str, opaque: &[TextRange]) -> Vec<Fold> {
    let mut tables = Vec::new();
    let mut open: Option<(usize, usize, u32)> = None;
    let mut hidden = opaque.iter().peekable();
    for line in lines::of(text, text::bom_len(text)) {
        let start = line.start;
        while hidden
            .next_if(|range| usize::from(range.end()) <= start)
            .is_some()
        {}
        let hides = hidden
            .peek()
            .is_some_and(|range| usize::from(range.start()) <= start);
        let row = text[line.clone()].trim_start().starts_with('|') && !hides;
        match &mut open {
            Some((_, end, rows)) if row => {
                *end = line.end;
                *rows += 1;
            }
            None if row => open = Some((line.start, line.end, 1)),
            _ => tables.extend(open.take()),
        }
    }
    tables.extend(open);
    tables
        .into_iter()
        .filter(|(.., rows)| *rows > 1)
        .map(|(start, end, _)| Fold {
            range: text::span(start, end),
            kind: FoldKind::Table,
        })
        .collect()
}
