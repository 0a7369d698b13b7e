//! `generate plan`: a plan where there is none, what is missing where there is one, and nothing else.

use crate::sandbox::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/feature.json", "{}");
    sandbox.write(
        "specs/004-lockers/spec.md",
        "# Feature Specification: Lockers\n\n### User Story 1 - Open a door (Priority: P1)\n\nSee `api/door.py`.\n\n\
         **Acceptance Scenarios**:\n\n1. **Given** a code, **When** it is typed, **Then** the door opens.\n",
    );
    sandbox.write("api/pyproject.toml", "[project]\nname = \"api\"\n");
    sandbox.write("api/door.py", "def open(): pass\n");
    sandbox.write("web/package.json", "{\"name\": \"web\"}\n");
    sandbox.write(
        "compose.yaml",
        "services:\n  api:\n    build: ./api\n  web:\n    build: ./web\n    depends_on: [api]\n",
    );
    sandbox
}

const PLAN: &str = "specs/004-lockers/plan.md";

#[test]
fn a_dry_run_of_a_plan_is_a_patch_and_writes_nothing() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["generate", "plan", "4", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .starts_with(&format!("--- /dev/null\n+++ b/{PLAN}\n")),
        "{}",
        ran.out
    );
    // Read on demand, from a compose file that nothing else reads.
    assert!(
        ran.out.contains("checked against the change: `web`"),
        "{}",
        ran.out
    );
    assert!(!sandbox.path().join(PLAN).exists());
}

#[test]
fn a_plan_is_written_once_and_only_added_to() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["generate", "plan", "004-lockers"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let path = sandbox.path().join(PLAN);
    let written = std::fs::read_to_string(&path).unwrap();
    let again = sandbox.run(&["generate", "plan", "004-lockers"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);

    let (before, _) = written.split_once("## Test Impact").unwrap();
    sandbox.write(PLAN, before.trim_end());
    let added = sandbox.run(&["generate", "plan", "004-lockers"]);
    assert_eq!(added.code, 0, "{}", added.err);
    let now = std::fs::read_to_string(&path).unwrap();
    assert!(
        now.starts_with(before.trim_end()) && now.contains("## Test Impact"),
        "{now}"
    );

    let none = sandbox.run(&["generate", "plan", "009-none"]);
    assert!(
        none.err.contains("there is no feature `009-none`"),
        "{}",
        none.err
    );
}

#[test]
fn operations_that_the_spec_names_become_a_contract_once() {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/memory/constitution.md", "# Constitution\n");
    sandbox.write(
        "specs/001-codes/spec.md",
        "# Feature Specification: Codes\n\n## Requirements\n\n- **FR-001**: System MUST list codes.\n",
    );
    sandbox.write(
        "specs/001-codes/contracts/openapi.yaml",
        "openapi: 3.0.3\ninfo: {title: Codes, version: '1'}\npaths:\n  /codes: {get: {responses: {'200': {description: ok}}}}\n",
    );
    sandbox.write(
        "specs/002-lockers/spec.md",
        "# Feature Specification: Lockers\n\n## Requirements\n\n- **FR-001**: System MUST answer `POST /lockers/:id/open`.\n",
    );
    let path = "specs/002-lockers/contracts/openapi.yaml";
    let ran = sandbox.run(&["generate", "plan", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let written = std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    assert!(written.contains("openapi: 3.0.3\n"), "{written}");
    assert!(
        written.contains("  /lockers/{id}/open:\n    post:\n"),
        "{written}"
    );
    let checked = sandbox.run(&["check", "--all", "--format", "json"]);
    assert!(
        !checked.out.contains("contracts/openapi.yaml"),
        "{}",
        checked.out
    );
    let again = sandbox.run(&["generate", "plan", "2"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert_eq!(
        std::fs::read_to_string(sandbox.path().join(path)).unwrap(),
        written
    );
}

#[test]
fn routes_that_no_document_names_tell_that_operations_become_a_contract() {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/memory/constitution.md", "# Constitution\n");
    sandbox.write(
        "src/server.js",
        "const express = require('express');\nconst app = express();\napp.get('/codes', (req, res) => res.json([]));\n",
    );
    sandbox.write(
        "specs/001-lockers/spec.md",
        "# Feature Specification: Lockers\n\n## Requirements\n\n- **FR-001**: System MUST answer `POST /lockers/:id/open`.\n",
    );
    let ran = sandbox.run(&["generate", "plan", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let path = sandbox.path().join("specs/001-lockers/contracts/api.yaml");
    let written = std::fs::read_to_string(path).unwrap();
    assert!(
        written.contains("  /lockers/{id}/open:\n    post:\n"),
        "{written}"
    );
}
