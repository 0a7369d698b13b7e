//! What a checkout can do to the answers: history, shallow clones, worktrees, ignore rules.

use crate::sandbox::{Sandbox, run_in};

const GONE: &str = "specs/001-login/tasks.md:6 ";

#[test]
fn a_file_that_never_was_is_a_phantom_only_where_history_is_whole() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let before_any_commit = sandbox.check();
    assert!(
        before_any_commit.findings().is_empty(),
        "{}",
        before_any_commit.out
    );
    sandbox.commit("all");
    assert_eq!(sandbox.check().findings(), [format!("{GONE}phantom-task")]);
}

#[test]
fn moved_and_deleted_files_are_told_apart() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write(
        "tests/test_gone.py",
        "pub fn session() -> u32 {\n    let answer = 42;\n    answer\n}\n",
    );
    sandbox.commit("all");
    assert!(sandbox.check().findings().is_empty());
    std::fs::rename(
        sandbox.path().join("tests/test_gone.py"),
        sandbox.path().join("src/session.rs"),
    )
    .unwrap();
    sandbox.commit("move");
    let moved = sandbox.check();
    assert_eq!(moved.findings(), [format!("{GONE}broken-path")]);
    assert!(moved.out.contains("src/session.rs"), "{}", moved.out);
    std::fs::remove_file(sandbox.path().join("src/session.rs")).unwrap();
    sandbox.commit("delete");
    let deleted = sandbox.check();
    assert_eq!(deleted.findings(), [format!("{GONE}broken-path")]);
    assert!(deleted.out.contains("deleted"), "{}", deleted.out);
}

#[test]
fn a_file_removed_but_not_committed_is_gone_from_the_working_tree() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let file = sandbox.write("tests/test_gone.py", "pub fn session() {}\n");
    sandbox.commit("all");
    std::fs::remove_file(&file).unwrap();
    let unstaged = sandbox.check();
    assert_eq!(unstaged.findings(), [format!("{GONE}broken-path")]);
    let json = unstaged.json();
    let message = json["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("gone from the working tree"), "{message}");
    sandbox.git(&["add", "-A"]);
    let staged = sandbox.check();
    assert_eq!(staged.findings(), unstaged.findings());
    assert_eq!(staged.json()["findings"][0]["message"], message);
    sandbox.write("tests/test_gone.py", "pub fn session() {}\n");
    assert!(sandbox.check().findings().is_empty());
}

#[test]
fn a_shortened_path_into_a_hidden_directory_is_not_gone() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let tasks = "specs/001-login/tasks.md";
    let text = std::fs::read_to_string(sandbox.path().join(tasks)).unwrap();
    sandbox.write(
        tasks,
        &text.replace("tests/test_gone.py", ".book/preview.ts"),
    );
    sandbox.write("apps/web/.book/preview.ts", "export {};\n");
    sandbox.commit("all");
    assert!(sandbox.check().findings().is_empty());
}

#[test]
fn a_shallow_clone_calls_nothing_deleted_or_phantom() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write("tests/test_gone.py", "pub fn session() {}\n");
    sandbox.commit("all");
    std::fs::remove_file(sandbox.path().join("tests/test_gone.py")).unwrap();
    sandbox.commit("delete");
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", sandbox.path().display());
    sandbox.git(&[
        "clone",
        "-q",
        "--depth",
        "1",
        &url,
        clone.path().join("c").to_str().unwrap(),
    ]);
    let ran = run_in(
        &clone.path().join("c"),
        &["check", "--all", "--format", "json"],
    );
    assert!(ran.findings().is_empty(), "{}", ran.out);
    let unknown = ran.json()["unknown"].to_string();
    assert!(unknown.contains("shallow"), "{unknown}");
}

#[test]
fn nested_worktrees_add_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let alone = sandbox.check();
    for name in ["a", "b", "c"] {
        sandbox.git(&["worktree", "add", "-q", &format!(".agents/{name}")]);
        sandbox.git(&["worktree", "add", "-q", "--detach", &format!("work/{name}")]);
    }
    let among = sandbox.check();
    assert_eq!(alone.findings(), among.findings());
    assert_eq!(alone.json()["projects"], among.json()["projects"]);
    let doctor = sandbox.run(&["doctor"]);
    assert!(doctor.out.contains("other checkouts"), "{}", doctor.out);
}

#[test]
fn ignored_specs_are_found() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write(".gitignore", "/specs/\n.specify/\n");
    sandbox.git(&["add", "src", ".gitignore"]);
    sandbox.git(&["commit", "-q", "-m", "code only"]);
    let ran = sandbox.check();
    assert_eq!(
        ran.json()["projects"][0]["features"][0]["path"],
        "specs/001-login"
    );
    assert_eq!(ran.findings(), [format!("{GONE}phantom-task")]);
}

#[test]
fn several_roots_and_several_projects_are_one_workspace() {
    let (one, two) = (Sandbox::new(), Sandbox::new());
    one.write_feature();
    one.commit("all");
    two.write_feature();
    two.write("svc/.specify/memory/constitution.md", "# C\n");
    two.write(
        "svc/specs/001-pay/spec.md",
        "# Feature Specification: Pay\n\n- **FR-001**: x\n",
    );
    two.commit("all");
    let other = two.path().to_str().unwrap();
    let ran = one.run(&["check", ".", other, "--all", "--format", "json"]);
    let json = ran.json();
    assert_eq!(json["roots"].as_array().unwrap().len(), 2);
    assert_eq!(json["projects"].as_array().unwrap().len(), 3);
    assert_eq!(ran.findings().len(), 2, "{}", ran.out);
}
