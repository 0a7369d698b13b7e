//! `suggest`: which tasks, symbols and tests a requirement without links may belong to.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use ide::Analysis;
use rules::Locale;
use serde::Serialize;
use text::{FileId, LineIndex, TextRange};
use trace::{Candidate, Feature, ItemRef, Reason, Suggestion};
use workspace::Rewrite;

use super::json::{self, Item, Range, Root, Tool};
use super::links::points;
use super::load::{Depth, Loaded, load};
use super::markup::one_line;
use super::rename::{Texts, diff, rewrites};
use super::scope::{Chosen, Scope};
use super::{note, print};

/// Characters shown of an item's text.
const TITLE: usize = 90;

/// Arguments of `suggest`.
#[derive(Debug, Args)]
pub(crate) struct Suggest {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
    #[command(flatten)]
    scope: Scope,
    /// How to write the candidates
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Cite the confident ones in their tasks; with --dry-run or --yes
    #[arg(long, conflicts_with = "format")]
    apply: bool,
    /// Show what --apply would change as a unified diff, and write nothing
    #[arg(long, requires = "apply")]
    dry_run: bool,
    /// Write what --apply changes
    #[arg(long, requires = "apply", conflicts_with = "dry_run")]
    yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines to read
    Human,
    /// One JSON document (docs/json.md)
    Json,
}

