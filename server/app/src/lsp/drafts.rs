//! Edits with places to fill in, and a main spec's edits as a delta.

use ide::Draft;
use text::FileId;
use tower_lsp::gen_lsp_types::{
    DocumentChange, OptionalVersionedTextDocumentIdentifier, SnippetTextEdit, StringValue,
    TextDocumentEdit, TextDocumentIdentifier, WorkspaceEdit,
};
use workspace::Repository;

use super::actions::workspace_edit;
use super::answer::Refusal;
use super::requests::Ask;
use super::{created, preview, snippet, uri};

/// The edit of a draft: with tab stops, where the client has them in edits.
pub(super) fn edit(ask: &Ask, file: FileId, draft: Draft) -> Option<WorkspaceEdit> {
    if !(ask.client.edits_with_snippets && ask.client.checks_versions) {
        return workspace_edit(ask, vec![(file, draft.edit)], None);
    }
    let uri = ask.uri(file)?;
    let range = ask.range_in_text(file, draft.edit.range)?;
    let value = snippet::with_stops(&draft.edit.insert, &draft.stops);
    let version = ask.world.version(&uri::to_path(&uri)?);
    let snippet = SnippetTextEdit {
        range,
        snippet: StringValue { value },
        annotation_id: None,
    };
    Some(WorkspaceEdit {
        document_changes: Some(vec![DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version,
                text_document_identifier: TextDocumentIdentifier { uri },
            },
            edits: vec![snippet.into()],
        })]),
        ..WorkspaceEdit::default()
    })
}

/// The edits of a main spec since the last commit, as the delta of a change; the main spec is put back.
pub(super) fn delta(ask: &Ask, file: FileId, change: &str) -> Result<WorkspaceEdit, Refusal> {
    let failed = |why: &str| Refusal::Failed(why.to_owned());
    // Without the new file the edits that are put back would be lost.
    if !(ask.client.creates_files && ask.client.checks_versions) {
        let why =
            "This editor makes no files for its servers; `spec-analyzer generate delta` does.";
        return Err(failed(why));
    }
    let snapshot = &ask.world.snapshot;
    let analysis = snapshot.analysis();
    let found = analysis.change_for(file, change);
    let (spec, change) = found.ok_or_else(|| failed("The change is gone."))?;
    let path = analysis.delta_path(spec, change);
    let path = path.ok_or_else(|| failed("This is no main spec."))?;
    let folder = snapshot.folder(spec.root);
    let folder = folder.ok_or_else(|| failed("The workspace folder is gone."))?;
    let here = analysis.graph.inputs().tree.path_str(file).to_owned();
    let before = Repository::discover(folder)
        .and_then(|it| it.committed([here.as_str()]).into_iter().next())
        .map(|(_, text)| text);
    let before = before.ok_or_else(|| failed("The main spec is in no commit yet."))?;
    let after = snapshot
        .writable(file)
        .map_err(|_| failed("The main spec cannot be read."))?;
    let drafted = analysis
        .draft_delta(&before, &after, ask.client.locale)
        .map_err(Refusal::Failed)?;
    let new = ide::NewDocument {
        root: change.root,
        path,
        text: drafted.delta,
        questions: Vec::new(),
    };
    let (range, text) = preview::difference(&after, &drafted.main);
    let back = text::Edit::replace(range, text);
    let there = || failed("The change has a delta for this capability by now.");
    let created = created::document(ask, new).ok_or_else(there)?;
    let back = workspace_edit(ask, vec![(file, back)], None).ok_or_else(there)?;
    Ok(created::together(vec![created, back]))
}
