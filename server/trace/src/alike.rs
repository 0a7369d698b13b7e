//! Likeness of file names: `gerrit_comments.rs` and `GerritComment.rs`, `client.test.ts` and `clientTest.tsx`.
//!
//! Work is often done in a file whose name differs a little from the one that was planned. Such a file proves
//! nothing, but it takes the certainty from *the file never existed*.

use std::collections::BTreeSet;

use code::SourceFacts;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::tree::{ends_with_path, file_name, parent};

/// Words that mark a test and say nothing of what it tests.
const TEST: [&str; 2] = ["test", "spec"];

/// Words, in the singular, that any program has in its file names.
const GENERIC: &[&str] = &[
    "api", "app", "base", "client", "common", "config", "constant", "core", "error", "file",
    "handler", "helper", "impl", "index", "lib", "main", "mod", "model", "schema", "service",
    "store", "type", "util", "utilitie", "utility",
];

/// Extensions that stand for one language.
const FAMILIES: &[(&str, &[&str])] = &[
    (
        "ts",
        &["ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts"],
    ),
    ("yaml", &["yaml", "yml"]),
];

/// Extensions of prose: a page about a thing is not the thing.
const PROSE: &[&str] = &["adoc", "md", "mdx", "rst", "txt"];

/// File names by the words in them.
#[derive(Debug, Default)]
pub struct FileNames {
    names: Vec<Name>,
    by_word: FxHashMap<SmolStr, Vec<u32>>,
    /// By all words as one: `webSocket.ts` and `websocket.ts`.
    by_letters: FxHashMap<SmolStr, Vec<u32>>,
}

/// A file name taken apart.
#[derive(Debug, Default)]
struct Name {
    directory: SmolStr,
    /// Words of the stem, without those of tests.
    words: BTreeSet<SmolStr>,
    letters: String,
    /// Words of the last directory.
    around: BTreeSet<SmolStr>,
    /// Words of all its directories.
    above: BTreeSet<SmolStr>,
    family: SmolStr,
    test: bool,
    end_to_end: bool,
}

impl Name {
    fn of(path: &str) -> Self {
        let (directory, file) = (parent(path), file_name(path));
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let extension = extension.to_ascii_lowercase();
        let family = FAMILIES
            .iter()
            .find(|(_, members)| members.contains(&extension.as_str()))
            .map_or(extension.as_str(), |(family, _)| family);
        let is_test = |word: &SmolStr| TEST.contains(&word.as_str());
        let all = words_of(stem);
        let above: BTreeSet<SmolStr> = directory.split('/').flat_map(words_of).collect();
        let end_to_end = above.contains("e2e") || all.iter().any(|word| word == "e2e");
        let test = all.iter().any(is_test) || above.iter().any(is_test) || above.contains("e2e");
        let kept: Vec<SmolStr> = all.into_iter().filter(|word| !is_test(word)).collect();
        Self {
            directory: directory.into(),
            letters: kept.concat(),
            words: kept.into_iter().collect(),
            around: words_of(file_name(directory)).into_iter().collect(),
            family: family.into(),
            above,
            test,
            end_to_end,
        }
    }

    /// Its words but the generic ones, if something is left then.
    fn telling(&self) -> Vec<&SmolStr> {
        let generic = |word: &SmolStr| GENERIC.contains(&word.as_str());
        let all = self.is_generic();
        self.words
            .iter()
            .filter(|word| all || !generic(word))
            .collect()
    }

    /// Whether `there` could hold what this one was to hold: a test or not, prose or not, end to end if wanted.
    fn is_kind_of(&self, there: &Self) -> bool {
        let prose = |name: &Self| PROSE.contains(&name.family.as_str());
        self.test == there.test
            && prose(self) == prose(there)
            && (there.end_to_end || !self.end_to_end)
    }

    /// Whether it has all these words, and not all of them only by its directory, unless its own say nothing.
    fn has(&self, words: &[&SmolStr]) -> bool {
        let own = |word: &&SmolStr| self.words.contains(word.as_str());
        let all = words
            .iter()
            .all(|word| own(word) || self.around.contains(word.as_str()));
        all && (words.iter().any(own) || self.is_generic())
    }

    /// Whether it is a test in directories that, with its name, have all these words.
    fn is_under(&self, words: &[&SmolStr]) -> bool {
        let known = |word: &&SmolStr| {
            self.words.contains(word.as_str()) || self.above.contains(word.as_str())
        };
        self.test && words.len() > 1 && words.iter().all(known)
    }

    /// Whether it is a test in the directory of this test, and may well have its cases too.
    fn may_test_for(&self, wanted: &Self) -> bool {
        let shared = self.words.intersection(&wanted.words).count();
        wanted.test
            && !wanted.directory.is_empty()
            && ends_with_path(&self.directory, &wanted.directory)
            && (wanted.end_to_end
                || !self.is_generic() && self.words.is_subset(&wanted.words)
                || shared > 1 && shared * 2 >= wanted.words.len())
    }

