//! A repository that asks for programs to be run wherever git or a tool of its kind can be asked to. Each leaves a mark.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a trap watches with: a directory that is not part of the repository.
pub(crate) struct Trap {
    marks: PathBuf,
}

/// Hooks of git that reading, writing and fetching run.
const HOOKS: &[&str] = &[
    "fsmonitor-watchman",
    "post-checkout",
    "post-commit",
    "post-index-change",
    "pre-auto-gc",
    "pre-commit",
    "reference-transaction",
];

/// Programs that somebody may start by name.
const PROGRAMS: &[&str] = &[
    "bash", "cargo", "git", "go", "gpg", "less", "make", "node", "npm", "npx", "openspec",
    "python3", "sh", "specify", "ssh", "uv", "xdg-open",
];

/// Programs of the repository itself, as its tools know them.
const OWN: &[&str] = &[
    ".envrc",
    ".specify/extensions/own/run.sh",
    ".specify/scripts/bash/check-prerequisites.sh",
    ".specify/scripts/bash/create-new-feature.sh",
    "Makefile",
    "build.rs",
    "conftest.py",
    "tests/run.sh",
];

impl Trap {
    /// Sets a trap in a repository whose files are committed, and sees that it works: git itself steps into it.
    pub(crate) fn set(repository: &Path, aside: &Path) -> Self {
        let trap = Self {
            marks: aside.join("marks"),
        };
        std::fs::create_dir_all(&trap.marks).unwrap();
        for own in OWN {
            trap.program(&repository.join(own), own);
        }
        for hook in HOOKS {
            trap.program(&repository.join(".git/hooks").join(hook), hook);
        }
        for program in PROGRAMS {
            trap.program(&trap.programs().join(program), program);
        }
        let attributes = "* filter=trap diff=trap merge=trap\n";
        std::fs::write(repository.join(".gitattributes"), attributes).unwrap();
        let modules = format!(
            "[submodule \"trap\"]\n\tpath = trap\n\turl = {}\n\tupdate = !{}\n",
            trap.remote("submodule"),
            trap.shell("update")
        );
        std::fs::write(repository.join(".gitmodules"), modules).unwrap();
        let included = aside.join("included");
        std::fs::write(&included, trap.settings(repository)).unwrap();
        let settings = repository.join(".git/config");
        let own = std::fs::read_to_string(&settings).unwrap();
        let path = included.display();
        std::fs::write(&settings, format!("{own}[include]\n\tpath = \"{path}\"\n")).unwrap();
        // Not what is asked about here: only whether the trap works.
        for asked in [&["status"][..], &["hash-object", "Makefile"]] {
            let _ = Command::new("git")
                .args(asked)
                .current_dir(repository)
                .output()
                .unwrap();
        }
        let sprung = trap.sprung();
        assert!(sprung.iter().any(|mark| mark == "fsmonitor"), "{sprung:?}");
        let filtered = |mark: &String| mark == "clean" || mark == "process";
        assert!(sprung.iter().any(filtered), "{sprung:?}");
        for mark in sprung {
            std::fs::remove_file(trap.marks.join(mark)).unwrap();
        }
        trap
    }

    /// A `PATH` on which every program is a trap.
    pub(crate) fn programs(&self) -> PathBuf {
        self.marks.with_file_name("programs")
    }

    /// What was run.
    pub(crate) fn sprung(&self) -> Vec<String> {
        let marks = std::fs::read_dir(&self.marks).unwrap();
        let mut names: Vec<String> = marks
            .map(|mark| mark.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort_unstable();
        names
    }

    /// A command line that leaves a mark; it needs no program but the shell.
    fn shell(&self, mark: &str) -> String {
        format!(
            ": > '{}' #",
            self.marks.join(mark.replace('/', "-")).display()
        )
    }

    fn program(&self, path: &Path, mark: &str) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("#!/bin/sh\n{}\n", self.shell(mark))).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    fn remote(&self, mark: &str) -> String {
        format!("\"ext::sh -c {}\"", self.shell(mark).replace(' ', "% "))
    }

    /// From now on an object that is missing is one to be fetched, by a program.
    pub(crate) fn fetch(&self, repository: &Path) {
        let settings = repository.join(".git/config");
        let mut text = std::fs::read_to_string(&settings).unwrap();
        text = text.replace("repositoryformatversion = 0", "repositoryformatversion = 1");
        write!(
            text,
            "[extensions]\n\tpartialClone = origin\n[protocol \"ext\"]\n\tallow = always\n\
             [remote \"origin\"]\n\turl = {}\n\tpromisor = true\n",
            self.remote("fetch")
        )
        .unwrap();
        std::fs::write(settings, text).unwrap();
    }

    /// Settings of git that name programs.
    fn settings(&self, repository: &Path) -> String {
        let hooks = repository.join(".git/hooks");
        let mut text = format!("[core]\n\thooksPath = \"{}\"\n", hooks.display());
        for (section, key, mark) in [
            ("core", "fsmonitor", "fsmonitor"),
            ("core", "pager", "pager"),
            ("core", "editor", "editor"),
            ("core", "sshCommand", "ssh-command"),
            ("core", "askPass", "ask-pass"),
            ("core", "gitProxy", "git-proxy"),
            ("core", "alternateRefsCommand", "alternate-refs"),
            ("diff", "external", "external"),
            ("diff \"trap\"", "command", "diff"),
            ("diff \"trap\"", "textconv", "textconv"),
            ("filter \"trap\"", "clean", "clean"),
            ("filter \"trap\"", "smudge", "smudge"),
            ("filter \"trap\"", "process", "process"),
            ("merge \"trap\"", "driver", "merge"),
            ("credential", "helper", "credential"),
            ("gpg", "program", "gpg-program"),
            ("pager", "log", "pager-log"),
            ("uploadpack", "packObjectsHook", "pack-objects"),
        ] {
            let command = self.shell(mark);
            writeln!(text, "[{section}]\n\t{key} = \"{command}\"").unwrap();
        }
        for command in ["status", "log", "diff", "rev-parse", "show"] {
            writeln!(text, "[alias]\n\t{command} = \"!{}\"", self.shell("alias")).unwrap();
        }
        text += "[log]\n\tshowSignature = true\n";
        text
    }
}
