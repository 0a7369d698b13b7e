//! `textDocument/implementation`: from an item to the code that does it.

use tower_lsp::gen_lsp_types::{Definition, ImplementationParams, ImplementationResponse};

use super::Ask;
use crate::lsp::answer::Refusal;

/// Answers the request.
pub fn answer(
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
