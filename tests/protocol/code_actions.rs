//! Code actions: offered by name, made when chosen, and gone with their finding.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    ApplyWorkspaceEditRequest, CodeAction, CodeActionRequest, CodeActionResolveRequest,
    CodeActionResponse, Command, DocumentChange, DocumentDiagnosticRequest, Edit,
    ExecuteCommandRequest, TextEdit, WorkspaceEdit,
};

use crate::parcels::{SPEC, TASKS, able, start, start_with};
use crate::real::{TestServer, offset};

fn offered(server: &mut TestServer, place: &Value) -> Vec<CodeActionResponse> {
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    });
    server.ask::<CodeActionRequest>(asked).unwrap_or_default()
}

fn action(server: &mut TestServer, place: &Value, title: &str) -> CodeAction {
    let actions = offered(server, place)
        .into_iter()
        .filter_map(|it| match it {
            CodeActionResponse::CodeAction(action) => Some(action),
            CodeActionResponse::Command(_) => None,
        });
    let mut actions = actions.filter(|action| action.title.contains(title));
    actions.next().unwrap_or_else(|| panic!("no {title:?}"))
}

fn story_three(server: &TestServer) -> Value {
    server.place(SPEC, "### User Story| 3 - See what was sent")
}

/// The text after edits whose ranges all speak of the text before.
pub fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| {
            (
                offset(text, edit.range.start),
                offset(text, edit.range.end),
                &edit.new_text,
            )
        })
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut out = String::new();
    let mut last = 0;
    for (start, end, new) in edits {
        out += &text[last..start];
        out += new;
        last = end;
    }
    out + &text[last..]
}

/// The edits of the only document an edit changes, for exactly this version.
fn edits_of(edit: WorkspaceEdit, uri: &str, version: Option<i32>) -> Vec<TextEdit> {
    let changes = edit.document_changes.expect("versioned changes");
    assert_eq!(changes.len(), 1);
    let DocumentChange::TextDocumentEdit(change) = changes.into_iter().next().unwrap() else {
        panic!("not a text edit");
    };
    assert_eq!(
        change.text_document.text_document_identifier.uri.as_ref(),
        uri
    );
    assert_eq!(change.text_document.version, version);
    let plain = |edit| match edit {
        Edit::TextEdit(edit) => edit,
        other => panic!("{other:?}"),
    };
    change.edits.into_iter().map(plain).collect()
}

fn codes(server: &mut TestServer, path: &str) -> Vec<String> {
    let uri = server.uri(path);
    let report = server.ask::<DocumentDiagnosticRequest>(json!({"textDocument": {"uri": uri}}));
    let report = serde_json::to_value(report).unwrap();
    let items = report["items"].as_array().unwrap().iter();
    items
        .map(|it| it["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn missing_tasks_are_written_and_their_finding_is_gone() {
    let mut server = start();
    server.open_from_disk(SPEC);
    let before = server.open_from_disk(TASKS);
    assert!(codes(&mut server, SPEC).contains(&"story-without-task".to_owned()));
    let place = story_three(&server);
    let chosen = action(&mut server, &place, "US3");
    assert_eq!(chosen.edit, None, "edits are made when one is chosen");
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(chosen).unwrap());
    let uri = server.uri(TASKS);
    let edits = edits_of(chosen.edit.unwrap(), &uri, Some(1));
    let after = applied(&before, &edits);
    assert!(after.contains("[US3]"), "{after}");
    // Nothing that was there is gone.
    let mut rest = after.lines();
    for line in before.lines() {
        assert!(rest.any(|it| it == line), "{line:?} is lost");
    }
    let changes: Vec<Value> = edits
        .iter()
        .map(|edit| json!({"range": edit.range, "text": edit.new_text}))
        .rev()
        .collect();
    server.change(TASKS, 2, &json!(changes));
    assert!(!codes(&mut server, SPEC).contains(&"story-without-task".to_owned()));
    // A second time there is nothing left to write.
    let again = offered(&mut server, &place);
    assert!(
        !serde_json::to_string(&again).unwrap().contains("US3"),
        "{again:?}"
    );
}

#[test]
fn a_closed_document_is_edited_without_a_version() {
    let mut server = start();
    server.open_from_disk(SPEC);
    let place = story_three(&server);
    let chosen = action(&mut server, &place, "US3");
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(chosen).unwrap());
    let uri = server.uri(TASKS);
    assert!(!edits_of(chosen.edit.unwrap(), &uri, None).is_empty());
}

#[test]
fn an_action_names_the_diagnostic_it_removes() {
    let mut server = start();
    server.open_from_disk(SPEC);
    let uri = server.uri(SPEC);
    let asked = json!({"textDocument": {"uri": uri}});
    let report = server.ask::<DocumentDiagnosticRequest>(asked);
    let report = serde_json::to_value(report).unwrap();
    let finding = report["items"].as_array().unwrap().iter();
    let finding = finding
        .clone()
        .find(|it| it["code"] == "story-without-task")
        .unwrap();
    let asked = json!({
        "textDocument": {"uri": uri}, "range": finding["range"],
        "context": {"diagnostics": [finding], "only": ["quickfix"]}});
    let actions = server.ask::<CodeActionRequest>(asked).unwrap();
    let actions = serde_json::to_value(actions).unwrap();
    assert_eq!(actions[0]["diagnostics"], json!([finding]));
    assert_eq!(actions[0]["isPreferred"], json!(true));
    assert_eq!(actions[0]["kind"], json!("quickfix"));
}

