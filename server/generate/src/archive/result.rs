//! Whether the tool would take a main spec for valid: what it asks of every text before it writes it.

use documents::DocumentKind;
use documents::openspec::capability;

use super::EDITION;

/// What makes a main spec invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No purpose, or an empty one.
    NoPurpose,
    /// No requirements section.
    NoSection,
    /// A requirements section without requirements.
    NoRequirement,
    /// A requirement without a scenario: its heading.
    NoScenario(String),
    /// A requirement without text: its name.
    NoText(String),
    /// A heading at the wrong place.
    Misplaced(String),
}

/// Every fault of a text.
pub(super) fn faults(text: &str) -> Vec<Fault> {
    let facts = documents::read(DocumentKind::OpenSpecCapability, text);
    let spec = capability(text, &facts.spec_lines, EDITION);
    if spec.purpose.is_none() {
        return vec![Fault::NoPurpose];
    }
    if spec.requirements.is_none() {
        return vec![Fault::NoSection];
    }
    let slice = |range| text::slice(text, range).to_owned();
    let mut found = Vec::new();
    if spec.listed.is_empty() {
        found.push(Fault::NoRequirement);
    }
    let bare = spec.listed.iter().filter(|listed| listed.scenarios == 0);
    found.extend(bare.map(|listed| Fault::NoScenario(slice(listed.title))));
    let misplaced = spec.misplaced.iter();
    found.extend(misplaced.map(|each| Fault::Misplaced(slice(each.range))));
    let mute = spec.blocks.iter().filter(|block| block.body.is_none());
    found.extend(mute.map(|block| Fault::NoText(block.name.to_string())));
    found
}
