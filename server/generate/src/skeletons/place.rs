//! Where the tests of a story go: what its tasks name, else beside the tests of the package that its code stands in.

use std::sync::Arc;

use code::SourceFacts;
use rustc_hash::FxHashMap;
use text::FileId;
use trace::{Feature, Graph, ItemRef, Resolution, RootId, join, parent, planned_files};

use super::case::Group;
use super::framework::{Framework, Ground, ending, names_ids};
use super::package::Package;
use super::{FRAMEWORKS, naming, text_of};
use crate::Texts;
use crate::tasks::ground;

/// Most test files that are read for how tests are written.
const SAMPLES: usize = 8;
/// Most files of a directory whose names a new test must not have.
const NEIGHBOURS: usize = 60;

/// A file of tests that is there.
pub(super) struct Sample {
    pub(super) text: Arc<str>,
    pub(super) facts: SourceFacts,
}

/// Where tests go and how they are written there.
pub(super) struct Site {
    pub(super) framework: &'static dyn Framework,
    pub(super) root: RootId,
    pub(super) path: String,
    /// The file, where it is there.
    pub(super) there: Option<(FileId, Sample)>,
    /// Files of tests around, the nearest first.
    pub(super) samples: Vec<Sample>,
    /// Names of tests that share a scope with the file's.
    pub(super) taken: Vec<String>,
    /// Text of the package's manifest.
    pub(super) manifest: Option<Arc<str>>,
    /// What files of its directory say that they are: Go's `package auth`.
    pub(super) package: Option<String>,
    /// Tests around have ids in their names.
    pub(super) names_ids: bool,
}

pub(super) struct Search<'a> {
    pub(super) graph: &'a Graph,
    pub(super) feature: &'a Feature,
    pub(super) texts: &'a Texts<'a>,
}

/// The place of a group's tests; an error is a sentence for people.
pub(super) fn site(
    graph: &Graph,
    feature: &Feature,
    group: &Group,
    known: &[(Site, Vec<Group>)],
    texts: &Texts<'_>,
) -> Result<Site, String> {
    let search = Search {
        graph,
        feature,
        texts,
    };
    if let Some(site) = search.mentioning(group) {
        return Ok(site);
    }
    let own = search.paths(&search.tasks(group));
    let all = search.paths(&search.all_tasks());
    if let Some(site) = search.named(&own) {
        return Ok(site);
    }
    let mut planned: Vec<String> = planned_files(feature, graph.inputs())
        .into_iter()
        .filter_map(|file| join(&feature.project.path, &file.path))
        .collect();
    planned.extend(search.spec_paths());
    let package = [&own, &all, &planned]
        .into_iter()
        .find_map(|paths| search.package_of(paths))
        .or_else(|| search.only_package());
    let Some((package, code)) = package else {
        return Err(format!(
            "No task or plan of {} names a file of a package that is tested with {}.",
            feature.path,
            FRAMEWORKS
                .iter()
                .map(|it| it.name())
                .collect::<Vec<_>>()
                .join(", ")
        ));
    };
    search.beside(group, &package, code.as_deref(), known)
}

