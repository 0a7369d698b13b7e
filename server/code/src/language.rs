//! Which language a file is written in, and whether it can hold tests: by its path alone.

use crate::languages::{self, Definition};
use serde::{Deserialize, Serialize};

include!(concat!(env!("OUT_DIR"), "/registered.rs"));

macro_rules! languages {
    ($([$module:ident $variant:ident])*) => {
        /// A language whose symbols and tests we read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Language { $(
            #[doc = concat!("`languages/", stringify!($module), ".rs`")]
            $variant,
        )* }

        impl Language {
            /// Every language.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            pub(crate) fn definition(self) -> &'static Definition {
                match self { $(Self::$variant => &languages::$module::DEFINITION,)* }
            }
        }
    };
}

registered!(languages);

impl Language {
    /// The language of a path, by its extension.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let extension = extension(path);
        Self::ALL
            .iter()
            .copied()
            .find(|language| language.definition().extensions.contains(&extension))
    }
}

/// Extensions of source files that we read without knowing their language.
const PLAIN: &[&str] = &[
    "astro", "clj", "cljs", "dart", "elm", "erl", "ex", "exs", "fs", "fsx", "gradle", "graphql",
    "groovy", "hs", "jl", "lua", "m", "mm", "nim", "pl", "pm", "proto", "ps1", "r", "sol",
    "svelte", "vb", "vue", "zig", "zsh",
];

/// Extension of Cucumber's feature files.
pub(crate) const GHERKIN: &str = "feature";

/// Whether a path names a source file, by its extension.
#[must_use]
pub fn is_source_path(path: &str) -> bool {
    let extension = extension(path);
    Language::of_path(path).is_some() || PLAIN.contains(&extension) || extension == GHERKIN
}

/// What follows the last dot of the file name; `""` without one.
pub(crate) fn extension(path: &str) -> &str {
    match file_name(path).rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    }
}

pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Directory names that hold tests.
const TEST_DIRECTORIES: &[&str] = &[
    "__tests__",
    "androidTest",
    "cypress",
    "e2e",
    "integration-tests",
    "integration_tests",
    "spec",
    "test",
    "tests",
    "unittests",
];

/// Whether a path looks like a file of tests: `tests/`, `__tests__/`, `*.test.ts`, `*.spec.ts`, `test_*.py`,
/// `*_test.go`, `FooTest.java`, `FooTests.cs` and their kin.
///
/// A guess from the name: Rust keeps unit tests in any file.
#[must_use]
pub fn is_test_path(path: &str) -> bool {
    if !is_source_path(path) {
        return false;
    }
    let name = file_name(path);
    let directories = &path[..path.len() - name.len()];
    if directories
        .split(['/', '\\'])
        .any(|directory| TEST_DIRECTORIES.contains(&directory))
    {
        return true;
    }
    let extension = extension(path);
    if extension == GHERKIN {
        return true;
    }
    let stem = &name[..name.len().saturating_sub(extension.len() + 1)];
    let ends = |endings: &[&str]| endings.iter().any(|ending| stem.ends_with(ending));
    if ends(&[".test", ".spec", ".cy", ".e2e", "_test", "_tests", "_spec"])
        || stem.starts_with("test_")
    {
        return true;
    }
    match extension {
        "java" | "kt" | "kts" | "cs" | "scala" | "swift" | "php" | "groovy" | "cpp" | "cc"
        | "cxx" => ends(&["Test", "Tests", "Spec", "IT", "TestCase"]),
        "bats" => true,
        "rs" | "py" => matches!(stem, "test" | "tests" | "conftest"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_is_found_by_extension() {
        assert_eq!(Language::of_path("src/a.rs"), Some(Language::Rust));
        assert_eq!(Language::of_path("a.test.tsx"), Some(Language::Tsx));
        assert_eq!(Language::of_path("x/y.mjs"), Some(Language::JavaScript));
        assert_eq!(Language::of_path("types.d.ts"), Some(Language::TypeScript));
        assert_eq!(Language::of_path("main.go"), Some(Language::Go));
        assert_eq!(Language::of_path("main.zig"), None);
        assert_eq!(Language::of_path(".rs"), None);
        assert_eq!(Language::of_path("dir.rs/README"), None);
        assert!(is_source_path("main.zig") && !is_source_path("spec.md"));
    }

    #[test]
    fn no_extension_belongs_to_two_languages() {
        let mut seen: Vec<&str> = PLAIN.to_vec();
        for language in Language::ALL {
            seen.extend(language.definition().extensions);
        }
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }

    #[test]
    fn test_files_are_known_by_name() {
        for path in [
            "tests/a.rs",
            "src/__tests__/a.ts",
            "a.test.ts",
            "a.spec.tsx",
            "test_a.py",
            "a_test.py",
            "pkg/a_test.go",
            "src/test/java/A.java",
            "FooTests.cs",
            "StoreTest.cpp",
            "spec/models/store_spec.rb",
            "src/tests.rs",
            "features/login.feature",
        ] {
            assert!(is_test_path(path), "{path}");
        }
        for path in [
            "src/a.rs",
            "contest.py",
            "latest.ts",
            "tests/data.json",
            "Latest.java",
        ] {
            assert!(!is_test_path(path), "{path}");
        }
    }
}
