//! A dependency that a plan names goes from its manifest.

use std::collections::BTreeSet;

use super::written;
use crate::drift::{Kind, Mutation, Scene};

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "dependency-removed",
    codes: &[
        "stack-mismatch",
        "stack-drift",
        "stack-absent",
        "stack-missing",
        "stack-divergence",
    ],
    about: "The line of a dependency goes from a manifest; its name stands in the Technical Context of a plan.",
    mutations,
}];

fn mutations(scene: &Scene) -> Vec<Mutation> {
    let mut contexts = String::new();
    for path in scene.files.iter().filter(|path| path.ends_with("/plan.md")) {
        for line in scene.text(path).unwrap_or_default().lines() {
            if line.starts_with("**Primary Dependencies**") || line.starts_with("**Testing**") {
                contexts.push_str(&line.to_lowercase());
                contexts.push('\n');
            }
        }
    }
    let named: BTreeSet<&str> = contexts
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_' && c != '.')
        .filter(|word| word.len() > 2)
        .collect();
    let manifests = [
        "package.json",
        "Cargo.toml",
        "pyproject.toml",
        "requirements.txt",
        "go.mod",
    ];
    let mut mutations = Vec::new();
    for path in &scene.files {
        if !manifests
            .iter()
            .any(|name| path == name || path.ends_with(&format!("/{name}")))
        {
            continue;
        }
        let Some(text) = scene.text(path) else {
            continue;
        };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (index, line) in lines.iter().enumerate() {
            let word = line.trim().trim_start_matches(['"', '\'']);
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
            let path = &word[..word.find(|c| !is_part(c)).unwrap_or(word.len())];
            // `github.com/gin-gonic/gin/v2` is `gin` to a plan.
            let is_version = |part: &&str| {
                part.strip_prefix('v')
                    .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
            };
            let mut parts = path.rsplit('/').filter(|part| !is_version(part));
            let name = parts.next().unwrap_or_default();
            let has_version = line.contains(|c: char| c.is_ascii_digit());
            // What a program runs on is no dependency.
            let is_runtime = matches!(
                name,
                "node" | "npm" | "pnpm" | "python" | "rust-version" | "go"
            );
            if has_version && !is_runtime && named.contains(name.to_lowercase().as_str()) {
                let mut kept = lines.clone();
                kept.remove(index);
                mutations.push(written(path, kept.concat(), format!("{name} is gone")));
            }
        }
    }
    mutations
}
