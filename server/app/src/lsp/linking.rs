//! Suggested links as edits: a mention above what is meant, and all confident citations to be looked through.

use std::collections::HashMap;
use std::sync::Arc;

use ide::{Analysis, Texts};
use text::{Edit, FileId, TextSize};
use tower_lsp::gen_lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChange, Edit as ProtocolEdit, Uri, WorkspaceEdit,
};
use trace::Feature;

use super::actions::workspace_edit;
use super::client::ClientFacts;
use super::requests::Ask;
use super::uri;

impl ClientFacts {
    /// Shows an edit of documents that are there, and lets each part of it be refused before it is made.
    #[must_use]
    pub fn reviews(&self) -> bool {
        self.annotates_changes && self.checks_versions
    }
}

/// The edit that mentions an item of a spec above the symbol or test of this name; nothing if either is gone.
pub(super) fn mention_above(
    ask: &Ask,
    (spec, item): (FileId, &str),
    (source, name, test): (&Uri, &str, bool),
) -> Option<WorkspaceEdit> {
    let snapshot = &ask.world.snapshot;
    let source = snapshot.file(&uri::to_path(source)?)?;
    let texts = |file| snapshot.writable(file);
    let analysis = snapshot.analysis();
    let edit = analysis.mention_above(spec, item, (source, name, test), &texts)?;
    workspace_edit(ask, vec![(source, edit)], None)
}

/// The same above what begins at a byte of a source file.
pub(super) fn mention_here(
    ask: &Ask,
    of: (&Uri, &str),
    at: (FileId, TextSize),
) -> Option<WorkspaceEdit> {
    in_source(ask, of, at, Analysis::mention_here)
}

/// The edit that puts its feature before the id at a byte of a source file.
pub(super) fn qualify(
    ask: &Ask,
    of: (&Uri, &str),
    at: (FileId, TextSize),
) -> Option<WorkspaceEdit> {
    in_source(ask, of, at, Analysis::qualify)
}

/// Plans an edit of a source file for an item of a spec.
type Plan = fn(&Analysis, (FileId, &str), (FileId, TextSize), &Texts<'_>) -> Option<Edit>;

fn in_source(
    ask: &Ask,
    (spec, item): (&Uri, &str),
    at: (FileId, TextSize),
    plan: Plan,
) -> Option<WorkspaceEdit> {
    let snapshot = &ask.world.snapshot;
    let spec = snapshot.file(&uri::to_path(spec)?)?;
    let texts = |file| snapshot.writable(file);
    let edit = plan(snapshot.analysis(), (spec, item), at, &texts)?;
    workspace_edit(ask, vec![(at.0, edit)], None)
}

/// All confident citations of some features, each with what it links and why, to be confirmed one by one; nothing where
/// there is none, or where the client cannot show them first.
pub(super) fn reviewed(ask: &Ask, features: &[Arc<Feature>]) -> Option<WorkspaceEdit> {
    if !ask.client.reviews() {
        return None;
    }
    let analysis = ask.world.snapshot.analysis();
    let mut annotations = HashMap::new();
    let mut changes = Vec::new();
    for feature in features {
        for link in analysis.confident(feature, ask.client.locale) {
            let id = format!("link-{}", annotations.len());
            let edit = workspace_edit(ask, vec![(link.file, link.edit)], None)?;
            for change in edit.document_changes? {
                take(&mut changes, change, &id);
            }
            let annotation = ChangeAnnotation {
                label: link.title,
                needs_confirmation: Some(true),
                description: Some(link.why),
            };
            annotations.insert(id, annotation);
        }
    }
    (!changes.is_empty()).then(|| WorkspaceEdit {
        document_changes: Some(changes),
        change_annotations: Some(annotations),
        ..WorkspaceEdit::default()
    })
}

/// The same for the feature of a document.
pub(super) fn reviewed_in(ask: &Ask, file: FileId) -> Option<WorkspaceEdit> {
    let feature = ask.world.snapshot.analysis().graph.feature_of(file)?;
    reviewed(ask, std::slice::from_ref(feature))
}

/// Adds the edits of one document to those of the same document, marked with an annotation.
fn take(changes: &mut Vec<DocumentChange>, change: DocumentChange, annotation: &str) {
    let DocumentChange::TextDocumentEdit(mut new) = change else {
        return;
    };
    for edit in &mut new.edits {
        if let ProtocolEdit::TextEdit(plain) = edit {
            *edit = AnnotatedTextEdit {
                annotation_id: annotation.to_owned(),
                text_edit: std::mem::take(plain),
            }
            .into();
        }
    }
    let same = changes.iter_mut().find_map(|known| match known {
        DocumentChange::TextDocumentEdit(known) if known.text_document == new.text_document => {
            Some(known)
        }
        _ => None,
    });
    match same {
        Some(known) => known.edits.append(&mut new.edits),
        None => changes.push(DocumentChange::TextDocumentEdit(new)),
    }
}
