//! A main spec that was edited by hand: its edits as the delta of a change, in whatever way the client takes an edit.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    ApplyWorkspaceEditRequest, CodeActionRequest, CodeActionResolveRequest, CodeActionResponse,
    ExecuteCommandRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer, git, write};

const MAIN: &str = "openspec/specs/auth/spec.md";
const DELTA: &str = "openspec/changes/add-keys/specs/auth/spec.md";
const TITLE: &str =
    "Move the edits of this spec into the change \"add-keys\" (from code facts, no AI)";
const SPEC: &str = "# auth Specification\n\n## Purpose\n\nPeople sign in with a password, and nobody else does.\n\n\
    ## Requirements\n\n### Requirement: Login\n\nThe system SHALL let people in.\n\n#### Scenario: Right\n\n\
    - **WHEN** the password is right\n- **THEN** people are in\n";

/// The main spec was edited since it was committed; it is open as it is on disk.
fn server(capabilities: Value) -> TestServer {
    let workspace = tempfile::tempdir().unwrap();
    let top = workspace.path();
    write(&top.join(MAIN), SPEC.as_bytes());
    let proposal = top.join("openspec/changes/add-keys/proposal.md");
    write(&proposal, b"## Why\n\nKeys.\n");
    git(top, &["init", "-q", "-b", "main"]);
    git(top, &["add", "-A"]);
    git(top, &["commit", "-q", "-m", "all"]);
    let edited = SPEC.replace("let people in.", "let people in within 2 seconds.");
    write(&top.join(MAIN), edited.as_bytes());
    let setup = Setup {
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start_in(workspace));
    server.open_from_disk(MAIN);
    server
}

fn offered(server: &mut TestServer) -> CodeActionResponse {
    let at = json!({"line": 0, "character": 3});
    let asked = json!({
        "textDocument": {"uri": server.uri(MAIN)},
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    });
    server.eventually(|server| {
        let actions = server.ask::<CodeActionRequest>(asked.clone());
        actions.unwrap_or_default().into_iter().find(|it| match it {
            CodeActionResponse::CodeAction(action) => action.title == TITLE,
            CodeActionResponse::Command(command) => command.title == TITLE,
        })
    })
}

/// The delta is made first, then the main spec is put back.
fn check(server: &TestServer, edit: &Value) {
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 3, "{edit}");
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], server.uri(DELTA));
    let delta = changes[1]["edits"][0]["newText"].as_str().unwrap();
    assert!(
        delta.starts_with("## MODIFIED Requirements\n\n### Requirement: Login\n")
            && delta.contains("within 2 seconds."),
        "{delta}"
    );
    assert_eq!(changes[2]["textDocument"]["uri"], server.uri(MAIN));
    assert_eq!(changes[2]["textDocument"]["version"], 1);
    let back = changes[2]["edits"].as_array().unwrap();
    let text = std::fs::read_to_string(server.path(MAIN)).unwrap();
    let edits: Vec<_> = back
        .iter()
        .map(|it| serde_json::from_value(it.clone()).unwrap())
        .collect();
    assert_eq!(crate::code_actions::applied(&text, &edits), SPEC);
}

fn creating() -> Value {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] = json!({"documentChanges": true, "resourceOperations": ["create"], "snippetEditSupport": true});
    capabilities
}

#[test]
fn the_edit_is_made_when_the_action_is_chosen() {
    let mut server = server(creating());
    let CodeActionResponse::CodeAction(action) = offered(&mut server) else {
        panic!("an action");
    };
    assert_eq!(action.edit, None);
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    check(&server, &serde_json::to_value(chosen.edit).unwrap());
}

#[test]
fn a_client_that_cannot_ask_for_edits_runs_a_command() {
    let mut capabilities = creating();
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!(null);
    let mut server = server(capabilities);
    let CodeActionResponse::CodeAction(action) = offered(&mut server) else {
        panic!("an action");
    };
    let command = action.command.unwrap();
    let asked = json!({"command": command.command, "arguments": command.arguments});
    server.ask::<ExecuteCommandRequest>(asked);
    let (question, params) = server.asked::<ApplyWorkspaceEditRequest>();
    server.reply(&question, &json!({"applied": true}));
    check(&server, &serde_json::to_value(params.edit).unwrap());
}

#[test]
fn nothing_is_put_back_where_the_delta_cannot_be_made() {
    let mut server = server(able());
    let CodeActionResponse::CodeAction(action) = offered(&mut server) else {
        panic!("an action");
    };
    let id = server.request::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    let error = server.answer(id).unwrap_err();
    let said = error["message"].as_str().unwrap();
    assert!(said.contains("`spec-analyzer generate delta`"), "{said}");
}
