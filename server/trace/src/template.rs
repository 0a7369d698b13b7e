//! What a project's own templates demand of its documents.

use std::sync::Arc;

use documents::SectionTag;
use smol_str::SmolStr;

use crate::Inputs;
use crate::layout::Project;

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

/// The mandatory sections of a project's specs; empty when it has no template (then nothing is known to be required).
pub(crate) fn required_sections(inputs: &Inputs, project: &Project) -> Arc<[RequiredSection]> {
    let template = project
        .spec_templates
        .iter()
        .find_map(|file| inputs.documents.get(file));
    let Some(template) = template else {
        return Arc::from([]);
    };
    let mut before: Vec<SmolStr> = Vec::new();
    let mut required = Vec::new();
    for section in &template.facts.sections {
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
    required.into()
}
