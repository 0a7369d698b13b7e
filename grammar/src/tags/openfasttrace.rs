//! `OpenFastTrace`: `[impl->req~login~1]`, `[utest~login-test~1->dsn~login~1,dsn~logout~1>>itest]`.

use super::{Dialect, Reader, Role, Tag, Tagged, name};
use smol_str::format_smolstr;
use text_size::TextSize;

pub(super) const OPEN_FAST_TRACE: Reader = Reader {
    marks: &["->"],
    read,
};

/// What artifacts of a type do for what they cover.
const TYPES: [(&str, Role); 8] = [
    ("impl", Role::Implements),
    ("bld", Role::Implements),
    ("utest", Role::Verifies),
    ("itest", Role::Verifies),
    ("stest", Role::Verifies),
    ("test", Role::Verifies),
    ("dsn", Role::Related),
    ("arch", Role::Related),
];

fn read(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    for (arrow, _) in text.match_indices("->") {
        let first = out.len();
        if tag(text, base, arrow, out).is_none() {
            out.truncate(first);
        }
    }
}

/// The tag around the arrow at `arrow`; `None` where it is none.
fn tag(text: &str, base: TextSize, arrow: usize, out: &mut Vec<Tagged>) -> Option<()> {
    let floor = arrow.saturating_sub(name::MAX_NAME);
    let before = text.as_bytes().get(floor..arrow)?;
    let open = floor + before.iter().rposition(|byte| *byte == b'[')?;
    let source = text.get(open + 1..arrow)?.trim();
    let artifact = source.split('~').next()?;
    if artifact.is_empty() || !artifact.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let role = TYPES
        .iter()
        .find(|(name, _)| *name == artifact)
        .map(|(_, role)| *role);
    let mut at = arrow + 2;
    let first = out.len();
    loop {
        at = blanks(text, at);
        let kind = name::end(text, at, "");
        if kind == at || text.as_bytes().get(kind) != Some(&b'~') {
            return None;
        }
        let from = kind + 1;
        let end = name::end(text, from, ".-_");
        if end == from || text.as_bytes().get(end) != Some(&b'~') {
            return None;
        }
        let (revision, behind) = name::number(text, end + 1)?;
        let tag = Tag {
            revision: Some(revision),
            ..Tag::new(Dialect::OpenFastTrace, role)
        };
        let key = format_smolstr!("{}~{}", &text[at..kind], &text[from..end]);
        out.push(name::tagged(
            text,
            base,
            (from, end),
            (open, behind),
            Some(key),
            tag,
        ));
        at = blanks(text, behind);
        match text.as_bytes().get(at) {
            Some(b',') => at += 1,
            Some(b'>') => {
                at += text[at..].find(']').filter(|len| *len < name::MAX_NAME)?;
                break;
            }
            Some(b']') => break,
            _ => return None,
        }
    }
    for tagged in &mut out[first..] {
        tagged.range = crate::chars::range(base, open, at + 1);
    }
    Some(())
}

fn blanks(text: &str, at: usize) -> usize {
    at + (text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len())
}
