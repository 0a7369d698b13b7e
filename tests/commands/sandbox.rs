//! A directory of its own for each test, and the binary run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A temporary workspace.
pub(crate) struct Sandbox {
    dir: TempDir,
}

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// `path:line code` of each finding.
    pub(crate) fn findings(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|each| {
                let line = &each["range"]["start"]["line"];
                format!(
                    "{}:{line} {}",
                    each["path"].as_str().unwrap(),
                    each["code"].as_str().unwrap()
                )
            })
            .collect()
    }
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        // A repository above the temporary directory must not be taken for ours.
        let sandbox = Self { dir };
        sandbox.git(&["init", "-q", "-b", "main"]);
        sandbox
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> PathBuf {
        let full = self.dir.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(&full, text).unwrap();
        full
    }

    /// A feature whose ticked task names `tests/test_gone.py`, which nothing in the tree is called.
    pub(crate) fn write_feature(&self) {
        self.write(".specify/memory/constitution.md", "# Constitution\n");
        self.write(
            "specs/001-login/spec.md",
            "# Feature Specification: Login\n\n## User Scenarios & Testing\n\n### User Story 1 - Sign in (Priority: P1)\n\n\
             A member signs in.\n\n**Acceptance Scenarios**:\n\n1. **Given** a member, **When** they sign in, **Then** they are in.\n\n\
             ## Requirements\n\n### Functional Requirements\n\n- **FR-001**: System MUST let members sign in.\n",
        );
        self.write(
            "specs/001-login/tasks.md",
            "# Tasks: Login\n\n## Phase 1: User Story 1 - Sign in (Priority: P1)\n\n\
             - [x] T001 [US1] Create the form in src/form.rs\n\
             - [x] T002 [US1] Create the session in tests/test_gone.py (FR-001)\n\
             - [ ] T003 [US1] Write the greeting in src/greeting.rs\n",
        );
        self.write("src/form.rs", "pub fn form() {}\n");
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        git_in(self.path(), arguments);
    }

    /// Files below a directory that git does not know, as paths from the workspace.
    pub(crate) fn untracked(&self, below: &str) -> Vec<String> {
        let ran = Command::new("git")
            .args(["ls-files", "--others", "--", below])
            .current_dir(self.path())
            .output()
            .expect("git is installed");
        let out = String::from_utf8(ran.stdout).unwrap();
        out.lines().map(str::to_owned).collect()
    }

    /// The name of an object of git.
    pub(crate) fn object(&self, revision: &str) -> String {
        let ran = Command::new("git")
            .args(["rev-parse", revision])
            .current_dir(self.path())
            .output()
            .expect("git is installed");
        String::from_utf8(ran.stdout).unwrap().trim().to_owned()
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "-A", "-f"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.path(), arguments)
    }

    /// `check --all --format json` in the sandbox.
    pub(crate) fn check(&self) -> Ran {
        self.run(&["check", "--all", "--format", "json"])
    }
}

fn git_in(dir: &Path, arguments: &[&str]) {
    let ran = Command::new("git")
        .args([
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.invalid",
            "-c",
            "commit.gpgsign=false",
        ])
        .args([
            "-c",
            "protocol.file.allow=always",
            "-c",
            "advice.detachedHead=false",
        ])
        .args(arguments)
        .current_dir(dir)
        .output()
        .expect("git is installed");
    assert!(
        ran.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

/// Runs the binary in `dir`.
pub(crate) fn run_in(dir: &Path, arguments: &[&str]) -> Ran {
    run_cached(dir, Path::new("off"), arguments)
}

/// Runs the binary in `dir`, with its cache in another directory.
pub(crate) fn run_cached(dir: &Path, cache: &Path, arguments: &[&str]) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_spec-analyzer"))
        .args(arguments)
        .current_dir(dir)
        .env("SPEC_ANALYZER_CACHE", cache)
        .env_remove("SPECIFY_FEATURE")
        .env_remove("SPECIFY_FEATURE_DIRECTORY")
        .env_remove("GITHUB_WORKSPACE")
        .env_remove("CI_PROJECT_DIR")
        .output()
        .unwrap();
    Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// Copies a directory tree.
pub(crate) fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
