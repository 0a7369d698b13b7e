//! Files of tests that are called after a file: `cart.test.ts`, `cart_test.go`, `test_cart.py`, `CartTests.cs`.

use text::FileId;

use crate::Graph;
use crate::tree::{file_name, parent};

/// Files of one name that are told; a name that more have says nothing.
const MOST: usize = 3;

/// The files of tests that a file has by its name, the nearest ones only.
pub(super) fn of(graph: &Graph, file: FileId) -> Vec<FileId> {
    let tree = &graph.inputs().tree;
    let Some((root, path)) = tree.path(file) else {
        return Vec::new();
    };
    if !code::is_source_path(path) || code::is_test_path(path) {
        return Vec::new();
    }
    let Some((stem, ending)) = parts(path) else {
        return Vec::new();
    };
    let mut found: Vec<(usize, FileId)> = Vec::new();
    for (test, of, other) in tree.files() {
        if of != root || !code::is_test_path(other) {
            continue;
        }
        let Some((name, kind)) = parts(other) else {
            continue;
        };
        if family(kind) == family(ending) && subject(name).is_some_and(|it| alike(it, stem)) {
            found.push((shared(path, other), test));
        }
    }
    let most = found
        .iter()
        .map(|(shared, _)| *shared)
        .max()
        .unwrap_or_default();
    found.retain(|(shared, _)| *shared == most);
    found.sort_unstable();
    // Names that many files have tell only beside the file.
    let beside = |test: FileId| {
        let around = parent(tree.path_str(test));
        let inner = ["__tests__", "tests", "test"].contains(&file_name(around));
        around == parent(path) || inner && parent(around) == parent(path)
    };
    if found.len() > MOST || is_common(stem) {
        found.retain(|(_, test)| beside(*test));
    }
    found.into_iter().map(|(_, test)| test).take(MOST).collect()
}

/// The name without its ending, and the ending.
fn parts(path: &str) -> Option<(&str, &str)> {
    let (stem, ending) = file_name(path).rsplit_once('.')?;
    Some((stem, ending))
}

/// What a file of tests is about, by its name.
fn subject(stem: &str) -> Option<&str> {
    let before = stem.strip_prefix("test_");
    let marks = [
        ".test", ".spec", "_test", "_tests", "_spec", "-test", ".tests", "Tests", "Test", "Spec",
        "IT",
    ];
    let behind = || marks.iter().find_map(|mark| stem.strip_suffix(mark));
    let subject = before.or_else(behind).unwrap_or(stem);
    (!subject.is_empty()).then_some(subject)
}

/// Equal but for how words are joined: `tax_rate` and `TaxRate`.
fn alike(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    one == other || plain(one) == plain(other)
}

fn family(ending: &str) -> &str {
    match ending {
        "tsx" | "js" | "jsx" | "mjs" | "cjs" | "mts" | "svelte" | "vue" => "ts",
        "kt" | "scala" => "java",
        other => other,
    }
}

fn is_common(stem: &str) -> bool {
    [
        "index",
        "main",
        "mod",
        "lib",
        "__init__",
        "utils",
        "types",
        "helpers",
        "constants",
        "config",
    ]
    .contains(&stem)
}

/// Segments of directories that two paths have in common, wherever they stand.
fn shared(one: &str, other: &str) -> usize {
    let segments: Vec<&str> = parent(one).split('/').collect();
    parent(other)
        .split('/')
        .filter(|segment| segments.contains(segment))
        .count()
}

#[cfg(test)]
mod tests {
    use super::{alike, shared, subject};

    #[test]
    fn names_of_tests_tell_their_subject() {
        for (stem, expected) in [
            ("cart.test", "cart"),
            ("cart_test", "cart"),
            ("test_cart", "cart"),
            ("CartTests", "Cart"),
            ("cart", "cart"),
        ] {
            assert_eq!(subject(stem), Some(expected), "{stem}");
        }
        assert!(alike("tax_rate", "TaxRate"));
        assert!(!alike("tax", "taxes"));
        assert_eq!(shared("src/shop/cart.py", "tests/shop/test_cart.py"), 1);
    }
}
