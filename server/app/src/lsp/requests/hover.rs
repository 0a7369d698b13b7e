//! `textDocument/hover`: the chain of what stands there.

use tower_lsp::gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind, ServerCapabilities};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/hover`.
pub enum Handler {}

impl Request for Handler {
    type Params = HoverParams;
    type Answer = Option<Hover>;

    const IS_SHORT: bool = true;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.hover_provider = Some(true.into());
    }

    fn is_nothing(answer: &Self::Answer) -> bool {
        answer.is_none()
    }

    fn answer(ask: &Ask, params: &HoverParams) -> Result<Option<Hover>, Refusal> {
        let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
            return Ok(None);
        };
        let hover = ask
            .world
            .snapshot
            .analysis()
            .hover(file, offset, ask.client.locale);
        Ok(hover.map(|hover| Hover {
            range: ask.range(file, hover.range),
            contents: MarkupContent {
                // To a client without Markdown its source is still the most readable text.
                kind: if ask.client.hovers_in_markdown {
                    MarkupKind::Markdown
                } else {
                    MarkupKind::PlainText
                },
                value: hover.markdown,
            }
            .into(),
        }))
    }
}
