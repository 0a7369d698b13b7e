//! How a feature is to be built, from what is wanted and what is there: a plan where there is none, what is missing of one
//! where there is.
//!
//! Four questions are answered wherever facts call for it: which services change and in which order, how data is
//! migrated, how each service is rolled back, which tests change and what is to be covered. A human is asked for the rest.

mod added;
mod context;
mod contract;
mod coverage;
mod data_model;
mod emphasis;
mod facts;
mod gates;
mod kiro;
mod migration;
mod openspec;
mod rollback;
mod services;
mod speckit;
mod table;
mod tree;
mod words;

use code::Manifest;
use documents::{DocumentKind, Format};
use text::{Edit, FileId};
use trace::{Feature, FeatureDocument, FeatureId, Graph, Services, UnitKind};

use self::facts::Facts;
use crate::tasks::NewDocument;
use crate::unsaved;

/// What is read for a plan when somebody asks for it.
pub struct Known<'a> {
    /// All services and what they need of each other.
    pub services: &'a Services,
    /// Manifests and descriptions of containers.
    pub manifests: &'a [(FileId, Manifest)],
    /// What day it is, `2026-11-21`.
    pub today: Option<&'a str>,
}

/// A plan, or what was missing of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// New documents, the plan first.
    pub documents: Vec<NewDocument>,
    /// What is added to the plan that is there.
    pub edits: Vec<(FileId, Edit)>,
    /// What a human must decide: each question also stands in the text.
    pub questions: Vec<String>,
}

/// A section of a plan that answers one of the four questions.
struct Part {
    kind: PartKind,
    title: &'static str,
    lines: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Services,
    Migration,
    Rollback,
    Tests,
}

/// Whether [`plan`] may have something to write: a whole plan (`true`), or what is missing of one (`false`).
#[must_use]
pub fn lacks_plan(graph: &Graph, feature: FeatureId) -> Option<bool> {
    let feature = graph.feature(feature)?;
    source(feature)?;
    match feature.plan() {
        None => (!has_plan(feature)).then_some(true),
        Some(plan) => {
            let unanswered = |kind: &PartKind| !words::is_answered(plan.facts(), *kind);
            let lacks = PARTS.iter().any(unanswered)
                || feature.format() == Format::SpecKit
                    && (speckit::lacks_section(graph, feature, plan)
                        || gates::missing(feature, plan).is_some());
            lacks.then_some(false)
        }
    }
}

const PARTS: [PartKind; 4] = [
    PartKind::Services,
    PartKind::Migration,
    PartKind::Rollback,
    PartKind::Tests,
];

/// The document that says what is wanted.
fn source(feature: &Feature) -> Option<&FeatureDocument> {
    if feature.unit != UnitKind::Feature {
        return None;
    }
    match feature.format() {
        Format::OpenSpec => feature.document_of(DocumentKind::OpenSpecProposal),
        _ => feature.spec(),
    }
}

/// Whether a plan is there, also one that could not be read.
fn has_plan(feature: &Feature) -> bool {
    feature.present.iter().any(|kind| kind.is_plan())
}

/// Why [`plan`] has nothing to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unplanned {
    /// It is a main spec, which nobody plans.
    Capability,
    /// No document of this format says what is wanted.
    NoSource(Format),
    /// A plan is there that cannot be read.
    Unread,
    /// Nothing that facts tell is missing of the plan that is there.
    Complete,
    /// The project's template has places that nothing is known for.
    Template,
}

/// Why [`plan`] has nothing to write for a feature.
#[must_use]
pub fn unplanned(graph: &Graph, feature: FeatureId) -> Unplanned {
    let Some(feature) = graph.feature(feature) else {
        return Unplanned::Template;
    };
    if feature.unit != UnitKind::Feature {
        Unplanned::Capability
    } else if source(feature).is_none() {
        Unplanned::NoSource(feature.format())
    } else if feature.plan().is_some() {
        Unplanned::Complete
    } else if has_plan(feature) {
        Unplanned::Unread
    } else {
        Unplanned::Template
    }
}

