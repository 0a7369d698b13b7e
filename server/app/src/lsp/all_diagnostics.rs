//! `workspace/diagnostic`, the findings of every document, over time: a client that knows everything already waits here until something changes, instead
//! of asking again and again; one that can read parts gets them one by one.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    FullDocumentDiagnosticReport, ProgressNotification, ProgressParams,
    UnchangedDocumentDiagnosticReport, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use tower_lsp::jsonrpc::Result;

use super::answer::{Answers, Query, Refusal};
use super::client::ClientFacts;
use super::engine::{Extent, Snapshot};
use super::pace;
use super::server::Worlds;
use super::{diagnostics, uri};

/// Documents in one part.
const PART: usize = 50;

/// Questions that wait for news, and the word that there will be none.
#[derive(Debug)]
pub struct Waiting(watch::Sender<bool>);

impl Default for Waiting {
    fn default() -> Self {
        Self(watch::channel(false).0)
    }
}

impl Waiting {
    /// Sends everybody home.
    pub fn end(&self) {
        self.0.send_replace(true);
    }

    /// Answers one request; dropping the future ends it.
    pub async fn answer<S: Snapshot>(
        &self,
        client: &Client,
        answers: &Answers<S>,
        mut worlds: Worlds<S>,
        facts: Arc<ClientFacts>,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        let mut ended = self.0.subscribe();
        let said = loop {
            // What comes while this world is looked at is looked at next.
            worlds.skip();
            let said = answers
                .answer(
                    &pace::BESIDE,
                    Extent::Documents,
                    Arc::clone(&facts),
                    params.clone(),
                    said,
                )
                .await?;
            // A first question is answered at once, also when there is nothing to say.
            if said.news || params.previous_result_ids.is_empty() {
                break said;
            }
            tokio::select! {
                next = worlds.next(Extent::Documents) => if next.is_none() { break said },
                _ = ended.wait_for(|ended| *ended) => break said,
            }
        };
        let mut reports = said.reports;
        if let Some(token) = params.partial_result_params.partial_result_token {
            while reports.len() > PART {
                let part: Vec<WorkspaceDocumentDiagnosticReport> = reports.drain(..PART).collect();
                let value = serde_json::json!({ "items": part });
                let part = ProgressParams {
                    token: token.clone(),
                    value,
                };
                client.send_notification::<ProgressNotification>(part).await;
            }
        }
        Ok(WorkspaceDiagnosticReport { items: reports })
    }
}

/// What there is to say.
#[derive(Debug, Clone, Default)]
struct Said {
    /// One report for each document that has findings, or had some when the client asked last.
    reports: Vec<WorkspaceDocumentDiagnosticReport>,
    /// Something is not as the client knows it.
    news: bool,
}

/// What there is to say of every document, opened or not; of those the client knows only that they are as before.
fn said<S: Snapshot>(
    query: &Query<S>,
    params: &WorkspaceDiagnosticParams,
) -> std::result::Result<Said, Refusal> {
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
