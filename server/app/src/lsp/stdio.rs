//! Standard input, made harmless. The framework stops reading for good at the first message it cannot decode, and waits
//! for requests in flight even when the editor is gone. So messages it would choke on are mended or left out here, and
//! the end of the input is told. A length that is wrong costs the messages it is wrong for, never those that follow.

use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::oneshot;

use readable::Readable;

const CHUNK: usize = 16 * 1024;
const HEADER_END: &[u8] = b"\r\n\r\n";
const CONTENT_LENGTH: &[u8] = b"content-length:";

/// More than this is no length of a message, in bytes.
const LONGEST: usize = 1 << 30;

/// No header is longer, in bytes.
const LONGEST_HEADER: usize = 1 << 16;

/// More than this is not kept for the next message, in bytes.
const KEPT: usize = 1 << 20;

/// Passes on whole, decodable messages and tells when there are no more.
#[derive(Debug)]
pub struct Input<R> {
    inner: R,
    tell: Option<oneshot::Sender<()>>,
    /// Read, but not a whole message yet.
    raw: Vec<u8>,
    /// How far `raw` was looked through for the header of another message, while the body of the first is under way.
    searched: usize,
    /// Left out, and nobody was told yet.
    lost: Vec<u8>,
    /// The log knows that no message came since.
    in_noise: bool,
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
            searched: 0,
            lost: Vec::new(),
            in_noise: false,
            whole: Vec::new(),
            passed: 0,
        };
        (input, ended)
    }

    /// Moves whole messages from `raw` to `whole`.
    fn sort_out(&mut self) {
        let mut done = 0;
        while let Some(next) = next_message(&self.raw[done..], &mut self.searched) {
            self.leave_out(done..done + next.start);
            self.tell_loss();
            let mut body = self.raw[done + next.start + next.header..done + next.end].to_vec();
            done += next.end;
            self.searched = 0;
            mend_surrogates(&mut body);
            match message(&body) {
                Ok(length) => {
                    // What stands behind it begins the next one.
                    done -= body.len() - length;
                    body.truncate(length);
                    self.pass(&mut body);
                }
                Err(error) => {
                    tracing::error!("a message was left out: {error}");
                    if let Some(mut question) = bare_request(&body) {
                        self.pass(&mut question);
                    }
                    self.lost = body;
                }
            }
        }
        // No message is under way: what has no length, and what is too long for a header, will never be one.
        if self.searched == 0 {
            let rest = &self.raw[done..];
            let blocks = rest.windows(HEADER_END.len());
            let blocks = blocks.rev().position(|window| window == HEADER_END);
            let noise = blocks.map_or(0, |behind| rest.len() - behind);
            let noise = noise.max(rest.len().saturating_sub(LONGEST_HEADER));
            self.leave_out(done..done + noise);
            done += noise;
            if self.lost.len() > LONGEST_HEADER {
                self.tell_loss();
            }
        }
        self.raw.drain(..done);
        if self.raw.len() < KEPT {
            self.raw.shrink_to(KEPT);
        }
    }

    fn pass(&mut self, body: &mut Vec<u8>) {
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        self.whole.extend_from_slice(header.as_bytes());
        self.whole.append(body);
        self.in_noise = false;
    }

    /// Some of `raw` belongs to no message, or to the one that was left out before it.
    fn leave_out(&mut self, noise: Range<usize>) {
        if !noise.is_empty() {
            if !self.in_noise {
                tracing::error!("what came on standard input was no message");
            }
            self.in_noise = true;
            self.lost.extend_from_slice(&self.raw[noise]);
        }
    }

    /// Where what was left out was a change of a document, a change of it that nobody can read takes its place.
    fn tell_loss(&mut self) {
        let lost = std::mem::take(&mut self.lost);
        if let Some(document) = changed_document(&lost) {
            let change = serde_json::json!({
                "jsonrpc": "2.0",
                "method": "textDocument/didChange",
                "params": {"textDocument": {"uri": document}},
            });
            self.pass(&mut change.to_string().into_bytes());
        }
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
            self.whole.shrink_to(KEPT);
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
#[derive(Deserialize, Serialize)]
struct Envelope {
    jsonrpc: Version,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    #[serde(default)]
    method: String,
    // Once at most.
    #[serde(rename = "params", skip_serializing)]
    _params: Option<IgnoredAny>,
}

#[derive(Deserialize, Serialize)]
enum Version {
    #[serde(rename = "2.0")]
    Two,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    String(String),
}

/// Where the message in a body ends: behind the blank that follows it, if nothing else does.
fn message(body: &[u8]) -> Result<usize, serde_json::Error> {
    let mut values = serde_json::Deserializer::from_slice(body).into_iter::<Readable>();
    values
        .next()
        .unwrap_or_else(|| serde_json::from_slice(body))?;
    let end = values.byte_offset();
    serde_json::from_slice::<Envelope>(&body[..end])?;
    let alone = body[end..].trim_ascii().is_empty();
    Ok(if alone { body.len() } else { end })
}

/// A request whose parameters cannot be read, without them: it is refused, and nobody waits for its answer.
fn bare_request(body: &[u8]) -> Option<Vec<u8>> {
    let envelope: Envelope = serde_json::from_slice(body).ok()?;
    let is_request = envelope.id.is_some() && !envelope.method.is_empty();
    is_request.then(|| serde_json::to_vec(&envelope).ok())?
}

struct Message {
    /// Bytes before it that belong to nothing.
    start: usize,
    /// Length of its header.
    header: usize,
    /// Where it ends.
    end: usize,
}

/// The first whole message in `bytes`. While its body is under way, `searched` says how much of `bytes` was looked through.
fn next_message(bytes: &[u8], searched: &mut usize) -> Option<Message> {
    let mut start = 0;
    loop {
        let body = start + find(&bytes[start..], HEADER_END)? + HEADER_END.len();
        let Some((at, length)) = content_length(&bytes[start..body]) else {
            start = body;
            continue;
        };
        // A line break in a text of JSON is escaped: a header that begins in the body is that of the next message.
        let end = body + length;
        let there = end.min(bytes.len());
        let from = (*searched).clamp(body, there);
        let end = match next_header(&bytes[body..there], from - body) {
            Some(next) => body + next,
            None if end <= bytes.len() => end,
            None => {
                // The end of a header may have come only in part.
                *searched = bytes.len() - (HEADER_END.len() - 1);
                return None;
            }
        };
        let start = start + at;
        return Some(Message {
            start,
            header: body - start,
            end,
        });
    }
}

/// Where a header begins, if one ends behind `from`.
fn next_header(bytes: &[u8], from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let end = from + find(&bytes[from..], HEADER_END)? + HEADER_END.len();
        let begin = end.saturating_sub(LONGEST_HEADER);
        if let Some((header, _)) = content_length(&bytes[begin..end]) {
            return Some(begin + header);
        }
        from = end;
    }
}

