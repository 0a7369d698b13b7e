use crate::{TextRange, TextSize, bom_len};

/// How a client counts characters in a line (LSP `PositionEncodingKind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// 16-bit units; the only encoding VS Code speaks.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place in a text as editors count: both numbers from 0, `character` in units of an [`Encoding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 0. Lines end at `\n`, `\r\n` or a lone `\r`, as in LSP.
    pub line: u32,
    /// Units from the start of the line. A byte order mark at the head of the file counts nothing.
    pub character: u32,
}

/// A character longer than one byte: where it is and how much shorter it counts elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wide {
    /// Byte offset in the text.
    start: u32,
    /// Length in UTF-8 bytes (2 to 4; 3 for the byte order mark).
    len: u8,
    /// Whether it is the byte order mark, which has no width in any encoding.
    bom: bool,
}

impl Wide {
    fn width(self, encoding: Encoding) -> u32 {
        match encoding {
            _ if self.bom => 0,
            Encoding::Utf8 => u32::from(self.len),
            Encoding::Utf16 => 1 + u32::from(self.len == 4),
            Encoding::Utf32 => 1,
        }
    }
}

/// Converts between byte offsets and editor positions without the text at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    /// Byte offset of each line's first byte; never empty. These are kept of every source that says something, so that
    /// they take no more room than they need.
    starts: Box<[u32]>,
    /// Lines that end with two bytes, ascending.
    crlf: Box<[u32]>,
    /// Characters longer than one byte, ascending.
    wides: Box<[Wide]>,
    len: u32,
}

impl LineIndex {
    /// Reads the line structure of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut starts, mut crlf) = (vec![0], Vec::new());
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let two = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r' {
                continue;
            }
            if two {
                crlf.push(starts.len() as u32 - 1);
            }
            starts.push(at as u32 + 1 + u32::from(two));
        }
        let mut index = Self {
            starts: starts.into(),
            crlf: crlf.into(),
            wides: Box::default(),
            len: bytes.len() as u32,
        };
        if !text.is_ascii() {
            index.wides = wides(text, &index).into();
        }
        index
    }

    /// Byte offset of a line's end, its line break left out.
    fn end(&self, line: usize) -> u32 {
        let Some(next) = self.starts.get(line + 1) else {
            return self.len;
        };
        let two = self.crlf.binary_search(&(line as u32)).is_ok();
        next - 1 - u32::from(two)
    }

    /// Number of lines; a text that ends with a line break has an empty last one.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> TextSize {
        TextSize::new(self.len)
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The line (from 0) that holds `offset`; offsets behind the end count to the last line.
    #[must_use]
    pub fn line(&self, offset: TextSize) -> u32 {
        let offset = u32::from(offset);
        (self.starts.partition_point(|&start| start <= offset) - 1) as u32
    }

    /// Bytes of a line without its line break.
    #[must_use]
    pub fn line_range(&self, line: u32) -> Option<TextRange> {
        let line = line as usize;
        let start = *self.starts.get(line)?;
        Some(TextRange::new(start.into(), self.end(line).into()))
    }

    /// Bytes of a line with its line break.
    #[must_use]
    pub fn full_line_range(&self, line: u32) -> Option<TextRange> {
        let start = *self.starts.get(line as usize)?;
        let end = self.starts.get(line as usize + 1).copied();
        Some(TextRange::new(start.into(), end.unwrap_or(self.len).into()))
    }

    /// The editor position of a byte offset. Offsets inside a character or a line break count from its start.
    #[must_use]
    pub fn position(&self, offset: TextSize, encoding: Encoding) -> Position {
        let offset = u32::from(offset).min(self.len);
        let line = self.line(offset.into());
        let start = self.starts[line as usize];
        let offset = offset.min(self.end(line as usize));
        let mut character = offset - start;
        for wide in self.wides_from(start) {
            if wide.start >= offset {
                break;
            }
            let inside = (wide.start + u32::from(wide.len)).min(offset);
            let bytes = inside - wide.start;
            character -= bytes;
            if bytes == u32::from(wide.len) {
                character += wide.width(encoding);
            }
        }
        Position { line, character }
    }

    /// The byte offset of an editor position. As LSP asks, a column behind the line's end means its end;
    /// `None` when there is no such line. A column inside a character means its start.
    #[must_use]
    pub fn offset(&self, position: Position, encoding: Encoding) -> Option<TextSize> {
        let line = self.line_range(position.line)?;
        let (start, end) = (u32::from(line.start()), u32::from(line.end()));
        let (mut at, mut left) = (start, position.character);
        for wide in self.wides_from(start) {
            if wide.start >= end {
                break;
            }
            let plain = wide.start - at;
            // A byte order mark is passed even at column 0: the client does not have it.
            if plain > left || (plain == left && !wide.bom) {
                break;
            }
            left -= plain;
            if wide.width(encoding) > left {
                return Some(wide.start.into());
            }
            left -= wide.width(encoding);
            at = wide.start + u32::from(wide.len);
        }
        Some(at.saturating_add(left).min(end).into())
    }

    fn wides_from(&self, start: u32) -> impl Iterator<Item = Wide> {
        let first = self.wides.partition_point(|wide| wide.start < start);
        self.wides[first..].iter().copied()
    }
}

