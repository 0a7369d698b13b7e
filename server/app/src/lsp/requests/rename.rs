//! `textDocument/rename`: the edits of every document and source that names the item.

use tower_lsp::gen_lsp_types::{RenameOptions, RenameParams, ServerCapabilities, WorkspaceEdit};

use super::{Ask, Request};
use crate::lsp::actions::renaming_edit;
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/rename`.
pub enum Handler {}

impl Request for Handler {
    type Params = RenameParams;
    type Answer = Option<WorkspaceEdit>;

    fn offer(client: &ClientFacts, offered: &mut ServerCapabilities) {
        // The same words twice on one line help nobody.
        offered.rename_provider = Some(if client.prepares_renames {
            RenameOptions {
                prepare_provider: Some(true),
                ..RenameOptions::default()
            }
            .into()
        } else {
            true.into()
        });
    }

    fn answer(ask: &Ask, params: &RenameParams) -> Result<Option<WorkspaceEdit>, Refusal> {
        let Some((file, offset)) = ask.at(&params.text_document_position_params) else {
            return Ok(None);
        };
        let locale = ask.client.locale;
        let snapshot = &ask.world.snapshot;
        let analysis = snapshot.analysis();
        let found = analysis.renamable(file, offset, locale);
        let Some(found) = found.map_err(Refusal::Failed)? else {
            return Ok(None);
        };
        snapshot.all_read().map_err(Refusal::Failed)?;
        let texts = |file| snapshot.writable(file);
        let renaming = analysis
            .rename(&found.items, &params.new_name, &texts, locale)
            .map_err(Refusal::Failed)?;
        let edit = renaming_edit(ask, &renaming);
        let gone = || Refusal::Failed("A file went away while its edits were made.".to_owned());
        edit.map(Some).ok_or_else(gone)
    }
}
