//! Impact against git: of commits that changed an exported symbol or a contract together with other sources, how many of
//! these the program had named at the commit before, and how many it named in all.
//!
//! What changed is read from the diffs by [`declared`]: a line that declares something exported and is gone or another. It
//! shares no code with the program.

mod declared;
pub mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::checkout::{Checkout, called, git};
use crate::random::Random;
use declared::{is_contract, is_source, names_in};

/// What to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program.
    pub binary: PathBuf,
    /// Commits of each repository.
    pub commits: usize,
    /// Things that change of each commit.
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
    /// `symbol` or `contract`.
    pub kind: String,
    /// Other sources that the commit changed and its parent has.
    pub together: Vec<String>,
    /// Those of them whose changed lines have its name.
    pub naming: Vec<String>,
    /// Those of `together` that the program names.
    pub hits: Vec<String>,
    /// Sources that the program names.
    pub named: Vec<String>,
    /// How many these are.
    pub size: usize,
    /// Those of them one step away, and the hits there.
    pub near: (usize, usize),
    /// Sources at the parent.
    pub sources: usize,
    /// Sources of the same directory: how many, hits.
    pub directory: (usize, usize),
    /// Sources that hold the name as a word: how many, hits.
    pub text: (usize, usize),
}

#[derive(Debug, Deserialize)]
struct Report {
    seeds: Vec<Seed>,
    files: Vec<FileOf>,
}

#[derive(Debug, Deserialize)]
struct Seed {
    path: String,
    name: String,
    #[serde(default)]
    seeds: Vec<usize>,
}

#[derive(Debug, Deserialize)]
struct FileOf {
    path: String,
    distance: usize,
    seeds: Vec<usize>,
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
    for path in &changed {
        let diff = git(
            dir,
            ["diff", "--no-renames", "-U0", &parent, commit, "--", path],
        )?;
        diffs.insert(path, diff);
    }
    let mut things: Vec<Thing> = Vec::new();
    for (path, diff) in &diffs {
        if is_contract(path) {
            let file = path.rsplit('/').next().unwrap_or(path);
            things.push(Thing {
                argument: (*path).to_owned(),
                path: (*path).to_owned(),
                word: file.to_owned(),
                kind: "contract",
            });
            continue;
        }
        for name in names_in(path, diff) {
            things.push(Thing {
                argument: format!("{path}#{name}"),
                path: (*path).to_owned(),
                word: name,
                kind: "symbol",
            });
        }
    }
    if things.is_empty() {
        return Ok(Vec::new());
    }
    Random::new(options.seed, commit).shuffle(&mut things);
    things.sort_by_key(|thing| thing.kind != "contract");
    things.truncate(options.seeds);
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
    let mut tried = Vec::new();
    for report in runs(dir, &things, options) {
        let (thing, report) = report?;
        let Some(report) = report else { continue };
        tried.push(judged(
            dir, repository, commit, thing, &report, &changed, &all, &diffs,
        ));
    }
    Ok(tried)
}

/// One report for all things, else one for each: what the program does not know by this name is left out.
fn runs<'t>(
    dir: &Path,
    things: &'t [Thing],
    options: &Options,
) -> Vec<Outcome<(&'t Thing, Option<Report>)>> {
    let arguments: Vec<&str> = things.iter().map(|thing| thing.argument.as_str()).collect();
    if let Ok(text) = run(dir, &arguments, options) {
        let parse = || serde_json::from_str::<Report>(&text).map_err(|error| error.to_string());
        return things
            .iter()
            .map(|thing| parse().map(|report| (thing, Some(report))))
            .collect();
    }
    let each = things.iter().map(|thing| {
        let report = run(dir, &[&thing.argument], options).ok();
        let report = report.and_then(|text| serde_json::from_str(&text).ok());
        Ok((thing, report))
    });
    each.collect()
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
    changed: &[String],
    all: &[&str],
    diffs: &BTreeMap<&str, String>,
) -> Tried {
    let name = thing.word.as_str();
    let own = |seed: &Seed| {
        let last = seed.name.rsplit('.').next().unwrap_or(&seed.name);
        seed.path == thing.path && (thing.kind == "contract" || last == name)
    };
    let seeds: BTreeSet<usize> = (0..)
        .zip(&report.seeds)
        .filter(|(_, seed)| own(seed))
        .map(|(at, _)| at)
        .collect();
    let led = |from: &[usize]| from.iter().any(|seed| seeds.contains(seed));
    let is_other = |path: &str| path != thing.path && is_source(path);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for file in report
        .files
        .iter()
        .filter(|file| led(&file.seeds) && is_other(&file.path))
    {
        found.insert(&file.path, file.distance);
    }
    for seed in report
        .seeds
        .iter()
        .filter(|seed| led(&seed.seeds) && is_other(&seed.path))
    {
        found.entry(&seed.path).or_insert(2);
    }
    let together: Vec<String> = changed
        .iter()
        .filter(|path| is_other(path))
        .cloned()
        .collect();
    let names = |path: &&String| {
        let diff = diffs.get(path.as_str()).map_or("", String::as_str);
        let lines = diff.lines().filter(|line| line.starts_with(['+', '-']));
        lines.into_iter().any(|line| declared::holds(line, name))
    };
    let naming: Vec<String> = together.iter().filter(names).cloned().collect();
    let hits: Vec<String> = together
        .iter()
        .filter(|path| found.contains_key(path.as_str()))
        .cloned()
        .collect();
    let near = found.values().filter(|distance| **distance == 1).count();
    let near_hits = hits
        .iter()
        .filter(|path| found.get(path.as_str()) == Some(&1))
        .count();
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
        named: found.keys().map(|path| (*path).to_owned()).collect(),
        size: found.len(),
        near: (near, near_hits),
        sources: all.len(),
        together,
        naming,
        hits,
    }
}

fn parent_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}
