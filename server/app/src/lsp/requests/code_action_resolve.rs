//! `codeAction/resolve`: the edit of the action that was chosen.

use tower_lsp::gen_lsp_types::CodeAction;

use super::{Ask, Request};
use crate::lsp::actions::Plan;
use crate::lsp::answer::Refusal;

/// Answers `codeAction/resolve`.
pub enum Handler {}

impl Request for Handler {
    type Params = CodeAction;
    type Answer = CodeAction;

    const TITLE: Option<&'static str> = Some("Writing what facts tell");

    fn answer(ask: &Ask, action: &CodeAction) -> Result<CodeAction, Refusal> {
        let plan = Plan::read(action.data.as_ref())?;
        let mut action = action.clone();
        action.edit = Some(plan.edit(ask)?);
        Ok(action)
    }
}
