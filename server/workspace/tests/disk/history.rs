//! What git history says of paths that are gone.

use std::time::Instant;

use crate::support::{Repo, git_in, lines};
use workspace::{Budget, Fate, Historical, History, Repository, SuffixFate, WordPast};

const ALL: Budget = Budget {
    max_commits: 100_000,
    deadline: None,
};

fn history(repo: &Repo) -> History {
    Repository::discover(&repo.path).unwrap().history(&ALL)
}

fn fate(repo: &Repo, path: &str) -> Fate {
    history(repo).fate(path)
}

fn moved(to: &str, commit: &str, similarity: u8) -> Fate {
    Fate::Moved {
        to: to.into(),
        commit: commit.into(),
        similarity,
    }
}

fn deleted(commit: &str) -> Fate {
    Fate::Deleted {
        commit: commit.into(),
        may_have_moved: false,
    }
}

#[test]
fn exact_rename() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    let commit = repo.rename("a.rs", "src/b.rs").commit("move");
    assert_eq!(fate(&repo, "a.rs"), moved("src/b.rs", &commit, 100));
    assert_eq!(fate(&repo, "src/b.rs"), Fate::Present);
    assert_eq!(fate(&repo, "src"), Fate::Present);
    assert_eq!(fate(&repo, "src/never.rs"), Fate::Never);
}

#[test]
fn rename_with_edit_says_how_similar() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    let edited = lines("a").replacen("a line number 3", "other text here!", 1);
    let commit = repo
        .rename("a.rs", "b.rs")
        .write("b.rs", &edited)
        .commit("move and edit");
    let Fate::Moved {
        to,
        commit: in_,
        similarity,
    } = fate(&repo, "a.rs")
    else {
        panic!("not moved");
    };
    assert_eq!((to.as_str(), in_), ("b.rs", commit));
    assert!((80..100).contains(&similarity), "{similarity}");
}

#[test]
fn rewritten_file_is_deleted_not_moved() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    let commit = repo
        .remove("a.rs")
        .write("b.rs", &lines("quite different"))
        .commit("replace");
    assert_eq!(fate(&repo, "a.rs"), deleted(&commit));
}

#[test]
fn a_copy_put_aside_is_not_where_the_file_went() {
    let repo = Repo::new();
    repo.write("src/a.js", &lines("a"))
        .write("src/b.js", &lines("b"))
        .commit("add");
    let converted = repo
        .rename("src/a.js", "src/a.js.backup")
        .rename("src/b.js", "src/b.old.js")
        .write("src/a.ts", &lines("quite different"))
        .commit("convert");
    repo.remove("src/a.js.backup")
        .remove("src/b.old.js")
        .commit("clean up");
    let history = history(&repo);
    assert_eq!(history.fate("src/a.js"), moved("src/a.ts", &converted, 0));
    assert_eq!(history.fate("src/b.js"), deleted(&converted));
}

#[test]
fn a_file_that_was_there_before_is_no_conversion() {
    let repo = Repo::new();
    repo.write("a.js", &lines("a"))
        .write("a.ts", "x")
        .commit("add");
    let gone = repo.remove("a.js").commit("remove");
    assert_eq!(fate(&repo, "a.js"), deleted(&gone));
}

#[test]
fn chain_of_renames_ends_at_what_exists() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    let first = repo.rename("a.rs", "b.rs").commit("one");
    repo.write("other", "x").commit("between");
    let second = repo.rename("b.rs", "c/c.rs").commit("two");
    let history = history(&repo);
    assert_ne!(first, second);
    // Not the first: it moved the file to where it is no more.
    assert_eq!(history.fate("a.rs"), moved("c/c.rs", &second, 100));
    assert_eq!(history.fate("b.rs"), moved("c/c.rs", &second, 100));
}

#[test]
fn chain_that_ends_in_deletion_names_the_deletion() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    repo.rename("a.rs", "b.rs").commit("one");
    let gone = repo.remove("b.rs").commit("two");
    assert_eq!(fate(&repo, "a.rs"), deleted(&gone));
}

#[test]
fn same_bytes_added_elsewhere_later_count_as_moved() {
    let repo = Repo::new();
    repo.write("old/a.rs", &lines("a")).commit("add");
    repo.remove("old/a.rs").commit("delete");
    repo.write("x", "x").commit("between");
    let again = repo.write("new/a.rs", &lines("a")).commit("again");
    assert_eq!(fate(&repo, "old/a.rs"), moved("new/a.rs", &again, 100));
}

