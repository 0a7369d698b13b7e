//! Clients that do not keep to the protocol: each mistake is answered with its code or left alone, and costs nothing else.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, HoverRequest,
    InitializeRequest, SelectionRangeRequest, ShutdownRequest,
};

use crate::parcels::{able, ready};
use crate::peer::Peer;
use crate::real::{Setup, TestServer, exit_code, line_end, spawn};

const SPEC: &str = "specs/001-a/spec.md";
const TEXT: &str = "- **FR-001**: System MUST answer.\n";

const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const INVALID_REQUEST: i64 = -32600;
const NOT_INITIALIZED: i64 = -32002;

/// Larger than any document; as large as a test without optimisation bears.
const HUGE: usize = if cfg!(debug_assertions) { 8 } else { 100 } << 20;

fn start() -> TestServer {
    let setup = Setup {
        files: &[(SPEC, TEXT)],
        capabilities: able(),
        ..Setup::default()
    };
    ready(setup.start())
}

/// Sends a request as it is.
fn send(peer: &mut Peer, id: i64, method: &str, params: &Value) {
    peer.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
}

/// Sends a request as it is; the code of the error it is answered with.
fn refused(peer: &mut Peer, id: i64, method: &str, params: &Value) -> i64 {
    send(peer, id, method, params);
    let error = peer.answer(id).unwrap_err();
    error["code"].as_i64().unwrap()
}

fn still_answers(server: &mut TestServer) {
    let place = server.place(SPEC, "**FR|-001**");
    let hover = server.ask::<HoverRequest>(place);
    let hover = serde_json::to_string(&hover).unwrap();
    assert!(hover.contains("MUST answer"), "{hover}");
}

/// Length of the first line as the server knows it; `None` when it does not know the document.
fn first_line(server: &mut TestServer) -> Option<u32> {
    let uri = server.uri(SPEC);
    let ranges = server.ask::<SelectionRangeRequest>(json!({
        "textDocument": {"uri": uri}, "positions": [{"line": 0, "character": 0}]}));
    Some(line_end(&ranges?[0]).character)
}

