//! The server's text is the editor's text.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, DocumentDiagnosticRequest,
    RenameRequest, SelectionRangeRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer, line_end};

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

/// A `didChange` as it is, readable or not.
fn raw_change(server: &mut TestServer, path: &str, version: &Value, change: &Value) {
    let uri = server.uri(path);
    server.send(
        &json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}}),
    );
}

fn inserted(line: &Value, character: &Value, text: &str) -> Value {
    let at = json!({"line": line, "character": character});
    json!({"range": {"start": at, "end": at}, "text": text})
}

#[test]
fn a_change_whose_range_cannot_be_read_is_not_the_whole_text() {
    let path = "specs/001-a/spec.md";
    let mut server = TestServer::start(&[]);
    let uri = server.uri(path);
    for (line, character) in [
        (json!(0), json!(-1)),
        (json!(0.5), json!(0)),
        (json!(null), json!(0)),
        (json!("0"), json!(0)),
    ] {
        server.open(path, "12\n");
        raw_change(
            &mut server,
            path,
            &json!(2),
            &inserted(&line, &character, "1234"),
        );
        assert_eq!(first_line(&mut server, &uri), None, "{line} {character}");
        // What follows is applied to a text that the server does not have.
        raw_change(
            &mut server,
            path,
            &json!(3),
            &inserted(&json!(0), &json!(0), "1"),
        );
        assert_eq!(first_line(&mut server, &uri), None);
        let whole = json!({"text": "12345"});
        raw_change(&mut server, path, &json!(4), &whole);
        assert_eq!(first_line(&mut server, &uri), Some(5));
        raw_change(
            &mut server,
            path,
            &json!(5),
            &inserted(&json!(0), &json!(0), "0"),
        );
        assert_eq!(first_line(&mut server, &uri), Some(6));
    }
}

#[test]
fn the_length_of_a_range_is_never_looked_at() {
    let path = "specs/001-a/spec.md";
    let mut server = TestServer::start(&[]);
    let uri = server.uri(path);
    server.open(path, "12\n");
    let mut change = inserted(&json!(0), &json!(1), "a");
    for length in [json!(-1), json!(7), json!("x"), json!(null)] {
        change["rangeLength"] = length;
        raw_change(&mut server, path, &json!(2), &change);
    }
    assert_eq!(first_line(&mut server, &uri), Some(6));
}

#[test]
fn a_document_whose_text_is_lost_is_left_alone_until_it_is_known_again() {
    let (spec, tasks) = ("specs/001-a/spec.md", "specs/001-a/tasks.md");
    let text = "- **FR-001**: One.\n- **FR-002**: Two, see FR-009.\n";
    let setup = Setup {
        files: &[(spec, text), (tasks, "- [ ] T001 Do FR-001\n")],
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let uri = server.uri(spec);
    server.open(spec, text);
    let from_tasks = server.place(tasks, "FR-0|01");
    let renamed = |server: &mut TestServer, place: &Value| {
        let mut place = place.clone();
        place["newName"] = json!("FR-050");
        let id = server.request::<RenameRequest>(place);
        let edit = server.answer(id).ok()?;
        (!edit.is_null()).then_some(edit)
    };
    let findings = |server: &mut TestServer| {
        let params = json!({"textDocument": {"uri": uri}});
        let report = server.ask::<DocumentDiagnosticRequest>(params);
        let report = serde_json::to_value(report).unwrap();
        report["items"].as_array().unwrap().len()
    };
    server.eventually(|server| renamed(server, &from_tasks));
    let known = findings(&mut server);
    assert_ne!(known, 0);
    // The client has a line more than the server could read.
    let line = inserted(&json!(0), &json!(0), "A line.\n");
    raw_change(&mut server, spec, &json!(1.5), &line);
    let letter = inserted(&json!(0), &json!(0), "x");
    raw_change(&mut server, spec, &json!(3), &letter);
    let here = |line: u32| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": 6}});
    for place in [here(0), here(1), from_tasks.clone()] {
        assert_eq!(renamed(&mut server, &place), None);
    }
    assert_eq!(findings(&mut server), 0);
    let whole = json!({"text": format!("xA line.\n{text}")});
    raw_change(&mut server, spec, &json!(4), &whole);
    assert_eq!(findings(&mut server), known);
    let edit = renamed(&mut server, &from_tasks).unwrap();
    let documents = edit["documentChanges"].as_array().unwrap();
    let own = documents
        .iter()
        .find(|it| it["textDocument"]["uri"] == json!(uri));
    let own = own.unwrap();
    assert_eq!(own["textDocument"]["version"], json!(4));
    assert_eq!(own["edits"][0]["range"]["start"]["line"], json!(1));
}

#[test]
fn a_wrong_length_of_a_message_ends_nothing() {
    let path = "specs/001-a/spec.md";
    let mut server = TestServer::start(&[]);
    let uri = server.uri(path);
    server.open(path, "12\n");
    let noise = json!({"jsonrpc": "2.0", "method": "$/unknown", "params": {}}).to_string();
    for length in [noise.len() - 3, 0, noise.len() + 9, usize::MAX, 1 << 29] {
        server.send_framed(length, &noise);
        assert_eq!(first_line(&mut server, &uri), Some(2), "{length}");
    }
    // Of a change that was cut off nobody knows what it was.
    let letter = inserted(&json!(0), &json!(0), "あ");
    let change = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "textDocument": {"uri": uri, "version": 2}, "contentChanges": [letter]}});
    let change = change.to_string();
    server.send_framed(change.chars().count(), &change);
    assert_eq!(first_line(&mut server, &uri), None);
    server.open(path, "あ12\n");
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
