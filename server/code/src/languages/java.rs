//! Java: `JUnit` 3 to 6, `TestNG`, jqwik.

use super::{Definition, Role, SymbolView};
use crate::SymbolKind;
use crate::lexical::C_LIKE;
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["java"],
    grammar: Some(|| tree_sitter_java::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/java/symbols.scm"),
        include_str!("../../../../grammar/queries/java/tests.scm"),
        include_str!("../../../../grammar/queries/java/comments.scm"),
        include_str!("../../../../grammar/queries/java/imports.scm"),
    ],
    is_doc,
    symbol_role,
    family: Some(Family::Jvm),
    lexis: Some(C_LIKE),
    locals: include_str!("../../../../grammar/queries/java/locals.scm"),
    ..Definition::PLAIN
};

/// `/**`, as in Javadoc and its kin.
pub(super) fn is_doc(comment: &str) -> bool {
    comment.starts_with("/**") && comment != "/**/"
}

/// Classes with tests in them are groups; methods are tests by their annotations, or by their name in a `TestCase`.
pub(super) fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    let mut test = false;
    let mut skipped = false;
    let mut asserts = false;
    for annotation in symbol.attributes {
        let (name, arguments) = annotation_parts(annotation);
        match name {
            "Test" | "ParameterizedTest" | "RepeatedTest" | "TestFactory" | "TestTemplate"
            | "Property" | "Theory" => {
                test = true;
                asserts |= arguments.contains("expected");
                let arguments: String = arguments.split_whitespace().collect();
                skipped |= arguments.contains("enabled=false");
            }
            "Disabled" | "Ignore" => skipped = true,
            _ => {}
        }
    }
    match symbol.kind {
        SymbolKind::Class | SymbolKind::Interface => Role::Group { skipped },
        SymbolKind::Method | SymbolKind::Function
            if test || (is_junit3(symbol) && symbol.outer_bases.ends_with("TestCase")) =>
        {
            Role::Case { skipped, asserts }
        }
        _ => Role::None,
    }
}

fn is_junit3(symbol: &SymbolView<'_>) -> bool {
    symbol
        .name
        .strip_prefix("test")
        .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
        && symbol.signature.trim_end().ends_with("()")
}

/// `Test` and `(enabled = false)` of `@org.testng.annotations.Test(enabled = false)`.
pub(super) fn annotation_parts(annotation: &str) -> (&str, &str) {
    let written = annotation.trim_start_matches('@');
    let end = written
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | ':'))
        .unwrap_or(written.len());
    let (path, arguments) = written.split_at(end);
    (path.rsplit(['.', ':']).next().unwrap_or(path), arguments)
}
