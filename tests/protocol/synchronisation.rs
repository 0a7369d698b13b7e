//! The server's text is the editor's text.

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, SelectionRangeRequest,
};

use crate::real::{TestServer, line_end};

/// Length of the first line as the server knows it; `None` when it does not know the document.
fn first_line(server: &mut TestServer, uri: &str) -> Option<u32> {
    let ranges = server.ask::<SelectionRangeRequest>(json!({
        "textDocument": {"uri": uri}, "positions": [{"line": 0, "character": 0}]}));
    Some(line_end(&ranges?[0]).character)
}

#[test]
fn one_document_may_be_spelled_in_many_ways() {
    let mut server = TestServer::start(&[]);
    server.open("specs/001-a (b)/spec.md", "12");
    let plain = server.uri("specs/001-a (b)/spec.md");
    let encoded = plain
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29");
    server.notify::<DidChangeTextDocumentNotification>(json!({
        "textDocument": {"uri": encoded, "version": 2}, "contentChanges": [{"text": "123"}]}));
    assert_eq!(first_line(&mut server, &plain), Some(3));
    server.notify::<DidCloseTextDocumentNotification>(json!({"textDocument": {"uri": encoded}}));
    assert_eq!(first_line(&mut server, &plain), None);
}

#[test]
fn odd_changes_are_survived() {
    let mut server = TestServer::start(&[]);
    let uri = server.uri("specs/001-a/spec.md");
    server.change("specs/001-a/spec.md", 1, &json!([{"text": "never opened"}]));
    assert_eq!(first_line(&mut server, &uri), None);
    server.open("specs/001-a/spec.md", "12\n");
    // Backwards, behind the end, and with a version that goes back.
    server.change(
        "specs/001-a/spec.md",
        0,
        &json!([{"range": {
        "start": {"line": 7, "character": 7}, "end": {"line": 0, "character": 1}}, "text": "23"}]),
    );
    assert_eq!(first_line(&mut server, &uri), Some(3));
    server
        .send(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"no": 1}}));
    server.send(&json!({"jsonrpc": "2.0", "method": "$/unknown", "params": {}}));
    assert_eq!(first_line(&mut server, &uri), Some(3));
}

#[test]
fn documents_without_a_file_are_left_alone() {
    let mut server = TestServer::start(&[]);
    server.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {
        "textDocument": {"uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": "x"}}}));
    assert_eq!(first_line(&mut server, "untitled:Untitled-1"), None);
}

#[test]
fn half_a_character_does_not_end_the_session() {
    let mut server = TestServer::start(&[]);
    let uri = server.uri("specs/001-a/spec.md");
    let open = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {
        "textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": "a#b"}}});
    server.send_text(&open.to_string().replace('#', "\\ud83d"));
    assert_eq!(first_line(&mut server, &uri), Some(3));
    server.send_text("{no message");
    assert_eq!(first_line(&mut server, &uri), Some(3));
}
