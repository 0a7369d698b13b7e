//! Work of commands is shown under the token that came with them, and stopped by it.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    ExecuteCommandRequest, ProgressNotification, WorkDoneProgressCancelNotification,
};

use crate::parcels::{able, start_with};
use crate::real::TestServer;

const SOURCE: &str = "services/intake/parcels/domain/parcel.py";

/// `validate_parcel`, with a token.
fn asked(server: &TestServer, token: &str) -> Value {
    let place = json!({
        "textDocument": {"uri": server.uri(SOURCE)},
        "position": {"line": 33, "character": 6},
    });
    json!({"command": "spec-analyzer.showImpact", "arguments": [place], "workDoneToken": token})
}

#[test]
fn work_is_shown_under_the_token_of_its_request() {
    let mut server = start_with(able());
    server.open_from_disk(SOURCE);
    let asked = asked(&server, "mine");
    let id = server.request::<ExecuteCommandRequest>(asked);
    let mut kinds = Vec::new();
    while kinds.len() < 2 {
        let told = server.notification::<ProgressNotification>();
        assert_eq!(serde_json::to_value(&told.token).unwrap(), json!("mine"));
        kinds.push(told.value["kind"].clone());
    }
    assert_eq!(kinds, [json!("begin"), json!("end")]);
    let text = server.answer(id).unwrap();
    assert!(text.as_str().unwrap().contains("create_parcel"), "{text}");
}

#[test]
fn work_is_stopped_by_its_token() {
    let mut server = start_with(able());
    server.forgive("$/progress");
    server.open_from_disk(SOURCE);
    // What ends before it is stopped is answered: then it is asked again.
    let stopped = (0..200).any(|number| {
        let token = format!("work {number}");
        let asked = asked(&server, &token);
        let id = server.request::<ExecuteCommandRequest>(asked);
        server.notify::<WorkDoneProgressCancelNotification>(json!({"token": token}));
        match server.answer(id) {
            Ok(_) => false,
            Err(error) => error["code"] == json!(-32800),
        }
    });
    assert!(stopped);
    let asked = asked(&server, "again");
    assert!(server.ask::<ExecuteCommandRequest>(asked).is_some());
}
