//! What is kept from run to run never shows: with it and without it the answers are the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::support::Repo;
use proptest::prelude::*;
use workspace::{CacheOptions, Host, Options, cache_files, clear_cache, verify_cache};

/// A report of what findings need, and one of all sources.
const KEYS: [u128; 2] = [7, 8];

pub(crate) fn options(directory: &Path) -> CacheOptions {
    CacheOptions {
        directory: directory.to_owned(),
        build: "this".to_owned(),
        // A run lies between any two changes here.
        settled: Duration::ZERO,
    }
}

/// What all questions to disk and git gave, and whether it was kept from an earlier run.
fn run(root: &Path, cache: Option<CacheOptions>) -> (String, bool) {
    let (some, one) = run_for(KEYS[0], root, cache.clone());
    let (all, other) = run_for(KEYS[1], root, cache);
    (format!("{some}\n\n{all}"), one && other)
}

fn run_for(key: u128, root: &Path, cache: Option<CacheOptions>) -> (String, bool) {
    let mut host = Host::new(Options {
        roots: vec![root.to_owned()],
        cache,
        ..Options::default()
    });
    if let Some(memo) = host.recall(key) {
        assert_eq!(memo.code, 3);
        return (memo.out, true);
    }
    let all = key == KEYS[1];
    if all {
        host.scan();
    } else {
        host.scan_documents();
    }
    let snapshot = host.finish(all);
    let graph = &snapshot.graph;
    let mut lines: Vec<String> = Vec::new();
    for feature in graph.features() {
        let paths = feature.paths.iter().map(|link| &link.resolution);
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?}",
            feature.path,
            feature.state,
            feature.claims,
            paths.collect::<Vec<_>>(),
            feature.tasks
        ));
    }
    let mut sources: Vec<String> = graph
        .inputs()
        .sources
        .iter()
        .map(|(file, source)| format!("{} {:?}", graph.inputs().tree.path_str(*file), source.facts))
        .collect();
    sources.sort();
    lines.extend(sources);
    let history = &graph.inputs().history;
    let fates = history.fates.iter().map(|each| format!("{each:?}"));
    let words = history.words.iter().map(|each| format!("{each:?}"));
    let past = history.word_pasts.iter().map(|each| format!("{each:?}"));
    let mut answers: Vec<String> = fates.chain(words).chain(past).collect();
    answers.sort();
    lines.extend(answers);
    lines.push(format!("{:?}", snapshot.report));
    let out = lines.join("\n");
    host.keep(key, &out, 3);
    (out, false)
}

/// The same with and without what is kept in `cache`.
pub(crate) fn same(root: &Path, cache: &Path) -> bool {
    let (warm, recalled) = run(root, Some(options(cache)));
    let (cold, _) = run(root, None);
    assert_eq!(warm, cold);
    recalled
}

const TASKS: &str = "# Tasks: A\n\n## Phase 1: Work\n\n\
    - [x] T001 Add `make_it()` in `src/a.py`\n\
    - [x] T002 Write `src/gone.py` and `src/moved.py`\n\
    - [x] T003 Write `src/never.py`, `out/made.py` and `.hidden/b.py`\n\
    - [ ] T004 Change `src/b.py`\n";

pub(crate) fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("specs/001-a/tasks.md", TASKS)
        .write("specs/001-a/spec.md", "# Feature Specification: A\n")
        .write("src/a.py", "def make_it():\n    pass\n")
        .write("src/b.py", "def b():\n    pass\n")
        .write("src/gone.py", "gone = 1\n")
        .write("src/old.py", "old = 1\nmore = 2\nand = 3\n")
        .write(".gitignore", "out/\n");
    repo.commit("add");
    repo.remove("src/gone.py")
        .rename("src/old.py", "src/moved.py");
    repo.write("src/a.py", "def made_it():\n    pass\n");
    repo.commit("change");
    repo
}

#[test]
fn an_unchanged_workspace_is_not_read_again() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    assert!(!same(&repo.path, cache.path()));
    assert!(same(&repo.path, cache.path()), "kept");
    // What git said is kept by itself: another report of the same commit.
    repo.write("src/c.py", "c = 1\n");
    assert!(!same(&repo.path, cache.path()));
    assert!(same(&repo.path, cache.path()));
    assert_eq!(cache_files(cache.path()).len(), FILES);
}

#[test]
fn before_the_first_commit_it_is_kept_as_well() {
    let (repo, cache) = (Repo::new(), tempfile::tempdir().unwrap());
    repo.write("specs/001-a/tasks.md", TASKS)
        .write("src/a.py", "def make_it():\n    pass\n");
    assert!((0..20).any(|_| same(&repo.path, cache.path())));
    repo.commit("first");
    assert!(!same(&repo.path, cache.path()), "history begins");
}

