//! Our patterns find what tree-sitter's own query finds, in every language.

use std::collections::HashMap;
use std::ops::Range;

use regex::Regex;
use tree_sitter::{Parser, Query, QueryCursor, StreamingIterator as _, Tree};

use super::{Patterns, Wording};
use crate::Language;

/// Sources of each language, taken whole and cut short, so that there is what is not in the grammar.
const SOURCES: &[(Language, &[&str])] = &[
    (
        Language::Bash,
        &[
            include_str!("../../../tests/samples/sample.sh"),
            include_str!("../../../tests/samples/sample.bats"),
        ],
    ),
    (
        Language::C,
        &[include_str!("../../../tests/samples/sample.c")],
    ),
    (
        Language::CSharp,
        &[
            include_str!("../../../tests/samples/Sample.cs"),
            include_str!("../../../tests/samples/routes/AspNet.cs"),
        ],
    ),
    (
        Language::Cpp,
        &[
            include_str!("../../../tests/samples/sample.cpp"),
            include_str!("../../../tests/samples/sample.c"),
        ],
    ),
    (
        Language::Go,
        &[
            include_str!("../../../tests/samples/sample.go"),
            include_str!("../../../tests/samples/routes/chi.go"),
        ],
    ),
    (
        Language::Hcl,
        &[include_str!("../../../tests/samples/sample.tf")],
    ),
    (
        Language::Java,
        &[
            include_str!("../../../tests/samples/Sample.java"),
            include_str!("../../../tests/samples/routes/Spring.java"),
        ],
    ),
    (
        Language::JavaScript,
        &[include_str!("../../../tests/samples/sample.js")],
    ),
    (
        Language::Kotlin,
        &[include_str!("../../../tests/samples/sample.kt")],
    ),
    (
        Language::Php,
        &[include_str!("../../../tests/samples/sample.php")],
    ),
    (
        Language::Python,
        &[
            include_str!("../../../tests/samples/sample.py"),
            include_str!("../../../tests/samples/routes/fastapi.py"),
        ],
    ),
    (
        Language::Ruby,
        &[
            include_str!("../../../tests/samples/sample.rb"),
            include_str!("../../../tests/samples/routes/rails.rb"),
        ],
    ),
    (
        Language::Rust,
        &[
            include_str!("../../../tests/samples/sample.rs"),
            include_str!("../../../tests/samples/routes/axum.rs"),
        ],
    ),
    (
        Language::Scala,
        &[include_str!("../../../tests/samples/sample.scala")],
    ),
    (
        Language::Swift,
        &[include_str!("../../../tests/samples/sample.swift")],
    ),
    (
        Language::Tsx,
        &[include_str!("../../../tests/samples/sample.tsx")],
    ),
    (
        Language::TypeScript,
        &[
            include_str!("../../../tests/samples/sample.ts"),
            include_str!("../../../tests/samples/routes/nest.ts"),
        ],
    ),
];

/// A pattern's index, and what each capture holds.
type Found = (usize, Vec<(String, Range<usize>, String)>);

struct Both {
    parser: Parser,
    ours: Patterns,
    theirs: Query,
}

impl Both {
    fn of(language: Language) -> Option<Self> {
        let definition = language.definition();
        let grammar = definition.grammar?();
        let queries = || definition.queries.into_iter().chain([definition.locals]);
        let mut parser = Parser::new();
        parser
            .set_language(&grammar)
            .expect("a grammar of its version");
        let written: Vec<&str> = queries().collect();
        Some(Self {
            parser,
            ours: Patterns::of(&grammar, queries()).expect("queries we understand"),
            theirs: Query::new(&grammar, &written.join("\n"))
                .expect("queries of trees that there can be"),
        })
    }

    /// What only one of both finds, or one more often.
    fn differences(&mut self, text: &str) -> Vec<String> {
        let tree = self.parser.parse(text, None).expect("a tree");
        let mut count: HashMap<Found, i32> = HashMap::new();
        for found in self.ours(&tree, text) {
            *count.entry(found).or_default() += 1;
        }
        for found in self.theirs(&tree, text) {
            *count.entry(found).or_default() -= 1;
        }
        let mut differing: Vec<_> = count.into_iter().filter(|(_, more)| *more != 0).collect();
        differing.sort_by_key(|((pattern, captures), _)| {
            (captures.first().map(|(_, range, _)| range.start), *pattern)
        });
        differing
            .iter()
            .map(|(found, more)| format!("{more:+} {found:?}"))
            .collect()
    }

    fn ours(&self, tree: &Tree, text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        let mut sink = |pattern, captures: &[(u16, tree_sitter::Node<'_>)]| {
            let named = captures.iter().map(|(capture, node)| {
                let name = self.ours.names()[usize::from(*capture)].to_owned();
                (name, node.byte_range(), node.kind().to_owned())
            });
            all.push((pattern, named.collect()));
        };
        let found = self.ours.find(tree, text, &mut || false, &mut sink);
        found.expect("nothing stops it");
        all
    }

    fn theirs(&self, tree: &Tree, text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        let mut cursor = QueryCursor::new();
        let mut matches = cursor.matches(&self.theirs, tree.root_node(), text.as_bytes());
        while let Some(found) = matches.next() {
            let named = found.captures().iter().map(|capture| {
                let name = self.theirs.capture_names()[capture.index as usize].to_owned();
                (
                    name,
                    capture.node.byte_range(),
                    capture.node.kind().to_owned(),
                )
            });
            all.push((found.pattern_index, named.collect()));
        }
        all
    }
}

/// Some beginnings of a source: what is not in the grammar.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    let ends = (1..12).map(|part| text.len() * part / 12);
    ends.filter_map(|end| text.get(..end))
}

#[test]
fn finds_what_tree_sitter_finds() {
    for language in Language::ALL {
        let Some(mut both) = Both::of(*language) else {
            continue;
        };
        let sources = SOURCES.iter().find(|(of, _)| of == language);
        let (_, sources) = sources.expect("a source of each language that has a grammar");
        for text in *sources {
            let differences = both.differences(text);
            assert!(differences.is_empty(), "{language:?}: {differences:#?}");
            for text in beginnings(text) {
                // Where a rule of the grammar repeats a field, tree-sitter may not look for its second.
                let mut differences = both.differences(text);
                differences.retain(|difference| !difference.starts_with('+'));
                assert!(
                    differences.is_empty(),
                    "{language:?}: {differences:#?}\n{text}"
                );
            }
        }
    }
}

#[test]
fn tests_are_regular_expressions() {
    for both in Language::ALL
        .iter()
        .filter_map(|language| Both::of(*language))
    {
        for test in both.ours.all.iter().flat_map(|pattern| &pattern.tests) {
            if let Wording::Matches(written, _) = &test.text {
                assert!(Regex::new(written).is_ok(), "{written}");
            }
        }
    }
}
