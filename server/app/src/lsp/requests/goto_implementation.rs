//! `textDocument/implementation`: from an item to the code that does it.

use tower_lsp::gen_lsp_types::{
    Definition, ImplementationParams, ImplementationResponse, ServerCapabilities,
};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/implementation`.
pub enum Handler {}

impl Request for Handler {
    type Params = ImplementationParams;
    type Answer = Option<ImplementationResponse>;

    const IS_SHORT: bool = true;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.implementation_provider = Some(true.into());
    }

    fn answer(
        ask: &Ask,
        params: &ImplementationParams,
    ) -> Result<Option<ImplementationResponse>, Refusal> {
        let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
            return Ok(None);
        };
        let Some(jump) = ask.world.snapshot.analysis().implementation(file, offset) else {
            return Ok(None);
        };
        Ok(Some(if ask.client.links_implementations {
            ImplementationResponse::DefinitionLinkList(ask.links(file, &jump))
        } else {
            ImplementationResponse::Definition(Definition::LocationList(ask.locations(&jump)))
        }))
    }
}
