//! `generate tests`: what is written compiles, is skipped, and counts as a linked test that shows nothing yet.

use std::path::Path;
use std::process::Command;

use crate::sandbox::Sandbox;

/// A spec whose words mean something in every language; its story works on `code`.
fn feature(sandbox: &Sandbox, name: &str, code: &str) {
    sandbox.write(".specify/feature.json", "{}");
    sandbox.write(
        &format!("specs/{name}/spec.md"),
        "# Feature Specification: Doors\n\n## User Scenarios & Testing\n\n### User Story 1 - Open a \"door\" */ (Priority: P1)\n\n\
         Somebody types a code.\n\n**Acceptance Scenarios**:\n\n\
         1. **Given** a door \\u0022 */ ${x}, **When** `code` \"1\" is typed, **Then** it opens\n\
         2. **Given** ein Türschloss, **When** 番号が違う, **Then** 扉は開かない\n\
         3. **Given** a type, **When** class, **Then** type\n\n\
         ## Requirements\n\n- **FR-001**: System MUST open the door.\n\n\
         ## Success Criteria\n\n- **SC-001**: The door opens within 2 seconds\n",
    );
    sandbox.write(
        &format!("specs/{name}/tasks.md"),
        &format!("# Tasks: Doors\n\n## Phase 1: User Story 1 - Open a door (Priority: P1)\n\n- [ ] T001 [US1] Open it in `{code}` (FR-001)\n"),
    );
}

/// Runs a tool in a directory. `None`, told aloud, where it is not there.
fn tool(dir: &Path, program: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let ran = Command::new(program)
        .args(arguments)
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", dir.join("target"))
        .env("GOFLAGS", "-mod=mod")
        .env("GOPROXY", "off")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output();
    let Ok(ran) = ran else {
        let line = format!(
            "SKIPPED: `{program}` is not here; what it would have compiled was only parsed."
        );
        std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes()).unwrap();
        return None;
    };
    let said = String::from_utf8_lossy(&ran.stdout) + String::from_utf8_lossy(&ran.stderr);
    Some((ran.status.success(), said.into_owned()))
}

/// Writes the tests of a feature and holds them against what is promised of all.
fn generated(sandbox: &Sandbox, feature: &str, tests: usize) {
    sandbox.git(&["init", "-q"]);
    sandbox.commit("before");
    let before = sandbox
        .run(&["check", "--all", "--format", "json"])
        .findings();
    let dry = sandbox.run(&["generate", "tests", feature, "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.out.starts_with("--- /dev/null\n+++ b/"), "{}", dry.out);
    let ran = sandbox.run(&["generate", "tests", feature]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let head = format!("{tests} tests to be filled in");
    assert!(ran.out.starts_with(&head), "{}", ran.out);

    let chain = sandbox.run(&["trace", &format!("{feature}#US1/AC2")]);
    assert!(chain.out.contains("test "), "{}", chain.out);
    let coverage = sandbox.run(&["coverage", "--all"]);
    assert!(coverage.out.contains("tested"), "{}", coverage.out);
    let after = sandbox
        .run(&["check", "--all", "--format", "json"])
        .findings();
    assert_eq!(after, before, "no finding comes of it");

    let again = sandbox.run(&["generate", "tests", feature]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.out.starts_with("Tests name every"), "{}", again.out);
}

#[test]
fn tests_for_cargo_compile_and_are_ignored() {
    let sandbox = Sandbox::new();
    feature(&sandbox, "001-doors", "src/lib.rs");
    sandbox.write(
        "Cargo.toml",
        "[package]\nname = \"doors\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[workspace]\n",
    );
    sandbox.write("src/lib.rs", "//! Doors.\n");
    sandbox.write(".gitignore", "target\n");
    generated(&sandbox, "specs/001-doors", 4);
    let (passed, said) = tool(sandbox.path(), env!("CARGO"), &["test", "--offline"]).unwrap();
    assert!(passed && said.contains("3 ignored"), "{said}");
    assert!(!said.contains("warning"), "{said}");
}

#[test]
fn tests_for_python_are_imported_and_skipped() {
    let sandbox = Sandbox::new();
    feature(&sandbox, "002-doors", "door.py");
    sandbox.write("setup.cfg", "[metadata]\nname = doors\n");
    sandbox.write("door.py", "");
    sandbox.write(
        "tests/test_shelf.py",
        "import unittest\n\n\nclass ShelfTest(unittest.TestCase):\n    def test_shelf(self):\n        self.assertTrue(True)\n",
    );
    generated(&sandbox, "specs/002-doors", 4);
    let ran = tool(
        sandbox.path(),
        "python3",
        &["-m", "unittest", "discover", "-s", "tests"],
    );
    if let Some((passed, said)) = ran {
        assert!(passed && said.contains("OK (skipped=4)"), "{said}");
    }
}

#[test]
fn tests_for_go_compile_and_are_skipped() {
    let sandbox = Sandbox::new();
    feature(&sandbox, "003-doors", "doors/door.go");
    sandbox.write("go.mod", "module example.com/doors\n\ngo 1.18\n");
    sandbox.write("doors/door.go", "package doors\n");
    generated(&sandbox, "specs/003-doors", 4);
    let ran = tool(sandbox.path(), "go", &["test", "-v", "./..."]);
    if let Some((passed, said)) = ran {
        assert!(passed, "{said}");
        assert_eq!(said.matches("--- SKIP").count(), 4, "{said}");
    }
}

#[test]
fn where_nothing_tests_it_is_said_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    feature(&sandbox, "004-doors", "door.zig");
    let ran = sandbox.run(&["generate", "tests", "4"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.err
            .contains("No task or plan of specs/004-doors names a file"),
        "{}",
        ran.err
    );
    let ran = sandbox.run(&["generate", "tests", "FR-777"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("there is no feature and no item `FR-777`"),
        "{}",
        ran.err
    );
}
