//! Pulled or pushed, never both; only what changed; with the version it speaks of.

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    DiagnosticRefreshRequest, DidChangeWatchedFilesNotification, DidCloseTextDocumentNotification,
    DocumentDiagnosticReport, DocumentDiagnosticRequest, HoverRequest,
    PublishDiagnosticsNotification,
};

use crate::probe::{Probe, URI};

#[test]
fn pushed_sets_carry_their_version_and_are_taken_back() {
    let mut probe = Probe::start(&json!({}));
    probe.open("one");
    let told = probe.notification::<PublishDiagnosticsNotification>();
    assert_eq!((told.version, told.diagnostics.len()), (Some(0), 1));
    assert_eq!(told.diagnostics[0].range.end.character, 3);
    probe.notify::<DidCloseTextDocumentNotification>(json!({"textDocument": {"uri": URI}}));
    let told = probe.notification::<PublishDiagnosticsNotification>();
    assert_eq!((told.version, told.diagnostics.len()), (None, 0));
}

#[test]
fn a_client_that_pulls_gets_nothing_pushed() {
    let mut probe = Probe::start(&json!({"textDocument": {"diagnostic": {}}}));
    probe.release();
    probe.open("one");
    let pull = |previous: Option<&str>| json!({"textDocument": {"uri": URI}, "previousResultId": previous});
    let report = probe.ask::<DocumentDiagnosticRequest>(pull(None));
    let DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(report) = report else {
        panic!("{report:?}");
    };
    let report = report.full_document_diagnostic_report;
    assert_eq!(report.items.len(), 1);
    let again = probe.ask::<DocumentDiagnosticRequest>(pull(report.result_id.as_deref()));
    assert!(matches!(
        again,
        DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(_)
    ));
    // Anything pushed before this answer would be unclaimed.
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    probe.ask::<HoverRequest>(params);
}

#[test]
fn files_changed_on_disk_are_read_again() {
    let mut probe = Probe::start(&json!({}));
    let changes = json!({"changes": [{"uri": "file:///w/b.md", "type": 2}]});
    probe.notify::<DidChangeWatchedFilesNotification>(changes);
    let told = probe.notification::<PublishDiagnosticsNotification>();
    assert_eq!(told.uri.as_ref(), "file:///w/b.md");
    assert_eq!(told.diagnostics.len(), 1);
}

#[test]
fn a_client_that_pulls_is_told_when_its_documents_changed_without_it() {
    let mut probe = Probe::start(&json!({
        "textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}}));
    probe.release();
    probe.open("one");
    // Its own edits it pulls for by itself: a question asked here would be unclaimed at the end.
    probe.append(1, 3, " two");
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    probe.ask::<HoverRequest>(params);
    let changes = json!({"changes": [{"uri": URI, "type": 2}]});
    probe.notify::<DidChangeWatchedFilesNotification>(changes);
    let (question, ()) = probe.asked::<DiagnosticRefreshRequest>();
    probe.reply(&question, &json!(null));
}
