//! `drift`: what the changes since a revision touch: requirements that say something else with all that relied on them, and
//! code that is not what it was with the requirements it serves.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::json::{self, Root, Tool};
use super::load::{Depth, load};
use super::print;
use super::since::since;
use super::touched::{Touched, touched};

/// Arguments of `drift`.
#[derive(Debug, Args)]
pub(crate) struct Drift {
    /// Compare with the merge base of this revision and HEAD
    #[arg(long, value_name = "REV")]
    since: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines to read
    Human,
    /// One JSON document (docs/json.md)
    Json,
    /// A list for a pull request; the comment of `check --since` holds it, too
    Markdown,
}

/// The report of `drift`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "DriftReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    schema: u32,
    tool: Tool,
    /// The revision, as typed.
    since: String,
    /// The commits compared with, by root.
    merge_bases: Vec<String>,
    roots: Vec<Root>,
    #[serde(flatten)]
    touched: Touched,
}

impl Drift {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Links)?;
        loaded.require_documents()?;
        let since = since(&loaded, &self.since, Depth::Links)?;
        let touched = touched(&since.graph, &loaded.analysis.graph);
        let out = match self.format {
            Format::Human => format!(
                "{}, since {}\n{}",
                touched.counted(),
                since.shown(),
                touched.human(loaded.snapshot.roots.len() > 1)
            ),
            Format::Markdown => touched.markdown(),
            Format::Json => json::text(&Report {
                schema: json::SCHEMA,
                tool: json::tool(),
                since: self.since.clone(),
                merge_bases: since.bases.clone(),
                roots: json::roots(&loaded),
                touched,
            })?,
        };
        print(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}
