//! Which file a mounted router comes from: by the imports of the file that mounts it, where that is certain.

use code::{Framework, Import, Mount, Route};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use super::paths::join;
use crate::inputs::SourceFile;
use crate::tree::parent;
use crate::{Graph, RootId};

/// Mounts in mounts that are followed.
const DEEPEST: u32 = 6;

/// Prefixes of one router.
const MOST: usize = 4;

/// What is mounted where.
pub(super) struct Mounts<'g> {
    graph: &'g Graph,
    /// Files by the file that is mounted, with the last name of what is.
    of_file: FxHashMap<FileId, Vec<(FileId, &'g Mount, SmolStr)>>,
    /// For every route of a framework.
    everywhere: Vec<(FileId, &'g Mount)>,
    /// Mounts whose router was not found, by the file they stand in.
    pub(super) lost: Vec<FileId>,
}

impl<'g> Mounts<'g> {
    pub(super) fn of(graph: &'g Graph) -> Self {
        let mut mounts = Self {
            graph,
            of_file: FxHashMap::default(),
            everywhere: Vec::new(),
            lost: Vec::new(),
        };
        let sources = graph.inputs().sources.iter();
        let mut files: Vec<(&FileId, &'g std::sync::Arc<SourceFile>)> = sources
            .filter(|(file, source)| !source.facts.mounts.is_empty() && graph.is_program(**file))
            .collect();
        files.sort_unstable_by_key(|(file, _)| **file);
        for (file, source) in files {
            for mount in &source.facts.mounts {
                if mount.target.is_empty() {
                    mounts.everywhere.push((*file, mount));
                    continue;
                }
                match graph.mounted(*file, source, mount) {
                    Some((target, name)) => {
                        let of = mounts.of_file.entry(target).or_default();
                        of.push((*file, mount, name));
                    }
                    None => mounts.lost.push(*file),
                }
            }
        }
        mounts
    }

    /// Everything that may stand before a route of a file, and whether it is all.
    pub(super) fn before(&self, file: FileId, route: &Route) -> Vec<(String, bool)> {
        let mut found = if route.complete {
            vec![(String::new(), true)]
        } else {
            self.before_router(file, route.router.as_deref(), 0)
        };
        let service = self.graph.service_of(file);
        let mut global = self.everywhere.iter().filter(|(at, mount)| {
            mount.framework == route.framework && self.graph.service_of(*at) == service
        });
        match (global.next(), global.next()) {
            (Some((_, mount)), None) => {
                for (before, complete) in &mut found {
                    match &mount.prefix {
                        Some(prefix) => {
                            *before = join(prefix, before);
                            *complete |= route.framework == Framework::Nest;
                        }
                        None => *complete = false,
                    }
                }
            }
            // All sources were looked into, and nothing puts anything before its controllers.
            (None, _) if route.framework == Framework::Nest => {
                for (_, complete) in &mut found {
                    *complete = true;
                }
            }
            _ => {}
        }
        found
    }

    fn before_router(&self, file: FileId, router: Option<&str>, deep: u32) -> Vec<(String, bool)> {
        let unknown = || vec![(String::new(), false)];
        let Some(mounts) = self.of_file.get(&file).filter(|_| deep < DEEPEST) else {
            return unknown();
        };
        let routers = self.routers(file);
        let meant = |name: &SmolStr| routers < 2 || router == Some(name.as_str());
        let mut found = Vec::new();
        for (at, mount, _) in mounts.iter().filter(|(_, _, name)| meant(name)) {
            let Some(prefix) = &mount.prefix else {
                found.push((String::new(), false));
                continue;
            };
            if mount.complete {
                found.push((join(prefix, ""), true));
                continue;
            }
            for (before, complete) in self.before_router(*at, None, deep + 1) {
                found.push((join(&before, prefix), complete));
            }
        }
        found.dedup();
        found.truncate(MOST);
        if found.is_empty() { unknown() } else { found }
    }

    /// Routers of a file that have routes.
    fn routers(&self, file: FileId) -> usize {
        let Some(source) = self.graph.source(file) else {
            return 0;
        };
        let routes = source.facts.routes.iter();
        let mut names: Vec<&Option<SmolStr>> = routes.map(|route| &route.router).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }
}

impl Graph {
    /// Whether a source is program text and no test.
    pub(crate) fn is_program(&self, file: FileId) -> bool {
        let path = self.inputs().tree.path_str(file);
        !code::is_test_path(path)
    }

    /// The file that a mounted router comes from, and its last name.
    fn mounted(
        &self,
        file: FileId,
        source: &SourceFile,
        mount: &Mount,
    ) -> Option<(FileId, SmolStr)> {
        let target = mount.target.split('(').next().unwrap_or_default().trim();
        let parts: Vec<&str> = target
            .split([':', '.'])
            .filter(|part| !part.is_empty())
            .collect();
        let (head, last) = (*parts.first()?, *parts.last()?);
        if mount.framework == Framework::Django {
            let (root, _) = self.inputs().tree.path(file)?;
            return Some((
                self.only(root, &format!("{}.py", parts.join("/")))?,
                last.into(),
            ));
        }
        let imports = source.facts.imports.iter();
        let mut binding = imports.filter(|import| {
            let last = import.path.rsplit(['/', '.', ':']).next();
            import.names.iter().any(|name| name == head)
                || import.names.is_empty() && last == Some(head)
        });
        let import = binding.next().filter(|_| binding.next().is_none());
        let found = match import {
            Some(import) => self.imported(file, source, import, Some(head)),
            None if mount.framework == Framework::Axum || mount.framework == Framework::Actix => {
                self.module(file, head)
            }
            None => None,
        };
        found
            .filter(|found| *found != file)
            .map(|found| (found, last.into()))
    }

    /// The only file of a root that ends in a path.
    fn only(&self, root: RootId, suffix: &str) -> Option<FileId> {
        match self.inputs().tree.ending_with(root, suffix).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// A Rust module beside a file, or below it.
    fn module(&self, file: FileId, name: &str) -> Option<FileId> {
        let tree = &self.inputs().tree;
        let (root, path) = tree.path(file)?;
        let stem = path.strip_suffix(".rs").unwrap_or(path);
        [parent(path), stem].into_iter().find_map(|at| {
            [format!("{name}.rs"), format!("{name}/mod.rs")]
                .iter()
                .find_map(|end| tree.file(root, join_path(at, end)?.as_str()))
        })
    }

    /// The file that an import leads to. `name`: what of it is meant, which may be a module of its own.
    pub(crate) fn imported(
        &self,
        file: FileId,
        source: &SourceFile,
        import: &Import,
        name: Option<&str>,
    ) -> Option<FileId> {
        use code::Language as L;
        let tree = &self.inputs().tree;
        let (root, path) = tree.path(file)?;
        let written = import.path.as_str();
        match source.facts.language? {
            L::JavaScript | L::TypeScript | L::Tsx => {
                let at = if written.starts_with('.') {
                    join_path(parent(path), written)?
                } else {
                    let inner = written.strip_prefix("@/").or(written.strip_prefix("~/"))?;
                    return SCRIPT.iter().find_map(|end| {
                        let bare = script_stem(inner);
                        self.only(root, &format!("{bare}{end}"))
                    });
                };
                if let Some(found) = tree.file(root, &at) {
                    return Some(found);
                }
                let bare = script_stem(&at);
                SCRIPT
                    .iter()
                    .find_map(|end| tree.file(root, &format!("{bare}{end}")))
            }
            L::Python => {
                let dots = written.len() - written.trim_start_matches('.').len();
                let inner = written.trim_start_matches('.').replace('.', "/");
                let mut ends = Vec::new();
                let of = |inner: &str| [format!("{inner}.py"), format!("{inner}/__init__.py")];
                if let Some(name) = name {
                    let below = if inner.is_empty() {
                        name.to_owned()
                    } else {
                        format!("{inner}/{name}")
                    };
                    ends.extend(of(&below));
                }
                if !inner.is_empty() {
                    ends.extend(of(&inner));
                }
                if dots > 0 {
                    let mut at = parent(path);
                    for _ in 1..dots {
                        at = parent(at);
                    }
                    return ends
                        .iter()
                        .find_map(|end| tree.file(root, join_path(at, end)?.as_str()));
                }
                ends.iter().find_map(|end| self.only(root, end))
            }
            L::Rust => {
                let parts: Vec<&str> = written
                    .split("::")
                    .map(|part| part.split(['{', ' ']).next().unwrap_or_default())
                    .filter(|part| !part.is_empty() && !["crate", "self", "super"].contains(part))
                    .collect();
                let mut all = parts.clone();
                if let Some(name) = name
                    && all.last() != Some(&name)
                {
                    all.push(name);
                }
                [all.as_slice(), parts.as_slice()]
                    .into_iter()
                    .find_map(|parts| {
                        let inner = parts.join("/");
                        (!inner.is_empty()).then(|| {
                            self.only(root, &format!("{inner}.rs"))
                                .or_else(|| self.only(root, &format!("{inner}/mod.rs")))
                        })?
                    })
            }
            L::Java | L::Kotlin | L::Scala => {
                let inner = written.replace('.', "/");
                ["java", "kt", "scala"]
                    .iter()
                    .find_map(|end| self.only(root, &format!("{inner}.{end}")))
            }
            _ => None,
        }
    }

    /// The directory of the nearest manifest around a source: what is built and run together.
    #[must_use]
    pub fn service_of(&self, file: FileId) -> (RootId, SmolStr) {
        let tree = &self.inputs().tree;
        let Some((root, path)) = tree.path(file) else {
            return (RootId(0), SmolStr::default());
        };
        let mut at = parent(path);
        loop {
            let is_manifest = |name: &str| {
                let path = if at.is_empty() {
                    name.to_owned()
                } else {
                    format!("{at}/{name}")
                };
                tree.file(root, &path).is_some()
            };
            if at.is_empty() || MANIFESTS.iter().any(|name| is_manifest(name)) {
                return (root, at.into());
            }
            at = parent(at);
        }
    }
}

/// What an import of a script may end in.
const SCRIPT: [&str; 8] = [
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".cjs",
    ".jsx",
    "/index.ts",
    "/index.js",
];

/// Files that say that a directory is built by itself.
const MANIFESTS: [&str; 13] = [
    "package.json",
    "pyproject.toml",
    "requirements.txt",
    "setup.py",
    "manage.py",
    "go.mod",
    "Cargo.toml",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "Gemfile",
    "composer.json",
    "Package.swift",
];

fn script_stem(path: &str) -> &str {
    [".js", ".mjs", ".ts"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path)
}

fn join_path(base: &str, path: &str) -> Option<String> {
    crate::tree::join(base, path)
}
