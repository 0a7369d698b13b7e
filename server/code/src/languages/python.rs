//! Python: pytest functions and classes, `unittest.TestCase`.

use super::{Definition, Role, SymbolView};
use crate::SymbolKind;
use crate::lexical::{C_LIKE, Lexis};
use crate::prints::{Quotes, Style};
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["py", "pyi", "pyw"],
    grammar: Some(|| tree_sitter_python::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/python/symbols.scm"),
        include_str!("../../../../grammar/queries/python/tests.scm"),
        include_str!("../../../../grammar/queries/python/comments.scm"),
        include_str!("../../../../grammar/queries/python/imports.scm"),
    ],
    symbol_role,
    family: Some(Family::Python),
    lexis: Some(Lexis {
        line: "#",
        braces: false,
        quotes: b"\"'",
        characters: false,
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/python/locals.scm"),
    style: Style {
        lines: true,
        quotes: Quotes::Same,
    },
    ..Definition::PLAIN
};

/// pytest's defaults: `test*` functions of a module or a `Test*` class; classes below some `TestCase`.
/// The underscore is required: `testing`, `tester` are seldom tests.
fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    let skipped = symbol.attributes.iter().any(|decorator| {
        let decorator = decorator.trim_start_matches('@').trim_start();
        let end = decorator
            .find(['(', ' ', '#', '\n', '\r'])
            .unwrap_or(decorator.len());
        matches!(
            decorator.get(..end),
            Some("pytest.mark.skip" | "mark.skip" | "unittest.skip" | "skip")
        )
    });
    // A fixture may be called test_client.
    if symbol
        .attributes
        .iter()
        .any(|decorator| decorator.contains("fixture"))
    {
        return Role::None;
    }
    let in_scope = match symbol.parent {
        None => true,
        Some(SymbolKind::Class) => symbol.in_group,
        Some(_) => false,
    };
    match symbol.kind {
        SymbolKind::Class if symbol.name.starts_with("Test") || symbol.bases.contains("Test") => {
            Role::Group { skipped }
        }
        SymbolKind::Function | SymbolKind::Method
            if in_scope && (symbol.name.starts_with("test_") || symbol.name == "test") =>
        {
            Role::Case {
                skipped,
                asserts: false,
            }
        }
        // unittest allows camel case.
        SymbolKind::Method if in_scope && is_camel_test(symbol.name) => Role::Case {
            skipped,
            asserts: false,
        },
        _ => Role::None,
    }
}

fn is_camel_test(name: &str) -> bool {
    name.strip_prefix("test").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
    })
}
