//! `spec-analyzer.toml` in an editor: faults are shown in it, good settings count at once, suppressions are written.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, Diagnostic,
    DiagnosticSeverity, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification,
    DidCloseTextDocumentNotification, PublishDiagnosticsNotification, RegistrationRequest,
    UnregistrationRequest,
};

use crate::parcels::{OLD_SPEC, SPEC, able, ready, start_with};
use crate::real::{Setup, TestServer, covered};

const FILE: &str = "spec-analyzer.toml";
const SUPPRESSED: &str = "[[suppress]]\naddress = \"specs/002-delivery-notices#US3\"\ncode = \"story-without-task\"\nreason = \"Later.\"\n";

/// A client to which everything is pushed.
fn pushing(settings: &str) -> TestServer {
    let files = [(FILE, settings)];
    let setup = Setup {
        sample: Some("parcels"),
        files: if settings.is_empty() { &[] } else { &files },
        capabilities: json!({}),
        ..Setup::default()
    };
    ready(setup.start())
}

/// What is pushed for a document once `wanted` holds.
fn told(
    server: &mut TestServer,
    path: &str,
    wanted: impl Fn(&[Diagnostic]) -> bool,
) -> Vec<Diagnostic> {
    let uri = server.uri(path);
    let params = server.notification_where::<PublishDiagnosticsNotification>(|params| {
        let told: Vec<Diagnostic> = serde_json::from_value(params["diagnostics"].clone()).unwrap();
        params["uri"] == json!(uri) && wanted(&told)
    });
    params.diagnostics
}

fn has(told: &[Diagnostic], code: &str) -> bool {
    told.iter()
        .any(|it| serde_json::to_value(&it.code).unwrap() == json!(code))
}

fn save(server: &mut TestServer, text: &str) {
    std::fs::write(server.path(FILE), text).unwrap();
    let uri = server.uri(FILE);
    server
        .notify::<DidChangeWatchedFilesNotification>(json!({"changes": [{"uri": uri, "type": 2}]}));
}

fn replace(server: &mut TestServer, version: i32, text: &str) {
    server.change(FILE, version, &json!([{"text": text}]));
}

#[test]
fn a_fault_is_shown_in_the_file_and_the_last_good_settings_stay() {
    let mut server = pushing(SUPPRESSED);
    server.open_from_disk(SPEC);
    told(&mut server, SPEC, |told| {
        has(told, "missing-section") && !has(told, "story-without-task")
    });
    // As the editor holds it.
    server.open(FILE, SUPPRESSED);
    let broken = format!("{SUPPRESSED}\n[sevrity]\nmissing-section = \"off\"\n");
    std::fs::write(server.path(FILE), &broken).unwrap();
    replace(&mut server, 2, &broken);
    let fault = told(&mut server, FILE, |told| !told.is_empty()).remove(0);
    assert_eq!(fault.severity, Some(DiagnosticSeverity::Error));
    assert_eq!(covered(&server.uri(FILE), fault.range), "sevrity");
    // Right again: at once the finding is gone, and what was suppressed before never came.
    let good = broken.replace("sevrity", "severity");
    replace(&mut server, 3, &good);
    told(&mut server, FILE, <[_]>::is_empty);
    let left = told(&mut server, SPEC, |told| !has(told, "missing-section"));
    assert!(!has(&left, "story-without-task"), "{left:?}");
    // The disk holds it again.
    std::fs::write(server.path(FILE), "").unwrap();
    let uri = server.uri(FILE);
    server.notify::<DidCloseTextDocumentNotification>(json!({"textDocument": {"uri": uri}}));
    told(&mut server, SPEC, |told| {
        has(told, "missing-section") && has(told, "story-without-task")
    });
}

#[test]
fn settings_change_on_disk() {
    let mut server = pushing("");
    server.open_from_disk(SPEC);
    told(&mut server, SPEC, |told| has(told, "story-without-task"));
    save(&mut server, SUPPRESSED);
    told(&mut server, SPEC, |told| !has(told, "story-without-task"));
    save(&mut server, "colour = 1\n");
    let fault = told(&mut server, FILE, |told| !told.is_empty());
    assert!(has(&fault, "settings"));
    std::fs::remove_file(server.path(FILE)).unwrap();
    let uri = server.uri(FILE);
    server
        .notify::<DidChangeWatchedFilesNotification>(json!({"changes": [{"uri": uri, "type": 3}]}));
    told(&mut server, FILE, <[_]>::is_empty);
    told(&mut server, SPEC, |told| has(told, "story-without-task"));
}

