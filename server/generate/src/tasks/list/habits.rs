//! Which kinds of files import which, as the code that is there has it: a new file will hardly do otherwise.
//!
//! Counted are the imports of the sources that the graph knows, tests left out. A kind is a directory, where two directories
//! part, what a file is by the last word of its name, or the last name of its directory.

use rustc_hash::{FxHashMap, FxHashSet};
use text::FileId;
use trace::{Feature, Graph};

use super::layer::is_said_of_kinds;
use super::telling::stem;
use crate::tasks::ground;

/// Fewer imports are no habit.
const LEAST: usize = 3;

/// So many times as many one way as the other way.
const AHEAD: usize = 4;

/// Most imports that are counted.
const MOST: usize = 100_000;

/// Marks a kind that is a directory.
const DIRECTORY: char = '/';

/// How often files of one kind import those of another.
#[derive(Debug, Default)]
pub(super) struct Habits {
    counted: FxHashMap<(String, String), usize>,
    /// Directories that more directories import than they import.
    libraries: FxHashSet<String>,
}

impl Habits {
    /// Those of the project of a feature.
    pub(super) fn of(graph: &Graph, feature: &Feature) -> Self {
        let mut all = Self::default();
        let tree = &graph.inputs().tree;
        let mut sources: Vec<FileId> = graph.inputs().sources.keys().copied().collect();
        sources.sort_unstable();
        let imports = sources.into_iter().flat_map(|file| {
            let from = tree.path(file).filter(|(root, _)| *root == feature.root);
            let from = from.and_then(|(_, path)| ground::from_project(feature, path));
            let from = from.filter(|path| !code::is_test_path(path));
            let needed = from.iter().flat_map(|_| graph.imports_of(file));
            let needed: Vec<String> = needed
                .filter_map(|path| ground::from_project(feature, &path))
                .filter(|path| !code::is_test_path(path))
                .collect();
            needed
                .into_iter()
                .filter_map(move |needed| Some((from.clone()?, needed)))
        });
        for (from, needed) in imports.take(MOST) {
            let kinds: FxHashSet<(String, String)> =
                kinds(&from, &needed).into_iter().flatten().collect();
            for kind in kinds {
                *all.counted.entry(kind).or_default() += 1;
            }
        }
        all.find_libraries();
        all
    }

    fn find_libraries(&mut self) {
        // By how many a directory is imported, and how many it imports.
        let mut sides: FxHashMap<&str, [usize; 2]> = FxHashMap::default();
        for (one, other) in self.counted.keys() {
            if let Some((one, other)) = one
                .strip_prefix(DIRECTORY)
                .zip(other.strip_prefix(DIRECTORY))
            {
                sides.entry(other).or_default()[0] += 1;
                sides.entry(one).or_default()[1] += 1;
            }
        }
        let libraries = sides
            .into_iter()
            .filter(|(_, [by, of])| *by >= LEAST && by > of);
        self.libraries = libraries.map(|(dir, _)| dir.to_owned()).collect();
    }

    /// Whether files of several directories import those of this one's, and not those of as many import from it.
    pub(super) fn is_library(&self, path: &str) -> bool {
        let (dir, _) = path.rsplit_once('/').unwrap_or_default();
        self.libraries.contains(dir)
    }

    /// Whether a file like the first imports one like the second (`Some(true)`), or the other way round; `None` where the code
    /// that is there does not tell.
    pub(super) fn needs(&self, one: &str, other: &str) -> Option<bool> {
        if self.counted.is_empty() {
            return None;
        }
        let count = |kind: &(String, String)| self.counted.get(kind).copied().unwrap_or(0);
        kinds(one, other)
            .into_iter()
            .flatten()
            .find_map(|(of, on)| {
                let there = count(&(of.clone(), on.clone()));
                let back = count(&(on, of));
                if there >= LEAST && there >= back * AHEAD {
                    Some(true)
                } else if back >= LEAST && back >= there * AHEAD {
                    Some(false)
                } else {
                    None
                }
            })
    }
}

/// What two files are to each other, the closest first: their directories, the directories where their paths part, what their
/// names say they are, the last names of their directories. Nothing where both are of one kind.
fn kinds(one: &str, other: &str) -> [Option<(String, String)>; 4] {
    let pair = |mark: char, one: &str, other: &str| {
        (one != other && !one.is_empty() && !other.is_empty())
            .then(|| (format!("{mark}{one}"), format!("{mark}{other}")))
    };
    let dir = |path: &str| {
        path.rsplit_once('/')
            .map_or(String::new(), |(dir, _)| dir.to_owned())
    };
    let (from, to) = (dir(one), dir(other));
    let (near, far) = parted(&from, &to);
    let role = |path: &str| {
        if path.ends_with('/') {
            String::new()
        } else {
            role(path)
        }
    };
    let last = |dir: &str| dir.rsplit('/').next().unwrap_or_default().to_lowercase();
    [
        pair(DIRECTORY, &from, &to),
        pair('^', near, far),
        pair('.', &role(one), &role(other)),
        pair('~', &last(&from), &last(&to)),
    ]
}

/// The heads of two directories up to the first name that they have not in common.
fn parted<'d>(one: &'d str, other: &'d str) -> (&'d str, &'d str) {
    let same: usize = one
        .split('/')
        .zip(other.split('/'))
        .take_while(|(one, other)| one == other)
        .map(|(name, _)| name.len() + 1)
        .sum();
    let head = |dir: &'d str| {
        let rest = dir.get(same..).unwrap_or_default();
        let end = rest.find('/').map_or(dir.len(), |at| same + at);
        if rest.is_empty() { "" } else { &dir[..end] }
    };
    (head(one), head(other))
}

/// The last word of a name, where it says what kind of file it is.
fn role(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (bare, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let words = ground::words_of(bare);
    if words.first().is_some_and(|word| word == "use") && stem(path) != "use" {
        return "use".to_owned();
    }
    let last = words.last().map(String::as_str).unwrap_or_default();
    let one = last
        .strip_suffix('s')
        .filter(|one| one.len() > 3)
        .unwrap_or(last);
    if words.len() > 1 || is_said_of_kinds(last) {
        one.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{kinds, parted, role};

    #[test]
    fn directories_part_at_the_first_other_name() {
        assert_eq!(
            parted("src/app/cart", "src/lib/export/pdf"),
            ("src/app", "src/lib")
        );
        assert_eq!(parted("src/app", "src/app/cart"), ("", "src/app/cart"));
        assert_eq!(parted("src", "src"), ("", ""));
    }

    #[test]
    fn names_say_what_kind_a_file_is() {
        assert_eq!(role("src/cart.service.ts"), "service");
        assert_eq!(role("src/modules/cart/services.ts"), "service");
        assert_eq!(role("web/useCart.ts"), "use");
        assert_eq!(role("src/cart.ts"), "");
    }

    #[test]
    fn files_of_one_kind_say_nothing() {
        assert!(
            kinds("src/cart.ts", "src/till.ts")
                .into_iter()
                .flatten()
                .next()
                .is_none()
        );
    }
}
