//! `textDocument/prepareCallHierarchy`: on a spec document, what stands there. In a source file the language's own
//! server answers.

use tower_lsp::gen_lsp_types::{CallHierarchyItem, CallHierarchyPrepareParams};

use super::Ask;
use crate::lsp::answer::Refusal;
use crate::lsp::calls;

/// Answers the request.
pub fn answer(
    ask: &Ask,
    params: &CallHierarchyPrepareParams,
) -> Result<Option<Vec<CallHierarchyItem>>, Refusal> {
    let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
        return Ok(None);
    };
    let analysis = ask.world.snapshot.analysis();
    let found = analysis.call_items_at(file, offset, ask.client.locale);
    let items: Vec<CallHierarchyItem> = found
        .into_iter()
        .filter_map(|item| calls::item(ask, item))
        .collect();
    Ok((!items.is_empty()).then_some(items))
}
