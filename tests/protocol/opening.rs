//! Before the workspace is read.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    DocumentDiagnosticRequest, HoverRequest, ProgressNotification, PublishDiagnosticsNotification,
    WorkDoneProgressCreateRequest,
};

use crate::probe::{Probe, Strings, URI};

#[test]
fn a_long_reading_shows_progress_and_requests_wait_for_its_end() {
    let strings = Strings {
        holds_opening: AtomicBool::new(true),
        released: AtomicBool::new(true),
        ..Strings::default()
    };
    let capabilities = json!({
        "textDocument": {"diagnostic": {}}, "window": {"workDoneProgress": true}});
    let mut probe = Probe::start_with(&capabilities, strings);
    probe.open("text");
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let id = probe.request::<HoverRequest>(params);
    let (question, created) = probe.asked::<WorkDoneProgressCreateRequest>();
    probe.reply(&question, &json!(null));
    let begun = probe.notification::<ProgressNotification>();
    assert_eq!(begun.token, created.token);
    assert_eq!(begun.value["kind"], json!("begin"));
    probe.strings.holds_opening.store(false, Ordering::SeqCst);
    let ended = probe.notification::<ProgressNotification>();
    assert_eq!(ended.value["kind"], json!("end"));
    assert_eq!(
        probe.answer(id).unwrap()["contents"]["value"],
        json!("text")
    );
}

fn reading(capabilities: &serde_json::Value) -> Probe {
    let strings = Strings {
        reading: AtomicBool::new(true),
        released: AtomicBool::new(true),
        ..Strings::default()
    };
    Probe::start_with(capabilities, strings)
}

fn hover_place() -> serde_json::Value {
    json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}})
}

#[test]
fn before_the_workspace_is_read_what_is_sure_is_answered_and_nothing_is_found() {
    let mut probe = reading(&json!({}));
    probe.open("text");
    let findings = json!({"textDocument": {"uri": URI}});
    let findings = probe.request::<DocumentDiagnosticRequest>(findings);
    for _ in 0..2 {
        let id = probe.request::<HoverRequest>(hover_place());
        assert_eq!(
            probe.answer(id).unwrap()["contents"]["value"],
            json!("text")
        );
    }
    probe.strings.reading.store(false, Ordering::SeqCst);
    probe.append(1, 4, "!");
    // Neither the answer nor what is told of itself ever spoke of the text before.
    let found = probe.answer(findings).unwrap();
    assert_eq!(found["items"][0]["message"], json!("text!"));
    let told = probe.notification::<PublishDiagnosticsNotification>();
    assert_eq!(told.version, Some(1));
}

#[test]
fn what_is_not_found_early_waits_for_the_workspace() {
    let mut probe = reading(&json!({"textDocument": {"diagnostic": {}}}));
    probe.open("later");
    let id = probe.request::<HoverRequest>(hover_place());
    probe.strings.reading.store(false, Ordering::SeqCst);
    probe.append(1, 5, "!");
    let answer = probe.answer(id).unwrap();
    let text = answer["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("later"), "{text}");
}
