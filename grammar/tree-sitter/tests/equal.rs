//! The editors' grammar reads a line as the lexer does, and no text at all is an error to it.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tree_sitter::{Node, Parser, Query};
use tree_sitter_specline::{HIGHLIGHTS_QUERY, LANGUAGE};

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&LANGUAGE.into()).unwrap();
    parser
}

/// Tokens of a text, one a line, as the grammar has them; or what is wrong with its tree.
fn by_grammar(parser: &mut Parser, text: &str) -> Result<String, String> {
    let tree = parser.parse(text, None).unwrap();
    let root = tree.root_node();
    if root.has_error() {
        return Err(root.to_sexp());
    }
    let mut told = String::new();
    let mut cursor = root.walk();
    for token in root.children(&mut cursor).filter(Node::is_named) {
        writeln!(told, "{} {:?}", token.kind(), token.byte_range()).unwrap();
    }
    Ok(told)
}

/// Lines and where they begin; `\n`, `\r\n` and `\r` end one.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// The same, as the lexer has them.
fn by_lexer(text: &str) -> String {
    let mut told = String::new();
    for (start, line) in lines(text) {
        for token in grammar::lex_line(line) {
            let range = std::ops::Range::<usize>::from(token.range);
            let range = start + range.start..start + range.end;
            writeln!(told, "{} {range:?}", token.kind.name()).unwrap();
        }
    }
    told
}

fn documents(directory: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(directory).unwrap().flatten().collect();
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() {
            documents(&path, found);
        } else if path
            .extension()
            .is_some_and(|it| it == "md" || it == "snap")
        {
            found.push(path);
        }
    }
}

/// Byte order marks at its start are skipped by tree-sitter itself.
fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

#[test]
fn documents_of_the_project_are_read_alike() {
    let mut found = Vec::new();
    for directory in [
        "../../docs",
        "../../tests/workspaces",
        "../../tests/fixtures",
    ] {
        documents(Path::new(directory), &mut found);
    }
    assert!(found.len() > 100, "{}", found.len());
    let mut parser = parser();
    for path in found {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let text = without_mark(&text);
        let grammar = by_grammar(&mut parser, text);
        let lexer = by_lexer(text);
        assert!(
            grammar.as_ref() == Ok(&lexer),
            "{}: {}",
            path.display(),
            first_other(&grammar, &lexer)
        );
    }
}

fn first_other(grammar: &Result<String, String>, lexer: &str) -> String {
    let Ok(grammar) = grammar else {
        return format!("{grammar:?}");
    };
    let pairs = grammar.lines().zip(lexer.lines());
    let other = pairs.into_iter().find(|(a, b)| a != b);
    format!("grammar, lexer: {other:?}")
}

#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "FR-001", "FR－００１", "US2", "AC1", "T004", "T007", "T076-I.1", "083/", "Spec 083 ", "018-foo", "-", "..", "–", "〜",
    "/006", ", 002", "a", "And", "GIVEN", "MUST", "当", "前提", "前提条件", "は", "Étant", "`", "``", "**", "_", "*", "[",
    "]", "(", ")", "［", "］", "（", "P1", "（P1）", "(Priority: P1)", "{", "}", "src/a.ts", "__init__.py", "./", "../",
    "...", "\\", "::x", "#L1", "- [ ] ", "- [x]", "- [ x]", "* [~] ", "- [ ]* ", "- [ ]*", "- [ ]** ", "1. ", "１． ",
    "4294967296. ", "2.1 ", "2. ", "# ", "###### ", "####### ", "> ", ">", "［x］", "[P]", "[US1]",
    "[NEEDS CLARIFICATION", ": who?]", "[FR-011]", " ", "\t", "\u{3000}", "\u{a0}", "\0", "\n", "\r\n", "\r", "<!--",
    "-->", "<br/>", "https://a.b/c", "](", "![a](b)", "2026-11-21", "1.1-1.4", "200ms", "30 s", "1,000", "99%", "😀",
    "\u{feff}", "~", "$", "@", "+", "=", "|",
];

/// What the readers know, between any characters at all.
fn text() -> impl Strategy<Value = String> {
    let known = prop::sample::select(KNOWN);
    let part =
        prop_oneof![6 => known.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn any_text_is_read_alike(text in text()) {
        let text = without_mark(&text);
        prop_assert_eq!(by_grammar(&mut parser(), text), Ok(by_lexer(text)));
    }
}

proptest! {
    #[test]
    fn no_bytes_are_an_error(bytes in prop::collection::vec(any::<u8>(), 0..60), lines in text()) {
        let bytes = [bytes.as_slice(), lines.as_bytes(), bytes.as_slice()].concat();
        let tree = parser().parse(&bytes, None).unwrap();
        prop_assert!(!tree.root_node().has_error(), "{}", tree.root_node().to_sexp());
    }
}

#[test]
fn colours_are_asked_of_tokens_that_there_are() {
    Query::new(&LANGUAGE.into(), HIGHLIGHTS_QUERY).unwrap();
}
