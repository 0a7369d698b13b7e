//! `textDocument/prepareCallHierarchy`: on a spec document, what stands there. In a source file the language's own
//! server answers.

use tower_lsp::gen_lsp_types::{CallHierarchyItem, CallHierarchyPrepareParams, ServerCapabilities};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::calls;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/prepareCallHierarchy`.
pub enum Handler {}

impl Request for Handler {
    type Params = CallHierarchyPrepareParams;
    type Answer = Option<Vec<CallHierarchyItem>>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.call_hierarchy_provider = Some(true.into());
    }

    fn answer(
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
}
