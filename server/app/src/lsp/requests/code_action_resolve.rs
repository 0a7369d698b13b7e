//! `codeAction/resolve`: the edit of the action that was chosen.

use tower_lsp::gen_lsp_types::CodeAction;

use super::Ask;
use crate::lsp::actions::Plan;
use crate::lsp::answer::Refusal;

/// Answers the request.
pub fn answer(ask: &Ask, action: &CodeAction) -> Result<CodeAction, Refusal> {
    let plan = Plan::read(action.data.as_ref())?;
    let mut action = action.clone();
    action.edit = Some(plan.edit(ask)?);
    Ok(action)
}
