//! The queries of a language and what their captures stand for.

use std::sync::OnceLock;

use super::patterns::Patterns;
use crate::{Language, SymbolKind};

/// The queries of a language as one, so that the tree is walked once.
pub(super) struct Compiled {
    pub(super) patterns: Patterns,
    /// What each capture stands for, by capture index.
    pub(super) uses: Vec<Use>,
}

/// What a capture stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Symbol(SymbolKind),
    /// A method, if the symbol around it is a constant.
    Member,
    /// A field, if the symbol around it is a type or a field.
    Property,
    Outer,
    Inner,
    Scope,
    /// A module whose functions are methods.
    Mixin,
    /// Text before the name that is part of the container: `Auth::` in `Auth::Store`.
    Container,
    Name,
    /// A name behind a colon or between quotes.
    MarkedName,
    Body,
    Bases,
    Attribute,
    Assertion,
    AssertionCallee,
    Skip,
    /// A call that is taken apart without the query's help.
    Call,
    Display,
    TestCase,
    TestCall,
    TestCallee,
    TestTitle,
    TestMore,
    TestLast,
    TestTable,
    TestLoop,
    TestRows,
    Import,
    ImportPath,
    ImportName,
    Comment,
    Docstring,
    String,
    /// A name that is bound inside a body.
    Local,
    /// The same, if it does not begin with a capital.
    LocalLower,
    /// The node in which the name does not mean this yet.
    LocalPast,
    /// The node in which it means this before it is bound, too.
    LocalAround,
    /// A body that names are bound in.
    LocalScope,
    /// A word that is no bound name, whatever it is.
    Label,
    /// Used by a predicate only.
    Private,
}

impl Use {
    fn of(capture: &str) -> Option<Self> {
        Some(match capture {
            "symbol.module" => Self::Symbol(SymbolKind::Module),
            "symbol.class" => Self::Symbol(SymbolKind::Class),
            "symbol.struct" => Self::Symbol(SymbolKind::Struct),
            "symbol.enum" => Self::Symbol(SymbolKind::Enum),
            "symbol.variant" => Self::Symbol(SymbolKind::Variant),
            "symbol.trait" => Self::Symbol(SymbolKind::Trait),
            "symbol.interface" => Self::Symbol(SymbolKind::Interface),
            "symbol.type" => Self::Symbol(SymbolKind::TypeAlias),
            "symbol.function" => Self::Symbol(SymbolKind::Function),
            "symbol.method" => Self::Symbol(SymbolKind::Method),
            "symbol.constant" => Self::Symbol(SymbolKind::Constant),
            "symbol.field" => Self::Symbol(SymbolKind::Field),
            "symbol.member" => Self::Member,
            "symbol.property" => Self::Property,
            "outer" => Self::Outer,
            "inner" => Self::Inner,
            "symbol.macro" => Self::Symbol(SymbolKind::Macro),
            "scope" => Self::Scope,
            "symbol.mixin" => Self::Mixin,
            "container" => Self::Container,
            "name" => Self::Name,
            "name.marked" => Self::MarkedName,
            "body" => Self::Body,
            "bases" => Self::Bases,
            "attribute" => Self::Attribute,
            "assertion" => Self::Assertion,
            "assertion.callee" => Self::AssertionCallee,
            "skip" => Self::Skip,
            "call" => Self::Call,
            "test.display" => Self::Display,
            "test.case" => Self::TestCase,
            "test.call" => Self::TestCall,
            "test.callee" => Self::TestCallee,
            "test.title" => Self::TestTitle,
            "test.more" => Self::TestMore,
            "test.last" => Self::TestLast,
            "import" => Self::Import,
            "import.path" => Self::ImportPath,
            "import.name" => Self::ImportName,
            "test.table" => Self::TestTable,
            "test.loop" => Self::TestLoop,
            "test.rows" => Self::TestRows,
            "comment" => Self::Comment,
            "docstring" => Self::Docstring,
            "string" => Self::String,
            "local" => Self::Local,
            "local.lower" => Self::LocalLower,
            "local.past" => Self::LocalPast,
            "local.around" => Self::LocalAround,
            "local.scope" => Self::LocalScope,
            "label" => Self::Label,
            private if private.starts_with('_') => Self::Private,
            _ => return None,
        })
    }
}

/// Reads the queries of a language; the error says what is wrong with them.
fn compile(language: Language) -> Result<Compiled, String> {
    let definition = language.definition();
    let grammar = definition.grammar.ok_or("no grammar")?;
    let queries = definition.queries.into_iter().chain([definition.locals]);
    let patterns = Patterns::of(&grammar(), queries)?;
    let uses = patterns
        .names()
        .iter()
        .map(|name| Use::of(name).ok_or_else(|| format!("unknown capture @{name}")))
        .collect::<Result<_, _>>()?;
    Ok(Compiled { patterns, uses })
}

/// The queries of a language, read once.
pub(super) fn compiled(language: Language) -> Option<&'static Compiled> {
    static QUERIES: OnceLock<Vec<(Language, OnceLock<Option<Compiled>>)>> = OnceLock::new();
    QUERIES
        .get_or_init(|| {
            Language::ALL
                .iter()
                .map(|language| (*language, OnceLock::new()))
                .collect()
        })
        .iter()
        .find(|(known, _)| *known == language)?
        .1
        .get_or_init(|| compile(language).ok())
        .as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_compiles() {
        for language in Language::ALL {
            if language.definition().grammar.is_some()
                && let Err(error) = compile(*language)
            {
                panic!("{language:?}: {error}");
            }
        }
    }
}
