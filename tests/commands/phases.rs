//! The gates between phases, and the report in the shape of Spec Kit's own.

use crate::sandbox::{Ran, Sandbox};

const SPEC: &str = "specs/001-login/spec.md";

/// A feature with a whole spec, no plan and no tasks.
fn specified() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    std::fs::remove_file(sandbox.path().join("specs/001-login/tasks.md")).unwrap();
    sandbox.write(
        ".specify/feature.json",
        "{\"feature_directory\": \"specs/001-login\"}",
    );
    // Another feature, half done, is nobody's business at this gate.
    sandbox.write(
        "specs/002-other/spec.md",
        "# Feature Specification: [FEATURE NAME]\n",
    );
    sandbox.write("specs/002-other/tasks.md", "- [ ] T001 x\n");
    sandbox
}

fn plan(sandbox: &Sandbox) {
    sandbox.write(
        "specs/001-login/plan.md",
        "# Implementation Plan: Login\n\n## Summary\n\nA form and a session.\n",
    );
}

fn tasks(sandbox: &Sandbox, second: &str) {
    sandbox.write(
        "specs/001-login/tasks.md",
        &format!(
            "# Tasks: Login\n\n## Phase 1: User Story 1 - Sign in (Priority: P1)\n\n\
             - [x] T001 [US1] Create the form in src/form.rs (FR-001)\n- [{second}] T002 [US1] Create the session in tests/test_gone.py\n"
        ),
    );
}

fn gate(sandbox: &Sandbox, phase: &str) -> Ran {
    sandbox.run(&["check", "--phase", phase])
}

#[test]
fn each_gate_opens_when_its_phase_is_done() {
    let sandbox = specified();
    sandbox.commit("specified");
    let codes = |sandbox: &Sandbox| {
        ["specify", "plan", "tasks", "implement"].map(|phase| gate(sandbox, phase).code)
    };
    assert_eq!(
        codes(&sandbox),
        [0, 1, 1, 1],
        "{}",
        gate(&sandbox, "specify").out
    );
    assert!(gate(&sandbox, "plan").err.contains("plan.md is not there"));
    plan(&sandbox);
    assert_eq!(
        codes(&sandbox),
        [0, 0, 1, 1],
        "{}",
        gate(&sandbox, "plan").out
    );
    tasks(&sandbox, " ");
    assert_eq!(
        codes(&sandbox),
        [0, 0, 0, 0],
        "{}",
        gate(&sandbox, "tasks").out
    );
    tasks(&sandbox, "x");
    sandbox.commit("ticked");
    assert_eq!(codes(&sandbox), [0, 0, 0, 1]);
    assert!(gate(&sandbox, "implement").out.contains("phantom-task"));
}

#[test]
fn what_is_missing_is_told_in_the_format_asked_for() {
    let sandbox = specified();
    let told = |format: &str| {
        sandbox
            .run(&["check", "--phase", "plan", "--format", format])
            .out
    };
    let lack = "specs/001-login: plan.md is not there";
    let json: serde_json::Value = serde_json::from_str(&told("json")).unwrap();
    assert_eq!(json["lacks"], serde_json::json!([lack]));
    assert!(told("github").contains(&format!("::error title=phase::{lack}\n")));
    assert!(
        told("markdown").contains("; 1 missing for the phase"),
        "{}",
        told("markdown")
    );
    let junit = told("junit");
    let xml = roxmltree::Document::parse(&junit).unwrap();
    let failure = xml
        .descendants()
        .find(|node| node.has_tag_name("failure"))
        .unwrap();
    assert_eq!(failure.attribute("message"), Some(lack));
    assert_eq!(xml.root_element().attribute("failures"), Some("1"));
}

#[test]
fn an_open_question_stops_the_plan_and_a_placeholder_the_spec() {
    let sandbox = specified();
    plan(&sandbox);
    let spec = std::fs::read_to_string(sandbox.path().join(SPEC)).unwrap();
    sandbox.write(
        SPEC,
        &format!("{spec}- **FR-002**: System MUST [NEEDS CLARIFICATION: how long?]\n"),
    );
    assert_eq!(
        gate(&sandbox, "specify").code,
        0,
        "{}",
        gate(&sandbox, "specify").out
    );
    let asked = gate(&sandbox, "plan");
    assert_eq!(asked.code, 1);
    assert!(
        asked.err.contains("spec.md has 1 open question"),
        "{}",
        asked.err
    );
    sandbox.write(
        SPEC,
        &spec.replace(
            "# Feature Specification: Login",
            "# Feature Specification: [FEATURE NAME]",
        ),
    );
    let left = gate(&sandbox, "specify");
    assert_eq!(left.code, 1);
    assert!(left.out.contains("leftover-placeholder"), "{}", left.out);
    assert_eq!(
        sandbox
            .run(&["check", "--phase", "specify", "--fail-on", "never"])
            .code,
        0
    );
}

