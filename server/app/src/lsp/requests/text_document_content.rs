//! `workspace/textDocumentContent`: documents that are written when they are asked for, to read only: the matrix and the
//! coverage of the features in work.

use tower_lsp::gen_lsp_types::{TextDocumentContentParams, TextDocumentContentResult};

use super::Ask;
use crate::cli::{coverage, matrix};
use crate::lsp::answer::Refusal;

/// Scheme of their URIs.
pub const SCHEME: &str = "spec-analyzer";

/// A document that is written when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Every item with its tasks, code, tests and evidence.
    Matrix,
    /// How many items are specified, planned, implemented, tested, verified, released.
    Coverage,
}

impl Written {
    /// Its URI.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::Matrix => "spec-analyzer:/traceability-matrix.md",
            Self::Coverage => "spec-analyzer:/coverage.md",
        }
    }

    /// The document of a URI.
    #[must_use]
    pub fn of(uri: &str) -> Option<Self> {
        let all = [Self::Matrix, Self::Coverage];
        all.into_iter().find(|each| each.uri() == uri)
    }

    /// Its Markdown now.
    pub fn text(self, ask: &Ask) -> Result<String, Refusal> {
        let analysis = ask.world.snapshot.analysis();
        let graph = &analysis.graph;
        let features = || graph.features().iter();
        let in_work = features().filter(|feature| feature.state.is_active());
        // Where nothing is in work, everything is of interest.
        let chosen: Vec<_> = if features().any(|feature| feature.state.is_active()) {
            in_work.collect()
        } else {
            features().collect()
        };
        let releases = ask.world.snapshot.releases();
        let mut covered = Vec::new();
        for feature in chosen {
            if ask.cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            covered.push(coverage::covered(graph, feature, Some(&releases)));
        }
        let report = coverage::of_graph(graph, covered);
        match self {
            Self::Matrix => matrix::text(report, matrix::Format::Markdown).map_err(Refusal::Failed),
            Self::Coverage => Ok(coverage::markdown(&report)),
        }
    }
}

/// Answers the request.
pub fn answer(
    ask: &Ask,
    params: &TextDocumentContentParams,
) -> Result<TextDocumentContentResult, Refusal> {
    let uri = params.uri.as_ref();
    let written = Written::of(uri)
        .ok_or_else(|| Refusal::Failed(format!("There is no document `{uri}`.")))?;
    Ok(TextDocumentContentResult::new(written.text(ask)?))
}
