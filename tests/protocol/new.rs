//! The command `new`: the files of something new as one edit that the editor makes, or why there is none.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{ApplyWorkspaceEditRequest, ExecuteCommandRequest};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const FILES: &[(&str, &str)] = &[
    (".specify/memory/constitution.md", "# Constitution\n"),
    (
        "specs/007-doors/spec.md",
        "# Feature Specification: Doors\n\n## Requirements\n\n- **FR-001**: System MUST open the door.\n",
    ),
    (
        "openspec/specs/doors/spec.md",
        "# doors Specification\n\n## Purpose\n\nDoors.\n\n## Requirements\n\n### Requirement: Open\n\nThe system SHALL \
         open.\n\n#### Scenario: s\n\n- **THEN** it opens\n",
    ),
];

fn server(operations: &[&str]) -> TestServer {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] =
        json!({"documentChanges": true, "resourceOperations": operations});
    let setup = Setup {
        files: FILES,
        capabilities,
        ..Setup::default()
    };
    ready(setup.start())
}

fn command(argument: &Value) -> Value {
    json!({"command": "spec-analyzer.new", "arguments": [argument]})
}

/// Path and text of every file that the editor is asked to make.
fn made(server: &mut TestServer, argument: &Value) -> Vec<(String, String)> {
    server.ask::<ExecuteCommandRequest>(command(argument));
    let (question, asked) = server.asked::<ApplyWorkspaceEditRequest>();
    server.reply(&question, &json!({"applied": true}));
    let edit = serde_json::to_value(asked.edit).unwrap();
    assert_eq!(edit["changes"], Value::Null);
    let top = server.uri("");
    let changes = edit["documentChanges"].as_array().unwrap();
    let pairs = changes.chunks(2).map(|pair| {
        let uri = pair[0]["uri"].as_str().unwrap();
        assert_eq!(pair[0]["kind"], "create");
        assert_eq!(pair[1]["textDocument"]["uri"], uri);
        let path = uri.strip_prefix(&top).unwrap().to_owned();
        assert!(!server.path(&path).exists(), "the editor writes {path}");
        let text = pair[1]["edits"][0]["newText"].as_str().unwrap();
        (path, text.to_owned())
    });
    pairs.collect()
}

fn refused(server: &mut TestServer, asked: Value) -> String {
    let id = server.request::<ExecuteCommandRequest>(asked);
    let error = server.answer(id).unwrap_err();
    assert_eq!(error["code"], json!(-32803), "{error}");
    error["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_feature_is_one_file_with_the_next_number() {
    let mut server = server(&["create"]);
    let files = made(
        &mut server,
        &json!({"kind": "feature", "name": "Parcel lockers"}),
    );
    let [(path, text)] = files.as_slice() else {
        panic!("{files:?}");
    };
    assert_eq!(path, "specs/008-parcel-lockers/spec.md");
    assert!(
        text.starts_with("# Feature Specification: Parcel lockers\n"),
        "{text}"
    );
}

#[test]
fn all_files_of_a_change_come_in_one_edit() {
    let mut server = server(&["create"]);
    let asked = json!({"kind": "change", "name": "add-keys", "capabilities": ["doors", "keys"]});
    let files = made(&mut server, &asked);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    for path in ["proposal.md", "specs/doors/spec.md", "specs/keys/spec.md"] {
        let whole = format!("openspec/changes/add-keys/{path}");
        assert!(paths.contains(&whole.as_str()), "{paths:?}");
    }
}

#[test]
fn what_cannot_be_made_is_said() {
    let mut server = server(&["create"]);
    let taken = command(&json!({"kind": "capability", "name": "doors"}));
    let said = refused(&mut server, taken);
    assert!(said.contains("`openspec/specs/doors"), "{said}");
    let said = refused(
        &mut server,
        command(&json!({"kind": "spec", "name": "doors"})),
    );
    assert!(said.contains("Kiro"), "{said}");
    let said = refused(
        &mut server,
        command(&json!({"kind": "spec", "name": "a", "titel": "b"})),
    );
    assert!(said.contains("titel"), "{said}");
    refused(&mut server, json!({"command": "spec-analyzer.new"}));
}

#[test]
fn an_editor_that_makes_no_files_is_sent_to_the_command_line() {
    let asked = command(&json!({"kind": "feature", "name": "Parcel lockers"}));
    let said = refused(&mut server(&[]), asked);
    assert!(said.contains("`spec-analyzer new`"), "{said}");
}
