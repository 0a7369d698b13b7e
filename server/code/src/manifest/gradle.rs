//! `build.gradle`, `build.gradle.kts`: programs, read line by line.

use std::sync::LazyLock;

use regex::Regex;

use super::{Dependency, MAX_DEPENDENCIES, Manifest, ManifestKind, Scope, Written, lines};

/// `implementation("group:name:version")`.
static DEPENDENCY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"^\s*([A-Za-z]+)\s*\(?\s*(?:platform\s*\(\s*|enforcedPlatform\s*\(\s*)?["']([^"':$\s]+):([^"':$\s]+)(?::([^"'$@\s]+))?["'@]"#,
    )
    .ok()
});

/// `id("org.springframework.boot") version "3.2.0"`.
static PLUGIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"^\s*(?:id|kotlin)\s*\(?\s*["']([^"']+)["']\s*\)?\s*version\s*\(?\s*["']([^"']+)["']"#,
    )
    .ok()
});

/// `implementation(project(":core:api"))`, `api project(path: ':core')`.
static PROJECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^\s*([A-Za-z]+)\s*\(?\s*project\s*\(\s*(?:path\s*[:=]\s*)?["'](:[^"'$\s]+)["']"#)
        .ok()
});

/// `jvmToolchain(17)`, `JavaLanguageVersion.of(17)`, `sourceCompatibility = JavaVersion.VERSION_17`.
static JAVA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?:jvmToolchain\s*\(|JavaLanguageVersion\.of\s*\(|sourceCompatibility\s*=?\s*(?:JavaVersion\.VERSION_|["']?))\s*([0-9][0-9._]*)"#,
    )
    .ok()
});

/// `version = "1.0"`.
static VERSION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^version\s*=?\s*["']([^"'$]+)["']"#).ok());

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let (dependency, plugin) = (DEPENDENCY.as_ref()?, PLUGIN.as_ref()?);
    let project = PROJECT.as_ref()?;
    let (java, version) = (JAVA.as_ref()?, VERSION.as_ref()?);
    let mut manifest = Manifest::new(ManifestKind::Gradle);
    // Catalogues, variables and plugins may add more.
    manifest.known = false;
    for (start, line) in lines::lines(text) {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let at =
            |found: regex::Match<'_>| Written::at(text, start + found.start()..start + found.end());
        if let Some(found) = dependency.captures(line) {
            let Some(scope) = found.get(1).and_then(|word| scope(word.as_str())) else {
                continue;
            };
            let name = found.get(3).and_then(at);
            if let Some(name) = name
                && manifest.dependencies.len() < MAX_DEPENDENCIES
            {
                manifest.dependencies.push(Dependency {
                    name,
                    group: found.get(2).and_then(at),
                    version: found.get(4).and_then(at),
                    scope,
                });
            }
        } else if let Some(found) = project.captures(line) {
            let used = found.get(1).and_then(|word| scope(word.as_str()));
            if used.is_some_and(|scope| scope != Scope::Development) {
                manifest.projects.extend(found.get(2).and_then(at));
            }
        } else if let Some(found) = plugin.captures(line) {
            if let Some(name) = found.get(1).and_then(at) {
                manifest.depends(name, found.get(2).and_then(at), Scope::Build);
            }
        } else if let Some(found) = java.captures(line) {
            manifest.toolchain("java", found.get(1).and_then(at));
        } else if let Some(found) = version.captures(line) {
            manifest.version = found.get(1).and_then(at);
        }
    }
    Some(manifest)
}

/// What a configuration is for; `None` if the word is none.
fn scope(configuration: &str) -> Option<Scope> {
    let lower = configuration.to_ascii_lowercase();
    Some(if lower.contains("test") {
        Scope::Development
    } else if lower.ends_with("compileonly")
        || lower.ends_with("annotationprocessor")
        || matches!(lower.as_str(), "kapt" | "ksp" | "classpath")
    {
        Scope::Build
    } else if [
        "implementation",
        "api",
        "runtimeonly",
        "compile",
        "runtime",
        "developmentonly",
    ]
    .iter()
    .any(|word| lower.ends_with(word))
    {
        Scope::Runtime
    } else {
        return None;
    })
}
