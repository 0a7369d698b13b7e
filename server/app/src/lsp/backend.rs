//! The table: which request is answered by which file. Nothing else happens here.

use std::sync::{Arc, OnceLock};

use tower_lsp::gen_lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, InitializeParams, InitializeResult,
    InitializedParams, SelectionRange, SelectionRangeParams, ServerInfo,
};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LanguageServer};

use super::answer::{Answers, Query, Refusal};
use super::client::ClientFacts;
use super::event::Event;
use super::host::Snapshot;
use super::server::Worlds;
use super::transport::Inbox;
use super::{capabilities, diagnostics, opening, requests, watching};

/// Between the framework and the handlers.
#[derive(Debug)]
pub struct Backend {
    client: Client,
    facts: OnceLock<Arc<ClientFacts>>,
    inbox: Inbox,
    worlds: Worlds<Snapshot>,
    answers: Answers<Snapshot>,
}

impl Backend {
    /// A backend that tells the writer through `inbox` and answers from `worlds`.
    pub fn new(client: Client, inbox: Inbox, worlds: Worlds<Snapshot>) -> Self {
        Self {
            client,
            facts: OnceLock::new(),
            inbox,
            answers: Answers::new(worlds.clone()),
            worlds,
        }
    }

    fn facts(&self) -> Result<Arc<ClientFacts>> {
        // The framework refuses requests before `initialize`, so this does not happen.
        self.facts.get().cloned().ok_or_else(Error::internal_error)
    }

    async fn answer<P, R>(
        &self,
        params: P,
        handler: fn(&Query<Snapshot>, &P) -> std::result::Result<R, Refusal>,
    ) -> Result<R>
    where
        P: Send + 'static,
        R: Send + 'static,
    {
        self.answers.answer(self.facts()?, params, handler).await
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let facts = Arc::new(ClientFacts::new(&params));
        let capabilities = capabilities::of_server(&facts);
        self.inbox.send(Event::Started(Arc::clone(&facts)));
        // A second `initialize` never gets here.
        let _ = self.facts.set(facts);
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let Ok(facts) = self.facts() else { return };
        let worlds = self.worlds.clone();
        tokio::spawn(opening::show_progress(
            self.client.clone(),
            Arc::clone(&facts),
            worlds.clone(),
        ));
        tokio::spawn(watching::register(self.client.clone(), Arc::clone(&facts)));
        tokio::spawn(diagnostics::keep_told(self.client.clone(), facts, worlds));
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn diagnostic(&self, p: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        self.answer(p, requests::diagnostic::answer).await
    }

    async fn selection_range(
        &self,
        p: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        self.answer(p, requests::selection_range::answer).await
    }
}
