//! Where the projects, features and documents of a workspace are: a function of its paths alone.
//!
//! Spec Kit (speckit-format: section 1.0): a project is a directory that holds `.specify/`; its features are the
//! directories below `specs/` or `.specify/specs/` that hold a `spec.md`, `plan.md` or `tasks.md`. A workspace root
//! whose `specs/` has numbered feature directories is a project too (`.specify/` may be left out of git).

use std::collections::BTreeMap;

use documents::DocumentKind;
use smol_str::SmolStr;
use text::FileId;

use crate::tree::{file_name, parent};
use crate::{RootId, Tree};

/// Position of a [`Project`] in the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProjectId(pub u32);

/// Family of a project's documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProjectFormat {
    /// GitHub Spec Kit.
    SpecKit,
}

impl ProjectFormat {
    /// The name written to machine formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SpecKit => "spec-kit",
        }
    }
}

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
    pub format: ProjectFormat,
    /// Templates in the order they are looked up for `spec-template`; the first wins.
    pub spec_templates: Vec<FileId>,
    /// The same for `tasks-template`.
    pub tasks_templates: Vec<FileId>,
    /// `.specify/memory/constitution.md`
    pub constitution: Option<FileId>,
}

/// A feature directory and its documents, spec, plan and tasks first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeatureDir {
    pub(crate) project: ProjectId,
    pub(crate) root: RootId,
    pub(crate) path: SmolStr,
    pub(crate) documents: Vec<(DocumentKind, FileId)>,
}

/// All projects and features.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Layout {
    pub(crate) projects: Vec<Project>,
    pub(crate) features: Vec<FeatureDir>,
}

/// What the Markdown file at this path is, judged from the path below its feature directory.
fn kind_in_feature(below: &str) -> DocumentKind {
    match below {
        "spec.md" => DocumentKind::Spec,
        "plan.md" => DocumentKind::Plan,
        "tasks.md" => DocumentKind::Tasks,
        "research.md" => DocumentKind::Research,
        "data-model.md" => DocumentKind::DataModel,
        "quickstart.md" => DocumentKind::Quickstart,
        _ if below.starts_with("checklists/") => DocumentKind::Checklist,
        _ if below.starts_with("contracts/") => DocumentKind::Contract,
        _ => DocumentKind::Other,
    }
}

/// Whether a path is a template of Spec Kit, which is read but never diagnosed.
#[must_use]
pub fn is_template_path(path: &str) -> bool {
    let below = path
        .strip_prefix(".specify/")
        .or_else(|| path.split_once("/.specify/").map(|(_, below)| below));
    below.is_some_and(|below| {
        below.starts_with("templates/")
            || (below.starts_with("presets/") && below.contains("/templates/"))
    }) && is_markdown(path)
}

/// What the file at this path would be read as, and `None` for a path that is no spec document.
///
/// Judged from the path alone, so that `workspace` knows what to read before it read anything; whether the
/// document belongs to a feature is decided when all paths are known.
#[must_use]
pub fn document_kind(path: &str) -> Option<DocumentKind> {
    if !is_markdown(path) {
        return None;
    }
    if is_template_path(path) {
        let name = file_name(path);
        return Some(if name.starts_with("spec") {
            DocumentKind::Spec
        } else if name.starts_with("plan") {
            DocumentKind::Plan
        } else if name.starts_with("tasks") {
            DocumentKind::Tasks
        } else {
            DocumentKind::Other
        });
    }
    if path.ends_with(".specify/memory/constitution.md") {
        return Some(DocumentKind::Constitution);
    }
    let (_, below) = specs_dir(path)?;
    // specs/<feature>/<document>, specs/<scope>/<feature>/<document>
    let name = file_name(below);
    let in_dir = file_name(parent(below));
    Some(match in_dir {
        "checklists" => DocumentKind::Checklist,
        "contracts" => DocumentKind::Contract,
        _ => kind_in_feature(name),
    })
}

fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ext)| ext.eq_ignore_ascii_case("md"))
}

/// Splits a path at the `specs/` directory of a project: (project path, path below `specs/`).
fn specs_dir(path: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    while let Some(at) = path[from..].find("specs/") {
        let start = from + at;
        from = start + "specs/".len();
        if start > 0 && !path[..start].ends_with('/') {
            continue;
        }
        let before = path[..start].trim_end_matches('/');
        // Other tools' main specs live in a `specs/` of their own.
        if matches!(file_name(before), "openspec" | ".kiro")
            || path[..start].contains("openspec/changes/")
        {
            return None;
        }
        let project = before
            .strip_suffix(".specify")
            .map_or(before, |above| above.trim_end_matches('/'));
        return Some((project, &path[from..]));
    }
    None
}

/// `001-login`, `20260821-101500-login`, and `1-login` of old releases.
fn is_numbered(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && name.as_bytes().get(digits) == Some(&b'-') && name.len() > digits + 1
}

