//! What HEAD has of documents that count by place.

use std::path::PathBuf;

use crate::support::Repo;
use workspace::{Host, Options, Snapshot};

const SPEC: &str = ".kiro/specs/login/requirements.md";
const TASKS: &str = ".kiro/specs/login/tasks.md";

fn host(root: PathBuf) -> Host {
    let mut host = Host::new(Options {
        roots: vec![root],
        ..Options::default()
    });
    host.scan();
    host
}

/// The committed states that the graph knows, by path.
fn committed(snapshot: &Snapshot) -> Vec<(String, String)> {
    let inputs = snapshot.graph.inputs();
    let mut known: Vec<(String, String)> = inputs
        .committed
        .iter()
        .map(|(file, doc)| (inputs.tree.path_str(*file).to_owned(), doc.text.to_string()))
        .collect();
    known.sort();
    known
}

fn pair(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(SPEC, "# One\n")
        .write(TASKS, "# Tasks\n")
        .write("specs/001-a/spec.md", "# A\n");
    repo.commit("add");
    repo
}

#[test]
fn nothing_is_looked_up_while_all_is_as_committed() {
    let repo = repo();
    assert!(committed(&host(repo.path.clone()).finish(false)).is_empty());
    // Ids of Spec Kit are written: their place says nothing.
    repo.write("specs/001-a/spec.md", "# B\n");
    assert!(committed(&host(repo.path.clone()).finish(false)).is_empty());
}

#[test]
fn an_edit_on_disk_brings_all_documents_of_its_spec() {
    let repo = repo();
    repo.write(SPEC, "# Two\n")
        .write(".kiro/specs/login/design.md", "# New\n");
    let mut host = host(repo.path.clone());
    let wanted = [pair(SPEC, "# One\n"), pair(TASKS, "# Tasks\n")];
    assert_eq!(committed(&host.finish(false)), wanted);
    repo.write(SPEC, "# One\n");
    host.files_changed(&[repo.path.join(SPEC)]);
    assert!(committed(&host.apply()).is_empty());
}

#[test]
fn an_open_document_is_compared_with_head() {
    let repo = repo();
    let mut host = host(repo.path.clone());
    host.set_overlay(&repo.path.join(SPEC), "# Typed\n", 1);
    let wanted = [pair(SPEC, "# One\n"), pair(TASKS, "# Tasks\n")];
    assert_eq!(committed(&host.apply()), wanted);
    host.close_overlay(&repo.path.join(SPEC));
    assert!(committed(&host.apply()).is_empty());
}

#[test]
fn without_git_what_was_saved_counts() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join(".kiro/specs/login")).unwrap();
    std::fs::write(dir.path().join(SPEC), "# Saved\n").unwrap();
    let root = dir.path().canonicalize().unwrap();
    let mut host = host(root.clone());
    host.set_overlay(&root.join(SPEC), "# Typed\n", 1);
    assert_eq!(committed(&host.apply()), [pair(SPEC, "# Saved\n")]);
}
