//! Whose packages a file lists, told by its name: also of files that are programs and are not read.

use crate::language::file_name;

/// Where packages come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ecosystem {
    /// npm, pnpm, Yarn, Deno.
    Npm,
    /// `PyPI`.
    Python,
    /// Rust crates, by Cargo.
    Cargo,
    /// Go modules.
    Go,
    /// Maven Central, by Maven, Gradle or sbt.
    Jvm,
    /// `NuGet`.
    DotNet,
    /// `RubyGems`.
    Ruby,
    /// Packagist.
    Php,
}

/// The ecosystem of a file that says what a package or project needs, by its path: of a manifest, and of a file that says
/// which version of a language is used. None of lock files and descriptions of containers.
#[must_use]
pub fn ecosystem(path: &str) -> Option<Ecosystem> {
    let name = file_name(path);
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    Some(match name {
        "package.json"
        | "pnpm-workspace.yaml"
        | "deno.json"
        | "deno.jsonc"
        | ".nvmrc"
        | ".node-version" => Ecosystem::Npm,
        "pyproject.toml" | "setup.py" | "setup.cfg" | "Pipfile" | ".python-version"
        | "environment.yml" | "environment.yaml" => Ecosystem::Python,
        "Cargo.toml" | "rust-toolchain" | "rust-toolchain.toml" => Ecosystem::Cargo,
        "go.mod" => Ecosystem::Go,
        "pom.xml" | "build.gradle" | "build.gradle.kts" | "build.sbt" | ".java-version" => {
            Ecosystem::Jvm
        }
        "Gemfile" | ".ruby-version" => Ecosystem::Ruby,
        "composer.json" => Ecosystem::Php,
        "Directory.Packages.props" => Ecosystem::DotNet,
        _ if ends(&[".csproj", ".fsproj", ".vbproj"]) => Ecosystem::DotNet,
        _ if ends(&[".gemspec"]) => Ecosystem::Ruby,
        _ if name.starts_with("requirements") && ends(&[".txt", ".in"]) => Ecosystem::Python,
        _ => return None,
    })
}

impl Ecosystem {
    /// A package's name as its ecosystem compares it.
    #[must_use]
    pub fn normal(self, name: &str) -> String {
        let lower = name.to_lowercase();
        match self {
            Self::Python => lower.replace(['_', '.'], "-"),
            Self::Cargo => lower.replace('_', "-"),
            // `/v5` is the version.
            Self::Go => match lower.rsplit_once("/v") {
                Some((path, digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                    path.to_owned()
                }
                _ => lower,
            },
            _ => lower,
        }
    }
}
