//! Documents that the server writes when they are asked for.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeActionRequest, CodeActionResponse, ExecuteCommandRequest, ShowDocumentRequest,
    TextDocumentContentRequest,
};

use crate::parcels::{OLD_SPEC, able, start, start_with};
use crate::real::TestServer;

/// The address of the document that a command has the client show.
fn shown(server: &mut TestServer, asked: &Value) -> String {
    server.ask::<ExecuteCommandRequest>(asked.clone());
    let (question, shown) = server.asked::<ShowDocumentRequest>();
    server.reply(&question, &json!({"success": true}));
    shown.uri.as_ref().to_owned()
}

fn written(server: &mut TestServer, uri: &str) -> String {
    server
        .ask::<TextDocumentContentRequest>(json!({"uri": uri}))
        .text
}

#[test]
fn a_client_that_reads_documents_is_shown_the_matrix() {
    let mut capabilities = able();
    capabilities["workspace"]["textDocumentContent"] = json!({});
    let mut server = start_with(capabilities);
    let asked = json!({"command": "spec-analyzer.showMatrix"});
    let uri = shown(&mut server, &asked);
    let text = server.eventually(|server| {
        let text = written(server, &uri);
        text.contains("composeNotice").then_some(text)
    });
    assert!(text.contains("`specs/002-delivery-notices`"), "{text}");
    let wrong = server.request::<TextDocumentContentRequest>(json!({"uri": "spec-analyzer:/x"}));
    assert!(server.answer(wrong).is_err());
}

#[test]
fn any_other_client_gets_the_text_as_the_answer() {
    let mut server = start();
    let asked = json!({"command": "spec-analyzer.showCoverage"});
    let text = server.ask::<ExecuteCommandRequest>(asked);
    let text = text.unwrap().as_str().unwrap().to_owned();
    assert!(
        text.starts_with("| feature | items | specified |"),
        "{text}"
    );
}

#[test]
fn what_a_change_reaches_is_a_document_for_the_place() {
    let mut capabilities = able();
    capabilities["workspace"]["textDocumentContent"] = json!({});
    let mut server = start_with(capabilities);
    let path = "services/intake/parcels/domain/parcel.py";
    server.open_from_disk(path);
    let place = json!({"textDocument": {"uri": server.uri(path)}, "position": {"line": 33, "character": 6}});
    let asked = json!({"command": "spec-analyzer.showImpact", "arguments": [place]});
    let uri = shown(&mut server, &asked);
    let text = written(&mut server, &uri);
    assert!(
        text.contains("- `create_parcel` in `services/intake/parcels/store.py:26`"),
        "{text}"
    );
    assert!(text.contains("```mermaid"), "{text}");
}

#[test]
fn the_impact_of_a_symbol_and_of_an_item_is_offered_to_who_asks() {
    let mut capabilities = able();
    capabilities["workspace"]["textDocumentContent"] = json!({});
    let mut server = start_with(capabilities);
    for (path, mark, title) in [
        (
            "services/intake/parcels/domain/parcel.py",
            "def |validate_parcel",
            "Show what a change of validate_parcel may reach",
        ),
        (
            OLD_SPEC,
            "- **|FR-003**",
            "Show what a change of FR-003 may reach",
        ),
    ] {
        server.open_from_disk(path);
        let place = server.place(path, mark);
        let at = &place["position"];
        let mut offered = |kind: u8| {
            let asked = json!({
                "textDocument": place["textDocument"],
                "range": {"start": at, "end": at},
                "context": {"diagnostics": [], "triggerKind": kind},
            });
            let offered = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
            let commands = offered.into_iter().filter_map(|response| match response {
                CodeActionResponse::CodeAction(action) => action.command,
                CodeActionResponse::Command(command) => Some(command),
            });
            commands
                .filter(|command| command.command == "spec-analyzer.showImpact")
                .collect::<Vec<_>>()
        };
        // Not at each move of the cursor.
        assert_eq!(offered(2), []);
        let commands = offered(1);
        let [command] = commands.as_slice() else {
            panic!("{path}: {commands:?}");
        };
        assert!(command.title.starts_with(title), "{}", command.title);
        let asked = json!({"command": command.command, "arguments": command.arguments});
        let uri = shown(&mut server, &asked);
        let text = written(&mut server, &uri);
        assert!(text.starts_with("# Impact\n"), "{text}");
        assert!(text.contains("parcels/store.py"), "{text}");
    }
}