#[test]
fn nothing_is_answered_before_the_introduction() {
    let (mut peer, mut child) = spawn();
    let here =
        json!({"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}});
    for method in ["textDocument/hover", "workspace/symbol", "shutdown"] {
        let code = refused(&mut peer, 1000, method, &here);
        assert_eq!(code, NOT_INITIALIZED, "{method}");
    }
    peer.notify::<DidOpenTextDocumentNotification>(json!({"textDocument": {
        "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "a"}}));
    peer.ask::<InitializeRequest>(json!({"processId": null, "rootUri": null, "capabilities": {}}));
    peer.ask::<ShutdownRequest>(json!(null));
    peer.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(exit_code(&mut child), Some(0));
}

#[test]
fn a_second_introduction_changes_nothing() {
    let mut server = start();
    let code = refused(
        &mut server,
        1000,
        "initialize",
        &json!({"capabilities": {}}),
    );
    assert_eq!(code, INVALID_REQUEST);
    still_answers(&mut server);
}

#[test]
fn after_goodbye_everything_is_refused() {
    let mut server = start();
    server.ask::<ShutdownRequest>(json!(null));
    let here = server.place(SPEC, "**FR|-001**");
    for method in ["textDocument/hover", "initialize", "shutdown"] {
        let code = refused(&mut server, 1000, method, &here);
        assert_eq!(code, INVALID_REQUEST, "{method}");
    }
    server.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn what_nobody_knows_is_refused_or_left_alone() {
    let mut server = start();
    for method in ["no/such", "$/no", "textDocument/no", "", "初期化"] {
        let code = refused(&mut server, 1000, method, &json!({}));
        assert_eq!(code, METHOD_NOT_FOUND, "{method}");
        server.send(&json!({"jsonrpc": "2.0", "method": method, "params": {}}));
    }
    still_answers(&mut server);
}

#[test]
fn parameters_that_cannot_be_read_are_refused() {
    let mut server = start();
    let uri = server.uri(SPEC);
    let at = |line: Value| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": 0}});
    let wrong = [
        json!({}),
        json!([]),
        json!([1, 2]),
        at(json!(-1)),
        at(json!(0.5)),
        at(json!(1u64 << 40)),
        at(json!("0")),
        json!({"textDocument": {"uri": 7}, "position": {"line": 0, "character": 0}}),
    ];
    for params in wrong {
        let code = refused(&mut server, 1000, "textDocument/hover", &params);
        assert_eq!(code, INVALID_PARAMS, "{params}");
    }
    still_answers(&mut server);
}

#[test]
fn places_beyond_the_end_and_files_that_are_not_there_have_no_answer() {
    let mut server = start();
    let uri = server.uri(SPEC);
    let here = |uri: &str, line: u32| {
        let position = json!({"line": line, "character": i32::MAX});
        json!({"textDocument": {"uri": uri}, "position": position})
    };
    for place in [
        here(&uri, i32::MAX as u32),
        here("file:///no/such.md", 0),
        here("untitled:Untitled-1", 0),
        here("", 0),
        here("file://", 0),
        here("file:///%FF%00", 0),
    ] {
        assert_eq!(server.ask::<HoverRequest>(place.clone()), None, "{place}");
    }
    still_answers(&mut server);
}

#[test]
fn an_id_that_is_used_twice_is_answered_each_time() {
    let mut server = start();
    let here = server.place(SPEC, "**FR|-001**");
    for _ in 0..3 {
        send(&mut server, 1000, "textDocument/hover", &here);
    }
    for _ in 0..3 {
        // The request in flight, or that there is one.
        if let Err(error) = server.answer(1000) {
            assert_eq!(error["code"], json!(INVALID_REQUEST));
        }
    }
    still_answers(&mut server);
}

#[test]
fn answers_and_cancellations_of_what_nobody_asked_are_left_alone() {
    let mut server = start();
    for id in [json!(999), json!("x"), json!(null), json!(1.5), json!({})] {
        let cancel = json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id}});
        server.send(&cancel);
        server.send(&json!({"jsonrpc": "2.0", "id": id, "result": 1}));
        let error = json!({"code": 1, "message": ""});
        server.send(&json!({"jsonrpc": "2.0", "id": id, "error": error}));
    }
    still_answers(&mut server);
}

#[test]
fn what_is_no_message_is_left_out() {
    let mut server = start();
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"shutdown\"}",
        "{\"id\":1,\"method\":\"shutdown\"}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1000,\"method\":\"shutdown\"}]",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"shutdown\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"shutdown\"}",
        "\u{0}\u{1}",
    ] {
        server.send_text(body);
    }
    still_answers(&mut server);
}

#[test]
fn parameters_deeper_than_anybody_reads_are_refused() {
    let mut server = start();
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let message = |id: &str, method: &str| {
        format!("{{\"jsonrpc\":\"2.0\",{id}\"method\":\"{method}\",\"params\":{deep}}}")
    };
    server.send_text(&message("", "no/such"));
    server.send_text(&message("\"id\":1000,", "textDocument/hover"));
    let error = server.answer(1000).unwrap_err();
    assert_eq!(error["code"], json!(INVALID_PARAMS));
    still_answers(&mut server);
}

#[test]
fn versions_that_go_back_or_stay_do_not_lose_an_edit() {
    let mut server = start();
    server.open(SPEC, "12\n");
    let top = json!({"line": 0, "character": 0});
    for version in [2, 2, 1, i32::MIN, i32::MAX, 3] {
        let before = first_line(&mut server).unwrap();
        let letter = json!([{"range": {"start": top, "end": top}, "text": "x"}]);
        server.change(SPEC, version, &letter);
        assert_eq!(first_line(&mut server), Some(before + 1), "{version}");
    }
}

#[test]
fn documents_that_are_closed_twice_or_opened_twice_are_the_disks_or_the_last() {
    let mut server = start();
    let uri = server.uri(SPEC);
    let close = |server: &mut TestServer| {
        let document = json!({"textDocument": {"uri": uri}});
        server.notify::<DidCloseTextDocumentNotification>(document);
    };
    close(&mut server);
    still_answers(&mut server);
    server.open(SPEC, "1\n");
    server.open(SPEC, "12\n");
    assert_eq!(first_line(&mut server), Some(2));
    close(&mut server);
    close(&mut server);
    let on_disk = u32::try_from(TEXT.trim_end().len()).unwrap();
    assert_eq!(first_line(&mut server), Some(on_disk));
    // What is not open has no text to change.
    server.change(SPEC, 3, &json!([{"text": "1\n"}]));
    close(&mut server);
    still_answers(&mut server);
}

#[test]
fn a_huge_document_is_only_large() {
    let mut server = start();
    let line = "x".repeat(127) + "\n";
    server.open("specs/002-b/spec.md", &line.repeat(HUGE / line.len()));
    still_answers(&mut server);
    // The first position is still found, and the last.
    server.change("specs/002-b/spec.md", 2, &json!([{"text": "small"}]));
    still_answers(&mut server);
}

#[test]
fn huge_headers_and_huge_noise_are_left_out() {
    let mut server = start();
    let noise = "x".repeat(HUGE / 8);
    server.send_raw(format!("X-Noise: {noise}\r\n\r\n").as_bytes());
    still_answers(&mut server);
    server.send_raw(noise.as_bytes());
    still_answers(&mut server);
    // A header that is long, but a header.
    let value = "x".repeat(1 << 12);
    let body = json!({"jsonrpc": "2.0", "id": 1000, "method": "no/such"}).to_string();
    let length = body.len();
    let frame = format!("X-Noise: {value}\r\nContent-Length: {length}\r\n\r\n{body}");
    server.send_raw(frame.as_bytes());
    let error = server.answer(1000).unwrap_err();
    assert_eq!(error["code"], json!(METHOD_NOT_FOUND));
}

#[test]
fn a_message_may_come_byte_by_byte() {
    let mut server = start();
    let body = json!({"jsonrpc": "2.0", "id": 1000, "method": "初期"}).to_string();
    let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    for byte in frame.as_bytes() {
        server.send_raw(&[*byte]);
    }
    let error = server.answer(1000).unwrap_err();
    assert_eq!(error["code"], json!(METHOD_NOT_FOUND));
}
