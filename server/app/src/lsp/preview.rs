//! What archiving a change makes of the main specs, as an edit that the editor shows before anything is written: each
//! change in it asks to be confirmed.

use std::collections::HashMap;

use ide::{Analysis, Archived};
use rules::Locale;
use text::{FileId, TextRange};
use tower_lsp::gen_lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, CreateFile, DeleteFile, DocumentChange,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, WorkspaceEdit,
};
use trace::Feature;

use super::answer::Refusal;
use super::client::ClientFacts;
use super::requests::Ask;
use crate::cli::archive;

/// The name of the one annotation.
const ANNOTATION: &str = "archive";

impl ClientFacts {
    /// Shows an edit and lets it be refused before it is made.
    #[must_use]
    pub fn previews(&self) -> bool {
        self.annotates_changes && self.checks_versions && self.creates_files
    }
}

/// What archiving a change makes of the main specs, if that can be told.
pub(super) fn archived(
    ask: &Ask,
    analysis: &Analysis,
    change: &Feature,
) -> Result<Archived, Refusal> {
    let locale = ask.client.locale;
    let archived = analysis
        .archive(change.id, locale)
        .map_err(|why| Refusal::Failed(why.join("\n")))?;
    let folder = ask.world.snapshot.folder(change.root);
    let link = folder.and_then(|folder| archive::linked(folder, change, &archived, locale));
    link.map_or(Ok(archived), |why| Err(Refusal::Failed(why)))
}

/// The edit for the change that a document belongs to.
pub(super) fn edit(ask: &Ask, file: FileId, title: &str) -> Result<WorkspaceEdit, Refusal> {
    let locale = ask.client.locale;
    let snapshot = &ask.world.snapshot;
    let mut analysis = snapshot.analysis().clone();
    analysis.today = workspace::today().map(Into::into);
    let change = analysis.change_of(file);
    let change = change.ok_or_else(|| Refusal::Failed(gone(locale)))?;
    let archived = archived(ask, &analysis, change)?;
    let mut changes = Vec::new();
    for spec in &archived.specs {
        let place = snapshot
            .folder(spec.root)
            .map(|folder| folder.join(&spec.path));
        let place = place.filter(|place| !ask.world.lost.contains(place));
        let place = place.ok_or_else(|| Refusal::Failed(gone(locale)))?;
        let uri = ask.world.uri(&place);
        let Some(after) = &spec.after else {
            let delete = DeleteFile::new(uri, None, Some(ANNOTATION.to_owned()));
            changes.push(DocumentChange::DeleteFile(delete));
            continue;
        };
        let (range, new_text) = difference(&spec.before, after);
        let range = if let Some(file) = spec.file {
            let range = ask.range(file, range);
            range.ok_or_else(|| Refusal::Failed(gone(locale)))?
        } else {
            let create = CreateFile::new(uri.clone(), None, Some(ANNOTATION.to_owned()));
            changes.push(DocumentChange::CreateFile(create));
            Range::default()
        };
        let version = ask.world.version(&place);
        changes.push(DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version,
                text_document_identifier: TextDocumentIdentifier { uri },
            },
            edits: vec![
                AnnotatedTextEdit {
                    annotation_id: ANNOTATION.to_owned(),
                    text_edit: TextEdit { range, new_text },
                }
                .into(),
            ],
        }));
    }
    let remarks = archived
        .remarks
        .iter()
        .map(|each| analysis.remark(each, locale));
    let remarks: Vec<String> = remarks.collect();
    let annotation = ChangeAnnotation {
        label: title.to_owned(),
        needs_confirmation: Some(true),
        description: (!remarks.is_empty()).then(|| remarks.join("\n")),
    };
    Ok(WorkspaceEdit {
        document_changes: Some(changes),
        change_annotations: Some(HashMap::from([(ANNOTATION.to_owned(), annotation)])),
        ..WorkspaceEdit::default()
    })
}

fn gone(locale: Locale) -> String {
    match locale {
        Locale::English => "There is no OpenSpec change in the making here.",
        Locale::Japanese => "ここには進行中の OpenSpec の変更がありません。",
    }
    .to_owned()
}

/// The lines that differ between two texts: what is replaced, and by what.
pub(super) fn difference(before: &str, after: &str) -> (TextRange, String) {
    let head: usize = before
        .split_inclusive('\n')
        .zip(after.split_inclusive('\n'))
        .take_while(|(one, other)| one == other)
        .map(|(line, _)| line.len())
        .sum();
    let tail: usize = before[head..]
        .split_inclusive('\n')
        .rev()
        .zip(after[head..].split_inclusive('\n').rev())
        .take_while(|(one, other)| one == other)
        .map(|(line, _)| line.len())
        .sum();
    let (start, end) = (head, before.len() - tail);
    (
        text::span(start, end),
        after[head..after.len() - tail].to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_lines_that_differ_are_replaced() {
        for (before, after, expected) in [
            ("a\nb\nc\n", "a\nx\nc\n", (2..4, "x\n")),
            ("a\nc\n", "a\nb\nc\n", (2..2, "b\n")),
            ("a\na\n", "a\na\na\n", (4..4, "a\n")),
            ("", "a\n", (0..0, "a\n")),
            ("a", "a\nb", (0..1, "a\nb")),
        ] {
            let (range, new) = difference(before, after);
            let range = usize::from(range.start())..usize::from(range.end());
            assert_eq!((range, &*new), expected, "{before:?} {after:?}");
        }
    }
}
