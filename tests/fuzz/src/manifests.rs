//! Manifests, lock files, descriptions of containers; reports of tests and of coverage; published facts.

use code::{manifest, read_report};

use crate::bytes;

#[path = "../../../server/code/tests/holds/manifests.rs"]
mod written;

/// A name of every kind that is known.
const PATHS: [&str; 28] = [
    "Cargo.toml",
    "package.json",
    "pnpm-workspace.yaml",
    "pyproject.toml",
    "requirements-dev.txt",
    "go.mod",
    "pom.xml",
    "build.gradle.kts",
    "build.gradle",
    "Web.csproj",
    "Gemfile",
    "composer.json",
    "Dockerfile",
    "docker-compose.yml",
    "deploy/web.yaml",
    ".nvmrc",
    "rust-toolchain.toml",
    "Cargo.lock",
    "package-lock.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "Gemfile.lock",
    "poetry.lock",
    "uv.lock",
    "composer.lock",
    "go.sum",
    "Directory.Packages.props",
    ".python-version",
];

/// A manifest of the kind that the first byte chooses.
pub fn manifests(data: &[u8]) {
    let (choice, rest) = bytes::choice(data);
    let text = bytes::text(rest);
    let path = PATHS[choice % PATHS.len()];
    if let Some(found) = manifest(path, &text) {
        written::holds(&text, &found);
    }
}

/// `JUnit`, lcov or Cobertura, as the text says itself.
pub fn reports(data: &[u8]) {
    let text = bytes::text(data);
    match read_report(&text) {
        Err(why) => assert!(!why.is_empty()),
        Ok(report) => {
            for file in &report.files {
                assert!(file.lines.is_sorted_by_key(|(line, _)| *line), "{file:?}");
                let mut pairs = file.lines.windows(2);
                assert!(pairs.all(|pair| pair[0].0 < pair[1].0), "{file:?}");
            }
            let marked = format!("\u{feff}{text}");
            assert_eq!(read_report(&marked), Ok(report), "{text:?}");
        }
    }
}
