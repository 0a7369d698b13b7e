//! Suggestions as actions: offered when asked for, never at a move of the cursor, and many at once only to be looked
//! through.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    ApplyWorkspaceEditRequest, CodeAction, CodeActionRequest, CodeActionResolveRequest,
    CodeActionResponse, DocumentChange, Edit, ExecuteCommandRequest, ShowDocumentRequest,
    TextDocumentContentRequest, TextEdit, WorkspaceEdit,
};

use crate::code_actions::applied;
use crate::parcels::{able, ready};
use crate::real::TestServer;

const SPEC: &str = "specs/001-login/spec.md";
const TASKS: &str = "specs/001-login/tasks.md";
const FILES: &[(&str, &str)] = &[
    (".specify/memory/constitution.md", "# Constitution\n"),
    (
        SPEC,
        "# Feature Specification: Login\n\n## Requirements\n\n\
         - **FR-001**: The system MUST hash each password with bcrypt.\n\
         - **FR-002**: The system MUST show \"Session expired\" after expiry.\n",
    ),
    (
        TASKS,
        "# Tasks: Login\n\n- [ ] T001 Hash each password with bcrypt in src/password.rs\n\
         - [ ] T002 Show \"Session expired\" after expiry in src/session.rs\n",
    ),
    (
        "src/password.rs",
        "/// Hashes.\npub fn hash_password() {}\n",
    ),
];

fn start(reviews: bool) -> TestServer {
    let mut client = able();
    if reviews {
        client["workspace"]["workspaceEdit"]["changeAnnotationSupport"] = json!({});
    }
    let mut server = ready(TestServer::start_with(FILES, &client));
    server.open_from_disk(SPEC);
    server
}

fn offered(server: &mut TestServer, trigger: u32) -> Vec<CodeAction> {
    let place = server.place(SPEC, "- **FR|-001**");
    offered_at(server, &place, trigger)
}

fn offered_at(server: &mut TestServer, place: &Value, trigger: u32) -> Vec<CodeAction> {
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": [], "triggerKind": trigger},
    });
    let all = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let actions = all.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    actions.collect()
}

/// Asks until an action with this beginning is offered: the sources are read beside.
fn action(server: &mut TestServer, title: &str) -> CodeAction {
    server.eventually(|server| {
        offered(server, 1)
            .into_iter()
            .find(|it| it.title.starts_with(title))
    })
}

fn edit_of(server: &mut TestServer, action: CodeAction) -> WorkspaceEdit {
    assert_eq!(action.edit, None, "edits are made when one is chosen");
    let action: Value = serde_json::to_value(action).unwrap();
    let resolved = server.ask::<CodeActionResolveRequest>(action);
    resolved.edit.unwrap()
}

/// The text of the only document an edit changes, afterwards.
fn after(edit: &WorkspaceEdit, uri: &str, before: &str) -> String {
    let changes = edit.document_changes.as_ref().unwrap();
    let [DocumentChange::TextDocumentEdit(change)] = changes.as_slice() else {
        panic!("{changes:?}");
    };
    assert_eq!(
        change.text_document.text_document_identifier.uri.as_ref(),
        uri
    );
    let plain = |edit: &Edit| match edit {
        Edit::TextEdit(edit) => edit.clone(),
        Edit::AnnotatedTextEdit(edit) => edit.text_edit.clone(),
        other @ Edit::SnippetTextEdit(_) => panic!("{other:?}"),
    };
    let edits: Vec<TextEdit> = change.edits.iter().map(plain).collect();
    applied(before, &edits)
}

#[test]
fn a_requirement_is_cited_in_its_task_and_not_offered_again() {
    let mut server = start(false);
    let before = server.open_from_disk(TASKS);
    let chosen = action(&mut server, "Cite FR-001 in T001: ");
    let edit = edit_of(&mut server, chosen);
    let uri = server.uri(TASKS);
    let text = after(&edit, &uri, &before);
    assert_eq!(
        text,
        before.replace("src/password.rs\n", "src/password.rs (FR-001)\n")
    );
    server.change(TASKS, 2, &json!([{"text": text}]));
    let left = offered(&mut server, 1);
    assert!(
        left.iter().all(|it| !it.title.starts_with("Cite FR-001")),
        "{left:?}"
    );
}

#[test]
fn nothing_is_worked_out_at_a_move_of_the_cursor() {
    let mut server = start(true);
    action(&mut server, "Cite FR-001 in T001: ");
    let moved = offered(&mut server, 2);
    assert!(
        moved.iter().all(|it| !it.title.contains("FR-001 in")),
        "{moved:?}"
    );
}

