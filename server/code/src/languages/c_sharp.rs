//! C#: `xUnit`, `NUnit`, `MSTest`.

use super::{Definition, Role, SymbolView};
use crate::SymbolKind;
use crate::lexical::{C_LIKE, Lexis};
use crate::routes::Family;

pub(crate) static DEFINITION: Definition = Definition {
    extensions: &["cs"],
    grammar: Some(|| tree_sitter_c_sharp::LANGUAGE.into()),
    queries: [
        include_str!("../../../../grammar/queries/csharp/symbols.scm"),
        include_str!("../../../../grammar/queries/csharp/tests.scm"),
        include_str!("../../../../grammar/queries/csharp/comments.scm"),
        include_str!("../../../../grammar/queries/csharp/imports.scm"),
    ],
    is_doc,
    symbol_role,
    family: Some(Family::CSharp),
    lexis: Some(Lexis {
        prefixes: b"@$",
        ..C_LIKE
    }),
    locals: include_str!("../../../../grammar/queries/csharp/locals.scm"),
    ..Definition::PLAIN
};

/// `///` and `/**`.
fn is_doc(comment: &str) -> bool {
    (comment.starts_with("///") && !comment.starts_with("////"))
        || (comment.starts_with("/**") && comment != "/**/")
}

/// Classes with tests in them are groups; methods are tests by their attributes. Projects have facts of their own
/// (`WindowsFact`), so the last word counts.
fn symbol_role(symbol: &SymbolView<'_>) -> Role {
    let mut test = false;
    let mut skipped = false;
    let mut asserts = false;
    for list in symbol.attributes {
        for (name, arguments) in attributes(list) {
            let name = name.strip_suffix("Attribute").unwrap_or(name);
            let is_test = name.ends_with("Fact")
                || name.ends_with("Theory")
                || name.ends_with("TestMethod")
                || matches!(name, "Test" | "TestCase" | "TestCaseSource" | "Property");
            test |= is_test;
            asserts |=
                name == "ExpectedException" || (is_test && arguments.contains("ExpectedResult"));
            skipped |= name == "Ignore" || (is_test && has_argument(arguments, "Skip"));
        }
    }
    match symbol.kind {
        SymbolKind::Class => Role::Group { skipped },
        SymbolKind::Method if test => Role::Case { skipped, asserts },
        _ => Role::None,
    }
}

/// Whether `arguments` set `name` to a string.
fn has_argument(arguments: &str, name: &str) -> bool {
    arguments
        .split(['(', ','])
        .filter_map(|argument| argument.split_once('='))
        .any(|(key, value)| key.trim() == name && value.trim_start().starts_with('"'))
}

/// Names and arguments of `[Fact, Trait("a", "b")]`.
fn attributes(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let inner = list.trim_start_matches('[').trim_end_matches(']');
    let mut depth = 0_usize;
    let mut quoted = false;
    inner
        .split(move |c: char| {
            match c {
                '"' => quoted = !quoted,
                '(' | '[' | '{' if !quoted => depth += 1,
                ')' | ']' | '}' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0 && !quoted
        })
        .map(|attribute| {
            let attribute = attribute.trim();
            let (path, arguments) =
                attribute.split_at(attribute.find(['(', '<', ' ']).unwrap_or(attribute.len()));
            (path.rsplit('.').next().unwrap_or(path), arguments)
        })
}
