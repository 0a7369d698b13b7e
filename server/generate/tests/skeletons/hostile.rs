//! Whatever a title says, the file parses, its tests are found, and each is linked to its scenario.

use std::fmt::Write as _;

use fixture::Fixture;
use proptest::prelude::*;

use super::{after, story, written};

const FRAMEWORKS: &[(&str, &str)] = &[
    ("door.py", "//- /setup.cfg\npytest\n//- /door.py\n"),
    (
        "src/door.ts",
        "//- /package.json\n{\"devDependencies\": {\"vitest\": \"2\"}}\n//- /src/door.ts\n",
    ),
    (
        "src/main/java/a/Door.java",
        "//- /pom.xml\njunit-jupiter\n//- /src/main/java/a/Door.java\n",
    ),
    (
        "door.go",
        "//- /go.mod\nmodule x\n//- /door.go\npackage x\n",
    ),
    (
        "src/lib.rs",
        "//- /Cargo.toml\n[package]\n//- /src/lib.rs\n",
    ),
];

const PIECES: &[&str] = &[
    "\"",
    "'",
    "`",
    "\\",
    "*/",
    "/*",
    "//",
    "#",
    "${x}",
    "\\u0022",
    "\\N{BEL}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "扉が開く",
    "ключ",
    "🎉",
    "class",
    "type",
    "1",
    "e\u{301}",
    "\"\"\"",
    "'''",
    "<b>",
    "%s",
    "{}",
    "FR-999",
    "T004",
    "001/FR-001",
    "specs/004-lockers",
    "US1/AC1",
    "//= a#b",
    "r[impl FR-001]",
    "@Disabled",
    "the door",
    "opens",
    " ",
    ", ",
    "Ω",
    "ß",
    "İ",
    "\t",
    "ǅ",
    "٣",
    "ก็",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn hostile_titles_are_only_words(
        titles in prop::collection::vec(prop::collection::vec(prop::sample::select(PIECES), 1..8), 1..4),
        framework in prop::sample::select(FRAMEWORKS),
    ) {
        let (code, files) = framework;
        let titles: Vec<String> = titles
            .iter()
            .map(|pieces| pieces.join(" "))
            .filter(|title| title.chars().any(char::is_alphanumeric))
            .collect();
        let mut scenarios = String::new();
        for title in &titles {
            writeln!(scenarios, "2. **Given** {title}, **When** {title}, **Then** {title}").unwrap();
        }
        let workspace = story(code, files).replace(
            "2. **Given** a locker, **When** the code is wrong, **Then** the door stays shut\n",
            &scenarios,
        );
        let fixture = Fixture::parse(&workspace);
        let done = written(&fixture, None);
        prop_assert!(done.left.is_empty(), "{:?}", done.left);
        let (now, _) = after(&fixture, &done);
        for file in &done.files {
            let id = now.file(&file.path);
            let facts = &now.graph.source(id).unwrap().facts;
            prop_assert!(facts.symbols_known);
            prop_assert_eq!(facts.tests.len(), file.items.len());
            for item in &file.items {
                let own = now.graph.tests_of(*item);
                prop_assert_eq!(own.iter().filter(|test| test.file == id).count(), 1);
            }
        }
        let again = written(&now, None);
        prop_assert!(again.files.is_empty(), "{:?}", again.files);
    }
}
