//! `workspace/diagnostic`: the findings of every document, opened or not; of those the client knows only that they are
//! as before.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use tower_lsp::gen_lsp_types::{
    FullDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, WorkspaceDiagnosticParams,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::lsp::answer::{Query, Refusal};
use crate::lsp::engine::Snapshot;
use crate::lsp::{diagnostics, uri};

/// What there is to say.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// One report for each document that has findings, or had some when the client asked last.
    pub reports: Vec<WorkspaceDocumentDiagnosticReport>,
    /// Something is not as the client knows it.
    pub news: bool,
}

/// Answers the request.
pub fn answer<S: Snapshot>(
    query: &Query<S>,
    params: &WorkspaceDiagnosticParams,
) -> Result<Said, Refusal> {
    let known = params.previous_result_ids.iter();
    let known: HashMap<&str, &str> = known
        .map(|it| (it.uri.as_ref(), it.value.as_str()))
        .collect();
    let world = &query.world;
    let mut paths: Vec<PathBuf> = world.snapshot.diagnosed();
    let previous = params.previous_result_ids.iter();
    paths.extend(previous.filter_map(|it| uri::to_path(&it.uri)));
    let mut seen = HashSet::new();
    paths.retain(|path| seen.insert(path.clone()));
    let mut said = Said::default();
    for path in paths {
        query.cancel.check()?;
        let uri = world.uri(&path);
        let version = world.open.get(&path).map(|document| document.version);
        let set = diagnostics::of_file(world, &query.client, &path);
        if known.get(uri.as_ref()) == Some(&set.id.as_str()) {
            let unchanged = UnchangedDocumentDiagnosticReport { result_id: set.id };
            let report = WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: unchanged,
            };
            said.reports.push(report.into());
            continue;
        }
        said.news = true;
        let full = FullDocumentDiagnosticReport {
            result_id: Some(set.id),
            items: set.diagnostics,
        };
        let report = WorkspaceFullDocumentDiagnosticReport {
            uri,
            version,
            full_document_diagnostic_report: full,
        };
        said.reports.push(report.into());
    }
    Ok(said)
}
