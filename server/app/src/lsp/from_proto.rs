//! From the protocol's terms to bytes.

use text::{Encoding, LineIndex, TextRange, TextSize};
use tower_lsp::gen_lsp_types::{Position, Range};

/// The byte offset of a position. A line behind the last one means the end of the text.
#[must_use]
pub fn offset(lines: &LineIndex, position: Position, encoding: Encoding) -> TextSize {
    let position = text::Position {
        line: position.line,
        character: position.character,
    };
    lines
        .offset(position, encoding)
        .unwrap_or_else(|| lines.len())
}

/// The bytes of a range. A range written backwards means the same bytes.
#[must_use]
pub fn range(lines: &LineIndex, range: Range, encoding: Encoding) -> TextRange {
    let start = offset(lines, range.start, encoding);
    let end = offset(lines, range.end, encoding);
    TextRange::new(start.min(end), start.max(end))
}
