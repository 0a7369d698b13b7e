//! Tests to be filled in: offered where no test names a scenario, made as a new file with places to stop at, not offered again.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionRequest, CodeActionResolveRequest, CodeActionResponse,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = "specs/001-doors/spec.md";
const TEST: &str = "tests/test_open_door.py";

fn server(snippets: bool) -> TestServer {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] = json!({"documentChanges": true, "resourceOperations": ["create"],
        "snippetEditSupport": snippets});
    let files = [
        (".specify/memory/constitution.md", "# Constitution\n"),
        (
            SPEC,
            "# Feature Specification: Doors\n\n### User Story 1 - Open a door (Priority: P1)\n\n**Acceptance Scenarios**:\n\n\
             1. **Given** a ${door}, **When** a code is typed, **Then** it opens\n",
        ),
        ("setup.cfg", "pytest\n"),
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

/// The action at a place, as soon as all sources are read.
fn action(server: &mut TestServer, place: &str) -> CodeAction {
    server.eventually(|server| offered(server, place).into_iter().next())
}

/// What is offered at a place that a person asks for.
fn offered(server: &mut TestServer, place: &str) -> Vec<CodeAction> {
    let place = server.place(SPEC, place);
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": [], "triggerKind": 1},
    });
    let offered = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let actions = offered.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    actions
        .filter(|it| it.title.starts_with("Write test skeletons"))
        .collect()
}

fn edit(server: &mut TestServer, action: &CodeAction) -> Value {
    assert!(action.edit.is_none(), "it is made when it is chosen");
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    serde_json::to_value(chosen.edit).unwrap()
}

#[test]
fn tests_of_a_story_are_made_as_a_file_and_then_not_offered() {
    let mut server = server(false);
    let action = &action(&mut server, "### User Story 1 - Open| a door");
    assert_eq!(
        action.title,
        "Write test skeletons for US1 (from code facts, no AI)"
    );
    let written = edit(&mut server, action);
    let changes = written["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], json!(server.uri(TEST)));
    let text = changes[1]["edits"][0]["newText"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        text.contains("# specs/001-doors#US1/AC1\ndef test_"),
        "{text}"
    );

    server.open(TEST, &text);
    server.eventually(|server| {
        let again = offered(server, "### User Story 1 - Open| a door");
        again.is_empty().then_some(())
    });
}

#[test]
fn a_scenario_alone_has_a_place_to_stop_at() {
    let mut server = server(true);
    let action = &action(&mut server, "**Given** a ${door}, **When**| a code");
    assert!(action.title.contains("US1/AC1"), "{}", action.title);
    let written = edit(&mut server, action);
    let snippet = written["documentChanges"][1]["edits"][0]["snippet"]["value"].as_str();
    let snippet = snippet.expect("a snippet");
    assert!(
        snippet.contains("# Given a \\${door\\}")
            && snippet.contains("pytest.skip(\"${1:not written yet}\")"),
        "{snippet}"
    );
}
