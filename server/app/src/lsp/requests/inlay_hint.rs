//! `textDocument/inlayHint`: what lenses say, for editors without lenses.

use tower_lsp::gen_lsp_types::{InlayHint, InlayHintParams, ServerCapabilities};

use text::TextRange;

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/inlayHint`.
pub enum Handler {}

impl Request for Handler {
    type Params = InlayHintParams;
    type Answer = Option<Vec<InlayHint>>;

    fn offer(client: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.inlay_hint_provider = (!client.shows_lenses).then_some(true.into());
    }

    fn answer(ask: &Ask, params: &InlayHintParams) -> Result<Option<Vec<InlayHint>>, Refusal> {
        let document = &params.text_document;
        let within = ask.bytes(&document.uri, params.range);
        let (Some(file), Some(within)) = (ask.file(document), within) else {
            return Ok(None);
        };
        let hints = ask
            .world
            .snapshot
            .analysis()
            .inlay_hints(file, within, ask.client.locale);
        let hints: Vec<InlayHint> = hints
            .into_iter()
            .filter_map(|hint| {
                let position = ask.range(file, TextRange::empty(hint.at))?.start;
                Some(InlayHint {
                    position,
                    label: hint.label.into(),
                    kind: None,
                    text_edits: None,
                    tooltip: None,
                    padding_left: Some(true),
                    padding_right: None,
                    data: None,
                })
            })
            .collect();
        Ok((!hints.is_empty()).then_some(hints))
    }
}