#[test]
fn what_was_changed_a_moment_ago_is_not_believed() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    let options = || CacheOptions {
        settled: Duration::from_secs(3600),
        ..options(cache.path())
    };
    assert!(!run(&repo.path, Some(options())).1);
    assert!(!run(&repo.path, Some(options())).1);
}

/// Takes an object that lies by itself away; it comes back with what is given back.
fn without_object(repo: &Repo, name: &str) -> (PathBuf, Vec<u8>) {
    let id = repo.git(&["rev-parse", name]);
    let place = repo.path.join(".git/objects").join(&id[..2]).join(&id[2..]);
    let bytes = fs::read(&place).unwrap();
    fs::remove_file(&place).unwrap();
    (place, bytes)
}

#[test]
fn a_history_that_lacks_objects_is_no_reason_to_read_all_again() {
    for lacking in ["HEAD~1^{tree}", "HEAD~1", "HEAD~1:src/a.py"] {
        let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
        let (place, bytes) = without_object(&repo, lacking);
        assert!(!same(&repo.path, cache.path()), "{lacking}");
        // A moment ago the object was taken away.
        assert!((0..20).any(|_| same(&repo.path, cache.path())), "{lacking}");
        fs::write(&place, bytes).unwrap();
        assert!(!same(&repo.path, cache.path()), "{lacking} came");
        let fate = run(&repo.path, None).0;
        assert!(fate.contains("Deleted"), "{lacking}: {fate}");
    }
}

#[test]
fn objects_that_are_borrowed_may_come_and_go() {
    let (owner, cache) = (repo(), tempfile::tempdir().unwrap());
    let clone = tempfile::tempdir().unwrap();
    let to = clone.path().join("clone");
    let from = owner.path.to_str().unwrap();
    owner.git(&["clone", "-q", "--shared", from, to.to_str().unwrap()]);
    let (place, bytes) = without_object(&owner, "HEAD~1^{tree}");
    assert!(!same(&to, cache.path()));
    assert!((0..20).any(|_| same(&to, cache.path())));
    fs::write(&place, bytes).unwrap();
    assert!(
        !same(&to, cache.path()),
        "it came where it is borrowed from"
    );
    owner.git(&["repack", "-q", "-a", "-d"]);
    assert!(!same(&to, cache.path()), "its packs are others");
}

/// Something that happens to a workspace.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    Write(usize, u8),
    /// Other bytes of the same length.
    Same(usize),
    Touch(usize),
    Remove(usize),
    Rename(usize, usize),
    Commit,
    Branch(u8),
    Checkout,
    Nothing,
}

const PATHS: [&str; 11] = [
    "src/a.py",
    "src/b.py",
    "src/never.py",
    "src/gone.py",
    "specs/001-a/tasks.md",
    "specs/001-a/spec.md",
    "specs/002-b/tasks.md",
    "out/made.py",
    ".hidden/b.py",
    ".gitignore",
    "spec-analyzer.toml",
];

fn text(path: &str, of: u8) -> String {
    match path {
        "spec-analyzer.toml" => "[check]\n".to_owned(),
        ".gitignore" => ["out/\n", "src/n*\n", "\n"][usize::from(of % 3)].to_owned(),
        path if path.ends_with("tasks.md") => {
            let tick = if of.is_multiple_of(2) { "x" } else { " " };
            format!(
                "{TASKS}- [{tick}] T00{} Add `word{}()` in `src/b.py`\n",
                of % 9,
                of % 3
            )
        }
        path if path.ends_with("spec.md") => format!(
            "# Feature Specification: A{of}\n\n- **FR-00{}**: It MUST be.\n",
            of % 3
        ),
        _ if of.is_multiple_of(3) => format!("# specs/001-a FR-00{}\n", of % 4),
        _ => format!("def word{}():\n    return {of}\n", of % 4),
    }
}

