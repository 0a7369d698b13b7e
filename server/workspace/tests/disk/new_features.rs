//! Which features are new since the merge base.

use workspace::{Host, Options};

use crate::support::Repo;

/// Each feature and whether git says that it is new.
fn features(host: &mut Host) -> Vec<(String, Option<bool>)> {
    let snapshot = host.apply();
    let features = snapshot.graph.features().iter();
    features
        .map(|feature| (feature.name.to_string(), feature.is_new))
        .collect()
}

fn scanned(repo: &Repo) -> Host {
    let mut host = Host::new(Options {
        roots: vec![repo.path.canonicalize().unwrap()],
        ..Options::default()
    });
    host.scan();
    host
}

fn named(name: &str, is_new: bool) -> (String, Option<bool>) {
    (name.to_owned(), Some(is_new))
}

#[test]
fn an_edit_makes_no_feature_new_and_a_new_name_does() {
    let repo = Repo::new();
    repo.write("specs/001-a/spec.md", "# A\n")
        .write("specs/001-a/plan.md", "# P\n")
        .write("specs/002-b/spec.md", "# B\n")
        .commit("base");
    let mut host = scanned(&repo);
    assert_eq!(
        features(&mut host),
        [named("001-a", false), named("002-b", false)]
    );
    let root = repo.path.canonicalize().unwrap();
    let mut changed = |path: &str, text: &str| {
        repo.write(path, text);
        host.files_changed(&[root.join(path)]);
        features(&mut host)
    };
    assert_eq!(
        changed("specs/001-a/spec.md", "# A, edited\n")[0],
        named("001-a", false)
    );
    assert_eq!(
        changed("specs/001-a/tasks.md", "# T\n")[0],
        named("001-a", false),
        "one new document of an old feature"
    );
    assert_eq!(
        changed("specs/001-c/spec.md", "# C\n")[1],
        named("001-c", true)
    );
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.rename("specs/002-b/spec.md", "specs/003-b/spec.md")
        .commit("renumber");
    assert_eq!(
        features(&mut scanned(&repo)),
        [
            named("001-a", false),
            named("001-c", true),
            named("003-b", true)
        ]
    );
}

#[test]
fn without_git_nothing_is_known() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("specs/001-a")).unwrap();
    std::fs::write(dir.path().join("specs/001-a/spec.md"), "# A\n").unwrap();
    let mut host = Host::new(Options {
        roots: vec![dir.path().canonicalize().unwrap()],
        ..Options::default()
    });
    host.scan();
    assert_eq!(features(&mut host), [("001-a".to_owned(), None)]);
}
