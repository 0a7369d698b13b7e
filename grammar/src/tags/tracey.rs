//! tracey: `r[impl auth.login]`, `r[verify auth.login+2]`, `r[auth.login]`.

use super::{Dialect, Reader, Role, Tag, Tagged, name};
use text_size::TextSize;

pub(super) const TRACEY: Reader = Reader {
    marks: &["["],
    read,
};

const VERBS: [(&str, Role); 4] = [
    ("impl", Role::Implements),
    ("verify", Role::Verifies),
    ("depends", Role::Depends),
    ("related", Role::Related),
];

fn read(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    for (open, _) in text.match_indices('[') {
        if let Some(tagged) = tag(text, base, open) {
            out.push(tagged);
        }
    }
}

/// The tag whose bracket opens at `open`.
fn tag(text: &str, base: TextSize, open: usize) -> Option<Tagged> {
    let bytes = text.as_bytes();
    let prefix = bytes[..open]
        .iter()
        .rev()
        .take(16)
        .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        .count();
    let start = open - prefix;
    let before = start.checked_sub(1).map(|at| bytes[at]);
    // `` `r[impl x]` `` is an example.
    if prefix == 0
        || !bytes[start].is_ascii_lowercase()
        || before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_`.$".contains(&byte))
    {
        return None;
    }
    let inside = open + 1;
    let verb = VERBS.iter().find_map(|(verb, role)| {
        let rest = text[inside..].strip_prefix(verb)?;
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        (blanks > 0).then_some((inside + verb.len() + blanks, *role))
    });
    // Without a verb it is the name alone; an index of an array looks the same, but for the dots.
    let (from, role) = match verb {
        Some(verb) => verb,
        None if &text[start..open] == "r" => (inside, Role::Implements),
        None => return None,
    };
    let end = name::end(text, from, ".-_/");
    if end == from
        || !bytes[from].is_ascii_alphanumeric()
        || !bytes[end - 1].is_ascii_alphanumeric()
    {
        return None;
    }
    if verb.is_none() && !text[from..end].contains(['.', '-']) {
        return None;
    }
    let (revision, close) = match bytes.get(end) {
        Some(b'+') => name::number(text, end + 1).map(|(number, end)| (Some(number), end))?,
        _ => (None, end),
    };
    (bytes.get(close) == Some(&b']')).then(|| {
        let tag = Tag {
            revision: revision.or(verb.map(|_| 1)),
            ..Tag::new(Dialect::Tracey, Some(role))
        };
        name::tagged(text, base, (from, end), (start, close + 1), None, tag)
    })
}
