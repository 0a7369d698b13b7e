//! Which features are measured, by a rule that knows no result, and a repository as it was before their lists.

use std::collections::BTreeMap;
use std::path::Path;

use super::read::List;
use super::read::{requirements, stories};
use crate::Outcome;
use crate::checkout::git;

/// Smaller lists say little.
const TASKS: usize = 8;
const PATHS: usize = 4;

/// A feature to measure.
pub(super) struct Chosen {
    /// Its directory.
    pub(super) dir: String,
    /// The commit that wrote its list.
    commit: String,
    /// The list as that commit has it.
    pub(super) first: String,
    /// The list as HEAD has it.
    pub(super) last: String,
}

/// Features with stories, requirements, a plan and a list that names files, spread evenly over those of the repository
/// by the names of their directories.
pub(super) fn features(copy: &Path, head: &str, most: usize) -> Outcome<Vec<Chosen>> {
    let listed = git(copy, ["ls-tree", "-r", "-z", "--name-only", head])?;
    let mut dirs: Vec<&str> = listed
        .split('\0')
        .filter_map(|path| path.strip_suffix("/tasks.md"))
        .filter(|dir| {
            let mut names = dir.rsplit('/').skip(1);
            names.next() == Some("specs") && dir.split('/').count() == 2
        })
        .collect();
    dirs.sort_unstable();
    let written = written(copy, head)?;
    let able = |dir: &str| of(copy, head, dir, written.get(dir)?);
    let mut chosen: Vec<Chosen> = Vec::new();
    for at in 0..most {
        // From this place on the next one that qualifies.
        let from = at * dirs.len() / most;
        let next = dirs.iter().skip(from).find_map(|dir| {
            let is_known = chosen.iter().any(|known| known.dir == *dir);
            able(dir).filter(|_| !is_known)
        });
        chosen.extend(next);
    }
    Ok(chosen)
}

/// The commit that first wrote each list, by the feature's directory.
fn written(copy: &Path, head: &str) -> Outcome<BTreeMap<String, String>> {
    let logged = git(
        copy,
        [
            "log",
            "--diff-filter=A",
            "--no-renames",
            "--format=commit %H",
            "--name-only",
            head,
            "--",
            "*/tasks.md",
        ],
    )?;
    let mut commit = "";
    let mut first = BTreeMap::new();
    for line in logged.lines() {
        if let Some(hash) = line.strip_prefix("commit ") {
            commit = hash;
        } else if let Some(dir) = line.strip_suffix("/tasks.md") {
            first.insert(dir.to_owned(), commit.to_owned());
        }
    }
    Ok(first)
}

fn of(copy: &Path, head: &str, dir: &str, commit: &str) -> Option<Chosen> {
    let show = |commit: &str, name: &str| {
        let path = format!("{commit}:{dir}/{name}");
        git(copy, ["show", &path]).ok()
    };
    let spec = show(commit, "spec.md")?;
    show(commit, "plan.md")?;
    let (first, last) = (show(commit, "tasks.md")?, show(head, "tasks.md")?);
    let list = List::of(&first);
    let is_able = !stories(&spec).is_empty()
        && !requirements(&spec).is_empty()
        && list.tasks.len() >= TASKS
        && list.paths().len() >= PATHS;
    is_able.then(|| Chosen {
        dir: dir.to_owned(),
        commit: commit.to_owned(),
        first,
        last,
    })
}

/// Puts the copy to the commit before the list; documents of the feature that came with the list are added. All of it is
/// committed, so that what is written later is told from it.
pub(super) fn put_back(copy: &Path, feature: &Chosen) -> Outcome<()> {
    let (commit, dir) = (feature.commit.as_str(), feature.dir.as_str());
    let parent = format!("{commit}^");
    let parent = git(copy, ["rev-parse", "--verify", "--quiet", &parent]).unwrap_or_default();
    if parent.trim().is_empty() {
        git(copy, ["checkout", "--quiet", "--force", "--detach", commit])?;
        git(copy, ["rm", "--quiet", "-r", "--", "."])?;
        git(copy, ["checkout", commit, "--", dir])?;
    } else {
        let parent = parent.trim();
        git(copy, ["checkout", "--quiet", "--force", "--detach", parent])?;
        git(copy, ["clean", "--quiet", "-ffdx"])?;
        let has = |name: &str| copy.join(dir).join(name).is_file();
        if !has("plan.md") || !has("spec.md") {
            git(copy, ["checkout", commit, "--", dir])?;
        }
    }
    let list = copy.join(dir).join("tasks.md");
    if list.exists() {
        std::fs::remove_file(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    }
    git(copy, ["add", "--all"])?;
    git(
        copy,
        ["commit", "--quiet", "--allow-empty", "--message", "Planned"],
    )?;
    Ok(())
}
