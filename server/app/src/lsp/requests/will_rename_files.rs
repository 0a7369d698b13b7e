//! `workspace/willRenameFiles`: the edits that keep documents true, made before the files move. Never a refusal: a rename
//! is not ours to stop.

use ide::Move;
use tower_lsp::gen_lsp_types::{
    FileRename, RenameFilesParams, ServerCapabilities, Uri, WorkspaceEdit,
};

use super::{Ask, Request};
use crate::lsp::actions::workspace_edit;
use crate::lsp::answer::Refusal;
use crate::lsp::capabilities::any_file;
use crate::lsp::client::ClientFacts;
use crate::lsp::uri;

/// Answers `workspace/willRenameFiles`.
pub enum Handler {}

impl Request for Handler {
    type Params = RenameFilesParams;
    type Answer = Option<WorkspaceEdit>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        let workspace = offered.workspace.get_or_insert_default();
        let operations = workspace.file_operations.get_or_insert_default();
        operations.will_rename = Some(any_file());
    }

    fn answer(ask: &Ask, params: &RenameFilesParams) -> Result<Option<WorkspaceEdit>, Refusal> {
        let snapshot = &ask.world.snapshot;
        let place = |uri: &Uri| snapshot.place(&uri::to_path(uri)?);
        let moved = |file: &FileRename| {
            let (root, from) = place(&file.old_uri)?;
            Some(Move {
                root,
                from: from.into(),
                to: place(&file.new_uri).map(|(root, to)| (root, to.into())),
            })
        };
        let moves: Vec<Move> = params.files.iter().filter_map(moved).collect();
        let texts = |file| snapshot.writable(file);
        let done = snapshot.analysis().move_files(&moves, &texts);
        if done.edits.is_empty() {
            return Ok(None);
        }
        Ok(workspace_edit(ask, done.edits, None))
    }
}
