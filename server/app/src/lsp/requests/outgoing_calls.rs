//! `callHierarchy/outgoingCalls`: what realises an item.

use tower_lsp::gen_lsp_types::{CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams};

use super::Ask;
use crate::lsp::answer::Refusal;
use crate::lsp::calls;

/// Answers the request; nothing where the item is gone.
pub fn answer(
    ask: &Ask,
    params: &CallHierarchyOutgoingCallsParams,
) -> Result<Option<Vec<CallHierarchyOutgoingCall>>, Refusal> {
    let Some((file, key)) = calls::kept(ask, &params.item) else {
        return Ok(None);
    };
    let analysis = ask.world.snapshot.analysis();
    let found = analysis.outgoing_calls(file, &key, ask.client.locale);
    Ok(found.map(|found| calls::calls(ask, found, Some(file), CallHierarchyOutgoingCall::new)))
}
