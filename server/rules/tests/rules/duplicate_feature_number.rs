use super::{knows, says};

const CODE: &str = "duplicate-feature-number";

fn features(paths: &[&str]) -> String {
    let specs = paths
        .iter()
        .map(|path| format!("//- /{path}/spec.md\n# About {path}\n"));
    specs.collect()
}

#[test]
fn two_features_with_one_number() {
    assert_eq!(
        says(
            CODE,
            &features(&["specs/007-login", "specs/007-notices", "specs/008-more"])
        ),
        [
            "[About specs/007-login] 007-login has the number 007, and so has 007-notices.",
            "[About specs/007-notices] 007-notices has the number 007, and so has 007-login."
        ]
    );
    let unnumbered = features(&["specs/-login", "specs/-notices"])
        + "//- /.specify/memory/constitution.md\n# Constitution\n";
    assert!(says(CODE, &unnumbered).is_empty());
    assert_eq!(knows(CODE, &unnumbered), (0, Vec::new()));
    // The number counts, not its digits.
    assert_eq!(
        says(CODE, &features(&["specs/7-login", "specs/007-notices"])).len(),
        2
    );
}

#[test]
fn three_features_with_one_number() {
    let paths: Vec<String> = (2..9).map(|number| format!("specs/00{number}-x")).collect();
    let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    paths.extend(["specs/002-y", "specs/002-z"]);
    assert_eq!(
        says(CODE, &features(&paths))[0],
        "[About specs/002-x] 002-x has the number 002, and so have 2 others, 002-y among them."
    );
}

#[test]
fn a_feature_that_work_was_done_for_keeps_its_name() {
    let done = format!(
        "{}//- /specs/007-login/tasks.md\n# Tasks: L\n\n- [x] T001 One\n- [ ] T002 Two\n",
        features(&["specs/007-login", "specs/007-notices"])
    );
    assert_eq!(says(CODE, &done).len(), 1);
}

#[test]
fn timestamps_other_directories_and_other_habits() {
    for paths in [
        [
            "specs/20260821-101500-login",
            "specs/20260821-114500-notices",
            "specs/001-x",
        ],
        [
            "specs/web/007-login",
            "specs/api/007-notices",
            "specs/001-x",
        ],
        [
            "specs/007-login",
            "specs/archive/007-notices",
            "specs/001-x",
        ],
    ] {
        assert!(says(CODE, &features(&paths)).is_empty(), "{paths:?}");
    }
    let same = features(&["specs/001-a", "specs/001-b", "specs/001-c", "specs/002-d"]);
    assert!(says(CODE, &same).is_empty());
    assert_eq!(
        knows(CODE, &same),
        (
            1,
            vec!["most features of the directory have the same number (1)".to_owned(); 3]
        )
    );
}
