//! Asks the client to watch files: narrow globs, because a watcher on everything costs the editor seconds and half of
//! the host's watches.

use std::sync::Arc;

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    BaseUri, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern,
    Registration, RelativePattern, Unregistration, Uri,
};

use super::client::ClientFacts;
use super::engine::Extent;
use super::host::Snapshot;
use super::server::{World, Worlds};

const METHOD: &str = "workspace/didChangeWatchedFiles";
/// Name of the registration for what settings name.
const NAMED: &str = "workspace/didChangeWatchedFiles/settings";
/// Name of the registration for repositories that no opened folder holds.
const MEMBERS: &str = "workspace/didChangeWatchedFiles/members";

/// Spec documents, what decides how they are read, manifests, and the head of the checkout. A commit leaves `HEAD` as it
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
    "**/{package.json,pyproject.toml,requirements*.txt,Cargo.toml,go.mod,pom.xml,*.csproj,Gemfile,composer.json}",
    "**/.git/HEAD",
    "**/.git/logs/HEAD",
];

/// Registers the watchers with a client that can, and, for as long as there is a writer, those for what settings and
/// workspace files name.
pub async fn keep(client: Client, facts: Arc<ClientFacts>, mut worlds: Worlds<Snapshot>) {
    if !facts.watches_files {
        return;
    }
    let fixed = GLOBS
        .iter()
        .map(|glob| GlobPattern::from((*glob).to_owned()));
    register(&client, METHOD, fixed.collect()).await;
    let (mut named, mut members) = (Vec::new(), Vec::new());
    while let Some(world) = worlds.next(Extent::Whole).await {
        let mut globs = world.snapshot.decided().watched();
        globs.extend(world.snapshot.bound());
        let outside = if facts.relative_patterns {
            outside(&world)
        } else {
            // A glob of a whole path would not be seen by most of these clients.
            Vec::new()
        };
        if (&outside, &globs) != (&members, &named) {
            let all = || {
                GLOBS
                    .iter()
                    .copied()
                    .chain(globs.iter().map(String::as_str))
            };
            let below = |base: &Uri| {
                let base = base.clone();
                all().map(move |glob| below(&base, glob))
            };
            let watched = outside.iter().flat_map(below).collect();
            replace(&client, MEMBERS, !members.is_empty(), watched).await;
            members = outside;
        }
        if globs != named {
            let watched = globs.iter().cloned().map(GlobPattern::from).collect();
            replace(&client, NAMED, !named.is_empty(), watched).await;
            named = globs;
        }
    }
}

/// Repositories of the workspace that no folder the client opened holds.
fn outside(world: &World<Snapshot>) -> Vec<Uri> {
    let roots = world.snapshot.roots().iter();
    let outside = roots.filter(|root| {
        let mut folders = world.folders.iter();
        root.is_dir() && !folders.any(|folder| root.starts_with(&folder.path))
    });
    outside.map(|root| world.uri(root)).collect()
}

fn below(base: &Uri, glob: &str) -> GlobPattern {
    let base = BaseUri::from(base.clone());
    GlobPattern::from(RelativePattern::new(base, glob.to_owned()))
}

/// Watches these in the place of what was watched under the name.
async fn replace(client: &Client, id: &str, was: bool, watched: Vec<GlobPattern>) {
    if was {
        let old = Unregistration {
            id: id.to_owned(),
            method: METHOD.to_owned(),
        };
        if let Err(error) = client.unregister_capability(vec![old]).await {
            tracing::warn!("the client still watches what is not asked for any more: {error}");
        }
    }
    if !watched.is_empty() {
        register(client, id, watched).await;
    }
}

async fn register(client: &Client, id: &str, globs: Vec<GlobPattern>) {
    let watchers = globs.into_iter().map(|glob| FileSystemWatcher {
        glob_pattern: glob,
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
