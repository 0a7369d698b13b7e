//! A defect in our code costs one answer, not the session.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DidChangeWatchedFilesNotification, DocumentColorRequest, DocumentDiagnosticRequest,
    DocumentLinkRequest, HoverRequest,
};

use crate::probe::{Probe, URI};

#[test]
fn a_panicking_handler_is_an_error_and_the_server_lives() {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.release();
    probe.open("text");
    let document = json!({"textDocument": {"uri": URI}});
    // One of them where it was read, one beside.
    let here = probe.request::<DocumentLinkRequest>(document.clone());
    let beside = probe.request::<DocumentColorRequest>(document);
    for id in [here, beside] {
        let error = probe.answer(id).unwrap_err();
        assert_eq!(error["code"], json!(-32603));
    }
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

/// Ends of the findings of the document, as line and column.
fn ends(probe: &mut Probe) -> Vec<(u64, u64)> {
    let params = json!({"textDocument": {"uri": URI}});
    let report = probe.ask::<DocumentDiagnosticRequest>(params);
    let report = serde_json::to_value(report).unwrap();
    let items = report["items"].as_array().unwrap().iter();
    let end = |it: &Value| it["range"]["end"].clone();
    let ends = items.map(|it| (end(it)["line"].as_u64(), end(it)["character"].as_u64()));
    ends.map(|(line, column)| (line.unwrap(), column.unwrap()))
        .collect()
}

#[test]
fn nothing_is_said_of_a_text_that_the_engine_does_not_have() {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.open("a\nb");
    assert_eq!(ends(&mut probe), [(1, 1)]);
    probe.strings.break_engine.store(true, Ordering::SeqCst);
    probe.append(1, 0, "one\n");
    assert_eq!(ends(&mut probe), []);
    // Word of anything makes it try again.
    let other = json!({"changes": [{"uri": "file:///w/b.md", "type": 2}]});
    probe.notify::<DidChangeWatchedFilesNotification>(other.clone());
    assert_eq!(ends(&mut probe), [(2, 1)]);
    for version in 2..4 {
        probe.strings.break_apply.store(true, Ordering::SeqCst);
        probe.append(version, 0, "two\n");
        assert_eq!(ends(&mut probe), []);
    }
    probe.notify::<DidChangeWatchedFilesNotification>(other);
    assert_eq!(ends(&mut probe), [(4, 1)]);
}