#[test]
fn a_copy_that_was_there_before_is_no_move() {
    let repo = Repo::new();
    repo.write("one/a.rs", &lines("a"))
        .write("two/a.rs", &lines("a"))
        .commit("add");
    let gone = repo.remove("one/a.rs").commit("delete");
    assert_eq!(fate(&repo, "one/a.rs"), deleted(&gone));
}

#[test]
fn a_file_written_anew_under_its_only_name_has_moved() {
    let repo = Repo::new();
    // A third of it stays.
    let anew = |seed: &str| {
        let kept: Vec<_> = lines(seed).lines().take(3).map(str::to_owned).collect();
        let new: Vec<_> = lines("anew").lines().take(6).map(str::to_owned).collect();
        [kept, new].concat().join("\n")
    };
    repo.write("old/a.rs", &lines("a"))
        .write("old/b.rs", &lines("b"))
        .write("old/c.rs", &lines("c"))
        .write("old/d.rs", &lines("d"))
        .write("else/b.rs", "b")
        .commit("add");
    let commit = repo
        .remove("old/a.rs")
        .write("new/a.rs", &anew("a"))
        .remove("old/b.rs")
        .write("new/b.rs", &anew("b"))
        .remove("old/c.rs")
        .remove("old/d.rs")
        .write("new/d.rs", &lines("nothing in common"))
        .commit("rewrite");
    repo.write("new/c.rs", &anew("c")).commit("later");
    let history = history(&repo);
    assert!(matches!(
        history.fate("old/a.rs"),
        Fate::Moved { to, commit: by, .. } if to == "new/a.rs" && by == commit
    ));
    // Another file had the name, too.
    assert_eq!(history.fate("old/b.rs"), deleted(&commit));
    // The commit that deleted it did not bring the other.
    assert_eq!(history.fate("old/c.rs"), deleted(&commit));
    // Only the name is the same.
    assert_eq!(history.fate("old/d.rs"), deleted(&commit));
}

#[test]
fn deleted_added_again_and_deleted_names_the_last() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    repo.remove("a.rs").commit("delete");
    repo.write("a.rs", &lines("a")).commit("again");
    let gone = repo.remove("a.rs").commit("delete again");
    assert_eq!(fate(&repo, "a.rs"), deleted(&gone));
}

#[test]
fn empty_files_do_not_move() {
    let repo = Repo::new();
    repo.write("a/__init__.py", "").commit("add");
    let gone = repo
        .remove("a/__init__.py")
        .write("b/__init__.py", "")
        .commit("other");
    assert_eq!(fate(&repo, "a/__init__.py"), deleted(&gone));
}

#[test]
fn rename_on_a_merged_branch() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    repo.git(&["checkout", "-q", "-b", "side"]);
    let commit = repo.rename("a.rs", "b.rs").commit("move");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("main.rs", "x").commit("meanwhile");
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    assert_eq!(fate(&repo, "a.rs"), moved("b.rs", &commit, 100));
}

#[test]
fn file_dropped_by_a_merge_itself() {
    let repo = Repo::new();
    repo.write("base", "x").commit("base");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("a.rs", &lines("a")).commit("add");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("main.rs", "x").commit("meanwhile");
    repo.git(&["merge", "-q", "-s", "ours", "-m", "merge", "side"]);
    let merge = repo.git(&["rev-parse", "HEAD"])[..7].to_owned();
    assert_eq!(fate(&repo, "a.rs"), deleted(&merge));
}

#[test]
fn directories_have_fates_too() {
    let repo = Repo::new();
    repo.write("lib/a.rs", &lines("a")).commit("add");
    let gone = repo.remove("lib/a.rs").write("x", "x").commit("delete");
    let history = history(&repo);
    assert!(matches!(history.fate("lib/"), Fate::Deleted { commit, .. } if commit == gone));
    assert_eq!(history.fate("never/"), Fate::Never);
}

#[test]
fn a_suffix_finds_the_whole_path() {
    let repo = Repo::new();
    repo.write("backend/src/x.go", &lines("x")).commit("add");
    let gone = repo.remove("backend/src/x.go").write("y", "y").commit("rm");
    let history = history(&repo);
    assert_eq!(
        history.fate_by_suffix("src/x.go"),
        SuffixFate::One(Historical {
            was: "backend/src/x.go".into(),
            fate: deleted(&gone),
        })
    );
    assert_eq!(history.fate("src/x.go"), Fate::Never);
    assert_eq!(history.fate_by_suffix("rc/x.go"), SuffixFate::Never);
    assert_eq!(
        history.ever_named("x.go"),
        Ok(vec!["backend/src/x.go".into()])
    );
    assert_eq!(history.ever_named("src"), Ok(vec!["backend/src".into()]));
    assert_eq!(history.ever_named("z.go"), Ok(vec![]));
}

