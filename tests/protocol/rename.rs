//! Rename and renumber: offered exactly on ids, made for all files at once, refused in plain words.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, DocumentChange, Edit,
    PrepareRenameRequest, PrepareRenameResult, ReferencesRequest, RenameRequest, Request, TextEdit,
    WorkspaceEdit,
};

use crate::code_actions::applied;
use crate::parcels::{COMPOSE, OLD_SPEC, SPEC, TASKS, able, ready, start_with};
use crate::real::{TestServer, covered};

/// A client that can do what [`able`] does, and asks before it renames.
fn asking() -> Value {
    let mut client = able();
    client["textDocument"]["rename"] = json!({"prepareSupport": true});
    client["workspace"]["workspaceEdit"]["changeAnnotationSupport"] = json!({});
    client
}

/// A server that has read every source.
fn start() -> TestServer {
    let mut server = start_with(asking());
    let place = server.place(SPEC, "**FR|-002**: System MUST name");
    server.eventually(|server| {
        let mut ask = place.clone();
        ask["newName"] = json!("FR-200");
        tried::<RenameRequest>(server, ask).ok()
    });
    server
}

/// The result of a request, or its error object.
fn tried<R: Request>(server: &mut TestServer, params: Value) -> Result<Value, Value> {
    let id = server.request::<R>(params);
    server.answer(id)
}

fn prepared(server: &mut TestServer, place: Value) -> Option<(String, String)> {
    let uri = place["textDocument"]["uri"].as_str().unwrap().to_owned();
    match server.ask::<PrepareRenameRequest>(place)? {
        PrepareRenameResult::PrepareRenamePlaceholder(it) => {
            Some((covered(&uri, it.range), it.placeholder))
        }
        other => panic!("{other:?}"),
    }
}

fn rename(server: &mut TestServer, mut place: Value, new: &str) -> WorkspaceEdit {
    place["newName"] = json!(new);
    server.ask::<RenameRequest>(place).unwrap()
}

/// Edits by document, with the version they are for.
fn edits(edit: &WorkspaceEdit) -> BTreeMap<String, (Option<i32>, Vec<TextEdit>)> {
    let changes = edit.document_changes.as_ref().expect("versioned changes");
    let of = |change: &DocumentChange| {
        let DocumentChange::TextDocumentEdit(change) = change else {
            panic!("not a text edit");
        };
        let plain = |edit: &Edit| match edit {
            Edit::TextEdit(edit) => edit.clone(),
            Edit::AnnotatedTextEdit(edit) => edit.text_edit.clone(),
            other @ Edit::SnippetTextEdit(_) => panic!("{other:?}"),
        };
        let document = &change.text_document;
        let uri = document.text_document_identifier.uri.as_ref().to_owned();
        (
            uri,
            (document.version, change.edits.iter().map(plain).collect()),
        )
    };
    changes.iter().map(of).collect()
}

#[test]
fn an_id_is_offered_exactly_and_nothing_else_is() {
    let mut server = start();
    for (path, marked, expected) in [
        (SPEC, "**FR|-002**: System MUST name", ("FR-002", "FR-002")),
        (SPEC, "### User| Story 1", ("User Story 1", "US1")),
        (TASKS, "T011 [P] [US|2]", ("US2", "US2")),
        (TASKS, "(relies on 001/FR|-004)", ("FR-004", "FR-004")),
        (TASKS, "- [x] |T001 Create", ("T001", "T001")),
        (
            "services/notifier/src/types.ts",
            "(001/FR-|005)",
            ("FR-005", "FR-005"),
        ),
    ] {
        let place = server.place(path, marked);
        let (text, id) = prepared(&mut server, place).unwrap_or_else(|| panic!("{marked}"));
        assert_eq!((text.as_str(), id.as_str()), expected, "{marked}");
    }
    for (path, marked) in [
        (SPEC, "System MUST| name the tracking code"),
        (SPEC, "1. **Given|** a parcel that was sorted"),
        (TASKS, "## Phase| 5"),
        (COMPOSE, "export function compose|Notice"),
        (COMPOSE, "|import"),
        ("README.md", "# Par|cels"),
    ] {
        let place = server.place(path, marked);
        assert_eq!(prepared(&mut server, place), None, "{marked}");
    }
}

#[test]
fn every_file_that_names_it_is_edited_for_the_version_it_is_in() {
    let mut server = start();
    server.open_from_disk(TASKS);
    let place = server.place(OLD_SPEC, "**FR|-004**");
    let edit = rename(&mut server, place, "FR-040");
    let files = edits(&edit);
    assert_eq!(files[&server.uri(TASKS)].0, Some(1));
    assert_eq!(files[&server.uri(OLD_SPEC)].0, None);
    assert!(files.contains_key(&server.uri("services/notifier/src/intake_client.ts")));
    for (uri, (_, edits)) in &files {
        for edit in edits {
            // `fr004` in the name of a test.
            let plain = |text: &str| text.replace('-', "").to_uppercase();
            assert_eq!(plain(&covered(uri, edit.range)), "FR004");
            assert_eq!(plain(&edit.new_text), "FR040");
        }
    }
    let annotations = edit.change_annotations.unwrap();
    let told = annotations.values().next().unwrap();
    assert_eq!(told.label, "Rename FR-004 to FR-040");
    let description = told.description.as_deref().unwrap();
    assert!(
        description.contains(&format!("in {} files", files.len())),
        "{description}"
    );
}

