//! Ticks, line breaks, numbers of requirements.

use std::collections::BTreeSet;

use crate::checkout::{Change, Step};
use crate::drift::harm::{
    meaning::{begins, lines},
    written,
};
use crate::drift::source::{extension, renamed, replaced, words};
use crate::drift::{Kind, Mutation, Scene};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "reticked",
        codes: &[],
        about: "A ticked task is ticked with a capital.",
        mutations: retick,
    },
    Kind {
        name: "reflowed",
        codes: &[],
        about: "The line of an accepted requirement is broken in two.",
        mutations: |scene| {
            lines(scene, |line| {
                let text = begins(line)?;
                let at = text + line.get(text..)?.get(12..)?.find(' ')?;
                let at = at + 12;
                let behind = line.get(at + 1..)?;
                let plain = behind.starts_with(char::is_alphabetic) && !line[..at].contains('`');
                plain.then(|| replaced(line, at..at + 1, "\n   "))
            })
        },
    },
    Kind {
        name: "emphasised",
        codes: &[],
        about: "The first word of an accepted requirement is set in bold.",
        mutations: |scene| {
            lines(scene, |line| {
                let at = begins(line)?;
                let end = at + line[at..].find(' ')?;
                let word = &line[at..end];
                let plain = word.chars().all(char::is_alphabetic);
                plain.then(|| replaced(line, at..end, &format!("**{word}**")))
            })
        },
    },
    Kind {
        name: "requirement-renumbered",
        codes: &[],
        about: "An accepted requirement that no source names has another number, in all documents of its feature.",
        mutations: renumbered_requirements,
    },
];

/// A requirement that no source names has another number in all documents.
fn renumbered_requirements(scene: &Scene) -> Vec<Mutation> {
    let addresses: BTreeSet<&str> = scene
        .links
        .iter()
        .map(|link| link.address.as_str())
        .collect();
    let is_document = |path: &str| extension(path) == "md";
    let mut mutations = Vec::new();
    for address in addresses {
        let Some((feature, id)) = address.split_once('#') else {
            continue;
        };
        let Some(digits) = id.strip_prefix("FR-").filter(|digits| digits.len() == 3) else {
            continue;
        };
        let linked = scene.links.iter().filter(|link| link.address == address);
        let mut sources = linked.filter(|link| !is_document(&link.path));
        if sources.any(|link| {
            scene
                .text(&link.path)
                .is_none_or(|text| words(&text, id).next().is_some())
        }) {
            continue;
        }
        let other = format!("FR-8{}", &digits[1..]);
        let own = scene
            .files
            .iter()
            .filter(|path| path.starts_with(&format!("{feature}/")) && is_document(path));
        let texts: Vec<(&String, String)> = own
            .filter_map(|path| Some((path, scene.text(path)?)))
            .collect();
        // Lists and ranges would need another edit.
        let shortened = texts.iter().any(|(_, text)| {
            words(text, id).any(|range| {
                text[range.end..]
                    .trim_start()
                    .starts_with(['/', '-', '\u{2013}', '~', '.'])
                    || text[..range.start]
                        .trim_end()
                        .ends_with(['-', '\u{2013}', '~', '/'])
                    || text[range.end..].trim_start().starts_with("to ")
                    || text[..range.start].trim_end().ends_with("to")
            }) || text.contains(&other)
                || words(text, digits).count() != words(text, id).count()
        });
        if shortened {
            continue;
        }
        let steps = texts.iter().filter_map(|(path, text)| {
            let new = renamed(text, id, &other);
            (new != *text).then(|| Step::Write((*path).clone(), new.into_bytes()))
        });
        mutations.push(Mutation {
            change: Change {
                steps: steps.collect(),
                commit: false,
            },
            path: format!("{feature}/spec.md"),
            what: format!("{id} is {other}"),
        });
    }
    mutations
}

fn retick(scene: &Scene) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    for path in scene
        .files
        .iter()
        .filter(|path| path.ends_with("/tasks.md"))
    {
        let text = scene.text(path).unwrap_or_default();
        if let Some(at) = text.find("- [x] ") {
            mutations.push(written(
                path,
                replaced(&text, at + 3..at + 4, "X"),
                "ticked with a capital".to_owned(),
            ));
        }
    }
    mutations
}
