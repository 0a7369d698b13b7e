//! `matrix`: every story, requirement and criterion with its tasks, code, tests and evidence, to read, to filter and to
//! hand on.

mod csv;
mod html;
mod markdown;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::columns::{Cell, Columns};
use super::coverage::{self, KindTotal, Unknown};
use super::json::{self, Root, Tool};
use super::links::{ChainOf, ItemLink, TestLink};
use super::load::{Depth, load};
use super::print;
use super::scope::Scope;

/// Arguments of `matrix`.
#[derive(Debug, Args)]
pub(crate) struct Matrix {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    #[command(flatten)]
    scope: Scope,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
}

/// How to write the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One table per feature
    Markdown,
    /// One line per item, for a spreadsheet
    Csv,
    /// One JSON document (docs/json.md)
    Json,
    /// One page that needs nothing else: to filter, search and print
    Html,
}

impl Matrix {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(&[roots, &self.roots].concat(), Depth::Links)?;
        loaded.require_documents()?;
        let covered = coverage::report(&loaded, &self.scope)?;
        print(&text(covered, self.format)?)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The report of `matrix`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MatrixReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    schema: u32,
    tool: Tool,
    roots: Vec<Root>,
    features: Vec<Feature>,
    rows: Vec<Row>,
    /// Items of all features, by kind.
    total: Vec<KindTotal>,
    /// What could not be told, by question and reason.
    unknown: Vec<Unknown>,
}

/// A feature of the matrix.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MatrixFeature"))]
struct Feature {
    root: String,
    path: String,
    name: String,
    state: &'static str,
}

/// An item with its answers and all that is linked to it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MatrixRow"))]
struct Row {
    /// Which of the features.
    feature: usize,
    columns: Columns<Cell>,
    #[serde(flatten)]
    chain: ChainOf,
}

/// The matrix of what was covered.
pub(crate) fn text(covered: coverage::Report, format: Format) -> Result<String, String> {
    let report = report(covered);
    match format {
        Format::Markdown => Ok(markdown::text(&report)),
        Format::Csv => csv::text(&report),
        Format::Json => json::text(&report),
        Format::Html => Ok(html::page(&report)),
    }
}

fn report(covered: coverage::Report) -> Report {
    let mut features = Vec::new();
    let mut rows = Vec::new();
    for feature in covered.features {
        let at = features.len();
        features.push(Feature {
            root: feature.root,
            path: feature.path,
            name: feature.name,
            state: feature.state,
        });
        rows.extend(feature.items.into_iter().filter_map(|item| {
            Some(Row {
                feature: at,
                columns: item.columns,
                chain: item.chain?,
            })
        }));
    }
    Report {
        schema: covered.schema,
        tool: covered.tool,
        roots: covered.roots,
        features,
        rows,
        total: covered.total,
        unknown: covered.unknown,
    }
}

/// How the last run of a test ended, where a report says so: `, passed`.
fn run(test: &TestLink) -> String {
    let Some(run) = &test.run else {
        return String::new();
    };
    match run.age {
        "newer" => format!(", {}", run.outcome),
        "older" => format!(", {} before its file changed", run.outcome),
        _ => format!(", {} at some time", run.outcome),
    }
}

impl Report {
    /// The name of a feature as people see it: with the root's name where there are several roots.
    fn shown(&self, feature: &Feature) -> String {
        self.path(&feature.root, &feature.path)
    }

    /// The same for a file.
    fn path(&self, root: &str, path: &str) -> String {
        if self.roots.len() > 1 {
            format!("{root}/{path}")
        } else {
            path.to_owned()
        }
    }

    /// What an item is called in its feature: its id; what tells it from another one of that id; else its address.
    fn name(item: &ItemLink) -> &str {
        let in_feature = item.address.rsplit_once('#').map(|(_, key)| key);
        match in_feature.filter(|key| {
            item.id.is_empty()
                || key
                    .strip_prefix(item.id.as_str())
                    .is_some_and(|nth| nth.starts_with('~'))
        }) {
            Some(key) => key,
            None if item.id.is_empty() => &item.address,
            None => &item.id,
        }
    }

    /// The rows of each feature that has any.
    fn groups(&self) -> impl Iterator<Item = (usize, &Feature, Vec<&Row>)> {
        let group = |(at, feature)| {
            let rows = self.rows.iter().filter(move |row| row.feature == at);
            (at, feature, rows.collect::<Vec<_>>())
        };
        let groups = self.features.iter().enumerate().map(group);
        groups.filter(|(.., rows)| !rows.is_empty())
    }
}

#[cfg(test)]
mod tests;
