//! Packages and what tests them: the nearest manifest of a path, and the tests that are there.

use std::sync::Arc;

use trace::parent;

use super::framework::{Framework, ending};
use super::place::{Sample, Search, shared};
use super::{FRAMEWORKS, text_of};

/// Most test files of a package that are looked at by name.
const LISTED: usize = 4_000;

/// A directory with a manifest, and what tests there.
#[derive(Clone)]
pub(super) struct Package {
    pub(super) framework: &'static dyn Framework,
    pub(super) dir: String,
    pub(super) manifest: Option<Arc<str>>,
    /// Paths of its tests.
    pub(super) tests: Vec<String>,
}

impl Package {
    /// Whether a file of tests is one of its framework.
    pub(super) fn takes(&self, path: &str) -> bool {
        self.framework.takes(path, &self.dir)
    }
}

impl Search<'_> {
    /// The package that most of the paths stand in, with one of them.
    pub(super) fn package_of(&self, paths: &[String]) -> Option<(Package, Option<String>)> {
        let mut found: Vec<(Package, usize, String)> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for path in paths.iter().filter(|path| !is_elsewhere(path)) {
            if seen.contains(&path.as_str()) || seen.len() > 200 {
                continue;
            }
            seen.push(path);
            let Some(package) = self.package(path) else {
                continue;
            };
            let known = found.iter_mut().find(|(known, ..)| {
                known.dir == package.dir && known.framework.name() == package.framework.name()
            });
            let code = !code::is_test_path(path);
            match known {
                Some((_, count, first)) => {
                    *count += 1;
                    if code && code::is_test_path(first) {
                        path.clone_into(first);
                    }
                }
                None => found.push((package, 1, path.clone())),
            }
        }
        // Of as many, the first named.
        let most = found.iter().map(|(_, count, _)| *count).max()?;
        let (package, _, code) = found.into_iter().find(|(_, count, _)| *count == most)?;
        Some((package, Some(code)))
    }

    /// The package and framework of a path, there or not: by the nearest manifest.
    pub(super) fn package(&self, path: &str) -> Option<Package> {
        let framework = *FRAMEWORKS
            .iter()
            .find(|it| it.extensions().contains(&ending(path)))?;
        let tree = &self.graph.inputs().tree;
        let mut dir = parent(path);
        loop {
            for name in framework.manifests() {
                let full = if dir.is_empty() {
                    (*name).to_owned()
                } else {
                    format!("{dir}/{name}")
                };
                if let Some(file) = tree.file(self.feature.root, &full) {
                    let text = text_of(self.texts, file);
                    let found = self.known(framework, dir, text);
                    if found.is_some() {
                        return found;
                    }
                }
            }
            if dir.is_empty() {
                break;
            }
            dir = parent(dir);
        }
        // Scripts need no manifest.
        self.known(framework, &self.feature.project.path, None)
    }

    fn known(
        &self,
        framework: &'static dyn Framework,
        dir: &str,
        manifest: Option<Arc<str>>,
    ) -> Option<Package> {
        let tests = self.tests(framework, dir);
        let samples = self.samples(&tests, dir, framework, 3);
        framework
            .is_used(manifest.as_deref(), &samples)
            .then(|| Package {
                framework,
                dir: dir.to_owned(),
                manifest,
                tests,
            })
    }

    /// Paths of tests below a directory.
    fn tests(&self, framework: &dyn Framework, dir: &str) -> Vec<String> {
        let tree = &self.graph.inputs().tree;
        let files = tree.below(self.feature.root, dir).map(|(_, path)| path);
        files
            .filter(|path| {
                framework.extensions().contains(&ending(path))
                    && code::is_test_path(path)
                    && !is_elsewhere(path)
            })
            .take(LISTED)
            .map(ToString::to_string)
            .collect()
    }

    /// Tests that are there, the nearest first.
    pub(super) fn samples(
        &self,
        tests: &[String],
        near: &str,
        framework: &dyn Framework,
        most: usize,
    ) -> Vec<Sample> {
        let mut ranked: Vec<(usize, &String)> = tests
            .iter()
            .map(|path| (shared(parent(path), near), path))
            .collect();
        ranked.sort_by_key(|(shared, path)| (std::cmp::Reverse(*shared), path.len()));
        let samples = ranked.into_iter().take(most * 4);
        samples
            .filter_map(|(_, path)| self.sample(path))
            .filter(|it| !it.facts.tests.is_empty() && framework.wrote(&it.text))
            .take(most)
            .collect()
    }

    pub(super) fn sample(&self, path: &str) -> Option<Sample> {
        let file = self.graph.inputs().tree.file(self.feature.root, path)?;
        let text = text_of(self.texts, file)?;
        let facts = code::read_path(path, &text, &|| false)?;
        Some(Sample { text, facts })
    }

    /// The only package of the project that is tested with anything.
    pub(super) fn only_package(&self) -> Option<(Package, Option<String>)> {
        let tree = &self.graph.inputs().tree;
        let project = &self.feature.project.path;
        let mut found: Option<Package> = None;
        for (_, path) in tree.below(self.feature.root, project) {
            let name = path.rsplit('/').next().unwrap_or(path);
            for framework in FRAMEWORKS {
                if !framework.manifests().contains(&name) {
                    continue;
                }
                let file = tree.file(self.feature.root, path)?;
                let text = text_of(self.texts, file);
                let Some(package) = self.known(*framework, parent(path), text) else {
                    continue;
                };
                match &found {
                    Some(known)
                        if known.dir == package.dir
                            && known.framework.name() == package.framework.name() => {}
                    Some(_) => return None,
                    None => found = Some(package),
                }
            }
        }
        found.map(|package| (package, None))
    }
}

/// Tests in a browser are written otherwise; packages of others are not ours; data is no test.
fn is_elsewhere(path: &str) -> bool {
    path.split('/').any(|part| {
        matches!(
            part,
            "e2e"
                | "cypress"
                | "playwright"
                | "node_modules"
                | "vendor"
                | "fixtures"
                | "testdata"
                | "__mocks__"
                | "target"
                | "dist"
        )
    }) || path.contains(".e2e.")
        || path.contains(".cy.")
}