#[test]
fn a_client_that_cannot_ask_for_edits_runs_a_command() {
    let mut capabilities = able();
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!(null);
    let mut server = start_with(capabilities);
    server.open_from_disk(SPEC);
    let before = server.open_from_disk(TASKS);
    let place = story_three(&server);
    let command = action(&mut server, &place, "US3").command.unwrap();
    let edit = run(&mut server, &command);
    let uri = server.uri(TASKS);
    let after = applied(&before, &edits_of(edit, &uri, Some(1)));
    assert!(after.contains("[US3]"));
}

/// Runs a command and applies the edit the server then asks for.
fn run(server: &mut TestServer, command: &Command) -> WorkspaceEdit {
    // The answer comes whether or not the client has applied anything.
    let asked = json!({"command": command.command, "arguments": command.arguments});
    server.ask::<ExecuteCommandRequest>(asked);
    let (question, params) = server.asked::<ApplyWorkspaceEditRequest>();
    assert_eq!(params.label.as_deref(), Some(command.title.as_str()));
    server.reply(&question, &json!({"applied": true}));
    params.edit
}

#[test]
fn a_client_that_knows_only_commands_and_plain_edits_is_served() {
    let mut server = start_with(json!({
        "textDocument": {"diagnostic": {}, "codeAction": {}}, "workspace": {"applyEdit": true}}));
    server.open_from_disk(SPEC);
    let place = story_three(&server);
    let mut commands = offered(&mut server, &place)
        .into_iter()
        .filter_map(|it| match it {
            CodeActionResponse::Command(command) => Some(command),
            CodeActionResponse::CodeAction(_) => None,
        });
    let command = commands
        .find(|command| command.title.contains("US3"))
        .unwrap();
    let edit = run(&mut server, &command);
    assert_eq!(edit.document_changes, None);
    let changed: Vec<String> = edit
        .changes
        .unwrap()
        .keys()
        .map(ToString::to_string)
        .collect();
    assert_eq!(changed, [server.uri(TASKS)]);
}

#[test]
fn a_client_that_applies_nothing_on_request_gets_edits_at_once() {
    let mut capabilities = able();
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!(null);
    capabilities["workspace"]["applyEdit"] = json!(false);
    let mut server = start_with(capabilities);
    let place = story_three(&server);
    assert!(action(&mut server, &place, "US3").edit.is_some());
}

#[test]
fn a_tick_changes_one_character_of_the_version_it_was_offered_for() {
    let mut server = start();
    let text = server.open_from_disk(TASKS);
    let place = server.place(TASKS, "- [ ] T01|0 [US1] Hand notices");
    let chosen = action(&mut server, &place, "T010");
    let kept = serde_json::to_value(chosen).unwrap();
    let resolved = server.ask::<CodeActionResolveRequest>(kept.clone());
    let uri = server.uri(TASKS);
    let after = applied(&text, &edits_of(resolved.edit.unwrap(), &uri, Some(1)));
    assert_eq!(after, text.replace("- [ ] T010", "- [x] T010"));

    let top = json!({"line": 0, "character": 0});
    server.change(
        TASKS,
        2,
        &json!([{"range": {"start": top, "end": top}, "text": "\n"}]),
    );
    let id = server.request::<CodeActionResolveRequest>(kept);
    let error = server.answer(id).unwrap_err();
    assert_eq!(error["code"], json!(-32803), "{error}");
}

#[test]
fn no_lamp_is_lit_on_every_task() {
    let mut server = start();
    let place = server.place(TASKS, "- [ ] T01|0 [US1] Hand notices");
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"], "range": {"start": at, "end": at},
        "context": {"diagnostics": [], "triggerKind": 2}});
    assert_eq!(server.ask::<CodeActionRequest>(asked), None);
}

#[test]
fn a_key_may_tick_what_the_cursor_is_on() {
    let mut server = start();
    let text = server.open_from_disk(TASKS);
    let place = server.place(TASKS, "- [ ] T010 [US1] Hand| notices");
    let command = Command {
        title: "Tick T010".to_owned(),
        command: "spec-analyzer.tick".to_owned(),
        arguments: Some(vec![place]),
        tooltip: None,
    };
    let edit = run(&mut server, &command);
    let uri = server.uri(TASKS);
    let after = applied(&text, &edits_of(edit, &uri, Some(1)));
    assert_eq!(after, text.replace("- [ ] T010", "- [x] T010"));

    let prose = server.place(TASKS, "# Task|s: ");
    let asked = json!({"command": "spec-analyzer.tick", "arguments": [prose]});
    let id = server.request::<ExecuteCommandRequest>(asked);
    assert_eq!(server.answer(id).unwrap_err()["code"], json!(-32803));
}
