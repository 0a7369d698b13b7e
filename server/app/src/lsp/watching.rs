//! Asks the client to watch files: narrow globs, because a watcher on everything costs the editor seconds and half of
//! the host's watches.

use std::sync::Arc;

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, Registration, Unregistration,
};

use super::client::ClientFacts;
use super::host::Snapshot;
use super::server::Worlds;

const METHOD: &str = "workspace/didChangeWatchedFiles";
/// Name of the registration for what settings name.
const NAMED: &str = "workspace/didChangeWatchedFiles/settings";

/// Spec documents, what decides how they are read, and the head of the checkout. A commit leaves `HEAD` as it
/// is, but not its log.
const GLOBS: &[&str] = &[
    "**/specs/**/*",
    "**/.specify/**/*",
    "**/.kiro/**/*",
    "**/openspec/**/*",
    "**/spec.lock",
    "**/spec-analyzer.toml",
    "**/spec-analyzer.baseline",
    "**/spec-workspace.toml",
    "**/.git/HEAD",
    "**/.git/logs/HEAD",
];

/// Registers the watchers with a client that can, and, for as long as there is a writer, those for what settings name.
pub async fn keep(client: Client, facts: Arc<ClientFacts>, mut worlds: Worlds<Snapshot>) {
    if !facts.watches_files {
        return;
    }
    let fixed = GLOBS.iter().map(|glob| (*glob).to_owned());
    register(&client, METHOD, fixed.collect()).await;
    let mut named = Vec::new();
    while let Some(world) = worlds.next().await {
        let now = world.snapshot.decided().watched();
        if now == named {
            continue;
        }
        if !named.is_empty() {
            let old = Unregistration {
                id: NAMED.to_owned(),
                method: METHOD.to_owned(),
            };
            if let Err(error) = client.unregister_capability(vec![old]).await {
                tracing::warn!("the client still watches what settings named: {error}");
            }
        }
        if !now.is_empty() {
            register(&client, NAMED, now.clone()).await;
        }
        named = now;
    }
}

async fn register(client: &Client, id: &str, globs: Vec<String>) {
    let watchers = globs.into_iter().map(|glob| FileSystemWatcher {
        glob_pattern: glob.into(),
        kind: None,
    });
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: watchers.collect(),
    };
    let registration = Registration {
        id: id.to_owned(),
        method: METHOD.to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    if let Err(error) = client.register_capability(vec![registration]).await {
        tracing::warn!("the client does not watch files: {error}");
    }
}