impl Search<'_> {
    fn tasks(&self, group: &Group) -> Vec<ItemRef> {
        let items = group
            .item
            .into_iter()
            .chain(group.cases.iter().map(|case| case.item));
        let mut tasks: Vec<ItemRef> = items.flat_map(|item| self.graph.tasks_of(item)).collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }

    fn all_tasks(&self) -> Vec<ItemRef> {
        let document = self.feature.tasks_document();
        let tasks = self.feature.tasks.iter().zip(document.into_iter().cycle());
        tasks
            .map(|(task, document)| ItemRef {
                feature: self.feature.id,
                file: document.file,
                item: task.item,
            })
            .collect()
    }

    /// Paths that tasks name, from the root, there or not.
    fn paths(&self, tasks: &[ItemRef]) -> Vec<String> {
        let mut paths = Vec::new();
        for task in tasks {
            let Some(links) = self.feature.task(task.item) else {
                continue;
            };
            let links = self
                .feature
                .paths
                .get(links.paths.start as usize..links.paths.end as usize);
            for link in links.into_iter().flatten() {
                self.lead(link, &mut paths);
            }
        }
        paths
    }

    /// Paths that specs and plans name.
    fn spec_paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        let plans = self
            .feature
            .documents
            .iter()
            .filter(|it| it.kind.is_plan() || it.kind.is_spec())
            .map(|it| it.file);
        for file in plans {
            for link in self.feature.paths.iter().filter(|link| link.file == file) {
                self.lead(link, &mut paths);
            }
        }
        paths
    }

    fn lead(&self, link: &trace::PathLink, paths: &mut Vec<String>) {
        let tree = &self.graph.inputs().tree;
        match &link.resolution {
            Resolution::File(file) => {
                let place = tree.path(*file);
                let own = place.filter(|(root, _)| *root == self.feature.root);
                paths.extend(own.map(|(_, path)| path.to_string()));
            }
            Resolution::Missing(_) => {
                let document = self.feature.document(link.file);
                let said = document.and_then(|it| it.facts().paths.get(link.mention as usize));
                let said = said.filter(|it| !it.directory && !it.path.starts_with('.'));
                paths.extend(said.and_then(|it| join(&self.feature.project.path, &it.path)));
            }
            _ => {}
        }
    }

    /// The file of tests that mentions most of the group.
    fn mentioning(&self, group: &Group) -> Option<Site> {
        let items = group
            .item
            .into_iter()
            .chain(group.cases.iter().map(|case| case.item));
        let mut counts: FxHashMap<FileId, usize> = FxHashMap::default();
        // Scenarios of the same story that are tested already tell, too.
        let mut all: Vec<ItemRef> = items.collect();
        if let Some(outer) = group.item {
            let inner = self
                .feature
                .items()
                .filter(|(_, it)| it.parent == Some(outer.item));
            all.extend(inner.map(|(at, _)| at).filter(|at| at.file == outer.file));
        }
        all.sort_unstable();
        all.dedup();
        for item in all {
            for (file, mention, basis) in self.graph.code_mentions(item) {
                let source = self.graph.source(file);
                let found = source.and_then(|it| it.facts.mentions.get(mention as usize));
                let in_test = found.is_some_and(|it| it.test.is_some() || it.group.is_some());
                if in_test && basis <= trace::Basis::Declared {
                    *counts.entry(file).or_default() += 1;
                }
            }
        }
        let mut files: Vec<(usize, FileId)> = counts.into_iter().map(|(at, n)| (n, at)).collect();
        files.sort_unstable_by_key(|(count, file)| (std::cmp::Reverse(*count), *file));
        files.into_iter().find_map(|(_, file)| {
            let (root, path) = self.graph.inputs().tree.path(file)?;
            (root == self.feature.root).then(|| self.at(path))?
        })
    }

    /// The file of tests that the story's tasks name.
    fn named(&self, paths: &[String]) -> Option<Site> {
        let mut ranked: Vec<(usize, &String)> = paths
            .iter()
            .filter(|path| code::is_test_path(path))
            .map(|path| (rank(path), path))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().find_map(|(_, path)| self.at(path))
    }

    /// The site of a path that is known.
    fn at(&self, path: &str) -> Option<Site> {
        let package = self.package(path)?;
        if !package.takes(path) {
            return None;
        }
        self.site(&package, path.to_owned())
    }

    /// A new file among the tests of a package.
    fn beside(
        &self,
        group: &Group,
        package: &Package,
        code: Option<&str>,
        known: &[(Site, Vec<Group>)],
    ) -> Result<Site, String> {
        let tree = &self.graph.inputs().tree;
        // One file for a story, one for all of a spec whose requirements are many and small.
        let by_story = group.id.starts_with("US");
        let slug = unnumbered(&self.feature.name);
        let titles = if by_story {
            vec![
                group.title.clone(),
                format!("{slug} {}", group.id),
                format!("{} {}", self.feature.name, group.id),
            ]
        } else if group.item.is_none() {
            vec![format!("{slug} success criteria")]
        } else {
            vec![
                slug.to_owned(),
                format!("{slug} acceptance"),
                format!("{} acceptance", self.feature.name),
            ]
        };
        let directory = Self::directory(package, code);
        for title in titles {
            let mut words = naming::words(&title);
            let Some(last) = words.last().filter(|_| title.is_ascii()) else {
                continue;
            };
            if package.framework.reserves(last) {
                words.push("story".to_owned());
            }
            let ground = Ground {
                tree,
                root: self.feature.root,
                package: &package.dir,
                code,
                words: &words,
            };
            let path = directory
                .as_deref()
                .and_then(|dir| self.named_beside(package, dir, &words))
                .filter(|path| package.takes(path))
                .or_else(|| package.framework.new_path(&ground));
            let Some(path) = path else {
                continue;
            };
            let ours = known.iter().any(|(site, _)| site.path == path);
            let name = path.rsplit('/').next().unwrap_or(&path);
            // Python's tests are modules by their file's name alone.
            let free = !tree.named(name).iter().any(|file| {
                tree.path(*file).is_some_and(|(root, other)| {
                    root == self.feature.root && within(other, &package.dir)
                })
            });
            if ours || free {
                return self
                    .site(package, path)
                    .ok_or_else(|| "the file cannot be read.".to_owned());
            }
        }
        Err(format!(
            "No name is free for the tests of {} beside those of `{}`.",
            self.feature.path,
            if package.dir.is_empty() {
                "."
            } else {
                &package.dir
            }
        ))
    }

    /// A path in a directory of tests, named as the others there are.
    fn named_beside(&self, package: &Package, dir: &str, words: &[String]) -> Option<String> {
        let tests: Vec<String> = package
            .tests
            .iter()
            .filter(|path| package.takes(path))
            .cloned()
            .collect();
        ground::named_as(self.graph, (self.feature.root, ""), dir, &tests, words).or_else(|| {
            // Names of one word do not tell how words are joined.
            let mut names = tests.iter().filter_map(|path| path.strip_prefix(dir));
            let name = names.find(|name| !name.contains('/'))?;
            let (before, _, behind) = ground::test_name(name)?;
            Some(format!(
                "{dir}{before}{}{behind}",
                package.framework.stem(words)
            ))
        })
    }

    /// The directory of tests that is nearest to the code, those for acceptance first; with a `/` at its end.
    fn directory(package: &Package, code: Option<&str>) -> Option<String> {
        let near = code.map_or(package.dir.as_str(), parent);
        let mut dirs: FxHashMap<&str, usize> = FxHashMap::default();
        for path in package.tests.iter().filter(|path| package.takes(path)) {
            *dirs.entry(parent(path)).or_default() += 1;
        }
        let mut ranked: Vec<(usize, usize, usize, &str)> = dirs
            .into_iter()
            .map(|(dir, count)| (5 - rank(&format!("{dir}/")), shared(dir, near), count, dir))
            .collect();
        ranked.sort_unstable();
        let (.., dir) = ranked.pop()?;
        Some(if dir.is_empty() {
            String::new()
        } else {
            format!("{dir}/")
        })
    }

    fn site(&self, package: &Package, path: String) -> Option<Site> {
        let tree = &self.graph.inputs().tree;
        let there = match tree.file(self.feature.root, &path) {
            Some(file) => {
                let sample = self.sample(&path)?;
                if !package.framework.wrote(&sample.text) {
                    return None;
                }
                Some((file, sample))
            }
            None => None,
        };
        let samples = self.samples(&package.tests, parent(&path), package.framework, SAMPLES);
        let mut taken: Vec<String> = Vec::new();
        let mut clause = None;
        if package.framework.shares_names() {
            let beside = package
                .tests
                .iter()
                .filter(|it| parent(it) == parent(&path) && **it != path);
            for sample in beside.take(NEIGHBOURS).filter_map(|path| self.sample(path)) {
                taken.extend(sample.facts.symbols.iter().map(|it| it.name.to_string()));
                clause = clause.or_else(|| package_clause(&sample.text));
            }
            if clause.is_none() {
                let own = ending(&path);
                let beside = tree.below(self.feature.root, parent(&path));
                let mut beside = beside
                    .filter(|(_, it)| parent(it) == parent(&path) && ending(it) == own)
                    .take(NEIGHBOURS);
                clause = beside.find_map(|(file, _)| package_clause(&text_of(self.texts, file)?));
            }
        }
        let there_names = there.iter().flat_map(|(_, it)| &it.facts.symbols);
        taken.extend(there_names.map(|it| it.name.to_string()));
        let own = there
            .as_ref()
            .map(|(_, sample)| std::slice::from_ref(sample));
        let names_ids = names_ids(
            own.filter(|it| !it[0].facts.mentions.is_empty())
                .unwrap_or(&samples),
        );
        Some(Site {
            framework: package.framework,
            root: self.feature.root,
            path,
            there,
            samples,
            taken,
            manifest: package.manifest.clone(),
            package: clause,
            names_ids,
        })
    }
}

/// `auth` of the line `package auth`.
fn package_clause(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with("package "))?;
    let name = line["package ".len()..].split_whitespace().next()?;
    Some(name.trim_end_matches(';').to_owned())
}

/// Whether a path is below a directory.
fn within(path: &str, dir: &str) -> bool {
    dir.is_empty()
        || path
            .strip_prefix(dir)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// `auth` of `003-auth`.
fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches('-');
    if rest.is_empty() { name } else { rest }
}

/// Names of directories that two paths begin with.
pub(super) fn shared(one: &str, other: &str) -> usize {
    let pairs = one.split('/').zip(other.split('/'));
    pairs.take_while(|(a, b)| a == b && !a.is_empty()).count()
}

/// How well a file of tests fits scenarios, the best first.
fn rank(path: &str) -> usize {
    let path = path.to_lowercase();
    let says = |word: &str| path.contains(word);
    if says("acceptance") {
        0
    } else if says("integration") {
        1
    } else if says("contract") || says("perf") || says("bench") {
        4
    } else if says("unit") {
        3
    } else {
        2
    }
}
