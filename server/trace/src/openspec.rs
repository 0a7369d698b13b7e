//! What `OpenSpec` features read beyond their own documents: main specs that deltas are for, other changes of the same
//! requirement, the version of the tool. The tool's own rules are functions of this.

mod archive;
mod change;
mod links;

use std::collections::BTreeSet;
use std::sync::Arc;

use documents::openspec::{Capability, Delta, Edition, TaskList};
use documents::{DocumentKind, Workflow};
use smol_str::SmolStr;
use text::{FileId, TextRange};

pub use archive::{Obstacle, obstacles};
pub use change::{Nested, SkipSpecs};
pub use links::DeltaLink;

use crate::feature::FeatureDocument;
use crate::layout::{FeatureDir, Layout, ProjectId};
use crate::tree::{file_name, parent};
use crate::{FeatureId, Inputs, RootId, UnitKind};

/// An `OpenSpec` change or main spec as one version of the tool sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenSpec {
    /// The version whose rules count.
    pub edition: Edition,
    /// A main spec: what it says, and in which document.
    pub capability: Option<(FileId, Arc<Capability>)>,
    /// A change: its deltas, in the order of their paths.
    pub deltas: Vec<DeltaFile>,
    /// A change: whether it says that it has no deltas.
    pub skip_specs: SkipSpecs,
    /// A change: some file lies below its `specs/`.
    pub has_spec_files: bool,
    /// A change: its task lists, where the tool follows them.
    pub tasks: Option<Tasks>,
    /// A change that is none, but a directory of changes.
    pub nested: Option<Nested>,
}

/// A Markdown file below `specs/` of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct DeltaFile {
    /// The file.
    pub file: FileId,
    /// Path of the capability: `identity/user-auth`; empty for a file right below `specs/`.
    pub capability: SmolStr,
    /// Path below `specs/`.
    pub below: SmolStr,
    /// Whether the tool reads it: it is the `spec.md` of a capability.
    pub is_read: bool,
    /// What it says.
    pub delta: Arc<Delta>,
    /// The main spec it is for.
    pub base: Option<Base>,
    /// What other changes in the making say of the same capability.
    pub rivals: Vec<Rival>,
}

/// A main spec, as a delta's reader needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// The capability.
    pub feature: FeatureId,
    /// Its document.
    pub document: FeatureDocument,
    /// What it says.
    pub spec: Arc<Capability>,
}

/// A delta of another change.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// The other change.
    pub feature: FeatureId,
    /// Its name.
    pub name: SmolStr,
    /// Its delta.
    pub file: FileId,
    /// What it says.
    pub delta: Arc<Delta>,
}

/// The task lists of a change that the tool follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Tasks {
    /// In the order of their paths; one, unless a schema keeps them in several files.
    pub lists: Vec<Tracked>,
    /// Whether the schema is the tool's own, whose tasks are numbered by groups.
    pub numbered: bool,
}

/// One task list.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracked {
    /// The document.
    pub file: FileId,
    /// Its tasks.
    pub list: Arc<TaskList>,
}

impl Tasks {
    /// The first list item of each list, where none of the lists has a checkbox.
    pub fn unchecked(&self) -> impl Iterator<Item = (FileId, TextRange)> {
        let empty = self.lists.iter().all(|one| one.list.tasks.is_empty());
        let lists = self.lists.iter().filter(move |_| empty);
        lists.filter_map(|one| Some((one.file, one.list.unchecked?)))
    }
}

impl OpenSpec {
    /// The delta in a file.
    #[must_use]
    pub fn delta(&self, file: FileId) -> Option<&DeltaFile> {
        self.deltas.iter().find(|delta| delta.file == file)
    }

    /// The deltas that the tool reads.
    pub fn read(&self) -> impl Iterator<Item = &DeltaFile> {
        self.deltas.iter().filter(|delta| delta.is_read)
    }
}

impl DeltaFile {
    /// The name that a requirement of this delta has in the main spec: its own, or the one it is renamed from.
    #[must_use]
    pub fn base_name<'a>(&'a self, name: &'a str) -> &'a str {
        // Renames may follow each other; each is taken once.
        let mut name = name;
        for _ in 0..self.delta.renamed.len() {
            if self.base_block(name).is_some() {
                return name;
            }
            match self.delta.renamed.iter().find(|(_, to)| to.name == name) {
                Some((from, _)) => name = &from.name,
                None => return name,
            }
        }
        name
    }

    /// The requirement of that name in the main spec.
    #[must_use]
    pub fn base_block(&self, name: &str) -> Option<&documents::openspec::Block> {
        let blocks = &self.base.as_ref()?.spec.blocks;
        // Of two that have the same name the tool keeps the last.
        blocks.iter().rev().find(|block| block.name == name)
    }
}