#[test]
fn a_suppression_that_does_nothing_is_information() {
    let unmatched = SUPPRESSED.replace("US3", "US77");
    let mut server = pushing(&unmatched);
    let told = told(&mut server, FILE, |told| !told.is_empty());
    assert!(has(&told, "suppression-unmatched"));
    assert_eq!(told[0].severity, Some(DiagnosticSeverity::Information));
    let text = covered(&server.uri(FILE), told[0].range);
    assert_eq!(text, "\"specs/002-delivery-notices#US77\"");
}

#[test]
fn finished_features_speak_where_file_or_editor_ask_for_all() {
    let in_git = |settings: &str, options: Value| {
        let files = [(FILE, settings)];
        let setup = Setup {
            sample: Some("parcels"),
            files: &files,
            commit: true,
            capabilities: json!({}),
            options,
            ..Setup::default()
        };
        ready(setup.start())
    };
    let mut by_file = in_git("scope = \"all\"\n", json!(null));
    told(&mut by_file, OLD_SPEC, |told| has(told, "duplicate-id"));
    let mut by_editor = in_git("", json!({"scope": "all"}));
    told(&mut by_editor, OLD_SPEC, |told| has(told, "duplicate-id"));
    let configure = |server: &mut TestServer, scope: &str| {
        let own = json!({"settings": {"spec-analyzer": {"scope": scope}}});
        server.notify::<DidChangeConfigurationNotification>(own);
    };
    configure(&mut by_editor, "active");
    told(&mut by_editor, OLD_SPEC, <[_]>::is_empty);
    configure(&mut by_editor, "all");
    told(&mut by_editor, OLD_SPEC, |told| has(told, "duplicate-id"));
}

#[test]
fn the_editor_chooses_the_language() {
    let setup = Setup {
        sample: Some("parcels"),
        files: &[(FILE, "colour = 1\n")],
        capabilities: json!({}),
        locale: Some("en"),
        options: json!({"locale": "ja"}),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let fault = told(&mut server, FILE, |told| !told.is_empty());
    let message = serde_json::to_string(&fault[0].message).unwrap();
    assert!(message.contains("キー"), "{message}");
}

/// The edit of the action that suppresses the finding at US3.
fn chosen(server: &mut TestServer) -> CodeAction {
    let place = server.place(SPEC, "### User Story| 3 - See what was sent");
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    });
    let offered = server.ask::<CodeActionRequest>(asked).unwrap();
    let mut actions = offered.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    let action = actions
        .find(|it| it.title.starts_with("Suppress story-without-task"))
        .expect("it is offered");
    server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap())
}

#[test]
fn a_suppression_is_written_into_a_file_that_is_made_for_it() {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] = json!({
        "documentChanges": true, "resourceOperations": ["create"], "snippetEditSupport": true});
    let mut server = start_with(capabilities);
    server.open_from_disk(SPEC);
    let edit = serde_json::to_value(chosen(&mut server).edit).unwrap();
    let uri = server.uri(FILE);
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], json!(uri));
    assert_eq!(
        changes[1]["textDocument"],
        json!({"uri": uri, "version": null})
    );
    let snippet = changes[1]["edits"][0]["snippet"]["value"].as_str().unwrap();
    assert_eq!(
        snippet,
        "[[suppress]]\naddress = \"specs/002-delivery-notices#US3\"\ncode = \"story-without-task\"\nreason = \"$0\"\n"
    );
}

