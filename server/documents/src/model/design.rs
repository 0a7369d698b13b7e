//! Facts about a design: decisions of the research, entities of the data model.

use smol_str::SmolStr;
use text::TextRange;

use super::ItemIndex;

/// What only a decision of a research document has. Ranges hold the words behind the labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its [`super::ItemKind::Decision`] item.
    pub item: ItemIndex,
    /// Behind `**Decision**:`.
    pub decision: Option<TextRange>,
    /// Behind `**Rationale**:`.
    pub rationale: Option<TextRange>,
    /// Behind `**Alternatives considered**:`.
    pub alternatives: Option<TextRange>,
}

/// What a data model says of an entity. Its name is the item's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its [`super::ItemKind::Entity`] item.
    pub item: ItemIndex,
    /// Its fields, as far as they are written as a table or a list.
    pub fields: Vec<Field>,
    /// Names of other entities in its list of relationships: bytes of each line.
    pub relationships: Vec<TextRange>,
    /// Its states, each by the bytes of its name.
    pub states: Vec<TextRange>,
}

/// A field of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name without marks.
    pub name: SmolStr,
    /// Bytes of the name.
    pub name_range: TextRange,
    /// Bytes of its type as written, where one is.
    pub type_range: Option<TextRange>,
    /// The row or list item.
    pub range: TextRange,
}
