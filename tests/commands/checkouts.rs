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

/// A clone of a sandbox, by what git is told besides.
fn cloned(sandbox: &Sandbox, arguments: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
    let into = tempfile::tempdir().unwrap();
    let path = into.path().join("c");
    let url = format!("file://{}", sandbox.path().display());
    sandbox.git(&["config", "uploadpack.allowFilter", "true"]);
    let mut all = vec!["clone", "-q"];
    all.extend(arguments);
    all.extend([url.as_str(), path.to_str().unwrap()]);
    sandbox.git(&all);
    (into, path)
}

/// Every file below the git directory's objects, so that nothing can be fetched unseen.
fn objects(clone: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![clone.join(".git/objects")];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap().flatten() {
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path().display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn four_poor_checkouts_say_what_they_cannot_know_and_fetch_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let spec = "specs/001-login/spec.md";
    let said = std::fs::read_to_string(sandbox.path().join(spec)).unwrap();
    sandbox.write(
        "tests/test_gone.py",
        "def first():\n    return 1\n\ndef second():\n    return 2\n",
    );
    sandbox.write(
        "tests/test_login.py",
        "# Feature: specs/001-login/spec.md\nimport pytest\n\n@pytest.mark.skip\ndef test_fr_001():\n    assert login()\n",
    );
    sandbox.commit("all");
    // Changed on its way: only the contents tell that it is the same.
    std::fs::remove_file(sandbox.path().join("tests/test_gone.py")).unwrap();
    sandbox.write(
        "later/session.py",
        "def first():\n    return 1\n\ndef second():\n    return 3\n",
    );
    sandbox.commit("move");
    assert!(said.contains("FR-001"), "{said}");

    let whole = sandbox.check();
    let whole = whole.findings();
    for (arguments, cure) in [
        (&["--depth", "1"][..], "git fetch --unshallow"),
        (&["--filter=blob:none"], "git fetch --refetch --no-filter"),
        (
            &["--filter=blob:none", "--sparse"],
            "git fetch --refetch --no-filter",
        ),
        (&["--sparse"], "git sparse-checkout"),
    ] {
        let (_keep, clone) = cloned(&sandbox, arguments);
        if arguments.contains(&"--sparse") {
            let nothing = run_in(&clone, &["check", "--all"]);
            assert!(
                nothing.code == 2 && nothing.err.contains("git sparse-checkout add"),
                "{}",
                nothing.err
            );
            let inside = clone.to_str().unwrap();
            sandbox.git(&["-C", inside, "sparse-checkout", "set", "specs", ".specify"]);
        }
        let before = objects(&clone);
        let ran = run_in(&clone, &["check", "--all", "--format", "json"]);
        for found in ran.findings() {
            assert!(whole.contains(&found), "{arguments:?}: {}", ran.out);
        }
        // A sparse checkout alone has the whole history.
        let told = ran.findings().iter().any(|it| it.starts_with(GONE));
        assert_eq!(
            told,
            arguments == ["--sparse"],
            "{arguments:?}: {}",
            ran.out
        );
        let doctor = run_in(&clone, &["doctor"]);
        let lines = doctor.out.lines().filter(|line| line.contains(cure));
        assert!(lines.count() > 0, "{arguments:?}: {}", doctor.out);
        run_in(&clone, &["check", "--all", "--since", "HEAD~1"]);
        run_in(&clone, &["drift", "--since", "HEAD~1"]);
        assert_eq!(objects(&clone), before, "{arguments:?}");
    }
}

#[test]
fn what_a_sparse_checkout_leaves_out_may_be_a_test() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "specs/001-a/spec.md",
        "# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: Codes MUST be sent.\n",
    );
    sandbox.write(
        "specs/001-a/tasks.md",
        "# Tasks: A\n\n## Phase 1: Work\n\n- [x] T001 Send codes (FR-001)\n",
    );
    let head = "# Feature: specs/001-a/spec.md\nimport pytest\n\n";
    let skipped = format!("{head}@pytest.mark.skip\ndef test_fr_001():\n    assert a()\n");
    sandbox.write("tests/test_a.py", &skipped);
    let good = format!("{head}def test_fr_001_too():\n    assert a()\n");
    sandbox.write("more/tests/test_b.py", &good);
    sandbox.commit("all");
    let (_keep, clone) = cloned(&sandbox, &["--sparse"]);
    sandbox.git(&[
        "-C",
        clone.to_str().unwrap(),
        "sparse-checkout",
        "set",
        "specs",
        "tests",
    ]);
    let ran = run_in(&clone, &["check", "--all", "--format", "json"]);
    assert!(ran.findings().is_empty(), "{}", ran.out);
    let unknown = ran.json()["unknown"].to_string();
    assert!(unknown.contains("git sparse-checkout disable"), "{unknown}");
}

#[test]
fn fourteen_of_fifteen_repositories_are_not_there() {
    let sandbox = Sandbox::new();
    let names: Vec<String> = (1..15).map(|at| format!("service-{at:02}")).collect();
    let mut members = String::new();
    for name in &names {
        members.extend(["[[repository]]\npath = \"../", name.as_str(), "\"\n\n"]);
    }
    sandbox.write("hub/spec-workspace.toml", &members);
    let tasks: Vec<String> = (1..)
        .zip(&names)
        .map(|(at, name)| format!("- [x] T{at:03} Serve it in `{name}/src/main.rs`\n"))
        .collect();
    let tasks = tasks.concat();
    sandbox.write(
        "hub/specs/001-a/spec.md",
        "# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: It MUST be served.\n",
    );
    sandbox.write(
        "hub/specs/001-a/tasks.md",
        &format!("# Tasks: A\n\n## Phase 1: Work\n\n{tasks}"),
    );
    sandbox.commit("all");
    let hub = sandbox.path().join("hub");
    let ran = run_in(&hub, &["check", "--all", "--format", "json"]);
    assert!(ran.findings().is_empty(), "{}", ran.out);
    let doctor = run_in(&hub, &["doctor"]);
    for name in &names {
        let named = doctor
            .out
            .lines()
            .filter(|line| line.contains(name.as_str()));
        let cures = named.filter(|line| line.contains("not checked out"));
        assert_eq!(cures.count(), 1, "{}", doctor.out);
    }
}
