//! Standard input and output without a thread in between, where the system allows it. The framework's own way hands
//! every message to another thread and back; each hand-over costs as much as reading a small document.
//!
//! Pipes and sockets, which is what editors give us, are waited for by the runtime itself. Anything else (a terminal,
//! a file, another system) goes the framework's way.

use tokio::io::{AsyncRead, AsyncWrite};

/// Where messages come from.
pub type Source = Box<dyn AsyncRead + Send + Unpin>;
/// Where messages go.
pub type Sink = Box<dyn AsyncWrite + Send + Unpin>;

/// Standard input and output. Must be called inside the runtime.
#[must_use]
pub fn standard() -> (Source, Sink) {
    (
        direct::input().unwrap_or_else(|| Box::new(tokio::io::stdin())),
        direct::output().unwrap_or_else(|| Box::new(tokio::io::stdout())),
    )
}

#[cfg(unix)]
mod direct {
    use std::fs::File;
    use std::os::fd::{AsFd, OwnedFd};
    use std::os::unix::fs::FileTypeExt;
    use std::os::unix::net::UnixStream as Socket;

    use tokio::net::UnixStream;
    use tokio::net::unix::pipe::{Receiver, Sender};

    use super::{Sink, Source};

    enum Kind {
        Pipe(File),
        Socket(Socket),
    }

    pub(super) fn input() -> Option<Source> {
        Some(
            match kind(std::io::stdin().as_fd().try_clone_to_owned().ok()?)? {
                Kind::Pipe(pipe) => Box::new(Receiver::from_file(pipe).ok()?),
                Kind::Socket(socket) => Box::new(UnixStream::from_std(socket).ok()?),
            },
        )
    }

    pub(super) fn output() -> Option<Sink> {
        Some(
            match kind(std::io::stdout().as_fd().try_clone_to_owned().ok()?)? {
                Kind::Pipe(pipe) => Box::new(Sender::from_file(pipe).ok()?),
                Kind::Socket(socket) => Box::new(UnixStream::from_std(socket).ok()?),
            },
        )
    }

    fn kind(descriptor: OwnedFd) -> Option<Kind> {
        let file = File::from(descriptor);
        let kind = file.metadata().ok()?.file_type();
        if kind.is_fifo() {
            return Some(Kind::Pipe(file));
        }
        if !kind.is_socket() {
            return None;
        }
        let socket = Socket::from(OwnedFd::from(file));
        // A socket of another family has no such address.
        socket.local_addr().ok()?;
        socket.set_nonblocking(true).ok()?;
        Some(Kind::Socket(socket))
    }
}

#[cfg(not(unix))]
mod direct {
    use super::{Sink, Source};

    pub(super) fn input() -> Option<Source> {
        None
    }

    pub(super) fn output() -> Option<Sink> {
        None
    }
}
