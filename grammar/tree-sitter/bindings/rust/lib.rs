//! The spec language as a tree-sitter grammar, for editors that colour text by such a grammar.
//!
//! The server does not use it: what a line means is said by `grammar`, and tests hold the two equal. The parser is made out
//! of `grammar/tokens.toml` (`UPDATE_GRAMMAR=1 cargo test --manifest-path grammar/tree-sitter/Cargo.toml`); the marks at the start of a line,
//! which look ahead, are read by `src/scanner.c`.
#![expect(
    unsafe_code,
    reason = "a generated parser is a C function that hands out its tables"
)]

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_specline() -> *const ();
}

/// The language, for `tree_sitter::Language::new`.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_specline) };

/// Which token is coloured how, in the names that Neovim, Helix and Zed share.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");
