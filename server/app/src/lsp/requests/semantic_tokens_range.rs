//! `textDocument/semanticTokens/range`: the tokens of what is seen of a document. Offered with the whole.

use tower_lsp::gen_lsp_types::{SemanticTokens, SemanticTokensRangeParams};

use super::semantic_tokens::tokens;
use super::{Ask, Request};
use crate::lsp::answer::Refusal;

/// Answers `textDocument/semanticTokens/range`.
pub enum Handler {}

impl Request for Handler {
    type Params = SemanticTokensRangeParams;
    type Answer = Option<SemanticTokens>;

    fn is_nothing(answer: &Self::Answer) -> bool {
        answer.is_none()
    }

    fn answer(
        ask: &Ask,
        params: &SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokens>, Refusal> {
        let document = &params.text_document;
        let within = ask.bytes(&document.uri, params.range);
        Ok(ask
            .file(document)
            .zip(within)
            .and_then(|(file, within)| tokens(ask, document, file, within)))
    }
}
