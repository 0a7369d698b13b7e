//! `textDocument/definition`: from a mention to the item, from a path to the file.

use tower_lsp::gen_lsp_types::{
    Definition, DefinitionParams, DefinitionResponse, ServerCapabilities,
};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/definition`.
pub enum Handler {}

impl Request for Handler {
    type Params = DefinitionParams;
    type Answer = Option<DefinitionResponse>;

    const IS_SHORT: bool = true;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.definition_provider = Some(true.into());
    }

    fn is_nothing(answer: &Self::Answer) -> bool {
        answer.is_none()
    }

    fn answer(ask: &Ask, params: &DefinitionParams) -> Result<Option<DefinitionResponse>, Refusal> {
        let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
            return Ok(None);
        };
        let Some(jump) = ask.world.snapshot.analysis().definition(file, offset) else {
            return Ok(None);
        };
        Ok(Some(if ask.client.links_definitions {
            DefinitionResponse::DefinitionLinkList(ask.links(file, &jump))
        } else {
            DefinitionResponse::Definition(Definition::LocationList(ask.locations(&jump)))
        }))
    }
}
