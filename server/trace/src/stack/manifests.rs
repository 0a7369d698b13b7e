//! A manifest as it is asked: which packages it lists, which version of a language it wants.

use code::{Ecosystem, Manifest, ManifestKind, Scope, Written};
use text::{LineIndex, TextRange};

use super::aliases::Package;

/// A manifest as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFile {
    /// Its lines.
    pub lines: LineIndex,
    /// Whose packages it lists.
    pub(super) ecosystem: Ecosystem,
    /// `None` for a file that is not read: a program, a broken text.
    facts: Option<Manifest>,
    /// Names of its dependencies as the ecosystem compares them, sorted, each with its place in the facts.
    names: Vec<(String, u32)>,
}

impl ManifestFile {
    /// Reads what a path names; `None` if that says nothing of packages and versions. `text` is `None` where it cannot
    /// be read.
    #[must_use]
    pub fn read(path: &str, text: Option<&str>) -> Option<Self> {
        let ecosystem = code::ecosystem(path)?;
        let facts = text.and_then(|text| code::manifest(path, text));
        let dependencies = facts.iter().flat_map(|facts| &facts.dependencies);
        let mut names: Vec<(String, u32)> = dependencies
            .zip(0..)
            .map(|(dependency, at)| (ecosystem.normal(&dependency.name.text), at))
            .collect();
        // What it is itself is there as well.
        let own = facts.iter().filter_map(|facts| facts.name.as_ref());
        names.extend(own.map(|own| (ecosystem.normal(&own.text), u32::MAX)));
        names.sort_unstable();
        Some(Self {
            lines: LineIndex::new(text.unwrap_or_default()),
            ecosystem,
            facts,
            names,
        })
    }

    /// It lists no packages: `.nvmrc`.
    pub(super) fn says_versions_only(&self) -> bool {
        let kind = self.facts.as_ref().map(|facts| facts.kind);
        kind == Some(ManifestKind::Toolchain)
    }

    /// Bytes of its name; of the first dependency, where it has none.
    pub(super) fn front(&self) -> Option<TextRange> {
        let facts = self.facts.as_ref()?;
        let first = || facts.dependencies.first().map(|first| first.name.range);
        facts
            .name
            .as_ref()
            .map(|name| name.range)
            .or_else(first)
            .filter(|range| !range.is_empty())
    }

    /// What it does not list it does not need.
    pub(super) fn is_whole(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.known)
    }

    pub(super) fn lists(&self, package: &Package) -> bool {
        if package.of != self.ecosystem {
            return false;
        }
        let name = package.name.as_str();
        let first = self.names.partition_point(|(each, _)| each.as_str() < name);
        let mut from = self.names[first..].iter().map(|(each, _)| each.as_str());
        if package.rest {
            return from.next().is_some_and(|each| each.starts_with(name));
        }
        // A module of Go may hold the package below it.
        let below = |each: &str| {
            let rest = each.strip_prefix(name);
            rest.is_some_and(|rest| {
                rest.is_empty() || package.of == Ecosystem::Go && rest.starts_with('/')
            })
        };
        from.take_while(|each| each.starts_with(name)).any(below)
    }

    /// Versions it asks for of a package that it needs itself.
    pub(super) fn versions_of<'a>(
        &'a self,
        of: Ecosystem,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Written> {
        let all = self.names.iter().filter(move |_| of == self.ecosystem);
        let named = all.filter(move |(each, _)| each == name);
        named.filter_map(|(_, at)| {
            let dependency = self.facts.as_ref()?.dependencies.get(*at as usize)?;
            let own = !matches!(dependency.scope, Scope::Optional | Scope::Indirect);
            dependency.version.as_ref().filter(|_| own)
        })
    }

    /// Versions of a language that it asks for.
    pub(super) fn toolchain<'a>(&'a self, tool: &'a str) -> impl Iterator<Item = &'a Written> {
        let tools = self.facts.iter().flat_map(|facts| &facts.toolchains);
        tools
            .filter(move |each| each.name == tool)
            .map(|each| &each.version)
    }
}
