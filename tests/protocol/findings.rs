//! The findings of the real rules on the sample workspace, over the wire.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DiagnosticSeverity, DidCloseTextDocumentNotification, DocumentDiagnosticRequest, Message,
    PublishDiagnosticsNotification,
};

use crate::parcels::{OLD_SPEC, PLAN, SPEC, TASKS, able, ready, start_with};
use crate::real::{Setup, TestServer, covered};

/// The table of `tests/workspaces/README.md`: path, line, code, text covered.
fn expected() -> Vec<(String, u64, String, String)> {
    let table = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/workspaces/README.md"
    );
    let table = std::fs::read_to_string(table).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `parcels/"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let path = cells[0].trim_matches('`').strip_prefix("parcels/").unwrap();
        (
            path.to_owned(),
            cells[1].parse().unwrap(),
            cells[2].to_owned(),
            cells[3].trim_matches('`').to_owned(),
        )
    })
    .collect()
}

fn codes(path: &str) -> Vec<String> {
    let rows = expected().into_iter().filter(|(file, ..)| file == path);
    rows.map(|(_, _, code, _)| code).collect()
}

fn in_git(capabilities: Value, locale: Option<&str>) -> TestServer {
    let setup = Setup {
        sample: Some("parcels"),
        capabilities,
        locale,
        commit: true,
        ..Setup::default()
    };
    ready(setup.start())
}

#[test]
fn every_defect_of_the_feature_in_work_is_pushed_at_its_exact_text() {
    let mut server = in_git(json!({}), None);
    for path in [SPEC, PLAN, TASKS] {
        let wanted = codes(path);
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let told = server.pushed(path, &wanted);
        let uri = server.uri(path);
        let found: Vec<_> = told
            .iter()
            .map(|it| (u64::from(it.range.start.line) + 1, covered(&uri, it.range)))
            .collect();
        let rows = expected().into_iter().filter(|(file, ..)| file == path);
        let rows: Vec<_> = rows.map(|(_, line, _, text)| (line, text)).collect();
        assert_eq!(found, rows, "{path}");
    }
}

#[test]
fn finished_features_speak_only_while_they_are_open() {
    let mut server = in_git(json!({}), None);
    server.pushed(
        TASKS,
        &codes(TASKS).iter().map(String::as_str).collect::<Vec<_>>(),
    );
    server.open_from_disk(OLD_SPEC);
    let told = server.pushed(OLD_SPEC, &["duplicate-id"]);
    assert_eq!(told[0].severity, Some(DiagnosticSeverity::Information));
    let uri = server.uri(OLD_SPEC);
    server.notify::<DidCloseTextDocumentNotification>(json!({"textDocument": {"uri": uri}}));
    server.pushed(OLD_SPEC, &[]);
}

#[test]
fn a_finding_says_where_it_is_explained_and_what_else_belongs_to_it() {
    let mut server = start_with(json!({
        "textDocument": {"publishDiagnostics": {"relatedInformation": true}}}));
    server.open_from_disk(OLD_SPEC);
    let told = server.pushed(OLD_SPEC, &["duplicate-id"]).remove(0);
    let page = told.code_description.unwrap().href;
    assert!(page.as_ref().starts_with("https://"), "{page}");
    assert!(page.as_ref().ends_with("/duplicate-id.md"), "{page}");
    assert_eq!(told.source.as_deref(), Some("spec-analyzer"));
    let first = &told.related_information.unwrap()[0].location;
    assert_eq!(first.uri.as_ref(), server.uri(OLD_SPEC));
    assert!(first.range.start < told.range.start);
    assert_eq!(covered(first.uri.as_ref(), first.range), "FR-006");
}

#[test]
fn messages_follow_the_language_of_the_user() {
    let message = |locale| {
        let mut server = in_git(json!({}), locale);
        server.open_from_disk(OLD_SPEC);
        match server.pushed(OLD_SPEC, &["duplicate-id"]).remove(0).message {
            Message::String(text) => text,
            other @ Message::MarkupContent(_) => panic!("{other:?}"),
        }
    };
    let english = message(None);
    assert!(
        english.is_ascii() || english.contains("FR-006"),
        "{english}"
    );
    assert_eq!(message(Some("de")), english);
    let japanese = message(Some("ja-JP"));
    assert_ne!(japanese, english);
    assert!(japanese.contains("FR-006"), "{japanese}");
}

#[test]
fn what_is_pulled_is_what_would_be_pushed() {
    let mut pushing = in_git(json!({}), None);
    let wanted = codes(TASKS);
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let pushed = pushing.pushed(TASKS, &wanted);
    let mut pulling = in_git(able(), None);
    let uri = pulling.uri(TASKS);
    pulling.open_from_disk(TASKS);
    let pulled = pulling.eventually(|server| {
        let report = server.ask::<DocumentDiagnosticRequest>(json!({"textDocument": {"uri": uri}}));
        let items = serde_json::to_value(report).unwrap()["items"].take();
        let items = items.as_array().unwrap().clone();
        (items.len() == wanted.len()).then_some(items)
    });
    for (pulled, pushed) in pulled.iter().zip(pushed) {
        assert_eq!(pulled["range"], serde_json::to_value(pushed.range).unwrap());
        assert_eq!(
            pulled["message"],
            serde_json::to_value(pushed.message).unwrap()
        );
        assert_eq!(pulled["data"], pushed.data.unwrap());
    }
}

#[test]
fn typing_changes_findings_and_their_version() {
    let mut server = start_with(json!({}));
    let text = server.open_from_disk(SPEC);
    server.pushed(SPEC, &["missing-section", "story-without-task"]);
    let end = text.lines().count();
    let at = json!({"line": end, "character": 0});
    let more = "\n## Success Criteria\n\n- **SC-001**: 9 of 10 people know the day.\n";
    server.change(
        SPEC,
        7,
        &json!([{"range": {"start": at, "end": at}, "text": more}]),
    );
    let uri = server.uri(SPEC);
    let told = server.notification_where::<PublishDiagnosticsNotification>(|params| {
        params["uri"] == json!(uri) && params["diagnostics"].as_array().unwrap().len() == 1
    });
    assert_eq!(told.version, Some(7));
    assert_eq!(covered(&uri, told.diagnostics[0].range), "User Story 3");
}
