//! A host that is brought further beside the writer, and one that knows only what lies around open documents.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use trace::{Resolution, Target};
use workspace::{Host, Options};

use super::support::Repo;

const SPEC: &str = "specs/login/spec.md";
const TASKS: &str = "specs/login/tasks.md";
const OTHER: &str = "specs/002-other/spec.md";
const SOURCE: &str = "src/login.rs";

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(".specify/memory/constitution.md", "# Constitution\n")
        .write(SPEC, "- **FR-001**: MUST log in. See `src/login.rs`.\n")
        .write(TASKS, "- [x] T001 Do FR-001 in `src/login.rs`, `enter`\n")
        .write(OTHER, "- **FR-009**: MUST do other things, see FR-001.\n")
        .write(SOURCE, "/// login/FR-001\nfn enter() {}\n")
        .write("src/late.rs", "// other/FR-009\nfn late() {}\n");
    repo.commit("all");
    repo
}

/// Does all slow work, and what follows from it.
fn settle(host: &mut Host) {
    loop {
        host.apply();
        let jobs = host.jobs();
        if jobs.is_empty() {
            return;
        }
        for job in jobs {
            host.post(job.run(&|| false).unwrap());
        }
    }
}

/// What the editor or somebody else does to a file.
#[derive(Debug, Clone)]
enum Step {
    Type(&'static str, String),
    Close(&'static str),
    Write(&'static str, String),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let path = prop::sample::select(vec![SPEC, TASKS, OTHER, SOURCE]);
    let line = prop::sample::select(vec![
        "- **FR-001**: MUST log in.\n",
        "- **FR-002**: MUST log out, see FR-009.\n",
        "- [x] T001 Do FR-002 in `src/late.rs`, `late`\n",
        "- [ ] T002 Do FR-001 in `src/gone.rs`\n",
        "// login/FR-002\nfn enter() {}\n",
    ]);
    let text = prop::collection::vec(line, 0..4).prop_map(|lines| lines.concat());
    let step = (path, text, 0..4).prop_map(|(path, text, what)| match what {
        0 => Step::Close(path),
        1 => Step::Write(path, text),
        _ => Step::Type(path, text),
    });
    prop::collection::vec(step, 0..5)
}

/// Does these steps; what is open is remembered.
fn take(steps: &[Step], repo: &Repo, host: &mut Host, open: &mut BTreeMap<&'static str, String>) {
    for step in steps {
        match step {
            Step::Type(path, text) => {
                open.insert(path, text.clone());
                host.set_overlay(&repo.path.join(path), text.as_str(), 1);
            }
            Step::Close(path) => {
                open.remove(path);
                host.close_overlay(&repo.path.join(path));
            }
            Step::Write(path, text) => {
                repo.write(path, text);
                host.files_changed(&[repo.path.join(path)]);
            }
        }
        host.apply();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_prepared_beside_is_what_is_read_from_scratch(before in steps(), meanwhile in steps()) {
        let repo = repo();
        let mut host = repo.scanned();
        let mut open = BTreeMap::new();
        take(&before, &repo, &mut host, &mut open);
        let mut beside = host.fork();
        settle(&mut beside);
        take(&meanwhile, &repo, &mut host, &mut open);
        beside.keep_lines_of(&mut host);
        for step in &meanwhile {
            let (Step::Type(path, _) | Step::Close(path) | Step::Write(path, _)) = step;
            let whole = repo.path.join(path);
            match (step, open.get(path)) {
                (Step::Write(..), _) => beside.files_changed(&[whole]),
                (_, Some(text)) => beside.set_overlay(&whole, text.as_str(), 2),
                (_, None) => beside.close_overlay(&whole),
            }
        }
        settle(&mut beside);
        let mut scratch = repo.scanned();
        for (path, text) in &open {
            scratch.set_overlay(&repo.path.join(path), text.as_str(), 1);
        }
        settle(&mut scratch);
        prop_assert_eq!(&*beside.snapshot().graph, &*scratch.snapshot().graph);
    }
}

fn early(repo: &Repo, path: &str, text: &str) -> Arc<workspace::Snapshot> {
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    });
    host.begin_early();
    host.set_early(&repo.path.join(path), &text.into(), 1);
    host.early()
}

fn targets(snapshot: &workspace::Snapshot, path: &Path) -> Vec<(String, Option<usize>)> {
    let file = snapshot.file(path).unwrap();
    let feature = snapshot.graph.feature_of(file).unwrap();
    let document = feature.document(file).unwrap();
    let own = feature.references.iter().filter(|it| it.file == file);
    own.map(|reference| {
        let mention = &document.facts().mentions[reference.mention as usize];
        let items = match &reference.target {
            Target::Items(items, _) => Some(items.len()),
            _ => None,
        };
        (mention.key.to_string(), items)
    })
    .collect()
}

#[test]
fn early_only_the_feature_of_an_open_document_is_known() {
    let repo = repo();
    let text =
        "- [x] T001 FR-001, FR-009, 002/FR-009, FR-777 in `src/login.rs`, `specs/login/spec.md`\n";
    let now = early(&repo, TASKS, text);
    let file = now.file(&repo.path.join(TASKS)).unwrap();
    let feature = now.graph.feature_of(file).unwrap();
    assert_eq!(feature.name, "login");
    assert!(now.graph.inputs().tree.is_partial());
    let own = |key: &str, items| (key.to_owned(), items);
    assert_eq!(
        targets(&now, &repo.path.join(TASKS)),
        [
            own("FR-001", Some(1)),
            own("FR-009", None),
            own("FR-009", None),
            own("FR-777", None)
        ]
    );
    let paths: Vec<&Resolution> = feature.paths.iter().map(|it| &it.resolution).collect();
    let spec = now.file(&repo.path.join(SPEC)).unwrap();
    assert!(
        matches!(paths[..], [.., Resolution::Unread, Resolution::File(file)] if *file == spec),
        "{paths:?}"
    );
    // An id that is not there, and one that another feature may have, are no different.
    let undefined = feature.references.iter();
    let mut undefined = undefined.filter(|it| matches!(it.target, Target::Undefined(_)));
    assert!(undefined.next().is_none());
}

#[test]
fn early_nothing_is_known_of_sources_and_of_what_is_no_document() {
    let repo = repo();
    repo.write("docs/notes.md", "FR-001\n");
    for path in [SOURCE, "docs/notes.md"] {
        let now = early(&repo, path, "// FR-001\n");
        assert_eq!(now.file(&repo.path.join(path)), None, "{path}");
    }
}

#[test]
fn early_a_feature_with_very_much_in_it_waits() {
    let repo = repo();
    for number in 0..300 {
        repo.write(&format!("specs/login/notes/{number}.md"), "note\n");
    }
    let now = early(&repo, SPEC, "- **FR-001**: MUST log in.\n");
    assert_eq!(now.file(&repo.path.join(SPEC)), None);
}