/// A path below a project's `openspec/`.
fn below_openspec<'a>(project: &str, path: &'a str) -> Option<&'a str> {
    let path = if project.is_empty() {
        path
    } else {
        path.strip_prefix(project)?.strip_prefix('/')?
    };
    path.strip_prefix("openspec/")
}

/// Whether a change is in the making: it stands right below `changes/` and is not put away.
fn is_change(project: &str, dir: &FeatureDir) -> bool {
    let below = below_openspec(project, &dir.path);
    dir.unit == UnitKind::Feature
        && below
            .and_then(|below| below.strip_prefix("changes/"))
            .is_some_and(|name| !name.contains('/') && name != "archive")
}

/// Where a document below `specs/` of a change stands: its path there, and the capability.
fn place<'a>(unit: &str, path: &'a str) -> Option<(&'a str, &'a str)> {
    let below = path.strip_prefix(unit)?.strip_prefix("/specs/")?;
    Some((below, parent(below)))
}

/// What the features of a workspace need of each other.
pub(crate) struct Reader<'a> {
    pub(crate) inputs: &'a Inputs,
    pub(crate) layout: &'a Layout,
}

impl Reader<'_> {
    /// What an `OpenSpec` feature reads.
    pub(crate) fn of(&self, dir: &FeatureDir, documents: &[FeatureDocument]) -> OpenSpec {
        let project = &self.layout.projects[dir.project.0 as usize];
        let edition = self.inputs.editions.of(dir.root, &project.path);
        let mut found = OpenSpec {
            edition,
            capability: documents
                .iter()
                .find(|document| document.kind == DocumentKind::OpenSpecCapability)
                .map(|document| (document.file, capability(document, edition))),
            deltas: Vec::new(),
            skip_specs: SkipSpecs::No,
            has_spec_files: false,
            tasks: None,
            nested: None,
        };
        if dir.unit == UnitKind::Feature {
            let mut deltas: Vec<DeltaFile> = documents
                .iter()
                .filter_map(|document| self.delta(dir, &project.path, document, edition))
                .collect();
            deltas.sort_by(|a, b| a.below.cmp(&b.below));
            found.deltas = deltas;
            self.change(dir, documents, &mut found);
        }
        found
    }

    fn delta(
        &self,
        dir: &FeatureDir,
        project: &str,
        document: &FeatureDocument,
        edition: Edition,
    ) -> Option<DeltaFile> {
        if document.kind != DocumentKind::OpenSpecDelta {
            return None;
        }
        let (below, capability) = place(&dir.path, &document.path)?;
        let is_read = !capability.is_empty() && file_name(below) == "spec.md";
        let live = is_change(project, dir);
        Some(DeltaFile {
            file: document.file,
            capability: capability.into(),
            below: below.into(),
            is_read,
            delta: delta(document, edition),
            base: is_read
                .then(|| self.base(dir, project, capability, edition))
                .flatten(),
            rivals: if is_read && live {
                self.rivals(dir, project, capability, edition)
            } else {
                Vec::new()
            },
        })
    }

    fn dir(&self, root: RootId, path: &str) -> Option<(FeatureId, &FeatureDir)> {
        let features = &self.layout.features;
        let at = features
            .binary_search_by(|dir| (dir.root, dir.path.as_str()).cmp(&(root, path)))
            .ok()?;
        Some((FeatureId(at as u32), &features[at]))
    }

    fn document(&self, file: FileId, kind: DocumentKind) -> Option<FeatureDocument> {
        Some(FeatureDocument {
            file,
            kind,
            path: self.inputs.tree.path_str(file).into(),
            doc: Arc::clone(self.inputs.documents.get(&file)?),
        })
    }

    fn base(
        &self,
        dir: &FeatureDir,
        project: &str,
        capability_path: &str,
        edition: Edition,
    ) -> Option<Base> {
        let unit = joined(project, &format!("openspec/specs/{capability_path}"));
        let (feature, base) = self.dir(dir.root, &unit)?;
        let kind = DocumentKind::OpenSpecCapability;
        let (_, file) = base.documents.iter().find(|(each, _)| *each == kind)?;
        let document = self.document(*file, kind)?;
        Some(Base {
            feature,
            spec: capability(&document, edition),
            document,
        })
    }

    fn rivals(
        &self,
        dir: &FeatureDir,
        project: &str,
        capability: &str,
        edition: Edition,
    ) -> Vec<Rival> {
        let others = (0..).map(FeatureId).zip(&self.layout.features);
        others
            .filter(|(_, other)| {
                other.project == dir.project && other.path != dir.path && is_change(project, other)
            })
            .filter_map(|(feature, other)| {
                let path = format!("{}/specs/{capability}/spec.md", other.path);
                let file = self.inputs.tree.file(other.root, &path)?;
                let document = self.document(file, DocumentKind::OpenSpecDelta)?;
                Some(Rival {
                    feature,
                    name: file_name(&other.path).into(),
                    file,
                    delta: delta(&document, edition),
                })
            })
            .collect()
    }
}

