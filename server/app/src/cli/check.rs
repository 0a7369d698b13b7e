//! `check`: every finding, for people or machines; the exit code says whether one is loud enough.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use rules::Severity;

use super::load::{Depth, load};
use super::report::report;
use super::scope::{Scope, findings, suppressed};
use super::since::since;
use super::{github, human, json, junit, markdown, print, sarif};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    #[command(flatten)]
    scope: Scope,
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

impl Check {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let roots = [roots, &self.roots].concat();
        let loaded = load(&roots, Depth::Findings)?;
        loaded.require_documents()?;
        let chosen = self.scope.select(&loaded)?;
        let since = match &self.since {
            Some(revision) => Some(since(&loaded, revision)?),
            None => None,
        };
        let (all, older) = match &since {
            Some(since) => since.new_of(findings(&chosen)),
            None => (findings(&chosen), 0),
        };
        let since = since.map(|since| (since, older));
        let since = since.as_ref();
        let passed_over = if self.show_suppressed {
            suppressed(&chosen)
        } else {
            Vec::new()
        };
        let report = || report(&loaded, &chosen, &all, &passed_over, since);
        match self.format {
            Format::Human => {
                let shown = self.show_suppressed;
                print(&human::report(&loaded, &chosen, &all, since, shown));
            }
            Format::Json => {
                let shown = self.show_suppressed;
                print(&json::report(&loaded, &chosen, &all, since, shown)?);
            }
            Format::Sarif => print(&sarif::sarif(&report())?),
            Format::Junit => {
                let fails = |severity| self.fail_on.fails(severity);
                print(&junit::junit(&report(), fails));
            }
            Format::Markdown => print(&markdown::markdown(&report())),
            Format::Github => print(&github::github(&report())),
        }
        if self.timings {
            let since = since.map(|(since, _)| ("merge base", since.took));
            for (what, took) in loaded.timings.iter().copied().chain(since) {
                super::note(&format!("{what}: {} ms", took.as_millis()));
            }
        }
        let failed = all
            .iter()
            .any(|(_, finding)| self.fail_on.fails(finding.severity));
        Ok(if failed {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        })
    }
}
