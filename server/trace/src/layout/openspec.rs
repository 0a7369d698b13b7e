//! `OpenSpec` (kiro-openspec-formats: section 2.1): `openspec/specs/<capability>/spec.md`, `openspec/changes/<change>/`,
//! and changes put away in `openspec/changes/archive/`.

use documents::{DocumentKind, Format};

use super::kinds::is_markdown;
use super::place::{Place, split};
use crate::UnitKind;
use crate::tree::{file_name, parent};

pub(super) fn place(path: &str) -> Option<Place<'_>> {
    let (project, below) = split(path, "openspec")?;
    let place = |unit, kind| Place {
        format: Format::OpenSpec,
        project,
        unit,
        kind,
    };
    if matches!(below, "config.yaml" | "config.yml") {
        return Some(place(None, DocumentKind::OpenSpecConfig));
    }
    if let Some(schema) = below.strip_prefix("schemas/") {
        let is_schema = file_name(schema) == "schema.yaml" && schema.matches('/').count() == 1;
        return is_schema.then(|| place(None, DocumentKind::OpenSpecSchema));
    }
    if let Some(capability) = below.strip_prefix("specs/") {
        let is_spec = file_name(capability) == "spec.md" && capability.contains('/');
        let unit = (UnitKind::Capability, parent(path));
        return is_spec.then(|| place(Some(unit), DocumentKind::OpenSpecCapability));
    }
    let changes = below.strip_prefix("changes/")?;
    let changes = changes.strip_prefix("archive/").unwrap_or(changes);
    let (_, document) = changes.split_once('/')?;
    let unit = &path[..path.len() - document.len() - 1];
    let kind = match document {
        "proposal.md" => DocumentKind::OpenSpecProposal,
        "design.md" => DocumentKind::OpenSpecDesign,
        "tasks.md" => DocumentKind::OpenSpecTasks,
        ".openspec.yaml" => DocumentKind::OpenSpecChange,
        _ if document.starts_with("specs/") && is_markdown(document) => DocumentKind::OpenSpecDelta,
        _ if is_markdown(document) => DocumentKind::Other,
        _ => return None,
    };
    Some(place(Some((UnitKind::Feature, unit)), kind))
}
