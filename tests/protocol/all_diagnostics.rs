//! Findings of documents that nobody opened, for a client that asks for all of them.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CancelNotification, DiagnosticRefreshRequest, DidCloseTextDocumentNotification,
    ProgressNotification, ShutdownRequest, WorkspaceDiagnosticReport, WorkspaceDiagnosticRequest,
};

use crate::parcels::{SPEC, TASKS, able, ready, start};
use crate::probe::{Probe, URI};
use crate::real::Setup;

/// URI, version, codes (`None`: as before) and result id of each report.
type Reports = Vec<(String, Option<i64>, Option<Vec<String>>, String)>;

fn read(report: &WorkspaceDiagnosticReport) -> Reports {
    let report = serde_json::to_value(report).unwrap();
    let items = report["items"].as_array().unwrap().iter();
    items.map(read_one).collect()
}

fn read_one(item: &Value) -> (String, Option<i64>, Option<Vec<String>>, String) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let codes = item["items"].as_array();
    let codes = codes.map(|list| list.iter().map(|it| text(&it["code"])).collect());
    let version = item["version"].as_i64();
    (text(&item["uri"]), version, codes, text(&item["resultId"]))
}

fn previous(reports: &Reports) -> Value {
    let ids = reports
        .iter()
        .map(|(uri, .., id)| json!({"uri": uri, "value": id}));
    json!({"previousResultIds": ids.collect::<Vec<_>>()})
}

#[test]
fn closed_documents_are_reported_without_a_version() {
    let mut server = start();
    server.open_from_disk(SPEC);
    let report = server.ask::<WorkspaceDiagnosticRequest>(json!({"previousResultIds": []}));
    let reports = read(&report);
    let of = |path: &str| {
        let uri = server.uri(path);
        let report = reports.iter().find(|(it, ..)| *it == uri);
        report.unwrap_or_else(|| panic!("{path} in {reports:#?}"))
    };
    assert_eq!(of(SPEC).1, Some(1));
    assert!(
        of(SPEC)
            .2
            .as_ref()
            .unwrap()
            .contains(&"story-without-task".to_owned())
    );
    assert_eq!(of(TASKS).1, None);
    assert!(!of(TASKS).2.as_ref().unwrap().is_empty());
}

/// A probe with one document and what is known of it.
fn probe() -> (Probe, Reports) {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.open("one");
    let report = probe.ask::<WorkspaceDiagnosticRequest>(json!({"previousResultIds": []}));
    (probe, read(&report))
}

#[test]
fn who_knows_everything_waits_for_news() {
    let (mut probe, known) = probe();
    assert_eq!(known[0].0, URI);
    let id = probe.request::<WorkspaceDiagnosticRequest>(previous(&known));
    // Other requests are answered meanwhile.
    let other = probe.ask::<WorkspaceDiagnosticRequest>(json!({"previousResultIds": []}));
    assert_eq!(read(&other), known);
    probe.append(1, 3, " two");
    let answer = probe.answer(id).unwrap();
    let news = read(&serde_json::from_value(answer).unwrap());
    assert_eq!((news.len(), news[0].1), (1, Some(1)));
    assert_ne!(news[0].3, known[0].3);
    // A document that has nothing to say any more is named once more, without findings.
    probe.notify::<DidCloseTextDocumentNotification>(json!({"textDocument": {"uri": URI}}));
    let gone = probe.ask::<WorkspaceDiagnosticRequest>(previous(&news));
    assert_eq!(read(&gone)[0].2, Some(Vec::new()));
}

#[test]
fn who_waits_can_be_cancelled_and_is_sent_home() {
    let (mut probe, known) = probe();
    let id = probe.request::<WorkspaceDiagnosticRequest>(previous(&known));
    probe.notify::<CancelNotification>(json!({"id": id}));
    assert_eq!(probe.answer(id).unwrap_err()["code"], json!(-32800));
    let id = probe.request::<WorkspaceDiagnosticRequest>(previous(&known));
    let goodbye = probe.request::<ShutdownRequest>(json!(null));
    assert_eq!(probe.answer(goodbye), Ok(json!(null)));
    let answer = probe.answer(id).unwrap();
    let same = read(&serde_json::from_value(answer).unwrap());
    assert_eq!(same[0].2, None);
}

#[test]
fn many_reports_come_in_parts() {
    let texts: Vec<(String, &str)> = (1..=120)
        .map(|at| {
            let path = format!("specs/{at:03}-a/tasks.md");
            (path, "# Tasks\n\n## Phase 1\n\n- [ ] T001 See FR-009 and src/a.rs\n- [ ] T001 See src/b.rs\n")
        })
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let setup = Setup {
        files: &files,
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let asked = json!({"previousResultIds": [], "partialResultToken": "parts"});
    let last = server.ask::<WorkspaceDiagnosticRequest>(asked);
    let mut found = Vec::new();
    for _ in 0..2 {
        let part = server.notification::<ProgressNotification>();
        assert_eq!(serde_json::to_value(part.token).unwrap(), json!("parts"));
        found.extend(part.value["items"].as_array().unwrap().iter().map(read_one));
    }
    found.extend(read(&last));
    let mut uris: Vec<String> = found.into_iter().map(|(uri, ..)| uri).collect();
    uris.sort_unstable();
    uris.dedup();
    assert_eq!(uris.len(), 120);
}

#[test]
fn what_background_work_changes_in_closed_documents_is_told() {
    let mut capabilities = able();
    capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    let setup = Setup {
        sample: Some("parcels"),
        capabilities,
        commit: true,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let (question, ()) = server.asked::<DiagnosticRefreshRequest>();
    server.reply(&question, &json!(null));
    server.forgive("workspace/diagnostic/refresh");
}
