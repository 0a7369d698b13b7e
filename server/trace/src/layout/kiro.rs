//! Kiro and cc-sdd (kiro-openspec-formats: section 1.1): `.kiro/specs/<name>/` and `.kiro/steering/`, at the workspace
//! root and in sub-projects.

use documents::{DocumentKind, Format};

use super::kinds::is_markdown;
use super::place::{Place, split};
use crate::UnitKind;
use crate::tree::{file_name, parent};

pub(super) fn place(path: &str) -> Option<Place<'_>> {
    let (project, below) = split(path, ".kiro")?;
    let place = |unit, kind| Place {
        format: Format::Kiro,
        project,
        unit,
        kind,
    };
    if let Some(steering) = below.strip_prefix("steering/") {
        return is_markdown(steering).then(|| place(None, DocumentKind::Steering));
    }
    let (name, document) = below.strip_prefix("specs/")?.split_once('/')?;
    let unit = &path[..path.len() - document.len() - 1];
    debug_assert!(unit.ends_with(name), "the unit is the spec's directory");
    let kind = match document {
        "requirements.md" => DocumentKind::KiroRequirements,
        "bugfix.md" => DocumentKind::KiroBugfix,
        "design.md" => DocumentKind::KiroDesign,
        "tasks.md" => DocumentKind::KiroTasks,
        ".config.kiro" | "spec.json" => DocumentKind::KiroConfig,
        _ if is_markdown(file_name(document)) && !parent(document).starts_with('.') => {
            DocumentKind::Other
        }
        _ => return None,
    };
    Some(place(Some((UnitKind::Feature, unit)), kind))
}
