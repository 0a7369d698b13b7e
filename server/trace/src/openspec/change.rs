//! What a change is to the tool besides its deltas: its metadata, its task list, and whether it is one at all.

use std::sync::Arc;

use documents::{DocumentKind, Marker, Workflow};
use globset::GlobBuilder;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::{OpenSpec, Reader, Tasks, Tracked, below_openspec, joined};
use crate::feature::FeatureDocument;
use crate::layout::FeatureDir;

/// The schema that comes with the tool.
const OWN_SCHEMA: &str = "spec-driven";
/// How deep changes are looked for in a directory of changes.
const DEEPEST: usize = 3;

/// Whether a change says that it has no deltas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipSpecs {
    /// It does not.
    No,
    /// It does, here.
    Yes(FileId, TextRange),
    /// It tries to, but the tool does not take it.
    Unreadable(FileId, TextRange),
}

/// A directory of changes where a change was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nested {
    /// The first change in it: its path below `changes/`.
    pub first: SmolStr,
    /// How many there are.
    pub count: usize,
}

impl Reader<'_> {
    pub(super) fn change(
        &self,
        dir: &FeatureDir,
        documents: &[FeatureDocument],
        found: &mut OpenSpec,
    ) {
        let project = self.layout.projects[dir.project.0 as usize].path.as_str();
        let of_kind = |kind: DocumentKind| documents.iter().find(|each| each.kind == kind);
        let metadata = of_kind(DocumentKind::OpenSpecChange);
        let facts = metadata.and_then(|document| document.facts().change.as_ref());
        let named = facts.and_then(|facts| facts.schema.as_ref());
        let workflow = |name: &str| self.workflow(dir, project, name);
        let is_known = |name: &str| name == OWN_SCHEMA || workflow(name).is_some();
        found.skip_specs = match (metadata, facts.map(|facts| facts.skip_specs)) {
            (Some(document), Some(Marker::Unreadable(range))) => {
                SkipSpecs::Unreadable(document.file, range)
            }
            (Some(document), Some(Marker::Set(range))) => {
                if named.is_some_and(|schema| is_known(&schema.name)) {
                    SkipSpecs::Yes(document.file, range)
                } else {
                    SkipSpecs::Unreadable(document.file, range)
                }
            }
            _ => SkipSpecs::No,
        };
        found.has_spec_files = self.has_files(dir, "specs");
        found.nested = self.nested(dir, project);
        // Metadata that the tool refuses, or an unknown schema: it follows no task list.
        let schema = match facts {
            Some(facts) if !facts.valid => None,
            Some(_) => named.map(|schema| schema.name.clone()),
            None => Some(self.configured(dir).unwrap_or_else(|| OWN_SCHEMA.into())),
        };
        let Some(schema) = schema.filter(|name| is_known(name)) else {
            return;
        };
        let written = workflow(&schema);
        let numbered = written.is_none();
        let pattern = match written {
            Some(workflow) => workflow.tasks.clone(),
            None => Some("tasks.md".into()),
        };
        let lists = pattern.and_then(|pattern| self.tracked(dir, documents, &pattern, found));
        found.tasks = lists.map(|lists| Tasks { lists, numbered });
    }

    /// The task lists that a pattern of a schema means; none where it means none, or one that is not read.
    fn tracked(
        &self,
        dir: &FeatureDir,
        documents: &[FeatureDocument],
        pattern: &str,
        found: &OpenSpec,
    ) -> Option<Vec<Tracked>> {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        let mut paths: Vec<&str> = if is_glob(pattern) {
            let glob = GlobBuilder::new(pattern)
                .literal_separator(true)
                .build()
                .ok()?
                .compile_matcher();
            let files = self.inputs.tree.below(dir.root, &dir.path);
            files
                .filter(|(_, path)| {
                    let below = &path[dir.path.len() + 1..];
                    glob.is_match(below) && !is_hidden(below)
                })
                .map(|(_, path)| path.as_str())
                .collect()
        } else {
            let named = |path: &str| path[dir.path.len()..].strip_prefix('/') == Some(pattern);
            let each = documents.iter().map(|document| document.path.as_str());
            each.filter(|path| named(path)).collect()
        };
        paths.sort_unstable();
        let list = |path: &str| {
            let document = documents.iter().find(|each| each.path == path)?;
            let text = &document.doc.text;
            Some(Tracked {
                file: document.file,
                list: Arc::new(documents::openspec::task_list(text, found.edition)),
            })
        };
        let lists: Option<Vec<Tracked>> = paths.into_iter().map(list).collect();
        lists.filter(|lists| !lists.is_empty())
    }

    /// What a schema says that is not the tool's own: of the project, else of the person.
    fn workflow(&self, dir: &FeatureDir, project: &str, name: &str) -> Option<&Workflow> {
        const UNREADABLE: &Workflow = &Workflow { tasks: None };
        if let Some(file) = self.schema(dir, project, name) {
            let document = self.inputs.documents.get(&file);
            let written = document.and_then(|document| document.facts.workflow.as_ref());
            return Some(written.unwrap_or(UNREADABLE));
        }
        let mut own = self.inputs.editions.schemas.iter();
        own.find(|(own, _)| own == name)
            .map(|(_, workflow)| workflow)
    }

    /// The schema that the project's configuration names.
    fn configured(&self, dir: &FeatureDir) -> Option<SmolStr> {
        let project = &self.layout.projects[dir.project.0 as usize];
        project.documents.iter().find_map(|(kind, file)| {
            let facts = &self.inputs.documents.get(file)?.facts;
            let schema = facts.schema.as_ref()?;
            (*kind == DocumentKind::OpenSpecConfig).then(|| schema.name.clone())
        })
    }

    /// The file of a schema of the project's own.
    fn schema(&self, dir: &FeatureDir, project: &str, name: &str) -> Option<FileId> {
        let path = joined(project, &format!("openspec/schemas/{name}/schema.yaml"));
        self.inputs.tree.file(dir.root, &path)
    }

    /// Whether some file that is not hidden lies below a directory of the change.
    fn has_files(&self, dir: &FeatureDir, below: &str) -> bool {
        let unit = format!("{}/{below}", dir.path);
        self.inputs
            .tree
            .below(dir.root, &unit)
            .any(|(_, path)| !is_hidden(&path[unit.len()..]))
    }

    fn nested(&self, dir: &FeatureDir, project: &str) -> Option<Nested> {
        let changes = below_openspec(project, &dir.path)?;
        let name = changes.strip_prefix("changes/")?;
        let paths: Vec<&str> = self
            .inputs
            .tree
            .below(dir.root, &dir.path)
            .map(|(_, path)| path[dir.path.len() + 1..].as_ref())
            .collect();
        let own = |path: &&str| !path.contains('/') && !path.starts_with('.');
        if is_change(&paths) || paths.iter().any(own) {
            return None;
        }
        let mut found = Vec::new();
        collect(&paths, name, 1, &mut found);
        found.sort();
        Some(Nested {
            count: found.len(),
            first: found.into_iter().next()?.into(),
        })
    }
}