/// The characters longer than one byte; most lines have none, and asking a whole line is cheap.
fn wides(text: &str, index: &LineIndex) -> Vec<Wide> {
    let mut wides = Vec::new();
    let bom = bom_len(text) == 3;
    for (line, &start) in index.starts.iter().enumerate() {
        let line = &text[start as usize..index.end(line) as usize];
        if line.is_ascii() {
            continue;
        }
        for (at, c) in line.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let start = start + at as u32;
            wides.push(Wide {
                start,
                len: c.len_utf8() as u8,
                bom: start == 0 && bom,
            });
        }
    }
    wides
}

#[cfg(test)]
mod tests {
    use super::{Encoding, LineIndex, Position};
    use crate::TextSize;
    use proptest::prelude::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn every_line_break_of_lsp_counts() {
        let index = LineIndex::new("a\nb\r\nc\rd");
        assert_eq!(index.line_count(), 4);
        assert_eq!(index.position(7.into(), Encoding::Utf8), at(3, 0));
        assert_eq!(
            index
                .line_range(1)
                .map(|r| (r.start().into(), r.end().into())),
            Some((2u32, 3u32))
        );
    }

    #[test]
    fn columns_differ_by_encoding() {
        let text = "🎉あb";
        let index = LineIndex::new(text);
        let end = TextSize::of(text);
        assert_eq!(index.position(end, Encoding::Utf8), at(0, 8));
        assert_eq!(index.position(end, Encoding::Utf16), at(0, 4));
        assert_eq!(index.position(end, Encoding::Utf32), at(0, 3));
    }

    #[test]
    fn byte_order_mark_has_no_width() {
        let index = LineIndex::new("\u{feff}# T");
        assert_eq!(index.position(3.into(), Encoding::Utf16), at(0, 0));
        assert_eq!(index.offset(at(0, 0), Encoding::Utf16), Some(3.into()));
        assert_eq!(index.offset(at(0, 2), Encoding::Utf8), Some(5.into()));
    }

    #[test]
    fn columns_behind_the_end_mean_the_end() {
        let index = LineIndex::new("ab\r\ncd");
        assert_eq!(index.offset(at(0, 99), Encoding::Utf16), Some(2.into()));
        assert_eq!(index.offset(at(2, 0), Encoding::Utf16), None);
    }

    proptest! {
        #[test]
        fn offset_and_position_are_inverse(text in "[a-c\\r\\n🎉あé\u{feff}\u{301}]{0,40}") {
            let index = LineIndex::new(&text);
            for (at, _) in text.char_indices() {
                let offset = TextSize::new(at as u32);
                // Inside a line break and at the byte order mark there is no position of its own.
                let in_break = text[..at].ends_with('\r') && text[at..].starts_with('\n');
                if in_break || (at == 0 && text.starts_with('\u{feff}')) { continue; }
                for encoding in ENCODINGS {
                    let position = index.position(offset, encoding);
                    prop_assert_eq!(index.offset(position, encoding), Some(offset));
                }
            }
        }

        #[test]
        fn any_position_gives_a_character_boundary(text in ".{0,20}", line in 0u32..4, character in 0u32..30) {
            let index = LineIndex::new(&text);
            for encoding in ENCODINGS {
                if let Some(offset) = index.offset(at(line, character), encoding) {
                    prop_assert!(text.is_char_boundary(usize::from(offset)));
                }
            }
        }
    }
}