    fn is_generic(&self) -> bool {
        self.words
            .iter()
            .all(|word| GENERIC.contains(&word.as_str()))
    }
}

impl FileNames {
    /// An index of these paths. Documents below `specs/` and its kin are no work.
    pub fn new<P: AsRef<str>>(paths: impl IntoIterator<Item = P>) -> Self {
        let mut index = Self::default();
        for path in paths {
            index.add(path.as_ref());
        }
        index
    }

    fn add(&mut self, path: &str) {
        let planned = ["specs", ".specify", ".kiro", "openspec"];
        let name = Name::of(path);
        if name.words.is_empty()
            || name.family == "md" && path.split('/').any(|segment| planned.contains(&segment))
        {
            return;
        }
        let at = self.names.len() as u32;
        let directories = if name.test { &name.above } else { &name.around };
        for word in name.words.union(directories) {
            self.by_word.entry(word.clone()).or_default().push(at);
        }
        self.by_letters
            .entry(name.letters.as_str().into())
            .or_default()
            .push(at);
        self.names.push(name);
    }

    /// Whether a file has a name that may be another spelling of this path: the same language, a test if and only if
    /// this is one, and all the words that tell it from others, be it with the words of its directory. A name of
    /// several words may also be that of a file in another language, word for word. A test may also stand in a file of
    /// the same directory that names less, or shares half of its words, and one from end to end in any of them.
    #[must_use]
    pub fn alike(&self, path: &str) -> bool {
        let whole = Name::of(path);
        let telling = whole.telling();
        let Some(rarest) = telling
            .iter()
            .map(|word| self.by_word.get(*word).map_or(&[][..], Vec::as_slice))
            .min_by_key(|places| places.len())
        else {
            return false;
        };
        let spelled = self.by_letters.get(whole.letters.as_str());
        let beside = whole
            .around
            .iter()
            .filter_map(|word| self.by_word.get(word));
        let beside = beside.min_by_key(|places| places.len());
        let mut near = rarest
            .iter()
            .chain(spelled.into_iter().flatten())
            .chain(beside.filter(|_| whole.test).into_iter().flatten());
        near.any(|at| {
            self.names.get(*at as usize).is_some_and(|name| {
                whole.is_kind_of(name)
                    && if name.family == whole.family {
                        name.letters == whole.letters
                            || name.has(&telling)
                            || name.is_under(&telling)
                            || name.may_test_for(&whole)
                    } else {
                        name.words == whole.words && whole.words.len() > 1
                    }
            })
        })
    }
}

/// Whether a file's name says little of its own: `types.ts`, `service_impl.go`, `test_models.py`, or an abbreviation
/// (`po.service.ts`).
#[must_use]
pub fn is_generic_name(path: &str) -> bool {
    let name = Name::of(path);
    let telling = name.telling();
    name.is_generic() || matches!(telling[..], [word] if word.chars().count() <= 3)
}

/// Whether a declaration of a source file has this word in its name: `QwenProvider` has `qwen`. The id of a task
/// (`T012`) stands in titles and comments of tests, so anywhere will do. `facts` are those of the text.
#[must_use]
pub fn declares<'f>(
    text: &str,
    word: &str,
    facts: impl FnOnce() -> Option<&'f SourceFacts>,
) -> bool {
    if let Some(number) = word.strip_prefix('T')
        && number.len() >= 3
        && number.starts_with(|c: char| c.is_ascii_digit())
    {
        let goes_on = |c: char| c.is_alphanumeric() || c == '_';
        return text.match_indices(word).any(|(at, _)| {
            !text[..at].ends_with(goes_on) && !text[at + word.len()..].starts_with(goes_on)
        });
    }
    let mut wanted = words_of(word);
    // `compression` is found in `compress_context`.
    if let [long] = &mut wanted[..]
        && long.is_ascii()
        && long.len() > 7
    {
        *long = long[..long.len() - 3].into();
    }
    let begins = |(part, wanted): (&SmolStr, &SmolStr)| {
        part == wanted || wanted.len() > 4 && part.starts_with(wanted.as_str())
    };
    !wanted.is_empty()
        && facts().is_some_and(|facts| {
            facts.symbols.iter().any(|symbol| {
                words_of(&symbol.name)
                    .windows(wanted.len())
                    .any(|part| part.iter().zip(&wanted).all(begins))
            })
        })
}

