//! What one source sees of the others: files and directories that its imports lead to, and what its language lets it see
//! without an import.

use code::{Import, Language};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use super::aliases::Lead;
use super::packages::Packages;
use crate::inputs::SourceFile;
use crate::tree::{join, parent};
use crate::{Graph, RootId};

/// Where the imports of a source lead.
#[derive(Debug, Default)]
pub(super) struct Sight {
    /// Files, each with the import that leads there.
    files: FxHashMap<FileId, u32>,
    /// Directories, with whether what lies deeper is meant, too.
    directories: Vec<(RootId, SmolStr, bool, u32)>,
    /// Imports that lead nowhere in the workspace, as far as is known.
    pub(super) open: Vec<u32>,
}

/// Endings of what an import may name without one.
const ENDINGS: [&str; 16] = [
    ".ts",
    ".tsx",
    ".js",
    ".jsx",
    ".mjs",
    ".svelte",
    ".vue",
    ".astro",
    ".py",
    ".rb",
    ".php",
    ".swift",
    ".h",
    ".hpp",
    "/index.ts",
    "/index.js",
];

impl Sight {
    pub(super) fn of(
        graph: &Graph,
        packages: &Packages,
        file: FileId,
        source: &SourceFile,
    ) -> Self {
        let mut sight = Self::default();
        let Some((root, path)) = graph.inputs().tree.path(file) else {
            return sight;
        };
        for (at, import) in (0..).zip(&source.facts.imports) {
            let tree = &graph.inputs().tree;
            let lead = match source.facts.language {
                Some(Language::JavaScript | Language::TypeScript | Language::Tsx) => {
                    packages.lead(tree, root, path, &import.path)
                }
                _ => Lead::Unsaid,
            };
            let mut found = match lead {
                Lead::File(other) => vec![other],
                // Settings say where it would be: what is called alike elsewhere is not it.
                Lead::Nowhere => Vec::new(),
                Lead::Unsaid => guessed(graph, (root, path), file, source, import),
            };
            if found.is_empty() && source.facts.language == Some(Language::Rust) {
                found.extend(module(graph, file, (root, path), &import.path));
            }
            for other in &found {
                sight.files.entry(*other).or_insert(at);
            }
            let directories = directories(graph, packages, root, source, import);
            if found.is_empty() && directories.is_empty() {
                sight.open.push(at);
            }
            let known = directories.into_iter();
            sight
                .directories
                .extend(known.map(|(of, directory, deep)| (of, directory, deep, at)));
        }
        sight
    }

    /// Files that imports lead to, each with its import.
    pub(super) fn files(&self) -> impl Iterator<Item = (FileId, u32)> + '_ {
        self.files.iter().map(|(file, import)| (*file, *import))
    }

    /// Whether imports lead to whole directories.
    pub(super) fn has_directories(&self) -> bool {
        !self.directories.is_empty()
    }

    /// The import that leads to a file.
    pub(super) fn import_of(&self, graph: &Graph, file: FileId) -> Option<u32> {
        if let Some(import) = self.files.get(&file) {
            return Some(*import);
        }
        let (root, path) = graph.inputs().tree.path(file)?;
        let around = parent(path);
        self.directories
            .iter()
            .find_map(|(of, directory, deep, import)| {
                let inside = around == directory
                    || *deep
                        && (directory.is_empty()
                            || around
                                .strip_prefix(directory.as_str())
                                .is_some_and(|rest| rest.starts_with('/')));
                (*of == root && inside).then_some(*import)
            })
    }
}

/// The files that an import and its names lead to by their paths alone.
fn guessed(
    graph: &Graph,
    (root, path): (RootId, &str),
    file: FileId,
    source: &SourceFile,
    import: &Import,
) -> Vec<FileId> {
    let names = import.names.iter();
    let mut found: Vec<FileId> = graph
        .imported(file, source, import, None)
        .into_iter()
        .chain(names.filter_map(|name| graph.imported(file, source, import, Some(name))))
        .collect();
    if found.is_empty() {
        found.extend(named(graph, root, path, source, import));
    }
    found
}

/// The file that an import names by a part of its path.
fn named(
    graph: &Graph,
    root: RootId,
    path: &str,
    source: &SourceFile,
    import: &Import,
) -> Option<FileId> {
    let tree = &graph.inputs().tree;
    let written = import.path.as_str();
    if written.starts_with('.') {
        let at = join(parent(path), written)?;
        return ENDINGS
            .iter()
            .find_map(|end| tree.file(root, &format!("{at}{end}")));
    }
    if matches!(source.facts.language, Some(Language::Rust | Language::Go)) {
        return None;
    }
    let inner = written
        .trim_start_matches(['@', '$', '#', '~', '\\', '/'])
        .replace(['\\', '.'], "/")
        .replace("::", "/");
    let whole = written.trim_start_matches(['@', '$', '#', '~', '/']);
    // An alias of a directory stands before, or a name space: fewer and fewer of the segments count.
    let mut ends = vec![whole.to_owned()];
    let mut rest = inner.as_str();
    while rest.contains('/') {
        ends.push(rest.to_owned());
        rest = rest.split_once('/').map_or("", |(_, rest)| rest);
    }
    ends.iter().filter(|end| end.contains('/')).find_map(|end| {
        let exact = [""].into_iter().chain(ENDINGS);
        let mut found = exact.filter_map(|ending| {
            match tree.ending_with(root, &format!("{end}{ending}")).as_slice() {
                [one] => Some(*one),
                _ => None,
            }
        });
        found.next()
    })
}

