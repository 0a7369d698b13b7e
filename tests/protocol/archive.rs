//! A change of `OpenSpec`: what archiving it would change, and a requirement of it that gets another name.

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, ExecuteCommandRequest,
    RenameRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const DELTA: &str = "openspec/changes/keys/specs/lockers/spec.md";
const BLOCK: &str =
    "### Requirement: Open\nThe system SHALL open.\n\n#### Scenario: s\n- **THEN** it opens\n";

fn started(delta: &str) -> TestServer {
    let main = format!("## Purpose\nLockers.\n\n## Requirements\n\n{BLOCK}");
    let setup = Setup {
        files: &[("openspec/specs/lockers/spec.md", &main), (DELTA, delta)],
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open(DELTA, delta);
    server
}

#[test]
fn the_command_answers_with_a_diff() {
    let delta = format!("## MODIFIED Requirements\n\n{BLOCK}").replace("open.", "open soon.");
    let mut server = started(&delta);
    let asked = json!({
        "command": "spec-analyzer.previewArchive", "arguments": [{"uri": server.uri(DELTA)}]});
    let diff = server.eventually(|server| server.ask::<ExecuteCommandRequest>(asked.clone()));
    let diff = diff.as_str().unwrap().to_owned();
    assert!(diff.starts_with("--- a/openspec/specs/lockers/spec.md\n"));
    assert!(
        diff.contains("-The system SHALL open.\n+The system SHALL open soon.\n"),
        "{diff}"
    );
}

#[test]
fn the_action_is_an_edit_that_asks_to_be_confirmed() {
    let delta = format!("## MODIFIED Requirements\n\n{BLOCK}").replace("open.", "open soon.");
    let main = format!("## Purpose\nLockers.\n\n## Requirements\n\n{BLOCK}");
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] = json!({
        "documentChanges": true,
        "changeAnnotationSupport": {},
        "resourceOperations": ["create", "delete"],
    });
    let setup = Setup {
        files: &[("openspec/specs/lockers/spec.md", &main), (DELTA, &delta)],
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open(DELTA, &delta);
    let asked = json!({
        "textDocument": {"uri": server.uri(DELTA)},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "context": {"diagnostics": []},
    });
    let preview = |server: &mut TestServer| {
        let actions = server
            .ask::<CodeActionRequest>(asked.clone())
            .unwrap_or_default();
        actions.into_iter().find_map(|it| match it {
            CodeActionResponse::CodeAction(it) if it.title.contains("archiving \"keys\"") => {
                Some(it)
            }
            _ => None,
        })
    };
    let action = server.eventually(preview);
    let chosen = serde_json::to_value(action).unwrap();
    let chosen = server.ask::<CodeActionResolveRequest>(chosen);
    let edit = serde_json::to_value(chosen.edit.expect("an edit")).unwrap();
    assert_eq!(
        edit["changeAnnotations"]["archive"]["needsConfirmation"],
        true
    );
    let change = &edit["documentChanges"][0];
    assert_eq!(
        change["textDocument"]["uri"],
        server.uri("openspec/specs/lockers/spec.md")
    );
    assert_eq!(
        change["edits"][0]["newText"],
        "The system SHALL open soon.\n"
    );
    assert_eq!(
        change["edits"][0]["range"]["start"],
        json!({"line": 6, "character": 0})
    );
}

#[test]
fn a_modified_requirement_is_renamed_with_a_pair() {
    let mut server = started(&format!("## MODIFIED Requirements\n\n{BLOCK}"));
    let asked = json!({
        "textDocument": {"uri": server.uri(DELTA)},
        "position": {"line": 2, "character": 18}, "newName": "Unlock"});
    // Until the sources are read, nothing is renamed.
    let edit = server.eventually(|server| {
        let id = server.request::<RenameRequest>(asked.clone());
        server.answer(id).ok()
    });
    let said = serde_json::to_string(&edit).unwrap();
    assert!(
        said.contains("- FROM: `### Requirement: Open`\\n- TO: `### Requirement: Unlock`"),
        "{said}"
    );
}
