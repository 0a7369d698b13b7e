//! What a change of the thing at a place may reach, as a document to read: worked out when somebody asks, never before.

use percent_encoding::percent_decode_str;
use tower_lsp::gen_lsp_types::TextDocumentPositionParams;
use trace::impact::Bounds;

use super::answer::Refusal;
use super::requests::Ask;
use super::uri::relative;
use crate::cli::impact::found::Found;
use crate::cli::impact::{DEPTH, MOST, markdown};

/// What URIs of these documents begin with; the place follows.
const BEGINNING: &str = "spec-analyzer:/impact.md?";

/// The URI of the document for a place.
#[must_use]
pub fn uri(place: &TextDocumentPositionParams) -> String {
    let place = serde_json::to_string(place).unwrap_or_default();
    format!("{BEGINNING}{}", relative(&place))
}

/// The place of a URI.
#[must_use]
pub fn place(uri: &str) -> Option<TextDocumentPositionParams> {
    let place = percent_decode_str(uri.strip_prefix(BEGINNING)?)
        .decode_utf8()
        .ok()?;
    serde_json::from_str(&place).ok()
}

/// The Markdown for a place now: of the innermost item or symbol there, else of the whole file.
pub fn text(ask: &Ask, place: &TextDocumentPositionParams) -> Result<String, Refusal> {
    let (file, offset) = ask
        .at(place)
        .ok_or_else(|| Refusal::Failed("The document is not part of the workspace.".to_owned()))?;
    let snapshot = &ask.world.snapshot;
    let bounds = Bounds {
        depth: DEPTH,
        most: MOST,
    };
    let impact = snapshot.impact(file, offset, bounds, &|| ask.cancel.is_cancelled());
    let impact = impact.ok_or(Refusal::Cancelled)?;
    let graph = &snapshot.analysis().graph;
    let found = Found::of(graph, &impact);
    Ok(markdown::text(
        &found,
        graph.inputs().tree.roots().len() > 1,
    ))
}
