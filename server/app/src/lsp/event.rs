//! Everything that can change the state, as one closed list.

use std::path::PathBuf;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use tower_lsp::gen_lsp_types::{
    CreateFilesParams, DeleteFilesParams, DidChangeConfigurationParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, LspAny, RenameFilesParams, Uri,
};
use tower_lsp::jsonrpc::Request;

use super::change::{self, Changes};
use super::client::ClientFacts;

/// Something that changes the state. The single writer handles events one after the other.
#[derive(Debug)]
pub enum Event {
    /// The client introduced itself and named its workspace folders.
    Started(Arc<ClientFacts>),
    /// A document is now held by the editor.
    Opened(DidOpenTextDocumentParams),
    /// The editor changed a document it holds.
    Changed(Changes),
    /// What the editor holds of a document is not known any more: what it said could not be read.
    Lost(Uri),
    /// The editor wrote a document to disk.
    Saved(DidSaveTextDocumentParams),
    /// A document belongs to the disk again.
    Closed(DidCloseTextDocumentParams),
    /// Somebody changed files on disk.
    WatchedFiles(DidChangeWatchedFilesParams),
    /// The user changed settings.
    Configuration(DidChangeConfigurationParams),
    /// Workspace folders came or went.
    Folders(DidChangeWorkspaceFoldersParams),
    /// The editor made files.
    FilesCreated(CreateFilesParams),
    /// The editor moved files.
    FilesRenamed(RenameFilesParams),
    /// The editor deleted files.
    FilesDeleted(DeleteFilesParams),
    /// Files on disk are known to have changed, from a source other than the client.
    DiskChanged(Vec<PathBuf>),
    /// Slow work beside the writer has ended; the engine has its answer.
    WorkDone,
}

/// Why a notification could not be understood.
#[derive(Debug)]
pub struct Unreadable {
    method: String,
    why: String,
    lost: Option<Uri>,
}

impl Unreadable {
    /// The document whose text is not known any more.
    #[must_use]
    pub fn lost(self) -> Option<Uri> {
        self.lost
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` could not be read: {}", self.method, self.why)
    }
}

impl std::error::Error for Unreadable {}

impl Event {
    /// Whether notifications of this method change the state.
    #[must_use]
    pub fn is_for(method: &str) -> bool {
        matches!(
            method,
            "textDocument/didOpen"
                | "textDocument/didChange"
                | "textDocument/didSave"
                | "textDocument/didClose"
                | "workspace/didChangeWatchedFiles"
                | "workspace/didChangeConfiguration"
                | "workspace/didChangeWorkspaceFolders"
                | "workspace/didCreateFiles"
                | "workspace/didRenameFiles"
                | "workspace/didDeleteFiles"
        )
    }

    /// Reads a notification for which [`Event::is_for`] holds.
    pub fn read(notification: Request) -> Result<Self, Unreadable> {
        let (method, _, params) = notification.into_parts();
        let params = params.unwrap_or_default();
        let tells_text = matches!(
            method.as_ref(),
            "textDocument/didOpen" | "textDocument/didChange"
        );
        let lost = tells_text.then(|| change::document(&params)).flatten();
        let event = match method.as_ref() {
            "textDocument/didOpen" => parse(params, Self::Opened),
            "textDocument/didChange" => parse(params, Self::Changed),
            "textDocument/didSave" => parse(params, Self::Saved),
            "textDocument/didClose" => parse(params, Self::Closed),
            "workspace/didChangeWatchedFiles" => parse(params, Self::WatchedFiles),
            "workspace/didChangeConfiguration" => parse(params, Self::Configuration),
            "workspace/didChangeWorkspaceFolders" => parse(params, Self::Folders),
            "workspace/didCreateFiles" => parse(params, Self::FilesCreated),
            "workspace/didRenameFiles" => parse(params, Self::FilesRenamed),
            "workspace/didDeleteFiles" => parse(params, Self::FilesDeleted),
            _ => Err("it changes no state".to_owned()),
        };
        event.map_err(|why| Unreadable {
            method: method.into_owned(),
            why,
            lost,
        })
    }
}

fn parse<P: DeserializeOwned>(params: LspAny, event: fn(P) -> Event) -> Result<Event, String> {
    serde_json::from_value(params)
        .map(event)
        .map_err(|error| error.to_string())
}
