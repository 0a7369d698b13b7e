//! Where the settings of a project let imports of scripts lead: `@/lib/money` is in `src/`.

use code::Aliases;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use crate::RootId;
use crate::tree::{Tree, file_name, join, parent};

/// Settings that build upon each other more often than this go round.
const DEEPEST: usize = 8;

/// What an import of a script may end in.
const ENDINGS: [&str; 13] = [
    "",
    ".ts",
    ".tsx",
    ".d.ts",
    ".js",
    ".jsx",
    ".mjs",
    ".svelte",
    ".vue",
    "/index.ts",
    "/index.tsx",
    "/index.js",
    "/index.jsx",
];

/// Patterns of one directory's settings.
#[derive(Debug, Clone)]
struct Patterns {
    /// `tsconfig.json` before others.
    rank: (bool, SmolStr),
    /// What stands for a `*` or for the name itself, from the root.
    paths: Vec<(SmolStr, Vec<String>)>,
    /// The directory that names without a dot begin at.
    base: Option<String>,
}

/// Names that settings give to directories, by the directories that they hold for.
#[derive(Debug, Clone, Default)]
pub(super) struct Directories {
    all: FxHashMap<(RootId, SmolStr), Vec<Patterns>>,
}

/// Where an import leads.
pub(super) enum Lead {
    /// To a file.
    File(FileId),
    /// Settings have a name for it, and no file is there.
    Nowhere,
    /// Settings say nothing of it.
    Unsaid,
}

impl Directories {
    /// `packages`: the directory of a package, for settings that build upon those of one.
    pub(super) fn of<'s>(
        settings: impl IntoIterator<Item = (RootId, &'s str, &'s Aliases)>,
        packages: impl Fn(&str) -> Option<(RootId, SmolStr)>,
    ) -> Self {
        let known: FxHashMap<(RootId, &str), &Aliases> = settings
            .into_iter()
            .map(|(root, path, aliases)| ((root, path), aliases))
            .collect();
        let mut directories = Self::default();
        for (root, path) in known.keys() {
            let own = Chain {
                known: &known,
                packages: &packages,
            };
            let (paths, base) = own.read((*root, path), 0);
            if paths.is_none() && base.is_none() {
                continue;
            }
            let name = file_name(path);
            let all = directories
                .all
                .entry((*root, parent(path).into()))
                .or_default();
            all.push(Patterns {
                rank: (name != "tsconfig.json", name.into()),
                paths: paths.unwrap_or_default(),
                base,
            });
        }
        for all in directories.all.values_mut() {
            all.sort_by(|a, b| a.rank.cmp(&b.rank));
        }
        directories
    }

    /// Where an import of a source leads by the settings of the nearest directory around it that has some.
    pub(super) fn lead(&self, tree: &Tree, root: RootId, path: &str, written: &str) -> Lead {
        if self.all.is_empty() || written.starts_with('.') || written.starts_with('/') {
            return Lead::Unsaid;
        }
        let mut at = parent(path);
        let mut is_named = false;
        loop {
            for patterns in self.all.get(&(root, at.into())).into_iter().flatten() {
                match patterns.lead(tree, root, written) {
                    Lead::File(file) => return Lead::File(file),
                    Lead::Nowhere => is_named = true,
                    Lead::Unsaid => {}
                }
            }
            if is_named {
                return Lead::Nowhere;
            }
            if at.is_empty() {
                return Lead::Unsaid;
            }
            at = parent(at);
        }
    }
}

impl Patterns {
    fn lead(&self, tree: &Tree, root: RootId, written: &str) -> Lead {
        // The longest beginning wins, a name without a `*` before all.
        let matching = self.paths.iter().filter_map(|(pattern, targets)| {
            let (head, rest) = match pattern.split_once('*') {
                None => (usize::MAX, (pattern == written).then_some("")?),
                Some((head, tail)) => {
                    let rest = written.strip_prefix(head)?.strip_suffix(tail)?;
                    (head.len(), rest)
                }
            };
            Some((head, rest, targets))
        });
        let best = matching.max_by_key(|(head, ..)| *head);
        if let Some((head, rest, targets)) = best {
            let mut files = targets
                .iter()
                .filter_map(|target| file(tree, root, &target.replacen('*', rest, 1)));
            if let Some(file) = files.next() {
                return Lead::File(file);
            }
            if head > 0 {
                return Lead::Nowhere;
            }
        }
        let below = self.base.as_ref().and_then(|base| join(base, written));
        let found = below.and_then(|path| file(tree, root, &path));
        found.map_or(Lead::Unsaid, Lead::File)
    }
}

/// The file that a path without its ending means.
fn file(tree: &Tree, root: RootId, path: &str) -> Option<FileId> {
    let found = ENDINGS
        .iter()
        .find_map(|end| tree.file(root, &format!("{path}{end}")));
    // What is written in one language is named as it will be translated.
    let bare = || {
        [".js", ".mjs", ".jsx"]
            .iter()
            .find_map(|end| path.strip_suffix(end))
    };
    found.or_else(|| {
        let bare = bare()?;
        let ends = [".ts", ".tsx", ".mts"].iter();
        ends.copied()
            .find_map(|end| tree.file(root, &format!("{bare}{end}")))
    })
}

struct Chain<'c, F> {
    known: &'c FxHashMap<(RootId, &'c str), &'c Aliases>,
    packages: &'c F,
}

type Read = (Option<Vec<(SmolStr, Vec<String>)>>, Option<String>);

impl<F: Fn(&str) -> Option<(RootId, SmolStr)>> Chain<'_, F> {
    /// Patterns and base of some settings, with those that they build upon.
    fn read(&self, (root, path): (RootId, &str), depth: usize) -> Read {
        let Some(own) = self.known.get(&(root, path)).filter(|_| depth < DEEPEST) else {
            return (None, None);
        };
        let (mut paths, mut base): Read = (None, None);
        for extended in &own.extends {
            let Some((of, there)) = self.extended(root, path, extended) else {
                continue;
            };
            // Directories of another root are none of this one.
            let (more, other) = self.read((of, &there), depth + 1);
            if of == root {
                paths = more.or(paths);
                base = other.or(base);
            }
        }
        let here = parent(path);
        if let Some(own) = &own.base {
            base = join(here, own);
        }
        if let Some(own) = &own.paths {
            let from = base.as_deref().unwrap_or(here);
            let lead = |target: &SmolStr| join(from, target);
            let read = own.iter().map(|(pattern, targets)| {
                (pattern.clone(), targets.iter().filter_map(lead).collect())
            });
            paths = Some(read.collect());
        }
        (paths, base)
    }

    /// The file of settings that others build upon.
    fn extended(&self, root: RootId, path: &str, written: &str) -> Option<(RootId, String)> {
        let (of, at) = if written.starts_with('.') {
            (root, join(parent(path), written)?)
        } else {
            let (of, directory) = (self.packages)(written)?;
            let parts = if written.starts_with('@') { 2 } else { 1 };
            let inner: Vec<&str> = written.split('/').skip(parts).collect();
            (of, join(&directory, &inner.join("/"))?)
        };
        let ends = ["", ".json", "/tsconfig.json"].iter();
        let mut places = ends.map(|end| join("", &format!("{at}{end}")));
        places.find_map(|place| {
            let place = place?;
            self.known
                .contains_key(&(of, place.as_str()))
                .then_some((of, place))
        })
    }
}
