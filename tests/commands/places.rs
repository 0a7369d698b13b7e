//! Where a command is run, and what it is asked about.

use crate::sandbox::{Sandbox, run_in};

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    sandbox
}

#[test]
fn below_the_project_the_way_up_is_told() {
    let sandbox = sandbox();
    for (below, says) in [
        ("src", "The project is at ..: run it there"),
        ("specs/001-login", "The project is at ../..: run it there"),
        ("specs/001-login", "check --feature 001-login"),
    ] {
        let ran = run_in(&sandbox.path().join(below), &["check"]);
        assert_eq!(ran.code, 2, "{below}");
        assert!(ran.err.contains(says), "{below}: {}", ran.err);
    }
    let given = sandbox.run(&["check", "src"]);
    let project = sandbox.path().canonicalize().unwrap();
    let says = format!("The project is at {}", project.display());
    assert!(given.err.contains(&says), "{}", given.err);
}

#[test]
fn every_format_is_named_where_there_is_none() {
    let sandbox = Sandbox::new();
    for folder in [".", "a/b"] {
        sandbox.write("a/b/readme.txt", "");
        let ran = run_in(&sandbox.path().join(folder), &["check"]);
        for name in [".specify/", ".kiro/specs/", "openspec/"] {
            assert!(ran.err.contains(name), "{}", ran.err);
        }
    }
}

#[test]
fn a_project_of_another_repository_is_none_of_ours() {
    let sandbox = sandbox();
    let other = sandbox.path().join("other/src");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::create_dir(sandbox.path().join("other/.git")).unwrap();
    let ran = run_in(&other, &["check"]);
    assert!(!ran.err.contains("The project is at"), "{}", ran.err);
}

#[test]
fn every_command_takes_the_folder_before_and_behind_its_name() {
    let sandbox = sandbox();
    let src = sandbox.path().join("src");
    for command in ["check", "status", "coverage", "matrix", "suggest", "doctor"] {
        let before = run_in(&src, &["-C", "..", command]);
        let behind = run_in(&src, &[command, "-C", ".."]);
        assert_eq!(
            (before.code, &before.out),
            (behind.code, &behind.out),
            "{command}"
        );
        assert!(
            behind.code < 2 && !behind.out.is_empty(),
            "{command}: {}",
            behind.err
        );
    }
}

#[test]
fn a_feature_is_traced_by_its_name() {
    let sandbox = sandbox();
    let by_path = sandbox.run(&["trace", "specs/001-login"]);
    assert!(by_path.out.contains("T001"), "{}", by_path.out);
    for name in ["001-login", "001"] {
        let ran = sandbox.run(&["trace", name]);
        assert_eq!(
            (ran.code, &ran.out),
            (0, &by_path.out),
            "{name}: {}",
            ran.err
        );
    }
    let nobody = sandbox.run(&["trace", "009-nobody"]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("features like"), "{}", nobody.err);
}

#[test]
fn questions_without_an_answer_are_listed_with_their_places() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write(
        "specs/001-login/tasks.md",
        "# Tasks: Login\n\n## Phase 1: Setup\n\n- [x] T001 Create src/session.rs\n\n## Phase 2: More\n\n- [ ] T002 Go on\n",
    );
    sandbox.write("src/sessions.rs", "pub fn open() {}\n");
    sandbox.write("specs/001-login/spec.md", "# Feature Specification: Login\n\n## Requirements\n\n- **FR-001**: System MUST let members sign in.\n");
    sandbox.commit("all");
    let plain = sandbox.run(&["check"]).out;
    assert!(
        plain.contains(
            "1 question could not be answered (`check --unknown` says where):\n  phantom-task: 1, "
        ),
        "{plain}"
    );
    let listed = sandbox.run(&["check", "--unknown"]).out;
    assert!(
        listed.contains("\n  specs/001-login/tasks.md:5 T001\n"),
        "{listed}"
    );
}

#[test]
fn a_hint_is_called_one() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let path = "specs/001-login/spec.md";
    let spec = std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    sandbox.write(path, &spec);
    sandbox.write(
        "spec-analyzer.toml",
        "[severity]\nphantom-task = \"hint\"\n",
    );
    sandbox.commit("all");
    let out = sandbox.run(&["check"]).out;
    assert!(out.contains("hint[phantom-task]"), "{out}");
    assert!(!out.contains("help["), "{out}");
}
