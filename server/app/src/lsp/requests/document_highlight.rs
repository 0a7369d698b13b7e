//! `textDocument/documentHighlight`: the same item elsewhere in the document.

use tower_lsp::gen_lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use super::Ask;
use crate::lsp::answer::Refusal;

/// Answers the request.
pub fn answer(
    ask: &Ask,
    params: &DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, Refusal> {
    let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
        return Ok(None);
    };
    let ranges = ask.world.snapshot.analysis().highlights(file, offset);
    let highlights: Vec<DocumentHighlight> = ranges
        .into_iter()
        .filter_map(|range| ask.range(file, range))
        .map(|range| DocumentHighlight {
            range,
            kind: Some(DocumentHighlightKind::Text),
        })
        .collect();
    Ok((!highlights.is_empty()).then_some(highlights))
}