pub(crate) fn happen(repo: &Repo, event: &Event) {
    let at = |path: &str| repo.path.join(path);
    match event {
        Event::Write(path, of) => {
            repo.write(PATHS[*path], &text(PATHS[*path], *of));
        }
        Event::Same(path) => {
            if let Ok(bytes) = fs::read(at(PATHS[*path])) {
                let turned = |byte: u8| match byte {
                    b'x' => b' ',
                    b'1' => b'2',
                    b'2' => b'1',
                    other => other,
                };
                let turned: Vec<u8> = bytes.into_iter().map(turned).collect();
                let time = fs::metadata(at(PATHS[*path])).unwrap().modified().unwrap();
                fs::write(at(PATHS[*path]), turned).unwrap();
                // As tools do that keep times.
                let file = fs::File::options()
                    .write(true)
                    .open(at(PATHS[*path]))
                    .unwrap();
                file.set_modified(time).unwrap();
            }
        }
        Event::Touch(path) => {
            if let Ok(file) = fs::File::options().write(true).open(at(PATHS[*path])) {
                file.set_modified(std::time::SystemTime::now()).unwrap();
            }
        }
        Event::Remove(path) => drop(fs::remove_file(at(PATHS[*path]))),
        Event::Rename(from, to) => {
            fs::create_dir_all(at(PATHS[*to]).parent().unwrap()).unwrap();
            drop(fs::rename(at(PATHS[*from]), at(PATHS[*to])));
        }
        Event::Commit => drop(repo.commit("more")),
        Event::Branch(number) => {
            repo.git(&["checkout", "-q", "-B", &format!("b{number}")]);
        }
        Event::Checkout => {
            repo.git(&["checkout", "-q", "-f", "main"]);
        }
        Event::Nothing => {}
    }
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    let path = || 0..PATHS.len();
    prop_oneof![
        4 => (path(), any::<u8>()).prop_map(|(path, of)| Event::Write(path, of)),
        3 => path().prop_map(Event::Same),
        1 => path().prop_map(Event::Touch),
        2 => path().prop_map(Event::Remove),
        2 => (path(), path()).prop_map(|(from, to)| Event::Rename(from, to)),
        2 => Just(Event::Commit),
        1 => (0..3_u8).prop_map(Event::Branch),
        1 => Just(Event::Checkout),
        1 => Just(Event::Nothing),
    ]
}

/// Windows has no time of the last change of anything about a file.
#[cfg(unix)]
#[test]
fn an_edit_of_the_same_length_that_keeps_the_time_is_seen() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    assert!((0..20).any(|_| same(&repo.path, cache.path())));
    let before = run(&repo.path, None).0;
    happen(&repo, &Event::Same(4));
    assert!(!same(&repo.path, cache.path()));
    assert_ne!(run(&repo.path, None).0, before, "it is no edit");
}

#[test]
fn a_clock_that_goes_back_hides_no_change() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    assert!((0..20).any(|_| same(&repo.path, cache.path())));
    let hour = Duration::from_secs(3600);
    let written = |time: std::time::SystemTime, of: u8| {
        repo.write("specs/001-a/tasks.md", &text("specs/001-a/tasks.md", of));
        let tasks = repo.path.join("specs/001-a/tasks.md");
        let file = fs::File::options().write(true).open(tasks).unwrap();
        file.set_modified(time).unwrap();
    };
    let now = std::time::SystemTime::now();
    // Written while the clock was an hour behind: older than what was there.
    written(now - hour, 1);
    assert!(!same(&repo.path, cache.path()));
    // Written while it was ahead: nothing can be told from such a time, so nothing is kept.
    written(now + hour, 2);
    assert!(!same(&repo.path, cache.path()));
    assert!(!same(&repo.path, cache.path()));
    written(now - hour, 3);
    assert!((0..20).any(|_| same(&repo.path, cache.path())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]
    #[test]
    fn warm_is_cold(events in prop::collection::vec(event(), 1..14)) {
        let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
        for event in &events {
            happen(&repo, event);
            same(&repo.path, cache.path());
            // A clock that was set back makes files too fresh for a while.
            let recalled = (0..20).any(|_| same(&repo.path, cache.path()));
            assert!(recalled, "{event:?} keeps nothing");
        }
    }
}

/// How many files are kept of a workspace.
const FILES: usize = if cfg!(target_os = "linux") { 6 } else { 5 };

/// The file of reports in a cache.
fn file(cache: &Path) -> PathBuf {
    let mut files = cache_files(cache).into_iter().map(|(path, _)| path);
    files
        .find(|path| path.extension().is_some_and(|it| it == "cache"))
        .unwrap()
}

#[test]
fn a_damaged_file_is_made_anew() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    let settle = || assert!((0..20).any(|_| same(&repo.path, cache.path())));
    settle();
    let roots = [repo.path.clone()];
    let files = cache_files(cache.path());
    assert_eq!(files.len(), FILES);
    for (path, _) in files {
        let whole = fs::read(&path).unwrap();
        let damage = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            assert!(verify_cache(&options(cache.path()), &roots).is_err());
            // So that all is needed.
            repo.write(
                "src/c.py",
                &format!("c = {:?}\n", std::time::Instant::now()),
            );
            if path.extension().is_some_and(|it| it == "commits") {
                // History is read only where git's answers are not known.
                repo.commit("more");
            }
            same(&repo.path, cache.path());
            let kept = verify_cache(&options(cache.path()), &roots).unwrap();
            assert!(kept.is_some_and(|len| len > 100));
            settle();
        };
        for length in [0, 7, 40, whole.len() / 2, whole.len() - 1] {
            damage(&whole[..length]);
        }
        for at in (0..whole.len()).step_by(whole.len() / 5 + 1) {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            damage(&flipped);
        }
        let longer = [whole.as_slice(), b"more"].concat();
        damage(&longer);
    }
}

