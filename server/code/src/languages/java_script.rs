//! JavaScript and JSX, read with the TSX grammar and TypeScript's queries: what is valid in one is,
//! but for odd corners, valid in the other.

use super::{Definition, Role, typescript};

pub(crate) static JAVASCRIPT: Definition = Definition {
    extensions: &["js", "jsx", "mjs", "cjs"],
    grammar: Some(|| tree_sitter_typescript::LANGUAGE_TSX.into()),
    queries: typescript::QUERIES,
    is_doc: typescript::is_doc,
    symbol_role: |_| Role::None,
    call_role: typescript::call_role,
    empty_groups: true,
};
