//! The Spec Kit extension: its manifest names what is there, and its commands do what they say when a shell runs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sandbox::Sandbox;

fn extension() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/spec-kit")
}

/// Values of a key anywhere in the manifest, in order.
fn values(manifest: &str, key: &str) -> Vec<String> {
    manifest
        .lines()
        .filter_map(|line| {
            let (found, value) = line.trim().trim_start_matches("- ").split_once(':')?;
            (found == key).then(|| value.trim().trim_matches('"').to_owned())
        })
        .filter(|value| !value.is_empty())
        .collect()
}

/// Keys indented by two below a top-level key.
fn below(manifest: &str, section: &str) -> Vec<String> {
    let mut lines = manifest
        .lines()
        .skip_while(|line| *line != format!("{section}:"));
    lines.next();
    lines
        .take_while(|line| line.starts_with(' ') || line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|line| !line.starts_with(' '))
        .map(str::to_owned)
        .collect()
}

/// The shell commands of a command file.
fn shell(file: &str) -> String {
    let text = std::fs::read_to_string(extension().join(file)).unwrap();
    let (_, block) = text.split_once("```bash\n").unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

/// Runs them as an agent's shell does: in the project, with the program on the path.
fn run(sandbox: &Sandbox, command: &str) -> (i32, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_spec-analyzer"))
        .parent()
        .unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let ran = Command::new("sh")
        .args(["-c", &shell(&format!("commands/{command}.md"))])
        .current_dir(sandbox.path())
        .env("PATH", format!("{}:{path}", program.display()))
        .env_remove("SPECIFY_FEATURE")
        .env_remove("SPECIFY_FEATURE_DIRECTORY")
        .output()
        .unwrap();
    let out = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    (ran.status.code().unwrap(), out)
}

#[test]
fn the_manifest_names_what_is_there() {
    let manifest = std::fs::read_to_string(extension().join("extension.yml")).unwrap();
    assert_eq!(values(&manifest, "version"), [env!("CARGO_PKG_VERSION")]);
    let files = values(&manifest, "file");
    assert_eq!(
        files.len(),
        std::fs::read_dir(extension().join("commands"))
            .unwrap()
            .count()
    );
    let names: Vec<String> = files
        .iter()
        .map(|file| {
            file.trim_start_matches("commands/")
                .trim_end_matches(".md")
                .to_owned()
        })
        .collect();
    for name in &names {
        let parts: Vec<&str> = name.split('.').collect();
        assert_eq!(parts[..2], ["speckit", "spec-analyzer"], "{name}");
        assert!(manifest.contains(&format!("- name: {name}\n")), "{name}");
        let word = |part: &&str| {
            part.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        assert!(parts.len() == 3 && parts.iter().all(word), "{name}");
    }
    let called = values(&manifest, "command");
    assert!(
        called.iter().all(|command| names.contains(command)),
        "{called:?}"
    );
    let hooks = below(&manifest, "hooks");
    assert_eq!(hooks.len(), called.len());
    let phases = ["specify", "plan", "tasks", "implement", "analyze"];
    for hook in &hooks {
        let (when, phase) = hook.split_once('_').unwrap();
        assert!(
            ["before", "after"].contains(&when) && phases.contains(&phase),
            "{hook}"
        );
    }
    assert_eq!(values(&manifest, "optional"), vec!["true"; hooks.len()]);
}

#[cfg(unix)]
#[test]
fn the_commands_are_the_gates() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let gate = |phase: &str| run(&sandbox, &format!("speckit.spec-analyzer.{phase}"));
    assert_eq!(gate("specify").0, 0, "{}", gate("specify").1);
    let (code, out) = gate("plan");
    assert!(code == 1 && out.contains("plan.md is not there"), "{out}");
    sandbox.write(
        "specs/001-login/plan.md",
        "# Implementation Plan: Login\n\n## Summary\n\nA form.\n",
    );
    assert_eq!(gate("plan").0, 0, "{}", gate("plan").1);
    assert_eq!(gate("tasks").0, 0, "{}", gate("tasks").1);
    let (code, out) = gate("implement");
    assert!(code == 1 && out.contains("phantom-task"), "{out}");
    let (code, out) = gate("analyze");
    assert!(
        code == 0 && out.contains("## Specification Analysis Report"),
        "{out}"
    );
}
