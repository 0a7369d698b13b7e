//! Findings on their way to the client: pulled where the client asks for them, else pushed, never both. Only documents
//! whose set changed are spoken of.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, Location, Message, Uri,
};

use super::client::ClientFacts;
use super::counts::Shown;
use super::engine::{Extent, Finding, Snapshot};
use super::open::LostDocuments;
use super::pace::Pace;
use super::server::{FIRST_READING, World, Worlds};
use super::to_proto;

/// The name shown beside each diagnostic.
const SOURCE: &str = "spec-analyzer";

/// All diagnostics of one file and a name for exactly this set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Set {
    /// As the client wants them.
    pub diagnostics: Vec<Diagnostic>,
    /// Equal for equal sets.
    pub id: String,
}

/// The diagnostics of one file.
pub fn of_file<S: Snapshot>(world: &World<S>, client: &ClientFacts, path: &Path) -> Set {
    let findings = world.findings(path, client.locale);
    let diagnostics: Vec<Diagnostic> = findings
        .into_iter()
        .filter_map(|finding| diagnostic(world, client, path, finding))
        .collect();
    let id = name(&diagnostics);
    Set { diagnostics, id }
}

fn diagnostic<S: Snapshot>(
    world: &World<S>,
    client: &ClientFacts,
    path: &Path,
    finding: Finding,
) -> Option<Diagnostic> {
    let lines = world.lines(path)?;
    let related = client.related_information.then(|| {
        let places = finding.related.iter().filter_map(|related| {
            let lines = world.lines(&related.path)?;
            let location = Location {
                uri: world.uri(&related.path),
                range: to_proto::range(lines, related.range, client.encoding),
            };
            Some(DiagnosticRelatedInformation {
                location,
                message: related.message.clone(),
            })
        });
        places.collect()
    });
    Some(Diagnostic {
        range: to_proto::range(lines, finding.range, client.encoding),
        severity: Some(to_proto::severity(finding.severity)),
        code: Some(Code::String(finding.code)),
        code_description: finding.docs.map(|page| CodeDescription { href: Uri(page) }),
        source: Some(SOURCE.to_owned()),
        message: Message::String(finding.message),
        tags: None,
        related_information: related,
        data: Some(serde_json::json!({ "fingerprint": finding.fingerprint })),
    })
}

