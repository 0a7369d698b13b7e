//! Coming and going.

use serde_json::json;
use tower_lsp::gen_lsp_types::{ExitNotification, SelectionRangeRequest, ShutdownRequest};

use crate::real::TestServer;

#[test]
fn goodbye_and_exit_is_success_even_while_the_input_stays_open() {
    let mut server = TestServer::start(&[]);
    server.ask::<ShutdownRequest>(json!(null));
    server.notify::<ExitNotification>(json!(null));
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn exit_without_goodbye_is_failure() {
    let mut server = TestServer::start(&[]);
    server.notify::<ExitNotification>(json!(null));
    assert_eq!(server.exit_code(), Some(1));
}

#[test]
fn the_server_does_not_outlive_its_editor() {
    let server = TestServer::start(&[]);
    assert_eq!(server.exit_code_after_close(), Some(1));
    let mut polite = TestServer::start(&[]);
    polite.ask::<ShutdownRequest>(json!(null));
    assert_eq!(polite.exit_code_after_close(), Some(0));
}

#[test]
fn nothing_is_answered_after_goodbye() {
    let mut server = TestServer::start(&[]);
    server.ask::<ShutdownRequest>(json!(null));
    let uri = server.uri("a.md");
    let id = server
        .request::<SelectionRangeRequest>(json!({"textDocument": {"uri": uri}, "positions": []}));
    assert_eq!(server.answer(id).unwrap_err()["code"], json!(-32600));
    server.notify::<ExitNotification>(json!(null));
    assert_eq!(server.exit_code(), Some(0));
}