#[test]
fn several_files_with_one_suffix_are_ambiguous() {
    let repo = Repo::new();
    repo.write("a/src/x.go", &lines("a"))
        .write("b/src/x.go", &lines("b"))
        .commit("add");
    repo.remove("a/src/x.go")
        .remove("b/src/x.go")
        .write("y", "y");
    repo.commit("rm");
    let SuffixFate::Ambiguous(found) = history(&repo).fate_by_suffix("src/x.go") else {
        panic!("not ambiguous");
    };
    let was: Vec<_> = found.iter().map(|one| one.was.as_str()).collect();
    assert_eq!(was, ["a/src/x.go", "b/src/x.go"]);
}

#[test]
fn earlier_names_of_one_file_are_not_ambiguous() {
    let repo = Repo::new();
    repo.write("a/src/x.go", &lines("a")).commit("add");
    repo.rename("a/src/x.go", "b/src/x.go").commit("one");
    repo.rename("b/src/x.go", "c/y.go").commit("two");
    let SuffixFate::One(found) = history(&repo).fate_by_suffix("src/x.go") else {
        panic!("not one");
    };
    assert!(matches!(found.fate, Fate::Moved { to, .. } if to == "c/y.go"));
}

#[test]
fn a_root_inside_the_repository_has_its_own_paths() {
    let repo = Repo::new();
    repo.write("pkg/web/a.ts", &lines("a")).commit("add");
    let commit = repo
        .rename("pkg/web/a.ts", "pkg/api/b.ts")
        .write("pkg/web/keep.ts", "x")
        .commit("move");
    let root = repo.path.join("pkg/web");
    let history = Repository::discover(&root).unwrap().history(&ALL);
    assert_eq!(history.fate("a.ts"), moved("../api/b.ts", &commit, 100));
    assert_eq!(history.fate("../api/b.ts"), Fate::Present);
    assert_eq!(history.fate("pkg/web/a.ts"), Fate::Never);
}

#[test]
fn shallow_clone_does_not_know() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    repo.remove("a.rs").write("b.rs", "b").commit("delete");
    let gone = repo.remove("b.rs").write("c.rs", "c").commit("delete b");
    let url = format!("file://{}", repo.path.display());
    let top = repo.path.parent().unwrap();
    git_in(top, &["clone", "-q", "--depth", "2", &url, "shallow"]);
    assert!(top.join("shallow/.git/shallow").exists());
    let clone = Repository::discover(&top.join("shallow")).unwrap();
    let history = clone.history(&ALL);
    let why = "shallow clone; run `git fetch --unshallow`".to_owned();
    assert_eq!(history.fate("a.rs"), Fate::Unknown { why: why.clone() });
    assert_eq!(history.ever_named("a.rs"), Err(why));
    assert_eq!(history.fate("b.rs"), deleted(&gone));
    assert_eq!(history.fate("c.rs"), Fate::Present);
}

#[test]
fn blobless_clone_knows_exact_moves_and_admits_the_rest() {
    let repo = Repo::new();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.write("a.rs", &lines("a")).write("b.rs", &lines("b"));
    repo.commit("add");
    let exact = repo.rename("a.rs", "c.rs").commit("move");
    let edited = repo
        .rename("b.rs", "d.rs")
        .write("d.rs", &format!("{}more\n", lines("b")))
        .commit("move and edit");
    let url = format!("file://{}", repo.path.display());
    let top = repo.path.parent().unwrap();
    git_in(
        top,
        &["clone", "-q", "--filter=blob:none", &url, "blobless"],
    );
    let promisor = git_in(&top.join("blobless"), &["config", "remote.origin.promisor"]);
    assert_eq!(promisor, "true");
    let clone = Repository::discover(&top.join("blobless")).unwrap();
    let history = clone.history(&ALL);
    assert_eq!(history.fate("a.rs"), moved("c.rs", &exact, 100));
    assert_eq!(
        history.fate("b.rs"),
        Fate::Deleted {
            commit: edited,
            may_have_moved: true
        }
    );
    assert_eq!(history.fate("never.rs"), Fate::Never);
}

