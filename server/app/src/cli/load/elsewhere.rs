//! Where the project is, when the folder given has none: somewhere above, in the same repository.

use std::path::{Component, Path};

/// What a folder with spec documents has.
pub(super) const LOOKED_FOR: &str = "\
Looked for specs/<feature>/spec.md, plan.md and tasks.md beside a .specify/ directory or in numbered directories of
specs/ (Spec Kit), for .kiro/specs/<spec>/ (Kiro) and for openspec/ (OpenSpec).
Run `spec-analyzer doctor` to see what was skipped.";

/// What else may be the reason.
pub(super) const SPARSE: &str = "\
This is a sparse checkout, which leaves files out. Add the directory that holds them: `git sparse-checkout add specs`
(or `.kiro`, `openspec`).";

/// Directories that hold a feature each, from the project.
const SHELVES: [&str; 4] = ["specs", ".specify/specs", ".kiro/specs", "openspec/changes"];

/// A hint that names the nearest project above `folder` in its git repository; nothing if there is none.
pub(super) fn above(folder: &Path) -> Option<String> {
    let top = folder
        .ancestors()
        .find(|directory| directory.join(".git").exists())?;
    let project = folder
        .ancestors()
        .skip(1)
        .take_while(|directory| directory.starts_with(top))
        .find(|directory| is_project(directory))?;
    let shown = shown(folder, project);
    let there = format!(
        "The project is at {shown}: run it there, or give the path (`spec-analyzer -C {shown}`)."
    );
    let of_feature = |feature| {
        format!("\nFor one feature: `spec-analyzer -C {shown} check --feature {feature}`.")
    };
    Some(there + &feature(folder, project).map(of_feature).unwrap_or_default())
}

/// Whether a directory is the root of a project of any format.
fn is_project(directory: &Path) -> bool {
    let holds = |path: &str| directory.join(path).is_dir();
    if [".specify", ".kiro/specs", "openspec"]
        .into_iter()
        .any(holds)
    {
        return true;
    }
    let specs = directory.join("specs").read_dir();
    specs.into_iter().flatten().flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(|c: char| c.is_ascii_digit()) && entry.path().join("spec.md").is_file()
    })
}

/// The way up from the current directory, else the whole path.
fn shown(folder: &Path, project: &Path) -> String {
    let here = Path::new(".").canonicalize().ok();
    let below = folder.strip_prefix(project).ok();
    match below.filter(|_| here.as_deref() == Some(folder)) {
        Some(below) => vec![".."; below.components().count()].join("/"),
        None => project.display().to_string(),
    }
}

/// The feature in whose directory `folder` is.
fn feature(folder: &Path, project: &Path) -> Option<String> {
    let below = folder.strip_prefix(project).ok()?;
    SHELVES.iter().find_map(|shelf| {
        let inside = below.strip_prefix(shelf).ok()?;
        match inside.components().next()? {
            Component::Normal(name) => Some(name.to_str()?.to_owned()),
            _ => None,
        }
    })
}
