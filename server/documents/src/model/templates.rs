//! Facts about where templates come from: registries and manifests of presets and extensions.

use smol_str::SmolStr;

/// A preset or an extension as its registry has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Name of its directory.
    pub id: SmolStr,
    /// Lower goes first.
    pub priority: i64,
    /// Whether it counts.
    pub enabled: bool,
}

/// A template as a preset's manifest has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateEntry {
    /// `spec-template`
    pub name: SmolStr,
    /// How it stands to the template of the same name that comes after it.
    pub strategy: Strategy,
}

/// How a preset's template stands to the one it is laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Strategy {
    /// Instead of it.
    #[default]
    Replace,
    /// Before it.
    Prepend,
    /// Behind it.
    Append,
    /// Around it: it stands where `{CORE_TEMPLATE}` is.
    Wrap,
}
