//! How often a suggested task is one that the author cited: citations are hidden in a copy, the program is asked which
//! task each requirement belongs to, and its answer is compared with that of plain BM25 over the same text.

mod flat;
mod hidden;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use self::hidden::Hidden;
use crate::Outcome;
use crate::checkout::called;
use crate::document::{Document, Role};
use crate::wilson::{interval, share};

/// Files larger than this are no documents.
const LARGEST: u64 = 1_000_000;

/// Repositories with fewer requirements are counted together.
const FEW: usize = 20;

/// What one ranker got right.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Right {
    /// The first suggestion.
    pub first: usize,
    /// One of the first three.
    pub three: usize,
}

/// One repository, or several together.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tally {
    /// What it is called.
    pub repository: String,
    /// Features whose tasks cite requirements.
    pub features: usize,
    /// Requirements that tasks cite.
    pub requirements: usize,
    /// Tasks of those features.
    pub tasks: usize,
    /// The measured program.
    pub ours: Right,
    /// Plain BM25.
    pub flat: Right,
    /// Suggestions called confident.
    pub confident: usize,
    /// Of these, right.
    pub confident_right: usize,
    /// Requirements that the program did not answer for.
    pub unanswered: usize,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.features += other.features;
        self.requirements += other.requirements;
        self.tasks += other.tasks;
        for (own, each) in [(&mut self.ours, other.ours), (&mut self.flat, other.flat)] {
            own.first += each.first;
            own.three += each.three;
        }
        self.confident += other.confident;
        self.confident_right += other.confident_right;
        self.unanswered += other.unanswered;
    }
}

#[derive(Deserialize)]
struct Answer {
    suggestions: Vec<Suggestion>,
}