impl Layout {
    /// Reads the layout off the paths of a tree.
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut projects: BTreeMap<(RootId, SmolStr), Project> = BTreeMap::new();
        let mut documents: Vec<(RootId, &SmolStr, FileId)> = Vec::new();
        let mut templates: Vec<(RootId, &SmolStr, FileId)> = Vec::new();
        let project_at = |root: RootId, path: &str| Project {
            id: ProjectId(0),
            root,
            path: path.into(),
            format: ProjectFormat::SpecKit,
            spec_templates: Vec::new(),
            tasks_templates: Vec::new(),
            constitution: None,
        };
        for (id, root, path) in tree.files() {
            if let Some(at) = path.find(".specify/")
                && (at == 0 || path[..at].ends_with('/'))
            {
                let dir = path[..at].trim_end_matches('/');
                let project = projects
                    .entry((root, dir.into()))
                    .or_insert_with(|| project_at(root, dir));
                if &path[at..] == ".specify/memory/constitution.md" {
                    project.constitution = Some(id);
                }
                if is_template_path(path) {
                    templates.push((root, path, id));
                }
            }
            if path.contains("specs/") && is_markdown(path) && specs_dir(path).is_some() {
                documents.push((root, path, id));
            }
        }
        for &(root, path, _) in &documents {
            if let Some(("", below)) = specs_dir(path)
                && is_numbered(below.split('/').next().unwrap_or_default())
            {
                projects
                    .entry((root, SmolStr::default()))
                    .or_insert_with(|| project_at(root, ""));
            }
        }
        for (root, path, id) in templates {
            let Some((dir, below)) = path.split_once(".specify/") else {
                continue;
            };
            let name = file_name(below);
            if let Some(project) = projects.get_mut(&(root, dir.trim_end_matches('/').into())) {
                if name.starts_with("spec-template") {
                    project.spec_templates.push(id);
                } else if name.starts_with("tasks-template") {
                    project.tasks_templates.push(id);
                }
            }
        }
        let mut projects: Vec<Project> = projects.into_values().collect();
        for (at, project) in (0..).zip(&mut projects) {
            project.id = ProjectId(at);
            for list in [&mut project.spec_templates, &mut project.tasks_templates] {
                list.sort_by_key(|&id| (template_rank(tree.path_str(id)), id));
            }
        }
        let features = features(tree, &projects, &documents);
        Self { projects, features }
    }
}

/// Order in which Spec Kit looks for a template: overrides, presets, core (speckit-format section 2.6).
fn template_rank(path: &str) -> u8 {
    if path.contains("templates/overrides/") {
        0
    } else if path.contains("/presets/") {
        1
    } else {
        2
    }
}

fn features(
    tree: &Tree,
    projects: &[Project],
    documents: &[(RootId, &SmolStr, FileId)],
) -> Vec<FeatureDir> {
    let project_of = |root: RootId, path: &str| {
        projects
            .iter()
            .find(|project| project.root == root && project.path == path)
    };
    let mut dirs: BTreeMap<(RootId, &str), FeatureDir> = BTreeMap::new();
    for &(root, path, _) in documents {
        let Some((at, below)) = specs_dir(path) else {
            continue;
        };
        let Some(project) = project_of(root, at) else {
            continue;
        };
        let dir = parent(path);
        let name = file_name(path);
        if matches!(name, "spec.md" | "plan.md" | "tasks.md") && below.contains('/') {
            dirs.entry((root, dir)).or_insert_with(|| FeatureDir {
                project: project.id,
                root,
                path: dir.into(),
                documents: Vec::new(),
            });
        }
    }
    // A document belongs to the nearest feature directory above it.
    let names: Vec<(RootId, &str)> = dirs.keys().copied().collect();
    for &(root, path, id) in documents {
        let mut dir = parent(path);
        while !dir.is_empty() {
            if names.binary_search(&(root, dir)).is_ok() {
                if let Some(feature) = dirs.get_mut(&(root, dir)) {
                    let below = path[dir.len()..].trim_start_matches('/');
                    feature.documents.push((kind_in_feature(below), id));
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Root;

    fn layout(paths: &[&str]) -> Vec<String> {
        let mut tree = Tree::new(vec![Root { name: "r".into() }]);
        for path in paths {
            tree.insert(RootId(0), path);
        }
        let layout = Layout::of(&tree);
        let show = |feature: &FeatureDir| {
            let project = &layout.projects[feature.project.0 as usize];
            format!(
                "{:?} {} {}",
                project.path,
                feature.path,
                feature.documents.len()
            )
        };
        layout.features.iter().map(show).collect()
    }

    #[test]
    fn features_belong_to_their_project() {
        assert_eq!(
            layout(&[
                ".specify/memory/constitution.md",
                "specs/001-a/spec.md",
                "specs/001-a/checklists/ux.md",
                "specs/scope/002-b/tasks.md",
                "specs/README.md",
                "svc/.specify/specs/003-c/plan.md",
                "svc/.specify/templates/spec-template.md",
                "openspec/specs/auth/spec.md",
                "test/fixtures/specs/001-x/spec.md",
                "a/myspecs/001-x/spec.md",
            ]),
            [
                "\"\" specs/001-a 2",
                "\"\" specs/scope/002-b 1",
                "\"svc\" svc/.specify/specs/003-c 1"
            ]
        );
    }

    #[test]
    fn numbered_specs_at_the_root_need_no_dot_directory() {
        assert_eq!(layout(&["specs/001-a/spec.md"]), ["\"\" specs/001-a 1"]);
        assert!(layout(&["specs/auth/spec.md"]).is_empty());
    }

    #[test]
    fn kinds_by_path() {
        let kinds = [
            ("specs/001-a/tasks.md", Some(DocumentKind::Tasks)),
            (
                "x/.specify/specs/001-a/contracts/api.md",
                Some(DocumentKind::Contract),
            ),
            (
                ".specify/templates/overrides/spec-template.md",
                Some(DocumentKind::Spec),
            ),
            ("README.md", None),
            ("specs/001-a/contracts/api.yaml", None),
        ];
        for (path, kind) in kinds {
            assert_eq!(document_kind(path), kind, "{path}");
        }
    }
}
