//! `textDocument/selectionRange` in spec documents: from the word over its token and item to the document.

use tower_lsp::gen_lsp_types::{SelectionRange, SelectionRangeParams, ServerCapabilities};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;
use crate::lsp::{from_proto, to_proto, uri};

/// Answers `textDocument/selectionRange`.
pub enum Handler {}

impl Request for Handler {
    type Params = SelectionRangeParams;
    type Answer = Option<Vec<SelectionRange>>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.selection_range_provider = Some(true.into());
    }

    fn is_nothing(answer: &Self::Answer) -> bool {
        answer.is_none()
    }

    fn answer(
        ask: &Ask,
        params: &SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>, Refusal> {
        let path = uri::to_path(&params.text_document.uri);
        let lines = path.as_deref().and_then(|path| ask.world.lines(path));
        let (Some(file), Some(lines)) = (ask.file(&params.text_document), lines) else {
            return Ok(None);
        };
        let analysis = ask.world.snapshot.analysis();
        let encoding = ask.client.encoding;
        // One chain for each position, or nothing at all: the client matches them by place.
        let chains = params.positions.iter().map(|position| {
            let offset = from_proto::offset(lines, *position, encoding);
            let outwards = analysis.selection_ranges(file, offset);
            let mut chain = None;
            for range in outwards.into_iter().rev() {
                chain = Some(SelectionRange {
                    range: to_proto::range(lines, range, encoding),
                    parent: chain.map(Box::new),
                });
            }
            chain
        });
        Ok(chains.collect())
    }
}