/// The plan of a feature, or what is missing of it; `None` where nothing is to be written.
#[must_use]
pub fn plan(graph: &Graph, feature: FeatureId, known: &Known<'_>) -> Option<Planned> {
    let feature = graph.feature(feature)?;
    let spec = source(feature)?;
    let facts = Facts::of(graph, feature, spec, known);
    let parts: Vec<Part> = [
        services::part(&facts),
        migration::part(&facts),
        rollback::part(&facts),
        coverage::part(&facts),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(plan) = feature.plan() {
        return added::to(&facts, plan, parts);
    }
    if has_plan(feature) {
        return None;
    }
    let (name, kind, lines) = match feature.format() {
        Format::SpecKit => ("plan.md", DocumentKind::Plan, speckit::lines(&facts, parts)),
        Format::Kiro => (
            "design.md",
            DocumentKind::KiroDesign,
            kiro::lines(&facts, parts),
        ),
        Format::OpenSpec => (
            "design.md",
            DocumentKind::OpenSpecDesign,
            openspec::lines(&facts, parts),
        ),
    };
    let mut documents = vec![document(&facts, name, kind, &lines)?];
    if feature.format() == Format::SpecKit {
        with_all_gates(&facts, &mut documents[0]);
        let model = data_model::lines(&facts);
        documents.extend(
            model.and_then(|lines| {
                document(&facts, "data-model.md", DocumentKind::DataModel, &lines)
            }),
        );
        documents.extend(contract::skeleton(&facts));
    }
    let questions = documents.iter().flat_map(|it| it.questions.clone());
    Some(Planned {
        questions: questions.collect(),
        documents,
        edits: Vec::new(),
    })
}

/// A check that the template writes out gets at once the gates that it would get as one that is there.
fn with_all_gates(facts: &Facts<'_>, plan: &mut NewDocument) {
    let read = unsaved::read(facts.spec.file, DocumentKind::Plan, &plan.path, &plan.text);
    let edit = gates::missing(facts.feature, &read);
    let text = edit.map(|edit| text::apply(&plan.text, &[edit]));
    if let Some(Ok(text)) = text {
        plan.text = text;
    }
}

/// A whole document out of its lines; `None` where text of a template would be left in it.
fn document(
    facts: &Facts<'_>,
    name: &str,
    kind: DocumentKind,
    lines: &[String],
) -> Option<NewDocument> {
    let mut text = tidy(lines);
    if facts.spec.facts().style.crlf {
        text = text.replace('\n', "\r\n");
    }
    let read = documents::read(kind, &text);
    read.placeholders.is_empty().then(|| NewDocument {
        root: facts.feature.root,
        path: format!("{}/{name}", facts.feature.path),
        questions: asked(&text),
        text,
    })
}

/// The questions that stand in a text.
fn asked(text: &str) -> Vec<String> {
    let behind = text.split("[NEEDS CLARIFICATION: ").skip(1);
    behind
        .filter_map(|rest| Some(rest.split_once(']')?.0.to_owned()))
        .collect()
}

/// One blank line between blocks, around headings and at no end.
fn tidy(lines: &[String]) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut fenced = false;
    for line in lines.iter().flat_map(|line| line.split('\n')) {
        let line = if line.trim().is_empty() { "" } else { line };
        let is_fence = line.trim_start().starts_with("```");
        let is_heading = !fenced && line.starts_with('#');
        let last = out.last().copied();
        let behind_heading = !fenced && last.is_some_and(|last| last.starts_with('#'));
        if !fenced && (is_heading || behind_heading) && last.is_some_and(|last| !last.is_empty()) {
            out.push("");
        }
        let doubled = !fenced && line.is_empty() && out.last().is_none_or(|last| last.is_empty());
        if !doubled {
            out.push(line);
        }
        if is_fence {
            fenced = !fenced;
        }
    }
    let mut text = out.join("\n").trim_end().to_owned();
    text.push('\n');
    text
}
