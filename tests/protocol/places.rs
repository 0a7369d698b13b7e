//! Places of a Kiro spec: a criterion comes in or moves, and references follow; typed by hand, a finding offers the same.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, DocumentChange, Edit,
    ReferencesRequest, WorkspaceEdit,
};

use crate::code_actions::applied;
use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = ".kiro/specs/login/requirements.md";
const TASKS: &str = ".kiro/specs/login/tasks.md";
const SOURCE: &str = "src/login.rs";
const FILES: &[(&str, &str)] = &[
    (
        SPEC,
        "# Requirements Document\n\n## Requirements\n\n### Requirement 1: Login 🦀\n\n#### Acceptance Criteria\n\n1. WHEN asked, THE App SHALL answer\n2. WHEN tired, THE App SHALL wait\n",
    ),
    (
        TASKS,
        "# Implementation Plan\n\n- [ ] 1. Wait\n  - _Requirements: 1.2_\n- [ ] 2. All\n  - _Requirements: 1.1, 1.2_\n",
    ),
    (
        SOURCE,
        "// Feature: login, Requirement 1.2: waits\nfn wait() {}\n",
    ),
];

fn started() -> TestServer {
    let setup = Setup {
        files: FILES,
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open(SPEC, FILES[0].1);
    // Until the sources are read, nobody knows where else a number is named.
    let criterion = json!({
        "textDocument": {"uri": server.uri(SPEC)}, "position": {"line": 9, "character": 1},
        "context": {"includeDeclaration": false}});
    let source = server.uri(SOURCE);
    server.eventually(|server| {
        let found = server
            .ask::<ReferencesRequest>(criterion.clone())
            .unwrap_or_default();
        found
            .iter()
            .any(|place| place.uri.as_ref() == source)
            .then_some(())
    });
    server
}

/// Titles offered at a place, and the resolved edit of the first that begins so.
fn offered(
    server: &mut TestServer,
    path: &str,
    line: u32,
    column: u32,
    title: &str,
) -> Option<WorkspaceEdit> {
    let at = json!({"line": line, "character": column});
    let asked = json!({
        "textDocument": {"uri": server.uri(path)}, "range": {"start": at, "end": at},
        "context": {"diagnostics": []}});
    let actions = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let action = actions.into_iter().find_map(|it| match it {
        CodeActionResponse::CodeAction(action) if action.title.starts_with(title) => Some(action),
        _ => None,
    })?;
    server
        .ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap())
        .edit
}

/// The texts of all files an edit changes, by path.
fn texts(
    server: &TestServer,
    edit: WorkspaceEdit,
    now: &BTreeMap<&str, String>,
) -> BTreeMap<String, String> {
    let mut after = BTreeMap::new();
    for change in edit.document_changes.unwrap() {
        let DocumentChange::TextDocumentEdit(change) = change else {
            panic!("{change:?}");
        };
        let uri = change.text_document.text_document_identifier.uri;
        let path = now
            .keys()
            .find(|path| server.uri(path) == uri.as_ref())
            .unwrap();
        let edits: Vec<_> = change
            .edits
            .into_iter()
            .map(|edit| match edit {
                Edit::TextEdit(edit) => edit,
                other => panic!("{other:?}"),
            })
            .collect();
        after.insert((*path).to_owned(), applied(&now[path], &edits));
    }
    after
}

fn on_disk() -> BTreeMap<&'static str, String> {
    FILES
        .iter()
        .map(|(path, text)| (*path, (*text).to_owned()))
        .collect()
}

#[test]
fn a_criterion_moves_and_every_reference_with_it() {
    let mut server = started();
    let edit = server.eventually(|server| offered(server, SPEC, 9, 4, "Move 1.2 up"));
    let texts = texts(&server, edit, &on_disk());
    assert!(texts[SPEC].contains("1. WHEN tired, THE App SHALL wait\n2. WHEN asked"));
    assert!(
        texts[TASKS].contains("_Requirements: 1.1_\n- [ ] 2. All\n  - _Requirements: 1.2, 1.1_")
    );
    assert!(texts[SOURCE].contains("Requirement 1.1: waits"));
}

#[test]
fn an_insertion_by_hand_is_followed_by_a_fix() {
    let mut server = started();
    let line: Value = json!([{"range": {"start": {"line": 8, "character": 0}, "end": {"line": 9, "character": 1}},
        "text": "1. WHEN new, THE App SHALL greet\n2. WHEN asked, THE App SHALL answer\n3"}]);
    server.change(SPEC, 2, &line);
    server.open(TASKS, FILES[1].1);
    let edit = server.eventually(|server| offered(server, TASKS, 3, 20, "Renumber 3 references"));
    let texts = texts(&server, edit, &on_disk());
    assert_eq!(
        texts[TASKS],
        FILES[1]
            .1
            .replace("1.1, 1.2", "1.2, 1.3")
            .replace("Requirements: 1.2_", "Requirements: 1.3_")
    );
}
