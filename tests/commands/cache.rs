//! Reports that are kept for the next run.

use std::path::Path;
use std::time::Duration;

use super::sandbox::{Ran, run_cached};

const SPEC: &str = "# Feature Specification: A\n\n### User Story 1 - Log in (Priority: P1)\n";

fn workspace() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let feature = dir.path().join("specs/001-a");
    std::fs::create_dir_all(&feature).unwrap();
    std::fs::create_dir_all(dir.path().join(".specify")).unwrap();
    std::fs::write(feature.join("spec.md"), SPEC).unwrap();
    dir
}

fn recalled(ran: &Ran) -> bool {
    ran.err.contains("nothing has changed since the last run")
}

#[test]
fn an_unchanged_workspace_gives_the_report_it_gave() {
    let (dir, cache) = (workspace(), tempfile::tempdir().unwrap());
    let check = |more: &[&str]| {
        let arguments = [&["check", "--all", "--log", "info"], more].concat();
        run_cached(dir.path(), cache.path(), &arguments)
    };
    // So old that what is written at one go is told apart from what comes later.
    std::thread::sleep(Duration::from_millis(2100));
    for format in ["human", "json", "sarif", "junit", "markdown", "github"] {
        let arguments = ["--format", format];
        let first = check(&arguments);
        let again = check(&arguments);
        assert!(!recalled(&first), "{format}: {}", first.err);
        assert!(recalled(&again), "{format}: {}", again.err);
        assert_eq!((first.out, first.code), (again.out, again.code), "{format}");
    }
    let human = check(&[]);
    let without = check(&["--no-cache"]);
    assert!(recalled(&human) && !recalled(&without));
    assert_eq!(human.out, without.out);
    // Other arguments, another report.
    assert!(!recalled(&check(&["--fail-on", "never"])));
    // Timings are of this run.
    assert!(!recalled(&check(&["--timings"])));
    let edited = SPEC.replace("P1", "P2");
    std::fs::write(dir.path().join("specs/001-a/spec.md"), edited).unwrap();
    assert!(!recalled(&check(&[])));
}

#[test]
fn a_source_that_says_nothing_is_not_opened_again() {
    let (dir, cache) = (workspace(), tempfile::tempdir().unwrap());
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("a.py", "a = 1\n");
    write("b.py", "b = 1\n");
    write("c.py", "# 001-a FR-001\n");
    // It looks as if it mentioned something that findings ask for, and does not.
    write("d.py", "# 001-a US1\n");
    std::thread::sleep(Duration::from_millis(2100));
    let opened = |count: &str| {
        let arguments = ["check", "--all", "--log", "info"];
        let ran = run_cached(dir.path(), cache.path(), &arguments);
        assert!(ran.err.contains(count), "{}", ran.err);
        let without = run_cached(dir.path(), cache.path(), &["check", "--all", "--no-cache"]);
        assert_eq!(ran.out, without.out);
    };
    opened("4 of 4 sources opened");
    write("b.py", "b = 12\n");
    opened("2 of 4 sources opened");
    // Too fresh to be believed.
    write("a.py", "# 001-a US9\n");
    opened("3 of 4 sources opened");
}

#[test]
fn nothing_is_written_where_none_is_wanted() {
    let (dir, cache) = (workspace(), tempfile::tempdir().unwrap());
    let empty = || std::fs::read_dir(cache.path()).unwrap().next().is_none();
    run_cached(dir.path(), cache.path(), &["check", "--all", "--no-cache"]);
    assert!(empty());
    run_cached(dir.path(), Path::new("off"), &["check", "--all"]);
    assert!(!dir.path().join("off").exists());
    let doctor = run_cached(dir.path(), Path::new("off"), &["doctor"]);
    assert!(
        doctor.out.contains("cache: switched off\n"),
        "{}",
        doctor.out
    );
}

#[test]
fn what_is_kept_can_be_shown_checked_and_removed() {
    let (dir, cache) = (workspace(), tempfile::tempdir().unwrap());
    let index = |more: &[&str]| run_cached(dir.path(), cache.path(), &[&["index"], more].concat());
    assert!(index(&[]).out.contains("this workspace: nothing is kept"));
    std::thread::sleep(Duration::from_millis(2100));
    run_cached(dir.path(), cache.path(), &["check", "--all"]);
    let shown = index(&["--stats"]).out;
    assert!(shown.contains("1 workspace, "), "{shown}");
    let doctor = run_cached(dir.path(), cache.path(), &["doctor"]).out;
    assert!(doctor.contains(shown.lines().next().unwrap()), "{doctor}");
    let sound = index(&["--verify"]);
    assert!(
        sound.code == 0 && sound.out.ends_with("is sound.\n"),
        "{}",
        sound.out
    );
    let file = std::fs::read_dir(cache.path()).unwrap().flatten();
    let file = file.map(|entry| entry.path());
    let file = file
        .into_iter()
        .find(|path| path.extension().is_some_and(|it| it == "cache"));
    std::fs::write(file.unwrap(), "what is this").unwrap();
    let damaged = index(&["--verify"]);
    assert!(
        damaged.code == 1 && damaged.out.contains("damaged"),
        "{}",
        damaged.out
    );
    // Another workspace's stay.
    let other = workspace();
    run_cached(other.path(), cache.path(), &["check", "--all"]);
    assert!(index(&["--clear"]).out.starts_with("Removed "));
    let left = index(&[]).out;
    assert!(
        left.contains("this workspace: nothing is kept") && left.contains(" 1 workspace, "),
        "{left}"
    );
    assert!(index(&["--clear", "--all"]).out.starts_with("Removed "));
    assert!(index(&[]).out.contains(" 0 workspaces, 0 bytes"));
}