#[test]
fn budget_makes_unknown() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    repo.remove("a.rs").write("b", "b").commit("delete");
    repo.write("c", "c").commit("later");
    let repository = Repository::discover(&repo.path).unwrap();
    let short = repository.history(&Budget {
        max_commits: 1,
        deadline: None,
    });
    let why = "history longer than 1 commits".to_owned();
    assert_eq!(short.fate("a.rs"), Fate::Unknown { why });
    assert_eq!(short.fate("b"), Fate::Present);
    let late = repository.history(&Budget {
        max_commits: 100,
        deadline: Some(Instant::now()),
    });
    assert!(matches!(late.fate("a.rs"), Fate::Unknown { .. }));
}

#[test]
fn no_commit_yet_is_unknown() {
    let repo = Repo::new();
    assert!(matches!(fate(&repo, "a.rs"), Fate::Unknown { .. }));
}

#[test]
fn submodules_keep_their_history() {
    let module = Repo::new();
    module.write("a.rs", "a").commit("add");
    let repo = Repo::new();
    repo.write("x", "x").write("apps/web/y", "y").commit("add");
    let url = module.path.display().to_string();
    repo.git(&["submodule", "add", "-q", &url, "vendor/mod"]);
    repo.commit("link");
    let history = history(&repo);
    assert!(matches!(
        history.fate("vendor/mod/gone.rs"),
        Fate::Unknown { .. }
    ));
    assert!(matches!(
        history.fate_by_suffix("gone.rs"),
        SuffixFate::Unknown { .. }
    ));
    assert_eq!(history.fate("gone.rs"), Fate::Never);
    // What begins with a directory of this repository is no file of the submodule.
    for here in ["apps/web/gone.rs", "vendor/gone.rs"] {
        assert_eq!(history.fate_by_suffix(here), SuffixFate::Never, "{here}");
        assert_eq!(history.ever_named(here), Ok(vec![]), "{here}");
    }
    for unsure in ["src/gone.rs", "web/gone.rs", "vendor/mod/gone.rs"] {
        let told = history.fate_by_suffix(unsure);
        assert!(
            matches!(told, SuffixFate::Unknown { .. }),
            "{unsure}: {told:?}"
        );
        assert!(history.ever_named(unsure).is_err(), "{unsure}");
    }
}

#[test]
fn what_does_not_look_alike_goes_with_its_directory() {
    let repo = Repo::new();
    let package = |directory: &str| format!("{directory}/__init__.py");
    repo.write("src/crisis/a.py", &lines("a"))
        .write("src/crisis/b.py", &lines("b"))
        .write(&package("src/crisis"), "")
        .write("src/lone/__init__.py", "")
        .write("src/split/c.py", &lines("c"))
        .write("src/split/d.py", &lines("d"))
        .write(&package("src/split"), "")
        .commit("add");
    let commit = repo
        .rename("src/crisis/a.py", "src/domain/crisis/a.py")
        .rename("src/crisis/b.py", "src/domain/crisis/b.py")
        .rename("src/split/c.py", "src/one/c.py")
        .rename("src/split/d.py", "src/two/d.py")
        .remove(&package("src/crisis"))
        .remove(&package("src/lone"))
        .remove(&package("src/split"))
        .write(&package("src/domain/crisis"), "from .a import *\n")
        .write(&package("src/one"), "from .c import *\n")
        .commit("move");
    let history = history(&repo);
    assert_eq!(
        history.fate("src/crisis/__init__.py"),
        moved("src/domain/crisis/__init__.py", &commit, 100)
    );
    // Nothing of it went anywhere, or not all to one place.
    assert_eq!(history.fate("src/lone/__init__.py"), deleted(&commit));
    assert_eq!(history.fate("src/split/__init__.py"), deleted(&commit));
}

#[test]
fn damaged_objects_never_give_a_wrong_answer() {
    let repo = Repo::new();
    repo.write("a.rs", &lines("a")).commit("add");
    repo.remove("a.rs").write("b", "b").commit("delete");
    repo.write("c", "c").commit("later");
    let objects = repo.path.join(".git/objects");
    let id = repo.git(&["rev-parse", "HEAD~1"]);
    let object = objects.join(&id[..2]).join(&id[2..]);
    std::fs::remove_file(&object).unwrap();
    let history = history(&repo);
    assert!(matches!(history.fate("a.rs"), Fate::Unknown { .. }));
    assert!(matches!(history.fate("never.rs"), Fate::Unknown { .. }));
    assert_eq!(history.fate("c"), Fate::Present);
    for object in repo
        .git(&["rev-list", "--objects", "--no-walk", "HEAD"])
        .lines()
    {
        let (dir, file) = object.split(' ').next().unwrap().split_at(2);
        let path = objects.join(dir).join(file);
        if path.exists() {
            std::fs::remove_file(&path).unwrap();
            std::fs::write(&path, b"not zlib").unwrap();
        }
    }
    assert!(matches!(fate(&repo, "a.rs"), Fate::Unknown { .. }));
}