/// Whether the tool takes a path of a schema for a pattern.
fn is_glob(path: &str) -> bool {
    let in_braces = |(_, behind): (&str, &str)| {
        let inner = behind.split('}').next().unwrap_or_default();
        inner.contains(',') || inner.contains("..")
    };
    path.contains(['*', '?', '[']) || path.split_once('{').is_some_and(in_braces)
}

/// Whether a part of a path begins with a dot.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// Whether paths below a directory make it a change.
fn is_change(below: &[&str]) -> bool {
    below.iter().any(|path| {
        matches!(
            *path,
            ".openspec.yaml" | "proposal.md" | "tasks.md" | "design.md"
        ) || path
            .strip_prefix("specs/")
            .is_some_and(|file| !is_hidden(file))
    })
}

/// Changes in directories among `below`.
fn collect(below: &[&str], name: &str, depth: usize, found: &mut Vec<String>) {
    if depth > DEEPEST {
        return;
    }
    let mut children: Vec<&str> = below
        .iter()
        .filter_map(|path| path.split_once('/'))
        .map(|(child, _)| child)
        .filter(|child| !child.starts_with('.'))
        .collect();
    children.sort_unstable();
    children.dedup();
    for child in children {
        let inner: Vec<&str> = below
            .iter()
            .filter_map(|path| path.strip_prefix(child)?.strip_prefix('/'))
            .collect();
        let name = format!("{name}/{child}");
        if is_change(&inner) {
            found.push(name);
        } else {
            collect(&inner, &name, depth + 1, found);
        }
    }
}
