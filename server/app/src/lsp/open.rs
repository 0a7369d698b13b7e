//! The documents the editor holds: a rope per document while changes come in, an immutable text once they are read.
//!
//! A burst of edits costs a rope operation each; text and line index are built once per published state.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ropey::{Rope, RopeSlice};
use text::{Encoding, LineIndex};
use tower_lsp::gen_lsp_types::{DidOpenTextDocumentParams, Position, Range, Uri};

use super::change::Changes;
use super::uri;

/// A document as the editor held it at one moment.
#[derive(Debug)]
pub struct Document {
    /// In the client's own spelling.
    pub uri: Uri,
    /// As the client counts.
    pub version: i32,
    /// The whole text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
}

/// All documents the editor held at one moment, by path.
pub type OpenDocuments = Arc<HashMap<PathBuf, Arc<Document>>>;

/// Documents of which the editor holds a text that is not known. Nothing is said of them and nothing is changed in them,
/// until the editor sends the whole text; for others they stay as they were known last, which is nearer than the disk.
pub type LostDocuments = Arc<HashSet<PathBuf>>;

/// The documents the editor holds now. Belongs to the writer.
#[derive(Debug, Default)]
pub struct Buffers {
    open: HashMap<PathBuf, Buffer>,
    published: OpenDocuments,
    lost: LostDocuments,
}

#[derive(Debug)]
struct Buffer {
    uri: Uri,
    version: i32,
    rope: Rope,
    changed: bool,
}

impl Buffers {
    /// The editor holds a document from now on. Its path, if it lies on the file system.
    pub fn open(&mut self, params: DidOpenTextDocumentParams) -> Option<PathBuf> {
        let document = params.text_document;
        let path = uri::to_path(&document.uri)?;
        self.found(&path);
        let buffer = Buffer {
            version: document.version,
            rope: Rope::from_str(&document.text),
            uri: document.uri,
            changed: true,
        };
        if let Some(other) = self.open.insert(path.clone(), buffer) {
            tracing::warn!(
                "{} was opened again; it was open as {}",
                path.display(),
                other.uri
            );
        }
        Some(path)
    }

    /// Applies changes in the order they are listed.
    pub fn change(&mut self, params: Changes, encoding: Encoding) {
        let (id, mut changes) = (params.text_document, params.content_changes);
        let Some(path) = uri::to_path(&id.text_document_identifier.uri) else {
            return;
        };
        let Some(buffer) = self.open.get_mut(&path) else {
            tracing::error!("{} was changed but never opened", path.display());
            self.lose(&id.text_document_identifier.uri);
            return;
        };
        if self.lost.contains(&path) {
            // What comes before a whole text is of no account.
            let Some(whole) = changes.iter().position(|change| change.range.is_none()) else {
                return;
            };
            changes.drain(..whole);
            Arc::make_mut(&mut self.lost).remove(&path);
        }
        if id.version <= buffer.version {
            // The transport keeps the client's order, so the order is right and only the number is not.
            tracing::error!(
                "{} went from version {} to {}; changes are applied as they came",
                path.display(),
                buffer.version,
                id.version
            );
        }
        buffer.version = id.version;
        buffer.changed = true;
        for change in changes {
            match change.range {
                Some(range) => replace(&mut buffer.rope, range, &change.text, encoding),
                None => buffer.rope = Rope::from_str(&change.text),
            }
        }
    }

    /// The editor holds a text of this document that nobody could read.
    pub fn lose(&mut self, uri: &Uri) {
        let Some(path) = uri::to_path(uri) else {
            return;
        };
        tracing::error!(
            "{} is left alone until it is opened again: its text is not known any more",
            path.display()
        );
        Arc::make_mut(&mut self.lost).insert(path);
    }

    fn found(&mut self, path: &Path) {
        if self.lost.contains(path) {
            Arc::make_mut(&mut self.lost).remove(path);
        }
    }

    /// Documents whose text is not known.
    #[must_use]
    pub fn lost(&self) -> LostDocuments {
        Arc::clone(&self.lost)
    }

    /// The disk holds a document again. Its path, if it was open.
    pub fn close(&mut self, uri: &Uri) -> Option<PathBuf> {
        let path = uri::to_path(uri)?;
        self.found(&path);
        self.open.remove(&path).map(|_| path)
    }

    /// Makes the next [`publish`](Self::publish) list a document again.
    pub fn mark_changed(&mut self, path: &Path) {
        if let Some(buffer) = self.open.get_mut(path) {
            buffer.changed = true;
        }
    }

    /// Makes the next [`publish`](Self::publish) list every document, for a reader that starts over.
    pub fn mark_all_changed(&mut self) {
        for buffer in self.open.values_mut() {
            buffer.changed = true;
        }
    }

    /// Reads what changed since the last call. Returns all open documents and the changed ones among them.
    pub fn publish(&mut self) -> (OpenDocuments, Vec<(PathBuf, Arc<Document>)>) {
        let mut changed = Vec::new();
        for (path, buffer) in &mut self.open {
            if !std::mem::take(&mut buffer.changed) {
                continue;
            }
            let text: Arc<str> = String::from(&buffer.rope).into();
            let lines = Arc::new(LineIndex::new(&text));
            let document = Document {
                uri: buffer.uri.clone(),
                version: buffer.version,
                text,
                lines,
            };
            changed.push((path.clone(), Arc::new(document)));
        }
        if !changed.is_empty() || self.published.len() != self.open.len() {
            let mut open = HashMap::clone(&self.published);
            open.retain(|path, _| self.open.contains_key(path));
            open.extend(changed.iter().cloned());
            self.published = Arc::new(open);
        }
        (Arc::clone(&self.published), changed)
    }
}

fn replace(rope: &mut Rope, range: Range, insert: &str, encoding: Encoding) {
    let start = char_at(rope, range.start, encoding);
    let end = char_at(rope, range.end, encoding);
    let (start, end) = (start.min(end), start.max(end));
    rope.remove(start..end);
    rope.insert(start, insert);
}

/// The rope's index of a position. As the protocol asks, a column behind the line's end means its end.
fn char_at(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let start = rope.line_to_char(line);
    let content = without_break(rope.line(line));
    let column = position.character as usize;
    start
        + match encoding {
            Encoding::Utf8 => content.byte_to_char(column.min(content.len_bytes())),
            Encoding::Utf16 => content.utf16_cu_to_char(column.min(content.len_utf16_cu())),
            Encoding::Utf32 => column.min(content.len_chars()),
        }
}

fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut chars = line.chars_at(line.len_chars());
    let breaks = match chars.prev() {
        Some('\n') => 1 + usize::from(chars.prev() == Some('\r')),
        Some('\r') => 1,
        _ => 0,
    };
    line.slice(..line.len_chars() - breaks)
}

#[cfg(test)]
mod tests;