#[test]
fn another_build_reads_none_of_it() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    same(&repo.path, cache.path());
    let other = CacheOptions {
        build: "other".to_owned(),
        ..options(cache.path())
    };
    assert!(!run(&repo.path, Some(other.clone())).1);
    assert!(run(&repo.path, Some(other)).1);
    assert!(!same(&repo.path, cache.path()));
}

#[test]
fn a_directory_that_refuses_changes_nothing() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    // Below a file nothing can be made.
    let taken = cache.path().join("taken");
    fs::write(&taken, "").unwrap();
    assert!(!same(&repo.path, &taken.join("cache")));
    assert!(!same(&repo.path, &taken.join("cache")));
    // In the place of the file stands a directory.
    let odd = cache.path().join("odd");
    fs::create_dir_all(options(&odd).file(std::slice::from_ref(&repo.path))).unwrap();
    assert!(!same(&repo.path, &odd));
    assert!(!same(&repo.path, &odd));
}

#[cfg(unix)]
#[test]
fn a_directory_that_is_read_only_changes_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    fs::set_permissions(cache.path(), fs::Permissions::from_mode(0o500)).unwrap();
    same(&repo.path, cache.path());
    same(&repo.path, cache.path());
    fs::set_permissions(cache.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    assert!((0..20).any(|_| same(&repo.path, cache.path())));
    // Git is asked nothing new.
    let rests = |path: &PathBuf| {
        path.extension()
            .is_some_and(|it| it == "history" || it == "commits")
    };
    let files = || {
        let files = cache_files(cache.path()).into_iter();
        files.map(|(path, _)| path).filter(|path| !rests(path))
    };
    let read = || files().map(|path| fs::read(path).unwrap());
    let before: Vec<_> = read().collect();
    assert_eq!(before.len(), FILES - 2);
    // What is written beside goes to a disk that is full.
    let beside: Vec<PathBuf> = files()
        .map(|path| PathBuf::from(format!("{}.new", path.display())))
        .collect();
    for beside in &beside {
        std::os::unix::fs::symlink("/dev/full", beside).unwrap();
    }
    repo.write("src/c.py", "c = 1\n")
        .write("src/a.py", "def made_it():\n    return 1\n");
    std::thread::sleep(Duration::from_millis(25));
    // One run, which writes each file once.
    assert!(!run_for(KEYS[0], &repo.path, Some(options(cache.path()))).1);
    assert!(read().eq(before));
    assert!(!beside.iter().any(|beside| beside.is_symlink()));
    // There is room again.
    assert!(!same(&repo.path, cache.path()));
    assert!(same(&repo.path, cache.path()));
}

#[test]
fn two_at_once() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    let (cold, _) = run(&repo.path, None);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..6 {
                    assert_eq!(run(&repo.path, Some(options(cache.path()))).0, cold);
                    // Sometimes there is none, sometimes it is of another build.
                    let other = CacheOptions {
                        build: "other".to_owned(),
                        ..options(cache.path())
                    };
                    assert_eq!(run(&repo.path, Some(other)).0, cold);
                }
            });
        }
    });
    assert!(same(&repo.path, cache.path()) || same(&repo.path, cache.path()));
}

#[test]
fn it_is_the_owners_and_goes_away() {
    let (repo, cache) = (repo(), tempfile::tempdir().unwrap());
    let below = cache.path().join("a/b");
    same(&repo.path, &below);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&below), 0o700);
        assert_eq!(mode(&file(&below)), 0o600);
    }
    fs::write(below.join("else.txt"), "mine").unwrap();
    let options = options(&below);
    let other = vec![repo.path.join("src")];
    // What is known by content belongs to the repository, not to the folder.
    assert_eq!(clear_cache(&options, Some(&other)), Ok(3));
    assert_eq!(clear_cache(&options, None), Ok(FILES - 3));
    assert!(below.join("else.txt").exists());
    assert_eq!(
        verify_cache(&options, std::slice::from_ref(&repo.path)),
        Ok(None)
    );
    assert_eq!(clear_cache(&options, None), Ok(0));
    same(&repo.path, &below);
    let own = vec![repo.path.clone()];
    assert_eq!(clear_cache(&options, Some(&own)), Ok(FILES));
}
