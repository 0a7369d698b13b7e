//! An accepted requirement says something else.

use std::collections::BTreeSet;

use super::written;
use crate::drift::source::replaced;
use crate::drift::{Kind, Mutation, Scene};

const CODES: &[&str] = &["suspect-requirement"];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "requirement-negated",
        codes: CODES,
        about: "MUST becomes MUST NOT, or the other way round, in an accepted requirement.",
        mutations: |scene| {
            lines(scene, |line| {
                let at = line.find("MUST NOT ").map(|at| (at..at + 9, "MUST "));
                let at = at.or_else(|| line.find("MUST ").map(|at| (at..at + 5, "MUST NOT ")));
                at.map(|(range, other)| replaced(line, range, other))
            })
        },
    },
    Kind {
        name: "requirement-number-changed",
        codes: CODES,
        about: "A number in the text of an accepted requirement is another.",
        mutations: |scene| {
            lines(scene, |line| {
                let text = line.find("**:").map_or(0, |at| at + 3);
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

/// The lines of accepted requirements (`**FR-001**:`) in specs, each with the edit made.
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
        let path = format!("{feature}/spec.md");
        let Some(text) = scene.text(&path) else {
            continue;
        };
        let mark = format!("**{id}**:");
        let mut found = text.match_indices(&mark).map(|(at, _)| at);
        let (Some(at), None) = (found.next(), found.next()) else {
            continue;
        };
        let start = crate::drift::source::line_start(&text, at);
        let end = crate::drift::source::line_end(&text, at);
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        if let Some(new) = edit(line).filter(|new| new != line) {
            let new_text = replaced(&text, start..start + line.len(), &new);
            mutations.push(written(&path, new_text, format!("{id}: {new}")));
        }
    }
    mutations
}
