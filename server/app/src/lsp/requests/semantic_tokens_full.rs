//! `textDocument/semanticTokens/full`: the tokens of a document.

use text::TextRange;
use tower_lsp::gen_lsp_types::{
    SemanticTokens, SemanticTokensOptions, SemanticTokensParams, ServerCapabilities,
    WorkDoneProgressOptions,
};

use super::semantic_tokens::{legend, tokens};
use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/semanticTokens/full`.
pub enum Handler {}

impl Request for Handler {
    type Params = SemanticTokensParams;
    type Answer = Option<SemanticTokens>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        let options = SemanticTokensOptions {
            legend: legend(),
            range: Some(true.into()),
            full: Some(true.into()),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        offered.semantic_tokens_provider = Some(options.into());
    }

    fn is_nothing(answer: &Self::Answer) -> bool {
        answer.is_none()
    }

    fn answer(ask: &Ask, params: &SemanticTokensParams) -> Result<Option<SemanticTokens>, Refusal> {
        let whole = TextRange::up_to(u32::MAX.into());
        Ok(ask
            .file(&params.text_document)
            .and_then(|file| tokens(ask, &params.text_document, file, whole)))
    }
}