#[test]
fn when_a_file_was_written_and_what_stood_beside_it() {
    let repo = Repo::new();
    repo.write("docs/base.md", "one").commit("base");
    let first = repo.write("docs/copy.md", "a").commit("copy");
    repo.write("docs/base.md", "two")
        .write("other.md", "x")
        .commit("base moves");
    repo.git(&["checkout", "-q", "-b", "side", "HEAD~1"]);
    let side = repo
        .write("docs/copy.md", "b")
        .commit("beside the old base");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let last = repo
        .write("docs/copy.md", "c")
        .commit("beside the new base");
    let written = history(&repo)
        .written(&[
            ("docs/copy.md", "docs/base.md"),
            ("docs/never.md", "docs/base.md"),
        ])
        .unwrap();
    let shown = |at: usize| -> Vec<(&str, &str, Option<&str>)> {
        written[at]
            .iter()
            .map(|each| (&*each.commit, &*each.text, each.beside.as_deref()))
            .collect()
    };
    assert_eq!(
        shown(0),
        [
            (&*first, "a", Some("one")),
            (&*side, "b", Some("one")),
            (&*last, "c", Some("two"))
        ]
    );
    assert!(shown(1).is_empty());
}

#[test]
fn a_shallow_clone_cannot_tell_when_a_file_was_written() {
    let repo = Repo::new();
    repo.write("base.md", "one").commit("base");
    repo.write("copy.md", "a").commit("copy");
    let clone = tempfile::tempdir().unwrap();
    let to = clone.path().join("clone");
    let from = format!("file://{}", repo.path.display());
    git_in(
        &repo.path,
        &["clone", "-q", "--depth", "1", &from, to.to_str().unwrap()],
    );
    let history = Repository::discover(&to).unwrap().history(&ALL);
    let why = history.written(&[("copy.md", "base.md")]).unwrap_err();
    assert!(why.contains("shallow"), "{why}");
}

#[test]
fn a_word_that_a_commit_took_out() {
    let repo = Repo::new();
    let text = |word: &str| format!("{}fn {word}() {{}}\n", lines("a"));
    repo.write("src/a.rs", &text("old_name")).commit("add");
    let renamed = repo.write("src/a.rs", &text("new_name")).commit("rename");
    repo.write("src/b.rs", &text("lost_name")).commit("b");
    let moved = repo.rename("src/b.rs", "src/deep/b.rs");
    let gone = moved
        .write("src/deep/b.rs", &text("kept_name"))
        .commit("move");
    repo.write("src/a.rs", &text("not_committed"));
    let history = history(&repo);
    let past = |path: &str, word: &str| history.word_past(path, word);
    let removed = |commit: &str| WordPast::Removed(commit.to_owned());
    assert_eq!(past("src/a.rs", "old_name"), removed(&renamed));
    assert_eq!(past("src/deep/b.rs", "lost_name"), removed(&gone));
    for never in ["new_name", "old_nam", "not_committed", "lost_name"] {
        assert_eq!(past("src/a.rs", never), WordPast::NotRemoved, "{never}");
    }
    assert!(matches!(past("../x.rs", "old_name"), WordPast::Unknown(_)));
}

#[test]
fn a_state_that_is_not_at_hand_may_have_had_the_word() {
    let repo = Repo::new();
    repo.write("a.rs", "fn one() {}\n").commit("add");
    let blob = repo.git(&["rev-parse", "HEAD:a.rs"]);
    repo.write("a.rs", "fn two() {}\n").commit("change");
    std::fs::remove_file(
        repo.path
            .join(".git/objects")
            .join(&blob[..2])
            .join(&blob[2..]),
    )
    .unwrap();
    assert!(matches!(
        history(&repo).word_past("a.rs", "one"),
        WordPast::Unknown(_)
    ));
}

#[test]
fn content_that_was_never_fetched() {
    let repo = Repo::new();
    repo.write("a.rs", "fn one() {}\n").commit("add");
    assert!(history(&repo).has_content("a.rs"));
    let blob = repo.git(&["rev-parse", "HEAD:a.rs"]);
    std::fs::remove_file(
        repo.path
            .join(".git/objects")
            .join(&blob[..2])
            .join(&blob[2..]),
    )
    .unwrap();
    assert!(!history(&repo).has_content("a.rs"));
}
