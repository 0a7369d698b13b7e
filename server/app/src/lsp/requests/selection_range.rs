//! `textDocument/selectionRange` in spec documents: from the line over the item and its sections to the document.

use ide::OutlineItem;
use tower_lsp::gen_lsp_types::{Position, SelectionRange, SelectionRangeParams};

use text::{Encoding, LineIndex, TextRange, TextSize};

use super::Ask;
use crate::lsp::answer::Refusal;
use crate::lsp::{from_proto, to_proto, uri};

/// Answers the request.
pub fn answer(
    ask: &Ask,
    params: &SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>, Refusal> {
    let path = uri::to_path(&params.text_document.uri);
    let lines = path.as_deref().and_then(|path| ask.world.lines(path));
    let (Some(file), Some(lines)) = (ask.file(&params.text_document), lines) else {
        return Ok(None);
    };
    let analysis = ask.world.snapshot.analysis();
    if analysis.graph.feature_of(file).is_none() {
        return Ok(None);
    }
    let outline = analysis.document_symbols(file);
    let positions = params.positions.iter();
    let ranges = positions.map(|position| around(lines, &outline, *position, ask.client.encoding));
    Ok(Some(ranges.collect()))
}

fn around(
    lines: &LineIndex,
    outline: &[OutlineItem],
    position: Position,
    encoding: Encoding,
) -> SelectionRange {
    let offset = from_proto::offset(lines, position, encoding);
    let mut ranges = vec![TextRange::up_to(lines.len())];
    descend(outline, offset, &mut ranges);
    ranges.extend(lines.line_range(lines.line(offset)));
    let mut chain = None;
    let mut outer = TextRange::up_to(lines.len());
    for range in ranges {
        // A parent must contain its child: what crosses a border is left out.
        if outer.contains_range(range) && (chain.is_none() || range != outer) {
            chain = Some(SelectionRange {
                range: to_proto::range(lines, range, encoding),
                parent: chain.map(Box::new),
            });
            outer = range;
        }
    }
    chain.unwrap_or_else(|| SelectionRange {
        range: to_proto::range(lines, outer, encoding),
        parent: None,
    })
}

fn descend(outline: &[OutlineItem], offset: TextSize, ranges: &mut Vec<TextRange>) {
    let around = |item: &&OutlineItem| item.range.contains_inclusive(offset);
    // Where two meet, the later one begins at the offset.
    if let Some(item) = outline.iter().rev().find(around) {
        ranges.push(item.range);
        descend(&item.children, offset, ranges);
    }
}
