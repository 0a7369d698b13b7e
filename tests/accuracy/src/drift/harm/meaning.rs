//! An accepted requirement says something else.

use std::collections::BTreeSet;
use std::ops::Range;

use super::written;
use crate::drift::source::{line_end, line_start, replaced};
use crate::drift::{Kind, Mutation, Scene};

const CODES: &[&str] = &["suspect-requirement"];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "requirement-negated",
        codes: CODES,
        about: "MUST or SHALL is denied, or no longer, in an accepted requirement.",
        mutations: |scene| {
            lines(scene, |line| {
                let at = ["MUST", "SHALL"].iter().find_map(|word| {
                    let at = line.find(&format!("{word} "))?;
                    let denied = line[at + word.len()..].starts_with(" NOT ");
                    let end = at + word.len() + if denied { 4 } else { 0 };
                    Some((
                        at..end,
                        format!("{word}{}", if denied { "" } else { " NOT" }),
                    ))
                });
                at.map(|(range, other)| replaced(line, range, &other))
            })
        },
    },
    Kind {
        name: "requirement-number-changed",
        codes: CODES,
        about: "A number in the text of an accepted requirement is another.",
        mutations: |scene| {
            lines(scene, |line| {
                let text = begins(line)?;
                let at = text + line[text..].find(|c: char| c.is_ascii_digit())?;
                let free = !line[..at]
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '`' | '.'));
                free.then(|| replaced(line, at..at, "7"))
            })
        },
    },
    Kind {
        name: "requirement-extended",
        codes: CODES,
        about: "A condition is added to the text of an accepted requirement.",
        mutations: |scene| {
            lines(scene, |line| {
                let end = line.trim_end().trim_end_matches('.').len();
                Some(format!(
                    "{}, but only after an administrator agreed.",
                    &line[..end]
                ))
            })
        },
    },
];

/// The lines of accepted requirements of Spec Kit (`**FR-001**:`) and criteria of Kiro (`2. WHEN ...`), each with the edit made.
pub(in crate::drift) fn lines(
    scene: &Scene,
    edit: impl Fn(&str) -> Option<String>,
) -> Vec<Mutation> {
    let addresses: BTreeSet<&str> = scene
        .links
        .iter()
        .map(|link| link.address.as_str())
        .collect();
    let mut mutations = Vec::new();
    for address in addresses {
        let Some((feature, id)) = address.split_once('#') else {
            continue;
        };
        let kiro = format!("{feature}/requirements.md");
        let (path, text, range) = if let Some(text) = scene.text(&kiro) {
            let range = criterion(&text, id);
            (kiro, text, range)
        } else {
            let path = format!("{feature}/spec.md");
            let Some(text) = scene.text(&path) else {
                continue;
            };
            let range = requirement(&text, id);
            (path, text, range)
        };
        let Some(range) = range else {
            continue;
        };
        let line = &text[range.clone()];
        if let Some(new) = edit(line).filter(|new| new != line) {
            let new_text = replaced(&text, range, &new);
            mutations.push(written(&path, new_text, format!("{id}: {new}")));
        }
    }
    mutations
}

/// Where the text of a line begins, behind its id or number.
pub(in crate::drift) fn begins(line: &str) -> Option<usize> {
    let behind_id = ["**: ", ":** "]
        .iter()
        .filter_map(|mark| Some(line.find(mark)? + mark.len()))
        .min();
    behind_id.or_else(|| {
        let digits = line.trim_start().find(|c: char| !c.is_ascii_digit())?;
        let at = line.len() - line.trim_start().len() + digits;
        (digits > 0 && line[at..].starts_with(". ")).then_some(at + 2)
    })
}

/// The only line that defines a requirement.
fn requirement(text: &str, id: &str) -> Option<Range<usize>> {
    let marks = [format!("**{id}**:"), format!("**{id}:**")];
    let mut found = marks
        .iter()
        .flat_map(|mark| text.match_indices(mark.as_str()));
    let (Some((at, _)), None) = (found.next(), found.next()) else {
        return None;
    };
    Some(line_of(text, at))
}

/// The line of the criterion `2.3`: the third of requirement 2. Criteria of several lines are left alone.
fn criterion(text: &str, id: &str) -> Option<Range<usize>> {
    let (requirement, number) = id.split_once('.')?;
    let heading = format!("### Requirement {requirement}");
    let mut found = text
        .match_indices(&heading)
        .filter(|(at, _)| !text[at + heading.len()..].starts_with(|c: char| c.is_alphanumeric()));
    let (Some((start, _)), None) = (found.next(), found.next()) else {
        return None;
    };
    let below = start + heading.len();
    let end = text[below..]
        .find("\n### ")
        .map_or(text.len(), |end| below + end);
    let mark = format!("\n{number}. ");
    let mut found = text[below..end].match_indices(&mark);
    let (Some((at, _)), None) = (found.next(), found.next()) else {
        return None;
    };
    let range = line_of(text, below + at + 1);
    let next = text.get(range.end..)?.trim_start_matches(['\r', '\n']);
    (!next.starts_with([' ', '\t', '-'])).then_some(range)
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    let line = text[start..line_end(text, at)].trim_end_matches(['\n', '\r']);
    start..start + line.len()
}
