//! The table of aliases: what plans call things, and which packages show that one is there.

use std::sync::LazyLock;

use code::Ecosystem;

/// Things that packages show.
pub(super) static ALIASES: LazyLock<Vec<Alias>> = LazyLock::new(|| {
    include_str!("aliases.tsv")
        .lines()
        .filter_map(read)
        .collect()
});

/// Names by their first byte, the longest first: name, only as code, place in [`ALIASES`].
pub(super) static NAMES: LazyLock<Vec<Vec<Name>>> = LazyLock::new(|| {
    let mut names = vec![Vec::new(); 128];
    let aliases = ALIASES.iter().enumerate();
    let things = aliases.flat_map(|(at, alias)| {
        let names = alias.names.iter();
        names.map(move |&(name, code)| (name, code, Meant::Alias(at)))
    });
    let languages = LANGUAGES.iter().enumerate().flat_map(|(at, language)| {
        let names = language.names.iter();
        names.map(move |&name| (name, false, Meant::Language(at)))
    });
    for (name, code, meant) in things.chain(languages) {
        let first = name.bytes().next().map(usize::from);
        if let Some(list) = first.and_then(|first| names.get_mut(first)) {
            list.push((name, code, meant));
        }
    }
    for list in &mut names {
        list.sort_by_key(|(name, ..)| std::cmp::Reverse(name.len()));
    }
    names
});

/// A name, whether it counts only as code, and what it stands for.
type Name = (&'static str, bool, Meant);

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meant {
    Alias(usize),
    Language(usize),
}

/// A thing that packages show.
pub(super) struct Alias {
    /// Of two in one slot, the one that the newest plan names counts.
    pub(super) slot: Option<&'static str>,
    /// Its version is that of its package.
    pub(super) versioned: bool,
    /// What it is called, and whether that counts only as code.
    pub(super) names: Vec<(&'static str, bool)>,
    /// Packages that show it.
    pub(super) packages: Vec<Package>,
}

/// A package of an ecosystem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) of: Ecosystem,
    /// As its ecosystem compares it; with `rest`, what it begins with.
    pub(crate) name: String,
    pub(crate) rest: bool,
}

impl Package {
    pub(super) fn new(of: Ecosystem, name: &str) -> Self {
        let (name, rest) = match name.strip_suffix('*') {
            Some(name) => (name, true),
            None => (name, false),
        };
        Self {
            of,
            name: of.normal(name),
            rest,
        }
    }
}

/// A language or runtime whose version manifests say.
pub(super) struct Tool {
    pub(super) names: &'static [&'static str],
    /// As [`code::Toolchain`] calls it.
    pub(super) key: &'static str,
    /// How many parts of its version count.
    pub(super) parts: usize,
    /// A bare version in a manifest is the oldest that will do.
    pub(super) oldest: bool,
}

pub(super) static LANGUAGES: [Tool; 8] = [
    Tool {
        names: &["Python"],
        key: "python",
        parts: 2,
        oldest: false,
    },
    Tool {
        names: &["Go", "Golang"],
        key: "go",
        parts: 2,
        oldest: true,
    },
    Tool {
        names: &["Rust"],
        key: "rust",
        parts: 2,
        oldest: true,
    },
    Tool {
        names: &["Node.js", "NodeJS", "Node"],
        key: "node",
        parts: 1,
        oldest: false,
    },
    Tool {
        names: &["Java"],
        key: "java",
        parts: 1,
        oldest: false,
    },
    Tool {
        names: &[".NET"],
        key: "dotnet",
        parts: 1,
        oldest: false,
    },
    Tool {
        names: &["Ruby"],
        key: "ruby",
        parts: 2,
        oldest: false,
    },
    Tool {
        names: &["PHP"],
        key: "php",
        parts: 2,
        oldest: false,
    },
];

/// A line of the table; `None` for a comment.
fn read(line: &'static str) -> Option<Alias> {
    let mut cells = line.split('\t');
    let slot = cells.next().filter(|slot| !slot.starts_with('#'))?;
    let names = cells.next()?.split('|').map(|name| {
        let bare = name.trim_matches('`');
        (bare, bare.len() < name.len())
    });
    let packages = cells.next()?.split(' ').filter_map(|list| {
        let (of, names) = list.split_once(':')?;
        let of = match of {
            "npm" => Ecosystem::Npm,
            "python" => Ecosystem::Python,
            "cargo" => Ecosystem::Cargo,
            "go" => Ecosystem::Go,
            "jvm" => Ecosystem::Jvm,
            "dotnet" => Ecosystem::DotNet,
            "ruby" => Ecosystem::Ruby,
            "php" => Ecosystem::Php,
            _ => return None,
        };
        Some(names.split(',').map(move |name| Package::new(of, name)))
    });
    Some(Alias {
        slot: Some(slot).filter(|slot| !matches!(*slot, "-" | "db")),
        versioned: slot != "db",
        names: names.collect(),
        packages: packages.flatten().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{ALIASES, Meant, NAMES};

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("aliases.tsv").lines();
        let lines: Vec<&str> = lines.filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), ALIASES.len());
        for (line, alias) in lines.iter().zip(ALIASES.iter()) {
            assert!(!alias.packages.is_empty(), "{line}");
            let packages = line.split('\t').nth(2).map_or(0, |cell| {
                cell.split(' ')
                    .map(|list| list.split(',').count())
                    .sum::<usize>()
            });
            assert_eq!(alias.packages.len(), packages, "{line}");
            assert!(
                alias.names.iter().all(|(name, _)| name.is_ascii()),
                "{line}"
            );
        }
    }

    #[test]
    fn a_name_stands_for_one_thing() {
        let mut names: Vec<&str> = NAMES.iter().flatten().map(|(name, ..)| *name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        let python = NAMES[usize::from(b'P')].iter();
        let python = python.filter(|(name, ..)| *name == "Python");
        assert!(
            python
                .map(|(.., meant)| meant)
                .all(|it| matches!(it, Meant::Language(0)))
        );
    }
}
