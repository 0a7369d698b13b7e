//! "Read, still true" in an editor: the action, what it writes into `spec.lock`, lens, hover and finding afterwards.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, CodeLensRequest,
    DocumentDiagnosticRequest, HoverRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = "specs/001-login/spec.md";
const SOURCE: &str = "src/session.rs";
const LOCK: &str = "spec.lock";
const CODE: &str = "pub fn end(minutes: u32) -> bool {\n    minutes > 30 && minutes < 1_000\n}\n";

fn server() -> TestServer {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] =
        json!({"documentChanges": true, "resourceOperations": ["create"]});
    let files = [
        (".specify/memory/constitution.md", "# Constitution\n"),
        (
            SPEC,
            "# Feature Specification: Login\n\n## Requirements\n\n- **FR-001**: System MUST end a session after 30 minutes.\n",
        ),
        (
            "specs/001-login/tasks.md",
            "# Tasks: Login\n\n## Phase 1: Work\n\n- [ ] T001 Add `end` in `src/session.rs` (FR-001)\n",
        ),
        (SOURCE, CODE),
    ];
    let setup = Setup {
        files: &files,
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open_from_disk(SPEC);
    server
}

fn offered(server: &mut TestServer, path: &str, mark: &str) -> Option<CodeAction> {
    let place = server.place(path, mark);
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    });
    let offered = server.ask::<CodeActionRequest>(asked)?;
    let mut actions = offered.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    actions.find(|it| it.title.starts_with("Read, still true"))
}

fn edit(server: &mut TestServer, action: CodeAction) -> Value {
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    serde_json::to_value(chosen.edit).unwrap()
}

fn codes(server: &mut TestServer) -> String {
    let uri = server.uri(SPEC);
    let asked = json!({"textDocument": {"uri": uri}});
    let report = server.ask::<DocumentDiagnosticRequest>(asked);
    serde_json::to_string(&report).unwrap()
}

fn lens(server: &mut TestServer) -> String {
    let uri = server.uri(SPEC);
    let lenses = server.ask::<CodeLensRequest>(json!({"textDocument": {"uri": uri}}));
    let lens = lenses.unwrap_or_default().pop();
    lens.and_then(|lens| lens.command)
        .map_or_else(String::new, |it| it.title)
}

#[test]
fn what_is_read_is_accepted_and_what_parts_is_told() {
    let mut server = server();
    let action = offered(&mut server, SPEC, "FR-|001").expect("it is offered");
    assert_eq!(
        action.title,
        "Read, still true: accept specs/001-login#FR-001"
    );
    assert!(!lens(&mut server).contains("accepted"), "no lock, no word");
    let written = edit(&mut server, action);
    let changes = written["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], json!(server.uri(LOCK)));
    let text = changes[1]["edits"][0]["newText"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(text.contains(" src/session.rs#end v1:"), "{text}");

    server.open(LOCK, &text);
    assert!(
        lens(&mut server).ends_with(" · accepted · next T001"),
        "{}",
        lens(&mut server)
    );
    assert!(
        offered(&mut server, SPEC, "FR-|001").is_none(),
        "nothing new"
    );
    assert!(!codes(&mut server).contains("suspect"));

    server.open(SOURCE, &CODE.replace("minutes: u32", "minutes: u64"));
    let told = codes(&mut server);
    assert!(
        told.contains("suspect-code") && told.contains("another signature"),
        "{told}"
    );
    assert!(
        lens(&mut server).contains("suspect"),
        "{}",
        lens(&mut server)
    );
    let place = server.place(SPEC, "FR-|001");
    let hover = server.ask::<HoverRequest>(place);
    let hover = serde_json::to_string(&hover).unwrap();
    assert!(
        hover.contains("Suspect") && hover.contains("another signature"),
        "{hover}"
    );

    // Also offered where the code is; the edit is of the open buffer and touches one line.
    let action = offered(&mut server, SOURCE, "pub fn e|nd").expect("it is offered in the code");
    let written = edit(&mut server, action);
    let changes = written["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["textDocument"]["version"], 1);
    assert_eq!(
        changes[0]["edits"].as_array().unwrap().len(),
        2,
        "one line out, one in"
    );
    let own = changes[0]["edits"].as_array().unwrap().iter();
    let new = own
        .map(|edit| edit["newText"].as_str().unwrap())
        .collect::<String>();
    let first = text.lines().next().unwrap();
    server.change(LOCK, 2, &json!([{"text": format!("{first}\n{new}")}]));
    assert!(!codes(&mut server).contains("suspect"));
    assert!(
        lens(&mut server).contains("· accepted ·"),
        "{}",
        lens(&mut server)
    );
}
