//! Counts what Kiro and cc-sdd specs define and cite, one line of JSON for each repository: `cargo run --release -p
//! workspace --example criteria -- ROOT...`. `tests/accuracy/criteria.md` has the figures beside those of others.
#![expect(clippy::print_stdout, reason = "a command line tool")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use documents::{Document, DocumentKind, Format, Item, ItemKind, TaskState};
use grammar::{Cited, IdKind, Mention};
use rustc_hash::FxHashSet;
use text::LineIndex;
use trace::{Feature, FeatureDocument, FeatureState, Target};
use workspace::{Host, Options};

type Counts = BTreeMap<String, usize>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for argument in std::env::args().skip(1) {
        let root = PathBuf::from(argument).canonicalize()?;
        let mut host = Host::new(Options {
            roots: vec![root.clone()],
            ..Options::default()
        });
        host.scan();
        let snapshot = host.finish(false);
        let mut counted = Counted::default();
        for feature in snapshot.graph.features() {
            if feature.format() == Format::Kiro {
                counted.feature(feature);
            }
        }
        let name = root
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        counted.lines.sort_unstable();
        let rank = (counted.lines.len() * 95).div_ceil(100).max(1);
        println!(
            "{}",
            serde_json::json!({
                "root": name,
                "lines": {
                    "total": counted.lines.iter().sum::<usize>(),
                    "p95": counted.lines.get(rank - 1),
                    "max": counted.lines.last(),
                },
                "counts": counted.all,
                "specs": counted.specs,
                "dangling": counted.dangling,
                "uncited": counted.uncited,
            })
        );
    }
    Ok(())
}

#[derive(Default)]
struct Counted {
    all: Counts,
    specs: BTreeMap<String, Counts>,
    /// Lines of each Markdown document.
    lines: Vec<usize>,
    /// Citations of tasks that lead nowhere: `path:line id`.
    dangling: Vec<String>,
    /// Criteria that no task cites.
    uncited: Vec<String>,
}

impl Counted {
    fn feature(&mut self, feature: &Feature) {
        let mut counts = Counts::new();
        add(&mut counts, "specs", 1);
        let archived = feature.state == FeatureState::Archived;
        add(&mut counts, "specs archived", usize::from(archived));
        for document in &feature.documents {
            add(&mut counts, format!("documents {:?}", document.kind), 1);
            if document.path.ends_with(".md") {
                self.lines.push(document.doc.text.lines().count());
            }
            let facts = document.facts();
            defined(document.kind, facts, &mut counts);
            if document.kind == DocumentKind::KiroTasks {
                states(facts, &mut counts);
            }
        }
        self.cited(feature, &mut counts);
        self.uncited(feature, &mut counts);
        for (key, count) in &counts {
            add(&mut self.all, key, *count);
        }
        self.specs.insert(feature.path.to_string(), counts);
    }

    /// What tasks cite in the lists made for it.
    fn cited(&mut self, feature: &Feature, counts: &mut Counts) {
        for reference in &feature.references {
            let Some(document) = feature.document(reference.file) else {
                continue;
            };
            let Some(mention) = document.facts().mentions.get(reference.mention as usize) else {
                continue;
            };
            if document.kind != DocumentKind::KiroTasks || mention.kind != IdKind::Criterion {
                continue;
            }
            if !in_field(document, mention) {
                add(counts, "task sentence", 1);
                continue;
            }
            let level = if mention.key.contains('.') {
                "task citation of a criterion"
            } else {
                "task citation of a requirement"
            };
            add(counts, level, 1);
            add(
                counts,
                "task citation within a range",
                usize::from(!mention.written),
            );
            add(
                counts,
                "task citation with a spec",
                usize::from(mention.qualifier.is_some()),
            );
            if matches!(&reference.target, Target::Undefined(_)) {
                add(counts, "dangling", 1);
                self.dangling
                    .push(place(document, mention.range, &mention.key));
            }
        }
    }

    /// Criteria that no task cites, by themselves or with their requirement.
    fn uncited(&mut self, feature: &Feature, counts: &mut Counts) {
        let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        let facts = spec.facts();
        let cited: FxHashSet<&str> = tasks
            .facts()
            .mentions
            .iter()
            .filter(|mention| mention.kind == IdKind::Criterion && mention.qualifier.is_none())
            .map(|mention| mention.key.as_str())
            .collect();
        let listed = tasks
            .facts()
            .mentions
            .iter()
            .any(|mention| mention.kind == IdKind::Criterion && in_field(tasks, mention));
        let of = |item: &Item| item.parent.and_then(|at| facts.items.get(at as usize));
        let bugfix = spec.kind == DocumentKind::KiroBugfix;
        let unit = if bugfix { "clauses" } else { "criteria" };
        for (_, item) in facts.items_of(ItemKind::Criterion) {
            let whole = of(item).is_some_and(|of| cited.contains(of.id.as_str()));
            if cited.contains(item.id.as_str()) || whole {
                continue;
            }
            add(counts, format!("{unit} no task cites"), 1);
            if listed {
                add(
                    counts,
                    format!("{unit} no task cites, where lists of tasks cite some"),
                    1,
                );
                self.uncited.push(place(spec, item.id_range, &item.id));
            }
        }
    }
}

fn add(counts: &mut Counts, key: impl Into<String>, count: usize) {
    *counts.entry(key.into()).or_default() += count;
}

fn defined(kind: DocumentKind, facts: &Document, counts: &mut Counts) {
    for item in &facts.items {
        let what = match (kind, item.kind) {
            (DocumentKind::KiroBugfix, ItemKind::Criterion) => "bugfix clauses",
            (DocumentKind::KiroRequirements, ItemKind::Requirement) => "requirements",
            (DocumentKind::KiroRequirements, ItemKind::Criterion) => "criteria",
            (DocumentKind::KiroDesign, ItemKind::Property) => "properties",
            (_, ItemKind::Term) => "terms",
            _ => continue,
        };
        add(counts, what, 1);
    }
    add(counts, "requirements disputed", facts.kiro.disputed.len());
}

fn states(facts: &Document, counts: &mut Counts) {
    for (at, item) in facts.items_of(ItemKind::Task) {
        let Some(task) = &item.task else { continue };
        let state = match task.state {
            _ if task.missing_checkbox => "none".to_owned(),
            TaskState::Open => "[ ]".to_owned(),
            TaskState::Done => "[x]".to_owned(),
            TaskState::Other(mark) => format!("[{mark}]"),
        };
        let optional = facts.kiro.optional.iter().any(|star| star.item == at);
        let star = if optional { "*" } else { "" };
        add(counts, format!("task {state}{star}"), 1);
    }
}

fn in_field(document: &FeatureDocument, mention: &Mention) -> bool {
    let fields = &document.facts().kiro.fields;
    fields.iter().any(|field| {
        field.cited == Cited::Requirements && field.range.contains_range(mention.range)
    })
}

fn place(document: &FeatureDocument, range: text::TextRange, id: &str) -> String {
    let line = LineIndex::new(&document.doc.text).line(range.start());
    format!("{}:{} {id}", document.path, line + 1)
}
