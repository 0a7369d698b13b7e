//! Impact against git: of commits that changed an exported symbol or a contract together with other sources, how many of
//! these the program had named at the commit before, and how many it named in all.
//!
//! What changed is read from the diffs by [`declared`], and what could have been found at all by [`reach`]. They share no
//! code with the program.

mod declared;
mod reach;
pub mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::checkout::{Checkout, called, git};
use crate::random::Random;
use declared::{Part, changed_in, is_contract, is_source, is_test_file};
use reach::Texts;

/// What to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program.
    pub binary: PathBuf,
    /// Commits of each repository.
    pub commits: usize,
    /// Declarations and contracts, and bodies, of each commit.
    pub seeds: usize,
    /// Steps to follow.
    pub depth: usize,
    /// Chooses the commits.
    pub seed: u64,
}

/// One thing that changed in a commit, and what was found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tried {
    /// The repository.
    pub repository: String,
    /// The commit.
    pub commit: String,
    /// `src/a.ts#f`; the path of a contract.
    pub what: String,
    /// `declaration` or `body` of a symbol, or `contract`.
    pub kind: String,
    /// Other sources that the commit changed and its parent has.
    pub together: Vec<String>,
    /// Those of them whose changed lines have its name.
    pub naming: Vec<String>,
    /// Those of them that hold its name, that its file imports or names something of, or that import its file: more could
    /// not be found by reading.
    pub reachable: Vec<String>,
    /// Sources that the program names, by path.
    pub named: BTreeMap<String, Named>,
    /// Sources at the parent.
    pub sources: usize,
    /// Sources of the same directory: how many, hits.
    pub directory: (usize, usize),
    /// Sources that hold the name as a word: how many, hits.
    pub text: (usize, usize),
}

/// A source that the program names.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Named {
    /// Steps from what changes.
    pub distance: usize,
    /// `breaks` or `uses`: the list of the program that has it first.
    pub list: String,
}

impl Tried {
    /// Those of `together` that the program names in the lists that are asked for, and how many it names there.
    #[must_use]
    pub fn counted(&self, asked: impl Fn(&Named) -> bool) -> (usize, usize) {
        let hits = self.together.iter().filter_map(|path| self.named.get(path));
        let all = self.named.values().filter(|it| asked(it)).count();
        (all, hits.filter(|it| asked(it)).count())
    }
}

