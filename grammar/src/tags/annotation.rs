//! Annotations, decorators, attributes and `JSDoc` tags that carry ids: reqstool's `@Requirements("REQ_001")` and `@SVCs`,
//! mantra's `#[req_satisfied("x")]`, `JUnit`'s `@Tag("FR-001")`, pytest's `@pytest.mark.requirement("FR-001")`.

use super::{Dialect, Reader, Role, Tag, Tagged, name};
use smol_str::SmolStr;
use text_size::TextSize;

pub(super) const ANNOTATION: Reader = Reader {
    marks: &["@", "#["],
    read: in_comment,
};

/// Names that carry ids, and what the code under them does.
const NAMES: [(&str, Option<Role>); 17] = [
    ("Requirements", Some(Role::Implements)),
    ("SVCs", Some(Role::Verifies)),
    ("req_satisfied", Some(Role::Implements)),
    ("req_verified", Some(Role::Verifies)),
    ("Implements", Some(Role::Implements)),
    ("implements", Some(Role::Implements)),
    ("Satisfies", Some(Role::Implements)),
    ("satisfies", Some(Role::Implements)),
    ("Verifies", Some(Role::Verifies)),
    ("verifies", Some(Role::Verifies)),
    ("Covers", Some(Role::Verifies)),
    ("covers", Some(Role::Verifies)),
    ("Requirement", None),
    ("requirement", None),
    ("Spec", None),
    ("spec", None),
    ("Tag", None),
];

/// Names that a tool made for ids alone: what they carry counts, whatever its shape.
const OWN: [&str; 4] = ["Requirements", "SVCs", "req_satisfied", "req_verified"];

/// Longest list of one annotation, in bytes.
const MAX_LIST: usize = 1_000;

fn in_comment(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    each(text, |label| {
        if text[label.end..].starts_with('(') {
            quoted(text, base, &label, out);
        } else if OWN.contains(&label.name) {
            listed(text, base, &label, out);
        }
    });
}

pub(super) fn in_code(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    each(text, |label| {
        if text[label.end..].starts_with('(') {
            quoted(text, base, &label, out);
        }
    });
}

struct Label {
    name: &'static str,
    role: Option<Role>,
    start: usize,
    end: usize,
}

/// Visits `@Name`, `@pytest.mark.name`, `#[name` and `#[path::name`.
fn each(text: &str, mut visit: impl FnMut(Label)) {
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices(['@', '#']) {
        let mut start = at + 1;
        if bytes[at] == b'#' {
            if bytes.get(start) != Some(&b'[') {
                continue;
            }
            start += 1;
        } else if at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'@') {
            // `me@Requirements.org`
            continue;
        }
        let end = name::end(text, start, "_.:");
        let word = text[start..end].trim_end_matches([':', '.']);
        let end = start + word.len();
        let last = word.rsplit(['.', ':']).next().unwrap_or(word);
        if let Some((name, role)) = NAMES.iter().find(|(name, _)| *name == last) {
            visit(Label {
                name,
                role: *role,
                start: at,
                end,
            });
        }
    }
}

/// Strings between the parentheses.
fn quoted(text: &str, base: TextSize, label: &Label, out: &mut Vec<Tagged>) {
    let bytes = text.as_bytes();
    let mut at = label.end + 1;
    let stop = (at + MAX_LIST).min(text.len());
    let first = out.len();
    while at < stop {
        match bytes[at] {
            b')' => {
                for tagged in &mut out[first..] {
                    tagged.range = crate::chars::range(base, label.start, at + 1);
                }
                return;
            }
            quote @ (b'"' | b'\'') => {
                let from = at + 1;
                let Some(len) = bytes[from..stop].iter().position(|byte| *byte == quote) else {
                    break;
                };
                names(text, base, label, (from, from + len), out);
                at = from + len + 1;
            }
            b'(' | b';' => break,
            _ => at += 1,
        }
    }
    out.truncate(first);
}

/// `REQ_001, REQ_002` behind a tag, on its line.
fn listed(text: &str, base: TextSize, label: &Label, out: &mut Vec<Tagged>) {
    let line = text[label.end..]
        .find(['\n', '\r'])
        .map_or(text.len(), |len| label.end + len);
    names(text, base, label, (label.end, line), out);
}

fn names(
    text: &str,
    base: TextSize,
    label: &Label,
    (from, to): (usize, usize),
    out: &mut Vec<Tagged>,
) {
    let mut at = from;
    while at < to {
        let end = name::end(text, at, "_-.:#/").min(to);
        if end == at {
            let byte = text.as_bytes()[at];
            if !b" \t,{}[]\"'*".contains(&byte) {
                return;
            }
            at += 1;
            continue;
        }
        let word = text[at..end].trim_end_matches(['.', ':', '-', '/']);
        let behind = at + word.len();
        // A name that only its tool could tell from a word must have a number.
        if word.starts_with(|c: char| c.is_ascii_alphanumeric())
            && word.contains(|c: char| c.is_ascii_digit())
        {
            let tag = Tag::new(Dialect::Annotation, label.role);
            let key = SmolStr::from(word.replace('_', "-"));
            let tagged = name::tagged(
                text,
                base,
                (at, behind),
                (label.start, behind),
                Some(key),
                tag,
            );
            if OWN.contains(&label.name) || tagged.mention.kind != crate::IdKind::Other {
                out.push(tagged);
            }
        } else if !OWN.contains(&label.name) || word.is_empty() {
            return;
        }
        at = end;
    }
}
