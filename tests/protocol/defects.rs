//! A defect in our code costs one answer, not the session.

use std::sync::atomic::Ordering;

use serde_json::json;
use tower_lsp::gen_lsp_types::{DocumentLinkRequest, HoverRequest};

use crate::probe::{Probe, URI};

#[test]
fn a_panicking_handler_is_an_error_and_the_server_lives() {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.release();
    probe.open("text");
    let id = probe.request::<DocumentLinkRequest>(json!({"textDocument": {"uri": URI}}));
    let error = probe.answer(id).unwrap_err();
    assert_eq!(error["code"], json!(-32603));
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let id = probe.request::<HoverRequest>(params);
    assert_eq!(
        probe.answer(id).unwrap()["contents"]["value"],
        json!("text")
    );
}

#[test]
fn a_panicking_engine_is_asked_again_at_the_next_change() {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.release();
    probe.open("a");
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let id = probe.request::<HoverRequest>(params.clone());
    assert_eq!(probe.answer(id).unwrap()["contents"]["value"], json!("a"));
    probe.strings.break_engine.store(true, Ordering::SeqCst);
    probe.append(1, 1, "b");
    let id = probe.request::<HoverRequest>(params.clone());
    assert_eq!(probe.answer(id).unwrap()["contents"]["value"], json!("a"));
    probe.append(2, 2, "c");
    let id = probe.request::<HoverRequest>(params);
    assert_eq!(probe.answer(id).unwrap()["contents"]["value"], json!("abc"));
}