/// The module of the same crate that a path of Rust leads into: the deepest one that is a file.
fn module(
    graph: &Graph,
    file: FileId,
    (root, path): (RootId, &str),
    written: &str,
) -> Option<FileId> {
    let tree = &graph.inputs().tree;
    let mut segments: Vec<&str> = written.split("::").map(str::trim).collect();
    // What a list in braces holds is not followed.
    let plain = |it: &&str| !it.is_empty() && it.chars().all(|c| c.is_alphanumeric() || c == '_');
    let end = segments
        .iter()
        .position(|it| !plain(it))
        .unwrap_or(segments.len());
    segments.truncate(end);
    let owns = matches!(
        crate::tree::file_name(path),
        "mod.rs" | "lib.rs" | "main.rs"
    );
    let mut base = match *segments.first()? {
        "crate" => {
            let (_, directory) = graph.service_of(file);
            join(&directory, "src")?
        }
        "self" if owns => parent(path).to_owned(),
        "self" => path.strip_suffix(".rs")?.to_owned(),
        "super" if owns => parent(parent(path)).to_owned(),
        "super" => parent(path).to_owned(),
        _ => return None,
    };
    segments.remove(0);
    while segments.first() == Some(&"super") {
        base = parent(&base).to_owned();
        segments.remove(0);
    }
    (1..=segments.len()).rev().find_map(|count| {
        let at = join(&base, &segments[..count].join("/"))?;
        let found = tree.file(root, &format!("{at}.rs"));
        found.or_else(|| tree.file(root, &format!("{at}/mod.rs")))
    })
}

/// The directories that an import names: a package of Go, of npm, a crate, those of a name space of C#.
fn directories(
    graph: &Graph,
    packages: &Packages,
    root: RootId,
    source: &SourceFile,
    import: &Import,
) -> Vec<(RootId, SmolStr, bool)> {
    if source.facts.language == Some(Language::CSharp) {
        let all = packages.of_name_space(root, &import.path);
        return all
            .map(|directory| (root, directory.clone(), false))
            .collect();
    }
    directory(graph, packages, root, source, import)
        .into_iter()
        .collect()
}

fn directory(
    graph: &Graph,
    packages: &Packages,
    root: RootId,
    source: &SourceFile,
    import: &Import,
) -> Option<(RootId, SmolStr, bool)> {
    use Language as L;
    let written = import.path.as_str();
    match source.facts.language? {
        L::JavaScript | L::TypeScript | L::Tsx if !written.starts_with('.') => {
            let (of, directory) = packages.of_script(written)?;
            Some((*of, directory.clone(), true))
        }
        L::Rust => {
            let (of, directory) = packages.of_rust(written)?;
            Some((*of, directory.clone(), true))
        }
        L::Go => {
            let (of, directory) = packages.of_go(written)?;
            Some((of, directory, false))
        }
        L::Java | L::Kotlin | L::Scala => {
            let inner = written
                .trim_end_matches(['*', '_'])
                .trim_end_matches('.')
                .replace('.', "/");
            let mut all = graph.inputs().tree.dirs_ending_with(root, &inner);
            match (all.next(), all.next()) {
                (Some(one), None) => Some((root, one.into(), false)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a language shows a source what those beside it declare.
pub(super) fn sees_beside(language: Option<Language>) -> bool {
    use Language as L;
    matches!(
        language,
        Some(L::Go | L::Java | L::Kotlin | L::Scala | L::Hcl | L::CSharp)
    )
}

/// Whether the language of a file shows it what another declares without an import.
pub(super) fn without_import(
    graph: &Graph,
    file: FileId,
    other: FileId,
    language: Option<Language>,
) -> bool {
    use Language as L;
    let tree = &graph.inputs().tree;
    let (Some((root, path)), Some((of, there))) = (tree.path(file), tree.path(other)) else {
        return false;
    };
    if root != of {
        return false;
    }
    match language {
        Some(L::Go | L::Java | L::Kotlin | L::Scala | L::Hcl) => {
            // Tests of a package lie beside it, in another tree.
            let bare = |path: &str| parent(path).replace("/test/", "/").replace("/main/", "/");
            bare(path) == bare(there)
        }
        // A name space sees those around it.
        Some(L::CSharp) => {
            let (here, there) = (parent(path), parent(there));
            here == there
                || !there.is_empty()
                    && there.contains('/')
                    && here
                        .strip_prefix(there)
                        .is_some_and(|rest| rest.starts_with('/'))
        }
        _ => false,
    }
}
