//! Clients that leave without a word: they end the input, stop reading the output, or their process ends while another one
//! still holds the pipes. Each is noticed here; the server then has nobody to serve.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::AsyncWrite;
use tokio::sync::{oneshot, watch};

/// How long requests in flight may still finish once the client has closed our input.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// How often the client's process is looked for.
const LOOK: Duration = Duration::from_secs(3);

/// Passes on what is written, and tells when it cannot be.
#[derive(Debug)]
pub struct Output<W> {
    inner: W,
    tell: Option<oneshot::Sender<()>>,
}

impl<W> Output<W> {
    /// Wraps `inner`; the receiver hears that nobody reads it.
    pub fn new(inner: W) -> (Self, oneshot::Receiver<()>) {
        let (tell, broken) = oneshot::channel();
        let tell = Some(tell);
        (Self { inner, tell }, broken)
    }

    fn noted<T>(&mut self, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if let Poll::Ready(Err(_)) = done
            && let Some(tell) = self.tell.take()
        {
            // Nobody listens any more: then nobody needs to know.
            let _ = tell.send(());
        }
        done
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Output<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.noted(done)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.inner).poll_flush(cx);
        self.noted(done)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

/// Returns some time after the input ended; never, if it is dropped before.
pub async fn input_ended(ended: oneshot::Receiver<()>) {
    told(ended).await;
    tokio::time::sleep(LAST_ANSWERS).await;
}

/// Returns when this is told; never, if it cannot be told any more.
pub async fn told(told: oneshot::Receiver<()>) {
    if told.await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The process that a client names as its own, if it can be seen: it may be one of another machine or container.
#[must_use]
pub fn seen(process: Option<i32>) -> Option<u32> {
    let process = u32::try_from(process?).ok()?;
    is_there(process).then_some(process)
}

/// Returns when the client's process has ended; never, if it is not known.
pub async fn process_ended(mut known: watch::Receiver<Option<u32>>) {
    let process = known
        .wait_for(Option::is_some)
        .await
        .ok()
        .and_then(|id| *id);
    let Some(process) = process else {
        return std::future::pending().await;
    };
    while is_there(process) {
        tokio::time::sleep(LOOK).await;
    }
}

/// Whether a process is there. The one that started us can be seen on every Unix, others where there is `/proc`.
fn is_there(process: u32) -> bool {
    is_parent(process)
        || std::path::Path::new("/proc")
            .join(process.to_string())
            .exists()
}

#[cfg(unix)]
fn is_parent(process: u32) -> bool {
    std::os::unix::process::parent_id() == process
}

#[cfg(not(unix))]
fn is_parent(_: u32) -> bool {
    false
}
