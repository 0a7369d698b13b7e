//! The task list of a feature that has none: offered at the title of its plan, made as a new file, not offered again.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionRequest, CodeActionResolveRequest, CodeActionResponse,
    DocumentDiagnosticRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const PLAN: &str = "specs/001-doors/plan.md";
const LIST: &str = "specs/001-doors/tasks.md";

fn server() -> TestServer {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] =
        json!({"documentChanges": true, "resourceOperations": ["create"]});
    let files = [
        (".specify/memory/constitution.md", "# Constitution\n"),
        (
            "specs/001-doors/spec.md",
            "# Feature Specification: Doors\n\n## User Scenarios & Testing\n\n### User Story 1 - Open a door (Priority: P1)\n\n\
             Somebody types a code.\n\n## Requirements\n\n- **FR-001**: System MUST open the door.\n",
        ),
        (
            PLAN,
            "# Implementation Plan: Doors\n\n## Project Structure\n\n```text\nsrc/\n├── locks/\n└── door.py\n```\n",
        ),
    ];
    let setup = Setup {
        files: &files,
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open_from_disk(PLAN);
    server
}

/// The action at a place whose title begins so.
pub(crate) fn offered_at(
    server: &mut TestServer,
    path: &str,
    place: &str,
    title: &str,
) -> Option<CodeAction> {
    let place = server.place(path, place);
    let at = &place["position"];
    let asked = json!({
        "textDocument": place["textDocument"],
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    });
    let offered = server.ask::<CodeActionRequest>(asked).unwrap_or_default();
    let mut actions = offered.into_iter().filter_map(|it| match it {
        CodeActionResponse::CodeAction(action) => Some(action),
        CodeActionResponse::Command(_) => None,
    });
    actions.find(|it| it.title.starts_with(title))
}

fn offered(server: &mut TestServer) -> Option<CodeAction> {
    offered_at(server, PLAN, "# Implementation| Plan", "Write tasks.md")
}

/// What an action writes.
pub(crate) fn edit(server: &mut TestServer, action: CodeAction) -> Value {
    let chosen = server.ask::<CodeActionResolveRequest>(serde_json::to_value(action).unwrap());
    serde_json::to_value(chosen.edit).unwrap()
}

#[test]
fn a_list_is_made_where_none_is_and_has_no_finding() {
    let mut server = server();
    let action = offered(&mut server).expect("it is offered at the title");
    assert!(
        action.title.ends_with("(from code facts, no AI)"),
        "{}",
        action.title
    );
    let written = edit(&mut server, action);
    let changes = written["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], json!(server.uri(LIST)));
    let text = changes[1]["edits"][0]["newText"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        text.contains("[US1] Create `src/door.py` (FR-001)"),
        "{text}"
    );

    server.open(LIST, &text);
    let uri = server.uri(LIST);
    let asked = json!({"textDocument": {"uri": uri}});
    let report = server.ask::<DocumentDiagnosticRequest>(asked);
    let report = serde_json::to_value(&report).unwrap();
    assert_eq!(report["items"], json!([]), "{report}");
    assert!(offered(&mut server).is_none(), "it has one now");
}

/// A server whose client has a document open and makes no files.
fn opened(files: &[(&str, &str)], path: &str) -> TestServer {
    let capabilities = able();
    let setup = Setup {
        files,
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.open_from_disk(path);
    server
}

#[test]
fn a_list_of_kiro_gets_what_no_task_covers_at_its_title() {
    const LIST: &str = ".kiro/specs/doors/tasks.md";
    let files = [
        (
            ".kiro/specs/doors/requirements.md",
            "# Requirements Document\n\n## Requirements\n\n\
             ### Requirement 1: Deposit\n\n#### Acceptance Criteria\n\n1. WHEN a parcel comes, THE System SHALL take it.\n\n\
             ### Requirement 2: Open\n\n#### Acceptance Criteria\n\n1. WHEN the code is right, THE System SHALL open the door.\n\n\
             ### Requirement 3: Receipts\n\n#### Acceptance Criteria\n\n1. WHEN an invoice is paid, THE Mailer SHALL post a letter.\n",
        ),
        (
            LIST,
            "# Implementation Plan\n\n- [x] 1. Deposit\n  - _Requirements: 1.1_\n- [ ] 2. Open\n  - _Requirements: 2.1_\n",
        ),
    ];
    let mut server = opened(&files, LIST);
    let action = offered_at(&mut server, LIST, "# Implementation| Plan", "Write tasks");
    let written = edit(&mut server, action.expect("it is offered at the title"));
    let edits = &written["documentChanges"][0]["edits"];
    assert_eq!(edits.as_array().map(Vec::len), Some(1), "{written}");
    let text = edits[0]["newText"].as_str().unwrap();
    assert!(text.starts_with("\n- [ ] 3. Implement"), "{text}");
    assert!(text.contains("_Requirements: 3.1_"), "{text}");
}

#[test]
fn a_list_gets_tasks_for_where_code_and_documents_have_parted() {
    let files = [
        (".specify/memory/constitution.md", "# Constitution\n"),
        ("src/door.py", "TIMEOUT = 60\n"),
        (
            "specs/001-doors/spec.md",
            "# Feature Specification: Doors\n\n### User Story 1 - Open a door (Priority: P1)\n\nSomebody types a code.\n\n\
             ## Requirements\n\n- **FR-001**: System MUST open it within 30 s (`src/door.py#TIMEOUT`).\n",
        ),
        (
            LIST,
            "# Tasks: Doors\n\n## Phase 1: User Story 1 - Open a door\n\n- [x] T001 [US1] Open it in src/door.py\n- [ ] T002 [US1] Close it\n",
        ),
    ];
    let mut server = opened(&files, LIST);
    let title = "Write tasks for where code and documents have parted";
    let asked = json!({"textDocument": {"uri": server.uri("specs/001-doors/spec.md")}});
    let report = server.ask::<DocumentDiagnosticRequest>(asked);
    let report = serde_json::to_string(&report).unwrap();
    assert!(report.contains("constant-drift"), "{report}");
    let action = offered_at(&mut server, LIST, "# Tasks|: Doors", title);
    let written = edit(&mut server, action.expect("it is offered"));
    let text = written["documentChanges"][0]["edits"][0]["newText"].as_str();
    let text = text.unwrap_or_else(|| panic!("{written}"));
    assert!(text.contains("per FR-001 (contradicts)"), "{text}");
}