fn capability(document: &FeatureDocument, edition: Edition) -> Arc<Capability> {
    let lines = &document.facts().spec_lines;
    Arc::new(documents::openspec::capability(
        &document.doc.text,
        lines,
        edition,
    ))
}

fn delta(document: &FeatureDocument, edition: Edition) -> Arc<Delta> {
    let lines = &document.facts().spec_lines;
    Arc::new(documents::openspec::delta(
        &document.doc.text,
        lines,
        edition,
    ))
}

/// A path below a project.
pub(crate) fn joined(project: &str, below: &str) -> String {
    if project.is_empty() {
        below.to_owned()
    } else {
        format!("{project}/{below}")
    }
}

/// Features whose links read a document of another one: deltas of the capability that it is the main spec of or has a
/// delta for, and all of a project for its configuration.
pub(crate) fn readers(layout: &Layout, inputs: &Inputs, file: FileId) -> Vec<FeatureId> {
    let Some((root, path)) = inputs.tree.path(file) else {
        return Vec::new();
    };
    let kind = crate::layout::document_kind(path);
    let of_project = |project: ProjectId| {
        (0..)
            .map(FeatureId)
            .zip(&layout.features)
            .filter(move |(_, dir)| dir.project == project)
    };
    let nearest = || {
        layout.projects.iter().find(|project| {
            project.root == root
                && project.format == documents::Format::OpenSpec
                && below_openspec(&project.path, path).is_some()
        })
    };
    match kind {
        Some(DocumentKind::OpenSpecConfig | DocumentKind::OpenSpecSchema) => nearest()
            .into_iter()
            .flat_map(|project| of_project(project.id))
            .map(|(id, _)| id)
            .collect(),
        Some(DocumentKind::OpenSpecCapability | DocumentKind::OpenSpecDelta) => {
            let Some(project) = nearest() else {
                return Vec::new();
            };
            let below = below_openspec(&project.path, path).unwrap_or_default();
            let specs = below.strip_prefix("specs/").or_else(|| {
                let (_, specs) = below.split_once("/specs/")?;
                Some(specs)
            });
            let Some(specs) = specs else {
                return Vec::new();
            };
            of_project(project.id)
                .filter(|(_, dir)| {
                    let theirs = format!("{}/specs/{specs}", dir.path);
                    dir.unit == UnitKind::Feature && inputs.tree.file(root, &theirs).is_some()
                })
                .map(|(id, _)| id)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The `OpenSpec` projects of a tree: directories that hold `openspec/`.
#[must_use]
pub fn projects(tree: &crate::Tree) -> BTreeSet<(RootId, &str)> {
    let files = tree.files();
    let project =
        files.filter_map(|(_, root, path)| Some((root, crate::layout::openspec_project(path)?)));
    project.collect()
}

/// What is installed of the tool: versions by project, schemas of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Editions {
    /// Workflow schemas in the person's own directory, which every project may name.
    pub schemas: Vec<(SmolStr, Workflow)>,
    /// What the settings of a workspace folder say.
    pub decided: Vec<(RootId, Edition)>,
    /// What is installed beside a project (path from the root).
    pub installed: Vec<(RootId, SmolStr, Edition)>,
}

impl Editions {
    /// The version for a project: the decided one, the installed one, else the newest that is known. Versions beyond
    /// those that are known are taken for the nearest.
    #[must_use]
    pub fn of(&self, root: RootId, project: &str) -> Edition {
        let decided = self.decided.iter().find(|(at, _)| *at == root);
        let installed = self
            .installed
            .iter()
            .find(|(at, path, _)| *at == root && path == project);
        let found = decided
            .map(|(_, edition)| *edition)
            .or(installed.map(|(_, _, edition)| *edition));
        found
            .unwrap_or_default()
            .clamp(Edition::OLDEST, Edition::NEWEST)
    }
}

/// Bytes of the first line of a document: where is said what concerns all of it.
#[must_use]
pub fn head(document: &FeatureDocument) -> TextRange {
    let text = &document.doc.text;
    let start = text::bom_len(text);
    let end = text[start..]
        .find(['\n', '\r'])
        .map_or(text.len(), |end| start + end);
    text::span(start, end)
}
