//! What a file is, judged from its path alone, so that `workspace` knows what to read before it read anything.

use documents::DocumentKind;

use crate::tree::{file_name, parent};

/// What a file of a feature is, judged from the path below its feature directory; `None` for a file that is no
/// document.
pub(super) fn kind_in_feature(below: &str) -> Option<DocumentKind> {
    if below.starts_with("contracts/") {
        return contract(below);
    }
    if !is_markdown(below) {
        return None;
    }
    Some(match below {
        "spec.md" => DocumentKind::Spec,
        "plan.md" => DocumentKind::Plan,
        "tasks.md" => DocumentKind::Tasks,
        "research.md" => DocumentKind::Research,
        "data-model.md" => DocumentKind::DataModel,
        "quickstart.md" => DocumentKind::Quickstart,
        _ if below.starts_with("checklists/") => DocumentKind::Checklist,
        _ => DocumentKind::Other,
    })
}

/// What a contract is, by its extension; sources (`.ts`, `.go`) are no documents.
fn contract(path: &str) -> Option<DocumentKind> {
    let (_, extension) = file_name(path).rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "md" => Some(DocumentKind::Contract),
        "yaml" | "yml" | "json" => Some(DocumentKind::ContractData),
        "graphql" | "graphqls" | "gql" => Some(DocumentKind::ContractGraphql),
        "proto" => Some(DocumentKind::ContractProto),
        _ => None,
    }
}

/// The documents that make a directory a feature.
pub(super) fn is_feature_document(name: &str) -> bool {
    matches!(name, "spec.md" | "plan.md" | "tasks.md")
}

/// The directory of the `.specify/` that a path is in, and the path below it.
pub(crate) fn below_specify(path: &str) -> Option<(&str, &str)> {
    match path.strip_prefix(".specify/") {
        Some(below) => Some(("", below)),
        None => path.split_once("/.specify/"),
    }
}

/// Whether a path is a template of Spec Kit, which is read but never diagnosed: of the core, an override, a preset or
/// an extension.
#[must_use]
pub fn is_template_path(path: &str) -> bool {
    below_specify(path).is_some_and(|(_, below)| {
        below.starts_with("templates/")
            || (below.starts_with("presets/") || below.starts_with("extensions/"))
                && below.contains("/templates/")
    }) && is_markdown(path)
}

/// What the file at this path would be read as, and `None` for a path that is no spec document.
///
/// Judged from the path alone; whether the document belongs to a feature is decided when all paths are known.
/// Configured spec roots are not known here: [`super::SpecRoots::document_kind`].
#[must_use]
pub fn document_kind(path: &str) -> Option<DocumentKind> {
    if let Some(place) = super::place::of(path) {
        return Some(place.kind);
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
    if let Some((_, below)) = below_specify(path) {
        if below == "memory/constitution.md" {
            return Some(DocumentKind::Constitution);
        }
        if matches!(below, "presets/.registry" | "extensions/.registry") {
            return Some(DocumentKind::Registry);
        }
        let mut segments = below.split('/');
        if segments.next() == Some("presets") && segments.nth(1) == Some("preset.yml") {
            return Some(DocumentKind::Preset);
        }
        // What an extension brings along is its own affair.
        if !below.starts_with("specs/") {
            return None;
        }
    }
    if is_agent_context(path) {
        return Some(DocumentKind::AgentContext);
    }
    let (_, below) = spec_dirs(path).last()?;
    extended_kind(below)
}

/// The project that has a constitution at this path, where Spec Kit does not look for one: `CONSTITUTION.md`,
/// `docs/constitution.md`, `memory/constitution.md`, `.specify/speckit.constitution`.
pub(super) fn other_constitution(path: &str) -> Option<&str> {
    let name = file_name(path).to_ascii_lowercase();
    if !name.contains("constitution") || name.contains("template") || name.contains("checklist") {
        return None;
    }
    let plain = name == "constitution.md";
    let dir = parent(path);
    let in_specify = dir == ".specify" || dir.ends_with("/.specify");
    let beside = [".specify", "docs", "memory"];
    let project = beside.iter().find_map(|&beside| {
        let project = dir.strip_suffix(beside)?;
        (project.is_empty() || project.ends_with('/')).then(|| project.trim_end_matches('/'))
    });
    (plain || in_specify).then(|| project.unwrap_or(dir))
}

/// The kind of a file by its path below a spec root: `<feature>/<document>`, `<scope>/<feature>/<document>`. Where the
/// feature's directory ends is not known yet.
pub(super) fn extended_kind(below: &str) -> Option<DocumentKind> {
    let name = file_name(below);
    let holder = file_name(parent(below));
    if is_feature_document(name) && !matches!(holder, "contracts" | "checklists") {
        return kind_in_feature(name);
    }
    for inner in ["contracts", "checklists"] {
        let at = below
            .match_indices(inner)
            .find(|(at, _)| {
                (*at == 0 || below[..*at].ends_with('/'))
                    && below[at + inner.len()..].starts_with('/')
            })
            .map(|(at, _)| at);
        if let Some(at) = at {
            return kind_in_feature(&below[at..]);
        }
    }
    kind_in_feature(name)
}

/// Files in which agents are told about the project (speckit-format section 1.6, and the integrations of 2.7).
pub(super) fn is_agent_context(path: &str) -> bool {
    let (dir, name) = (parent(path), file_name(path));
    match name {
        "CLAUDE.md" | "AGENTS.md" | "GEMINI.md" | "QWEN.md" | "CODEBUDDY.md" | "SHAI.md"
        | "CRUSH.md" | "WARP.md" | "IBM_BOB.md" | "KIMI.md" | "specify-rules.md"
        | "specify-rules.mdc" => true,
        "copilot-instructions.md" => dir == ".github" || dir.ends_with("/.github"),
        _ => false,
    }
}

pub(super) fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ext)| ext.eq_ignore_ascii_case("md"))
}

/// Every `specs/` of Spec Kit that a path may be in, from the outermost: (project path, path below it).
pub(super) fn spec_dirs(path: &str) -> impl Iterator<Item = (&str, &str)> {
    const SPECS: &str = "specs/";
    // Other tools' main specs live in a `specs/` of their own.
    let foreign = |at: usize| {
        let before = path[..at].trim_end_matches('/');
        matches!(file_name(before), "openspec" | ".kiro")
            || path[..at].contains("openspec/changes/")
    };
    path.match_indices(SPECS)
        .map(|(at, _)| at)
        .filter(|&at| at == 0 || path[..at].ends_with('/'))
        .take_while(move |&at| !foreign(at))
        .map(|at| {
            let before = path[..at].trim_end_matches('/');
            let project = match before.strip_suffix(".specify") {
                Some(above) if above.is_empty() || above.ends_with('/') => {
                    above.trim_end_matches('/')
                }
                _ => before,
            };
            (project, &path[at + SPECS.len()..])
        })
}

/// `001-login`, `20260821-101500-login`, and `1-login` of old releases.
pub(super) fn is_numbered(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && name.as_bytes().get(digits) == Some(&b'-') && name.len() > digits + 1
}
