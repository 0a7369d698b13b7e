//! What one source file says. Plain data; equal files give equal facts.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text::TextRange;

use crate::{FieldFacts, Held, HttpCall, Language, Mount, Prints, Read, Route};

/// Most symbols kept for one file; what follows is dropped and [`SourceFacts::truncated`] is set.
/// The same cap holds for tests, imports, mentions and paths.
pub const MAX_SYMBOLS: usize = 20_000;

/// The facts of one source file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// The language it was read as; `None` for a plain scan.
    pub language: Option<Language>,
    /// Named items, by start offset; an outer item comes before the items in it.
    pub symbols: Vec<Symbol>,
    /// Test cases, by start offset.
    pub tests: Vec<Test>,
    /// Groups of tests (`describe`, test classes, `mod tests`), by start offset.
    pub groups: Vec<TestGroup>,
    /// What the file imports, by start offset.
    pub imports: Vec<Import>,
    /// Spec items named in comments, docstrings, test names and title-like strings, by start offset.
    pub mentions: Vec<SourceMention>,
    /// Properties of Kiro designs that are named with their titles, by start offset.
    pub properties: Vec<PropertyTitle>,
    /// Lists of places of Kiro specs that are there for citing (`Validates: Requirements 1.1`), by start offset.
    pub cited_lists: Vec<TextRange>,
    /// Specs that comments declare by `Feature: <slug>`, sorted.
    pub declared: Vec<SmolStr>,
    /// HTTP routes the file registers, by start offset; at most [`crate::MAX_ROUTES`].
    pub routes: Vec<Route>,
    /// HTTP calls it makes, by start offset; at most [`crate::MAX_HTTP_CALLS`].
    pub http_calls: Vec<HttpCall>,
    /// Names it asks of values, by start offset; only where it makes HTTP calls or imports what may talk to another
    /// program.
    pub reads: Vec<Read>,
    /// What is written of its fields beyond their names, in the order of `symbols`.
    pub fields: Vec<FieldFacts>,
    /// Types all of whose fields stand in their own text, as places in `symbols`, ascending: what such a type does not
    /// declare it does not have.
    pub closed: Vec<u32>,
    /// What its constants and enumerations hold, where that is literal, in the order of `symbols`.
    pub held: Vec<Held>,
    /// Routers from elsewhere that it puts under prefixes, by start offset.
    pub mounts: Vec<Mount>,
    /// What the file's head says about the feature it belongs to.
    pub head: Vec<HeadQualifier>,
    /// Features that comments name behind the head, or in it as others than the file's, by start offset; only where the
    /// file mentions anything.
    pub named: Vec<HeadQualifier>,
    /// Paths into spec directories that comments and docstrings name, by start offset.
    pub paths: Vec<SpecPath>,
    /// True if a cap, a bound on the work or a cancellation cut something off.
    pub truncated: bool,
    /// False for a plain scan, for a cancelled parse and where the file has syntax errors. What is listed is there,
    /// but what is not listed (a symbol, a test, an assertion in a test) is *unknown*, not *absent*.
    pub symbols_known: bool,
}

impl SourceFacts {
    /// Gives back the room that lists have for more: facts are kept as long as the file is as it is.
    pub(crate) fn shrink(&mut self) {
        self.symbols.shrink_to_fit();
        self.tests.shrink_to_fit();
        self.groups.shrink_to_fit();
        self.imports.shrink_to_fit();
        self.mentions.shrink_to_fit();
        self.routes.shrink_to_fit();
        self.http_calls.shrink_to_fit();
        self.reads.shrink_to_fit();
        self.fields.shrink_to_fit();
        self.held.shrink_to_fit();
        self.paths.shrink_to_fit();
    }

    /// Indices of the tests that lie inside group `group`.
    pub fn tests_in_group(&self, group: u32) -> impl Iterator<Item = u32> + '_ {
        let range = self.groups.get(group as usize).map(|group| group.range);
        (0_u32..).zip(&self.tests).filter_map(move |(index, test)| {
            range
                .is_some_and(|range| crate::holds(range, test.range))
                .then_some(index)
        })
    }
}

/// What a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SymbolKind {
    /// `mod`, `namespace`.
    Module,
    /// A class.
    Class,
    /// `struct` or `union`.
    Struct,
    /// An enumeration.
    Enum,
    /// One value of an enumeration.
    Variant,
    /// A Rust trait.
    Trait,
    /// A TypeScript interface.
    Interface,
    /// A name for another type, associated types too.
    TypeAlias,
    /// A function that belongs to no type.
    Function,
    /// A function of a class, trait, impl, interface or object.
    Method,
    /// A constant, static or module-level variable.
    Constant,
    /// A field or property of a type.
    Field,
    /// A `macro_rules!` macro.
    Macro,
}

impl SymbolKind {
    /// Whether functions directly inside are methods.
    pub(crate) fn owns_methods(self) -> bool {
        matches!(
            self,
            Self::Class | Self::Struct | Self::Enum | Self::Trait | Self::Interface
        )
    }
}

