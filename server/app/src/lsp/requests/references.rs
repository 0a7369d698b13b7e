//! `textDocument/references`: every place that names what stands there.

use tower_lsp::gen_lsp_types::{Location, ReferenceParams, ServerCapabilities};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/references`.
pub enum Handler {}

impl Request for Handler {
    type Params = ReferenceParams;
    type Answer = Option<Vec<Location>>;

    const IS_SHORT: bool = true;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.references_provider = Some(true.into());
    }

    fn answer(ask: &Ask, params: &ReferenceParams) -> Result<Option<Vec<Location>>, Refusal> {
        let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
            return Ok(None);
        };
        let analysis = ask.world.snapshot.analysis();
        let places = analysis.references(file, offset, params.context.include_declaration);
        let locations = ask.locations_of(&places);
        Ok((!locations.is_empty()).then_some(locations))
    }
}
