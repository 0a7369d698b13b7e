//! Characters as the spec language sees them: full-width forms and the many
//! dashes read as the ASCII character they stand for.

use text_size::{TextRange, TextSize};

/// The character at `pos` as ASCII, with its length in bytes.
///
/// Full-width forms (U+FF01..U+FF5E) and U+3000 are folded, and the dashes
/// people and models write for a hyphen become `-`. `None` at the end and on
/// every other non-ASCII character.
#[inline]
pub(crate) fn at(text: &str, pos: usize) -> Option<(u8, usize)> {
    let bytes = text.as_bytes();
    let first = *bytes.get(pos)?;
    if first.is_ascii() {
        return Some((first, 1));
    }
    let tail = [*bytes.get(pos + 1)?, *bytes.get(pos + 2)?];
    fold([first, tail[0], tail[1]]).map(|b| (b, 3))
}

/// The character that ends at `pos`, as ASCII, with its length in bytes.
#[inline]
pub(crate) fn before(text: &str, pos: usize) -> Option<(u8, usize)> {
    let bytes = text.as_bytes();
    let last = *bytes.get(pos.checked_sub(1)?)?;
    if last.is_ascii() {
        return Some((last, 1));
    }
    let start = pos.checked_sub(3)?;
    fold([bytes[start], bytes[start + 1], last]).map(|b| (b, 3))
}

fn fold(utf8: [u8; 3]) -> Option<u8> {
    match utf8 {
        // U+FF01..U+FF3F and U+FF40..U+FF5E
        [0xEF, 0xBC, b @ 0x81..=0xBF] => Some(b - 0x81 + b'!'),
        [0xEF, 0xBD, b @ 0x80..=0x9E] => Some(b - 0x80 + b'`'),
        [0xE3, 0x80, 0x80] => Some(b' '),
        // hyphen, non-breaking hyphen, figure dash, en dash, minus sign
        [0xE2, 0x80, 0x90..=0x93] | [0xE2, 0x88, 0x92] => Some(b'-'),
        _ => None,
    }
}

/// The ASCII character that `c` is read as: full-width forms and dashes folded, everything else as it is.
pub fn folded(c: char) -> char {
    let mut bytes = [0; 4];
    match *c.encode_utf8(&mut bytes).as_bytes() {
        [a, b, d] => fold([a, b, d]).map_or(c, char::from),
        _ => c,
    }
}

/// The byte position of the next digit, ASCII or full-width, from `pos` on.
#[inline]
pub(crate) fn next_digit(text: &str, mut pos: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        pos = next_candidate(bytes, pos)?;
        if bytes[pos].is_ascii_digit() || at(text, pos).is_some_and(|(b, _)| b.is_ascii_digit()) {
            return Some(pos);
        }
        pos += 1;
    }
}

/// The next ASCII digit or first byte of a full-width form; whole blocks are passed over at once.
fn next_candidate(bytes: &[u8], mut pos: usize) -> Option<usize> {
    const BLOCK: usize = 32;
    let wanted = |b: &u8| b.is_ascii_digit() || *b == 0xEF;
    while let Some(block) = bytes.get(pos..pos + BLOCK) {
        if block.iter().fold(false, |any, b| any | wanted(b)) {
            break;
        }
        pos += BLOCK;
    }
    Some(pos + bytes.get(pos..)?.iter().position(wanted)?)
}

/// Bytes that are looked at for what opens or closes something; what is further away is not there, so that a long line
/// takes no longer than many short ones.
const REACH: usize = 2048;

/// What stands from `pos` on, as far as one looks.
pub(crate) fn ahead(text: &str, pos: usize) -> &str {
    let end = text.len().min(pos + REACH);
    let end = (end..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    &text[pos..end]
}

/// What stands before `pos`, as far as one looks.
pub(crate) fn behind(text: &str, pos: usize) -> &str {
    let start = pos.saturating_sub(REACH);
    let start = (start..pos)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(pos);
    &text[start..pos]
}

/// Skips blanks (space, tab, U+00A0, U+3000) forwards.
#[inline]
pub(crate) fn skip_blanks(text: &str, mut pos: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(pos) {
            Some(b' ' | b'\t') => pos += 1,
            Some(0xC2) if bytes[pos + 1] == 0xA0 => pos += 2,
            Some(0xE3) if bytes[pos + 1..].starts_with(&[0x80, 0x80]) => pos += 3,
            _ => return pos,
        }
    }
}

/// Skips blanks backwards.
pub(crate) fn skip_blanks_back(text: &str, mut pos: usize) -> usize {
    loop {
        match before(text, pos) {
            Some((b' ' | b'\t', len)) => pos -= len,
            _ if text[..pos].ends_with('\u{A0}') => pos -= 2,
            _ => return pos,
        }
    }
}

/// The range `start..end` of a text that begins at `base`.
#[inline]
pub(crate) fn range(base: TextSize, start: usize, end: usize) -> TextRange {
    TextRange::new(
        base + TextSize::new(start as u32),
        base + TextSize::new(end as u32),
    )
}
