//! Inlay hints, for editors that have no lenses.

use serde_json::json;
use tower_lsp::gen_lsp_types::{InlayHintRequest, Label};

use crate::parcels::{SPEC, able, start_with};

#[test]
fn without_lenses_their_words_stand_behind_the_line() {
    let mut capabilities = able();
    capabilities["textDocument"]["codeLens"] = json!(null);
    let mut server = start_with(capabilities);
    assert!(
        server
            .initialized
            .capabilities
            .inlay_hint_provider
            .is_some()
    );
    let text = std::fs::read_to_string(server.path(SPEC)).unwrap();
    let asked = json!({"textDocument": {"uri": server.uri(SPEC)}, "range": {
        "start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}});
    let hints = server.ask::<InlayHintRequest>(asked).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let story = hints
        .iter()
        .find(|hint| lines[hint.position.line as usize].starts_with("### User Story 1"))
        .unwrap();
    let line = lines[story.position.line as usize];
    assert_eq!(
        story.position.character as usize,
        line.encode_utf16().count()
    );
    let Label::String(label) = &story.label else {
        panic!("{story:?}");
    };
    assert!(label.starts_with("6 tasks, 5 done"), "{label}");
}

#[test]
fn with_lenses_nothing_is_said_twice() {
    let mut capabilities = able();
    capabilities["textDocument"]["codeLens"] = json!({});
    let server = start_with(capabilities);
    assert_eq!(server.initialized.capabilities.inlay_hint_provider, None);
}
