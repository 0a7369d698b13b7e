//! What every format's documents are made of: blocks, headings, list items, tables, links, and what their lines name.
//! Knows Markdown and the spec language, never what a heading or an item is for.

pub(crate) mod bindings;
pub(crate) mod blocks;
pub(crate) mod cells;
pub(crate) mod front_matter;
pub(crate) mod heads;
pub(crate) mod hyperlinks;
pub(crate) mod prose;
pub(crate) mod sections;
