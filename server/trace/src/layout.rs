//! Where the projects, features and documents of a workspace are: a function of its paths and of its spec roots.
//!
//! Spec Kit (speckit-format: section 1.0): a project is a directory that holds `.specify/`; its features are the
//! directories below `specs/` or `.specify/specs/` that hold a `spec.md`, `plan.md` or `tasks.md`, at any depth. A
//! workspace root whose `specs/` has numbered feature directories is a project too (`.specify/` may be left out of
//! git). More spec roots can be configured ([`SpecRoots`]).
//!
//! Kiro and `OpenSpec` have files of their own: a path alone says what each of their documents is ([`place::Place`]).

mod kinds;
mod kiro;
mod openspec;
mod place;
mod roots;
mod templates;
#[cfg(test)]
mod tests;

pub(crate) use kinds::below_specify;
pub use kinds::{document_kind, is_template_path};
pub(crate) use kiro::is_archived as is_archived_spec;
pub use roots::SpecRoots;

use std::collections::{BTreeMap, BTreeSet};

use documents::{DocumentKind, Format};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::FileId;

use self::kinds::{is_agent_context, is_feature_document, is_numbered, kind_in_feature};
use self::place::Place;
use crate::feature::FeatureId;
use crate::tree::{file_name, parent};
use crate::{RootId, Tree, UnitKind};

/// Position of a [`Project`] in the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProjectId(pub u32);

/// A spec root of one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Workspace folder.
    pub root: RootId,
    /// Directory that holds `.specify/`, from the root; empty at the root.
    pub path: SmolStr,
    /// Family of its documents.
    pub format: Format,
    /// Files of `spec-template`: overrides first, then presets, extensions, the core. In which order presets stand is
    /// said by their registry.
    pub spec_templates: Vec<FileId>,
    /// The same for `tasks-template`.
    pub tasks_templates: Vec<FileId>,
    /// The same for `plan-template`.
    pub plan_templates: Vec<FileId>,
    /// Registries and manifests that say in which order templates are looked up.
    pub template_order: Vec<FileId>,
    /// `.specify/memory/constitution.md`
    pub constitution: Option<FileId>,
    /// Something else is called constitution: `CONSTITUTION.md` at the root, `docs/constitution.md`.
    pub other_constitution: bool,
    /// Documents of a Kiro or `OpenSpec` project that belong to no feature: steering, configuration.
    pub documents: Vec<(DocumentKind, FileId)>,
    /// What agents are told of the project: `CLAUDE.md`, `AGENTS.md`, `.github/copilot-instructions.md` ...
    pub agent_contexts: Vec<FileId>,
}

/// A feature directory and its documents, spec, plan and tasks first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeatureDir {
    pub(crate) project: ProjectId,
    pub(crate) root: RootId,
    pub(crate) path: SmolStr,
    pub(crate) unit: UnitKind,
    pub(crate) documents: Vec<(DocumentKind, FileId)>,
}

/// All projects and features.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Layout {
    pub(crate) projects: Vec<Project>,
    pub(crate) features: Vec<FeatureDir>,
}

/// The places of these features, or of all of so many, in order.
pub(crate) fn some(
    only: &FxHashSet<FeatureId>,
    all: bool,
    count: usize,
) -> impl Iterator<Item = usize> + use<> {
    let mut places: Vec<usize> = if all {
        Vec::new()
    } else {
        only.iter().map(|id| id.0 as usize).collect()
    };
    places.sort_unstable();
    let every = if all { 0..count } else { 0..0 };
    every.chain(places).filter(move |at| *at < count)
}

impl Layout {
    /// These features, or all, with their places, in order.
    pub(crate) fn some(
        &self,
        only: &FxHashSet<FeatureId>,
        all: bool,
    ) -> impl Iterator<Item = (usize, &FeatureDir)> {
        some(only, all, self.features.len()).map(|at| (at, &self.features[at]))
    }

    /// Reads the layout off the paths of a tree.
    pub(crate) fn of(tree: &Tree, roots: &SpecRoots) -> Self {
        let mut found = Found {
            roots,
            projects: BTreeMap::new(),
            documents: Vec::new(),
            placed: Vec::new(),
            templates: Vec::new(),
            contexts: Vec::new(),
            constitutions: Vec::new(),
        };
        for (id, root, path) in tree.files() {
            found.file(id, root, path);
        }
        found.unmarked_projects();
        let projects = found.finish_projects(tree);
        let mut features = features(tree, roots, &projects, &found.documents);
        features.extend(place::features(tree, &projects, &found.placed));
        features.sort_by(|a, b| (a.root, &a.path).cmp(&(b.root, &b.path)));
        Self { projects, features }
    }
}

