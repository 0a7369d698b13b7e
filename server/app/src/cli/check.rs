//! `check`: every finding, for people or machines; the exit code says whether one is loud enough.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rules::{Finding, Severity};
use trace::Feature;
use workspace::{MemoKey, content_hash};

use super::coverage::covered;
use super::load::{Depth, active_by_environment, host, load_with};
use super::phase::{Phase, in_work};
use super::report::{Report, report, top};
use super::scope::{Chosen, Scope, findings, suppressed};
use super::since::since;
use super::touched::touched;
use super::{analyze, github, human, json, junit, markdown, print, sarif};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    #[command(flatten)]
    scope: Scope,
    /// Only what stands in the way of the end of this phase; of the feature in work unless others are named
    #[arg(long, value_enum, conflicts_with = "since")]
    phase: Option<Phase>,
    /// Only findings that are new since the merge base of this revision and HEAD, wherever they are
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Exit with 1 when a finding is at least this loud; hints never fail
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Show findings that are suppressed or in the baseline, too
    #[arg(long)]
    show_suppressed: bool,
    /// List the questions that could not be answered, too, with place, rule and reason (`--format human`)
    #[arg(long)]
    unknown: bool,
    /// Say on standard error how long each part took
    #[arg(long)]
    timings: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// With source excerpts
    Human,
    /// One JSON document (docs/json.md)
    Json,
    /// SARIF 2.1.0, for code scanning (docs/ci.md)
    Sarif,
    /// `JUnit` XML, a test case per feature and rule (docs/ci.md)
    Junit,
    /// A comment for a pull request (docs/ci.md)
    Markdown,
    /// The tables of Spec Kit's `/speckit.analyze`; of all features unless one is named (docs/ci.md)
    Analyze,
    /// Annotations of GitHub Actions, worst first (docs/ci.md)
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Information,
    Never,
}

impl FailOn {
    fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Information => severity >= Severity::Information,
            Self::Never => false,
        }
    }
}

/// A finding with its feature.
type Found<'a> = (&'a Arc<Feature>, &'a Finding);

/// What stands in the way of a phase's end: findings, and what no finding tells.
fn gate<'a>(
    phase: Phase,
    mut all: Vec<Found<'a>>,
    chosen: &[Chosen<'_>],
) -> (Vec<Found<'a>>, Vec<String>) {
    all.retain(|(feature, finding)| phase.refuses(feature, finding));
    let lacks = chosen.iter().flat_map(|(feature, _)| phase.lacks(feature));
    (all, lacks.collect())
}

impl Check {
    /// Whether a finding that is shown makes the check fail: at a gate every one does.
    fn fails(&self, severity: Severity) -> bool {
        match (self.phase, self.fail_on) {
            (Some(_), FailOn::Error | FailOn::Warning | FailOn::Information) => true,
            (_, fail_on) => fail_on.fails(severity),
        }
    }

    /// What tells this report from others of the same workspace in the same state. `None`: it is not to be kept.
    fn key(&self) -> Option<MemoKey> {
        if self.since.is_some() || self.timings {
            return None;
        }
        let styled = human::styled(&std::io::stdout());
        let asked = (self, active_by_environment(), top(), styled);
        Some(content_hash(format!("{asked:?}").as_bytes()))
    }

    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let roots = [roots, &self.roots].concat();
        let mut host = host(&roots)?;
        let key = self.key();
        if let Some(memo) = key.and_then(|key| host.recall(key)) {
            print(&memo.out)?;
            return Ok(ExitCode::from(memo.code));
        }
        let depth = match self.format {
            Format::Analyze => Depth::Links,
            // The comment tells what a change touches.
            Format::Markdown if self.since.is_some() => Depth::Links,
            _ => Depth::Findings,
        };
        let loaded = load_with(&mut host, depth)?;
        loaded.require_documents()?;
        let mut scope = self.scope.clone();
        scope.all |= matches!(self.format, Format::Analyze);
        let mut chosen = scope.select(&loaded)?;
        if self.phase.is_some() && !scope.all && scope.feature.is_none() {
            chosen = in_work(chosen);
        }
        let since = match &self.since {
            Some(revision) => Some(since(&loaded, revision, depth)?),
            None => None,
        };
        let (all, older) = match &since {
            Some(since) => since.new_of(findings(&chosen)),
            None => (findings(&chosen), 0),
        };
        let (all, lacks) = match self.phase {
            Some(phase) => gate(phase, all, &chosen),
            None => (all, Vec::new()),
        };
        let since = since.map(|since| (since, older));
        let since = since.as_ref();
        let passed_over = if self.show_suppressed {
            suppressed(&chosen)
        } else {
            Vec::new()
        };
        let report = || Report {
            lacks: lacks.clone(),
            ..report(&loaded, &chosen, &all, &passed_over, since)
        };
        let out = match self.format {
            Format::Human => {
                let shown = self.show_suppressed;
                human::report(&loaded, &chosen, &all, since, shown, self.unknown)
            }
            Format::Json => {
                let shown = self.show_suppressed;
                let lacks = self.phase.map(|_| lacks.as_slice());
                json::report(&loaded, &chosen, &report(), since, shown, lacks)?
            }
            Format::Sarif => sarif::sarif(&report())?,
            Format::Junit => junit::junit(&report(), |severity| self.fails(severity)),
            Format::Markdown => {
                let after = &loaded.analysis.graph;
                let touched = since.map(|(since, _)| touched(&since.graph, after));
                markdown::markdown(&Report {
                    touched: touched.unwrap_or_default(),
                    ..report()
                })
            }
            Format::Analyze => {
                let graph = &loaded.analysis.graph;
                let covered: Vec<_> = chosen
                    .iter()
                    .map(|(feature, _)| covered(graph, feature, None))
                    .collect();
                analyze::analyze(&report(), &covered)
            }
            Format::Github => github::github(&report()),
        };
        print(&out)?;
        if self.timings {
            let since = since.map(|(since, _)| ("merge base", since.took));
            for (what, took) in loaded.timings.iter().copied().chain(since) {
                super::note(&format!("{what}: {} ms", took.as_millis()));
            }
        }
        for lack in &lacks {
            super::note(lack);
        }
        // Only what goes to standard output is kept.
        let noted = lacks.is_empty();
        let lacks = !lacks.is_empty() && !matches!(self.fail_on, FailOn::Never);
        let failed = lacks || all.iter().any(|(_, it)| self.fails(it.severity));
        let code = u8::from(failed);
        if let Some(key) = key.filter(|_| noted) {
            host.keep(key, &out, code);
        }
        Ok(ExitCode::from(code))
    }
}
