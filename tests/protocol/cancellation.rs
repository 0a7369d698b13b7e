//! `$/cancelRequest` is answered at once, and the work behind it really stops.

use std::sync::atomic::Ordering;

use serde_json::json;
use tower_lsp::gen_lsp_types::{CancelNotification, HoverRequest};

use crate::probe::{Probe, URI};

#[test]
fn a_cancelled_request_is_answered_and_its_work_stops() {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.open("text");
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    // More than there are workers: running and waiting requests are cancelled alike.
    let ids: Vec<i64> = (0..40)
        .map(|_| probe.request::<HoverRequest>(params.clone()))
        .collect();
    for id in &ids {
        probe.notify::<CancelNotification>(json!({"id": id}));
    }
    for id in ids {
        let error = probe.answer(id).unwrap_err();
        assert_eq!(error["code"], json!(-32800), "{error}");
    }
    probe.release();
    let id = probe.request::<HoverRequest>(params);
    assert_eq!(
        probe.answer(id).unwrap()["contents"]["value"],
        json!("text")
    );
}

#[test]
fn a_running_handler_sees_its_cancellation() {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.open("text");
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    while probe.strings.cancelled.load(Ordering::SeqCst) == 0 {
        // A request that was cancelled before it began counts nothing, so another one is sent.
        let id = probe.request::<HoverRequest>(params.clone());
        std::thread::yield_now();
        probe.notify::<CancelNotification>(json!({"id": id}));
        assert_eq!(probe.answer(id).unwrap_err()["code"], json!(-32800));
    }
}
