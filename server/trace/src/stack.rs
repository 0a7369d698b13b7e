//! What a plan's technical context names, against what manifests list.
//!
//! Only finished work is judged, and of each thing only the newest plan that names it: an older feature's plan is
//! history. A name that the table of aliases does not know is no claim. That a thing is absent is said where every file
//! that could list it was read whole, and never of what a program works out.

mod aliases;
mod manifests;
mod names;
mod versions;

use smallvec::SmallVec;
use smol_str::SmolStr;
use text::{FileId, TextRange};

pub use manifests::ManifestFile;
pub(crate) use names::{StackName, named};

use self::aliases::{ALIASES, LANGUAGES, Package};
use self::names::Thing;
use self::versions::{Required, diverges};
use crate::feature::Feature;
use crate::inputs::Manifests;
use crate::scope::Phase;
use crate::{Inputs, RootId};

/// Something of a plan's technical context that manifests could list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackClaim {
    /// The plan.
    pub file: FileId,
    /// Bytes of the name there.
    pub range: TextRange,
    /// Bytes of the version there, where one is written.
    pub version: Option<TextRange>,
    /// Whether manifests list it.
    pub standing: StackStanding,
}

/// Whether manifests list what a plan names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StackStanding {
    /// One of them does, and in no other version.
    Listed,
    /// None does. Those that were looked into, of the plan's root, each with its name or what else stands first in it.
    Absent(SmallVec<[(FileId, Option<TextRange>); 1]>),
    /// All that list it ask for another version.
    Diverges(Box<OtherVersion>),
    /// Cannot be told; the words say why.
    Unknown(&'static str),
}

/// A version that a manifest asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherVersion {
    /// The manifest.
    pub file: FileId,
    /// As written there: `^19.0.0`.
    pub version: SmolStr,
    /// Its bytes.
    pub range: TextRange,
    /// What stands in the plan's place for it: `19`.
    pub plain: SmolStr,
}

/// What people call a package that shows a thing by itself (`React` for `react`), and whether its version is that of the
/// thing. `None`: the table of aliases does not know it.
#[must_use]
pub fn spoken_name(of: code::Ecosystem, package: &str) -> Option<(&'static str, bool)> {
    let package = of.normal(package);
    let alias = ALIASES.iter().find(|alias| {
        let main = alias.packages.iter().find(|each| each.of == of);
        main.is_some_and(|main| !main.rest && main.name == package)
    })?;
    alias
        .names
        .first()
        .map(|(name, _)| (*name, alias.versioned))
}

impl Feature {
    /// Whether manifests are to be read for it.
    pub(crate) fn awaits_manifests(&self) -> bool {
        self.phase == Phase::Done && !self.stack_names.is_empty()
    }
}

/// What becomes of the names of a finished feature's plan. `superseded`: a newer plan speaks of it.
pub(crate) fn of_feature(
    feature: &Feature,
    inputs: &Inputs,
    superseded: &dyn Fn(&StackName) -> bool,
) -> Vec<StackClaim> {
    let Some(plan) = feature.plan().filter(|_| feature.awaits_manifests()) else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for name in feature.stack_names.iter() {
        if !name.asserted || superseded(name) {
            continue;
        }
        let standing = match &inputs.manifests {
            None => Some(StackStanding::Unknown("the manifests are still being read")),
            Some(manifests) => standing(name, feature.root, inputs, manifests),
        };
        claims.extend(standing.map(|standing| StackClaim {
            file: plan.file,
            range: name.range,
            version: name.version.as_ref().map(|version| version.range),
            standing,
        }));
    }
    claims
}

