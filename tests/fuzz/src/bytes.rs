//! How the bytes of an input are cut into what a target needs: a choice, a text, edits of it.

/// Stands between the parts of an input. No text holds it: it is no byte of UTF-8.
const BETWEEN: u8 = 0xff;

/// The first byte, which chooses, and the rest.
pub(crate) fn choice(data: &[u8]) -> (usize, &[u8]) {
    match data.split_first() {
        Some((first, rest)) => (usize::from(*first), rest),
        None => (0, data),
    }
}

/// Bytes as a text, as files are read.
pub(crate) fn text(bytes: &[u8]) -> String {
    text::decode(bytes.to_vec()).text
}

/// The text an input begins with, and the states that edits make of it one after the other.
///
/// An edit is two bytes of a place, one byte of how much is taken out, and what is put in.
pub(crate) fn states(data: &[u8]) -> Vec<String> {
    let mut parts = data.split(|byte| *byte == BETWEEN);
    let first = text(parts.next().unwrap_or_default());
    let mut states = vec![first];
    for part in parts.take(4) {
        let Some((head, typed)) = part.split_at_checked(3) else {
            continue;
        };
        let Some(last) = states.last() else { break };
        let place = usize::from(u16::from_le_bytes([head[0], head[1]])) % (last.len() + 1);
        let from = boundary(last, place);
        let to = boundary(last, (from + usize::from(head[2])).min(last.len()));
        let typed = text(typed);
        states.push([&last[..from], &typed, &last[to..]].concat());
    }
    states
}

/// The first byte from `at` on where a character begins.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