impl Suggest {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        if self.apply && !self.dry_run && !self.yes {
            return Err(
                "`suggest --apply` needs `--dry-run`, which shows the changes, or `--yes`."
                    .to_owned(),
            );
        }
        let loaded = load(&[roots, &self.roots].concat(), Depth::Links)?;
        loaded.require_documents()?;
        let chosen = self.scope.select(&loaded)?;
        if self.apply {
            return self.cite(&loaded, &chosen);
        }
        let graph = &loaded.analysis.graph;
        let suggestions: Vec<Suggested> = chosen
            .iter()
            .flat_map(|(feature, _)| graph.suggestions(feature.id))
            .filter_map(|suggestion| suggested(&loaded, &suggestion))
            .collect();
        match self.format {
            Format::Json => print(&json(&loaded, suggestions)?)?,
            Format::Human => print(&human(&suggestions))?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Cites what is confident in its tasks.
    fn cite(&self, loaded: &Loaded, chosen: &[Chosen<'_>]) -> Result<ExitCode, String> {
        let graph = &loaded.analysis.graph;
        let texts = Texts::default();
        let (mut edits, mut said) = (Vec::new(), String::new());
        let mut count = 0;
        for (feature, _) in chosen {
            let Some((links, own)) = loaded.analysis.cite_confident(feature) else {
                continue;
            };
            for (item, task) in &links {
                let id = |of: ItemRef| feature.item(of).map_or("", |it| it.id.as_str());
                let _ = writeln!(
                    said,
                    "{}: {} in {}",
                    one_line(&feature.path),
                    id(*item),
                    id(*task)
                );
            }
            for (file, _) in &own {
                let now = texts.read(loaded, *file).ok();
                let read = graph
                    .inputs()
                    .documents
                    .get(file)
                    .map(|document| &document.text);
                if now.as_ref() != read {
                    return Err(format!(
                        "{} changed while it was read.",
                        loaded.shown(*file)
                    ));
                }
            }
            count += links.len();
            edits.extend(own);
        }
        let rewrites = rewrites(loaded, &edits, &texts)?;
        let sentence = format!("{count} confident links in {} files.\n", rewrites.len());
        if self.yes {
            let files: Vec<Rewrite> = rewrites.into_iter().map(|(_, _, it)| it).collect();
            workspace::rewrite(&files)?;
            print(&format!("{said}{sentence}"))?;
        } else {
            let mut out = String::new();
            for (file, before, rewrite) in &rewrites {
                out += &diff(&loaded.shown(*file), before, &rewrite.after);
            }
            // The diff alone can be applied.
            print(&out)?;
            note(format!("{said}{sentence}").trim_end());
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SuggestReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    schema: u32,
    tool: Tool,
    roots: Vec<Root>,
    suggestions: Vec<Suggested>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SuggestedItem"))]
struct Suggested {
    item: Item,
    title: String,
    root: String,
    path: String,
    range: Range,
    candidates: Vec<Candidates>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SuggestedLink"))]
struct Candidates {
    kind: &'static str,
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<Item>,
    root: String,
    path: String,
    range: Range,
    confidence: f64,
    confident: bool,
    reasons: String,
}

/// A suggestion as it is shown.
fn suggested(loaded: &Loaded, suggestion: &Suggestion) -> Option<Suggested> {
    let graph = &loaded.analysis.graph;
    let (feature, it) = graph.item(suggestion.item)?;
    let document = feature.document(suggestion.item.file)?;
    let (root, path) = loaded.place(suggestion.item.file);
    let tasks = suggestion
        .tasks
        .iter()
        .filter_map(|task| task_of(loaded, feature, task));
    let symbols = suggestion.symbols.iter().filter_map(|candidate| {
        let target = candidate.target;
        let source = graph.source(target.file)?;
        let symbol = source.facts.symbols.get(target.symbol as usize)?;
        let place = Place::of(loaded, target.file, &source.lines, symbol.name_range);
        Some(place.candidate("symbol", symbol.qualified_name(), String::new(), candidate))
    });
    let tests = suggestion.tests.iter().filter_map(|candidate| {
        let target = candidate.target;
        let source = graph.source(target.file)?;
        let test = source.facts.tests.get(target.test as usize)?;
        let place = Place::of(loaded, target.file, &source.lines, test.name_range);
        Some(place.candidate("test", test.full_name.clone(), String::new(), candidate))
    });
    Some(Suggested {
        item: item(loaded, feature, suggestion.item)?,
        title: title(document.slice(it.title_range)),
        root: root.to_owned(),
        path: path.to_owned(),
        range: points(&document.doc.lines, it.id_range),
        candidates: tasks.chain(symbols).chain(tests).collect(),
    })
}

fn task_of(
    loaded: &Loaded,
    feature: &Feature,
    candidate: &Candidate<ItemRef>,
) -> Option<Candidates> {
    let document = feature.document(candidate.target.file)?;
    let task = feature.item(candidate.target)?;
    let name = if task.id.is_empty() {
        task.title_range
    } else {
        task.id_range
    };
    let place = Place::of(loaded, document.file, &document.doc.lines, name);
    let words = title(document.slice(task.title_range));
    let mut shown = place.candidate("task", task.id.to_string(), words, candidate);
    shown.item = item(loaded, feature, candidate.target);
    Some(shown)
}

fn item(loaded: &Loaded, feature: &Feature, item: ItemRef) -> Option<Item> {
    let key = feature.key(item)?;
    let tree = &loaded.analysis.graph.inputs().tree;
    let qualified = tree.qualified(feature.root, &key.to_string());
    Some(json::item(&key, qualified))
}

/// Where a candidate stands.
struct Place {
    root: String,
    path: String,
    range: Range,
}

impl Place {
    fn of(loaded: &Loaded, file: FileId, lines: &LineIndex, range: TextRange) -> Self {
        let (root, path) = loaded.place(file);
        Self {
            root: root.to_owned(),
            path: path.to_owned(),
            range: points(lines, range),
        }
    }

    fn candidate<T>(
        self,
        kind: &'static str,
        name: String,
        title: String,
        candidate: &Candidate<T>,
    ) -> Candidates {
        Candidates {
            kind,
            name,
            title,
            item: None,
            root: self.root,
            path: self.path,
            range: self.range,
            confidence: (candidate.confidence * 1000.0).round() / 1000.0,
            confident: candidate.is_confident(),
            reasons: said(&candidate.reasons),
        }
    }
}

fn said(reasons: &[Reason]) -> String {
    Analysis::reasons(reasons, Locale::default())
}

/// The first words of an item.
fn title(text: &str) -> String {
    let line = one_line(text.trim_start_matches(['*', ':', ' ']));
    if line.chars().count() <= TITLE {
        return line;
    }
    let short: String = line.chars().take(TITLE).collect();
    format!("{}...", short.trim_end())
}

fn json(loaded: &Loaded, suggestions: Vec<Suggested>) -> Result<String, String> {
    let report = Report {
        schema: json::SCHEMA,
        tool: json::tool(),
        roots: json::roots(loaded),
        suggestions,
    };
    let mut text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}

fn human(suggestions: &[Suggested]) -> String {
    let mut out = String::new();
    for suggestion in suggestions {
        let item = &suggestion.item;
        let address = item.qualified.as_ref().unwrap_or(&item.address);
        let _ = writeln!(out, "{} {}", one_line(address), suggestion.title);
        for candidate in &suggestion.candidates {
            let sure = if candidate.confident {
                " (confident)"
            } else {
                ""
            };
            let line = candidate.range.start.line;
            let path = if item.qualified.is_some() {
                format!("{}/{}", candidate.root, candidate.path)
            } else {
                candidate.path.clone()
            };
            let _ = writeln!(
                out,
                "  {} {} at {}:{line}{sure}: {}",
                candidate.kind,
                one_line(&candidate.name),
                one_line(&path),
                one_line(&candidate.reasons)
            );
        }
    }
    let confident = suggestions
        .iter()
        .filter(|it| it.candidates.iter().any(|it| it.confident))
        .count();
    let _ = writeln!(
        out,
        "{} without links have candidates; {confident} of them a confident one.",
        suggestions.len()
    );
    out
}
