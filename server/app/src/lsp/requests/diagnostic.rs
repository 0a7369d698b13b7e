//! `textDocument/diagnostic`: the findings of one document, or "as before".

use tower_lsp::gen_lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport,
};

use crate::lsp::answer::{Query, Refusal};
use crate::lsp::engine::Snapshot;
use crate::lsp::{diagnostics, uri};

/// Answers the request.
pub fn answer<S: Snapshot>(
    query: &Query<S>,
    params: &DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReport, Refusal> {
    let set = match uri::to_path(&params.text_document.uri) {
        Some(path) => diagnostics::of_file(&query.world, &query.client, &path),
        None => diagnostics::Set::default(),
    };
    if params.previous_result_id.as_ref() == Some(&set.id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id: set.id };
        return Ok(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        }
        .into());
    }
    let full = FullDocumentDiagnosticReport {
        result_id: Some(set.id),
        items: set.diagnostics,
    };
    Ok(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: full,
    }
    .into())
}
