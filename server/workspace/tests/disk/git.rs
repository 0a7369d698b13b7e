//! What a repository says without its history.

use crate::support::{Repo, git_in, lines};
use workspace::{Budget, Fate, Host, Options, Repository};

fn open(repo: &Repo) -> Repository {
    Repository::discover(&repo.path).unwrap()
}

/// What commits since the merge base changed, sorted, as a snapshot says it.
fn changed(root: &std::path::Path) -> Option<Vec<String>> {
    let mut host = Host::new(Options {
        roots: vec![root.to_owned()],
        ..Options::default()
    });
    host.scan();
    let snapshot = host.apply();
    let changed = snapshot.graph.inputs().git[0].changed.clone()?;
    let mut changed: Vec<String> = changed.iter().map(ToString::to_string).collect();
    changed.sort();
    Some(changed)
}

#[test]
fn branches_have_names() {
    let repo = Repo::new();
    assert_eq!(open(&repo).branch().as_deref(), Some("main"), "unborn");
    repo.write("a", "a").commit("add");
    repo.git(&["checkout", "-q", "-b", "001-login"]);
    assert_eq!(open(&repo).branch().as_deref(), Some("001-login"));
    repo.git(&["checkout", "-q", "--detach"]);
    assert_eq!(open(&repo).branch(), None);
}

#[test]
fn no_repository() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Repository::discover(dir.path()).is_none());
}

#[test]
fn sparse_checkout_is_not_absence() {
    for sparse_index in ["--no-sparse-index", "--sparse-index"] {
        let repo = Repo::new();
        repo.write("in/a.rs", "a")
            .write("out/deep/b.rs", "b")
            .commit("add");
        repo.git(&["sparse-checkout", "set", "--cone", sparse_index, "in"]);
        assert!(!repo.path.join("out/deep/b.rs").exists());
        let repository = open(&repo);
        let tracked = repository.tracked().unwrap();
        assert!(tracked.is_left_out("out/deep/b.rs"), "{sparse_index}");
        assert!(!tracked.is_left_out("in/a.rs"));
        let budget = Budget {
            max_commits: 10,
            deadline: None,
        };
        assert_eq!(
            repository.history(&budget).fate("out/deep/b.rs"),
            Fate::Present
        );
    }
}

#[test]
fn a_worktree_answers_for_its_own_head() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    repo.git(&["worktree", "add", "-q", "-b", "002-x", "../tree"]);
    let tree = repo.path.parent().unwrap().join("tree");
    std::fs::rename(tree.join("a.rs"), tree.join("b.rs")).unwrap();
    git_in(&tree, &["add", "-A"]);
    git_in(&tree, &["commit", "-q", "-m", "move"]);
    assert!(tree.join(".git").is_file());
    let there = Repository::discover(&tree).unwrap();
    assert_eq!(there.branch().as_deref(), Some("002-x"));
    let budget = Budget {
        max_commits: 10,
        deadline: None,
    };
    let fate = there.history(&budget).fate("a.rs");
    assert!(matches!(fate, Fate::Moved { to, .. } if to == "b.rs"));
    assert_eq!(open(&repo).history(&budget).fate("a.rs"), Fate::Present);
    assert_eq!(changed(&tree), Some(vec!["a.rs".into(), "b.rs".into()]));
}

#[test]
fn changes_since_the_merge_base() {
    let repo = Repo::new();
    repo.write("a", "a").write("b", "b").commit("base");
    assert_eq!(changed(&repo.path), Some(vec![]));
    repo.git(&["checkout", "-q", "-b", "topic"]);
    repo.write("b", "changed")
        .write("dir/c", "c")
        .commit("topic");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("a", "main only").commit("main moves on");
    repo.git(&["checkout", "-q", "topic"]);
    let changed = || changed(&repo.path);
    assert_eq!(changed(), Some(vec!["b".into(), "dir/c".into()]));
    // An old local main must not hide that the remote's was merged.
    repo.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    repo.git(&["branch", "-f", "main", "main~1"]);
    repo.git(&["merge", "-q", "-m", "merge", "refs/remotes/origin/main"]);
    assert_eq!(changed(), Some(vec!["b".into(), "dir/c".into()]));
    repo.git(&["branch", "-D", "-q", "main"]);
    repo.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    assert_eq!(changed(), None);
}

#[test]
fn edits_are_other_texts_than_those_of_head() {
    let repo = Repo::new();
    repo.write("a.md", "a\nb\n")
        .write("crlf.md", "a\r\nb\r\n")
        .write("bad.md", "a\u{fffd}");
    std::fs::write(repo.path.join("bytes.md"), b"a\xff\n").unwrap();
    repo.commit("base");
    let texts = [
        ("a.md", "a\r\nb\r\n"),
        ("crlf.md", "a\nb\n"),
        ("bad.md", "a\u{fffd}"),
        // As it is read: each byte that is not UTF-8 is one question mark.
        ("bytes.md", "a?\n"),
        ("new.md", "n"),
    ];
    assert!(open(&repo).edited(texts).is_empty());
    let edited = [("a.md", "a\nB\n"), ("bytes.md", "a\n"), ("../x.md", "x")];
    assert_eq!(open(&repo).edited(edited), ["a.md", "bytes.md"]);
    let paths = ["a.md", "new.md", "../x.md", "dir/new.md"];
    assert_eq!(open(&repo).added(paths), ["new.md", "dir/new.md"]);
}
