//! Long work that a client can watch and stop: progress under the token that came with the request, else, from half a second
//! on, under one of ours. A client that can show none is shown none.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, oneshot};
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{ProgressToken, WorkDoneProgressCancelParams};
use tower_lsp::jsonrpc::{Error, Result};

use super::client::ClientFacts;
use super::opening::NOTICEABLE;

/// The client's notification that stops work; the framework does not know it.
pub(super) const CANCEL: &str = "window/workDoneProgress/cancel";

/// What stops the work of a token.
type Stop = (ProgressToken, Arc<Notify>);

/// Work under way, by the tokens that clients know it by.
#[derive(Debug, Clone, Default)]
pub(super) struct Working {
    under_way: Arc<Mutex<Vec<Stop>>>,
    given: Arc<AtomicU32>,
}

/// Work of which a client knows; forgotten when it ends.
struct Known {
    working: Working,
    stop: Arc<Notify>,
}

impl Working {
    /// Stops the work of a token. One that nobody works under any more is none.
    pub(super) fn stop(&self, params: &WorkDoneProgressCancelParams) {
        let all = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for (_, stop) in all.iter().filter(|(token, _)| *token == params.token) {
            stop.notify_one();
        }
    }

    fn enter(&self, token: ProgressToken) -> Known {
        let stop = Arc::new(Notify::new());
        let mut all = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.push((token, Arc::clone(&stop)));
        Known {
            working: self.clone(),
            stop,
        }
    }

    /// Does some work to its end, unless its token is stopped.
    async fn until<R>(
        &self,
        token: ProgressToken,
        work: impl Future<Output = Result<R>>,
    ) -> Result<R> {
        let known = self.enter(token);
        tokio::select! {
            outcome = work => outcome,
            () = known.stop.notified() => Err(Error::request_cancelled()),
        }
    }

    /// Does some work and shows it as `title`. `token`: the one that came with the request.
    ///
    /// # Errors
    ///
    /// Those of the work, and that somebody stopped it.
    pub(super) async fn shown<R>(
        &self,
        client: &Client,
        facts: &ClientFacts,
        (title, token): (&'static str, Option<ProgressToken>),
        work: impl Future<Output = Result<R>>,
    ) -> Result<R> {
        let is_ours = token.is_none();
        if is_ours && !facts.shows_progress {
            return work.await;
        }
        let token = token.unwrap_or_else(|| {
            let number = self.given.fetch_add(1, Ordering::Relaxed);
            ProgressToken::String(format!("spec-analyzer/work/{number}"))
        });
        // Dropped with the work, however that ends: then the client is told.
        let (_under_way, ended) = oneshot::channel();
        tokio::spawn(tell(client.clone(), token.clone(), is_ours, title, ended));
        self.until(token, work).await
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        let mut all = self
            .working
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.retain(|(_, stop)| !Arc::ptr_eq(stop, &self.stop));
    }
}

/// Tells a client of work until it has ended.
async fn tell(
    client: Client,
    token: ProgressToken,
    is_ours: bool,
    title: &'static str,
    mut ended: oneshot::Receiver<()>,
) {
    if is_ours {
        if tokio::time::timeout(NOTICEABLE, &mut ended).await.is_ok() {
            return;
        }
        let created = client.create_work_done_progress(token.clone()).await;
        if created.is_err() {
            return;
        }
    }
    let progress = client
        .progress(token, title)
        .with_cancel_button()
        .begin()
        .await;
    let _ = ended.await;
    progress.finish().await;
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use tower_lsp::gen_lsp_types::{ProgressToken, WorkDoneProgressCancelParams};
    use tower_lsp::jsonrpc::{Error, Result};

    use super::Working;

    fn token(name: &str) -> ProgressToken {
        ProgressToken::String(name.to_owned())
    }

    #[tokio::test]
    async fn work_is_stopped_by_its_own_token_and_forgotten() {
        let working = Working::default();
        let one = working.until(token("one"), pending::<Result<()>>());
        let stop = async {
            for name in ["other", "one"] {
                let token = token(name);
                working.stop(&WorkDoneProgressCancelParams { token });
            }
        };
        let (outcome, ()) = tokio::join!(one, stop);
        assert_eq!(outcome, Err(Error::request_cancelled()));
        assert!(working.under_way.lock().unwrap().is_empty());
        let done = working.until(token("one"), ready(Ok(1))).await;
        assert_eq!(done, Ok(1));
        assert!(working.under_way.lock().unwrap().is_empty());
    }
}
