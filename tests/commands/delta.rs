//! `generate delta`: edits of a main spec become a delta that archiving makes the same text of.

use crate::sandbox::Sandbox;

const MAIN: &str = "openspec/specs/auth/spec.md";
const DELTA: &str = "openspec/changes/add-keys/specs/auth/spec.md";

const SPEC: &str = "# auth Specification\n\n## Purpose\n\nPeople sign in with a password, and nobody else does.\n\n\
    ## Requirements\n\n### Requirement: Login\n\nThe system SHALL let people in.\n\n#### Scenario: Right\n\n\
    - **WHEN** the password is right\n- **THEN** people are in\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(MAIN, SPEC);
    sandbox.write("openspec/changes/add-keys/proposal.md", "## Why\n\nKeys.\n");
    sandbox.commit("one");
    sandbox
}

#[test]
fn there_and_back() {
    let sandbox = sandbox();
    let edited = SPEC.replace("let people in.", "let people in within 2 seconds.")
        + "\n### Requirement: Logout\n\nThe system SHALL let people out.\n\n#### Scenario: Out\n\n- **WHEN** asked\n- **THEN** out\n";
    sandbox.write(MAIN, &edited);
    let dry = sandbox.run(&["generate", "delta", "add-keys", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    let head = format!("--- /dev/null\n+++ b/{DELTA}\n");
    assert!(dry.out.starts_with(&head), "{}", dry.out);
    let ran = sandbox.run(&["generate", "delta", "add-keys"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let read = |path: &str| std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    assert_eq!(read(MAIN), SPEC);
    let delta = read(DELTA);
    assert!(
        delta.contains("## ADDED Requirements\n\n### Requirement: Logout\n")
            && delta.contains("## MODIFIED Requirements\n\n### Requirement: Login\n"),
        "{delta}"
    );
    assert_eq!(sandbox.untracked("."), [DELTA]);
    let archived = sandbox.run(&["archive", "add-keys", "--dry-run"]);
    assert!(
        archived.out.contains("+### Requirement: Logout"),
        "{}",
        archived.out
    );
    let again = sandbox.run(&["generate", "delta", "add-keys"]);
    assert!(
        again.err.contains("no main spec was edited"),
        "{}",
        again.err
    );
    assert_eq!(read(DELTA), delta);
    sandbox.write(MAIN, &edited);
    let taken = sandbox.run(&["generate", "delta", "add-keys"]);
    assert_eq!(taken.code, 2, "{}", taken.out);
    assert_eq!(read(MAIN), edited);
}
