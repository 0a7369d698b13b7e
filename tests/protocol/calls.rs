//! Call hierarchy: from a requirement to its tests and back, never begun in a source file.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CallHierarchyIncomingCallsRequest, CallHierarchyItem, CallHierarchyOutgoingCallsRequest,
    CallHierarchyPrepareRequest,
};

use crate::parcels::{COMPOSE, SPEC, TASKS, able, ready, start};
use crate::real::{Setup, TestServer, covered};

const COMPOSE_TEST: &str = "services/notifier/test/compose.test.ts";

fn prepared(server: &mut TestServer, path: &str, marked: &str) -> Vec<CallHierarchyItem> {
    let place = server.place(path, marked);
    let items = server.ask::<CallHierarchyPrepareRequest>(place);
    items.unwrap_or_default()
}

/// Who is called, with the texts that say so.
fn outgoing(
    server: &mut TestServer,
    item: &CallHierarchyItem,
) -> Vec<(CallHierarchyItem, Vec<String>)> {
    let calls = server.ask::<CallHierarchyOutgoingCallsRequest>(json!({"item": item}));
    let calls = calls.unwrap_or_default().into_iter();
    calls
        .map(|call| {
            let texts = call.from_ranges.iter();
            let texts = texts.map(|range| covered(item.uri.as_ref(), *range));
            let texts = texts.collect();
            (call.to, texts)
        })
        .collect()
}

/// Who calls, with the texts that say so.
fn incoming(
    server: &mut TestServer,
    item: &CallHierarchyItem,
) -> Vec<(CallHierarchyItem, Vec<String>)> {
    let calls = server.ask::<CallHierarchyIncomingCallsRequest>(json!({"item": item}));
    let calls = calls.unwrap_or_default().into_iter();
    calls
        .map(|call| {
            let texts = call.from_ranges.iter();
            let texts = texts.map(|range| covered(call.from.uri.as_ref(), *range));
            let texts = texts.collect();
            (call.from, texts)
        })
        .collect()
}

fn named(
    calls: &[(CallHierarchyItem, Vec<String>)],
    name: &str,
) -> (CallHierarchyItem, Vec<String>) {
    let found = calls.iter().find(|(item, _)| item.name.starts_with(name));
    let names: Vec<&String> = calls.iter().map(|(item, _)| &item.name).collect();
    found
        .unwrap_or_else(|| panic!("{name} in {names:?}"))
        .clone()
}

#[test]
fn from_a_requirement_over_task_and_symbol_to_its_tests_and_back() {
    let mut server = start();
    assert_eq!(
        serde_json::to_value(&server.initialized.capabilities).unwrap()["callHierarchyProvider"],
        json!(true)
    );
    let requirement = prepared(&mut server, SPEC, "**FR|-002**: System MUST name");
    let requirement = &requirement[0];
    assert_eq!(
        covered(requirement.uri.as_ref(), requirement.selection_range),
        "FR-002"
    );
    // Mentions in code come when the sources are read.
    let calls = server.eventually(|server| {
        let calls = outgoing(server, requirement);
        let code = |item: &CallHierarchyItem| item.uri.as_ref().ends_with("compose.ts");
        calls.iter().any(|(item, _)| code(item)).then_some(calls)
    });
    let (task, texts) = named(&calls, "T007 ");
    assert_eq!(texts, ["FR-002"]);
    assert_eq!(
        task.detail.as_deref(),
        Some("✓ 002-delivery-notices · declared")
    );

    let calls = outgoing(&mut server, &task);
    let (symbol, texts) = named(&calls, "composeNotice");
    assert_eq!(texts, ["composeNotice"]);
    assert_eq!(symbol.uri.as_ref(), server.uri(COMPOSE));
    assert_eq!(
        covered(symbol.uri.as_ref(), symbol.selection_range),
        "composeNotice"
    );
    let detail = format!("{COMPOSE} · by task");
    assert_eq!(symbol.detail.as_deref(), Some(detail.as_str()));

    let calls = outgoing(&mut server, &symbol);
    let in_test = |(item, _): &&(CallHierarchyItem, Vec<String>)| {
        item.uri.as_ref().ends_with("compose.test.ts")
    };
    let (test, texts) = calls.iter().find(in_test).expect("a test").clone();
    assert!(
        texts
            .iter()
            .all(|text| text == "FR-002" || text == "composeNotice"),
        "{texts:?}"
    );
    assert_eq!(test.uri.as_ref(), server.uri(COMPOSE_TEST));
    assert_eq!(outgoing(&mut server, &test), []);

    let back = incoming(&mut server, &test);
    let (symbol_again, texts_again) = named(&back, "composeNotice");
    assert_eq!((&symbol_again.range, &texts_again), (&symbol.range, &texts));
    let back = incoming(&mut server, &symbol_again);
    let (task_again, texts) = named(&back, "T007 ");
    assert_eq!(task_again.range, task.range);
    assert_eq!(texts, ["composeNotice"]);
    let back = incoming(&mut server, &task_again);
    let (again, texts) = named(&back, "FR-002");
    assert_eq!(again.range, requirement.range);
    assert_eq!(texts, ["FR-002"]);
    let (story, texts) = named(&back, "US1 ");
    assert_eq!(texts, ["User Story 1"]);
    let calls = outgoing(&mut server, &story);
    named(&calls, "FR-002");
    named(&calls, "T007 ");
}