/// `None` where no manifest could say anything of it.
fn standing(
    name: &StackName,
    root: RootId,
    inputs: &Inputs,
    manifests: &Manifests,
) -> Option<StackStanding> {
    let mut files: Vec<(FileId, &ManifestFile)> = manifests
        .iter()
        .map(|(file, manifest)| (*file, manifest.as_ref()))
        .collect();
    files.sort_unstable_by_key(|(file, _)| *file);
    let packages: &[Package] = match &name.thing {
        Thing::Language(at) => return language(name, LANGUAGES.get(*at)?, root, inputs, &files),
        Thing::Alias(at) => &ALIASES.get(*at)?.packages,
        Thing::Package(package) => std::slice::from_ref(package),
    };
    let of = |manifest: &ManifestFile| packages.iter().any(|each| each.of == manifest.ecosystem);
    files.retain(|(_, manifest)| of(manifest) && !manifest.says_versions_only());
    let own = |file: FileId| inputs.tree.path(file).is_some_and(|(at, _)| at == root);
    let looked: SmallVec<[(FileId, Option<TextRange>); 1]> = files
        .iter()
        .filter(|(file, _)| own(*file))
        .map(|(file, manifest)| (*file, manifest.front()))
        .collect();
    if looked.is_empty() {
        return None;
    }
    let listing: Vec<(FileId, &ManifestFile)> = files
        .iter()
        .filter(|(_, manifest)| packages.iter().any(|package| manifest.lists(package)))
        .copied()
        .collect();
    if listing.is_empty() {
        if files.iter().any(|(_, manifest)| !manifest.is_whole()) {
            let why = "a manifest lists what it needs by a program, or could not be read";
            return Some(StackStanding::Unknown(why));
        }
        if inputs.tree.roots().iter().any(|root| root.absent) {
            return Some(StackStanding::Unknown(
                "a repository of the workspace is not here",
            ));
        }
        return Some(StackStanding::Absent(looked));
    }
    let versioned = match &name.thing {
        Thing::Alias(at) => ALIASES.get(*at).is_some_and(|alias| alias.versioned),
        _ => true,
    };
    // The first package is the thing itself; the others need it, or are made for it.
    let (Some(stated), Some(main), true) = (&name.version, packages.first(), versioned) else {
        return Some(StackStanding::Listed);
    };
    let asked: Vec<(FileId, &code::Written)> = listing
        .iter()
        .filter(|(file, _)| own(*file) && !main.rest)
        .flat_map(|(file, manifest)| {
            let versions = manifest.versions_of(main.of, &main.name);
            versions.map(move |version| (*file, version))
        })
        .collect();
    Some(all_diverge(&asked, |version| {
        diverges(stated, &Required::read(version)?, 1)
    }))
}

/// Whether the versions that manifests ask for are other ones: all of them, and each for sure.
fn all_diverge(
    asked: &[(FileId, &code::Written)],
    differs: impl Fn(&str) -> Option<(bool, String)>,
) -> StackStanding {
    let mut first = None;
    for (file, version) in asked {
        match differs(&version.text) {
            Some((true, plain)) => {
                first.get_or_insert_with(|| OtherVersion {
                    file: *file,
                    version: version.text.clone(),
                    range: version.range,
                    plain: plain.into(),
                });
            }
            _ => return StackStanding::Listed,
        }
    }
    first.map_or(StackStanding::Listed, |other| {
        StackStanding::Diverges(Box::new(other))
    })
}

fn language(
    name: &StackName,
    language: &aliases::Tool,
    root: RootId,
    inputs: &Inputs,
    files: &[(FileId, &ManifestFile)],
) -> Option<StackStanding> {
    let stated = name.version.as_ref()?;
    let own = |file: FileId| inputs.tree.path(file).is_some_and(|(at, _)| at == root);
    let asked: Vec<(FileId, &code::Written)> = files
        .iter()
        .filter(|(file, _)| own(*file))
        .flat_map(|(file, manifest)| {
            let versions = manifest.toolchain(language.key);
            versions.map(move |version| (*file, version))
        })
        .collect();
    if asked.is_empty() {
        return None;
    }
    Some(all_diverge(&asked, |version| {
        let mut required = Required::read(version)?;
        // `go 1.22` and `rust-version` name the oldest that will do.
        required.at_least |= language.oldest;
        diverges(stated, &required, language.parts)
    }))
}
