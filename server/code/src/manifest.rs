//! Manifests, lock files and descriptions of containers: what they name, as written, with its bytes.
//!
//! A function of the file's name and text. What another file says (a version of the workspace, a property of a parent)
//! is not looked for; what is a program (Gradle, a `Gemfile`) gives what can be read line by line.

mod cargo;
mod compose;
mod docker;
mod dotnet;
mod ecosystem;
mod go;
mod gradle;
mod kubernetes;
mod lines;
mod lock;
mod maven;
mod npm;
mod php;
mod python;
mod ruby;
mod table;
mod tree;

pub use ecosystem::{Ecosystem, ecosystem};

use std::ops::Range;

use smol_str::SmolStr;
use text::TextRange;

use crate::language::file_name;

/// Most dependencies kept of one file, and most of anything else in it.
pub const MAX_DEPENDENCIES: usize = 20_000;

/// Longest text that is read, in bytes: lock files grow.
const MOST: usize = 8 << 20;

/// What a manifest, a lock file or a description of containers says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Which tool's it is.
    pub kind: ManifestKind,
    /// The package's name; of a Maven project the artifact's.
    pub name: Option<Written>,
    /// The package's version.
    pub version: Option<Written>,
    /// Languages and tools with the versions that are asked for.
    pub toolchains: Vec<Toolchain>,
    /// What it depends on, by start offset; in a lock file, what was resolved.
    pub dependencies: Vec<Dependency>,
    /// Packages of the workspace, as patterns or paths.
    pub members: Vec<Written>,
    /// Projects that it is built with, as paths: `..\Core\Core.csproj`, `:core:api`.
    pub projects: Vec<Written>,
    /// Containers, services and stages.
    pub services: Vec<Service>,
    /// False where something could not be read: what is not listed is unknown, not absent.
    pub known: bool,
}

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ManifestKind {
    /// `Cargo.toml`.
    Cargo,
    /// `package.json`, `pnpm-workspace.yaml`.
    Npm,
    /// `pyproject.toml`.
    Python,
    /// `requirements*.txt`.
    Requirements,
    /// `go.mod`.
    Go,
    /// `pom.xml`.
    Maven,
    /// `build.gradle`, `build.gradle.kts`.
    Gradle,
    /// `*.csproj` and its kin.
    DotNet,
    /// `Gemfile`.
    Bundler,
    /// `composer.json`.
    Composer,
    /// A lock file of any of them.
    Lock,
    /// A file that says a tool's version and no more: `.nvmrc`, `rust-toolchain.toml`.
    Toolchain,
    /// `Dockerfile`.
    Docker,
    /// `compose.yaml`.
    Compose,
    /// Objects of Kubernetes.
    Kubernetes,
}

/// Something as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Byte-equal to the text at `range`.
    pub text: SmolStr,
    /// Its bytes, quotes left out.
    pub range: TextRange,
}

/// A language or tool and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// `rust`, `node`, `python`, `go`, `java`, `kotlin`, `dotnet`, `ruby`, `php` ...
    pub name: SmolStr,
    /// The version, or the range of versions.
    pub version: Written,
}

/// Why something is depended on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// To run.
    Runtime,
    /// To develop and to test.
    Development,
    /// To build.
    Build,
    /// If it is asked for, or if it is there (peers).
    Optional,
    /// Because another dependency does.
    Indirect,
    /// Said for the packages of a workspace.
    Workspace,
    /// Resolved, in a lock file.
    Locked,
}

/// A dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The package's name; of Maven and Gradle without the group.
    pub name: Written,
    /// The group of a Maven artifact.
    pub group: Option<Written>,
    /// The version or range of versions; `None` if another place says it.
    pub version: Option<Written>,
    /// Why.
    pub scope: Scope,
}

/// A container, a service or a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name; a stage may have none.
    pub name: Option<Written>,
    /// `Deployment`, `Service` ... of Kubernetes.
    pub kind: Option<Written>,
    /// Images it is made of.
    pub images: Vec<Written>,
    /// The directory it is built from.
    pub build: Option<Written>,
    /// Ports as written: `8080:80`, `5432/tcp`.
    pub ports: Vec<Written>,
    /// Services it needs.
    pub depends_on: Vec<Written>,
    /// Hosts that addresses in its environment name: `ledger` of `http://ledger:8080/api`.
    pub hosts: Vec<Written>,
}

