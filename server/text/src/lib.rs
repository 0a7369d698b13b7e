//! Text as every other room sees it: byte ranges, lines, positions in the three LSP encodings,
//! edits, file ids and the cancellation token; YAML and JSON as trees with places.
//!
//! This room knows nothing of Markdown, source code, files on disk or the protocol.
#![forbid(unsafe_code)]

mod cancel;
pub mod data;
mod decode;
mod edit;
mod file;
mod line_index;

pub use cancel::{CancelToken, Cancelled};
pub use decode::{Decoded, decode};
pub use edit::{Edit, EditError, apply};
pub use file::FileId;
pub use line_index::{Encoding, LineIndex, Position};
pub use text_size::{TextRange, TextSize};

/// Longest text the rooms accept, in bytes. Offsets are `u32`; a longer file is refused where it is read.
pub const MAX_LEN: usize = i32::MAX as usize;

/// The bytes of `range` in `text`, or `""` where the range does not lie on character boundaries inside it.
#[must_use]
pub fn slice(text: &str, range: TextRange) -> &str {
    text.get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or("")
}

/// A range from two byte offsets; swapped offsets give the empty range at `start`.
#[must_use]
pub fn span(start: usize, end: usize) -> TextRange {
    let start = TextSize::new(start as u32);
    TextRange::new(start, start.max(TextSize::new(end as u32)))
}

/// Length in bytes of a byte order mark at the head of `text` (0 or 3).
#[must_use]
pub fn bom_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}
