//! `textDocument/references`: every place that names what stands there.

use tower_lsp::gen_lsp_types::{Location, ReferenceParams};

use super::Ask;
use crate::lsp::answer::Refusal;

/// Answers the request.
pub fn answer(ask: &Ask, params: &ReferenceParams) -> Result<Option<Vec<Location>>, Refusal> {
    let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
        return Ok(None);
    };
    let analysis = ask.world.snapshot.analysis();
    let places = analysis.references(file, offset, params.context.include_declaration);
    let locations: Vec<Location> = places
        .into_iter()
        .filter_map(|(file, range)| ask.location(file, range))
        .collect();
    Ok((!locations.is_empty()).then_some(locations))
}
