//! Standard input that tells when it ends. The framework waits for requests in flight even then; a server whose editor
//! is gone must not.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::oneshot;

/// Passes bytes on and tells when there are no more.
#[derive(Debug)]
pub struct Input<R> {
    inner: R,
    tell: Option<oneshot::Sender<()>>,
}

impl<R> Input<R> {
    /// Wraps `inner`; the receiver hears of its end.
    pub fn new(inner: R) -> (Self, oneshot::Receiver<()>) {
        let (tell, ended) = oneshot::channel();
        let tell = Some(tell);
        (Self { inner, tell }, ended)
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Input<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(cx, buffer);
        let over = match &polled {
            Poll::Pending => false,
            Poll::Ready(Ok(())) => buffer.filled().len() == before && buffer.remaining() > 0,
            Poll::Ready(Err(_)) => true,
        };
        if over && let Some(tell) = self.tell.take() {
            // Nobody listens any more: then nobody needs to know.
            let _ = tell.send(());
        }
        polled
    }
}
