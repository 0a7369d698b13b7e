//! What happens to one file: a text that is the graph's, and edits of it that can be read back before they are given out.

use std::sync::Arc;

use text::{Edit, FileId, LineIndex};
use trace::{Change, DocumentFile, Graph, SourceFile};

use crate::{Texts, Unwritable};

/// A file with its edits.
pub(crate) struct Planned {
    /// Its text before.
    pub(crate) text: Arc<str>,
    /// By position.
    pub(crate) edits: Vec<Edit>,
}

impl Planned {
    /// The file as it is read after the edits; nothing where they do not fit, or nothing can be read.
    pub(crate) fn change(&self, graph: &Graph, file: FileId) -> Option<Change> {
        let text = text::apply(&self.text, &self.edits).ok()?;
        let lines = LineIndex::new(&text);
        if let Some(document) = graph.inputs().documents.get(&file) {
            let facts = documents::read(document.facts.kind?, &text);
            let read = DocumentFile {
                lines,
                facts,
                text: text.into(),
            };
            return Some(Change::Document(file, Some(Arc::new(read))));
        }
        let facts = code::read_path(graph.inputs().tree.path_str(file), &text, &|| false)?;
        Some(Change::Source(
            file,
            Some(Arc::new(SourceFile { lines, facts })),
        ))
    }
}

/// The text of a file, if it is the one the graph speaks of.
pub(crate) fn writable(
    graph: &Graph,
    file: FileId,
    texts: &Texts<'_>,
) -> Result<Arc<str>, Unwritable> {
    let text = texts(file)?;
    let same = if let Some(document) = graph.inputs().documents.get(&file) {
        document.text == text
    } else {
        let path = graph.inputs().tree.path_str(file);
        let facts = code::read_path(path, &text, &|| false);
        graph
            .source(file)
            .is_some_and(|source| Some(&source.facts) == facts.as_ref())
    };
    same.then_some(text).ok_or(Unwritable::Changed)
}
