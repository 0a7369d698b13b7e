//! A document that is nowhere yet, read as if it were there.

use std::sync::Arc;

use documents::DocumentKind;
use smol_str::SmolStr;
use text::{FileId, LineIndex};
use trace::{DocumentFile, FeatureDocument};

/// `file`: of the document that it is written from or that it is, as it has no id of its own.
pub(crate) fn read(file: FileId, kind: DocumentKind, path: &str, text: &str) -> FeatureDocument {
    FeatureDocument {
        file,
        kind,
        path: SmolStr::from(path),
        doc: Arc::new(DocumentFile {
            lines: LineIndex::new(text),
            facts: documents::read(kind, text),
            text: text.into(),
        }),
    }
}
