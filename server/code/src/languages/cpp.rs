//! C++, and headers of both.
//!
//! Headers (`.h`) are read with the C++ grammar: a path does not say which of the two languages it is for, and that
//! grammar reads what a C header holds.

use super::{Definition, c};
use crate::lexical::{C_LIKE, Lexis};

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &[
        "cc", "cpp", "cxx", "c++", "h", "hh", "hpp", "hxx", "h++", "ipp", "inl", "tpp", "cppm",
        "ixx",
    ],
    grammar: Some(|| tree_sitter_cpp::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/cpp/symbols.scm"),
        include_str!("../../../../grammar/queries/c/tests.scm"),
        include_str!("../../../../grammar/queries/cpp/comments.scm"),
        include_str!("../../../../grammar/queries/c/imports.scm"),
    ],
    is_doc: c::is_doc,
    call_role: c::call_role,
    hooks: Some(c::HOOKS),
    lexis: Some(Lexis {
        prefixes: b"rR#",
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/cpp/locals.scm"),
    ..Definition::PLAIN
};
