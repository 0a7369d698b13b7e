//! `callHierarchy/incomingCalls`: what an item serves.

use tower_lsp::gen_lsp_types::{CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::calls;

/// Answers `callHierarchy/incomingCalls`.
pub enum Handler {}

impl Request for Handler {
    type Params = CallHierarchyIncomingCallsParams;
    type Answer = Option<Vec<CallHierarchyIncomingCall>>;

    fn answer(
        ask: &Ask,
        params: &CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>, Refusal> {
        let Some((file, key)) = calls::kept(ask, &params.item) else {
            return Ok(None);
        };
        let analysis = ask.world.snapshot.analysis();
        let found = analysis.incoming_calls(file, &key, ask.client.locale);
        Ok(found.map(|found| calls::calls(ask, found, None, CallHierarchyIncomingCall::new)))
    }
}
