//! Contracts that are no Markdown: what ids they name.

use crate::model::{Document, DocumentKind};
use text::TextSize;

pub(crate) fn read(kind: DocumentKind, text: &str) -> Document {
    let mut mentions = Vec::new();
    let mut at = text::bom_len(text);
    for line in text[at..].split_inclusive(['\n', '\r']) {
        grammar::mentions(line, TextSize::new(at as u32), &mut mentions);
        at += line.len();
    }
    Document {
        kind: Some(kind),
        mentions,
        ..Document::default()
    }
}