fn name(diagnostics: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(diagnostics)
        .unwrap_or_default()
        .hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What the client was last told about a file.
#[derive(Debug, Clone)]
struct Told {
    uri: Uri,
    id: String,
    empty: bool,
    open: bool,
}

impl Told {
    /// Whether a client that was told this knows what is `now`. What was told of a closed document is told again when it is
    /// opened: Eglot keeps the findings of buffers only.
    fn covers(&self, now: &Told) -> bool {
        self.uri == now.uri && self.id == now.id && (self.open || !now.open)
    }
}

/// A message to send: the whole set of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// In the client's spelling.
    pub uri: Uri,
    /// Of the open document the ranges speak of.
    pub version: Option<i32>,
    /// All of them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Remembers what the client knows and finds what it does not.
#[derive(Debug)]
pub struct Differences<S> {
    told: HashMap<PathBuf, Told>,
    /// What was said last; none if some of it was kept back.
    last: Option<(Arc<S>, LostDocuments)>,
}

impl<S> Default for Differences<S> {
    fn default() -> Self {
        Self {
            told: HashMap::new(),
            last: None,
        }
    }
}

impl<S: Snapshot> Differences<S> {
    /// What must be sent so that the client knows `world`.
    pub fn to(&mut self, world: &World<S>, client: &ClientFacts) -> Vec<Publication> {
        let mut paths = world.snapshot.diagnosed();
        paths.extend(self.told.keys().cloned());
        paths.sort_unstable();
        paths.dedup();
        let mut publications = Vec::new();
        let now = (Arc::clone(&world.snapshot), Arc::clone(&world.lost));
        let whole = world.settled.is_none();
        let last = std::mem::replace(&mut self.last, whole.then_some(now));
        for path in paths {
            let uri = world.uri(&path);
            let open = world.version(&path).is_some();
            let as_before = |(last, lost): &(Arc<S>, LostDocuments)| {
                lost.contains(&path) == world.lost.contains(&path)
                    && world.snapshot.says_the_same(last, &path)
            };
            if last.as_ref().is_some_and(as_before)
                && self
                    .told
                    .get(&path)
                    .is_none_or(|told| told.uri == uri && told.open == open)
            {
                continue;
            }
            let set = of_file(world, client, &path);
            let now = Told {
                uri: uri.clone(),
                empty: set.diagnostics.is_empty(),
                id: set.id,
                open,
            };
            let before = self.told.get(&path);
            if before.is_some_and(|before| before.covers(&now)) {
                self.told.insert(path, now);
                continue;
            }
            // Opened or closed under another spelling: the old name must not keep its diagnostics.
            if let Some(before) = before
                && before.uri != uri
                && !before.empty
            {
                publications.push(Publication {
                    uri: before.uri.clone(),
                    version: None,
                    diagnostics: Vec::new(),
                });
            }
            let silent = before.is_none_or(|before| before.empty || before.uri != uri);
            if !(now.empty && silent) {
                publications.push(Publication {
                    uri,
                    version: world.version(&path),
                    diagnostics: set.diagnostics,
                });
            }
            if now.empty {
                self.told.remove(&path);
            } else {
                self.told.insert(path, now);
            }
        }
        publications
    }
}

/// What a client that pulls holds. It asks by itself for the documents that it opened or edited, but not for another one
/// that such an edit changed the findings of: neither Neovim nor, for the document in front, VS Code does.
#[derive(Debug, Default)]
struct Held {
    versions: HashMap<Uri, i32>,
}

impl Held {
    /// Whether the client must be told to pull again; `unasked` when something other than its edits made this world.
    fn is_stale<S>(&mut self, world: &World<S>, changed: &[Publication], unasked: bool) -> bool {
        let now: HashMap<Uri, i32> = world
            .open
            .values()
            .map(|document| (document.uri.clone(), document.version))
            .collect();
        let before = std::mem::replace(&mut self.versions, now);
        changed.iter().any(|told| {
            let version = self.versions.get(&told.uri);
            // The client may show findings of documents that are not open; about those it asks only now and then.
            unasked || version.is_some() && before.get(&told.uri) == version
        })
    }
}

/// Tells the client about every world, for as long as there is a writer: pushes sets, or, to a client that pulls, says
/// when to pull again.
pub async fn keep_told<S: Snapshot>(
    client: Client,
    facts: Arc<ClientFacts>,
    mut worlds: Worlds<S>,
) {
    let mut differences = Differences::default();
    let mut held = Held::default();
    let mut shown = Shown::default();
    let counted = facts.refreshes_lenses || facts.refreshes_hints;
    let mut outside = FIRST_READING;
    let pace = Pace::short_later();
    while let Some(world) = worlds.next(Extent::Documents).await {
        let work = {
            let (facts, world) = (Arc::clone(&facts), Arc::clone(&world));
            pace.work(move || {
                let publications = differences.to(&world, &facts);
                let stale = counted && shown.is_stale(&world);
                (differences, shown, publications, stale)
            })
        };
        let (publications, recount);
        (differences, shown, publications, recount) = work.await.unwrap_or_else(|| {
            tracing::error!("diagnostics could not be computed");
            Default::default()
        });
        let unasked = std::mem::replace(&mut outside, world.outside) != world.outside;
        if unasked || recount {
            let (client, facts) = (client.clone(), Arc::clone(&facts));
            // The answers say nothing, and nothing waits for them.
            tokio::spawn(async move {
                if facts.refreshes_lenses {
                    let _ = client.code_lens_refresh().await;
                }
                if facts.refreshes_hints && !facts.shows_lenses {
                    let _ = client.inlay_hint_refresh().await;
                }
                // Which paths and ids there are is known better now.
                if facts.refreshes_tokens && unasked {
                    let _ = client.semantic_tokens_refresh().await;
                }
            });
        }
        if facts.pulls_diagnostics {
            if held.is_stale(&world, &publications, unasked) && facts.refreshes_diagnostics {
                let client = client.clone();
                tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
            }
            continue;
        }
        for told in publications {
            client
                .publish_diagnostics(told.uri, told.diagnostics, told.version)
                .await;
        }
    }
}

#[cfg(test)]
mod tests;
