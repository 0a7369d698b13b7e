//! Standard input, made harmless. The framework stops reading for good at the first message it cannot decode, and waits
//! for requests in flight even when the editor is gone. So messages it would choke on are mended or left out here, and
//! the end of the input is told.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::Deserialize;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::oneshot;

const CHUNK: usize = 16 * 1024;
const HEADER_END: &[u8] = b"\r\n\r\n";

/// Passes on whole, decodable messages and tells when there are no more.
#[derive(Debug)]
pub struct Input<R> {
    inner: R,
    tell: Option<oneshot::Sender<()>>,
    /// Read, but not a whole message yet.
    raw: Vec<u8>,
    /// Whole messages on their way out, up to `passed` already out.
    whole: Vec<u8>,
    passed: usize,
}

impl<R> Input<R> {
    /// Wraps `inner`; the receiver hears of its end.
    pub fn new(inner: R) -> (Self, oneshot::Receiver<()>) {
        let (tell, ended) = oneshot::channel();
        let input = Self {
            inner,
            tell: Some(tell),
            raw: Vec::new(),
            whole: Vec::new(),
            passed: 0,
        };
        (input, ended)
    }

    /// Moves whole messages from `raw` to `whole`.
    fn sort_out(&mut self) {
        let mut done = 0;
        while let Some(next) = next_message(&self.raw[done..]) {
            let (skipped, message) = (next.start, done + next.start..done + next.end);
            if skipped > 0 {
                tracing::error!("{skipped} bytes on standard input were no message");
            }
            done = message.end;
            let mut body = self.raw[message.start + next.header..message.end].to_vec();
            mend_surrogates(&mut body);
            match serde_json::from_slice::<Envelope>(&body) {
                Ok(_) => {
                    let header = format!("Content-Length: {}\r\n\r\n", body.len());
                    self.whole.extend_from_slice(header.as_bytes());
                    self.whole.append(&mut body);
                }
                Err(error) => tracing::error!("a message was left out: {error}"),
            }
        }
        self.raw.drain(..done);
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Input<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        loop {
            if self.passed < self.whole.len() {
                let rest = &self.whole[self.passed..];
                let passing = rest.len().min(buffer.remaining());
                buffer.put_slice(&rest[..passing]);
                self.passed += passing;
                return Poll::Ready(Ok(()));
            }
            self.whole.clear();
            self.passed = 0;
            let mut chunk = [0; CHUNK];
            let mut chunk = ReadBuf::new(&mut chunk);
            let read = ready!(Pin::new(&mut self.inner).poll_read(cx, &mut chunk));
            if read.is_err() || chunk.filled().is_empty() {
                if let Some(tell) = self.tell.take() {
                    // Nobody listens any more: then nobody needs to know.
                    let _ = tell.send(());
                }
                return Poll::Ready(read);
            }
            self.raw.extend_from_slice(chunk.filled());
            self.sort_out();
        }
    }
}

/// What every message has; anything else makes the framework give up.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "jsonrpc")]
    _version: Version,
    #[serde(rename = "id", default)]
    _id: Option<Id>,
    #[serde(rename = "method", default)]
    _method: String,
}

#[derive(Deserialize)]
enum Version {
    #[serde(rename = "2.0")]
    Two,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(#[expect(dead_code, reason = "only its type matters")] i64),
    String(#[expect(dead_code, reason = "only its type matters")] String),
}

struct Message {
    /// Bytes before it that belong to nothing.
    start: usize,
    /// Length of its header.
    header: usize,
    /// Where it ends.
    end: usize,
}

/// The first whole message in `bytes`.
fn next_message(bytes: &[u8]) -> Option<Message> {
    let mut start = 0;
    loop {
        let header = find(&bytes[start..], HEADER_END)? + HEADER_END.len();
        if let Some(length) = content_length(&bytes[start..start + header]) {
            let end = start.checked_add(header)?.checked_add(length)?;
            return (end <= bytes.len()).then_some(Message { start, header, end });
        }
        start += header;
    }
}

fn content_length(header: &[u8]) -> Option<usize> {
    let header = std::str::from_utf8(header).ok()?;
    header.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let wanted = name.trim().eq_ignore_ascii_case("Content-Length");
        wanted.then(|| value.trim().parse().ok())?
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Editors that count in UTF-16 can send half a character. It becomes U+FFFD, which counts as much as the half did.
fn mend_surrogates(json: &mut [u8]) {
    let mut at = 0;
    while at < json.len() {
        if json[at] != b'\\' {
            at += 1;
            continue;
        }
        match unit(json, at) {
            // The first half, and its other half.
            Some(0xd800..0xdc00) if matches!(unit(json, at + 6), Some(0xdc00..0xe000)) => at += 12,
            Some(0xd800..0xe000) => {
                json[at + 2..at + 6].copy_from_slice(b"fffd");
                at += 6;
            }
            // Any other escape: what follows the backslash is not one itself.
            _ => at += 2,
        }
    }
}

/// The UTF-16 unit of a `\uXXXX` at `at`.
fn unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let plain = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| plain)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests;
