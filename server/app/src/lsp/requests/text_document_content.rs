//! `workspace/textDocumentContent`: documents that are written when they are asked for, to read only: the matrix and the
//! coverage of the features in work, and the links that are suggested with confidence.

use std::fmt::Write as _;
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{
    ServerCapabilities, TextDocumentContentOptions, TextDocumentContentParams,
    TextDocumentContentResult,
};

use trace::{Feature, Graph};

use super::{Ask, Request};
use crate::cli::{coverage, matrix};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;
use crate::lsp::impact;

/// Scheme of their URIs.
pub const SCHEME: &str = "spec-analyzer";

/// A document that is written when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Every item with its tasks, code, tests and evidence.
    Matrix,
    /// How many items are specified, planned, implemented, tested, verified, released.
    Coverage,
    /// Requirements with the tasks they belong to with confidence, and why.
    Links,
}

impl Written {
    /// Its URI.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::Matrix => "spec-analyzer:/traceability-matrix.md",
            Self::Coverage => "spec-analyzer:/coverage.md",
            Self::Links => "spec-analyzer:/suggested-links.md",
        }
    }

    /// The document of a URI.
    #[must_use]
    pub fn of(uri: &str) -> Option<Self> {
        let all = [Self::Matrix, Self::Coverage, Self::Links];
        all.into_iter().find(|each| each.uri() == uri)
    }

    /// Its Markdown now.
    pub fn text(self, ask: &Ask) -> Result<String, Refusal> {
        let analysis = ask.world.snapshot.analysis();
        let graph = &analysis.graph;
        if self == Self::Links {
            return links(ask);
        }
        let chosen = Self::in_work(graph);
        let releases = ask.world.snapshot.releases();
        let mut covered = Vec::new();
        for feature in &chosen {
            if ask.cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            covered.push(coverage::covered(graph, feature, Some(&releases)));
        }
        let report = coverage::of_graph(graph, covered);
        match self {
            Self::Matrix => matrix::text(report, matrix::Format::Markdown).map_err(Refusal::Failed),
            _ => Ok(coverage::markdown(&report)),
        }
    }

    /// The features these documents are about: those in work; where nothing is, everything is of interest.
    pub fn in_work(graph: &Graph) -> Vec<Arc<Feature>> {
        let features = || graph.features().iter();
        let in_work = features().filter(|feature| feature.state.is_active());
        if features().any(|feature| feature.state.is_active()) {
            in_work.cloned().collect()
        } else {
            features().cloned().collect()
        }
    }
}

/// The confident links of the features in work and of those whose documents are open, as a list to read.
fn links(ask: &Ask) -> Result<String, Refusal> {
    let snapshot = &ask.world.snapshot;
    let analysis = snapshot.analysis();
    let graph = &analysis.graph;
    let mut features = Written::in_work(graph);
    let open = ask.world.open.keys();
    for feature in open.filter_map(|path| graph.feature_of(snapshot.file(path)?)) {
        if !features.iter().any(|known| known.id == feature.id) {
            features.push(Arc::clone(feature));
        }
    }
    features.sort_by_key(|feature| feature.id);
    let mut text = String::from("# Suggested links\n");
    let mut none = true;
    for feature in &features {
        if ask.cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let found = analysis.confident(feature, ask.client.locale);
        if found.is_empty() {
            continue;
        }
        none = false;
        let _ = write!(text, "\n## `{}`\n\n", feature.path);
        for link in found {
            let _ = writeln!(text, "- {}", link.title);
            for why in link.why.lines() {
                let _ = writeln!(text, "  - {why}");
            }
        }
    }
    text.push_str(if none {
        "\nThere is nothing to link with confidence.\n"
    } else {
        "\nFound by words, no AI. Each is an action of its requirement; `spec-analyzer suggest --apply` writes them all.\n"
    });
    Ok(text)
}

/// Answers `workspace/textDocumentContent`.
pub enum Handler {}

impl Request for Handler {
    type Params = TextDocumentContentParams;
    type Answer = TextDocumentContentResult;

    const TITLE: Option<&'static str> = Some("Looking through the workspace");

    fn offer(client: &ClientFacts, offered: &mut ServerCapabilities) {
        if client.reads_documents {
            let schemes = vec![SCHEME.to_owned()];
            let options = TextDocumentContentOptions::new(schemes);
            let workspace = offered.workspace.get_or_insert_default();
            workspace.text_document_content = Some(options.into());
        }
    }

    fn answer(
        ask: &Ask,
        params: &TextDocumentContentParams,
    ) -> Result<TextDocumentContentResult, Refusal> {
        let uri = params.uri.as_ref();
        if let Some(place) = impact::place(uri) {
            return Ok(TextDocumentContentResult::new(impact::text(ask, &place)?));
        }
        let written = Written::of(uri)
            .ok_or_else(|| Refusal::Failed(format!("There is no document `{uri}`.")))?;
        Ok(TextDocumentContentResult::new(written.text(ask)?))
    }
}
