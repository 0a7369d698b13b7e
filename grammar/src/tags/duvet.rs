//! duvet: `//= specs/login/spec.md#sign-in`, `//= type=test`, `//# quoted text`; `#=` and `##` in Python.

use super::{Dialect, Reader, Role, Tag, Tagged};
use crate::chars::range;
use crate::id::IdKind;
use crate::mentions::Mention;
use smol_str::{SmolStr, format_smolstr};
use text_size::TextSize;

pub(super) const DUVET: Reader = Reader {
    marks: &["//= ", "#= ", "--= ", ";= "],
    read,
};

/// Comment marks, longest first.
const MARKS: [&str; 4] = ["//", "--", "#", ";"];

/// Most of a quote that is kept, in bytes.
const MAX_QUOTE: usize = 2_000;

/// One line of an annotation.
enum Line<'a> {
    /// Behind `=`, and where it begins.
    Meta(&'a str, usize),
    /// Behind `#`.
    Quote(&'a str),
}

fn read(text: &str, base: TextSize, out: &mut Vec<Tagged>) {
    let mut current: Option<Tagged> = None;
    let mut quote = String::new();
    let mut at = 0;
    let mut close = |current: &mut Option<Tagged>, quote: &mut String| {
        if let Some(mut tagged) = current.take() {
            tagged.tag.quote = (!quote.is_empty()).then(|| SmolStr::new(&*quote));
            out.push(tagged);
        }
        quote.clear();
    };
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        match annotated(line, start) {
            Some(Line::Meta(meta, from)) => {
                if let Some((field, value)) = meta.split_once('=')
                    && field
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
                {
                    if let Some(tagged) = current.as_mut().filter(|_| field == "type") {
                        tagged.tag.role = Some(role(value.trim()));
                    }
                    continue;
                }
                close(&mut current, &mut quote);
                current = target(meta, from, base, (start, at));
            }
            Some(Line::Quote(words)) if current.is_some() => {
                if quote.len() + words.len() < MAX_QUOTE {
                    if !quote.is_empty() {
                        quote.push(' ');
                    }
                    quote.push_str(words);
                }
            }
            _ => close(&mut current, &mut quote),
        }
    }
    close(&mut current, &mut quote);
}

fn annotated(line: &str, start: usize) -> Option<Line<'_>> {
    let trimmed = line.trim_start();
    let mark = MARKS.iter().find(|mark| trimmed.starts_with(**mark))?;
    let rest = &trimmed[mark.len()..];
    let sign = rest.chars().next()?;
    let words = rest.get(1..)?;
    if !words.starts_with([' ', '\t']) {
        return None;
    }
    let from = start + (line.len() - words.trim_start().len());
    let words = words.trim();
    match sign {
        '=' if !words.is_empty() => Some(Line::Meta(words, from)),
        '#' => Some(Line::Quote(words)),
        _ => None,
    }
}

/// `path#section`; a path that leaves the repository is another's affair.
fn target(meta: &str, from: usize, base: TextSize, line: (usize, usize)) -> Option<Tagged> {
    let (path, section) = meta.split_once('#')?;
    let fits = |part: &str| !part.is_empty() && !part.contains([' ', '\t']);
    if !fits(path) || !fits(section) || path.contains("://") || path.starts_with('/') {
        return None;
    }
    let start = from + path.len() + 1;
    Some(Tagged {
        mention: Mention {
            key: format_smolstr!("{path}#{section}"),
            kind: IdKind::Other,
            standard: false,
            range: range(base, start, start + section.len()),
            in_range: false,
            written: false,
            qualifier: None,
            story: None,
        },
        tag: Tag::new(Dialect::Duvet, Some(Role::Implements)),
        range: range(base, line.0, line.1),
    })
}

fn role(kind: &str) -> Role {
    match kind {
        "test" => Role::Verifies,
        "implementation" | "implication" => Role::Implements,
        // An exception or something left to do: neither done nor shown.
        _ => Role::Related,
    }
}
