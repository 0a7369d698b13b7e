//! Files that come and go while a host lives: what it has is what a walk of today would find.

use std::path::PathBuf;

use crate::support::Repo;
use proptest::prelude::*;
use workspace::{Host, Options, Snapshot};

const SPEC: &str = "# Feature Specification: Login\n\n- **FR-001**: Codes MUST be sent.\n";

/// Files, documents with their length, and features.
fn world(snapshot: &Snapshot) -> (Vec<String>, Vec<(String, usize)>, Vec<String>) {
    let inputs = snapshot.graph.inputs();
    let path = |file| inputs.tree.path_str(file).to_owned();
    let files = inputs.tree.files().map(|(file, ..)| path(file)).collect();
    let documents = inputs.documents.iter();
    let mut documents: Vec<_> = documents
        .map(|(file, document)| (path(*file), document.text.len()))
        .collect();
    documents.sort();
    let features = snapshot.graph.features().iter();
    let features = features.map(|feature| feature.path.to_string()).collect();
    (files, documents, features)
}

/// A repository with all that a walk leaves out.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(".gitignore", "build/\n*.log\n/.kiro/\n")
        .write("specs/001-a/spec.md", SPEC)
        .write("src/a.rs", "fn a() {}\n")
        .write("trees/x/.git", "gitdir: elsewhere\n")
        .write("trees/x/specs/001-a/spec.md", SPEC)
        .write("build/specs/001-a/spec.md", SPEC)
        .write(".cache/specs/001-a/spec.md", SPEC)
        .write(".kiro/specs/login/requirements.md", "# Requirements\n");
    repo
}

#[test]
fn what_a_walk_leaves_out_is_not_taken_in() {
    let repo = repo();
    let mut host = repo.scanned();
    let before = world(&host.apply());
    let refused = [
        "trees/x/specs/002-b/spec.md",
        "build/specs/002-b/spec.md",
        ".cache/specs/002-b/spec.md",
        ".kiro/node_modules/specs/login/requirements.md",
        "src/x.log",
    ];
    for path in refused {
        repo.write(path, SPEC);
        let path = repo.path.join(path);
        host.files_changed(std::slice::from_ref(&path));
        assert_eq!(world(&host.apply()), before, "{}", path.display());
        host.set_overlay(&path, SPEC, 1);
        host.apply();
        host.close_overlay(&path);
        assert_eq!(world(&host.apply()), before, "{}", path.display());
    }
    // By its name, though ignored.
    let path = ".kiro/specs/sign-up/requirements.md";
    repo.write(path, "# Requirements\n");
    host.files_changed(&[repo.path.join(path)]);
    assert!(world(&host.apply()).0.contains(&path.to_owned()));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_workspace_is_not_followed() {
    let repo = repo();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("spec.md"), SPEC).unwrap();
    let mut host = repo.scanned();
    let before = world(&host.apply());
    let link = repo.path.join("specs/002-b");
    std::os::unix::fs::symlink(outside.path(), &link).unwrap();
    host.files_changed(&[link.join("spec.md")]);
    assert_eq!(world(&host.apply()), before);
    // A known document that becomes such a link is no document any more.
    repo.remove("specs/001-a/spec.md");
    let known = repo.path.join("specs/001-a/spec.md");
    std::os::unix::fs::symlink(outside.path().join("spec.md"), &known).unwrap();
    host.files_changed(&[known]);
    assert_eq!(world(&host.apply()), world(&repo.scanned().apply()));
}

#[test]
fn a_buffer_that_was_never_saved_leaves_nothing() {
    let repo = repo();
    let mut host = repo.scanned();
    let before = world(&host.apply());
    for path in ["src/new.rs", "specs/001-a/plan.md"] {
        let path = repo.path.join(path);
        host.set_overlay(&path, "# Plan\n", 1);
        assert_ne!(world(&host.apply()), before);
        host.close_overlay(&path);
        assert_eq!(world(&host.apply()), before);
    }
    // Deleted while it was open.
    let path = repo.path.join("src/a.rs");
    host.set_overlay(&path, "fn b() {}\n", 1);
    repo.remove("src/a.rs");
    host.files_changed(std::slice::from_ref(&path));
    host.close_overlay(&path);
    assert_eq!(world(&host.apply()), world(&repo.scanned().apply()));
    assert!(host.snapshot().open.is_empty());
}

#[test]
fn a_directory_brings_and_takes_all_that_is_in_it() {
    let repo = repo();
    let mut host = repo.scanned();
    let before = world(&host.apply());
    repo.write("specs/002-b/spec.md", SPEC)
        .write("specs/002-b/contracts/api.yaml", "openapi: 3.0.0\n")
        .write("specs/002-b/x.log", "x");
    let directory = repo.path.join("specs/002-b");
    host.files_changed(std::slice::from_ref(&directory));
    let now = world(&host.apply());
    assert_eq!(now, world(&repo.scanned().apply()));
    assert_eq!(now.0.len(), before.0.len() + 3);
    std::fs::remove_dir_all(&directory).unwrap();
    host.files_changed(&[directory]);
    assert_eq!(world(&host.apply()), before);
}

