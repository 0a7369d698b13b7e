//! Tasks of tests: one for each file that the plan draws for a story, else a new file beside those that are there.

use documents::{Item, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::{SmolStr, format_smolstr};

use super::List;
use crate::tasks::ground;
use crate::tasks::section::Section;
use crate::tasks::style::Style;

impl List<'_> {
    /// Tasks that test the scenarios of a story: one for each file that the plan draws for it, else one in a new file beside
    /// others.
    pub(super) fn test(
        &mut self,
        section: &mut Section,
        style: &mut Style<'_>,
        (at, story): (usize, &Item),
        name: &str,
    ) {
        let number = story.id.to_lowercase();
        let drawn = self.work.tests.iter().filter(|test| match test.story {
            Some(story) => story == at,
            None => {
                !test.is_shared
                    && (test.words.contains(&number) || self.work.told(&test.words) == Some(at))
            }
        });
        let mut paths: Vec<String> = drawn.map(|test| test.path.clone()).collect();
        if paths.is_empty() {
            paths.extend(self.work.nearest_test(at));
        }
        if paths.is_empty() && self.work.tests.is_empty() {
            paths.extend(self.new_test(name));
        }
        let facts = self.spec.facts();
        let scenarios = facts.items_of(ItemKind::Scenario).filter(|(_, item)| {
            let parent = item.parent.and_then(|at| facts.items.get(at as usize));
            story.range.contains_range(item.range) && parent.is_some_and(|it| it.id == story.id)
        });
        let scenarios: Vec<SmolStr> = scenarios
            .map(|(_, item)| format_smolstr!("{}/{}", story.id, item.id))
            .collect();
        let mut cited = style.cited(&scenarios);
        if paths.is_empty() {
            // Where the tests belong is asked once.
            let language = style.language;
            let (words, question) = match &self.asked_test {
                Some(task) => (language.test_beside(name, task), None),
                None => (
                    language.test_somewhere(name),
                    Some(language.which_test_file(&story.id, None)),
                ),
            };
            let text = (false, format!("{words}{cited}"), question);
            section.add(style, &story.id, text);
            if self.asked_test.is_none() {
                self.asked_test = section.ids.last().cloned();
            }
        }
        for path in paths {
            let words = style.language.test(name, &style.path(&path));
            let parallel = !self.is_written(&path);
            section.add(
                style,
                &story.id,
                (parallel, format!("{words}{cited}"), None),
            );
            cited.clear();
            self.written
                .extend(section.ids.last().map(|id| (id.clone(), path)));
        }
    }

    /// A test file named after the story, in the directory of tests that is nearest to what the plan draws.
    fn new_test(&self, title: &str) -> Option<String> {
        let tests = self.tests_beside();
        let directories: Vec<&str> = tests
            .iter()
            .filter_map(|path| path.rfind('/').map(|at| &path[..=at]))
            .collect();
        let count = |dir: &str| directories.iter().filter(|each| **each == dir).count();
        let near = |dir: &str| {
            let places = self.work.places.iter();
            places
                .map(|place| shared_names(place, dir))
                .max()
                .unwrap_or(0)
        };
        let mut ranked: Vec<(usize, usize, &str)> = directories
            .iter()
            .map(|dir| (near(dir), count(dir), *dir))
            .collect();
        ranked.sort_unstable();
        let (_, _, directory) = ranked.pop()?;
        let path = ground::new_test(self.graph, self.feature, directory, &tests, title)?;
        (!self.is_written(&path)).then_some(path)
    }

    /// Tests that are there, in the parts of the project that the plan draws.
    fn tests_beside(&self) -> Vec<String> {
        let tops = self
            .work
            .places
            .iter()
            .filter_map(|path| path.split_once('/'));
        let tops: FxHashSet<&str> = tops.map(|(top, _)| top).collect();
        let project = self.feature.project.path.as_str();
        let tree = &self.graph.inputs().tree;
        let below = tree.below(self.feature.root, project).take(50_000);
        below
            .filter(|(_, path)| code::is_test_path(path))
            .filter_map(|(_, path)| ground::from_project(self.feature, path))
            .filter(|path| {
                let top = path.split_once('/').map_or("", |(top, _)| top);
                tops.contains(top) || top.starts_with("test")
            })
            .take(2_000)
            .collect()
    }

    /// Tests are written where the plan draws them or says what tests with.
    pub(super) fn wants_tests(&self) -> bool {
        if !self.work.tests.is_empty() {
            return true;
        }
        let Some(plan) = self.feature.plan() else {
            return false;
        };
        let mut metas = plan.facts().metas.iter();
        metas.any(|meta| {
            let value = plan.slice(meta.value_range).trim().to_lowercase();
            let none = ["none", "n/a", "manual", "no ", "[", "needs clarification"];
            let is_testing = matches!(
                meta.key.as_str(),
                "Testing" | "测试" | "テスト" | "테스트" | "Pruebas" | "Testes" | "Tests"
            );
            is_testing && !value.is_empty() && !none.iter().any(|word| value.starts_with(word))
        })
    }

    /// Tests of no story: each in a file of its own.
    pub(super) fn tests(&mut self, section: &mut Section, style: &mut Style<'_>, paths: &[String]) {
        for path in paths {
            let words = style.language.write(&style.path(path), false);
            section.add(style, "", (paths.len() > 1, words, None));
            let id = section.ids.last().cloned();
            self.written.extend(id.map(|id| (id, path.clone())));
        }
    }
}

/// How many names two paths begin with alike.
fn shared_names(one: &str, other: &str) -> usize {
    let both = one.split('/').zip(other.split('/'));
    both.take_while(|(one, other)| one == other).count()
}
