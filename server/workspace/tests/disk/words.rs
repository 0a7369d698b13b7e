//! Whether a name stands in the sources, as they are on disk and in open buffers.

use crate::support::Repo;
use trace::{Standing, WordPast};
use workspace::{Job, Snapshot};

const TASKS: &str = "specs/001-a/tasks.md";

/// A finished task that names `make_it()`, a file that does not have it, and one that has nothing yet.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(
        TASKS,
        "# Tasks\n\n## Phase 1: A\n\n- [x] T001 Add `make_it()` in `src/a.py`\n",
    )
    .write("src/a.py", "def made():\n    pass\n")
    .write("src/b.go", "package b\n");
    repo.commit("add");
    repo
}

/// What is known of the name.
fn stands(snapshot: &Snapshot) -> Option<bool> {
    let claims = &snapshot.graph.features()[0].claims;
    match &claims[0].standing {
        Standing::Elsewhere { stands, .. } => *stands,
        Standing::Declared => Some(true),
        Standing::Foreign | Standing::Unread(_) | Standing::Unknown(_) => None,
    }
}

#[test]
fn all_sources_are_asked() {
    let repo = repo();
    assert_eq!(stands(&repo.scanned().finish(false)), Some(false));
    repo.write("src/b.go", "package b\n\nfunc make_it() {}\n");
    assert_eq!(stands(&repo.scanned().finish(false)), Some(true));
}

#[test]
fn a_pass_over_all_sources_asks_on_its_way() {
    let repo = repo();
    let mut host = repo.scanned();
    host.apply();
    let jobs = host.jobs();
    let passes = jobs
        .iter()
        .filter(|job| matches!(job, Job::Sources(_) | Job::Words(_)));
    assert_eq!(passes.count(), 1, "one pass");
    for answer in jobs.into_iter().filter_map(|job| job.run(&|| false)) {
        host.post(answer);
    }
    assert_eq!(stands(&host.apply()), Some(false));
    assert!(host.snapshot().graph.inputs().sources_read);
}

#[test]
fn an_open_buffer_wins_over_the_disk() {
    let repo = repo();
    repo.write("src/b.go", "package b\n\nfunc make_it() {}\n");
    let mut host = repo.scanned();
    host.set_overlay(&repo.path.join("src/b.go"), "package b\n", 1);
    assert_eq!(stands(&host.finish(true)), Some(false));
}

#[test]
fn what_is_written_later_is_heeded() {
    let repo = repo();
    for path in ["src/a.py", "src/b.go"] {
        let mut typed = repo.scanned();
        assert_eq!(stands(&typed.finish(true)), Some(false));
        typed.set_overlay(&repo.path.join(path), "make_it = 1\n", 1);
        assert_eq!(stands(&typed.apply()), Some(true), "typed in {path}");
    }
    let mut saved = repo.scanned();
    saved.finish(true);
    repo.write("src/c.go", "package b\n\nfunc make_it() {}\n");
    saved.files_changed(&[repo.path.join("src/c.go")]);
    assert_eq!(stands(&saved.apply()), Some(true));
}

#[test]
fn what_is_written_while_words_are_looked_for_is_heeded() {
    let repo = repo();
    let mut host = repo.scanned();
    host.apply();
    let answers: Vec<_> = host
        .jobs()
        .into_iter()
        .filter_map(|job| job.run(&|| false))
        .collect();
    repo.write("src/b.go", "package b\n\nfunc make_it() {}\n");
    host.files_changed(&[repo.path.join("src/b.go")]);
    for answer in answers {
        host.post(answer);
    }
    assert_eq!(stands(&host.apply()), Some(true));
}

#[test]
fn git_is_asked_where_a_name_went() {
    let repo = repo();
    repo.write("src/a.py", "def make_it():\n    pass\n")
        .commit("add make_it");
    let commit = repo
        .write("src/a.py", "def made():\n    pass\n")
        .commit("take it out");
    let snapshot = repo.scanned().finish(false);
    let claims = &snapshot.graph.features()[0].claims;
    let Standing::Elsewhere { past, .. } = &claims[0].standing else {
        panic!("{claims:?}")
    };
    let [(_, Some(WordPast::Removed(removed)))] = past.as_slice() else {
        panic!("{past:?}")
    };
    assert_eq!(*removed, commit);
}

#[test]
fn what_was_never_checked_out_is_there() {
    let repo = Repo::new();
    repo.write(
        "specs/001-a/tasks.md",
        "# Tasks\n\n- [x] T001 Write `src/gone.py`\n",
    )
    .write("src/gone.py", "gone = 1\n")
    .commit("add");
    repo.remove("src/gone.py");
    let fate = |repo: &Repo| {
        let snapshot = repo.scanned().finish(false);
        let link = &snapshot.graph.features()[0].paths[0];
        format!("{:?}", link.resolution)
    };
    assert!(fate(&repo).contains("Removed"), "{}", fate(&repo));
    repo.remove(".git/index");
    assert!(fate(&repo).contains("Present"), "{}", fate(&repo));
}
