//! Where the tests of new files belong: as the project's own tests stand to the code they test.

use rustc_hash::FxHashMap;
use trace::{Feature, Graph};

use super::layer::Layer;
use super::telling::words;
use super::work::{TestFile, Work};
use crate::tasks::ground;

/// More files than this are not looked at.
const MOST: usize = 50_000;

/// A file of code with the file that tests it.
struct Pair {
    code: Code,
    /// Directory of the test.
    test_dir: String,
    /// What stands before and behind the code's name in that of the test.
    around: (String, String),
}

/// A file taken apart.
#[derive(Clone)]
struct Code {
    dir: String,
    stem: String,
    extension: String,
}

/// One test for each new file of code whose neighbours mostly have one.
pub(super) fn tests(graph: &Graph, feature: &Feature, work: &Work<'_>) -> Vec<TestFile> {
    let project = feature.project.path.as_str();
    let below = graph.inputs().tree.below(feature.root, project).take(MOST);
    let paths: Vec<String> = below
        .filter_map(|(_, path)| ground::from_project(feature, path))
        .filter(|path| code::is_source_path(path))
        .collect();
    let (tests, codes): (Vec<&String>, Vec<&String>) =
        paths.iter().partition(|path| code::is_test_path(path));
    let codes: Vec<Code> = codes.into_iter().filter_map(|path| apart(path)).collect();
    let pairs = pairs(&codes, &tests);
    let mut found: Vec<TestFile> = Vec::new();
    for piece in work.pieces.iter().filter(|piece| {
        !piece.exists && !piece.is_gone && !matches!(piece.layer, Layer::Settings | Layer::Wiring)
    }) {
        let Some(code) = piece.path.as_deref().and_then(apart) else {
            continue;
        };
        let path = placed(&code, &codes, &pairs);
        let is_new = |path: &String| !found.iter().any(|known| known.path == *path);
        found.extend(path.filter(is_new).map(|path| TestFile {
            words: words(&path, ""),
            path,
            story: piece.story,
            is_shared: piece.story.is_none(),
        }));
    }
    found
}

fn apart(path: &str) -> Option<Code> {
    let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = name.split_once('.')?;
    let plain = code::is_source_path(path) && !code::is_test_path(path) && !stem.is_empty();
    plain.then(|| Code {
        dir: dir.to_owned(),
        stem: stem.to_owned(),
        extension: extension.to_owned(),
    })
}

/// Each test that is called like a file of code, with the nearest such file.
fn pairs(codes: &[Code], tests: &[&String]) -> Vec<Pair> {
    let mut named: FxHashMap<&str, Vec<&Code>> = FxHashMap::default();
    for code in codes {
        named.entry(code.stem.as_str()).or_default().push(code);
    }
    let paired = tests.iter().filter_map(|path| {
        let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (prefix, bare, suffix) = ground::test_name(name)?;
        let called = named.get(bare)?;
        let near = |code: &&&Code| shared(&code.dir, dir) + shared_ends(&code.dir, dir);
        let code = called
            .iter()
            .filter(|code| same_language(&code.extension, suffix))
            .max_by_key(near)?;
        Some(Pair {
            code: (*code).clone(),
            test_dir: dir.to_owned(),
            around: (prefix.to_owned(), suffix.to_owned()),
        })
    });
    paired.collect()
}

/// Whether a file of code may be tested by one with this end: `ts` by `.test.ts`, `tsx` by `.spec.tsx`.
fn same_language(extension: &str, suffix: &str) -> bool {
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    last(extension) == last(suffix)
}

/// The path of the test of a new file, if most files around it have one.
fn placed(new: &Code, codes: &[Code], pairs: &[Pair]) -> Option<String> {
    let alike = |code: &Code| code.extension == new.extension;
    let level = pairs
        .iter()
        .filter(|pair| alike(&pair.code))
        .map(|pair| shared(&pair.code.dir, &new.dir))
        .max()?;
    let near = |code: &Code| alike(code) && shared(&code.dir, &new.dir) == level;
    let tested: Vec<&Pair> = pairs.iter().filter(|pair| near(&pair.code)).collect();
    let mut dirs: Vec<(&str, &str)> = tested
        .iter()
        .map(|pair| (pair.code.dir.as_str(), pair.code.stem.as_str()))
        .collect();
    dirs.sort_unstable();
    dirs.dedup();
    let around = codes.iter().filter(|code| near(code)).count();
    if dirs.len() * 5 < around * 2 {
        return None;
    }
    let mut votes: Vec<(usize, String)> = Vec::new();
    for pair in tested {
        let Some(dir) = moved(&pair.code.dir, &pair.test_dir, &new.dir) else {
            continue;
        };
        let (prefix, suffix) = &pair.around;
        let slash = if dir.is_empty() { "" } else { "/" };
        let path = format!("{dir}{slash}{prefix}{}{suffix}", new.stem);
        match votes.iter_mut().find(|(_, known)| *known == path) {
            Some((votes, _)) => *votes += 1,
            None => votes.push((1, path)),
        }
    }
    let best = votes.into_iter().max_by_key(|(votes, _)| *votes)?;
    code::is_test_path(&best.1).then_some(best.1)
}

/// The directory that stands to `new` as `test` does to `code`.
fn moved(code: &str, test: &str, new: &str) -> Option<String> {
    if let Some(below) = test.strip_prefix(code)
        && (below.is_empty() || below.starts_with('/') || code.is_empty())
    {
        return Some(format!("{new}{below}").trim_start_matches('/').to_owned());
    }
    let same = shared_ends(code, test);
    let without = |path: &str| {
        let names: Vec<&str> = path.split('/').collect();
        names[..names.len() - same].join("/")
    };
    let (from, to) = (without(code), without(test));
    let rest = new.strip_prefix(from.as_str())?;
    if same == 0 {
        return Some(to);
    }
    rest.starts_with('/').then(|| format!("{to}{rest}"))
}

/// How many names two directories begin with alike.
fn shared(one: &str, other: &str) -> usize {
    let both = one.split('/').zip(other.split('/'));
    both.take_while(|(one, other)| one == other).count()
}

/// How many names two directories end with alike.
fn shared_ends(one: &str, other: &str) -> usize {
    let both = one.rsplit('/').zip(other.rsplit('/'));
    both.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn a_test_stands_to_new_code_as_another_does_to_its_own() {
        let check = |code, test, new, expected: Option<&str>| {
            assert_eq!(moved(code, test, new).as_deref(), expected);
        };
        check(
            "api/chore",
            "api/chore",
            "api/withdrawal",
            Some("api/withdrawal"),
        );
        check(
            "src/lib",
            "src/lib/__tests__",
            "src/hooks",
            Some("src/hooks/__tests__"),
        );
        check(
            "src/shop/cart",
            "tests/shop/cart",
            "src/shop/till",
            Some("tests/shop/till"),
        );
        check(
            "app/models",
            "tests/unit/models",
            "app/services",
            Some("tests/unit/services"),
        );
        check("app/models", "tests", "app/models", Some("tests"));
        check("app/models", "tests", "lib/models", None);
    }
}
