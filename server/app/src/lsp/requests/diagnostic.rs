//! `textDocument/diagnostic`: the findings of one document, or "as before".

use tower_lsp::gen_lsp_types::{
    DiagnosticOptions, DocumentDiagnosticParams, DocumentDiagnosticReport,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, ServerCapabilities,
    UnchangedDocumentDiagnosticReport, WorkDoneProgressOptions,
};

use super::{Ask, Request};
use crate::lsp::answer::{Query, Refusal};
use crate::lsp::client::ClientFacts;
use crate::lsp::engine::Snapshot;
use crate::lsp::{diagnostics, uri};

/// Answers `textDocument/diagnostic`.
pub enum Handler {}

impl Request for Handler {
    type Params = DocumentDiagnosticParams;
    type Answer = DocumentDiagnosticReport;

    const IS_SHORT: bool = true;

    fn offer(client: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.diagnostic_provider = client.pulls_diagnostics.then(|| {
            DiagnosticOptions {
                identifier: Some(env!("CARGO_PKG_NAME").to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: client.pulls_all_diagnostics,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }
            .into()
        });
    }

    fn answer(
        ask: &Ask,
        params: &DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReport, Refusal> {
        answer(ask, params)
    }
}

/// Answers from any engine.
pub fn answer<S: Snapshot>(
    ask: &Query<S>,
    params: &DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReport, Refusal> {
    let set = match uri::to_path(&params.text_document.uri) {
        Some(path) => diagnostics::of_file(&ask.world, &ask.client, &path),
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
