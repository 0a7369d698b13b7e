//! Rust: `#[test]` and its many kin, `mod tests`, proptest's token trees.

use super::{Definition, Role, SymbolView};
use crate::SymbolKind;
use crate::lexical::{C_LIKE, Lexis};
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["rs"],
    grammar: Some(|| tree_sitter_rust::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/rust/symbols.scm"),
        include_str!("../../../../grammar/queries/rust/tests.scm"),
        include_str!("../../../../grammar/queries/rust/comments.scm"),
        include_str!("../../../../grammar/queries/rust/imports.scm"),
    ],
    is_doc,
    symbol_role,
    family: Some(Family::Rust),
    lexis: Some(Lexis {
        prefixes: b"rR#",
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/rust/locals.scm"),
    ..Definition::PLAIN
};

/// `///` and `/**`, but not `////` and `/***`; `//!` and `/*!`.
fn is_doc(comment: &str) -> bool {
    comment.starts_with("//!")
        || comment.starts_with("/*!")
        || (comment.starts_with("///") && !comment.starts_with("////"))
        || (comment.starts_with("/**") && !comment.starts_with("/***") && comment != "/**/")
}

fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    match symbol.kind {
        SymbolKind::Module => Role::Group { skipped: false },
        SymbolKind::Function => {
            let mut test = false;
            let mut skipped = false;
            let mut asserts = false;
            for attribute in symbol.attributes {
                let path = path(attribute);
                match path.rsplit("::").next().unwrap_or(path).trim() {
                    // tokio::test, rstest, test_log::test, wasm_bindgen_test, gpui::test, test_case ...
                    name if name.ends_with("test")
                        || name == "test_case"
                        || name == "quickcheck" =>
                    {
                        test = true;
                        asserts |= name == "quickcheck";
                    }
                    "ignore" => skipped = true,
                    "should_panic" => asserts = true,
                    _ => {}
                }
            }
            if test {
                Role::Case { skipped, asserts }
            } else {
                Role::None
            }
        }
        _ => Role::None,
    }
}

/// `tokio::test` of `#[tokio::test(flavor = "x")]`.
fn path(attribute: &str) -> &str {
    let inner = attribute
        .trim_start_matches('#')
        .trim_start()
        .trim_start_matches('[')
        .trim_start();
    let end = inner
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':' | ' '))
        .unwrap_or(inner.len());
    inner.get(..end).unwrap_or_default().trim()
}
