//! `workspace/diagnostic` over time: a client that knows everything already waits here until something changes, instead
//! of asking again and again; one that can read parts gets them one by one.

use std::sync::Arc;

use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    ProgressNotification, ProgressParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport,
};
use tower_lsp::jsonrpc::Result;

use super::answer::Answers;
use super::client::ClientFacts;
use super::engine::Snapshot;
use super::requests;
use super::server::Worlds;

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
            let handler = requests::workspace_diagnostic::answer;
            let said = answers
                .answer(Arc::clone(&facts), params.clone(), handler)
                .await?;
            // A first question is answered at once, also when there is nothing to say.
            if said.news || params.previous_result_ids.is_empty() {
                break said;
            }
            tokio::select! {
                next = worlds.next() => if next.is_none() { break said },
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
