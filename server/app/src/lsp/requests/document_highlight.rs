//! `textDocument/documentHighlight`: the same item elsewhere in the document.

use tower_lsp::gen_lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, ServerCapabilities,
};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/documentHighlight`.
pub enum Handler {}

impl Request for Handler {
    type Params = DocumentHighlightParams;
    type Answer = Option<Vec<DocumentHighlight>>;

    const IS_SHORT: bool = true;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.document_highlight_provider = Some(true.into());
    }

    fn answer(
        ask: &Ask,
        params: &DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>, Refusal> {
        let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
            return Ok(None);
        };
        let ranges = ask.world.snapshot.analysis().highlights(file, offset);
        let highlights: Vec<DocumentHighlight> = ask
            .ranges(file, ranges)
            .map(|range| DocumentHighlight {
                range,
                kind: Some(DocumentHighlightKind::Text),
            })
            .collect();
        Ok((!highlights.is_empty()).then_some(highlights))
    }
}
