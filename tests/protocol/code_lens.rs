//! Lenses: what is linked, above an item, with the best the client can do when it is clicked.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeLens, CodeLensRefreshRequest, CodeLensRequest, DidOpenTextDocumentNotification,
    ExecuteCommandRequest, HoverRequest, InlayHintRefreshRequest, PublishDiagnosticsNotification,
    ShowDocumentRequest,
};

use crate::parcels::{SPEC, TASKS, able, ready, start, start_with};
use crate::probe::{Probe, URI};
use crate::real::{Setup, TestServer, covered};

/// The lens above a text, once all sources are read.
fn lens(server: &mut TestServer, path: &str, text: &str) -> CodeLens {
    let uri = server.uri(path);
    server.eventually(|server| {
        let asked = json!({"textDocument": {"uri": uri}});
        let lenses = server.ask::<CodeLensRequest>(asked)?;
        let mut lenses = lenses
            .into_iter()
            .filter(|it| covered(&uri, it.range) == text);
        let title = |lens: &CodeLens| lens.command.as_ref().unwrap().title.contains("test");
        lenses.find(title)
    })
}

#[test]
fn a_story_says_what_is_done_and_what_comes_next() {
    let mut server = start();
    let lens = lens(&mut server, SPEC, "User Story 1");
    let command = lens.command.unwrap();
    assert!(
        command.title.starts_with("6 tasks, 5 done"),
        "{}",
        command.title
    );
    assert!(command.title.contains("T010"), "{}", command.title);
    let asked = json!({"command": command.command, "arguments": command.arguments});
    server.ask::<ExecuteCommandRequest>(asked);
    let (question, place) = server.asked::<ShowDocumentRequest>();
    server.reply(&question, &json!({"success": true}));
    assert_eq!(place.uri.as_ref(), server.uri(TASKS));
    assert_eq!(
        covered(place.uri.as_ref(), place.selection.unwrap()),
        "T010"
    );
}

#[test]
fn a_client_with_a_list_of_places_gets_places() {
    let mut capabilities = able();
    capabilities["experimental"] = json!({"commands": ["spec-analyzer.showPlaces"]});
    let mut server = start_with(capabilities);
    let command = lens(&mut server, SPEC, "User Story 1").command.unwrap();
    assert_eq!(command.command, "spec-analyzer.showPlaces");
    let arguments = command.arguments.unwrap();
    let places: &Vec<Value> = arguments[0][1].as_array().unwrap();
    let in_tasks = places
        .iter()
        .filter(|it| it["uri"] == json!(server.uri(TASKS)));
    assert_eq!(in_tasks.count(), 6);
}

#[test]
fn a_client_that_shows_nothing_gets_words() {
    let mut capabilities = able();
    capabilities["window"] = json!({});
    let mut server = start_with(capabilities);
    let command = lens(&mut server, SPEC, "User Story 1").command.unwrap();
    assert_eq!((command.command.as_str(), command.arguments), ("", None));
}

#[test]
fn where_nothing_is_linked_there_is_no_lens() {
    let mut server = start();
    let uri = server.uri(SPEC);
    let asked = json!({"textDocument": {"uri": uri}});
    let lenses = server.ask::<CodeLensRequest>(asked).unwrap();
    let above = |text| lenses.iter().any(|it| covered(&uri, it.range) == text);
    assert!(above("User Story 2") && !above("User Story 3"));
}

#[test]
fn lenses_and_hover_follow_the_language_of_the_user() {
    let setup = Setup {
        sample: Some("parcels"),
        capabilities: able(),
        locale: Some("ja"),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let uri = server.uri(SPEC);
    let asked = json!({"textDocument": {"uri": uri}});
    let lenses = server.ask::<CodeLensRequest>(asked).unwrap();
    let story = lenses
        .iter()
        .find(|it| covered(&uri, it.range) == "User Story 1")
        .unwrap();
    let title = &story.command.as_ref().unwrap().title;
    assert!(title.starts_with("タスク 6 件中 5 件完了"), "{title}");
    let place = server.place(SPEC, "- **FR-|001**");
    let hover = server.ask::<HoverRequest>(place);
    let text = serde_json::to_string(&hover).unwrap();
    assert!(text.contains("要件"), "{text}");
}

/// Opens a document and waits until what is said of it has been sent.
fn opened(probe: &mut Probe, uri: &str) {
    probe.notify::<DidOpenTextDocumentNotification>(json!({"textDocument": {
        "uri": uri, "languageId": "markdown", "version": 0, "text": "text"}}));
    probe.notification_where::<PublishDiagnosticsNotification>(|told| told["uri"] == json!(uri));
}

#[test]
fn an_edit_elsewhere_makes_the_client_ask_again() {
    let mut probe = Probe::start(&json!({
        "textDocument": {"codeLens": {}}, "workspace": {"codeLens": {"refreshSupport": true}}}));
    probe.forgive("textDocument/publishDiagnostics");
    opened(&mut probe, URI);
    // Its own edits change nothing that the client does not ask for by itself: a question asked here would be
    // unclaimed at the end.
    probe.append(1, 4, " two");
    probe.notification_where::<PublishDiagnosticsNotification>(|told| told["version"] == json!(1));
    opened(&mut probe, "file:///w/b.md");
    let (question, ()) = probe.asked::<CodeLensRefreshRequest>();
    probe.reply(&question, &json!(null));
}

#[test]
fn an_edit_elsewhere_makes_a_client_with_hints_ask_again() {
    let mut probe = Probe::start(&json!({
        "textDocument": {"inlayHint": {}}, "workspace": {"inlayHint": {"refreshSupport": true}}}));
    probe.forgive("textDocument/publishDiagnostics");
    opened(&mut probe, URI);
    opened(&mut probe, "file:///w/b.md");
    let (question, ()) = probe.asked::<InlayHintRefreshRequest>();
    probe.reply(&question, &json!(null));
}
