//! `rename`: everywhere at once, as a diff first, and never over a file that says something else by now.

use std::path::Path;
use std::process::Command;

use crate::sandbox::{Sandbox, copy_tree};

const SPEC: &str = "specs/001-login/spec.md";
const TASKS: &str = "specs/001-login/tasks.md";

fn text(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path().join(path)).unwrap()
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write("src/form.rs", "/// FR-001: the form.\npub fn form() {}\n");
    sandbox
}

#[test]
fn an_id_is_renamed_in_documents_and_code() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["rename", "FR-001", "FR-010"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, "Rename FR-001 to FR-010: 3 places in 3 files.\n");
    assert!(text(&sandbox, SPEC).contains("- **FR-010**: System MUST"));
    assert!(text(&sandbox, TASKS).contains("tests/test_gone.py (FR-010)"));
    assert_eq!(
        text(&sandbox, "src/form.rs"),
        "/// FR-010: the form.\npub fn form() {}\n"
    );
    // And back, by its address.
    let ran = sandbox.run(&["rename", "specs/001-login#FR-010", "FR-001"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        text(&sandbox, "src/form.rs"),
        "/// FR-001: the form.\npub fn form() {}\n"
    );
}

#[test]
fn a_requirement_of_openspec_is_renamed_by_its_name() {
    let sandbox = Sandbox::new();
    let block = "### Requirement: Open a locker\nThe system SHALL open.\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n";
    let spec = "openspec/specs/lockers/spec.md";
    let delta = "openspec/changes/keys/specs/lockers/spec.md";
    sandbox.write(
        spec,
        &format!("## Purpose\nLockers.\n\n## Requirements\n\n{block}"),
    );
    sandbox.write(delta, &format!("## MODIFIED Requirements\n\n{block}"));
    let ran = sandbox.run(&[
        "rename",
        "openspec/specs/lockers#Open a locker",
        "Unlock a locker",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for path in [spec, delta] {
        assert!(
            text(&sandbox, path).contains("### Requirement: Unlock a locker\n"),
            "{path}"
        );
    }
}

#[test]
fn a_modified_requirement_is_renamed_by_the_address_of_its_change() {
    let sandbox = Sandbox::new();
    let block = "### Requirement: Open a locker\nThe system SHALL open.\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n";
    let spec = "openspec/specs/lockers/spec.md";
    let delta = "openspec/changes/keys/specs/lockers/spec.md";
    let main = format!("## Purpose\nLockers.\n\n## Requirements\n\n{block}");
    sandbox.write(spec, &main);
    let modified = format!("## MODIFIED Requirements\n\n{block}");
    sandbox.write(delta, &modified);
    let ran = sandbox.run(&[
        "rename",
        "openspec/changes/keys#Open a locker",
        "Unlock a locker",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(text(&sandbox, spec), main);
    let renamed = modified.replace("Open a", "Unlock a");
    let pair = "\n## RENAMED Requirements\n\n- FROM: `### Requirement: Open a locker`\n- TO: `### Requirement: Unlock a locker`\n";
    assert_eq!(text(&sandbox, delta), renamed + pair);
    // Two of a name are not guessed between.
    sandbox.write("openspec/specs/doors/spec.md", &main);
    sandbox.write("openspec/changes/both/specs/lockers/spec.md", &modified);
    sandbox.write("openspec/changes/both/specs/doors/spec.md", &modified);
    let ran = sandbox.run(&["rename", "openspec/changes/both#Open a locker", "Unlock"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("2 requirements"), "{}", ran.err);
}

#[test]
fn a_dry_run_is_a_patch_and_writes_nothing() {
    let sandbox = sandbox();
    let before = [text(&sandbox, SPEC), text(&sandbox, TASKS)];
    let ran = sandbox.run(&["rename", "001/US1", "US4", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err
            .starts_with("Rename US1 to US4: 5 places in 2 files."),
        "{}",
        ran.err
    );
    assert_eq!([text(&sandbox, SPEC), text(&sandbox, TASKS)], before);
    // The patch does what the command would have done.
    let patch = sandbox.write("rename.patch", &ran.out);
    let git = Command::new("git")
        .args(["apply", patch.to_str().unwrap()])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert!(
        git.status.success(),
        "{}{}",
        ran.out,
        String::from_utf8_lossy(&git.stderr)
    );
    assert!(text(&sandbox, SPEC).contains("### User Story 4 - Sign in"));
    assert!(text(&sandbox, TASKS).contains("## Phase 1: User Story 4"));
    assert!(!text(&sandbox, TASKS).contains("US1"));
}

#[test]
fn numbers_are_put_in_order() {
    let sandbox = sandbox();
    let tasks = text(&sandbox, TASKS)
        .replace("T003", "T007")
        .replace("T002", "T005");
    sandbox.write(TASKS, &format!("{tasks}\nT001-T007, then T005\n"));
    let ran = sandbox.run(&["rename", "001-login", "--renumber", "tasks"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("T005 -> T002, T007 -> T003"),
        "{}",
        ran.out
    );
    let after = text(&sandbox, TASKS);
    assert!(after.ends_with("\nT001-T003, then T002\n"), "{after}");
    let ran = sandbox.run(&["rename", "001-login", "--renumber"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("in order already"), "{}", ran.err);
}

#[test]
fn what_cannot_be_is_said_and_nothing_is_written() {
    let sandbox = sandbox();
    let before = text(&sandbox, TASKS);
    for (arguments, said) in [
        (&["rename", "FR-001", "T005"][..], "another kind"),
        (&["rename", "FR-001", "one"], "is no id"),
        (
            &["rename", "T001", "T002"],
            "T002 is defined already, at specs/001-login/tasks.md:6.",
        ),
        (&["rename", "FR-404", "FR-405"], "is no item of a spec"),
        (&["rename", "009", "--renumber"], "there is no feature"),
    ] {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(said), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
    // Some bytes of a file that must be edited are not UTF-8.
    let source = sandbox.path().join("src/form.rs");
    std::fs::write(&source, b"/// FR-001 \xff\npub fn form() {}\n").unwrap();
    let ran = sandbox.run(&["rename", "FR-001", "FR-010"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("src/form.rs is not UTF-8"), "{}", ran.err);
    assert_eq!(text(&sandbox, TASKS), before);
}

#[test]
fn the_sample_is_renamed_there_and_back_to_the_byte() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workspaces/parcels");
    let sandbox = Sandbox::new();
    copy_tree(&sample, sandbox.path());
    let all = || -> Vec<String> {
        let ran = Command::new("git")
            .args(["ls-files", "-o"])
            .current_dir(sandbox.path())
            .output()
            .unwrap();
        let paths = String::from_utf8(ran.stdout).unwrap();
        paths.lines().map(|path| text(&sandbox, path)).collect()
    };
    let before = all();
    for (there, back) in [
        (
            ["rename", "001/FR-004", "FR-040"],
            ["rename", "001/FR-040", "FR-004"],
        ),
        (["rename", "002/US2", "US8"], ["rename", "002/US8", "US2"]),
        (
            ["rename", "002/T008", "T108"],
            ["rename", "002/T108", "T008"],
        ),
    ] {
        for arguments in [there, back] {
            let ran = sandbox.run(&arguments);
            assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
            assert_eq!(all() == before, arguments == back);
        }
    }
}
