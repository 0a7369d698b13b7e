//! How a request is answered: wait for the world it was asked of, work at its own [pace](Pace), stop when nobody waits any
//! more, and survive a defect.

use std::num::NonZero;
use std::sync::Arc;

use text::{CancelToken, Cancelled};
use tokio::sync::Semaphore;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::client::ClientFacts;
use super::engine::{Extent, Snapshot};
use super::pace::Pace;
use super::server::{World, Worlds};
use super::transport;

/// What a handler works with.
#[derive(Debug)]
pub struct Query<S> {
    /// The state it is asked of.
    pub world: Arc<World<S>>,
    /// What the client can do.
    pub client: Arc<ClientFacts>,
    /// Told when nobody waits any more. Long work polls it.
    pub cancel: CancelToken,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody waits any more.
    Cancelled,
    /// The user asked for something that cannot be done; the sentence says why.
    Failed(String),
    /// It may be in what is not read yet: it is asked again once that is.
    Early,
}

impl From<Cancelled> for Refusal {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// LSP `RequestFailed`: well-formed and understood, but not possible.
const REQUEST_FAILED: i64 = -32803;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            // Nobody asks a whole world too early.
            Refusal::Cancelled | Refusal::Early => Self::request_cancelled(),
            Refusal::Failed(why) => Self {
                code: ErrorCode::ServerError(REQUEST_FAILED),
                message: why.into(),
                data: None,
            },
        }
    }
}

/// Runs handlers.
#[derive(Debug, Clone)]
pub struct Answers<S> {
    worlds: Worlds<S>,
    workers: Arc<Semaphore>,
}

impl<S: Snapshot> Answers<S> {
    /// Answers from `worlds`, on as many workers as there are cores, but at least two: one slow request must not make
    /// the next one wait.
    #[must_use]
    pub fn new(worlds: Worlds<S>) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
        Self {
            worlds,
            workers: Arc::new(Semaphore::new(cores.max(2))),
        }
    }

    /// Answers one request from a world of this extent at least. Dropping the future (`$/cancelRequest`) cancels the handler's token.
    pub async fn answer<P, R>(
        &self,
        pace: &'static Pace,
        extent: Extent,
        client: Arc<ClientFacts>,
        params: P,
        handler: impl FnOnce(&Query<S>, &P) -> std::result::Result<R, Refusal> + Send + 'static,
    ) -> Result<R>
    where
        P: Send + Sync + 'static,
        R: Send + 'static,
    {
        let world = self.worlds.at(transport::stamp(), extent).await;
        self.work(pace, world, client, Arc::new(params), handler)
            .await?
            .map_err(Error::from)
    }

    /// Answers one request from what is known early; where the handler refuses with [`Refusal::Early`], once more is.
    pub async fn answer_early<P, R>(
        &self,
        pace: &'static Pace,
        client: Arc<ClientFacts>,
        params: P,
        handler: impl Fn(&Query<S>, &P) -> std::result::Result<R, Refusal> + Clone + Send + 'static,
    ) -> Result<R>
    where
        P: Send + Sync + 'static,
        R: Send + 'static,
    {
        let (stamp, params) = (transport::stamp(), Arc::new(params));
        let mut known = None;
        for extent in [Extent::Around, Extent::Documents, Extent::Whole] {
            if known >= Some(extent) {
                continue;
            }
            let world = self.worlds.at(stamp, extent).await;
            known = world.as_ref().map(|world| world.snapshot.extent());
            let (client, params) = (Arc::clone(&client), Arc::clone(&params));
            let answer = self.work(pace, world, client, params, handler.clone());
            match answer.await? {
                Err(Refusal::Early) => {}
                outcome => return outcome.map_err(Error::from),
            }
        }
        Err(Refusal::Early.into())
    }

    /// Runs a handler, beside the read loop or on it.
    async fn work<P, R>(
        &self,
        pace: &'static Pace,
        world: Option<Arc<World<S>>>,
        client: Arc<ClientFacts>,
        params: Arc<P>,
        handler: impl FnOnce(&Query<S>, &P) -> std::result::Result<R, Refusal> + Send + 'static,
    ) -> Result<std::result::Result<R, Refusal>>
    where
        P: Send + Sync + 'static,
        R: Send + 'static,
    {
        let world = world.ok_or_else(|| broken("the server's state is lost"))?;
        let guard = CancelOnDrop(CancelToken::new());
        let query = Query {
            world,
            client,
            cancel: guard.0.clone(),
        };
        let worker = if pace.is_short() {
            None
        } else {
            Some(Arc::clone(&self.workers).acquire_owned().await)
        };
        let work = pace.work(move || {
            // Held until the work really ends, not until its request is cancelled.
            let _worker = worker;
            handler(&query, &params)
        });
        work.await.ok_or_else(|| {
            tracing::error!("a request failed");
            broken("the server's log says more")
        })
    }
}

fn broken(hint: &str) -> Error {
    Error {
        code: ErrorCode::InternalError,
        message: format!("internal error in spec-analyzer; {hint}").into(),
        data: None,
    }
}

struct CancelOnDrop(CancelToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
