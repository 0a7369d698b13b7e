//! A dependency that a plan names goes from its manifest.

use std::collections::{BTreeMap, BTreeSet};

use super::written;
use crate::drift::{Kind, Mutation, Scene};

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "dependency-removed",
    codes: &["stack-drift"],
    about: "The line of a dependency goes from the only manifest that has it; the last plan that names it in its Technical \
            Context is of a feature whose tasks are all done.",
    mutations,
}];

/// Files whose lines are dependencies.
const MANIFESTS: [&str; 5] = [
    "package.json",
    "Cargo.toml",
    "pyproject.toml",
    "requirements.txt",
    "go.mod",
];

/// Keys of the Technical Context that name dependencies.
const KEYS: [&str; 3] = ["**Primary Dependencies**", "**Testing**", "**Storage**"];

/// Words of the Technical Context of finished work that no later plan has.
fn named(scene: &Scene) -> BTreeSet<String> {
    let mut last: BTreeMap<String, bool> = BTreeMap::new();
    // Features are numbered: the order of paths is that of time.
    for path in scene.files.iter().filter(|path| path.ends_with("/plan.md")) {
        let tasks = path.replace("plan.md", "tasks.md");
        let tasks = scene.text(&tasks).unwrap_or_default();
        let finished = tasks.contains("- [x]") && !tasks.contains("- [ ]");
        for line in scene.text(path).unwrap_or_default().lines() {
            let in_context = finished && KEYS.iter().any(|key| line.starts_with(key));
            let words = line.split(|c: char| !c.is_alphanumeric() && !"-_.".contains(c));
            for word in words.filter(|word| word.len() > 2) {
                last.insert(word.to_lowercase(), in_context);
            }
        }
    }
    last.retain(|_, in_context| *in_context);
    last.into_keys().collect()
}

/// What a plan calls the dependency of a line: `gin` of `github.com/gin-gonic/gin/v2 v2.1.0`.
fn dependency(line: &str) -> Option<String> {
    let word = line.trim().trim_start_matches(['"', '\'']);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let whole = &word[..word.find(|c| !is_part(c)).unwrap_or(word.len())];
    let is_version = |part: &&str| {
        part.strip_prefix('v')
            .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
    };
    let mut parts = whole.rsplit('/').filter(|part| !is_version(part));
    let name = parts.next().unwrap_or_default().to_lowercase();
    let has_version = line.contains(|c: char| c.is_ascii_digit());
    // What a program runs on is no dependency.
    let is_runtime = matches!(
        name.as_str(),
        "node" | "npm" | "pnpm" | "python" | "rust-version" | "go" | "vscode"
    );
    (has_version && !is_runtime && !name.is_empty()).then_some(name)
}

fn mutations(scene: &Scene) -> Vec<Mutation> {
    let named = named(scene);
    let mut places: BTreeMap<String, Vec<(&String, usize)>> = BTreeMap::new();
    for path in &scene.files {
        let file = path.rsplit('/').next().unwrap_or(path);
        if !MANIFESTS.contains(&file) {
            continue;
        }
        let text = scene.text(path).unwrap_or_default();
        for (at, line) in text.lines().enumerate() {
            if let Some(name) = dependency(line).filter(|name| named.contains(name)) {
                places.entry(name).or_default().push((path, at));
            }
        }
    }
    let mut mutations = Vec::new();
    for (name, places) in places {
        if let [(path, at)] = places.as_slice() {
            let text = scene.text(path).unwrap_or_default();
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            lines.remove(*at);
            mutations.push(written(path, lines.concat(), format!("{name} is gone")));
        }
    }
    mutations
}
