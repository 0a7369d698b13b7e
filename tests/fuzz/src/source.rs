//! Source files of every language, and what is read of them without a parser.

use code::{
    GateWords, Language, SourceFacts, comments, gate, is_in_comment, may_hold_tests, read,
    read_comments, read_path, skim,
};
use grammar::IdKind;
use text::{TextRange, TextSize};

use crate::bytes;

#[path = "../../../server/code/tests/holds/source.rs"]
mod facts;

/// Files whose endings say what they are: one of every language, some that are read as plain source, Gherkin.
pub(crate) const PATHS: [&str; 24] = [
    "src/a.rs",
    "src/a.py",
    "src/a.ts",
    "src/a.tsx",
    "src/a.js",
    "src/a.go",
    "src/A.java",
    "src/a.kt",
    "src/A.cs",
    "src/a.php",
    "src/A.scala",
    "src/a.rb",
    "src/a.c",
    "src/a.cpp",
    "src/A.swift",
    "src/a.sh",
    "src/a.tf",
    "src/a.sql",
    "features/a.feature",
    "src/a.vue",
    "src/a.lua",
    "src/a.ps1",
    "src/a.ex",
    "src/a.proto",
];

fn inside(text: &str, range: TextRange) {
    let bytes = usize::from(range.start())..usize::from(range.end());
    assert!(text.get(bytes).is_some(), "{range:?} does not fit {text:?}");
}

/// Comments stand one after the other; what is read without a parser fits.
fn without_a_parser(path: &str, text: &str) {
    let all = comments(path, text);
    for comment in &all {
        inside(text, comment.range);
    }
    assert!(all.is_sorted_by_key(|it| it.range.start()), "{text:?}");
    for place in [0, text.len() / 2, text.len()] {
        let _ = is_in_comment(path, text, TextSize::new(place as u32));
    }
    if let Some(found) = read_comments(path, text) {
        facts::holds(&found, text);
    }
    let _ = may_hold_tests(text);
}

/// Whoever reads all of a file finds no more than who skims it, and the gate lets it pass.
fn nothing_is_overlooked(found: &SourceFacts, text: &str) {
    let skimmed = skim(text);
    for each in &skimmed.mentions {
        inside(text, each.mention.range);
    }
    let places = [IdKind::Criterion];
    for each in &found.mentions {
        let mention = &each.mention;
        if places.contains(&mention.kind) {
            continue;
        }
        let seen = skimmed
            .mentions
            .iter()
            .any(|it| it.mention.key == mention.key);
        assert!(seen, "{} is not skimmed: {text:?}", mention.key);
    }
    // A letter with one or two digits is in every hash, and one with a capital in every pattern: the gate leaves those to
    // files that are read anyway.
    let is_short = |key: &str| {
        let behind = key.bytes().skip(1).skip_while(|byte| *byte == b'-');
        let digits = behind.clone().take_while(u8::is_ascii_digit).count();
        let capitals = behind.take_while(u8::is_ascii_uppercase).count();
        let of_letter = !key.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        (1..3).contains(&digits) || of_letter && capitals == 1
    };
    let standard = found
        .mentions
        .iter()
        .any(|each| each.mention.standard && !is_short(&each.mention.key));
    let words = GateWords::new(&["FR", "NFR", "EC", "SC", "US", "AC", "T", "CHK"], &[]);
    if standard {
        assert!(gate(text.as_bytes(), &words), "{text:?}");
    }
}

/// A file of the language that the first byte chooses.
pub fn source(data: &[u8]) {
    let (choice, rest) = bytes::choice(data);
    let path = PATHS[choice % PATHS.len()];
    let text = bytes::text(rest);
    let Some(found) = read_path(path, &text, &|| false) else {
        panic!("{path} is no source file");
    };
    facts::holds(&found, &text);
    if let Some(language) = Language::of_path(path) {
        assert_eq!(read(language, &text, &|| false), found, "{path}");
        // Who is told to stop gives nothing that is wrong.
        facts::holds(&read(language, &text, &|| true), &text);
    }
    without_a_parser(path, &text);
    nothing_is_overlooked(&found, &text);
}
