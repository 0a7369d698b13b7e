//! `textDocument/prepareRename`: the id that would be renamed, and nothing anywhere else.

use tower_lsp::gen_lsp_types::{
    PrepareRenamePlaceholder, PrepareRenameResult, TextDocumentPositionParams,
};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;

/// Answers `textDocument/prepareRename`.
pub enum Handler {}

impl Request for Handler {
    type Params = TextDocumentPositionParams;
    type Answer = Option<PrepareRenameResult>;

    fn answer(
        ask: &Ask,
        params: &TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResult>, Refusal> {
        let Some((file, offset)) = ask.at(params) else {
            return Ok(None);
        };
        let analysis = ask.world.snapshot.analysis();
        let found = analysis.renamable(file, offset, ask.client.locale);
        let Some(found) = found.map_err(Refusal::Failed)? else {
            return Ok(None);
        };
        Ok(ask.range(file, found.range).map(|range| {
            PrepareRenamePlaceholder {
                range,
                placeholder: found.id.to_string(),
            }
            .into()
        }))
    }
}
