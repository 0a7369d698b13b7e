//! The edit of `spec.lock` that accepts an item: made if it is not there, for the version it was made for, and nothing
//! but the lines of that item. The reason is left to the user.

use ide::Analysis;
use text::{Encoding, FileId, LineIndex};
use tower_lsp::gen_lsp_types::{Range, TextEdit, WorkspaceEdit};

use super::requests::Ask;
use super::{created, to_proto};

/// The edit; `None` where there is nothing new to accept.
pub(super) fn edit(ask: &Ask, spec: FileId, address: &str) -> Option<WorkspaceEdit> {
    let snapshot = &ask.world.snapshot;
    let plan = Analysis::accept(snapshot.analysis(), spec, address)?;
    let path = snapshot.folder(plan.root)?.join(plan.path.as_str());
    if ask.world.lost.contains(&path) {
        return None;
    }
    let lines = LineIndex::new(&plan.before);
    let encoding: Encoding = ask.client.encoding;
    let edits = plan.edits.into_iter().map(|edit| TextEdit {
        range: if plan.before.is_empty() {
            Range::default()
        } else {
            to_proto::range(&lines, edit.range, encoding)
        },
        new_text: edit.insert,
    });
    let edits: Vec<TextEdit> = edits.collect();
    Some(created::edit(ask, &path, edits, plan.file.is_none()))
}