#[test]
fn a_symbol_gets_a_comment_that_names_the_feature() {
    let mut server = start(false);
    let chosen = action(
        &mut server,
        "Add a mention of FR-001 above `hash_password`: ",
    );
    let edit = edit_of(&mut server, chosen);
    let uri = server.uri("src/password.rs");
    let text = after(&edit, &uri, FILES[3].1);
    assert_eq!(
        text,
        "// specs/001-login#FR-001\n/// Hashes.\npub fn hash_password() {}\n"
    );
}

#[test]
fn all_at_once_is_an_edit_to_look_through_or_none() {
    let mut server = start(true);
    let before = server.open_from_disk(TASKS);
    let chosen = action(&mut server, "Review 2 confident links");
    let edit = edit_of(&mut server, chosen);
    let annotations = edit.change_annotations.as_ref().unwrap();
    assert!(
        annotations
            .values()
            .all(|it| it.needs_confirmation == Some(true)),
        "{annotations:?}"
    );
    // Each link is confirmed by itself, and says why.
    let mut said: Vec<(&str, bool)> = annotations
        .values()
        .map(|it| {
            (
                &*it.label,
                it.description.as_ref().unwrap().contains("both say"),
            )
        })
        .collect();
    said.sort_unstable();
    assert_eq!(
        said,
        [
            ("Cite FR-001 in T001", false),
            ("Cite FR-002 in T002", true)
        ]
    );
    let uri = server.uri(TASKS);
    let text = after(&edit, &uri, &before);
    assert!(
        text.contains("(FR-001)") && text.contains("(FR-002)"),
        "{text}"
    );

    let mut plain = start(false);
    action(&mut plain, "Cite FR-001 in T001: ");
    let all = offered(&mut plain, 1);
    assert!(
        all.iter().all(|it| !it.title.starts_with("Review")),
        "{all:?}"
    );
}

const SESSION: &str = "src/session.ts";
const TEST: &str = "test/session.test.ts";

/// A task that cites, and names a source and its test.
fn start_in_sources() -> TestServer {
    let tasks = "# Tasks: Login\n\n- [ ] T001 Close what is old in src/session.ts with \
                 test/session.test.ts (FR-002)\n";
    let mut files: Vec<(&str, &str)> = FILES[..2].to_vec();
    files.extend([
        (TASKS, tasks),
        (
            SESSION,
            "export class Session {\r\n\t/** Ends it. 😀 */\r\n\t@logged()\r\n\tend() {\r\n\t\treturn 1;\r\n\t}\r\n}\r\n",
        ),
        (
            TEST,
            "describe('session', () => {\n  it('ends', () => {\n    expect(1).toBe(1);\n  });\n});\n",
        ),
    ]);
    ready(TestServer::start_with(&files, &able()))
}

/// The text of a source once its first offered mention of FR-002 at a place is there.
fn mentioned(server: &mut TestServer, path: &str, place: &Value, before: &str) -> String {
    let chosen = server.eventually(|server| {
        let all = offered_at(server, place, 1);
        let mut mentions = all.into_iter().filter(|it| !it.title.starts_with("Read,"));
        mentions.find(|it| it.title.contains("FR-002"))
    });
    assert!(
        chosen.title.contains("T001") && chosen.title.contains("(The system MUST show"),
        "{}",
        chosen.title
    );
    assert_eq!(offered_at(server, place, 2), [], "at a move of the cursor");
    let edit = edit_of(server, chosen);
    let uri = server.uri(path);
    after(&edit, &uri, before)
}

#[test]
fn a_function_and_a_test_are_offered_what_their_task_cites() {
    let mut server = start_in_sources();
    let before = server.open_from_disk(SESSION);
    let place = server.place(SESSION, "\te|nd()");
    let text = mentioned(&mut server, SESSION, &place, &before);
    let line = "\t// specs/001-login#FR-002\r\n";
    assert_eq!(text, before.replacen("\t/**", &format!("{line}\t/**"), 1));
    // The buffer is what counts, and says it now.
    server.change(SESSION, 2, &json!([{"text": text}]));
    let mut there = place.clone();
    // What serves an item may be accepted; nothing else is offered there, nor inside of the function.
    for line in [4, 5] {
        there["position"]["line"] = json!(line);
        let mut left = offered_at(&mut server, &there, 1);
        left.retain(|action| !action.title.starts_with("Read, still true"));
        assert_eq!(left, [], "{line}");
    }

    let before = server.open_from_disk(TEST);
    let place = server.place(TEST, "it('e|nds'");
    let text = mentioned(&mut server, TEST, &place, &before);
    let line = "  // specs/001-login#FR-002\n";
    assert_eq!(text, before.replacen("  it(", &format!("{line}  it("), 1));
}

