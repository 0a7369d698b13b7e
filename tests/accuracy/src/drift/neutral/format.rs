//! The language's own formatter, in another width than the repository's, where it is installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::drift::harm::written;
use crate::drift::source::extension;
use crate::drift::{Kind, Mutation, Scene};

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "reformatted",
    codes: &[],
    about: "A file with linked code goes through its formatter: rustfmt, prettier, ruff or black, gofmt. Without the formatter \
            there is no such mutation.",
    mutations,
}];

fn mutations(scene: &Scene) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    for path in scene.sources() {
        let Some(text) = scene.text(path) else {
            continue;
        };
        let new = commands(path)
            .iter()
            .find_map(|command| formatted(command, &text));
        if let Some(new) = new.filter(|new| *new != text) {
            mutations.push(written(path, new, "reformatted".to_owned()));
        }
    }
    mutations
}

fn commands(path: &str) -> Vec<Vec<&str>> {
    match extension(path) {
        "rs" => vec![vec![
            "rustfmt",
            "--edition",
            "2024",
            "--config",
            "max_width=72",
        ]],
        "py" => vec![
            vec!["ruff", "format", "--line-length", "72", "-"],
            vec!["black", "-q", "-l", "72", "-"],
        ],
        "ts" | "tsx" | "js" | "jsx" => vec![vec![
            "prettier",
            "--no-semi",
            "--single-quote",
            "--print-width",
            "72",
            "--stdin-filepath",
            path,
        ]],
        "go" => vec![vec!["gofmt"]],
        _ => Vec::new(),
    }
}

fn formatted(command: &[&str], text: &str) -> Option<String> {
    let (program, arguments) = command.split_first()?;
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let bytes = text.as_bytes().to_vec();
    let writing = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().ok()?;
    let _ = writing.join();
    let new = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !new.trim().is_empty()).then_some(new)
}
