//! lobster's `lobster-trace: auth.login` and strictdoc's `@relation(REQ-001, scope=function, role=Verification)`.

use super::{Dialect, Reader, Role, Tag, Tagged, name};
use text_size::TextSize;

pub(super) const LOBSTER: Reader = Reader {
    marks: &["lobster-trace:", "@relation("],
    read,
};

fn read(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    for mark in LOBSTER.marks {
        for (start, _) in text.match_indices(mark) {
            list(text, base, start, start + mark.len(), out);
        }
    }
}

/// Names parted by commas; fields such as `scope=file` end them.
fn list(text: &str, base: TextSize, start: usize, mut at: usize, out: &mut Vec<Tagged>) {
    let line = text[at..]
        .find(['\n', '\r', ')'])
        .map_or(text.len(), |len| at + len);
    let verifies = text[at..line]
        .split_once("role=")
        .is_some_and(|(_, role)| role.trim_start().starts_with(['V', 'v', 'T', 't']));
    let role = verifies.then_some(Role::Verifies);
    while at < line {
        at += text[at..line].len() - text[at..line].trim_start_matches([' ', '\t', ',']).len();
        let end = name::end(text, at, ".-_").min(line);
        let behind = text.as_bytes()[..line].get(end);
        if end == at || behind == Some(&b'=') {
            return;
        }
        let tag = Tag::new(Dialect::Lobster, role);
        let word = text[at..end].trim_end_matches(['.', '-']);
        if !word.is_empty() {
            out.push(name::tagged(
                text,
                base,
                (at, at + word.len()),
                (start, end),
                None,
                tag,
            ));
        }
        at = end;
        if behind.is_some_and(|byte| *byte != b',') {
            return;
        }
    }
}
