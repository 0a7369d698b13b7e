//! Edits of one file that may have to be made first.

use std::path::Path;

use tower_lsp::gen_lsp_types::{
    CreateFile, CreateFileOptions, DocumentChange, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};

use super::requests::Ask;

/// Edits of the file at `path`, made if it is not there and the client makes files, for the version that was asked about.
pub(super) fn edit(ask: &Ask, path: &Path, edits: Vec<TextEdit>, is_new: bool) -> WorkspaceEdit {
    let uri = ask.world.uri(path);
    if !ask.client.checks_versions {
        return WorkspaceEdit {
            changes: Some([(uri, edits)].into()),
            ..WorkspaceEdit::default()
        };
    }
    let mut changes = Vec::new();
    if is_new && ask.client.creates_files {
        let options = CreateFileOptions {
            overwrite: None,
            ignore_if_exists: Some(true),
        };
        let create = CreateFile::new(uri.clone(), Some(options), None);
        changes.push(DocumentChange::CreateFile(create));
    }
    changes.push(DocumentChange::TextDocumentEdit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version: ask.world.version(path),
            text_document_identifier: TextDocumentIdentifier { uri },
        },
        edits: edits.into_iter().map(Into::into).collect(),
    }));
    WorkspaceEdit {
        document_changes: Some(changes),
        ..WorkspaceEdit::default()
    }
}

/// Several edits as one, in order.
pub(super) fn together(edits: Vec<WorkspaceEdit>) -> WorkspaceEdit {
    let mut whole = WorkspaceEdit::default();
    for edit in edits {
        if let Some(changes) = edit.changes {
            whole.changes.get_or_insert_default().extend(changes);
        }
        if let Some(changes) = edit.document_changes {
            let all = whole.document_changes.get_or_insert_default();
            all.extend(changes);
        }
    }
    whole
}

/// A whole new document; `None` where something is there by now.
pub(super) fn document(ask: &Ask, new: ide::NewDocument) -> Option<WorkspaceEdit> {
    let path = ask.world.snapshot.folder(new.root)?.join(&new.path);
    let is_there = ask.world.lost.contains(&path) || ask.world.snapshot.file(&path).is_some();
    let whole = TextEdit {
        range: Range::default(),
        new_text: new.text,
    };
    (!is_there).then(|| edit(ask, &path, vec![whole], true))
}

/// Several new documents as one edit; `None` where one of them is there by now.
pub(super) fn documents(ask: &Ask, new: Vec<ide::NewDocument>) -> Option<WorkspaceEdit> {
    let edits: Option<Vec<WorkspaceEdit>> = new.into_iter().map(|it| document(ask, it)).collect();
    edits.map(together)
}