/// The length that a header at the end of `bytes` gives, and where the header begins. What is left of a message that was cut
/// off stands before it, often on the same line.
fn content_length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut names = bytes.windows(CONTENT_LENGTH.len());
    let at = names.rposition(|name| name.eq_ignore_ascii_case(CONTENT_LENGTH))?;
    let value = &bytes[at + CONTENT_LENGTH.len()..];
    let value = value.split(|byte| *byte == b'\r').next()?;
    let length = std::str::from_utf8(value).ok()?.trim().parse().ok()?;
    let is_line = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_named = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        line.ends_with(b"\r\n") && name.len() < line.len() && name.iter().all(is_named)
    };
    let before = &bytes[..at];
    let other_lines = before.split_inclusive(|byte| *byte == b'\n').all(is_line);
    (length <= LONGEST).then_some((if other_lines { 0 } else { at }, length))
}

/// The document that these bytes speak of, if they are a change or a part of one.
fn changed_document(bytes: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"\"uri\"";
    find(bytes, b"\"textDocument/didChange\"")?;
    let value = &bytes[find(bytes, NAME)? + NAME.len()..];
    let value = value.trim_ascii_start().strip_prefix(b":")?;
    let mut values = serde_json::Deserializer::from_slice(value).into_iter::<String>();
    values.next()?.ok()
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

mod readable;
#[cfg(test)]
mod tests;
