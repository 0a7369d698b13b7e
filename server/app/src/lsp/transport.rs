//! The wire, made orderly. The framework runs handlers side by side, so on its own it applies state changes out of
//! order, lets slow requests delay them, and stops reading answers when its queue is full. Here every state
//! notification leaves the read loop at once, in wire order, for the one writer; a request only carries away a
//! [stamp](stamp): how many changes were sent before it. It is answered from a state that has seen them all.
//!
//! This file knows method names, never what the messages mean.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};

use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use tower::Service;
use tower_lsp::jsonrpc::{Error, Request, Response};

use super::courtesy::Courtesy;
use super::dialect;
use super::event::Event;

tokio::task_local! {
    static STAMP: u64;
}

/// How many state changes the client had sent before the request that is being answered.
#[must_use]
pub fn stamp() -> u64 {
    STAMP.try_with(|stamp| *stamp).unwrap_or_default()
}

/// The way in to the single writer. Never blocks and never drops.
#[derive(Debug, Clone)]
pub struct Inbox(Arc<Mutex<Numbered>>, Courtesy);

#[derive(Debug)]
struct Numbered {
    sent: u64,
    queue: Sender<Event>,
}

impl Inbox {
    /// An empty inbox and the end the writer reads.
    #[must_use]
    pub fn new() -> (Self, Receiver<Event>) {
        let (queue, events) = channel();
        let numbered = Numbered { sent: 0, queue };
        let inbox = Self(Arc::new(Mutex::new(numbered)), Courtesy::default());
        (inbox, events)
    }

    /// Hands an event to the writer. The lock makes number and place in the queue one.
    pub fn send(&self, event: Event) {
        let mut numbered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        numbered.sent += 1;
        if numbered.queue.send(event).is_err() {
            tracing::error!("a change was lost: the writer has stopped");
        }
    }

    /// A way in for work that the writer itself started; it does not keep the writer running.
    #[must_use]
    pub fn bell(&self) -> Bell {
        Bell(Arc::downgrade(&self.0), self.1.clone())
    }

    /// What slow work listens to.
    #[must_use]
    pub fn courtesy(&self) -> &Courtesy {
        &self.1
    }

    /// Events sent so far.
    #[must_use]
    pub fn sent(&self) -> u64 {
        let numbered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        numbered.sent
    }
}

/// Tells the writer that slow work has ended.
#[derive(Debug, Clone)]
pub struct Bell(Weak<Mutex<Numbered>>, Courtesy);

impl Bell {
    /// Tells it, if it still runs.
    pub fn ring(&self) {
        if let Some(numbered) = self.0.upgrade() {
            Inbox(numbered, self.1.clone()).send(Event::WorkDone);
        }
    }
}

/// Whether the client said goodbye in the way the protocol asks for; decides the exit code.
#[derive(Debug, Clone, Default)]
pub struct Goodbye(Arc<AtomicBool>);

impl Goodbye {
    /// Whether `shutdown` was asked for.
    #[must_use]
    pub fn was_said(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The middleware around the framework's service. `call` runs on the read loop, in wire order.
#[derive(Debug)]
pub struct Ordered<S> {
    inner: S,
    inbox: Inbox,
    goodbye: Goodbye,
}

impl<S> Ordered<S> {
    /// Puts `inner` behind `inbox`.
    pub fn new(inner: S, inbox: Inbox) -> Self {
        let goodbye = Goodbye::default();
        Self {
            inner,
            inbox,
            goodbye,
        }
    }

    /// Tells later whether the client asked for `shutdown`.
    pub fn goodbye(&self) -> Goodbye {
        self.goodbye.clone()
    }
}

impl<S> Service<Request> for Ordered<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.inbox.courtesy().hear();
        if request.id().is_none() && Event::is_for(request.method()) {
            match Event::read(request) {
                Ok(event) => self.inbox.send(event),
                Err(error) => {
                    tracing::error!("a change was lost: {error}");
                    if let Some(document) = error.lost() {
                        self.inbox.send(Event::Lost(document));
                    }
                }
            }
            return ready(Ok(None)).boxed();
        }
        // The framework swallows what begins so; a request must be answered, and of these there are none.
        if let Some(id) = request.id().filter(|_| request.method().starts_with("$/")) {
            let refusal = Response::from_error(id.clone(), Error::method_not_found());
            return ready(Ok(Some(refusal))).boxed();
        }
        if request.method() == "shutdown" {
            self.goodbye.0.store(true, Ordering::Relaxed);
        }
        // The inner call only registers the request; its handler runs inside the scope.
        STAMP
            .scope(self.inbox.sent(), self.inner.call(dialect::mend(request)))
            .boxed()
    }
}