/// What the paths of a tree say, while they are read.
struct Found<'a> {
    roots: &'a SpecRoots,
    projects: BTreeMap<(RootId, SmolStr, Format), Project>,
    documents: Vec<(RootId, &'a SmolStr, FileId)>,
    /// Documents of Kiro and `OpenSpec`.
    placed: Vec<(RootId, Place<'a>, FileId)>,
    templates: Vec<(RootId, &'a SmolStr, FileId)>,
    contexts: Vec<(RootId, &'a SmolStr, FileId)>,
    /// Constitutions in places where Spec Kit does not look.
    constitutions: Vec<(RootId, &'a str)>,
}

impl<'a> Found<'a> {
    fn project(&mut self, root: RootId, path: &str, format: Format) -> &mut Project {
        self.projects
            .entry((root, path.into(), format))
            .or_insert_with(|| Project {
                id: ProjectId(0),
                root,
                path: path.into(),
                format,
                spec_templates: Vec::new(),
                tasks_templates: Vec::new(),
                plan_templates: Vec::new(),
                template_order: Vec::new(),
                constitution: None,
                other_constitution: false,
                documents: Vec::new(),
                agent_contexts: Vec::new(),
            })
    }

    fn file(&mut self, id: FileId, root: RootId, path: &'a SmolStr) {
        if let Some(project) = kinds::other_constitution(path) {
            self.constitutions.push((root, project));
        }
        if let Some(place) = place::of(path) {
            if is_for_tests(place.project) {
                return;
            }
            let project = self.project(root, place.project, place.format);
            if place.unit.is_none() {
                project.documents.push((place.kind, id));
            }
            self.placed.push((root, place, id));
            return;
        }
        if let Some((dir, _)) = below_specify(path) {
            let project = self.project(root, dir, Format::SpecKit);
            match document_kind(path) {
                Some(DocumentKind::Constitution) => project.constitution = Some(id),
                Some(DocumentKind::Registry | DocumentKind::Preset) => {
                    project.template_order.push(id);
                }
                _ if is_template_path(path) => self.templates.push((root, path, id)),
                _ => {}
            }
        }
        if is_agent_context(path) {
            self.contexts.push((root, path, id));
        } else if (path.contains("specs/")
            || self.roots.spec_root_of(root, path).is_some()
            || self.roots.feature_of(root, path).is_some())
            && self
                .roots
                .document_kind(root, path)
                .is_some_and(in_features)
            && !is_template_path(path)
        {
            self.documents.push((root, path, id));
        }
    }

    /// Workspace roots that are projects although they have no `.specify/`.
    fn unmarked_projects(&mut self) {
        for (root, path, _) in self.documents.clone() {
            let configured = self.roots.spec_root_of(root, path).is_some()
                || self.roots.feature_of(root, path).is_some();
            let numbered = || {
                let mut dirs = kinds::spec_dirs(path);
                let in_root = dirs.any(|(project, _)| project.is_empty() || is_plain(project));
                in_root && is_numbered(file_name(parent(path)))
            };
            let nearest = || {
                let around = |(at, dir, format): &&(RootId, SmolStr, Format)| {
                    *at == root && *format == Format::SpecKit && holds(dir, path)
                };
                self.projects.keys().find(around).is_some()
            };
            let new =
                is_feature_document(file_name(path)) && (configured && !nearest() || numbered());
            if new {
                self.project(root, "", Format::SpecKit);
            }
        }
    }

    fn finish_projects(&mut self, tree: &Tree) -> Vec<Project> {
        for (root, path, id) in std::mem::take(&mut self.templates) {
            let Some((dir, below)) = below_specify(path) else {
                continue;
            };
            let name = file_name(below);
            let project = self.project(root, dir, Format::SpecKit);
            if name.starts_with("spec-template") {
                project.spec_templates.push(id);
            } else if name.starts_with("tasks-template") {
                project.tasks_templates.push(id);
            } else if name.starts_with("plan-template") {
                project.plan_templates.push(id);
            }
        }
        let mut projects: Vec<Project> = std::mem::take(&mut self.projects).into_values().collect();
        for (at, project) in (0..).zip(&mut projects) {
            project.id = ProjectId(at);
            for list in [
                &mut project.spec_templates,
                &mut project.tasks_templates,
                &mut project.plan_templates,
            ] {
                list.sort_by_key(|&id| (templates::rank(tree.path_str(id)), id));
            }
        }
        for project in &mut projects {
            let here = (project.root, project.path.as_str());
            project.other_constitution = self.constitutions.contains(&here);
        }
        for &(root, path, id) in &self.contexts {
            let around = projects
                .iter_mut()
                .filter(|project| project.root == root && holds(&project.path, path));
            if let Some(nearest) = around.max_by_key(|project| project.path.len()) {
                nearest.agent_contexts.push(id);
            }
        }
        projects
    }
}

/// The directory whose `openspec/` holds a document of `OpenSpec`.
pub(crate) fn openspec_project(path: &str) -> Option<&str> {
    let place = place::of(path)?;
    (place.format == Format::OpenSpec).then_some(place.project)
}

/// Whether documents of a kind stand in feature directories.
fn in_features(kind: DocumentKind) -> bool {
    !matches!(
        kind,
        DocumentKind::Constitution
            | DocumentKind::AgentContext
            | DocumentKind::Registry
            | DocumentKind::Preset
    )
}

/// Whether a path lies in a directory; everything lies in the empty one.
fn holds(dir: &str, path: &str) -> bool {
    dir.is_empty()
        || path
            .strip_prefix(dir)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// The project a document is of, and the directory below which its features are; the feature itself where it was named.
fn home<'a>(
    roots: &SpecRoots,
    projects: &[Project],
    root: RootId,
    path: &'a str,
) -> Option<(ProjectId, &'a str)> {
    let spec_kit = |project: &&Project| project.root == root && project.format == Format::SpecKit;
    let of_root = || projects.iter().filter(spec_kit);
    let configured = roots.spec_root_of(root, path).map(|dir| (dir, dir));
    let named = roots.feature_of(root, path).map(|dir| (parent(dir), dir));
    if let Some((base, dir)) = configured.or(named) {
        let around = of_root().filter(|project| holds(&project.path, dir));
        let nearest = around.max_by_key(|project| project.path.len())?;
        return Some((nearest.id, base));
    }
    // Nearest wins: `specs/` may be a directory above a project, too.
    let mut dirs: Vec<(&str, &str)> = kinds::spec_dirs(path).collect();
    dirs.reverse();
    let base = |below: &str| path[..path.len() - below.len()].trim_end_matches('/');
    let at_home = dirs.iter().find_map(|(at, below)| {
        let project = of_root().find(|project| project.path == *at)?;
        Some((project.id, base(below)))
    });
    // `docs/specs/001-login/`: of the project around it.
    at_home.or_else(|| {
        let (at, below) = dirs.into_iter().find(|(at, below)| {
            is_plain(at) && is_numbered(below.split('/').next().unwrap_or_default())
        })?;
        let around = of_root().filter(|project| holds(&project.path, at));
        let nearest = around.max_by_key(|project| project.path.len())?;
        Some((nearest.id, base(below)))
    })
}

/// Whether a directory holds what tests read: nobody's plan.
fn is_for_tests(dir: &str) -> bool {
    let dir = format!("/{}/", dir.to_ascii_lowercase());
    let known = [
        "/fixture/",
        "/fixtures/",
        "/__fixtures__/",
        "/testdata/",
        "/test-data/",
        "/test/resources/",
        "/tests/resources/",
    ];
    known.iter().any(|known| dir.contains(known))
}

/// Whether a directory may hold a project's specs: not one for what tests read, for examples or for what was retired.
fn is_plain(dir: &str) -> bool {
    !dir.split('/').any(|name| {
        let name = name.to_ascii_lowercase();
        let known = [
            "test",
            "tests",
            "testdata",
            "test-data",
            "fixture",
            "fixtures",
            "__fixtures__",
            "example",
            "examples",
            "sample",
            "samples",
            "template",
            "templates",
            "vendor",
        ];
        known.contains(&name.as_str()) || name.starts_with("archive") || name.starts_with('.')
    })
}

fn features(
    tree: &Tree,
    roots: &SpecRoots,
    projects: &[Project],
    documents: &[(RootId, &SmolStr, FileId)],
) -> Vec<FeatureDir> {
    let mut dirs: BTreeMap<(RootId, &str), FeatureDir> = BTreeMap::new();
    let mut specified: BTreeSet<(RootId, &str)> = BTreeSet::new();
    for &(root, path, _) in documents {
        let (dir, name) = (parent(path), file_name(path));
        if !is_feature_document(name) {
            continue;
        }
        let Some((project, base)) = home(roots, projects, root, path) else {
            continue;
        };
        if dir.len() <= base.len() {
            continue;
        }
        if name == "spec.md" {
            specified.insert((root, dir));
        }
        dirs.entry((root, dir)).or_insert_with(|| FeatureDir {
            project,
            root,
            path: dir.into(),
            unit: UnitKind::Feature,
            documents: Vec::new(),
        });
    }
    // A plan or a task list somewhere inside a feature is a document of that feature.
    let inner: Vec<(RootId, &str)> = dirs
        .keys()
        .filter(|&&(root, dir)| {
            let mut around = std::iter::successors(Some(parent(dir)), |dir| Some(parent(dir)))
                .take_while(|dir| !dir.is_empty());
            !specified.contains(&(root, dir)) && around.any(|dir| specified.contains(&(root, dir)))
        })
        .copied()
        .collect();
    for dir in inner {
        dirs.remove(&dir);
    }
    // A document belongs to the nearest feature directory above it.
    for &(root, path, id) in documents {
        let mut dir = parent(path);
        while !dir.is_empty() {
            if let Some(feature) = dirs.get_mut(&(root, dir)) {
                let below = path[dir.len()..].trim_start_matches('/');
                feature
                    .documents
                    .extend(kind_in_feature(below).map(|kind| (kind, id)));
                break;
            }
            dir = parent(dir);
        }
    }
    let mut features: Vec<FeatureDir> = dirs.into_values().collect();
    for feature in &mut features {
        feature.documents.sort_by(|(a, x), (b, y)| {
            a.cmp(b)
                .then_with(|| tree.path_str(*x).cmp(tree.path_str(*y)))
        });
    }
    features
}
