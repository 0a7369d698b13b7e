//! What only `OpenSpec`'s documents say.

use smol_str::SmolStr;
use text::TextRange;

/// A line as `OpenSpec`'s tool breaks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecLine {
    /// Its bytes; line break and byte order mark left out.
    pub range: TextRange,
    /// It stands in a fence, or is one.
    pub fenced: bool,
}

/// `.openspec.yaml` of a change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeMetadata {
    /// The workflow schema it follows.
    pub schema: Option<SchemaName>,
    /// Whether the tool would read it.
    pub valid: bool,
    /// `skip_specs: true`: no deltas are meant.
    pub skip_specs: Marker,
    /// `retire_capabilities: true`: a capability may lose its last requirement.
    pub retire_capabilities: Marker,
}

/// A yes-or-no key of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marker {
    /// Not there, or `false`.
    #[default]
    Unset,
    /// `true`, with its place.
    Set(TextRange),
    /// Written, but the tool does not take it; with its place.
    Unreadable(TextRange),
}

/// The name of a workflow schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaName {
    /// The name.
    pub name: SmolStr,
    /// Its bytes.
    pub range: TextRange,
}

/// A workflow schema of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workflow {
    /// The file pattern of a change's tasks; none where it follows none.
    pub tasks: Option<SmolStr>,
}
