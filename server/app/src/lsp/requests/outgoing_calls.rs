//! `callHierarchy/outgoingCalls`: what realises an item.

use tower_lsp::gen_lsp_types::{CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::calls;

/// Answers `callHierarchy/outgoingCalls`.
pub enum Handler {}

impl Request for Handler {
    type Params = CallHierarchyOutgoingCallsParams;
    type Answer = Option<Vec<CallHierarchyOutgoingCall>>;

    fn answer(
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
}
