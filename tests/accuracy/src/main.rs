//! The measuring program: see `README.md` beside it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use accuracy::report::Summary;
use accuracy::seed::{Options, Seeded, kinds, seed};
use accuracy::{Outcome, census, drift, export, impact, labels, suggestions, tasks};
use clap::{Args, Parser, Subcommand};
use serde::Serialize;

/// How true are the findings of a built spec-analyzer?
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Put defects and harmless edits into copies of repositories, and see what is said
    Seed(Seed),
    /// Precision by rule from judged hits
    Labels(Labels),
    /// Count features, findings and unknowns of repositories
    Census(Census),
    /// Write hits with their surroundings, to judge by hand
    Export(Export),
    /// Hide which requirements tasks cite, and see which tasks are suggested for them
    Suggestions(Suggestions),
    /// Accept everything in copies of repositories, mutate code and requirements, and see what is told
    Drift(Drift),
    /// Hide the task lists of features, have them written, and compare
    Tasks(Tasks),
    /// Of commits that changed an exported symbol or a contract: how much of what changed with it was named before
    Impact(Impact),
    /// List the kinds of edits
    Kinds,
}

#[derive(Debug, Args)]
struct Seed {
    /// The spec-analyzer to measure
    #[arg(long)]
    binary: PathBuf,
    /// Repositories; they are copied and never changed
    #[arg(long, required = true, num_args = 1..)]
    repo: Vec<PathBuf>,
    /// Only these rules or kinds, and `neutral` for the harmless edits [default: all]
    #[arg(long, value_delimiter = ',')]
    rules: Vec<String>,
    /// Defects for each rule and repository
    #[arg(long, default_value_t = 12)]
    per_rule: usize,
    /// Harmless edits of each kind for each repository
    #[arg(long, default_value_t = 3)]
    per_neutral: usize,
    /// Chooses the places
    #[arg(long = "seed", default_value_t = 42)]
    places: u64,
    /// Copies of a repository that are worked on at once
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Also write everything as JSON
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Labels {
    /// Files of judged hits
    #[arg(long = "labels", required = true, num_args = 1..)]
    files: Vec<PathBuf>,
    /// A directory with the repositories, to look for unjudged hits and labels that are gone
    #[arg(long, requires = "binary")]
    checkout: Option<PathBuf>,
    /// The spec-analyzer to compare with
    #[arg(long)]
    binary: Option<PathBuf>,
    /// Also write everything as JSON
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Census {
    /// The spec-analyzer to measure
    #[arg(long)]
    binary: PathBuf,
    /// Repositories, read as they are
    #[arg(long, required = true, num_args = 1..)]
    repo: Vec<PathBuf>,
    /// Also write everything as JSON
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Export {
    /// The spec-analyzer whose hits are written
    #[arg(long)]
    binary: PathBuf,
    /// Repositories, read as they are
    #[arg(long, required = true, num_args = 1..)]
    repo: Vec<PathBuf>,
    /// The file to write
    #[arg(long)]
    out: PathBuf,
    /// Hits of each rule
    #[arg(long, default_value_t = 50)]
    per_rule: usize,
    /// Active features only
    #[arg(long)]
    active: bool,
    /// Chooses the hits
    #[arg(long, default_value_t = 42)]
    seed: u64,
}

#[derive(Debug, Args)]
struct Suggestions {
    /// The spec-analyzer to measure
    #[arg(long)]
    binary: PathBuf,
    /// Repositories; their documents are copied and never changed
    #[arg(long, required = true, num_args = 1..)]
    repo: Vec<PathBuf>,
    /// Leave the copies without citations here, with what was hidden in `truth.tsv`
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Also write everything as JSON
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Drift {
    /// The spec-analyzer to measure
    #[arg(long)]
    binary: PathBuf,
    /// Repositories; they are copied and never changed
    #[arg(long, num_args = 1..)]
    repo: Vec<PathBuf>,
    /// Reports of earlier runs, which stand in the tables beside those of this one
    #[arg(long, num_args = 1..)]
    report: Vec<PathBuf>,
    /// Print the tables by repository, as `drift.md` has them
    #[arg(long)]
    by_repository: bool,
    /// Only these kinds [default: all]
    #[arg(long, value_delimiter = ',')]
    kinds: Vec<String>,
    /// Mutations of each kind for each repository
    #[arg(long, default_value_t = 8)]
    per_kind: usize,
    /// Chooses the places
    #[arg(long = "seed", default_value_t = 42)]
    places: u64,
    /// Also write everything as JSON
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Tasks {
    /// The spec-analyzer to measure
    #[arg(long)]
    binary: PathBuf,
    /// Repositories with their history; they are copied and never changed
    #[arg(long, num_args = 1..)]
    repo: Vec<PathBuf>,
    /// Reports of earlier runs, which stand in the tables beside those of this one
    #[arg(long, num_args = 1..)]
    report: Vec<PathBuf>,
    /// Features of each repository, spread evenly over those that qualify
    #[arg(long, default_value_t = 3)]
    per_repository: usize,
    /// Only write and compare; do not run `check`
    #[arg(long)]
    no_check: bool,
    /// One row for each feature
    #[arg(long)]
    by_feature: bool,
    /// Leave the lists here, generated and real
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Also write everything as JSON
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Impact {
    /// The spec-analyzer to measure
    #[arg(long)]
    binary: PathBuf,
    /// Repositories with history; they are copied and never changed
    #[arg(long, num_args = 1..)]
    repo: Vec<PathBuf>,
    /// Reports of earlier runs, which stand in the tables beside those of this one
    #[arg(long, num_args = 1..)]
    report: Vec<PathBuf>,
    /// Commits of each repository
    #[arg(long, default_value_t = 12)]
    commits: usize,
    /// Of each commit: declarations and contracts, and as many bodies
    #[arg(long, default_value_t = 1)]
    things: usize,
    /// Steps that are followed
    #[arg(long, default_value_t = 2)]
    depth: usize,
    /// Chooses the commits
    #[arg(long, default_value_t = 42)]
    seed: u64,
    /// Also write everything as JSON
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Seed(arguments) => run_seed(&arguments),
        Command::Labels(arguments) => run_labels(&arguments),
        Command::Census(arguments) => run_census(&arguments),
        Command::Export(arguments) => run_export(&arguments),
        Command::Suggestions(arguments) => run_suggestions(&arguments),
        Command::Drift(arguments) => run_drift(&arguments),
        Command::Impact(arguments) => run_impact(&arguments),
        Command::Tasks(arguments) => run_tasks(&arguments),
        Command::Kinds => {
            for kind in drift::kinds() {
                let codes = match kind.codes {
                    [] => "neutral".to_owned(),
                    codes => codes.join(", "),
                };
                print(&format!("drift {} ({codes}): {}\n", kind.name, kind.about));
            }
            for kind in kinds() {
                print(&format!(
                    "{} ({}): {}\n",
                    kind.name,
                    kind.rule.unwrap_or("neutral"),
                    kind.about
                ));
            }
            Ok(true)
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(why) => {
            note(&format!("accuracy: {why}"));
            ExitCode::from(2)
        }
    }
}

fn run_seed(arguments: &Seed) -> Outcome<bool> {
    let options = Options {
        binary: found(&arguments.binary)?,
        rules: arguments.rules.clone(),
        per_rule: arguments.per_rule,
        per_neutral: arguments.per_neutral,
        seed: arguments.places,
        jobs: arguments.jobs.max(1),
    };
    let mut all: Vec<Seeded> = Vec::new();
    let mut whole = true;
    for repository in &arguments.repo {
        let started = Instant::now();
        match seed(repository, &options) {
            Ok(seeded) => {
                let (edits, took) = (seeded.tried.len(), started.elapsed().as_secs());
                note(&format!(
                    "{}: {edits} edits in {took} s",
                    repository.display()
                ));
                all.push(seeded);
            }
            Err(why) => {
                note(&format!("{}: LEFT OUT: {why}", repository.display()));
                whole = false;
            }
        }
    }
    let summary = Summary::of(all);
    print(&summary.text());
    write(arguments.out.as_deref(), &summary)?;
    Ok(whole)
}

fn run_impact(arguments: &Impact) -> Outcome<bool> {
    let options = impact::Options {
        binary: found(&arguments.binary)?,
        commits: arguments.commits,
        seeds: arguments.things,
        depth: arguments.depth,
        seed: arguments.seed,
    };
    let mut all: Vec<impact::Tried> = Vec::new();
    for report in &arguments.report {
        all.extend(earlier::<impact::Tried>(report)?);
    }
    let mut whole = true;
    for repository in &arguments.repo {
        let started = Instant::now();
        match impact::measure(repository, &options) {
            Ok(tried) => {
                let (count, took) = (tried.len(), started.elapsed().as_secs());
                note(&format!(
                    "{}: {count} things in {took} s",
                    repository.display()
                ));
                all.extend(tried);
                write(arguments.out.as_deref(), &all)?;
            }
            Err(why) => {
                note(&format!("{}: LEFT OUT: {why}", repository.display()));
                whole = false;
            }
        }
    }
    print(&impact::tables::text(&all));
    write(arguments.out.as_deref(), &all)?;
    Ok(whole)
}

/// What an earlier run wrote.
fn earlier<T: serde::de::DeserializeOwned>(report: &Path) -> Outcome<Vec<T>> {
    let wrong = |error: String| format!("{}: {error}", report.display());
    let json = std::fs::read(report).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_slice(&json).map_err(|error| wrong(error.to_string()))
}

fn run_drift(arguments: &Drift) -> Outcome<bool> {
    let options = drift::Options {
        binary: found(&arguments.binary)?,
        per_kind: arguments.per_kind,
        seed: arguments.places,
        kinds: arguments.kinds.clone(),
    };
    let mut all: Vec<drift::Drifted> = Vec::new();
    for report in &arguments.report {
        all.extend(earlier::<drift::Drifted>(report)?);
    }
    let mut whole = true;
    for repository in &arguments.repo {
        let started = Instant::now();
        match drift::drift(repository, &options) {
            Ok(drifted) => {
                let (count, took) = (drifted.tried.len(), started.elapsed().as_secs());
                note(&format!(
                    "{}: {count} mutations in {took} s",
                    repository.display()
                ));
                for why in &drifted.left_out {
                    note(&format!("{}: NOT FORMATTED: {why}", repository.display()));
                }
                all.push(drifted);
            }
            Err(why) => {
                note(&format!("{}: LEFT OUT: {why}", repository.display()));
                whole = false;
            }
        }
    }
    print(&if arguments.by_repository {
        drift::tables::by_repository(&all)
    } else {
        drift::tables::by_kind(&all)
    });
    write(arguments.out.as_deref(), &all)?;
    Ok(whole)
}

fn run_tasks(arguments: &Tasks) -> Outcome<bool> {
    let options = tasks::Options {
        binary: found(&arguments.binary)?,
        per_repository: arguments.per_repository,
        check: !arguments.no_check,
        keep: arguments.keep.clone(),
    };
    let mut all: Vec<tasks::Tally> = Vec::new();
    for report in &arguments.report {
        all.extend(earlier::<tasks::Tally>(report)?);
    }
    let mut whole = true;
    for repository in &arguments.repo {
        let started = Instant::now();
        match tasks::measure(repository, &options) {
            Ok(measured) => {
                let (count, took) = (measured.len(), started.elapsed().as_secs());
                note(&format!(
                    "{}: {count} features in {took} s",
                    repository.display()
                ));
                all.extend(measured);
            }
            Err(why) => {
                note(&format!("{}: LEFT OUT: {why}", repository.display()));
                whole = false;
            }
        }
    }
    if arguments.by_feature {
        print(&tasks::tables::text(&all));
    }
    print(&tasks::tables::by_repository(&all));
    write(arguments.out.as_deref(), &all)?;
    Ok(whole)
}

fn run_labels(arguments: &Labels) -> Outcome<bool> {
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
        match labels::parse(&name, &text) {
            Ok(labels) => all.extend(labels),
            Err(lines) => wrong.extend(lines),
        }
    }
    wrong.extend(labels::repeated(&all));
    for line in &wrong {
        note(line);
    }
    let compared = match (&arguments.checkout, &arguments.binary) {
        (Some(checkout), Some(binary)) => Some(labels::compare(&all, &found(binary)?, checkout)?),
        _ => None,
    };
    let by_code = labels::precision(&all);
    print(&labels::text(&by_code, compared.as_ref()));
    write(arguments.out.as_deref(), &(by_code, compared))?;
    Ok(wrong.is_empty())
}

fn run_census(arguments: &Census) -> Outcome<bool> {
    let binary = found(&arguments.binary)?;
    let (mut all, mut whole) = (Vec::new(), true);
    for repository in &arguments.repo {
        match census::count(&binary, repository) {
            Ok(counted) => all.push(counted),
            Err(why) => {
                note(&format!("{}: LEFT OUT: {why}", repository.display()));
                whole = false;
            }
        }
    }
    print(&census::text(&all));
    write(arguments.out.as_deref(), &all)?;
    Ok(whole)
}

fn run_export(arguments: &Export) -> Outcome<bool> {
    let repositories: Vec<&Path> = arguments.repo.iter().map(PathBuf::as_path).collect();
    let choice = export::Choice {
        per_rule: arguments.per_rule,
        all: !arguments.active,
        seed: arguments.seed,
    };
    let rows = export::rows(&found(&arguments.binary)?, &repositories, choice)?;
    let text = format!("{}\n{}\n", export::HEAD, rows.join("\n"));
    let out = arguments.out.display();
    std::fs::write(&arguments.out, text).map_err(|error| format!("{out}: {error}"))?;
    note(&format!("{} hits written to {out}", rows.len()));
    Ok(true)
}

fn run_suggestions(arguments: &Suggestions) -> Outcome<bool> {
    let binary = found(&arguments.binary)?;
    let (mut all, mut whole) = (Vec::new(), true);
    for repository in &arguments.repo {
        match suggestions::measure(&binary, repository, arguments.keep.as_deref()) {
            Ok(tally) => all.push(tally),
            Err(why) => {
                note(&format!("{}: LEFT OUT: {why}", repository.display()));
                whole = false;
            }
        }
    }
    print(&suggestions::text(&all));
    write(arguments.out.as_deref(), &all)?;
    Ok(whole)
}

/// The program, from wherever it is run.
fn found(binary: &Path) -> Outcome<PathBuf> {
    binary
        .canonicalize()
        .map_err(|error| format!("{}: {error}", binary.display()))
}

fn write(path: Option<&Path>, value: &impl Serialize) -> Outcome<()> {
    let Some(path) = path else {
        return Ok(());
    };
    let mut text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    text.push('\n');
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes to standard output. A reader that went away (`| head`) is no error.
fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
