//! Small repositories made with the git program.

use std::path::{Path, PathBuf};
use std::process::Command;

use workspace::{Host, Options};

/// A repository in a directory of its own, removed when dropped.
pub(crate) struct Repo {
    _dir: tempfile::TempDir,
    pub(crate) path: PathBuf,
}

impl Repo {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("repo");
        std::fs::create_dir(&path).unwrap();
        let repo = Self { _dir: dir, path };
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    /// Another checkout of the same commit, on a branch of its own.
    pub(crate) fn beside(&self) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("beside");
        let name = path.to_str().unwrap();
        self.git(&["worktree", "add", "-q", "-b", "beside", name]);
        Self { _dir: dir, path }
    }

    /// A host that has read everything here.
    pub(crate) fn scanned(&self) -> Host {
        let mut host = Host::new(Options {
            roots: vec![self.path.clone()],
            ..Options::default()
        });
        host.scan();
        host
    }

    /// Runs git here, free of the user's settings, and gives its output.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        git_in(&self.path, args)
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.path.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> &Self {
        let to = self.path.join(to);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(self.path.join(from), to).unwrap();
        self
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        std::fs::remove_file(self.path.join(path)).unwrap();
        self
    }

    /// Commits everything; gives the id as `Fate` shows it.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])[..7].to_owned()
    }
}

pub(crate) fn git_in(dir: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "protocol.file.allow=always"])
        .args(args)
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@example.org"),
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Ten distinct lines.
pub(crate) fn lines(seed: &str) -> String {
    let lines: Vec<_> = (0..10)
        .map(|n| format!("{seed} line number {n}\n"))
        .collect();
    lines.concat()
}
