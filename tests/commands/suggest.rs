//! `suggest`: lists what a requirement without links may belong to; writes only when told to, and once.

use std::process::Command;

use crate::sandbox::Sandbox;

const TASKS: &str = "specs/001-login/tasks.md";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/memory/constitution.md", "# Constitution\n");
    sandbox.write(
        "specs/001-login/spec.md",
        "# Feature Specification: Login\n\n## Requirements\n\n### Functional Requirements\n\n\
         - **FR-001**: The system MUST hash each password with bcrypt.\n\
         - **FR-002**: The system MUST show \"Session expired\" after expiry.\n\
         - **FR-003**: The zebra MUST juggle.\n",
    );
    sandbox.write(
        TASKS,
        "# Tasks: Login\n\n- [ ] T001 Hash each password with bcrypt in src/password.rs\n\
         - [ ] T002 Show \"Session expired\" after expiry in src/session.rs\n- [ ] T003 Draw the page\n",
    );
    sandbox.write("src/password.rs", "pub fn hash_password() {}\n");
    sandbox
}

fn tasks(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.path().join(TASKS)).unwrap()
}

#[test]
fn the_list_says_why_and_the_json_where() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["suggest"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains("specs/001-login#FR-001 The system MUST hash"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("  task T001 at specs/001-login/tasks.md:3 (confident): shares"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("both say \u{201c}session expired\u{201d}"),
        "{}",
        ran.out
    );
    assert!(
        !ran.out.contains("FR-003"),
        "nothing speaks for it: {}",
        ran.out
    );
    let json = sandbox
        .run(&["suggest", "--format", "json", "--feature", "001-login"])
        .json();
    let first = &json["suggestions"][0];
    assert_eq!(first["item"]["address"], "specs/001-login#FR-001");
    assert_eq!(
        first["candidates"][0]["item"]["address"],
        "specs/001-login#T001"
    );
    assert_eq!(first["candidates"][0]["range"]["start"]["line"], 3);
    let symbol = &first["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["kind"] == "symbol")
        .unwrap()["name"];
    assert_eq!(symbol, "hash_password");
}

#[test]
fn suggestions_are_no_findings() {
    let sandbox = sandbox();
    let before = sandbox.check().findings();
    sandbox.run(&["suggest"]);
    assert_eq!(sandbox.check().findings(), before);
}

#[test]
fn nothing_is_written_unless_told_and_the_second_time_nothing_is_left() {
    let sandbox = sandbox();
    let before = tasks(&sandbox);
    let ran = sandbox.run(&["suggest", "--apply"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--dry-run"), "{}", ran.err);
    let dry = sandbox.run(&["suggest", "--apply", "--dry-run"]);
    assert_eq!((dry.code, tasks(&sandbox)), (0, before.clone()));
    let ran = sandbox.run(&["suggest", "--apply", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let after = tasks(&sandbox);
    let expected = before
        .replace("src/password.rs\n", "src/password.rs (FR-001)\n")
        .replace("src/session.rs\n", "src/session.rs (FR-002)\n");
    assert_eq!(after, expected);
    // The patch of the dry run does the same.
    sandbox.write(TASKS, &before);
    let patch = sandbox.write("links.patch", &dry.out);
    let git = Command::new("git")
        .args(["apply", patch.to_str().unwrap()])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert!(
        git.status.success(),
        "{}",
        String::from_utf8_lossy(&git.stderr)
    );
    assert_eq!(tasks(&sandbox), expected);
    let ran = sandbox.run(&["suggest", "--apply", "--yes"]);
    assert_eq!(ran.out, "0 confident links in 0 files.\n");
    assert_eq!(tasks(&sandbox), expected);
}
