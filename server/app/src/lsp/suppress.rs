//! The edit that writes a suppression into the settings of a finding's folder. Its reason is left to the user: until one
//! is written, the settings have a fault and nothing is suppressed.

use text::FileId;
use tower_lsp::gen_lsp_types::{
    CreateFile, CreateFileOptions, DocumentChange, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};

use super::actions::with_stop;
use super::requests::Ask;
use super::to_proto;

/// Behind this the reason is written.
const REASON: &str = "reason = \"";

/// The edit; `None` when the finding is gone, or where settings with faults would not say it.
pub fn edit(ask: &Ask, file: FileId, fingerprint: &str) -> Option<WorkspaceEdit> {
    let snapshot = &ask.world.snapshot;
    let (root, unit, finding) = snapshot.analysis().finding(file, fingerprint)?;
    let settings = snapshot.decided().folder(root)?.file.as_ref();
    let path = snapshot.folder(root)?.join(settings::FILE);
    if ask.world.lost.contains(&path) {
        return None;
    }
    let new = finding.suppression(unit, String::new(), None)?;
    let text = settings.map_or("", |file| &file.text);
    let (edit, _) = settings::add_suppression(text, &new)?;
    let range = match settings {
        Some(_) => to_proto::range(ask.world.lines(&path)?, edit.range, ask.client.encoding),
        None => Range::default(),
    };
    let uri = ask.world.uri(&path);
    let new_text = edit.insert;
    let edit = TextEdit { range, new_text };
    if !ask.client.checks_versions {
        return Some(WorkspaceEdit {
            changes: Some([(uri, vec![edit])].into()),
            ..WorkspaceEdit::default()
        });
    }
    let mut changes = Vec::new();
    if settings.is_none() && ask.client.creates_files {
        let options = CreateFileOptions {
            overwrite: None,
            ignore_if_exists: Some(true),
        };
        let create = CreateFile::new(uri.clone(), Some(options), None);
        changes.push(DocumentChange::CreateFile(create));
    }
    let version = ask.world.version(&path);
    let edit = if ask.client.edits_with_snippets {
        with_stop(edit, REASON)
    } else {
        edit.into()
    };
    changes.push(DocumentChange::TextDocumentEdit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version,
            text_document_identifier: TextDocumentIdentifier { uri },
        },
        edits: vec![edit],
    }));
    Some(WorkspaceEdit {
        document_changes: Some(changes),
        ..WorkspaceEdit::default()
    })
}
