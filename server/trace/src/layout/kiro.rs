//! Kiro and cc-sdd (kiro-openspec-formats: section 1.1): `.kiro/specs/<name>/` and `.kiro/steering/`, at the workspace
//! root and in sub-projects.

use documents::{DocumentKind, Format};

use super::kinds::is_markdown;
use super::place::{Place, split};
use crate::UnitKind;
use crate::tree::{file_name, parent};

/// Names of directories between `specs/` and the specs in them. Kiro knows none; people put away what is done
/// (`archive/`, `_archived/`, `completed/`, `done/`) or was turned down, and set aside what waits.
const PUT_AWAY: [&str; 10] = [
    "archive",
    "archives",
    "archived",
    "attic",
    "complete",
    "completed",
    "done",
    "finished",
    "rejected",
    "deprecated",
];
const WAITING: &str = "backlog";

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
    let (shelf, spec) = off_the_shelf(below.strip_prefix("specs/")?)?;
    let (name, document) = spec.split_once('/')?;
    if is_template(name) || (shelf && document.contains('/')) {
        return None;
    }
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

fn bare(name: &str) -> String {
    name.trim_start_matches(['_', '.']).to_ascii_lowercase()
}

fn is_put_away(name: &str) -> bool {
    PUT_AWAY.contains(&bare(name).as_str())
}

/// Whether a spec's directory stands in one for specs that were put away.
pub(crate) fn is_archived(unit: &str) -> bool {
    let below = split(unit, ".kiro").and_then(|(_, below)| below.strip_prefix("specs/"));
    below
        .and_then(|below| below.rsplit_once('/'))
        .is_some_and(|(above, _)| above.split('/').any(is_put_away))
}

/// Copied for a new spec; none itself.
fn is_template(name: &str) -> bool {
    ["template", "templates"].contains(&bare(name).as_str())
}

/// What only specs hold.
const OWN: [&str; 6] = [
    "requirements.md",
    "bugfix.md",
    "design.md",
    "tasks.md",
    "spec.json",
    ".config.kiro",
];

/// A path below `specs/` from the spec on, and whether it stands on a shelf. Shelves may have compartments
/// (`_archive/2026-08/login/tasks.md`): there the spec is what holds the documents of one.
fn off_the_shelf(below: &str) -> Option<(bool, &str)> {
    let Some((first, rest)) = below.split_once('/') else {
        return Some((false, below));
    };
    if !is_put_away(first) && bare(first) != WAITING {
        return Some((false, below));
    }
    let own = OWN.contains(&file_name(rest));
    let spec = parent(rest);
    if spec.is_empty() {
        // A spec may have such a name: it holds its documents itself. A page about the shelf is no spec's.
        return own.then_some((false, below));
    }
    let start = spec.len() - file_name(spec).len();
    Some((true, if own { &rest[start..] } else { rest }))
}