#[test]
fn an_open_buffer_wins_over_the_disk() {
    let mut server = start();
    let text = server.open_from_disk(TASKS);
    let typed = "See FR-001, FR-002 to FR-004.\n";
    server.change(TASKS, 2, &json!([{"text": format!("{typed}{text}")}]));
    let place = server.place(SPEC, "**FR|-003**: System MUST NOT");
    let edit = rename(&mut server, place, "FR-030");
    let files = edits(&edit);
    let (version, edits) = &files[&server.uri(TASKS)];
    assert_eq!(*version, Some(2));
    let after = applied(&format!("{typed}{text}"), edits);
    assert!(
        after.starts_with("See FR-001, FR-002, FR-030, FR-004.\n"),
        "{after}"
    );
    assert!(after.contains("plan_notices.ts` (FR-030)"), "{after}");
}

#[test]
fn what_cannot_be_is_refused_in_plain_words() {
    let mut server = start();
    for (path, marked, new, said) in [
        (
            SPEC,
            "**FR|-002**: System MUST name",
            "FR-003",
            "FR-003 is defined already, at specs/002-delivery-notices/spec.md:",
        ),
        (
            SPEC,
            "**FR|-002**: System MUST name",
            "second",
            "“second” is no id.",
        ),
        (
            SPEC,
            "**FR|-002**: System MUST name",
            "T020",
            "T020 is the id of another kind of item than FR-002.",
        ),
        (
            TASKS,
            "- [x] |T001 Create",
            "T001",
            "It is called T001 already.",
        ),
    ] {
        let mut place = server.place(path, marked);
        place["newName"] = json!(new);
        let error = tried::<RenameRequest>(&mut server, place).unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with(said), "{message}");
    }
}

#[test]
fn an_id_that_may_mean_two_is_not_renamed() {
    let mut server = ready(TestServer::start_with(
        &[
            (
                "specs/001-a/spec.md",
                "## Requirements\n\n- **FR-001**: a\n",
            ),
            (
                "specs/002-b/spec.md",
                "## Requirements\n\n- **FR-001**: b\n",
            ),
            ("src/a.ts", "// FR-001\n"),
        ],
        &asking(),
    ));
    let place = server.place("src/a.ts", "// FR-|001");
    let error =
        server.eventually(|server| tried::<PrepareRenameRequest>(server, place.clone()).err());
    let said = "Several features define FR-001, and nothing says which is meant here.";
    assert_eq!(error["message"], said);
}

#[test]
fn a_client_that_checks_no_versions_gets_plain_changes() {
    let mut client = asking();
    client["workspace"]["workspaceEdit"] = json!({});
    let mut server = start_with(client);
    let mut place = server.place(SPEC, "**FR|-005**: System MUST keep");
    place["newName"] = json!("FR-500");
    let edit = server.eventually(|server| {
        let edit = tried::<RenameRequest>(server, place.clone()).ok()?;
        serde_json::from_value::<WorkspaceEdit>(edit).ok()
    });
    let changes = edit.changes.unwrap();
    assert!(edit.document_changes.is_none() && edit.change_annotations.is_none());
    let mut place = server.place(SPEC, "**FR|-005**: System MUST keep");
    place["context"] = json!({"includeDeclaration": true});
    let named = server.ask::<ReferencesRequest>(place).unwrap();
    let same = |path: &str| {
        let uri = server.uri(path);
        let edits = changes.iter().filter(|(file, _)| file.as_ref() == uri);
        let edits = edits.flat_map(|(_, edits)| edits).count();
        assert_eq!(
            edits,
            named.iter().filter(|it| it.uri.as_ref() == uri).count()
        );
        edits
    };
    assert_eq!((same(SPEC), same(TASKS)), (1, 2));
}

#[test]
fn numbers_are_put_in_order_by_an_action_on_the_heading() {
    let mut server = start();
    let text = server.open_from_disk(TASKS);
    let without = text.replace("- [x] T003 [P] Define", "- [x] Define");
    assert_ne!(text, without);
    server.change(TASKS, 2, &json!([{"text": without}]));
    let uri = server.uri(TASKS);
    let line = without
        .lines()
        .position(|line| line.starts_with("# Tasks"))
        .unwrap();
    let at = json!({"line": line, "character": 3});
    let asked = json!({"textDocument": {"uri": uri}, "range": {"start": at, "end": at},
        "context": {"diagnostics": []}});
    let actions = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let mut actions = actions.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    let action = actions.find(|it| it.title.starts_with("Renumber T… in order"));
    let action = action.unwrap_or_else(|| panic!("no such action"));
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    let files = edits(chosen.edit.as_ref().unwrap());
    let (version, edits) = &files[&uri];
    assert_eq!(*version, Some(2));
    let after = applied(&without, edits);
    let ids: Vec<&str> = after
        .split_whitespace()
        .filter(|word| word.len() == 4 && word.starts_with("T0"))
        .collect();
    assert_eq!(ids.first(), Some(&"T001"));
    assert_eq!(ids.last(), Some(&"T014"));
}
