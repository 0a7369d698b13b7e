//! Exported names that the lines of a diff declare, by the keywords of each language: small on purpose.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

/// Endings of sources.
const SOURCES: &[&str] = &[
    "ts", "tsx", "js", "jsx", "mjs", "svelte", "vue", "rs", "go", "py", "java", "kt", "cs",
    "scala", "swift", "rb", "php",
];

/// A pattern of lines that declare something others may use, by the endings it is for. The first group is the name.
static DECLARING: LazyLock<Vec<(&[&str], Regex)>> = LazyLock::new(|| {
    let patterns: [(&[&str], &str); 6] = [
        (
            &["ts", "tsx", "js", "jsx", "mjs"],
            r"^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|const|let|enum) ([A-Za-z_$][\w$]*)",
        ),
        (
            &["rs"],
            r"^\s*pub(?:\([^)]*\))? (?:async |unsafe |const )*(?:fn|struct|enum|trait|type|const|static|union) ([A-Za-z_]\w*)",
        ),
        (
            &["go"],
            r"^(?:func (?:\([^)]*\) )?|type |const |var )([A-Z]\w*)",
        ),
        (&["py"], r"^\s{0,4}(?:async )?(?:def|class) ([A-Za-z]\w*)"),
        (
            &["java", "cs", "scala", "kt", "swift", "php"],
            r"^\s*(?:@\w+ )?(?:public|open|internal)(?: [\w<>\[\],.?]+)*? (?:class|interface|record|enum|struct|trait|fun|func|function|def) ([A-Za-z_]\w*)",
        ),
        (
            &["java", "cs"],
            r"^\s*public (?:[\w<>\[\],.?]+ )+([A-Za-z_]\w*)\s*\(",
        ),
    ];
    let compiled = patterns.into_iter();
    compiled
        .filter_map(|(endings, pattern)| Some((endings, Regex::new(pattern).ok()?)))
        .collect()
});

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Whether a path is that of a source.
pub(super) fn is_source(path: &str) -> bool {
    let foreign = ["node_modules/", "vendor/", "wwwroot/lib/", ".min."];
    SOURCES.contains(&ending(path)) && !foreign.iter().any(|part| path.contains(part))
}

/// Whether a path is that of a description of an interface.
pub(super) fn is_contract(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    match ending(path) {
        "proto" | "graphql" => true,
        "yaml" | "yml" | "json" => {
            path.contains("contracts/") || name.contains("openapi") || name.contains("swagger")
        }
        _ => false,
    }
}

/// What of an exported name a commit changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The line that declares it is gone or another: who uses it may have to follow.
    Declaration,
    /// What stands in it.
    Body,
}

impl Part {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::Body => "body",
        }
    }
}

/// The exported name that a line declares.
pub(super) fn declared(path: &str, line: &str) -> Option<String> {
    let mut patterns = DECLARING.iter();
    patterns.find_map(|(endings, pattern)| {
        let found = endings
            .contains(&ending(path))
            .then(|| pattern.captures(line))??;
        Some(found.get(1)?.as_str().to_owned())
    })
}

/// Exported names that a diff without context changes, by the text before it; what is only added is new, tests are no
/// things that anybody uses.
pub(super) fn changed_in(path: &str, before: &str, diff: &str) -> BTreeMap<String, Part> {
    let lines: Vec<&str> = before.lines().collect();
    let mut found: BTreeMap<String, Part> = BTreeMap::new();
    let mut note = |at: usize, name: String, part: Part| {
        if !is_test(&lines, at, &name) {
            let known = found.entry(name).or_insert(part);
            *known = part.min(*known);
        }
    };
    for hunk in diff.lines().filter_map(|line| line.strip_prefix("@@ -")) {
        let range = hunk.split(' ').next().unwrap_or_default();
        let (start, count) = range.split_once(',').unwrap_or((range, "1"));
        let (Ok(start), Ok(count)) = (start.parse::<usize>(), count.parse::<usize>()) else {
            continue;
        };
        // Lines from 1; what is only added stands behind its line.
        let first = start.saturating_sub(1);
        for at in first..first + count.max(1) {
            let Some(line) = lines.get(at) else { break };
            match declared(path, line) {
                Some(name) if count > 0 => note(at, name, Part::Declaration),
                _ => {
                    if let Some((above, name)) = around(path, &lines, at) {
                        let part = if is_in_signature(&lines, above, at) {
                            Part::Declaration
                        } else {
                            Part::Body
                        };
                        note(above, name, part);
                    }
                }
            }
        }
    }
    found
}

/// The exported declaration around a line: the nearest one above that stands further out, where nothing else does.
fn around(path: &str, lines: &[&str], at: usize) -> Option<(usize, String)> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = lines.get(at).filter(|line| !line.trim().is_empty());
    let mut inner = own.map_or(usize::MAX, |line| indent(line));
    for above in (0..at).rev() {
        let line = lines[above];
        if line.trim().is_empty() || indent(line) >= inner {
            continue;
        }
        inner = indent(line);
        if let Some(name) = declared(path, line) {
            return Some((above, name));
        }
        if line.trim_start().starts_with(['{', ')']) {
            // The end of a signature, which begins as far out.
            inner += 1;
        } else if inner == 0 {
            return None;
        }
    }
    None
}