/// A named item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symbol {
    /// The name as written, byte-equal to the text at `name_range`.
    pub name: SmolStr,
    /// What it is.
    pub kind: SymbolKind,
    /// Names of the items around it, outermost first, joined with `.`; a Rust method has its type's name.
    pub container: Option<SmolStr>,
    /// The whole item: attributes or decorators, signature and body. Doc comments are not part of it.
    pub range: TextRange,
    /// The name.
    pub name_range: TextRange,
    /// From the start of `range` to before the body, without trailing blanks; all of `range` where there is no body.
    pub signature: TextRange,
    /// What it is, in numbers to compare.
    pub prints: Prints,
}

impl Symbol {
    /// `container.name`, or the name alone.
    #[must_use]
    pub fn qualified_name(&self) -> String {
        match &self.container {
            Some(container) => format!("{container}.{}", self.name),
            None => self.name.to_string(),
        }
    }
}

/// Something the file imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// What is imported, as written, without quotes: `./store`, `fmt`, `com.shop.Store`, `crate::{a, b as c}`.
    /// Re-exports count. Byte-equal to the text at `range`.
    pub path: SmolStr,
    /// The bytes of `path`.
    pub range: TextRange,
    /// The names it is written to bind, an alias instead of what it stands for, in the order of the text.
    /// Empty where none is written: `import "fmt"`, `use a::*`.
    pub names: Vec<SmolStr>,
}

/// A test case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The function's name, or the title as written between its quotes (escapes are not resolved).
    pub name: SmolStr,
    /// Names of the groups and tests around it and its own, joined with ` > `.
    pub full_name: String,
    /// The whole test, attributes or decorators included.
    pub range: TextRange,
    /// The name or the title's contents.
    pub name_range: TextRange,
    /// A title given beside the name (`@DisplayName("...")`), between its quotes.
    pub title: Option<TextRange>,
    /// Skipped without a condition, itself or a group around it.
    pub skipped: bool,
    /// Contains an assertion, or something that is used like one (`expect`, `assert_*`, `check_*`, `should_panic` ...).
    pub asserts: bool,
    /// Where it does not: it calls something that may assert for it, as far as this file tells.
    pub may_assert: bool,
    /// What it is, in numbers to compare; those of its symbol, if it is one.
    pub prints: Prints,
}

/// A group of tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestGroup {
    /// The class or module name, or the title as written.
    pub name: SmolStr,
    /// Names of the groups around it and its own, joined with ` > `.
    pub full_name: String,
    /// The whole group.
    pub range: TextRange,
    /// The name or the title's contents.
    pub name_range: TextRange,
    /// As in [`Test::title`].
    pub title: Option<TextRange>,
    /// Skipped without a condition, itself or a group around it.
    pub skipped: bool,
}

/// Where a mention was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// An ordinary comment.
    Comment,
    /// A doc comment or docstring.
    DocComment,
    /// A string that begins with the mention and goes on in words.
    String,
    /// The name or title of a test or of a group of tests.
    TestName,
    /// An annotation, decorator or attribute, or the tag of a scenario.
    Annotation,
}

/// A spec item named in a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMention {
    /// The mention; its ranges are offsets into the file.
    pub mention: grammar::Mention,
    /// Where it stands.
    pub place: Place,
    /// The innermost symbol around it, or the one directly below its comment.
    pub symbol: Option<u32>,
    /// The test around it, or the one directly below its comment.
    pub test: Option<u32>,
    /// The group of tests around it, or the one directly below its comment.
    /// With `test` unset, the mention speaks of all tests of the group.
    pub group: Option<u32>,
    /// What a tag around it, or a word right before it, says of it: `r[impl FR-001]`, `Implements FR-001`.
    pub tag: Option<Box<grammar::Tag>>,
}

impl SourceMention {
    /// What the code does for the item, where the mention says so.
    #[must_use]
    pub fn role(&self) -> Option<grammar::Role> {
        self.tag.as_ref().and_then(|tag| tag.role)
    }
}

/// A property named with its title: `Feature: login, Property 2: Round trip`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyTitle {
    /// The bytes of its number, which a [`SourceMention`] has too.
    pub number: TextRange,
    /// The bytes of the title on the same line; may be empty.
    pub title: TextRange,
    /// The title with the lines that follow it, on one line and without the marks of comments.
    pub said: SmolStr,
    /// Its spec is named right before it.
    pub tagged: bool,
    /// Criteria it is said to validate, behind it.
    pub validates: Vec<SmolStr>,
}

/// The feature a file's head names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadQualifier {
    /// A feature's directory name (`027-login`), or its number alone (`027`), as written.
    pub feature: SmolStr,
    /// The bytes of `feature`.
    pub range: TextRange,
    /// First directory of the path it is named by, which may be another repository: `api` of `api/specs/027-login`.
    pub repository: Option<SmolStr>,
    /// The paragraph it opens, where it is the heading of a list there and other paragraphs stand before: of them and
    /// of the code it says nothing.
    pub section: Option<TextRange>,
}

/// A path into a spec directory, named in a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecPath {
    /// The path as written, without trailing punctuation.
    pub path: SmolStr,
    /// The bytes of `path`.
    pub range: TextRange,
    /// As in [`SourceMention::symbol`].
    pub symbol: Option<u32>,
    /// As in [`SourceMention::test`].
    pub test: Option<u32>,
}
