//! Ticks and line breaks.

use crate::drift::harm::{meaning::lines, written};
use crate::drift::source::replaced;
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
                let text = line.find("**:").map(|at| at + 4)?;
                let at = text + line.get(text..)?.get(12..)?.find(' ')?;
                let at = at + 12;
                let behind = line.get(at + 1..)?;
                let plain = behind.starts_with(char::is_alphabetic) && !line[..at].contains('`');
                plain.then(|| replaced(line, at..at + 1, "\n  "))
            })
        },
    },
    Kind {
        name: "emphasised",
        codes: &[],
        about: "The first word of an accepted requirement is set in bold.",
        mutations: |scene| {
            lines(scene, |line| {
                let at = line.find("**: ")? + 4;
                let end = at + line[at..].find(' ')?;
                let word = &line[at..end];
                let plain = word.chars().all(char::is_alphabetic);
                plain.then(|| replaced(line, at..end, &format!("**{word}**")))
            })
        },
    },
];

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
