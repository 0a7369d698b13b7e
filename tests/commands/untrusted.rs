//! Nothing is executed because a repository says so, and nothing of git's is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sandbox::Sandbox;
use crate::trap::Trap;

/// Two commits and a ticked task, in a repository that is a trap.
fn trapped() -> (Sandbox, tempfile::TempDir, Trap) {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let pay = "# Feature Specification: Pay\n\n### User Story 1 - Pay (Priority: P1)\n\n\
        **Acceptance Scenarios**:\n\n1. **Given** a cart, **When** it is paid, **Then** it is sent.\n\n\
        - **FR-001**: System MUST take money.\n";
    sandbox.write("specs/002-pay/spec.md", pay);
    sandbox.write(
        "specs/002-pay/plan.md",
        "# Implementation Plan: Pay\n\n## Summary\n\nMoney.\n",
    );
    let manifest = "[package]\nname = \"login\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    sandbox.write("Cargo.toml", manifest);
    let test = "#[test]\nfn a_form_is_there() {\n    assert_eq!(login::form(), ());\n}\n";
    sandbox.write("tests/form.rs", test);
    sandbox.commit("first");
    let spec = sandbox.path().join("specs/001-login/spec.md");
    let text = std::fs::read_to_string(&spec).unwrap();
    std::fs::write(&spec, text.replace("sign in.", "sign in twice.")).unwrap();
    sandbox.commit("second");
    let aside = tempfile::tempdir().unwrap();
    let trap = Trap::set(sandbox.path(), aside.path());
    (sandbox, aside, trap)
}

/// Every file below a directory.
fn files(dir: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
}

fn tree(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    files(dir, &mut all);
    all
}

/// Runs the binary where every program in `PATH` is a trap; its exit code. Nothing that it needs is a program.
fn run(sandbox: &Sandbox, trap: &Trap, line: &str) -> Option<i32> {
    let ran = Command::new(env!("CARGO_BIN_EXE_spec-analyzer"))
        .args(line.split(' '))
        .current_dir(sandbox.path())
        .env("PATH", trap.programs())
        .env("PAGER", trap.programs().join("less"))
        .env("EDITOR", trap.programs().join("less"))
        .env("SPEC_ANALYZER_CACHE", "off")
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(trap.sprung(), [""; 0], "{line}: {err}");
    ran.status.code()
}

/// The same, and it works.
fn run_well(sandbox: &Sandbox, trap: &Trap, line: &str) {
    let code = run(sandbox, trap, line);
    assert!(matches!(code, Some(0 | 1)), "{line}: {code:?}");
}

/// Commands that only read.
const READING: &[&str] = &[
    "status",
    "check",
    "check --all --format json",
    "check --since HEAD~1",
    "trace 001/FR-001",
    "drift --since HEAD~1",
    "impact src/form.rs",
    "impact --since HEAD~1",
    "coverage --all",
    "suggest --all",
    "matrix --all --format html",
    "index --export facts",
    "doctor",
    "explain phantom-task",
    "accept --all --dry-run",
    "rename 001/FR-001 FR-007 --dry-run",
    "generate plan 001 --dry-run",
    "generate tasks 002 --dry-run",
    "generate tests 001 --dry-run",
    "new feature pay later --dry-run",
];

/// Commands that write what they are asked to.
const WRITING: &[&str] = &[
    "accept --all --yes --reason read",
    "suppress specs/001-login --code phantom-task --reason known",
    "baseline",
    "rename 001/FR-001 FR-007",
    "generate plan 001",
    "generate tasks 002",
    "generate tests 001",
    "new feature pay later",
];

#[test]
fn no_command_runs_what_a_repository_names() {
    let (sandbox, _aside, trap) = trapped();
    let before = tree(sandbox.path());
    for line in READING {
        run_well(&sandbox, &trap, line);
    }
    assert_eq!(tree(sandbox.path()), before, "reading writes nothing");
    for line in WRITING {
        run_well(&sandbox, &trap, line);
    }
    let git = sandbox.path().join(".git");
    let mut untouched = before;
    untouched.retain(|path, _| path.starts_with(&git));
    assert_eq!(tree(&git), untouched, "nothing of git's is written");
}

#[test]
fn no_command_fetches_what_is_missing() {
    let (sandbox, _aside, trap) = trapped();
    let old = sandbox.object("HEAD~1:specs/001-login/spec.md");
    trap.fetch(sandbox.path());
    let (dir, file) = old.split_at(2);
    let object = sandbox.path().join(".git/objects").join(dir).join(file);
    std::fs::remove_file(object).unwrap();
    for line in READING {
        // What needs the missing object says so.
        let code = run(&sandbox, &trap, line);
        assert!(matches!(code, Some(0..=2)), "{line}: {code:?}");
    }
}