/// Whether a line stands in the signature that begins above it.
fn is_in_signature(lines: &[&str], above: usize, at: usize) -> bool {
    let between = lines.get(above + 1..at).unwrap_or_default();
    lines[above].trim_end().ends_with('(')
        && !between
            .iter()
            .any(|line| line.trim_start().starts_with(')'))
}

/// Whether what a line declares is a test, by its name and by what stands above it.
fn is_test(lines: &[&str], at: usize, name: &str) -> bool {
    let above = lines.get(at.saturating_sub(3)..at).unwrap_or_default();
    let marks = [
        "@Test",
        "@ParameterizedTest",
        "[Fact",
        "[Theory",
        "[Test",
        "#[test",
        "::test]",
        "@pytest",
    ];
    name.starts_with("test_")
        || name.starts_with("Test")
        || above.iter().any(|line| {
            marks.iter().any(|mark| {
                line.trim_start().starts_with(mark) || line.contains("#[") && line.contains(mark)
            })
        })
}

/// Whether a path is that of tests or of help for them.
pub(super) fn is_test_file(path: &str) -> bool {
    static DIRECTORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(^|/)(__tests__|__mocks__|tests?|testing|testdata|testutils?|fixtures?|mocks?|spec|e2e|[\w.]*\.tests?|[\w.]+tests)/").ok()
    });
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(^|/)(test_[^/]*|conftest|[^/]*([._-](test|tests|spec|stories)|Tests?|TestCase|Spec|IT|Stub|Mock))\.\w+$").ok()
    });
    [&DIRECTORY, &NAME]
        .into_iter()
        .any(|it| it.as_ref().is_some_and(|it| it.is_match(path)))
}

/// Whether a line has a word.
pub(super) fn holds(line: &str, word: &str) -> bool {
    let inner = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        !inner(line[..at].chars().next_back()) && !inner(line[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::{changed_in, holds, is_contract, is_test_file};

    fn changed(path: &str, before: &str, diff: &str) -> String {
        let found = changed_in(path, before, diff);
        let told = found
            .iter()
            .map(|(name, part)| format!("{name} {}", part.name()));
        told.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn declarations_and_bodies_that_change_are_named() {
        let script = "export function total(a: number) {\n  const sum = 1;\n  return sum;\n}\n\nexport const Rate = 1\nfunction own() {\n  return 2;\n}\n";
        assert_eq!(changed("x.ts", script, "@@ -2 +2 @@\n"), "total body");
        assert_eq!(
            changed("x.ts", script, "@@ -1,2 +1,2 @@\n"),
            "total declaration"
        );
        assert_eq!(
            changed("x.ts", script, "@@ -6 +6 @@\n@@ -8 +8 @@\n"),
            "Rate declaration"
        );
        // Only added behind the line.
        assert_eq!(changed("x.ts", script, "@@ -5,0 +6,3 @@\n"), "");
        let go = "func (s *Store) Save(x int) error {\n\treturn nil\n}\n\nfunc save() {\n}\n\nfunc TestSave(t *testing.T) {\n\tfail()\n}\n";
        assert_eq!(
            changed("a.go", go, "@@ -2 +2 @@\n@@ -5 +5 @@\n@@ -9 +9 @@\n"),
            "Save body"
        );
        let rust = "impl A {\n    pub(crate) async fn run(\n        &self,\n    ) {\n        go();\n    }\n}\n";
        assert_eq!(changed("a.rs", rust, "@@ -5 +5 @@\n"), "run body");
        assert_eq!(changed("a.rs", rust, "@@ -3 +3 @@\n"), "run declaration");
        let python = "class A:\n    def run(self):\n        return 1\n\n    def other(self):\n        return 2\n";
        assert_eq!(changed("a.py", python, "@@ -6 +6 @@\n"), "other body");
        let sharp = "    [Fact]\n    public void Works()\n    {\n        Run();\n    }\n    public async Task<int> Count(string a)\n    {\n        return 1;\n    }\n";
        assert_eq!(
            changed("a.cs", sharp, "@@ -4 +4 @@\n@@ -8 +8 @@\n"),
            "Count body"
        );
    }

    #[test]
    fn tests_are_told_by_their_paths() {
        for path in [
            "a/tests/b.py",
            "a/b_test.go",
            "src/a.test.ts",
            "Shop.Tests/Cart.cs",
            "src/CartTest.java",
        ] {
            assert!(is_test_file(path), "{path}");
        }
        for path in ["src/latest.ts", "src/contest/a.go", "src/attest.py"] {
            assert!(!is_test_file(path), "{path}");
        }
    }

    #[test]
    fn words_are_whole() {
        assert!(holds("+ total(1)", "total"));
        assert!(!holds("+ subtotal(1)", "total"));
        assert!(is_contract("specs/001-a/contracts/api.yaml"));
        assert!(!is_contract("src/data.yaml"));
    }
}