#[test]
fn a_suppression_is_added_to_what_is_there() {
    let kept = "# 決まり 🎉\r\nscope = \"active\"  # for now\r\n";
    let setup = Setup {
        sample: Some("parcels"),
        files: &[(FILE, kept)],
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open_from_disk(SPEC);
    server.open(FILE, kept);
    let edit = serde_json::to_value(chosen(&mut server).edit).unwrap();
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["textDocument"]["version"], 1);
    let added = &changes[0]["edits"][0];
    let end = json!({"line": 2, "character": 0});
    assert_eq!(added["range"], json!({"start": end, "end": end}));
    let text = format!("{kept}{}", added["newText"].as_str().unwrap());
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let suppressing = text.replace("reason = \"\"", "reason = \"Later.\"");
    assert_ne!(text, suppressing);
    // Without a reason it is a fault, and nothing is suppressed; with one the finding is gone.
    let finding = |server: &mut TestServer| {
        let uri = server.uri(SPEC);
        let asked = json!({"textDocument": {"uri": uri}});
        let report = server.ask::<tower_lsp::gen_lsp_types::DocumentDiagnosticRequest>(asked);
        serde_json::to_string(&report)
            .unwrap()
            .contains("story-without-task")
    };
    replace(&mut server, 2, &text);
    assert!(finding(&mut server));
    replace(&mut server, 3, &suppressing);
    assert!(!finding(&mut server));
}

#[test]
fn an_edit_beside_the_editor_makes_a_finished_feature_active() {
    let setup = Setup {
        sample: Some("parcels"),
        commit: true,
        capabilities: json!({}),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let path = server.path(OLD_SPEC);
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = |server: &mut TestServer, text: &str| {
        std::fs::write(&path, text).unwrap();
        let uri = server.uri(OLD_SPEC);
        server.notify::<DidChangeWatchedFilesNotification>(
            json!({"changes": [{"uri": uri, "type": 2}]}),
        );
    };
    changed(&mut server, &format!("{text}\nOne line more.\n"));
    told(&mut server, OLD_SPEC, |told| has(told, "duplicate-id"));
    changed(&mut server, &text);
    told(&mut server, OLD_SPEC, <[_]>::is_empty);
}

#[test]
fn what_settings_name_is_watched() {
    let setup = Setup {
        sample: Some("parcels"),
        files: &[(FILE, "spec-roots = ['ledger']\nbaseline = 'ci/old'\n")],
        capabilities: json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let registered = |server: &mut TestServer| {
        let (question, params) = server.asked::<RegistrationRequest>();
        server.reply(&question, &json!(null));
        serde_json::to_value(params).unwrap()["registrations"].take()
    };
    let fixed = registered(&mut server).to_string();
    assert!(fixed.contains("\"**/spec-analyzer.toml\""), "{fixed}");
    let named = registered(&mut server);
    let globs = &named[0]["registerOptions"]["watchers"];
    assert_eq!(
        globs,
        &json!([{"globPattern": "**/ci/old"}, {"globPattern": "**/ledger/**/*"}])
    );
    save(&mut server, "");
    let (question, params) = server.asked::<UnregistrationRequest>();
    server.reply(&question, &json!(null));
    let params = serde_json::to_value(params).unwrap();
    assert_eq!(params["unregisterations"][0]["id"], named[0]["id"]);
}

#[test]
fn under_flow_forward_a_finished_feature_raises_no_drift() {
    let spec = "specs/001-codes/spec.md";
    let all = "scope = \"all\"\n";
    let files = [
        (FILE, all),
        (
            spec,
            "# Feature Specification: Codes\n\n## Requirements\n\n- **FR-001**: Codes MUST be sent.\n- **FR-001**: Again.\n",
        ),
        (
            "specs/001-codes/tasks.md",
            "# Tasks: Codes\n\n## Phase 1: Work\n\n- [x] T001 Send codes (FR-001)\n",
        ),
        (
            "tests/test_codes.py",
            "# Feature: specs/001-codes/spec.md\nimport pytest\n\n@pytest.mark.skip\ndef test_fr_001_sends():\n    assert send()\n",
        ),
    ];
    let setup = Setup {
        files: &files,
        capabilities: json!({}),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open_from_disk(spec);
    told(&mut server, spec, |told| has(told, "test-drift"));
    // What was pushed before all was read has the duplicate, so the answer to the setting is one without it.
    let forward = "persistence = \"flow-forward\"\n[severity]\nduplicate-id = \"off\"\n";
    save(&mut server, &format!("{all}{forward}"));
    told(&mut server, spec, |told| {
        !has(told, "duplicate-id") && !has(told, "test-drift")
    });
    save(
        &mut server,
        &format!("{all}persistence = \"living-spec\"\n"),
    );
    told(&mut server, spec, |told| has(told, "test-drift"));
}
