//! `impact`: what a change may reach: from an item, file, symbol or a diff to code, tests, requirements, packages and
//! repositories, each step with its evidence.

pub(crate) mod found;
mod human;
pub(crate) mod markdown;
mod mermaid;
mod picture;
mod seeds;
mod svg;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;
use trace::impact::Bounds;

use self::found::Found;
use super::json::{self, Root, Tool};
use super::load::{Depth, host, load_with};
use super::print;

/// Steps that are followed where nobody says how many.
pub(crate) const DEPTH: u32 = 2;

/// Nodes that are told where nobody says how many.
pub(crate) const MOST: usize = 400;

/// Arguments of `impact`.
#[derive(Debug, Args)]
pub(crate) struct Impact {
    /// What changes: an item (`FR-003`, `specs/003-login#US1`), a file, a symbol of a file (`src/login.ts#signIn`,
    /// `src/login.ts:12`), a contract or one of its operations; several may be given
    #[arg(required_unless_present = "since")]
    what: Vec<String>,
    /// What changed since the merge base of this revision and HEAD: symbols, contracts, requirements
    #[arg(long, value_name = "REV", conflicts_with = "what")]
    since: Option<String>,
    /// Steps to follow: 1 is who uses it directly
    #[arg(long, value_name = "N", default_value_t = DEPTH)]
    depth: u32,
    /// Things to tell at most; the rest is counted
    #[arg(long, value_name = "N", default_value_t = MOST)]
    most: usize,
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
    /// A graph in a code block, for Markdown
    Mermaid,
    /// A graph as a picture
    Svg,
    /// A document with the lists and the graph
    Markdown,
}

/// The report of `impact`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ImpactReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    schema: u32,
    tool: Tool,
    /// The revision, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The commit of each root that it was compared with; empty without `since`.
    merge_bases: Vec<String>,
    roots: Vec<Root>,
    /// Steps that were followed.
    depth: u32,
    #[serde(flatten)]
    found: Found,
}

impl Impact {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let mut host = host(roots)?;
        let loaded = load_with(&mut host, Depth::Present)?;
        let seeds = match &self.since {
            Some(revision) => seeds::since(&loaded, revision)?,
            None => seeds::asked(&loaded, &self.what)?,
        };
        let bounds = Bounds {
            depth: self.depth,
            most: self.most,
        };
        let nodes = seeds.changes.iter().map(|each| each.node.clone()).collect();
        let impact = loaded.snapshot.impact(nodes, bounds, &|| false);
        let impact = impact.unwrap_or_default();
        let mut found = Found::of(&loaded.analysis.graph, &impact);
        for (seed, change) in found.seeds.iter_mut().zip(&seeds.changes) {
            seed.change = change.change;
        }
        found.gone = seeds.gone;
        let several = loaded.snapshot.roots.len() > 1;
        let out = match self.format {
            Format::Human => human::text(&found, several),
            Format::Markdown => markdown::text(&found, several),
            Format::Mermaid => mermaid::text(&picture::of(&found, several)),
            Format::Svg => svg::text(&picture::of(&found, several)),
            Format::Json => json::text(&Report {
                schema: json::SCHEMA,
                tool: json::tool(),
                since: self.since.clone(),
                merge_bases: seeds.bases,
                roots: json::roots(&loaded),
                depth: self.depth,
                found,
            })?,
        };
        print(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}