#[test]
fn a_mention_is_not_written_into_another_version() {
    let mut server = start_in_sources();
    server.open_from_disk(SESSION);
    let place = server.place(SESSION, "\te|nd()");
    let chosen = server.eventually(|server| {
        let all = offered_at(server, &place, 1);
        all.into_iter().find(|it| it.title.contains("FR-002"))
    });
    let top = json!({"line": 0, "character": 0});
    server.change(
        SESSION,
        2,
        &json!([{"range": {"start": top, "end": top}, "text": "//\n"}]),
    );
    let kept: Value = serde_json::to_value(chosen).unwrap();
    let id = server.request::<CodeActionResolveRequest>(kept);
    let refused = server.answer(id).unwrap_err();
    let why = refused["message"].as_str().unwrap();
    assert!(why.contains("has changed"), "{why}");
}

#[test]
fn a_client_that_cannot_review_edits_reads_the_list() {
    let mut client = able();
    client["workspace"]["textDocumentContent"] = json!({});
    let mut server = ready(TestServer::start_with(FILES, &client));
    server.open_from_disk(SPEC);
    let chosen = action(&mut server, "Review 2 confident links");
    assert_eq!(chosen.edit, None);
    let command = chosen.command.unwrap();
    assert_eq!(command.command, "spec-analyzer.reviewLinks");
    let asked = json!({"command": command.command, "arguments": command.arguments});
    server.ask::<ExecuteCommandRequest>(asked);
    let (question, shown) = server.asked::<ShowDocumentRequest>();
    server.reply(&question, &json!({"success": true}));
    let uri = shown.uri.as_ref().to_owned();
    let answer = server.ask::<TextDocumentContentRequest>(json!({"uri": uri}));
    let text = answer.text;
    for said in [
        "`specs/001-login`",
        "Cite FR-001 in T001",
        "both say “session expired”",
    ] {
        assert!(text.contains(said), "{text}");
    }

    // Any other client gets the text.
    let mut plain = start(false);
    action(&mut plain, "Cite FR-001 in T001: ");
    let asked = json!({"command": "spec-analyzer.reviewLinks"});
    let answer = plain.ask::<ExecuteCommandRequest>(asked).unwrap();
    assert_eq!(answer.as_str().unwrap(), text);
}

#[test]
fn the_command_shows_the_edit_that_is_confirmed_one_by_one() {
    let mut server = start(true);
    action(&mut server, "Review 2 confident links");
    let uri = server.uri(SPEC);
    let asked = json!({"command": "spec-analyzer.reviewLinks", "arguments": [{"uri": uri}]});
    server.ask::<ExecuteCommandRequest>(asked);
    let (question, wanted) = server.asked::<ApplyWorkspaceEditRequest>();
    server.reply(&question, &json!({"applied": true}));
    assert_eq!(wanted.edit.change_annotations.unwrap().len(), 2);
}

#[test]
fn an_id_that_may_mean_another_is_written_with_its_feature() {
    const OTHER: &str = "tools/other.py";
    let mut files = FILES.to_vec();
    files.push((
        OTHER,
        "def other():\n    \"\"\"Hashes 😀 (FR-001, FR-002).\"\"\"\n",
    ));
    let mut server = ready(TestServer::start_with(&files, &able()));
    let before = server.open_from_disk(OTHER);
    let place = server.place(OTHER, "(FR-|001");
    let chosen = server.eventually(|server| {
        let all = offered_at(server, &place, 1);
        all.into_iter().find(|it| it.title.starts_with("Write"))
    });
    assert_eq!(
        chosen.title,
        "Write 001/ before FR-001: The system MUST hash each password with bcrypt."
    );
    let edit = edit_of(&mut server, chosen);
    let uri = server.uri(OTHER);
    let text = after(&edit, &uri, &before);
    assert_eq!(text, before.replace("(FR-001", "(001/FR-001"));
    server.change(OTHER, 2, &json!([{"text": text}]));
    let left = offered_at(&mut server, &place, 1);
    assert!(
        left.iter().all(|it| !it.title.starts_with("Write")),
        "{left:?}"
    );
}
