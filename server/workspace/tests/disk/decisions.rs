//! Files of decisions are written whole, in the workspace, over what was read.

use std::path::Path;

use crate::support::Repo;
use workspace::{DecisionFile, Host, Options, write_decisions};

const FILE: &str = "spec-analyzer.toml";

/// The settings file, as a run reads it.
fn read(repo: &Repo) -> Option<DecisionFile> {
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    });
    host.scan();
    host.snapshot().settings[0].file.clone()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_file_is_made_and_replaced() {
    let repo = Repo::new();
    write_decisions(&repo.path, "ci/known.txt", None, "one").unwrap();
    assert_eq!(text(&repo.path.join("ci/known.txt")), "one");
    repo.write(FILE, "# mine\n");
    write_decisions(&repo.path, FILE, read(&repo).as_ref(), "# ours\n").unwrap();
    assert_eq!(text(&repo.path.join(FILE)), "# ours\n");
}

#[test]
fn what_somebody_else_wrote_meanwhile_stays() {
    let repo = Repo::new();
    let none = read(&repo);
    assert!(none.is_none());
    repo.write(FILE, "# theirs\n");
    let why = write_decisions(&repo.path, FILE, None, "# ours\n").unwrap_err();
    assert!(why.contains("was made meanwhile"), "{why}");
    let before = read(&repo);
    repo.write(FILE, "# theirs again\n");
    let why = write_decisions(&repo.path, FILE, before.as_ref(), "# ours\n").unwrap_err();
    assert!(why.contains("has changed"), "{why}");
    assert_eq!(text(&repo.path.join(FILE)), "# theirs again\n");
}

#[test]
fn what_cannot_be_read_is_not_replaced() {
    let repo = Repo::new();
    std::fs::write(repo.path.join(FILE), b"# \xff\n").unwrap();
    let why = write_decisions(&repo.path, FILE, read(&repo).as_ref(), "x").unwrap_err();
    assert!(why.contains("not UTF-8"), "{why}");
    assert_eq!(std::fs::read(repo.path.join(FILE)).unwrap(), b"# \xff\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let names = || std::fs::read_dir(outside.path()).unwrap().count();
    std::fs::write(outside.path().join("there.toml"), "# theirs\n").unwrap();
    for (link, path, target, said) in [
        (FILE, FILE, "there.toml", "leads out"),
        (FILE, FILE, "new.toml", "leads nowhere"),
        ("ci", "ci/deep/known.txt", "", "leads out"),
    ] {
        let repo = Repo::new();
        symlink(outside.path().join(target), repo.path.join(link)).unwrap();
        let before = read(&repo);
        let why = write_decisions(&repo.path, path, before.as_ref(), "x").unwrap_err();
        assert!(why.contains(said), "{why}");
        assert_eq!(text(&outside.path().join("there.toml")), "# theirs\n");
        assert_eq!(names(), 1, "{path}");
    }
    // A link that stays inside is kept.
    let repo = Repo::new();
    repo.write("config/own.toml", "# mine\n");
    symlink("config/own.toml", repo.path.join(FILE)).unwrap();
    write_decisions(&repo.path, FILE, read(&repo).as_ref(), "# ours\n").unwrap();
    assert!(repo.path.join(FILE).is_symlink());
    assert_eq!(text(&repo.path.join("config/own.toml")), "# ours\n");
}
