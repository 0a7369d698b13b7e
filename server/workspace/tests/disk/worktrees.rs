//! Checkouts of one repository have in common what is known by content; what each of them says stays its own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cache::{Event, event, happen, repo, same};
use proptest::prelude::*;
use workspace::{cache_files, kept_workspaces};

/// The bytes of the one file of this ending; nothing if there is none.
fn shared(cache: &Path, ending: &str) -> Vec<u8> {
    let of = |path: &PathBuf| path.extension().is_some_and(|it| it == ending);
    let mut files: Vec<PathBuf> = cache_files(cache)
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    files.retain(of);
    assert!(files.len() < 2, "{files:?}");
    files
        .first()
        .map_or_else(Vec::new, |path| fs::read(path).unwrap())
}

#[test]
fn what_one_checkout_found_out_the_other_does_not() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    same(&repo.path, cache.path());
    let before = ["facts", "history", "commits"].map(|ending| shared(cache.path(), ending));
    assert!(before.iter().all(|bytes| bytes.len() > 100));
    let other = repo.beside();
    same(&other.path, cache.path());
    assert_eq!(kept_workspaces(&cache_files(cache.path())), 2);
    let after = ["facts", "history", "commits"].map(|ending| shared(cache.path(), ending));
    assert!(before == after, "nothing was new");
    // Another text is.
    other.write("src/a.py", "def made_it():\n    return 2\n");
    same(&other.path, cache.path());
    assert_ne!(shared(cache.path(), "facts"), before[0]);
}

#[test]
fn what_others_wrote_meanwhile_stays() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    let other = repo.beside();
    other.write("src/a.py", "def made_it():\n    return 2\n");
    same(&repo.path, cache.path());
    same(&other.path, cache.path());
    let both = shared(cache.path(), "facts");
    // Either finds its own there.
    for one in [&repo, &other] {
        one.write("src/new.py", "new = 1\n");
        same(&one.path, cache.path());
        assert!(shared(cache.path(), "facts") == both);
    }
}

#[test]
fn one_content_in_two_languages_has_two_sets_of_facts() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    let text = "# FR-001\n// FR-001\nclass A { }\n";
    repo.write(
        "specs/001-a/spec.md",
        "# Feature Specification: A\n\n- **FR-001**: It MUST be.\n",
    );
    for name in [
        "src/x.py",
        "src/x.ts",
        "src/x.java",
        "src/x.rs",
        "src/x.lua",
    ] {
        repo.write(name, text);
    }
    same(&repo.path, cache.path());
    repo.rename("src/x.ts", "src/y.py");
    same(&repo.path, cache.path());
    same(&repo.beside().path, cache.path());
}

/// In which of the two checkouts something happens.
fn anywhere() -> impl Strategy<Value = (bool, Event)> {
    // A branch can be in one checkout only.
    let stays = |event: &Event| !matches!(event, Event::Branch(_) | Event::Checkout);
    (any::<bool>(), event().prop_filter("a branch", stays))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 40, ..ProptestConfig::default() })]
    #[test]
    fn two_checkouts_do_not_disturb_each_other(events in prop::collection::vec(anywhere(), 1..10)) {
        let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
        let other = repo.beside();
        for (here, event) in &events {
            happen(if *here { &repo } else { &other }, event);
            same(&repo.path, cache.path());
            same(&other.path, cache.path());
        }
    }
}
