//! The table: which request is answered by which file. Nothing else happens here.

use std::sync::{Arc, OnceLock};

use tower_lsp::gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams,
    CompletionResponse, DefinitionParams, DefinitionResponse, DocumentDiagnosticParams,
    DocumentDiagnosticReport, DocumentHighlight, DocumentHighlightParams, DocumentLink,
    DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FoldingRange, FoldingRangeParams, Hover, HoverParams, ImplementationParams,
    ImplementationResponse, InitializeParams, InitializeResult, InitializedParams, InlayHint,
    InlayHintParams, Location, LspAny, PrepareRenameResult, ReferenceParams, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokens, SemanticTokensParams,
    SemanticTokensRangeParams, ServerInfo, TextDocumentContentParams, TextDocumentContentResult,
    TextDocumentPositionParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LanguageServer};

use super::all_diagnostics::Waiting;
use super::answer::{Answers, Query, Refusal};
use super::client::ClientFacts;
use super::event::Event;
use super::host::Snapshot;
use super::server::Worlds;
use super::transport::Inbox;
use super::{capabilities, diagnostics, doing, opening, requests, watching};

/// Between the framework and the handlers.
#[derive(Debug)]
pub struct Backend {
    client: Client,
    facts: OnceLock<Arc<ClientFacts>>,
    inbox: Inbox,
    worlds: Worlds<Snapshot>,
    answers: Answers<Snapshot>,
    waiting: Waiting,
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
            waiting: Waiting::default(),
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
        let (client, watched) = (self.client.clone(), worlds.clone());
        tokio::spawn(watching::keep(client, Arc::clone(&facts), watched));
        tokio::spawn(diagnostics::keep_told(self.client.clone(), facts, worlds));
    }

    async fn shutdown(&self) -> Result<()> {
        self.waiting.end();
        Ok(())
    }

    async fn workspace_diagnostic(
        &self,
        p: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        let (facts, worlds) = (self.facts()?, self.worlds.clone());
        let waiting = &self.waiting;
        waiting
            .answer(&self.client, &self.answers, worlds, facts, p)
            .await
    }

    async fn diagnostic(&self, p: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        self.answer(p, requests::diagnostic::answer).await
    }

    async fn hover(&self, p: HoverParams) -> Result<Option<Hover>> {
        self.answer(p, requests::hover::answer).await
    }

    async fn goto_definition(&self, p: DefinitionParams) -> Result<Option<DefinitionResponse>> {
        self.answer(p, requests::definition::answer).await
    }

    async fn goto_implementation(
        &self,
        p: ImplementationParams,
    ) -> Result<Option<ImplementationResponse>> {
        self.answer(p, requests::implementation::answer).await
    }

    async fn references(&self, p: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.answer(p, requests::references::answer).await
    }

    async fn prepare_call_hierarchy(
        &self,
        p: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.answer(p, requests::prepare_call_hierarchy::answer)
            .await
    }

    async fn outgoing_calls(
        &self,
        p: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.answer(p, requests::outgoing_calls::answer).await
    }

    async fn incoming_calls(
        &self,
        p: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.answer(p, requests::incoming_calls::answer).await
    }

    async fn prepare_rename(
        &self,
        p: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResult>> {
        self.answer(p, requests::prepare_rename::answer).await
    }

    async fn rename(&self, p: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.answer(p, requests::rename::answer).await
    }

    async fn will_rename_files(&self, p: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.answer(p, requests::will_rename_files::answer).await
    }

    async fn document_highlight(
        &self,
        p: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.answer(p, requests::document_highlight::answer).await
    }

    async fn document_symbol(
        &self,
        p: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(p, requests::document_symbol::answer).await
    }

    async fn symbol(&self, p: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.answer(p, requests::workspace_symbol::answer).await
    }

    async fn completion(&self, p: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.answer(p, requests::completion::answer).await
    }

    async fn code_action(&self, p: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>> {
        self.answer(p, requests::code_action::answer).await
    }

    async fn code_action_resolve(&self, p: CodeAction) -> Result<CodeAction> {
        self.answer(p, requests::code_action_resolve::answer).await
    }

    async fn code_lens(&self, p: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.answer(p, requests::code_lens::answer).await
    }

    async fn execute_command(&self, p: ExecuteCommandParams) -> Result<Option<LspAny>> {
        let doing = self.answer(p, requests::execute_command::answer).await?;
        if let requests::execute_command::Doing::Take(answer) = doing {
            return Ok(Some(answer));
        }
        tokio::spawn(doing::ask_for(self.client.clone(), doing));
        Ok(None)
    }

    async fn text_document_content(
        &self,
        p: TextDocumentContentParams,
    ) -> Result<TextDocumentContentResult> {
        self.answer(p, requests::text_document_content::answer)
            .await
    }

    async fn selection_range(
        &self,
        p: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        self.answer(p, requests::selection_range::answer).await
    }

    async fn folding_range(&self, p: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(p, requests::folding_range::answer).await
    }

    async fn document_link(&self, p: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.answer(p, requests::document_link::answer).await
    }

    async fn semantic_tokens_full(
        &self,
        p: SemanticTokensParams,
    ) -> Result<Option<SemanticTokens>> {
        self.answer(p, requests::semantic_tokens::full).await
    }

    async fn semantic_tokens_range(
        &self,
        p: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokens>> {
        self.answer(p, requests::semantic_tokens::range).await
    }

    async fn inlay_hint(&self, p: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.answer(p, requests::inlay_hint::answer).await
    }
}
