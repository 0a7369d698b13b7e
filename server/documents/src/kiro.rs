//! Reader of Kiro and cc-sdd documents.

use crate::KnownLines;
use crate::model::{Document, DocumentKind};
use crate::reading::Reading;

pub(crate) fn read(kind: DocumentKind, text: &str, known: Option<&mut KnownLines>) -> Document {
    let mut reading = Reading::new(kind, text);
    reading.order();
    reading.document(known)
}