#[derive(Debug, Deserialize)]
struct Report {
    reached: Vec<Told>,
    uses: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Told {
    path: String,
    distance: usize,
}

/// Measures one repository.
///
/// # Errors
/// The repository cannot be copied, or git does not answer.
pub fn measure(repository: &Path, options: &Options) -> Outcome<Vec<Tried>> {
    let name = called(repository);
    let checkout = Checkout::of(repository, None)?;
    let dir = checkout.path();
    let log = git(
        dir,
        [
            "log",
            "--no-merges",
            "--format=%H",
            "--max-count=1500",
            "--min-parents=1",
        ],
    )?;
    let mut commits: Vec<String> = log.lines().map(str::to_owned).collect();
    Random::new(options.seed, &name).shuffle(&mut commits);
    let mut tried = Vec::new();
    let mut taken = 0;
    for commit in commits {
        if taken == options.commits {
            break;
        }
        let of_commit = one(dir, &name, &commit, options)?;
        if !of_commit.is_empty() {
            taken += 1;
            tried.extend(of_commit);
        }
    }
    Ok(tried)
}

/// A thing that changed: the argument for the program, its file, the name to look for in texts.
struct Thing {
    argument: String,
    path: String,
    word: String,
    kind: &'static str,
}

fn one(dir: &Path, repository: &str, commit: &str, options: &Options) -> Outcome<Vec<Tried>> {
    let parent = format!("{commit}~1");
    let status = git(
        dir,
        [
            "diff",
            "--name-status",
            "--no-renames",
            "-z",
            &parent,
            commit,
        ],
    )?;
    let mut fields = status.split('\0');
    let mut changed: Vec<String> = Vec::new();
    while let (Some(kind), Some(path)) = (fields.next(), fields.next()) {
        // What is new has nobody who uses it.
        if kind != "A" && (is_source(path) || is_contract(path)) {
            changed.push(path.to_owned());
        }
    }
    let sources = changed.iter().filter(|path| is_source(path)).count();
    if !(2..=15).contains(&sources) || changed.len() > 15 {
        return Ok(Vec::new());
    }
    let mut diffs: BTreeMap<&str, String> = BTreeMap::new();
    let mut things: Vec<Thing> = Vec::new();
    for path in &changed {
        let diff = git(
            dir,
            ["diff", "--no-renames", "-U0", &parent, commit, "--", path],
        )?;
        if is_contract(path) {
            let file = path.rsplit('/').next().unwrap_or(path);
            things.push(Thing {
                argument: path.clone(),
                path: path.clone(),
                word: file.to_owned(),
                kind: "contract",
            });
        } else if !is_test_file(path)
            && let Ok(before) = git(dir, ["show", &format!("{parent}:{path}")])
        {
            for (name, part) in changed_in(path, &before, &diff) {
                things.push(Thing {
                    argument: format!("{path}#{name}"),
                    path: path.clone(),
                    word: name,
                    kind: part.name(),
                });
            }
        }
        diffs.insert(path, diff);
    }
    if things.is_empty() {
        return Ok(Vec::new());
    }
    // A contract first, then what others must follow, by chance; two of the others.
    Random::new(options.seed, commit).shuffle(&mut things);
    things.sort_by_key(|thing| thing.kind == Part::Body.name());
    things.sort_by_key(|thing| thing.kind != "contract");
    let bodies = |thing: &Thing| thing.kind == Part::Body.name();
    let mut chosen: Vec<Thing> = Vec::new();
    for thing in things {
        let alike = chosen.iter().filter(|it| bodies(it) == bodies(&thing));
        if alike.count() < options.seeds {
            chosen.push(thing);
        }
    }
    let things = chosen;
    // A blob that this clone lacks: another commit will do.
    if git(dir, ["checkout", "--quiet", "--force", "--detach", &parent]).is_err() {
        return Ok(Vec::new());
    }
    let tracked = git(dir, ["ls-files", "-z"])?;
    let all: Vec<&str> = tracked.split('\0').filter(|path| is_source(path)).collect();
    // The prose of specs leads to no further source.
    let is_prose = |path: &&str| {
        Path::new(path)
            .extension()
            .is_some_and(|ending| ending == "md")
    };
    for path in tracked.split('\0').filter(is_prose) {
        let _ = std::fs::remove_file(dir.join(path));
    }
    let texts = Texts::read(dir, &changed);
    let mut tried = Vec::new();
    for thing in &things {
        // What the program does not know by this name is left out.
        let Ok(text) = of_thing(dir, commit, thing, options) else {
            continue;
        };
        let report = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        tried.push(judged(
            dir, repository, commit, thing, &report, &texts, &all, &diffs,
        ));
    }
    Ok(tried)
}

/// What the program says of one thing, in the tree before the commit. Of a contract what the commit makes of it is written
/// first, and nothing else of the commit.
fn of_thing(dir: &Path, commit: &str, thing: &Thing, options: &Options) -> Outcome<String> {
    if thing.kind != "contract" {
        return run(dir, &[&thing.argument], options);
    }
    git(dir, ["checkout", "--quiet", commit, "--", &thing.path])?;
    let told = run(dir, &["--since", "HEAD"], options);
    git(dir, ["checkout", "--quiet", "HEAD", "--", &thing.path])?;
    told
}

fn run(dir: &Path, what: &[&str], options: &Options) -> Outcome<String> {
    let depth = options.depth.to_string();
    let output = Command::new(&options.binary)
        .arg("impact")
        .args(what)
        .args([
            "--format", "json", "--most", "100000", "--depth", &depth, "-C",
        ])
        .arg(dir)
        .env("SPEC_ANALYZER_CACHE", "off")
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
fn judged(
    dir: &Path,
    repository: &str,
    commit: &str,
    thing: &Thing,
    report: &Report,
    changed: &Texts,
    all: &[&str],
    diffs: &BTreeMap<&str, String>,
) -> Tried {
    let name = thing.word.as_str();
    let is_other = |path: &str| path != thing.path && is_source(path);
    let mut found: BTreeMap<String, Named> = BTreeMap::new();
    let mut add = |path: &str, distance: usize, list: &str| {
        let named = || Named {
            distance,
            list: list.to_owned(),
        };
        if is_other(path) {
            found.entry(path.to_owned()).or_insert_with(named);
        }
    };
    for thing in &report.reached {
        add(&thing.path, thing.distance, "breaks");
    }
    for thing in &report.uses {
        add(&thing.path, thing.distance, "uses");
    }
    let together: Vec<String> = changed
        .paths()
        .filter(|path| is_other(path))
        .cloned()
        .collect();
    let names = |path: &&String| {
        let diff = diffs.get(path.as_str()).map_or("", String::as_str);
        let lines = diff.lines().filter(|line| line.starts_with(['+', '-']));
        lines.into_iter().any(|line| declared::holds(line, name))
    };
    let naming: Vec<String> = together.iter().filter(names).cloned().collect();
    let reachable = together
        .iter()
        .filter(|path| changed.reaches(&thing.path, name, path));
    let reachable: Vec<String> = reachable.cloned().collect();
    let around = parent_of(&thing.path);
    let beside: BTreeSet<&str> = all
        .iter()
        .copied()
        .filter(|path| parent_of(path) == around && is_other(path))
        .collect();
    let grep = git(
        dir,
        ["grep", "-l", "-w", "-I", "-F", "-e", name, "HEAD", "--"],
    )
    .unwrap_or_default();
    let texts: BTreeSet<&str> = grep
        .lines()
        .filter_map(|line| line.strip_prefix("HEAD:"))
        .filter(|path| is_other(path))
        .collect();
    let count = |set: &BTreeSet<&str>| {
        together
            .iter()
            .filter(|path| set.contains(path.as_str()))
            .count()
    };
    Tried {
        repository: repository.to_owned(),
        commit: commit.chars().take(10).collect(),
        what: thing.argument.clone(),
        kind: thing.kind.to_owned(),
        directory: (beside.len(), count(&beside)),
        text: (texts.len(), count(&texts)),
        named: found,
        sources: all.len(),
        reachable,
        together,
        naming,
    }
}

fn parent_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}