#[test]
fn it_never_begins_in_a_source_file_or_in_other_markdown() {
    let mut server = start();
    let symbol = "export function compose|Notice";
    server.eventually(|server| {
        let task = prepared(server, TASKS, "T00|7 [US1]");
        let calls = outgoing(server, task.first()?);
        (!calls.is_empty()).then_some(())
    });
    for (path, marked) in [
        (COMPOSE, symbol),
        (COMPOSE, "/** FR-|002: the tracking"),
        ("README.md", "# Par|cels"),
        (TASKS, "## Ph|ase 5"),
        (TASKS, "**In|put**: Design"),
    ] {
        let items = prepared(&mut server, path, marked);
        let phases = items.iter().all(|item| item.name.starts_with("Phase"));
        assert!(phases, "{marked}: {items:?}");
    }
}

#[test]
fn an_item_kept_over_edits_is_itself_or_nothing() {
    let mut server = start();
    let text = server.open_from_disk(TASKS);
    let task = prepared(&mut server, TASKS, "T00|7 [US1]").remove(0);
    let lines = "one more line\n".repeat(3);
    server.change(TASKS, 2, &json!([{"text": format!("{lines}{text}")}]));
    let calls = incoming(&mut server, &task);
    assert!(
        calls
            .iter()
            .any(|(item, _)| item.name.starts_with("FR-002"))
    );
    let without = text.replace("T007 [US1]", "T077 [US1]");
    assert_ne!(text, without);
    server.change(TASKS, 3, &json!([{"text": without}]));
    assert_eq!(incoming(&mut server, &task), []);
    assert_eq!(outgoing(&mut server, &task), []);
    // What we did not write ourselves.
    for data in [
        json!(null),
        json!({"what": "symbol"}),
        json!(7),
        json!({"what": "item", "nth": 4_000_000_000_u32, "of": 4}),
    ] {
        let mut strange = serde_json::to_value(&task).unwrap();
        strange["data"] = data;
        let strange: CallHierarchyItem = serde_json::from_value(strange).unwrap();
        assert_eq!(outgoing(&mut server, &strange), []);
        assert_eq!(incoming(&mut server, &strange), []);
    }
}

#[test]
fn a_criterion_of_kiro_is_followed_to_a_test_and_back() {
    let mut server = ready(
        Setup {
            files: &[
                (
                    ".kiro/specs/login/requirements.md",
                    "# Requirements Document\n\n## Requirements\n\n### Requirement 1: Keep\n\n\
                     #### Acceptance Criteria\n\n1. WHEN a user logs in, THE store SHALL keep it\n",
                ),
                (
                    ".kiro/specs/login/tasks.md",
                    "# Implementation Plan\n\n- [x] 1. Test it in `tests/test_keep.py`\n  \
                     - _Requirements: 1.1_\n",
                ),
                ("tests/test_keep.py", "def test_keep():\n    assert True\n"),
            ],
            capabilities: able(),
            ..Setup::default()
        }
        .start(),
    );
    let spec = ".kiro/specs/login/requirements.md";
    let criterion = prepared(&mut server, spec, "WHEN a us|er").remove(0);
    let task = named(&outgoing(&mut server, &criterion), "1 Test it").0;
    let file = named(&outgoing(&mut server, &task), "test_keep.py").0;
    let test = server.eventually(|server| {
        let calls = outgoing(server, &file);
        Some(calls.first()?.0.clone())
    });
    assert_eq!(test.name, "test_keep");
    let mut at: Value = json!(test);
    for name in [
        "test_keep.py",
        "1 Test it",
        "1.1 WHEN",
        "Requirement 1 Keep",
    ] {
        let item: CallHierarchyItem = serde_json::from_value(at).unwrap();
        let calls = incoming(&mut server, &item);
        at = json!(named(&calls, name).0);
    }
}
