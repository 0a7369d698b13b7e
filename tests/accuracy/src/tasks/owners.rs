//! Under which story each list works on a file, and what a list that knows nothing would say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Share;
use super::read::{self, List, Task};

/// Of the files of both lists, those that are under the story of the author's list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Owners {
    /// Files that the author puts under a story, those that the generated list puts under the same.
    pub same: Share,
    /// How many of them would be right if all were put under the first story.
    pub first: usize,
    /// How many would be, drawn at random by how many files the author puts under each story.
    pub random: f64,
    /// Files that the author puts under no story, those that the generated list puts under none.
    pub shared: Share,
    /// The files that are under another one: path, the author's, ours.
    pub others: Vec<String>,
}

impl Owners {
    /// Compares two lists. A file is under the story of the first task that names it.
    pub(super) fn of(written: &List, real: &List) -> Self {
        let mut all = Self::default();
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        let paths = real.paths();
        // `a.rs` may be `src/a.rs` of an earlier task.
        let is_whole = |path: &&String| {
            !paths
                .iter()
                .any(|it| it != *path && read::same(it, path) && it.len() > path.len())
        };
        for path in paths.iter().filter(is_whole) {
            let Some(ours) = first(written, |it| read::same(it, path)) else {
                continue;
            };
            let ours = &ours.under;
            let theirs = first(real, |it| it == *path).and_then(|task| task.under.clone());
            let is_same = *ours == theirs;
            let share = match &theirs {
                Some(story) => {
                    *sizes.entry(story.clone()).or_default() += 1;
                    &mut all.same
                }
                None => &mut all.shared,
            };
            share.all += 1;
            share.hits += usize::from(is_same);
            if !is_same {
                let name = |story: &Option<String>| story.clone().unwrap_or_else(|| "-".to_owned());
                all.others
                    .push(format!("{path}: {} is {}", name(&theirs), name(ours)));
            }
        }
        let first = real.tasks.iter().find_map(|task| task.under.clone());
        all.first = first.and_then(|it| sizes.get(&it).copied()).unwrap_or(0);
        let count = |size: usize| f64::from(u32::try_from(size).unwrap_or(u32::MAX));
        let whole = count(all.same.all);
        if whole > 0.0 {
            all.random = sizes.values().map(|it| count(*it).powi(2) / whole).sum();
        }
        all
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.same.add(other.same);
        self.first += other.first;
        self.random += other.random;
        self.shared.add(other.shared);
        self.others.extend(other.others.iter().cloned());
    }
}

/// The first task that names such a path.
fn first(list: &List, is: impl Fn(&str) -> bool) -> Option<&Task> {
    list.tasks
        .iter()
        .find(|task| task.paths.iter().any(|it| is(it)))
}

#[cfg(test)]
mod tests {
    use super::{List, Owners};

    #[test]
    fn a_file_is_under_the_story_of_its_first_task() {
        let real = List::of(
            "## Phase 1\n\n- [ ] T001 Write src/a.rs\n\n## Phase 2: User Story 1\n\n- [ ] T002 Write src/b.rs\n- [ ] T003 [US2] Write src/c.rs\n\
             - [ ] T004 [US2] Write src/d.rs and src/b.rs\n- [ ] T005 Write src/e.rs\n",
        );
        let written = List::of(
            "- [ ] T001 [US1] Write src/a.rs\n- [ ] T002 [US1] Write src/b.rs\n- [ ] T003 [US1] Write src/c.rs\n- [ ] T004 [US2] Write src/d.rs\n",
        );
        let all = Owners::of(&written, &real);
        assert_eq!((all.same.hits, all.same.all), (2, 3));
        assert_eq!((all.shared.hits, all.shared.all), (0, 1));
        assert_eq!(all.first, 1);
        assert!((all.random - 5.0 / 3.0).abs() < 1e-9);
        assert_eq!(all.others, ["src/a.rs: - is US1", "src/c.rs: US2 is US1"]);
    }
}
