//! `trace`: everything linked to an item, or every item that a document, a source file, a line or a directory is about.

pub(super) mod asked;
mod human;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;
use trace::ItemRef;

use self::asked::Asked;
use super::json::{self, Root, Tool};
use super::links::{ChainOf, ElsewhereItem, ItemLink, Links, SourceOf};
use super::load::{Depth, load};
use super::paint::Paint;
use super::{columns, coverage, note, print};

/// Arguments of `trace`.
#[derive(Debug, Args)]
pub(crate) struct Trace {
    /// An item (`FR-003`, `003/US1`, `specs/003-login#US1`, `2.3`, `auth/Session expires`), a feature (`003-login`), or a
    /// document, source file or directory, with `:LINE` if wanted
    what: String,
    /// The feature to look in, where several define the item: name, number or directory
    #[arg(long, value_name = "FEATURE")]
    feature: Option<String>,
    /// How to write the links
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines to read
    Human,
    /// One JSON document (docs/json.md)
    Json,
}

/// The report of `trace`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "TraceReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    schema: u32,
    tool: Tool,
    roots: Vec<Root>,
    /// What was asked for, as typed.
    asked: String,
    /// The items asked for, with all that is linked to each.
    items: Vec<ChainOf>,
    /// The sources asked for, with the items they serve.
    sources: Vec<SourceOf>,
    /// Several items could be meant, and none is shown: these. The exit code is 2 then.
    candidates: Vec<ItemLink>,
    /// Items of repositories that are not checked out, by the facts they published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<ElsewhereItem>,
}

impl Trace {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Links)?;
        loaded.require_documents()?;
        let graph = &loaded.analysis.graph;
        let links = Links { graph };
        let asked = asked::read(&loaded, &self.what, self.feature.as_deref());
        let mut report = Report {
            schema: json::SCHEMA,
            tool: json::tool(),
            roots: json::roots(&loaded),
            asked: self.what.clone(),
            items: Vec::new(),
            sources: Vec::new(),
            candidates: Vec::new(),
            elsewhere: Vec::new(),
        };
        let mut code = ExitCode::SUCCESS;
        let mut asked_for: Vec<ItemRef> = Vec::new();
        match asked {
            Asked::Nothing => {
                report.elsewhere = links.elsewhere(&self.what);
                if report.elsewhere.is_empty() {
                    return Err(format!(
                        "`{}` is neither an item of a spec, a feature nor a file of this workspace. Items are named like FR-003, \
                         003/FR-003 or specs/003-login#FR-003, features like 003-login or specs/003-login.",
                        self.what
                    ));
                }
            }
            Asked::Ambiguous(items) => {
                report.candidates = items
                    .iter()
                    .filter_map(|item| links.item(*item, None))
                    .collect();
                note(&human::ambiguous(&self.what, &report.candidates));
                code = ExitCode::from(2);
            }
            Asked::Items(items) => {
                asked_for = items;
            }
            Asked::Source(file, place) => report.sources = vec![links.source(file, place)],
            Asked::Directory { documents, sources } => {
                asked_for = documents;
                let sources = sources
                    .into_iter()
                    .map(|file| links.source(file, trace::CodePlace::default()));
                let linked = |it: &SourceOf| !it.items.is_empty() || !it.ambiguous.is_empty();
                report.sources = sources.filter(linked).collect();
            }
        }
        for item in asked_for {
            let Some(mut chain) = links.chain(item) else {
                continue;
            };
            let kind = graph.item(item).map(|(_, it)| it.kind);
            let question = kind.map(|kind| columns::Asked {
                item,
                kind,
                chain: &chain,
                reasons: columns::reasons(graph, item),
            });
            let released = question
                .filter(|it| coverage::KINDS.contains(&it.kind))
                .map(|it| columns::released(graph, &it, &loaded.releases));
            chain.released = released;
            report.items.push(chain);
        }
        match self.format {
            Format::Json => print(&json::text(&report)?)?,
            Format::Human => {
                let paint = Paint::on(&std::io::stdout());
                print(&human::report(&report, report.roots.len() > 1, paint))?;
            }
        }
        Ok(code)
    }
}
