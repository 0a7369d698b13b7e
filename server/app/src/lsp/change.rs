//! What the editor changed in a document it holds, read strictly. The protocol's own type takes a change whose range it
//! cannot read for the whole new text.

use serde::Deserialize;
use tower_lsp::gen_lsp_types::{LspAny, Range, Uri, VersionedTextDocumentIdentifier};

/// The params of `textDocument/didChange`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// Which document, and its version afterwards.
    pub text_document: VersionedTextDocumentIdentifier,
    /// In the order they apply.
    pub content_changes: Vec<Change>,
}

/// One of them. What else a client says of it (`rangeLength`) is never looked at.
#[derive(Debug, Deserialize)]
pub struct Change {
    /// What is replaced; the whole text where there is none.
    #[serde(default)]
    pub range: Option<Range>,
    /// By what.
    pub text: String,
}

/// The document that a notification speaks of, also where the rest of it cannot be read.
pub(super) fn document(params: &LspAny) -> Option<Uri> {
    let uri = params.pointer("/textDocument/uri")?.as_str()?;
    Some(Uri(uri.to_owned()))
}
