//! What a project's own templates demand of its documents.

use std::sync::Arc;

use documents::{Document, SectionTag, Strategy};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use crate::Inputs;
use crate::inputs::DocumentFile;
use crate::layout::{Project, below_specify};

/// A section that the project's resolved spec template marks as mandatory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredSection {
    /// Heading as the template writes it, tag left out.
    pub title: SmolStr,
    /// The whole heading text as the template writes it, tag included.
    pub heading: SmolStr,
    /// Heading level, 1 to 6.
    pub level: u8,
    /// Titles of the sections that precede it in the template, in order.
    pub after: Vec<SmolStr>,
}

/// What a project's spec template says of its specs; empty when it has none (then nothing is known to be required).
#[derive(Debug, Clone, Default)]
pub(crate) struct SpecTemplate {
    /// Its title up to the first placeholder.
    pub(crate) title: SmolStr,
    /// Its mandatory sections.
    pub(crate) required: Arc<[RequiredSection]>,
}

/// Reads the resolved spec template of a project.
pub(crate) fn spec_template(inputs: &Inputs, project: &Project) -> SpecTemplate {
    let layers = layers(inputs, project, &project.spec_templates, "spec-template");
    let mut title = None;
    let mut before: Vec<SmolStr> = Vec::new();
    let mut required = Vec::new();
    for (template, section) in composed(&layers) {
        let section = &template.facts.sections[section];
        if section.level == 1 {
            let whole = text::slice(&template.text, section.title_range);
            title = title.or_else(|| whole.split(['[', '{', '<']).next());
        }
        if section.tag == SectionTag::Mandatory {
            required.push(RequiredSection {
                title: section.title.clone(),
                heading: text::slice(&template.text, section.title_range).into(),
                level: section.level,
                after: before.clone(),
            });
        }
        if section.level == 2 {
            before.push(section.title.clone());
        }
    }
    SpecTemplate {
        title: title.unwrap_or_default().trim_end().into(),
        required: required.into(),
    }
}

/// The text of the resolved spec template; `None` where a project has none.
pub(crate) fn spec_template_text(inputs: &Inputs, project: &Project) -> Option<String> {
    whole(&layers(
        inputs,
        project,
        &project.spec_templates,
        "spec-template",
    ))
}

/// The text of the resolved plan template; `None` where a project has none.
#[must_use]
pub fn plan_template(inputs: &Inputs, project: &Project) -> Option<String> {
    whole(&layers(
        inputs,
        project,
        &project.plan_templates,
        "plan-template",
    ))
}

/// All layers laid over each other.
fn whole(layers: &[Layer<'_>]) -> Option<String> {
    let mut text: Option<String> = None;
    for layer in in_force(layers).iter().rev() {
        let own = &*layer.template.text;
        text = Some(match (layer.strategy, text) {
            (Strategy::Replace, _) | (_, None) => own.replace(CORE, ""),
            (Strategy::Prepend, Some(below)) => format!("{own}\n{below}"),
            (Strategy::Append, Some(below)) => format!("{below}\n{own}"),
            (Strategy::Wrap, Some(below)) => own.replace(CORE, &below),
        });
    }
    text
}

/// A template and how it stands to those behind it.
struct Layer<'a> {
    template: &'a DocumentFile,
    strategy: Strategy,
}

/// The project's templates of one name in the order Spec Kit looks them up (speckit-format section 2.6): overrides, presets
/// and extensions by priority (lower first, then by id), the core. What a registry turned off is left out.
fn layers<'a>(
    inputs: &'a Inputs,
    project: &Project,
    files: &[FileId],
    name: &str,
) -> Vec<Layer<'a>> {
    let facts = |file: &FileId| Some(&inputs.documents.get(file)?.facts);
    let mut manifests: FxHashMap<&str, &Document> = FxHashMap::default();
    let mut registered: FxHashMap<(&str, &str), (i64, bool)> = FxHashMap::default();
    for file in &project.template_order {
        let (Some(facts), Some((owner, id))) = (facts(file), owner(inputs, *file)) else {
            continue;
        };
        if !facts.templates.is_empty() {
            manifests.insert(id, facts);
        }
        for each in &facts.registered {
            registered.insert((owner, each.id.as_str()), (each.priority, each.enabled));
        }
    }
    let mut found = Vec::new();
    for file in files {
        let Some(template) = inputs.documents.get(file) else {
            continue;
        };
        let owned = owner(inputs, *file);
        let known = owned.and_then(|owned| registered.get(&owned));
        if known.is_some_and(|(_, enabled)| !enabled) {
            continue;
        }
        let rank = match owned {
            Some(("presets", _)) => 1,
            Some(("extensions", _)) => 2,
            _ if inputs.tree.path_str(*file).contains("/overrides/") => 0,
            _ => 3,
        };
        let manifest = owned.and_then(|(_, id)| manifests.get(id));
        let strategy = manifest.and_then(|facts| {
            let mut entries = facts.templates.iter();
            entries.find(|entry| entry.name == name)
        });
        let strategy = match strategy {
            Some(entry) => entry.strategy,
            None if template.text.contains(CORE) => Strategy::Wrap,
            None => Strategy::Replace,
        };
        let priority = known.map_or(10, |(priority, _)| *priority);
        let id = owned.map_or("", |(_, id)| id);
        found.push(((rank, priority, id), Layer { template, strategy }));
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, layer)| layer).collect()
}

/// Where a wrapping template puts what it wraps.
const CORE: &str = "{CORE_TEMPLATE}";

/// `("presets", "lean")` of a file below `.specify/presets/lean/`; the registries themselves have no id.
fn owner(inputs: &Inputs, file: FileId) -> Option<(&str, &str)> {
    let (_, below) = below_specify(inputs.tree.path_str(file))?;
    let (owner, below) = below.split_once('/')?;
    matches!(owner, "presets" | "extensions")
        .then(|| (owner, below.split_once('/').map_or("", |(id, _)| id)))
}

/// The layers down to the first that replaces what is below it.
fn in_force<'l, 'a>(layers: &'l [Layer<'a>]) -> &'l [Layer<'a>] {
    let last = layers
        .iter()
        .position(|layer| layer.strategy == Strategy::Replace)
        .map_or(layers.len(), |at| at + 1);
    &layers[..last]
}

/// The sections of all layers laid over each other, as (template, section) in order.
fn composed<'a>(layers: &[Layer<'a>]) -> Vec<(&'a DocumentFile, usize)> {
    let mut sections: Vec<(&DocumentFile, usize)> = Vec::new();
    for layer in in_force(layers).iter().rev() {
        let own = (0..layer.template.facts.sections.len()).map(|at| (layer.template, at));
        let below = std::mem::take(&mut sections);
        match layer.strategy {
            Strategy::Replace => sections.extend(own),
            Strategy::Prepend => sections.extend(own.chain(below)),
            Strategy::Append => sections.extend(below.into_iter().chain(own)),
            Strategy::Wrap => {
                let at = layer.template.text.find(CORE).unwrap_or(usize::MAX);
                let before = |section: &(&DocumentFile, usize)| {
                    let heading = section.0.facts.sections[section.1].heading;
                    usize::from(heading.start()) < at
                };
                let (head, tail): (Vec<_>, Vec<_>) = own.partition(before);
                sections.extend(head.into_iter().chain(below).chain(tail));
            }
        }
    }
    sections
}
