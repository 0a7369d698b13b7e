//! The spec language: what one line of a spec document or of a comment can say.
//!
//! Tokens of a line, ids and who qualifies them, paths, checkboxes and labels.
//! This room sees one line (or one comment's text) and byte offsets, nothing
//! else. It must never know files, formats, sections, fences or other lines:
//! whether an id is defined, or a path exists, is somebody else's question.
#![forbid(unsafe_code)]

mod chars;
mod citations;
mod id;
mod lexer;
mod line;
mod marks;
mod mentions;
mod paths;
mod quantity;
mod steps;
mod tags;

pub use chars::folded;
pub use citations::{
    Citation, Cited, citations, cited_list, feature_named, property_title, recite,
};
pub use id::{IdKind, LeadingId, leading_id};
pub use lexer::{Token, TokenKind, lex_line};
pub use line::{Checkbox, LineStart, ListMarker, line_start};
pub use marks::{Priority, priority};
pub use mentions::{Mention, Qualifier, mentions, mentions_in_identifier, repository_before};
pub use paths::{PathMention, PathStyle, paths};
pub use quantity::{
    Dimension, Number, Quantity, Sameness, Unit, WrittenQuantity, quantities, quantity_at_end,
};
pub use steps::GIVEN;
pub use tags::{Dialect, Role, Tag, Tagged, annotations, tag_before, tags};
pub use text_size::{TextRange, TextSize};