#[derive(Deserialize)]
struct Suggestion {
    item: Item,
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Item {
    address: String,
}

#[derive(Deserialize)]
struct Candidate {
    kind: String,
    path: String,
    range: crate::check::Range,
    confident: bool,
}

/// Measures one repository; nothing in it is changed. With `keep`, the copy without citations is left there.
///
/// # Errors
/// The copy cannot be written, or the program does not answer.
pub fn measure(binary: &Path, repository: &Path, keep: Option<&Path>) -> Outcome<Tally> {
    let temporary = tempfile::TempDir::new().map_err(|error| error.to_string())?;
    let copy = keep.map_or_else(
        || temporary.path().to_owned(),
        |dir| dir.join(called(repository)),
    );
    let features = copy_hidden(repository, &copy)?;
    let mut tally = Tally {
        repository: called(repository),
        features: features.len(),
        ..Tally::default()
    };
    if features.is_empty() {
        return Ok(tally);
    }
    if keep.is_some() {
        write_truth(&copy, &features)?;
    }
    let answers = ask(binary, &copy)?;
    for feature in &features {
        compare(feature, &answers, &mut tally);
    }
    Ok(tally)
}

fn compare(feature: &Hidden, answers: &BTreeMap<String, Vec<Candidate>>, tally: &mut Tally) {
    let texts: Vec<&str> = feature
        .tasks
        .iter()
        .map(|task| task.text.as_str())
        .collect();
    let list = format!("{}/tasks.md", feature.feature);
    tally.tasks += texts.len();
    for wanted in &feature.wanted {
        tally.requirements += 1;
        let right = |task: &usize| wanted.cited_by.contains(task);
        let count = |order: &[usize], into: &mut Right| {
            into.first += usize::from(order.first().is_some_and(right));
            into.three += usize::from(order.iter().take(3).any(right));
        };
        count(&flat::ranked(&wanted.text, &texts), &mut tally.flat);
        let address = format!("{}#{}", feature.feature, wanted.id);
        let Some(candidates) = answers.get(&address) else {
            tally.unanswered += 1;
            continue;
        };
        let tasks = candidates
            .iter()
            .filter(|it| it.kind == "task" && it.path == list);
        let tasks: Vec<&Candidate> = tasks.collect();
        let place = |it: &&Candidate| {
            let line = it.range.start.line;
            // What is no task to this reader is an answer all the same, and a wrong one.
            let known = feature.tasks.iter().position(|task| task.line == line);
            known.unwrap_or(usize::MAX)
        };
        let order: Vec<usize> = tasks.iter().map(place).collect();
        count(&order, &mut tally.ours);
        if tasks.first().is_some_and(|it| it.confident) {
            tally.confident += 1;
            tally.confident_right += usize::from(order.first().is_some_and(right));
        }
    }
}

/// Candidates by the address of what they are for.
fn ask(binary: &Path, root: &Path) -> Outcome<BTreeMap<String, Vec<Candidate>>> {
    let wrong = |what: String| format!("{} on {}: {what}", binary.display(), root.display());
    let output = Command::new(binary)
        .args(["suggest", "--format", "json", "--all"])
        .arg(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| wrong(error.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(wrong(format!("{}: {}", output.status, said.trim())));
    }
    let answer: Answer =
        serde_json::from_slice(&output.stdout).map_err(|error| wrong(format!("JSON: {error}")))?;
    let all = answer.suggestions.into_iter();
    Ok(all.map(|it| (it.item.address, it.candidates)).collect())
}

/// Copies the documents of a repository, task lists without their citations; gives the features that had some.
fn copy_hidden(repository: &Path, copy: &Path) -> Outcome<Vec<Hidden>> {
    let mut paths = Vec::new();
    documents_below(repository, repository, 0, &mut paths);
    paths.sort();
    let mut features = Vec::new();
    for path in &paths {
        let from = repository.join(path);
        let Ok(bytes) = std::fs::read(&from) else {
            continue;
        };
        let hidden = hidden_list(repository, path);
        let bytes = hidden
            .as_ref()
            .map_or(bytes, |it| it.text.clone().into_bytes());
        let to = copy.join(path);
        let written = to.parent().map_or(Ok(()), std::fs::create_dir_all);
        written
            .and_then(|()| std::fs::write(&to, bytes))
            .map_err(|error| format!("{}: {error}", to.display()))?;
        features.extend(hidden);
    }
    Ok(features)
}

/// The task list at a path with its feature, if it is one and cites.
fn hidden_list(repository: &Path, path: &str) -> Option<Hidden> {
    let feature = path.strip_suffix("/tasks.md")?;
    // What comes with an extension is the extension's own.
    if path.contains(".specify/extensions/") {
        return None;
    }
    let specs = [
        ("spec.md", Role::Spec),
        ("requirements.md", Role::Requirements),
    ];
    let spec = specs.into_iter().find_map(|(name, role)| {
        Document::read(repository, &format!("{feature}/{name}"), feature, role)
    })?;
    let tasks = Document::read(repository, path, feature, Role::Tasks)?;
    hidden::hide(&spec, &tasks)
}

/// Paths of Markdown and settings below directories that hold specs.
fn documents_below(root: &Path, dir: &Path, depth: usize, paths: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("");
        if path.is_symlink() || matches!(name, ".git" | "node_modules" | "target" | "vendor") {
            continue;
        }
        if path.is_dir() && depth < 12 {
            documents_below(root, &path, depth + 1, paths);
            continue;
        }
        let extension = path.extension().and_then(|each| each.to_str());
        let document = matches!(extension, Some("md" | "json" | "yml" | "yaml"));
        let small = path.metadata().is_ok_and(|meta| meta.len() <= LARGEST);
        let Some(below) = path.strip_prefix(root).ok().and_then(Path::to_str) else {
            continue;
        };
        if document && small && is_spec_path(below) {
            paths.push(below.to_owned());
        }
    }
}

/// Whether a file lies in a directory of a spec format; other tools have theirs below hidden directories of their own.
fn is_spec_path(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let hidden = parts.iter().find(|part| part.starts_with('.'));
    match hidden {
        Some(hidden) => matches!(*hidden, ".specify" | ".kiro"),
        None => parts.iter().any(|part| part.contains("specs")),
    }
}

/// What is to be found, beside a kept copy: one line for each requirement and task.
fn write_truth(copy: &Path, features: &[Hidden]) -> Outcome<()> {
    let mut text = String::new();
    for feature in features {
        for wanted in &feature.wanted {
            for task in &wanted.cited_by {
                let line = feature.tasks[*task].line;
                let _ = writeln!(text, "{}\t{}\t{line}", feature.feature, wanted.id);
            }
        }
    }
    let path: PathBuf = copy.join("truth.tsv");
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The table.
#[must_use]
pub fn text(tallies: &[Tally]) -> String {
    let mut out = String::from(
        "| repository | features | requirements | tasks | top-1 | BM25 | top-3 | BM25 | confident | right |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut total = Tally {
        repository: "all".to_owned(),
        ..Tally::default()
    };
    let mut few = Tally::default();
    let mut counted = 0;
    for tally in tallies.iter().filter(|tally| tally.requirements > 0) {
        total.add(tally);
        if tally.requirements < FEW {
            few.add(tally);
            counted += 1;
        } else {
            row(&mut out, tally);
        }
    }
    few.repository = format!("{counted} with fewer than {FEW} requirements");
    if counted > 0 {
        row(&mut out, &few);
    }
    row(&mut out, &total);
    let (low, high) = interval(total.confident_right, total.confident);
    let _ = writeln!(
        out,
        "\nConfident suggestions: {} of {} right (Wilson 95 %: {:.1} to {:.1} %). Requirements without an answer: {}.",
        total.confident_right,
        total.confident,
        low * 100.0,
        high * 100.0,
        total.unanswered
    );
    out
}

fn row(out: &mut String, tally: &Tally) {
    let percent = |hits: usize, all: usize| {
        share(hits, all).map_or_else(|| "-".to_owned(), |it| format!("{:.1} %", it * 100.0))
    };
    let all = tally.requirements;
    let _ = writeln!(
        out,
        "| {} | {} | {all} | {} | {} | {} | {} | {} | {} | {} |",
        tally.repository,
        tally.features,
        tally.tasks,
        percent(tally.ours.first, all),
        percent(tally.flat.first, all),
        percent(tally.ours.three, all),
        percent(tally.flat.three, all),
        tally.confident,
        percent(tally.confident_right, tally.confident),
    );
}
