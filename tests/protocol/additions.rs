//! The next item of its kind: a question that is a tab stop, where the client has snippets in edits.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{CodeActionRequest, CodeActionResolveRequest, CodeActionResponse};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = "specs/001-doors/spec.md";

fn server(snippets: bool) -> TestServer {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] =
        json!({"documentChanges": true, "snippetEditSupport": snippets});
    let text = "# Feature Specification: Doors\n\n## Requirements\n\n- **FR-001**: System MUST open the door.\n\
                - **FR-002**: System MUST shut the door, as FR-007 said.\n";
    let setup = Setup {
        files: &[
            (".specify/memory/constitution.md", "# Constitution\n"),
            (SPEC, text),
        ],
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open_from_disk(SPEC);
    server
}

/// The edit of the action whose title begins so.
fn edit(server: &mut TestServer, title: &str) -> Value {
    let place = server.place(SPEC, "**FR-|001");
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    });
    let offered = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let mut actions = offered.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    let action = actions.find(|it| it.title.starts_with(title)).unwrap();
    assert!(
        action.title.ends_with("(from code facts, no AI)"),
        "{}",
        action.title
    );
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    serde_json::to_value(chosen.edit).unwrap()
}

#[test]
fn an_id_that_is_spoken_of_is_not_given_again() {
    let written = edit(&mut server(false), "Add FR-008 after this one");
    assert_eq!(
        written["documentChanges"][0]["edits"][0]["newText"],
        "\n- **FR-008**: System MUST [NEEDS CLARIFICATION: What exactly?]"
    );
}

#[test]
fn the_question_is_a_tab_stop() {
    let written = edit(&mut server(true), "Add FR-008 after this one");
    assert_eq!(
        written["documentChanges"][0]["edits"][0]["snippet"]["value"],
        "\n- **FR-008**: System MUST [NEEDS CLARIFICATION: ${1:What exactly?}]$0"
    );
}
