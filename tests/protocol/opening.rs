//! Before the workspace is read.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use tower_lsp::gen_lsp_types::{HoverRequest, ProgressNotification, WorkDoneProgressCreateRequest};

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