#[test]
fn a_directory_with_much_in_it_is_told_from_others() {
    let repo = repo();
    let mut host = repo.scanned();
    let directory = repo.path.join("specs/002-b");
    repo.write("specs/002-b/spec.md", SPEC);
    assert!(!host.is_much(&directory));
    for number in 0..250 {
        repo.write(&format!("specs/002-b/notes/{number}.md"), "x");
    }
    assert!(host.is_much(&directory));
    host.files_changed(std::slice::from_ref(&directory));
    std::fs::remove_dir_all(&directory).unwrap();
    assert!(host.is_much(&directory), "it went away");
    assert!(!host.is_much(&repo.path.join("src/a.rs")));
}

#[test]
fn a_scan_that_is_cancelled_ends() {
    let repo = repo();
    for last in 0..4 {
        let asked = std::sync::atomic::AtomicUsize::new(0);
        let cancelled = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= last;
        let mut host = Host::new(Options {
            roots: vec![repo.path.clone()],
            ..Options::default()
        });
        assert!(!host.scan_unless(&cancelled), "after {last} looks");
    }
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    });
    assert!(host.scan_unless(&|| false));
    assert_eq!(world(&host.apply()), world(&repo.scanned().apply()));
}

/// Places that come and go.
const PLACES: &[&str] = &[
    "specs/001-a/spec.md",
    "specs/001-a/tasks.md",
    "specs/002-b/spec.md",
    "src/a.rs",
    "src/sub/b.rs",
    "trees/x/specs/001-a/spec.md",
    "build/specs/001-a/spec.md",
    ".cache/specs/001-a/spec.md",
    ".kiro/specs/login/requirements.md",
    ".kiro/node_modules/a/tasks.md",
    "docs/x.log",
    "link/a.rs",
    "link/sub/b.rs",
];

#[derive(Debug, Clone)]
enum Event {
    Written(usize, usize),
    Removed(usize),
    Linked(usize, usize),
    Opened(usize),
    Closed(usize),
    DirectoryTold(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let place = || 0..PLACES.len();
    prop_oneof![
        (place(), 0..9usize).prop_map(|(at, size)| Event::Written(at, size)),
        place().prop_map(Event::Removed),
        (place(), place()).prop_map(|(at, to)| Event::Linked(at, to)),
        place().prop_map(Event::Opened),
        place().prop_map(Event::Closed),
        place().prop_map(Event::DirectoryTold),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn events_give_what_a_walk_would(events in prop::collection::vec(event(), 1..10)) {
        let repo = repo();
        #[cfg(unix)]
        std::os::unix::fs::symlink("src", repo.path.join("link")).unwrap();
        let mut host = repo.scanned();
        let mut open: std::collections::BTreeSet<PathBuf> = std::collections::BTreeSet::new();
        for event in &events {
            let (Event::Written(at, _)
            | Event::Removed(at)
            | Event::Linked(at, _)
            | Event::Opened(at)
            | Event::Closed(at)
            | Event::DirectoryTold(at)) = *event;
            let path = repo.path.join(PLACES[at]);
            match event {
                Event::Written(_, size) => {
                    if path.is_symlink() {
                        std::fs::remove_file(&path).unwrap();
                    }
                    repo.write(PLACES[at], &"x\n".repeat(*size));
                    // The link shows the same file.
                    host.files_changed(&[path, repo.path.join("src/a.rs")]);
                }
                Event::Removed(_) => {
                    // It may not be there.
                    let _ = std::fs::remove_file(&path);
                    host.files_changed(&[path, repo.path.join("src/a.rs")]);
                }
                Event::Linked(_, to) => {
                    #[cfg(unix)]
                    if path.symlink_metadata().is_err() {
                        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                        std::os::unix::fs::symlink(repo.path.join(PLACES[*to]), &path).unwrap();
                        host.files_changed(&[path]);
                    }
                    #[cfg(not(unix))]
                    let _ = to;
                }
                Event::Opened(_) => {
                    host.set_overlay(&path, "# Open\n", 1);
                    open.insert(path);
                }
                Event::Closed(_) => {
                    host.close_overlay(&path);
                    open.remove(&path);
                }
                Event::DirectoryTold(_) => host.files_changed(&[path.parent().unwrap().to_owned()]),
            }
        }
        // Whoever looks at a link is not told of what it leads to.
        let all: Vec<PathBuf> = PLACES.iter().map(|place| repo.path.join(place)).collect();
        host.files_changed(&all);
        let mut fresh = repo.scanned();
        for path in &open {
            fresh.set_overlay(path, "# Open\n", 1);
        }
        prop_assert_eq!(world(&host.apply()), world(&fresh.apply()));
    }
}
