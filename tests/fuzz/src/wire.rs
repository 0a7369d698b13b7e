//! The protocol's lower half: bytes on standard input, in chunks of any size, become whole messages.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use spec_analyzer::lsp::stdio::Input;
use tokio::io::{AsyncRead, ReadBuf};

/// A message that every server takes.
const GOOD: &str = r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#;

/// Gives bytes away in chunks of these lengths.
struct Chunks<'a> {
    bytes: &'a [u8],
    lengths: &'a [u8],
    next: usize,
}

impl AsyncRead for Chunks<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let length = match self.lengths.get(self.next % self.lengths.len().max(1)) {
            Some(length) => usize::from(*length) + 1,
            None => self.bytes.len(),
        };
        self.next += 1;
        let (now, later) = self
            .bytes
            .split_at(length.min(self.bytes.len()).min(buffer.remaining()));
        buffer.put_slice(now);
        self.bytes = later;
        Poll::Ready(Ok(()))
    }
}

/// What comes out when the bytes go in.
fn passed(bytes: &[u8], lengths: &[u8]) -> Vec<u8> {
    let (mut input, mut ended) = Input::new(Chunks {
        bytes,
        lengths,
        next: 0,
    });
    let mut context = Context::from_waker(Waker::noop());
    let mut out = Vec::new();
    loop {
        let mut room = [0; 777];
        let mut buffer = ReadBuf::new(&mut room);
        match Pin::new(&mut input).poll_read(&mut context, &mut buffer) {
            Poll::Ready(Ok(())) if buffer.filled().is_empty() => break,
            Poll::Ready(Ok(())) => out.extend_from_slice(buffer.filled()),
            other => panic!("reading gave {other:?}"),
        }
    }
    assert!(ended.try_recv().is_ok(), "the end was not told");
    out
}

/// The bodies of messages that are all whole.
fn bodies(mut out: &[u8]) -> Vec<String> {
    let mut bodies = Vec::new();
    while !out.is_empty() {
        let Some(rest) = out.strip_prefix(b"Content-Length: ") else {
            panic!("no header: {:?}", String::from_utf8_lossy(out));
        };
        let end = rest.iter().position(|byte| *byte == b'\r').unwrap_or(0);
        let length: Option<usize> = std::str::from_utf8(&rest[..end])
            .ok()
            .and_then(|digits| digits.parse().ok());
        let Some((body, rest)) = length.and_then(|length| {
            let rest = rest[end..].strip_prefix(b"\r\n\r\n")?;
            rest.split_at_checked(length)
        }) else {
            panic!("no whole message: {:?}", String::from_utf8_lossy(out));
        };
        let Ok(body) = std::str::from_utf8(body) else {
            panic!("a message that is no text: {body:?}");
        };
        let message: serde_json::Value = match serde_json::from_str(body) {
            Ok(message) => message,
            Err(error) => panic!("{error}: {body}"),
        };
        assert_eq!(message["jsonrpc"], "2.0", "{body}");
        bodies.push(body.to_owned());
        out = rest;
    }
    bodies
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

/// The first part says how the stream is cut; the others are a stream as it is, or bodies of messages.
pub fn wire(data: &[u8]) {
    let mut parts = data.split(|byte| *byte == 0xff);
    let lengths = parts.next().unwrap_or_default();
    let stream: Vec<u8> = parts.clone().collect::<Vec<_>>().join(&b"\r\n\r\n"[..]);
    let out = passed(&stream, &[]);
    assert_eq!(passed(&stream, lengths), out, "chunks of {lengths:?}");
    bodies(&out);
    assert_eq!(passed(&out, lengths), out, "what was passed on once");

    // Whatever a message says, the one behind it is heard. A line break in JSON is escaped: a body with a header in it is
    // taken for a message that was cut off, and what the inner header says is believed.
    let is_cut = |part: &&[u8]| {
        let mut windows = part.windows(b"content-length".len());
        windows.any(|name| name.eq_ignore_ascii_case(b"content-length"))
    };
    let mut stream = Vec::new();
    let mut count = 0;
    for part in parts.filter(|part| !is_cut(part)) {
        stream.extend(framed(part));
        stream.extend(framed(GOOD.as_bytes()));
        count += 1;
    }
    let heard = bodies(&passed(&stream, lengths));
    let good = heard.iter().filter(|body| *body == GOOD).count();
    assert!(good >= count, "{heard:?}");
    assert!(heard.last().is_none_or(|body| body == GOOD), "{heard:?}");
}
