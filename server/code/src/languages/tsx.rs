//! TypeScript with JSX.

use super::{Definition, type_script};
use crate::prints::{Quotes, Style};
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["tsx"],
    grammar: Some(|| tree_sitter_typescript::LANGUAGE_TSX.into()),
    queries: type_script::QUERIES,
    is_doc: type_script::is_doc,
    call_role: type_script::call_role,
    empty_groups: true,
    family: Some(Family::Script),
    locals: include_str!("../../../../grammar/queries/typescript/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Same,
    },
    ..Definition::PLAIN
};
