//! Exported names that the lines of a diff declare, by the keywords of each language: small on purpose.

use std::collections::BTreeSet;
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
    SOURCES.contains(&ending(path)) && !path.contains("node_modules/") && !path.contains("vendor/")
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

/// Exported names whose declaration a diff takes away or writes anew; what is only added is new.
pub(super) fn names_in(path: &str, diff: &str) -> BTreeSet<String> {
    let removed = diff
        .lines()
        .filter(|line| line.starts_with('-') && !line.starts_with("---"));
    let mut names = BTreeSet::new();
    for line in removed.filter_map(|line| line.get(1..)) {
        for (endings, pattern) in DECLARING.iter() {
            if endings.contains(&ending(path))
                && let Some(name) = pattern.captures(line).and_then(|found| found.get(1))
            {
                names.insert(name.as_str().to_owned());
            }
        }
    }
    names
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
    use super::{holds, is_contract, names_in};

    #[test]
    fn declarations_that_go_are_named() {
        let diff = "--- a/x.ts\n-export function total(a: number) {\n-  const total = 1;\n+export function sum() {\n-export const Rate = 1\n";
        let names: Vec<String> = names_in("x.ts", diff).into_iter().collect();
        assert_eq!(names, ["Rate", "total"]);
        let go = names_in(
            "a.go",
            "-func (s *Store) Save(x int) error {\n-func save() {\n",
        );
        assert_eq!(go.into_iter().collect::<Vec<_>>(), ["Save"]);
        let rust = names_in(
            "a.rs",
            "-    pub(crate) async fn run(&self) {\n-fn hidden() {}\n",
        );
        assert_eq!(rust.into_iter().collect::<Vec<_>>(), ["run"]);
        let sharp = names_in("a.cs", "-    public async Task<int> Count(string a)\n");
        assert_eq!(sharp.into_iter().collect::<Vec<_>>(), ["Count"]);
    }

    #[test]
    fn words_are_whole() {
        assert!(holds("+ total(1)", "total"));
        assert!(!holds("+ subtotal(1)", "total"));
        assert!(is_contract("specs/001-a/contracts/api.yaml"));
        assert!(!is_contract("src/data.yaml"));
    }
}
