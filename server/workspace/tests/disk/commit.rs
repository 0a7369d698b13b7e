//! A commit read from git's objects is the same world as a checkout of it.

use std::collections::BTreeMap;
use std::path::Path;

use workspace::{Host, Options, Probe, Repository, Snapshot};

use crate::support::{Repo, git_in};

fn options(root: &Path) -> Options {
    Options {
        roots: vec![root.canonicalize().unwrap()],
        ..Options::default()
    }
}

fn now(root: &Path) -> std::sync::Arc<Snapshot> {
    let mut host = Host::new(options(root));
    host.scan();
    host.finish(true)
}

/// The merge base of HEAD and `revision`, as a host sees it.
fn then(root: &Path, revision: &str) -> std::sync::Arc<Snapshot> {
    let commit = Repository::discover(root)
        .unwrap()
        .merge_base(revision)
        .unwrap();
    let mut host = Host::at(options(root), [commit].into(), &now(root));
    host.scan();
    host.finish(true)
}

/// Paths, document texts, sources with mentions, and what became of paths.
fn world(
    snapshot: &Snapshot,
) -> (
    Vec<String>,
    BTreeMap<String, String>,
    Vec<String>,
    Vec<String>,
) {
    let inputs = snapshot.graph.inputs();
    let path = |file| inputs.tree.path_str(file).to_owned();
    let documents = inputs
        .documents
        .iter()
        .map(|(file, doc)| (path(*file), doc.text.to_string()))
        .collect();
    let mut sources: Vec<String> = inputs.sources.keys().map(|file| path(*file)).collect();
    sources.sort();
    let mut fates: Vec<String> = inputs
        .history
        .fates
        .iter()
        .map(|(question, fate)| format!("{} {fate:?}", question.path))
        .collect();
    fates.sort();
    let paths = inputs
        .tree
        .files()
        .map(|(_, _, path)| path.to_string())
        .collect();
    (paths, documents, sources, fates)
}

fn tasks(paths: &[&str]) -> String {
    let lines = paths
        .iter()
        .enumerate()
        .map(|(at, path)| format!("- [x] T{:03} Do it in {path}\n", at + 1));
    "# Tasks: Login\n\n## Phase 1: Setup\n\n".to_owned() + &lines.collect::<String>()
}

fn repository() -> Repo {
    let repo = Repo::new();
    repo.write(".specify/memory/constitution.md", "# C\n")
        .write(
            "specs/001-login/spec.md",
            "# Feature Specification: Login\n\n- **FR-001**: x\n",
        )
        .write(
            "specs/001-login/tasks.md",
            &tasks(&[
                "src/kept.rs",
                "src/old.rs",
                "src/gone.rs",
                "src/never.rs",
                ".hidden/a.rs",
            ]),
        )
        .write("src/kept.rs", "// FR-001\npub fn kept() {}\n")
        .write("src/old.rs", &crate::support::lines("old"))
        .write("src/gone.rs", "pub fn gone() {}\n")
        .write(".hidden/a.rs", "pub fn a() {}\n")
        .write(".gitignore", "/built\n")
        .write("built/x.rs", "// not ours\n");
    repo.commit("one");
    repo.rename("src/old.rs", "src/new.rs")
        .remove("src/gone.rs");
    repo.commit("two");
    repo.git(&["branch", "base"]);
    repo
}

#[test]
fn a_commit_is_what_a_checkout_of_it_is() {
    let repo = repository();
    // What comes later must not show: other documents, other files, an uncommitted change.
    repo.write("specs/001-login/tasks.md", &tasks(&["src/later.rs"]))
        .write("specs/002-more/spec.md", "# Feature Specification: More\n")
        .write("src/gone.rs", "pub fn again() {}\n")
        .remove("src/kept.rs");
    repo.commit("three");
    repo.write("specs/001-login/spec.md", "# Not committed\n");
    let elsewhere = Repo::new();
    let copy = elsewhere.path.join("copy");
    let url = repo.path.display().to_string();
    git_in(
        &elsewhere.path,
        &["clone", "-q", "-b", "base", &url, copy.to_str().unwrap()],
    );
    let (seen, wanted) = (world(&then(&repo.path, "base")), world(&now(&copy)));
    assert!(wanted.3.len() >= 4, "{:?}", wanted.3);
    assert_eq!(seen, wanted);
    assert_ne!(world(&now(&repo.path)), wanted);
}

#[test]
fn what_ignore_rules_keep_out_of_git_is_taken_as_it_is() {
    let repo = Repo::new();
    repo.write(".gitignore", "/specs\n.specify\n")
        .write("src/a.rs", "");
    repo.commit("one");
    repo.write(".specify/memory/constitution.md", "# C\n")
        .write(
            "specs/001-login/spec.md",
            "# Feature Specification: Login\n",
        );
    assert_eq!(
        world(&then(&repo.path, "HEAD")).1,
        world(&now(&repo.path)).1
    );
}

#[test]
fn a_root_below_the_top_sees_its_own_files() {
    let repo = Repo::new();
    repo.write("a/b/x.md", "x\n").write("y.md", "y\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("x.md", repo.path.join("a/b/link.md")).unwrap();
    repo.commit("one");
    let root = repo.path.join("a/b");
    let commit = Repository::discover(&root)
        .unwrap()
        .merge_base("HEAD")
        .unwrap();
    assert_eq!(commit.files().collect::<Vec<_>>(), ["x.md"]);
    assert_eq!(commit.probe("x.md"), Probe::File);
    assert_eq!(commit.probe("../../a"), Probe::Outside);
    assert_eq!(commit.probe("gone.md"), Probe::Missing);
    #[cfg(unix)]
    assert_eq!(commit.probe("link.md"), Probe::Unknown);
}

#[test]
fn no_merge_base_says_why_and_what_to_do() {
    let repo = repository();
    let why = |root: &Path, revision: &str| {
        let found = Repository::discover(root).unwrap().merge_base(revision);
        found.err().unwrap()
    };
    assert!(why(&repo.path, "nope").contains("`nope` names no commit"));
    repo.git(&["checkout", "-q", "--orphan", "island"]);
    repo.commit("other");
    assert!(why(&repo.path, "main").contains("no commit in common"));
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["branch", "-q", "side", "main~1"]);
    repo.git(&["checkout", "-q", "side"]);
    repo.write("side.txt", "x");
    repo.commit("side");
    let elsewhere = Repo::new();
    let copy = elsewhere.path.join("copy");
    let url = format!("file://{}", repo.path.display());
    let depth = ["clone", "-q", "--depth", "1", "--no-single-branch", &url];
    git_in(
        &elsewhere.path,
        &[&depth[..], &[copy.to_str().unwrap()]].concat(),
    );
    let shallow = why(&copy, "origin/main");
    assert!(shallow.contains("git fetch --unshallow"), "{shallow}");
    assert!(why(&copy, "main").contains("Did you mean `origin/main`?"));
}

#[test]
fn objects_that_were_never_fetched_are_counted() {
    let repo = repository();
    let commit = Repository::discover(&repo.path)
        .unwrap()
        .merge_base("HEAD")
        .unwrap();
    let id = repo.git(&["rev-parse", "HEAD:src/kept.rs"]);
    std::fs::remove_file(
        repo.path
            .join(format!(".git/objects/{}/{}", &id[..2], &id[2..])),
    )
    .unwrap();
    assert!(commit.bytes("src/kept.rs", 100).is_err());
    assert!(commit.bytes("src/new.rs", 1000).is_ok());
    assert_eq!(commit.missing(), 1);
}
