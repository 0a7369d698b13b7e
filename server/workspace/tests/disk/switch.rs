//! Many files at once, as when a branch is switched: what comes of it is what a scan of afterwards gives.

use std::path::PathBuf;

use crate::support::Repo;
use proptest::prelude::*;
use workspace::Snapshot;

const TASKS: &str = "# Tasks: Login\n\n## Phase 1: Work\n\n";

/// What each source mentions, and what the features make of sources.
fn world(snapshot: &Snapshot) -> Vec<String> {
    let inputs = snapshot.graph.inputs();
    let sources = inputs
        .sources
        .iter()
        .filter(|(_, source)| !source.facts.mentions.is_empty());
    let mut all: Vec<String> = sources
        .map(|(file, source)| {
            let ids = source.facts.mentions.iter();
            let ids: Vec<&str> = ids.map(|each| each.mention.key.as_str()).collect();
            format!("{}: {ids:?}", inputs.tree.path_str(*file))
        })
        .collect();
    for feature in snapshot.graph.features() {
        let paths = feature.paths.iter().map(|link| &link.resolution);
        let named = feature.named_files().map(|file| {
            let symbols = inputs
                .sources
                .get(&file)
                .map(|source| source.facts.symbols.len());
            format!("{} {symbols:?}", inputs.tree.path_str(file))
        });
        let mut named: Vec<String> = named.collect();
        named.sort();
        all.push(format!("{} {} {named:?}", feature.path, paths.count()));
    }
    all.sort();
    all
}

const PLACES: [&str; 6] = [
    "specs/001-a/spec.md",
    "specs/001-a/tasks.md",
    "src/a.py",
    "src/b.py",
    "src/sub/c.py",
    "src/d.rs",
];

/// One of a few states of a file; `None`: it is not there.
fn text(place: usize, state: usize) -> Option<String> {
    let id = ["FR-001", "PAY-001", "FR-009"][state % 3];
    match (place, state) {
        (_, 0) => None,
        (0, _) => Some(format!(
            "# Feature Specification: Login\n\n## Requirements\n\n- **{id}**: Codes MUST be sent.\n"
        )),
        (1, _) => Some(format!(
            "{TASKS}- [x] T001 Add `code()` in `{}` per {id}\n",
            PLACES[2 + state % 4]
        )),
        (5, 1..3) => Some(format!("// specs/001-a {id}\nfn code() {{}}\n")),
        (5, _) => Some("fn code() {}\n".to_owned()),
        (_, 1..3) => Some(format!("# specs/001-a {id}\ndef code():\n    pass\n")),
        (_, 3) => Some(format!("# {id}\ndef code():\n    pass\n")),
        _ => Some("def other():\n    pass\n".to_owned()),
    }
}

/// Brings files into states; gives what is to be told.
fn switch(repo: &Repo, states: &[(usize, usize)]) -> Vec<PathBuf> {
    for (place, state) in states {
        match text(*place, *state) {
            Some(text) => {
                repo.write(PLACES[*place], &text);
            }
            // It may not be there.
            None => drop(std::fs::remove_file(repo.path.join(PLACES[*place]))),
        }
    }
    states
        .iter()
        .map(|(place, _)| repo.path.join(PLACES[*place]))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_switch_gives_what_a_scan_would(
        before in prop::collection::vec(1..6_usize, PLACES.len()),
        switches in prop::collection::vec(
            prop::collection::vec((0..PLACES.len(), 0..6_usize), 1..6), 1..5),
    ) {
        let repo = Repo::new();
        let before: Vec<(usize, usize)> = before.into_iter().enumerate().collect();
        switch(&repo, &before);
        let mut host = repo.scanned();
        host.finish(true);
        for states in &switches {
            let told = switch(&repo, states);
            host.files_changed(&told);
            host.apply();
        }
        prop_assert_eq!(world(&host.apply()), world(&repo.scanned().finish(true)));
    }
}

#[test]
fn sources_that_say_nothing_are_not_kept() {
    let repo = Repo::new();
    repo.write(
        "specs/001-a/spec.md",
        "# Feature Specification: Login\n\n- **FR-001**: It.\n",
    );
    let mut host = repo.scanned();
    host.finish(true);
    let mut told = Vec::new();
    for number in 0..100 {
        let path = format!("src/a{number}.py");
        let says = if number == 42 {
            "# specs/001-a FR-001\n"
        } else {
            ""
        };
        repo.write(&path, &format!("{says}def code():\n    pass\n"));
        told.push(repo.path.join(path));
    }
    host.files_changed(&told);
    let inputs = host.apply();
    let inputs = inputs.graph.inputs();
    assert_eq!(inputs.tree.len(), 101);
    let kept: Vec<&str> = inputs
        .sources
        .keys()
        .map(|file| inputs.tree.path_str(*file))
        .collect();
    assert_eq!(kept, ["src/a42.py"]);
}
