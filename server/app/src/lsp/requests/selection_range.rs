//! `textDocument/selectionRange` in spec documents: from the word over its token and item to the document.

use tower_lsp::gen_lsp_types::{SelectionRange, SelectionRangeParams};

use super::Ask;
use crate::lsp::answer::Refusal;
use crate::lsp::{from_proto, to_proto, uri};

/// Answers the request.
pub fn answer(
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