#[test]
fn every_gate_asks_for_what_those_before_it_do() {
    let sandbox = specified();
    plan(&sandbox);
    tasks(&sandbox, " ");
    let spec = std::fs::read_to_string(sandbox.path().join(SPEC)).unwrap();
    sandbox.write(SPEC, &spec.replace("Login", "[FEATURE NAME]"));
    for phase in ["specify", "plan", "tasks", "implement"] {
        assert_eq!(gate(&sandbox, phase).code, 1, "{phase}");
    }
}

#[test]
fn the_report_has_the_tables_of_the_command() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let ran = sandbox.run(&["check", "--feature", "001", "--format", "analyze"]);
    for wanted in [
        "## Specification Analysis Report",
        "| ID | Category | Severity | Location(s) | Summary | Recommendation |",
        "| F1 | Inconsistency | LOW | `specs/001-login/tasks.md:L6` | T002",
        "| Requirement Key | Has Task? | Task IDs | Notes |",
        "| `US1` | yes | `T001`, `T002`, `T003` |  |",
        "| `FR-001` | yes | `T002` |  |",
        "- Total Requirements: 1\n- Total Tasks: 3\n- Coverage % (requirements with >=1 task): 100%",
        "- Critical Issues Count: 0",
    ] {
        assert!(ran.out.contains(wanted), "{wanted}\n{}", ran.out);
    }
    assert_eq!(ran.out, sandbox.run(&["check", "--format", "analyze"]).out);
}

#[test]
fn coverage_tells_reasons_apart_and_what_is_not_known_yet() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write(
        "tests/login.rs",
        "// Feature: 001-login, FR-001\n#[test]\nfn signs_in() {\n    assert!(true);\n}\n",
    );
    sandbox.write(
        "specs/002-later/spec.md",
        "# Feature Specification: Later\n\n- **FR-001**: System MUST wait.\n",
    );
    sandbox.commit("all");
    let json = sandbox
        .run(&["coverage", "--all", "--format", "json"])
        .json();
    let feature = &json["features"][0];
    let requirement = feature["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["id"] == "FR-001")
        .unwrap();
    assert_eq!(requirement["tasks"], serde_json::json!(["T002"]));
    assert_eq!(
        requirement["code"],
        serde_json::Value::Null,
        "tests/test_gone.py is not there"
    );
    assert_eq!(requirement["test"], "declared");
    let story = &feature["kinds"][0];
    assert_eq!(
        (&story["kind"], &story["with_task"]),
        (&"story".into(), &1.into())
    );
    assert_eq!(
        story["with_code"],
        serde_json::json!({"total": 1, "by_basis": {"task": 1}})
    );
    let human = sandbox.run(&["coverage", "--all"]).out;
    assert!(human.contains("specs/001-login"), "{human}");
    let later = human
        .lines()
        .find(|line| line.contains("002-later"))
        .unwrap();
    assert!(later.contains(" unknown "), "{human}");
    let markdown = sandbox
        .run(&["coverage", "--all", "--format", "markdown"])
        .out;
    assert!(
        markdown
            .contains("| `specs/001-login` | 1 story | 1 | 1 | 0 | unknown | unknown | unknown |"),
        "{markdown}"
    );
}

#[test]
fn kiro_and_openspec_have_the_documents_of_their_own() {
    let sandbox = Sandbox::new();
    let codes =
        || ["specify", "plan", "tasks", "implement"].map(|phase| gate(&sandbox, phase).code);
    let requirement = "# Requirements\n\n### Requirement 1: Login\n\n#### Acceptance Criteria\n\n1. WHEN a user signs in THEN the system SHALL open a session\n";
    sandbox.write(".kiro/specs/login/requirements.md", requirement);
    sandbox.commit("specified");
    assert_eq!(codes(), [0, 1, 1, 1]);
    let lack = gate(&sandbox, "plan").err;
    assert!(
        lack.contains(".kiro/specs/login: design.md is not there"),
        "{lack}"
    );
    sandbox.write(
        ".kiro/specs/login/design.md",
        "# Design\n\n## Overview\n\nA form and a session.\n",
    );
    sandbox.write(
        ".kiro/specs/login/tasks.md",
        "# Implementation Plan\n\n- [ ] 1. Open a session\n  - _Requirements: 1.1_\n",
    );
    assert_eq!(codes(), [0, 0, 0, 0], "{}", gate(&sandbox, "tasks").out);

    let sandbox = Sandbox::new();
    let codes =
        || ["specify", "plan", "tasks", "implement"].map(|phase| gate(&sandbox, phase).code);
    sandbox.write(
        "openspec/changes/add-login/proposal.md",
        "## Why\n\nNobody can sign in, and every reader of the notices is somebody else today.\n\n## What Changes\n\n- Add a login\n",
    );
    assert_eq!(codes()[0], 1);
    let lack = gate(&sandbox, "specify").err;
    assert!(
        lack.contains("openspec/changes/add-login: a delta is not there"),
        "{lack}"
    );
}

#[test]
fn a_suffix_that_is_no_number_names_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let ran = sandbox.run(&[
        "rename",
        "specs/001-login#FR-001~two",
        "FR-002",
        "--dry-run",
    ]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("a number from 1 on"), "{}", ran.err);
}