/// Words of a name, in lower case and the singular: `HTTPServers2` is `http`, `servers2`; `E2E` is one word.
fn words_of(name: &str) -> Vec<SmolStr> {
    let mut words: Vec<SmolStr> = Vec::new();
    for part in name.split(|c: char| !c.is_alphanumeric()) {
        let letters: Vec<char> = part.chars().collect();
        let mut start = 0;
        for at in 1..=letters.len() {
            let ends = match (letters.get(at - 1), letters.get(at), letters.get(at + 1)) {
                (_, None, _) => true,
                (Some(before), Some(here), after) => {
                    here.is_uppercase()
                        && (!before.is_uppercase() || after.is_some_and(|c| c.is_lowercase()))
                }
                (None, ..) => false,
            };
            if ends {
                push_word(&mut words, &letters[start..at]);
                start = at;
            }
        }
    }
    words
}

fn push_word(words: &mut Vec<SmolStr>, letters: &[char]) {
    let mut word: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    if word.is_empty() {
        return;
    }
    // `E2E` and `OAuth` are cut by their capitals.
    let joins = words.last().is_some_and(|last| {
        (last == "e2" && word == "e") || (last == "o" && word.starts_with("auth"))
    });
    if joins && let Some(last) = words.pop() {
        word.insert_str(0, &last);
    }
    if word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    words.push(word.into());
}

#[cfg(test)]
mod tests {
    use super::{FileNames, declares, is_generic_name, words_of};

    #[test]
    fn names_are_cut_into_words() {
        for (name, words) in [
            ("GerritComments", "gerrit comment"),
            ("MCPSession", "mcp session"),
            ("e2e_OAuth-flow", "e2e oauth flow"),
            ("useE2E", "use e2e"),
            ("index.web", "index web"),
            ("address", "address"),
            ("_", ""),
        ] {
            assert_eq!(words_of(name).join(" "), words, "{name}");
        }
    }

    #[test]
    fn another_spelling_is_alike() {
        for (wanted, there) in [
            ("src/metrics_view.ts", "web/MetricsView.tsx"),
            ("src/error_handling.ts", "frontend/utils/errorHandlings.ts"),
            ("jest.config.js", "jest.config.mjs"),
            ("src/gerrit_service.rs", "src/models/gerrit.rs"),
            ("src/Button.web.tsx", "shared/Button/index.web.tsx"),
            (
                "tests/insert_cycle.lua",
                "tests/test_013_insert_cycle_refuse.lua",
            ),
            (
                "pkg/list_agents_test.go",
                "test/integration/agents_list_test.go",
            ),
            ("src/patterns.go", "lib/path_patterns.go"),
            ("scripts/deploy_staging.ts", ".github/deploy-staging.yml"),
            ("src/qwen.rs", "src/llm/qwen/mod.rs"),
            ("test/quiet_night_test.go", "a/test/quiet_test.go"),
            (
                "t/WorkbenchSecretContractTest.java",
                "a/t/WorkbenchErrorContractTest.java",
            ),
            (
                "tests/cloud-init.test.ts",
                "packages/cloud-init/tests/generate.test.ts",
            ),
            ("tests/e2e/quiet_night.ts", "web/tests/e2e/login.ts"),
            ("src/webSocket.ts", "lib/websocket.ts"),
        ] {
            assert!(FileNames::new([there]).alike(wanted), "{wanted} {there}");
        }
    }

    #[test]
    fn other_files_are_not_alike() {
        for (wanted, there) in [
            ("src/quiet_hours.ts", "src/quiet_days.ts"),
            ("src/quiet.ts", "src/quiet.py"),
            ("src/quiet_hours.ts", "docs/quiet-hours.md"),
            ("src/quiet_hours.ts", "src/quiet_hours.test.ts"),
            ("tests/quiet_hours.ts", "src/quiet_hours.ts"),
            ("tests/e2e/login_flow.ts", "tests/unit/login_flow.ts"),
            ("test/quiet_night_test.go", "a/test/quiet_day_test.go"),
            ("test/quiet_night_test.go", "other/quiet_test.go"),
            ("docs/quiet_hours.md", "specs/001-a/quiet_hours.md"),
            ("src/.env", "src/.env"),
        ] {
            assert!(!FileNames::new([there]).alike(wanted), "{wanted} {there}");
        }
    }

    #[test]
    fn some_names_say_nothing() {
        for path in [
            "src/types.ts",
            "a/service_impl.go",
            "tests/test_models.py",
            "src/mod.rs",
            "src/po.service.ts",
        ] {
            assert!(is_generic_name(path), "{path}");
        }
        for path in ["src/quiet_hours.ts", "src/user_service.go"] {
            assert!(!is_generic_name(path), "{path}");
        }
    }

    #[test]
    fn a_word_in_a_declared_name() {
        let declares = |text: &str, word: &str| {
            let facts = code::read_path("src/mod.rs", text, &|| false);
            declares(text, word, || facts.as_ref())
        };
        let text = "//! qdrant\npub struct QwenProvider;\n";
        assert!(declares(text, "qwen"));
        assert!(!declares(text, "qdrant"));
        assert!(!declares(text, "wen"));
        let text = "fn compress_context() {}\n";
        assert!(declares(text, "compression"));
        assert!(!declares(text, "comparison"));
    }
}
