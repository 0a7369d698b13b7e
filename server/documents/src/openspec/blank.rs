//! What the tool calls blank: `\s` and `trim()` of JavaScript, which know U+FEFF and not U+0085.

use std::ops::Range;

/// Whether `\s` matches a character.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// Without blanks around it; of blanks alone, nothing at their start.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let end = range.start + written.trim_end_matches(is_blank).len();
    let blanks = text[range.start..end].len() - behind(&text[range.start..end]).len();
    range.start + blanks..end
}

/// What stands behind the blanks that `text` begins with.
pub(super) fn behind(text: &str) -> &str {
    text.trim_start_matches(is_blank)
}

/// Whether `.` matches every character: JavaScript counts two more characters as line breaks.
pub(super) fn is_one_line(text: &str) -> bool {
    !text.contains(['\n', '\r', '\u{2028}', '\u{2029}'])
}

/// Length in the units JavaScript counts strings in.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}
