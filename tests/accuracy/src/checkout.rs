//! Copies of repositories that can be changed and put back. The original is only read.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Outcome;

/// Left out when a directory without its own git history is copied.
const NOT_COPIED: &[&str] = &[".git", "target", "node_modules"];

/// One step of an edit. Paths are relative to the repository, with `/`.
#[derive(Debug, Clone)]
pub enum Step {
    /// A file gets other bytes.
    Write(String, Vec<u8>),
    /// A file goes elsewhere.
    Move(String, String),
    /// A file goes.
    Delete(String),
}

/// An edit of a repository.
#[derive(Debug, Clone)]
pub struct Change {
    /// In order.
    pub steps: Vec<Step>,
    /// Whether it is committed; else it stays in the working tree.
    pub commit: bool,
}

/// A copy of a repository with its history, removed when dropped.
#[derive(Debug)]
pub struct Checkout {
    _keep: TempDir,
    dir: PathBuf,
    base: String,
}

impl Checkout {
    /// Copies a repository at its HEAD, or at a commit. What is not committed there is left behind. A directory that
    /// is not the top of a repository is copied as it is and becomes one commit.
    ///
    /// # Errors
    /// The directory, git or the commit is missing.
    pub fn of(original: &Path, commit: Option<&str>) -> Outcome<Self> {
        let original = original
            .canonicalize()
            .map_err(|error| format!("{}: {error}", original.display()))?;
        let keep = TempDir::with_prefix("accuracy-").map_err(|error| error.to_string())?;
        let dir = keep.path().join(name_of(&original));
        if original.join(".git").exists() {
            let args: [&OsStr; 6] = [
                "clone".as_ref(),
                "--quiet".as_ref(),
                "--no-hardlinks".as_ref(),
                "--no-checkout".as_ref(),
                original.as_ref(),
                dir.as_ref(),
            ];
            git(keep.path(), args)?;
            if let Some(commit) = commit {
                git(&dir, ["update-ref", "--no-deref", "HEAD", commit])?;
            }
            if git(&dir, ["reset", "--quiet", "--hard"]).is_err() {
                leave_out_missing(&dir)?;
                git(&dir, ["reset", "--quiet", "--hard"])?;
            }
        } else if commit.is_some() {
            return Err(format!("{} is no git repository", original.display()));
        } else {
            copy(&original, &dir).map_err(|error| format!("{}: {error}", original.display()))?;
            git(&dir, ["init", "--quiet", "--initial-branch=main"])?;
            git(&dir, ["add", "--all", "--force"])?;
            git(&dir, ["commit", "--quiet", "--message", "As it is"])?;
        }
        let base = git(&dir, ["rev-parse", "HEAD"])?.trim().to_owned();
        Ok(Self {
            _keep: keep,
            dir,
            base,
        })
    }

    /// Lets rules speak that are off by themselves, unless the repository has settings of its own.
    ///
    /// # Errors
    ///
    /// If the settings cannot be written or committed.
    pub fn let_all_speak(&mut self, codes: &[String]) -> Outcome<()> {
        const SETTINGS: &str = "spec-analyzer.toml";
        let path = self.dir.join(SETTINGS);
        if codes.is_empty() || path.exists() {
            return Ok(());
        }
        let text = format!("[severity]\n{} = \"hint\"\n", codes.join(" = \"hint\"\n"));
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        git(&self.dir, ["add", "--force", SETTINGS])?;
        git(
            &self.dir,
            ["commit", "--quiet", "--message", "Every rule speaks"],
        )?;
        git(&self.dir, ["rev-parse", "HEAD"])?
            .trim()
            .clone_into(&mut self.base);
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.dir
    }

    /// The commit it was made from.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Tracked files, sorted.
    pub fn files(&self) -> Outcome<Vec<String>> {
        let listed = git(&self.dir, ["ls-files", "-z"])?;
        let mut files: Vec<String> = listed
            .split('\0')
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect();
        files.sort_unstable();
        Ok(files)
    }

    /// Makes an edit.
    pub fn apply(&self, change: &Change) -> Outcome<()> {
        for step in &change.steps {
            self.step(step)
                .map_err(|error| format!("{step:?}: {error}"))?;
        }
        if change.commit {
            git(&self.dir, ["add", "--all"])?;
            git(&self.dir, ["commit", "--quiet", "--message", "Seeded"])?;
        }
        Ok(())
    }

    fn step(&self, step: &Step) -> std::io::Result<()> {
        match step {
            Step::Write(path, bytes) => {
                let path = self.dir.join(path);
                make_parent(&path)?;
                std::fs::write(path, bytes)
            }
            Step::Move(from, to) => {
                let to = self.dir.join(to);
                make_parent(&to)?;
                std::fs::rename(self.dir.join(from), to)
            }
            Step::Delete(path) => std::fs::remove_file(self.dir.join(path)),
        }
    }

