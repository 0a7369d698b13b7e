//! Progress of the first reading, where it takes long enough to notice.

use std::sync::Arc;
use std::time::Duration;

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::ProgressToken;

use super::client::ClientFacts;
use super::engine::{Extent, Snapshot};
use super::server::Worlds;

/// Whoever is faster says nothing.
pub const NOTICEABLE: Duration = Duration::from_millis(500);

/// Shows progress until the first whole world is ready, to a client that can show it.
pub async fn show_progress<S: Snapshot>(
    client: Client,
    facts: Arc<ClientFacts>,
    worlds: Worlds<S>,
) {
    let ready = tokio::time::timeout(NOTICEABLE, worlds.at(0, Extent::Whole)).await;
    if ready.is_ok() || !facts.shows_progress {
        return;
    }
    let token = ProgressToken::String("spec-analyzer/opening".to_owned());
    if client
        .create_work_done_progress(token.clone())
        .await
        .is_err()
    {
        return;
    }
    let progress = client.progress(token, "Reading specs").begin().await;
    worlds.at(0, Extent::Whole).await;
    progress.finish().await;
}
