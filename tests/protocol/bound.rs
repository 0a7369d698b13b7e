//! A quantity is bound to the constant that holds it, by an action; hover, definition and finding afterwards.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, DefinitionRequest,
    DocumentDiagnosticRequest, HoverRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = "specs/001-login/spec.md";
const SOURCE: &str = "src/session.rs";
const CODE: &str = "pub const IDLE_TIMEOUT: Duration = Duration::from_secs(30 * 60);\npub const RETRIES: u32 = 3;\npub fn end() {}\n";
const TEXT: &str = "# Feature Specification: Login\n\n## Requirements\n\n- **FR-001**: System MUST end an idle session after 30 minutes, ünd not before.\n";

fn server() -> TestServer {
    let files = [
        (".specify/memory/constitution.md", "# Constitution\n"),
        (SPEC, TEXT),
        (
            "specs/001-login/tasks.md",
            "# Tasks: Login\n\n## Phase 1: Work\n\n- [x] T001 Add `end` in `src/session.rs` (FR-001)\n",
        ),
        (SOURCE, CODE),
    ];
    let setup = Setup {
        files: &files,
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open_from_disk(SPEC);
    server
}

fn offered(server: &mut TestServer, mark: &str) -> Vec<CodeAction> {
    let place = server.place(SPEC, mark);
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    });
    let offered = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let actions = offered.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    let bind = |it: &CodeAction| it.title.starts_with("Bind ");
    actions.filter(bind).collect()
}

fn diagnostics(server: &mut TestServer) -> String {
    let uri = server.uri(SPEC);
    let asked = json!({"textDocument": {"uri": uri}});
    let report = server.ask::<DocumentDiagnosticRequest>(asked);
    serde_json::to_string(&report).unwrap()
}

#[test]
fn a_quantity_is_bound_and_parts_from_its_constant() {
    let mut server = server();
    assert!(offered(&mut server, "MUST |end").is_empty());
    let actions = offered(&mut server, "after 3|0 minutes");
    let titles: Vec<&str> = actions.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["Bind 30 minutes to src/session.rs#IDLE_TIMEOUT"]);
    let chosen = serde_json::to_value(&actions[0]).unwrap();
    let resolved = server.ask::<CodeActionResolveRequest>(chosen);
    let edit: Value = serde_json::to_value(resolved.edit).unwrap();
    let edits = &edit["documentChanges"][0]["edits"];
    assert_eq!(edits[0]["newText"], " (`src/session.rs#IDLE_TIMEOUT`)");
    let bound = TEXT.replace("30 minutes", "30 minutes (`src/session.rs#IDLE_TIMEOUT`)");
    std::fs::write(server.path(SPEC), &bound).unwrap();
    server.change(SPEC, 2, &json!([{"text": bound}]));
    assert!(offered(&mut server, "after 3|0 minutes").is_empty());
    assert!(!diagnostics(&mut server).contains("constant-drift"));

    let place = server.place(SPEC, "#IDLE_|TIMEOUT");
    let hover = serde_json::to_string(&server.ask::<HoverRequest>(place.clone())).unwrap();
    assert!(
        hover.contains("here: 30 minutes = `src/session.rs#IDLE_TIMEOUT`: 1800 s"),
        "{hover}"
    );
    let definition = serde_json::to_string(&server.ask::<DefinitionRequest>(place)).unwrap();
    assert!(definition.contains("src/session.rs"), "{definition}");

    server.open(SOURCE, &CODE.replace("30 * 60", "45 * 60"));
    let report = diagnostics(&mut server);
    assert!(
        report
            .contains("FR-001 says 30 minutes, but `IDLE_TIMEOUT` in `session.rs` is 45 minutes."),
        "{report}"
    );
}
