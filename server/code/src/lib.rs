//! Bytes of a source file -> what it holds: symbols, tests and the places where spec items are mentioned.
//!
//! Everything here is a function of the text (and, for the language, of the file's extension). This room
//! must never know paths beyond that, which specs exist, whether a mention resolves, the disk, or the protocol.
//! Byte offsets only.
#![forbid(unsafe_code)]

mod aliases;
mod calls;
mod cited;
mod clients;
mod closed;
mod commented;
mod comments;
mod facts;
mod fields;
mod gate;
mod gherkin;
mod head;
mod held;
mod language;
mod languages;
mod lexical;
mod manifest;
mod plain;
mod prints;
mod read;
mod reads;
mod reports;
mod routes;
mod skim;

pub use aliases::{Aliases, aliases, may_alias};
pub use clients::{HttpCall, MAX_HTTP_CALLS};
pub use commented::{Comment, comments, is_in_comment};
pub use facts::{
    HeadQualifier, Import, MAX_SYMBOLS, Place, PropertyTitle, SourceFacts, SourceMention, SpecPath,
    Symbol, SymbolKind, Test, TestGroup,
};
pub use fields::FieldFacts;
pub use gate::{GateWords, MAX_NAMED, gate, named_words};
pub use held::{Held, HeldItem, HeldValue, is_settings_path, read_settings};
pub use language::{Language, is_source_path, is_test_path};
pub use lexical::{may_hold_tests, read_comments};
pub use manifest::{
    Dependency, Ecosystem, MAX_DEPENDENCIES, Manifest, ManifestKind, Scope, Service, Toolchain,
    Written, ecosystem, manifest, may_describe,
};
pub use plain::read_plain;
pub use prints::{PRINTS_VERSION, Prints, Step};
pub use read::read;
pub use reads::Read;
pub use reports::{Case, CoveredFile, Outcome, REPORT_LIMIT, Report, read_report};
pub use routes::{Framework, MAX_ROUTES, Methods, Mount, Route};
pub use skim::skim;

use text::{TextRange, TextSize};

/// Reads the file by the extension of `path`: with its language where we have one, else as plain source.
/// `None` if the extension is not one of a source file.
pub fn read_path(path: &str, text: &str, cancel: &dyn Fn() -> bool) -> Option<SourceFacts> {
    if let Some(language) = Language::of_path(path) {
        return Some(read(language, text, cancel));
    }
    if language::extension(path) == language::GHERKIN {
        return Some(gherkin::read(text));
    }
    is_source_path(path).then(|| read_plain(text, language::extension(path)))
}

/// What a symbol or a test at `whole` is made of behind `head`, in the order in which [`Prints::body`] counts it: where two of its
/// states part, their first different steps tell. Empty where the language is not known.
#[must_use]
pub fn steps(path: &str, text: &str, whole: TextRange, head: TextSize) -> Vec<Step> {
    Language::of_path(path).map_or_else(Vec::new, |it| read::steps(it, text, whole, head))
}

/// Whether a file may register HTTP routes or make HTTP calls, told from its language and the marks of frameworks and
/// libraries: a file without any has none.
#[must_use]
pub fn may_cross(path: &str, text: &str) -> bool {
    Language::of_path(path).is_some_and(|language| {
        routes::may_have(language, text)
            || clients::may_have(language, text)
            || routes::is_by_path(path)
    })
}

/// Whether `outer` holds all of `inner`.
fn holds(outer: TextRange, inner: TextRange) -> bool {
    outer.start() <= inner.start() && inner.end() <= outer.end()
}