impl Manifest {
    fn new(kind: ManifestKind) -> Self {
        Self {
            kind,
            name: None,
            version: None,
            toolchains: Vec::new(),
            dependencies: Vec::new(),
            members: Vec::new(),
            projects: Vec::new(),
            services: Vec::new(),
            known: true,
        }
    }

    fn depends(&mut self, name: Written, version: Option<Written>, scope: Scope) {
        if self.dependencies.len() == MAX_DEPENDENCIES {
            self.known = false;
            return;
        }
        self.dependencies.push(Dependency {
            name,
            group: None,
            version,
            scope,
        });
    }

    fn toolchain(&mut self, name: &'static str, version: Option<Written>) {
        self.toolchains.extend(version.map(|version| Toolchain {
            name: SmolStr::new_static(name),
            version,
        }));
    }
}

impl Service {
    fn new(name: Option<Written>) -> Self {
        Self {
            name,
            kind: None,
            images: Vec::new(),
            build: None,
            ports: Vec::new(),
            depends_on: Vec::new(),
            hosts: Vec::new(),
        }
    }
}

impl Written {
    /// `None` where nothing is written, or no characters begin or end there.
    fn at(text: &str, range: Range<usize>) -> Option<Self> {
        let written = text.get(range.clone())?;
        (!written.is_empty()).then(|| Self {
            text: SmolStr::new(written),
            range: text::span(range.start, range.end),
        })
    }
}

/// Reads the manifest, lock file or description of containers that a path names.
///
/// `None` if it names none, or if the text is none: most YAML describes no objects of Kubernetes.
#[must_use]
pub fn manifest(path: &str, text: &str) -> Option<Manifest> {
    let name = file_name(path);
    let read = reader(name)?;
    if text.len() > MOST {
        return None;
    }
    let mut manifest = read(name, text)?;
    manifest
        .dependencies
        .sort_by_key(|dependency| dependency.name.range.start());
    Some(manifest)
}

/// Whether [`manifest`] may have something to say of what a project itself writes at this path: lock files are left out.
#[must_use]
pub fn may_describe(path: &str) -> bool {
    let name = file_name(path);
    let locks = [
        "Cargo.lock",
        "Gemfile.lock",
        "composer.lock",
        "npm-shrinkwrap.json",
        "package-lock.json",
        "pnpm-lock.yaml",
        "poetry.lock",
        "uv.lock",
        "yarn.lock",
    ];
    !locks.contains(&name) && reader(name).is_some()
}

/// How a file is read, by its name.
fn reader(name: &str) -> Option<fn(&str, &str) -> Option<Manifest>> {
    let ends = |ending: &str| name.ends_with(ending);
    let yaml = ends(".yaml") || ends(".yml");
    Some(match name {
        "Cargo.toml" => cargo::read,
        "package.json" => npm::read,
        "pnpm-workspace.yaml" => npm::workspace,
        "pyproject.toml" => python::project,
        "go.mod" => go::read,
        "pom.xml" => maven::read,
        "build.gradle" | "build.gradle.kts" => gradle::read,
        "Gemfile" => ruby::read,
        "composer.json" => php::read,
        "Cargo.lock" | "poetry.lock" | "uv.lock" => lock::tables,
        "package-lock.json" | "npm-shrinkwrap.json" => lock::npm,
        "pnpm-lock.yaml" => lock::pnpm,
        "yarn.lock" => lock::yarn,
        "Gemfile.lock" => lock::bundler,
        "composer.lock" => lock::composer,
        "rust-toolchain.toml" => cargo::toolchain,
        ".nvmrc" | ".node-version" | ".python-version" | ".ruby-version" | ".java-version"
        | "rust-toolchain" => lines::toolchain,
        "Directory.Packages.props" => dotnet::read,
        _ if ends(".csproj") || ends(".fsproj") || ends(".vbproj") => dotnet::read,
        _ if name.starts_with("requirements") && ends(".txt") => python::requirements,
        _ if name.starts_with("Dockerfile") && !ends(".md")
            || ends(".dockerfile")
            || ends(".Dockerfile")
            || name.starts_with("Containerfile") =>
        {
            docker::read
        }
        _ if yaml && (name.starts_with("compose") || name.starts_with("docker-compose")) => {
            compose::read
        }
        _ if yaml => kubernetes::read,
        _ => return None,
    })
}
