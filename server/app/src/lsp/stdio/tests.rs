use proptest::prelude::*;
use tokio::io::AsyncReadExt;

use super::{Input, mend_surrogates};

fn framed(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// What comes out when `bytes` go in.
fn passed(bytes: &[u8]) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(async {
        let (mut input, ended) = Input::new(bytes);
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
