use std::pin::Pin;
use std::task::{Context, Poll};

use proptest::prelude::*;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

use super::{Input, KEPT, mend_surrogates};

fn framed(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Gives a few bytes at a time.
struct Trickle<'a>(&'a [u8], usize);

impl AsyncRead for Trickle<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let (now, later) = self.0.split_at(self.1.min(self.0.len()));
        buffer.put_slice(now);
        self.0 = later;
        Poll::Ready(Ok(()))
    }
}

/// What comes out when `bytes` go in.
fn passed(bytes: &[u8]) -> String {
    passed_in(bytes, 1 << 10)
}

/// The same, with so many bytes at a time.
fn passed_in(bytes: &[u8], step: usize) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(async {
        let (mut input, ended) = Input::new(Trickle(bytes, step));
        let mut out = Vec::new();
        input.read_to_end(&mut out).await.unwrap();
        assert_eq!(ended.await, Ok(()));
        String::from_utf8(out).unwrap()
    })
}

const GOOD: &str = r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#;

#[test]
fn messages_the_framework_would_choke_on_are_left_out() {
    let odd = [
        r#"{"jsonrpc":"2.0","#,
        r#"[{"jsonrpc":"2.0","method":"a"}]"#,
        r#"{"method":"a"}"#,
        r#"{"jsonrpc":"1.0","method":"a"}"#,
        "{}",
        "",
    ];
    for odd in odd {
        let stream = framed(GOOD) + &framed(odd) + &framed(GOOD);
        let expected = framed(GOOD) + &framed(GOOD);
        assert_eq!(passed(stream.as_bytes()), expected, "{odd}");
    }
}

/// A message with these parameters.
fn with_params(params: &str, id: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0",{id}"method":"shutdown","params":{params}}}"#)
}

#[test]
fn parameters_that_are_no_value_are_left_out_and_a_request_is_still_refused() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    for odd in [deep(128), deep(100_000), "1e999".to_owned()] {
        let stream = framed(GOOD) + &framed(&with_params(&odd, "")) + &framed(GOOD);
        assert_eq!(passed(stream.as_bytes()), framed(GOOD).repeat(2));
        let stream = framed(&with_params(&odd, "\"id\":1,")) + &framed(GOOD);
        assert_eq!(passed(stream.as_bytes()), framed(GOOD).repeat(2));
    }
    let twice = r#"{"jsonrpc":"2.0","method":"a","params":1,"params":2}"#;
    assert_eq!(passed(framed(twice).as_bytes()), "");
    // As deep as can be read.
    let good = framed(&with_params(&deep(126), ""));
    assert_eq!(passed(good.as_bytes()), good);
}

#[test]
fn what_was_needed_for_a_long_message_is_given_back() {
    let long = framed(&with_params(&format!("\"{}\"", "x".repeat(8 << 20)), ""));
    let (mut input, _) = Input::new(Trickle(&[], 1));
    input.raw.extend(long.as_bytes());
    input.sort_out();
    assert!(input.raw.capacity() <= KEPT, "{}", input.raw.capacity());
    assert_eq!(input.whole, long.as_bytes());
}

#[test]
fn a_wrong_length_costs_no_message_that_follows() {
    let body = GOOD.len();
    let with = |length: usize| format!("Content-Length: {length}\r\n\r\n{GOOD}");
    let good = framed(GOOD);
    // The length, and whether the message it is wrong for can be told from the next one.
    for (length, told) in [
        (0, false),
        (1, false),
        (body - 3, false),
        (body + 1, true),
        (body + 3, true),
        (body + 30, true),
        (body + 100_000, true),
        ((1 << 30) + 1, false),
        (usize::MAX, false),
    ] {
        let stream = with(length) + &good + &with(length) + &good + &good;
        let expected = good.repeat(if told { 5 } else { 3 });
        for step in [1, 7, 1 << 10] {
            assert_eq!(passed_in(stream.as_bytes(), step), expected, "{length}");
        }
    }
}

#[test]
fn noise_without_end_is_not_kept() {
    let (mut input, _) = Input::new(Trickle(&[], 1));
    for noise in [
        "x",
        "\r\n\r\n",
        "Content-Length: x\r\n\r\n",
        "\"textDocument/didChange\"",
    ] {
        for _ in 0..100 {
            input.raw.extend(noise.repeat(1000).as_bytes());
            input.sort_out();
        }
        assert!(input.raw.len() + input.lost.len() < 1 << 18, "{noise}");
    }
    input.raw.extend(framed(GOOD).as_bytes());
    input.sort_out();
    assert_eq!(input.whole, framed(GOOD).as_bytes());
}

#[test]
fn a_change_that_is_left_out_is_told_as_one_that_nobody_can_read() {
    let change = serde_json::json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "contentChanges": [{"text": "\"uri\":\"file:///b.md\""}],
        "textDocument": {"uri": "file:///a.md", "version": 2}}});
    let change = change.to_string();
    for short in [1, 30, 60, 90, 150] {
        let length = change.len() - short;
        let stream = format!("Content-Length: {length}\r\n\r\n{change}{}", framed(GOOD));
        let passed = passed(stream.as_bytes());
        let told = passed.strip_suffix(&framed(GOOD)).unwrap();
        let (_, body) = told.split_once("\r\n\r\n").unwrap();
        let told: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(told["method"], "textDocument/didChange");
        let params = serde_json::json!({"textDocument": {"uri": "file:///a.md"}});
        assert_eq!(told["params"], params, "{short}");
    }
}

#[test]
fn noise_between_messages_is_skipped() {
    let stream = format!("X-Odd: 1\r\n\r\n{}", framed(GOOD));
    assert_eq!(passed(stream.as_bytes()), framed(GOOD));
}

#[test]
fn headers_of_any_number_and_case_are_read() {
    let stream = format!(
        "content-type: x\r\nX-A: b\r\nX-C: d\r\ncontent-length:{}\r\n\r\n{GOOD}",
        GOOD.len()
    );
    assert_eq!(passed(stream.as_bytes()), framed(GOOD));
}

#[test]
fn half_characters_are_mended_and_nothing_else() {
    for (from, to) in [
        (r"\ud83d", r"\ufffd"),
        (r"\uDE00a", r"\ufffda"),
        (r"\ud83d\ude00", r"\ud83d\ude00"),
        (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
        (r"\\ud83d", r"\\ud83d"),
        (r"\\\ud83d", r"\\\ufffd"),
        (r"\u00e9\n", r"\u00e9\n"),
        (r"\ud83", r"\ud83"),
        ("\\", "\\"),
    ] {
        let mut json = from.as_bytes().to_vec();
        mend_surrogates(&mut json);
        assert_eq!(String::from_utf8(json).unwrap(), to);
    }
}

proptest! {
    #[test]
    fn well_formed_messages_pass_unchanged(texts in proptest::collection::vec(".{0,40}", 0..5)) {
        let messages = texts.iter().map(|text| {
            let message = serde_json::json!({"jsonrpc": "2.0", "method": "a", "params": [text]});
            framed(&message.to_string())
        });
        let stream: String = messages.collect();
        prop_assert_eq!(passed(stream.as_bytes()), stream);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        passed(&bytes);
        let mut bytes = bytes;
        mend_surrogates(&mut bytes);
    }
}
