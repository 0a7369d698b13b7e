//! `textDocument/selectionRange`: what to select next, from the line to the document.

use tower_lsp::gen_lsp_types::{Position, SelectionRange, SelectionRangeParams};

use text::{Encoding, LineIndex, TextRange};

use crate::lsp::answer::{Query, Refusal};
use crate::lsp::engine::Snapshot;
use crate::lsp::{from_proto, to_proto, uri};

/// Answers the request.
pub fn answer<S: Snapshot>(
    query: &Query<S>,
    params: &SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>, Refusal> {
    let path = uri::to_path(&params.text_document.uri);
    let Some(lines) = path.and_then(|path| query.world.lines(&path)) else {
        return Ok(None);
    };
    let positions = params.positions.iter();
    let ranges = positions.map(|position| around(&lines, *position, query.client.encoding));
    Ok(Some(ranges.collect()))
}

fn around(lines: &LineIndex, position: Position, encoding: Encoding) -> SelectionRange {
    let offset = from_proto::offset(lines, position, encoding);
    let document = TextRange::up_to(lines.len());
    let line = lines.line_range(lines.line(offset)).unwrap_or(document);
    let document = SelectionRange {
        range: to_proto::range(lines, document, encoding),
        parent: None,
    };
    SelectionRange {
        range: to_proto::range(lines, line, encoding),
        parent: Some(Box::new(document)),
    }
}
