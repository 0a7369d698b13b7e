//! Tests to be filled in, as one edit: new files are made, in others what is missing is added. Where the client takes
//! snippets, the cursor goes from test to test.

use ide::{NOT_WRITTEN, Skeleton};
use text::{FileId, TextRange, TextSize};
use tower_lsp::gen_lsp_types::{
    DocumentChange, Edit as ProtocolEdit, Range, SnippetTextEdit, StringValue, TextEdit,
    WorkspaceEdit,
};

use super::actions::workspace_edit;
use super::answer::Refusal;
use super::requests::Ask;
use super::{created, snippet};

/// The tests of an item of a document, by its address.
pub(super) fn edit(ask: &Ask, file: FileId, item: &str) -> Result<WorkspaceEdit, Refusal> {
    let snapshot = &ask.world.snapshot;
    snapshot.all_read().map_err(Refusal::Failed)?;
    let texts = |file| snapshot.writable(file);
    let done = snapshot.analysis().skeletons(file, item, &texts);
    let done = done.ok_or_else(|| Refusal::Failed("The item is gone.".to_owned()))?;
    let mut edit: Option<WorkspaceEdit> = None;
    for file in &done.files {
        let one = one(ask, file)
            .ok_or_else(|| Refusal::Failed(format!("`{}` has changed.", file.path)))?;
        edit = Some(match edit {
            Some(all) => joined(all, one),
            None => one,
        });
    }
    edit.ok_or_else(|| {
        let why = done.left.first().cloned();
        Refusal::Failed(why.unwrap_or_else(|| "Tests name all of it.".to_owned()))
    })
}

fn one(ask: &Ask, file: &Skeleton) -> Option<WorkspaceEdit> {
    let mut edit = if let Some(there) = file.file {
        let edits = file.edits.iter().cloned();
        workspace_edit(ask, edits.map(|edit| (there, edit)).collect(), None)?
    } else {
        let path = ask.world.snapshot.folder(file.root)?.join(&file.path);
        if ask.world.lost.contains(&path) || ask.world.snapshot.file(&path).is_some() {
            return None;
        }
        let whole = TextEdit {
            range: Range::default(),
            new_text: file.edits.first()?.insert.clone(),
        };
        created::edit(ask, &path, vec![whole], true)
    };
    if ask.client.edits_with_snippets {
        stop(&mut edit);
    }
    Some(edit)
}

/// Makes each test that is not written a place to stop at.
fn stop(edit: &mut WorkspaceEdit) {
    for change in edit.document_changes.iter_mut().flatten() {
        let DocumentChange::TextDocumentEdit(document) = change else {
            continue;
        };
        for each in &mut document.edits {
            let ProtocolEdit::TextEdit(plain) = each else {
                continue;
            };
            let text = std::mem::take(&mut plain.new_text);
            let stops: Vec<TextRange> = text
                .match_indices(NOT_WRITTEN)
                .filter_map(|(at, found)| {
                    let start = TextSize::new(u32::try_from(at).ok()?);
                    Some(TextRange::at(start, TextSize::of(found)))
                })
                .collect();
            let value = snippet::with_stops(&text, &stops);
            *each = SnippetTextEdit {
                range: plain.range,
                snippet: StringValue { value },
                annotation_id: None,
            }
            .into();
        }
    }
}

/// Two edits of different documents as one.
fn joined(mut all: WorkspaceEdit, one: WorkspaceEdit) -> WorkspaceEdit {
    all.document_changes = match (all.document_changes, one.document_changes) {
        (Some(mut first), Some(more)) => {
            first.extend(more);
            Some(first)
        }
        (first, more) => first.or(more),
    };
    all.changes = match (all.changes, one.changes) {
        (Some(mut first), Some(more)) => {
            first.extend(more);
            Some(first)
        }
        (first, more) => first.or(more),
    };
    all
}
