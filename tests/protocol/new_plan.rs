//! The plan of a feature and what is missing of one, and tasks for what a list leaves out: titles, edits, and not again.

use serde_json::{Value, json};

use crate::new_tasks::{edit, offered_at};
use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = "specs/001-doors/spec.md";
const PLAN: &str = "specs/001-doors/plan.md";
const LIST: &str = "specs/001-doors/tasks.md";

const WANTED: &str = "# Feature Specification: Doors\n\n## User Scenarios & Testing\n\n\
    ### User Story 1 - Open a door (Priority: P1)\n\nSomebody types a code.\n\n**Acceptance Scenarios**:\n\n\
    1. **Given** a code, **When** it is typed, **Then** the door opens.\n\n## Requirements\n\n\
    - **FR-001**: System MUST open the door.\n\n### Key Entities\n\n- **Door**: it opens.\n- **Code**: it is typed.\n\
    - **Invoice**: it is paid.\n";

fn server(others: &[(&str, &str)], locale: Option<&str>) -> TestServer {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] =
        json!({"documentChanges": true, "resourceOperations": ["create"]});
    let mut files = vec![
        (".specify/memory/constitution.md", "# Constitution\n"),
        (SPEC, WANTED),
        ("src/door.py", "def open(): pass\n"),
    ];
    files.extend(others);
    let setup = Setup {
        files: &files,
        capabilities,
        locale,
        ..Setup::default()
    };
    ready(setup.start())
}

/// The text that an edit puts into its last document.
fn new_text(written: &Value) -> String {
    let changes = written["documentChanges"].as_array().unwrap();
    let edits = changes.iter().filter_map(|it| it["edits"].as_array());
    let texts = edits.flatten().map(|it| it["newText"].as_str().unwrap());
    texts.collect()
}

#[test]
fn a_plan_is_made_where_none_is() {
    let mut server = server(&[], None);
    server.open_from_disk(SPEC);
    let place = "# Feature| Specification";
    let title = "Write plan.md from spec.md (from code facts, no AI)";
    let action = offered_at(&mut server, SPEC, place, title).expect("it is offered at the title");
    let written = edit(&mut server, action);
    let changes = written["documentChanges"].as_array().unwrap();
    let made = changes.iter().filter(|it| it["kind"] == "create");
    let made: Vec<&Value> = made.map(|it| &it["uri"]).collect();
    let model = server.uri("specs/001-doors/data-model.md");
    assert_eq!(made, [&json!(server.uri(PLAN)), &json!(model)]);
    let text = new_text(&written);
    assert!(text.starts_with("# Implementation Plan: Doors\n"), "{text}");

    server.open(PLAN, "# Implementation Plan: Doors\n");
    assert_eq!(offered_at(&mut server, SPEC, place, "Write plan.md"), None);
}

#[test]
fn what_is_missing_of_a_plan_is_added_behind_it() {
    let plan = "# Implementation Plan: Doors\n\n## Summary\n\nBy hand.\n";
    let mut server = server(&[(PLAN, plan)], Some("ja"));
    server.open_from_disk(PLAN);
    let title = "plan.md に足りないものを加える (コードの事実から、AI なし)";
    let action = offered_at(&mut server, PLAN, "# Implementation| Plan", title);
    let written = edit(&mut server, action.expect("it is offered at the title"));
    let changes = written["documentChanges"].as_array().unwrap();
    let [change] = changes.as_slice() else {
        panic!("{written}");
    };
    assert_eq!(change["textDocument"]["uri"], json!(server.uri(PLAN)));
    let end = json!({"line": 5, "character": 0});
    assert_eq!(
        change["edits"][0]["range"],
        json!({"start": end, "end": end})
    );
    let text = new_text(&written);
    assert!(text.starts_with("\n## Test Impact\n\n"), "{text}");
}

#[test]
fn tasks_for_what_a_list_leaves_out_are_called_so() {
    let list = "# Tasks: Doors\n\n## Phase 1: User Story 1 - Open a door\n\n\
        - [ ] T001 [US1] Check the code at the door in src/door.py\n";
    let plan = "# Implementation Plan: Doors\n";
    let mut server = server(&[(PLAN, plan), (LIST, list)], None);
    server.open_from_disk(LIST);
    let title = "Write tasks for what no task covers (from code facts, no AI)";
    let action = offered_at(&mut server, LIST, "# Tasks|: Doors", title);
    let text = new_text(&edit(
        &mut server,
        action.expect("it is offered at the title"),
    ));
    assert!(text.contains("T002 Build Invoice"), "{text}");

    let changes = json!([{"text": format!("{list}{text}")}]);
    server.change(LIST, 2, &changes);
    assert_eq!(
        offered_at(&mut server, LIST, "# Tasks|: Doors", "Write tasks for"),
        None
    );
}
