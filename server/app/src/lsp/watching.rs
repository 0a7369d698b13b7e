//! Asks the client to watch files: narrow globs, because a watcher on everything costs the editor seconds and half of
//! the host's watches.

use std::sync::Arc;

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, Registration,
};

use super::client::ClientFacts;

const METHOD: &str = "workspace/didChangeWatchedFiles";

/// Spec documents, what decides how they are read, and the head of the checkout. A commit leaves `HEAD` as it
/// is, but not its log.
const GLOBS: &[&str] = &[
    "**/specs/**/*",
    "**/.specify/**/*",
    "**/.kiro/**/*",
    "**/openspec/**/*",
    "**/spec.lock",
    "**/spec-analyzer.toml",
    "**/spec-workspace.toml",
    "**/.git/HEAD",
    "**/.git/logs/HEAD",
];

/// Registers the watchers with a client that can.
pub async fn register(client: Client, facts: Arc<ClientFacts>) {
    if !facts.watches_files {
        return;
    }
    let watchers = GLOBS.iter().map(|glob| FileSystemWatcher {
        glob_pattern: (*glob).to_owned().into(),
        kind: None,
    });
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: watchers.collect(),
    };
    let registration = Registration {
        id: METHOD.to_owned(),
        method: METHOD.to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    if let Err(error) = client.register_capability(vec![registration]).await {
        tracing::warn!("the client does not watch files: {error}");
    }
}