    /// Commits what was changed; [`restore`](Self::restore) goes back to here from now on.
    pub fn commit(&mut self, message: &str) -> Outcome<()> {
        git(&self.dir, ["add", "--all"])?;
        // Many repositories ignore `*.lock`.
        let locks = git(
            &self.dir,
            [
                "ls-files",
                "-z",
                "--others",
                "--",
                "spec.lock",
                "*/spec.lock",
            ],
        )?;
        for lock in locks.split('\0').filter(|lock| !lock.is_empty()) {
            git(&self.dir, ["add", "--force", "--", lock])?;
        }
        git(
            &self.dir,
            ["commit", "--quiet", "--allow-empty", "--message", message],
        )?;
        git(&self.dir, ["rev-parse", "HEAD"])?
            .trim()
            .clone_into(&mut self.base);
        Ok(())
    }

    /// Puts everything back, and makes sure of it.
    pub fn restore(&self) -> Outcome<()> {
        git(&self.dir, ["reset", "--quiet", "--hard", &self.base])?;
        git(&self.dir, ["clean", "--quiet", "-ffdx"])?;
        let left = git(&self.dir, ["status", "--porcelain"])?;
        if left.trim().is_empty() {
            Ok(())
        } else {
            Err(format!(
                "{} could not be put back: {left}",
                self.dir.display()
            ))
        }
    }
}

/// What a repository is called: the last two parts of where it was cloned from, else its directory.
#[must_use]
pub fn called(repository: &Path) -> String {
    let origin = git(repository, ["config", "--get", "remote.origin.url"]).unwrap_or_default();
    let origin = origin.trim().trim_end_matches('/').trim_end_matches(".git");
    let parts: Vec<&str> = origin.rsplit(['/', ':']).take(2).collect();
    match parts.as_slice() {
        [name, owner] if origin.contains("://") || origin.contains('@') => {
            format!("{owner}/{name}")
        }
        _ => name_of(repository),
    }
}

/// The commit a repository is at.
pub fn head(repository: &Path) -> Outcome<String> {
    Ok(git(repository, ["rev-parse", "HEAD"])?.trim().to_owned())
}

/// Keeps files whose content the repository does not have (large ones, in a partial copy) out of the working tree, as
/// a sparse checkout does.
fn leave_out_missing(dir: &Path) -> Outcome<()> {
    let listed = git(dir, ["ls-tree", "-r", "-z", "HEAD"])?;
    let mut patterns = String::from("/*\n");
    for entry in listed.split('\0') {
        let Some((kind, path)) = entry.split_once('\t') else {
            continue;
        };
        let mut words = kind.split(' ').skip(1);
        if let (Some("blob"), Some(id)) = (words.next(), words.next())
            && git(dir, ["cat-file", "-e", id]).is_err()
        {
            patterns.push_str("!/");
            patterns.push_str(path);
            patterns.push('\n');
        }
    }
    git(dir, ["config", "core.sparseCheckout", "true"])?;
    let file = dir.join(".git/info/sparse-checkout");
    make_parent(&file)
        .and_then(|()| std::fs::write(&file, patterns))
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn name_of(directory: &Path) -> String {
    let full = directory.canonicalize();
    let directory = full.as_deref().unwrap_or(directory);
    directory.file_name().map_or_else(
        || "repository".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn make_parent(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if NOT_COPIED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else if kind.is_file() {
            std::fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

/// Runs git free of hooks, line ending changes and the caller's repository, with an author and a time of our own.
pub(crate) fn git<I, S>(dir: &Path, args: I) -> Outcome<String>
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut command = Command::new("git");
    for setting in [
        "core.hooksPath=/dev/null",
        "core.autocrlf=false",
        "core.fsmonitor=false",
        "commit.gpgSign=false",
        "gc.auto=0",
        "maintenance.auto=false",
        "filter.lfs.smudge=",
        "filter.lfs.clean=",
        "filter.lfs.process=",
        "filter.lfs.required=false",
        "user.name=Accuracy",
        "user.email=accuracy@example.invalid",
        "advice.detachedHead=false",
    ] {
        command.args(["-c", setting]);
    }
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(&name);
        }
    }
    command
        .env("GIT_TERMINAL_PROMPT", "0")
        .current_dir(dir)
        .args(args);
    let shown = format!("{command:?}");
    let output = command.output().map_err(|error| format!("git: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "{shown}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ))
    }
}
