//! What another checkout found is believed of the same content, and of nothing else.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use text::FileId;

use super::{Found, Gated, MANY, States};
use crate::cache::{Cache, CacheOptions};
use crate::walk::walk;

/// Two checkouts of a repository with many sources, and what is kept of them.
struct Two {
    dir: tempfile::TempDir,
}

impl Two {
    /// `config` comes before anything is written.
    fn new(config: &[[&str; 2]]) -> Self {
        let two = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir_all(two.one().join("src")).unwrap();
        git(&two.one(), &["init", "-q", "-b", "main"]);
        for [key, value] in config {
            git(&two.one(), &["config", key, value]);
        }
        for number in 0..MANY * 2 {
            two.write(&two.one(), &name(number), &format!("# {number}\n"));
        }
        git(&two.one(), &["add", "-A"]);
        git(&two.one(), &["commit", "-q", "-m", "all"]);
        two.settle();
        let other = two.other();
        git(
            &two.one(),
            &[
                "worktree",
                "add",
                "-q",
                "-b",
                "other",
                other.to_str().unwrap(),
            ],
        );
        two.settle();
        // The last files are as new as the index.
        refresh(&other);
        two
    }

    fn one(&self) -> PathBuf {
        self.dir.path().join("one")
    }

    fn other(&self) -> PathBuf {
        self.dir.path().join("other")
    }

    fn write(&self, root: &Path, path: &str, text: &str) {
        std::fs::write(root.join(path), text).unwrap();
        self.settle();
    }

    /// Until the clock of the disk has gone on.
    fn settle(&self) {
        let probe = self.dir.path().join("probe");
        let now = || {
            std::fs::write(&probe, "").unwrap();
            std::fs::metadata(&probe).unwrap().modified().unwrap()
        };
        let before = now();
        while now() == before {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// All sources of a checkout as the gate meets them, by path.
    fn gated(&self, root: &Path, gate: u128, words: &[&str]) -> (Gated, Vec<(FileId, String)>) {
        let options = CacheOptions {
            directory: self.dir.path().join("kept"),
            build: "this".to_owned(),
            settled: Duration::ZERO,
        };
        let roots = [root.to_owned()];
        let cache = Arc::new(Cache::open(&options, &roots));
        let began = cache.began(SystemTime::now() + Duration::from_secs(1));
        let mut states = States::default();
        let mut files = Vec::new();
        let listing = walk(&roots, &[]).remove(0);
        for (number, entry) in (0..).map(FileId).zip(&listing.files) {
            states.add(number, (0, &entry.path), entry.stamp, began);
            if code::is_source_path(&entry.path) {
                files.push((number, entry.path.clone()));
            }
        }
        let words = words.iter().map(|&word| word.to_owned()).collect();
        let ids = files.iter().map(|(file, _)| *file);
        let gated = Gated::new(cache, Arc::new(states), gate, Some(words), ids);
        (gated, files)
    }

    /// Finds something different in each source of the first checkout.
    fn look_into_one(&self) {
        let (gated, files) = self.gated(&self.one(), 7, &["a", "b"]);
        for (file, path) in &files {
            gated.keep(*file, found(path));
        }
        gated.save();
    }

    /// What is not known of the second.
    fn unknown(&self) -> BTreeSet<String> {
        let (gated, files) = self.gated(&self.other(), 7, &["a", "b"]);
        let unknown = files.into_iter().filter(|(file, path)| {
            let known = gated.known(*file);
            assert!(known.is_none_or(|known| *known == found(path)), "{path}");
            known.is_none()
        });
        unknown.map(|(_, path)| path).collect()
    }
}

fn name(number: usize) -> String {
    format!("src/s{number}.py")
}

/// Something that tells one file from others.
fn found(path: &str) -> Found {
    let number = path.bytes().map(u32::from).sum::<u32>();
    Found {
        mentions: Some(number.is_multiple_of(2)),
        words: Some((vec![number % 2], false)),
        ..Found::default()
    }
}

fn git(at: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(arguments)
        .current_dir(at)
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .status()
        .unwrap();
    assert!(done.success(), "git {arguments:?}");
}

/// The index is written anew.
fn refresh(at: &Path) {
    let again = ["update-index", "-q", "--refresh", "--force-write-index"];
    git(at, &again);
}

fn set<const N: usize>(paths: [&str; N]) -> BTreeSet<String> {
    paths.map(str::to_owned).into()
}

#[test]
fn the_same_content_is_not_looked_into_again() {
    let two = Two::new(&[]);
    assert_eq!(two.unknown().len(), MANY * 2, "nobody looked");
    two.look_into_one();
    assert_eq!(two.unknown(), set([]));
    // From then on it is known of the checkout itself.
    let (gated, _) = two.gated(&two.other(), 7, &["a", "b"]);
    gated.save();
    for (path, _) in crate::cache_files(&two.dir.path().join("kept")) {
        if path.extension().is_some_and(|ending| ending == "verdicts") {
            std::fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(two.unknown(), set([]));
}

#[test]
fn what_changed_is_looked_into() {
    let two = Two::new(&[]);
    two.look_into_one();
    let other = two.other();
    two.write(&other, "src/s1.py", "# other\n");
    // As long, and with the time it had.
    let path = other.join("src/s2.py");
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    two.write(&other, "src/s2.py", "# 3\n");
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(time).unwrap();
    // New, and in no commit.
    two.write(&other, "src/new.py", "# 4\n");
    // Moved over another.
    std::fs::rename(other.join("src/s5.py"), other.join("src/s6.py")).unwrap();
    // Committed.
    two.write(&other, "src/s7.py", "# seven\n");
    git(&other, &["commit", "-q", "-m", "seven", "--", "src/s7.py"]);
    let changed = [
        "src/s1.py",
        "src/s2.py",
        "src/new.py",
        "src/s6.py",
        "src/s7.py",
    ];
    assert_eq!(two.unknown(), set(changed));
}

#[test]
fn what_moved_keeps_what_was_found() {
    let two = Two::new(&[]);
    let (gated, files) = two.gated(&two.one(), 7, &[]);
    let all = Found {
        mentions: Some(true),
        ..Found::default()
    };
    for (file, _) in &files {
        gated.keep(*file, all.clone());
    }
    gated.save();
    let other = two.other();
    // Another language reads the same text in another way.
    for (from, to) in [("src/s1.py", "src/t1.py"), ("src/s2.py", "src/t2.rb")] {
        std::fs::rename(other.join(from), other.join(to)).unwrap();
    }
    git(&other, &["add", "-A"]);
    two.settle();
    refresh(&other);
    let (gated, files) = two.gated(&other, 7, &[]);
    let unknown = files
        .iter()
        .filter(|(file, _)| gated.known(*file).is_none());
    let unknown: Vec<&str> = unknown.map(|(_, path)| path.as_str()).collect();
    assert_eq!(unknown, ["src/t2.rb"]);
}

#[test]
fn an_index_as_new_as_a_file_tells_nothing_of_it() {
    let two = Two::new(&[]);
    two.look_into_one();
    // Git's index was written when the file was: it may have been changed behind its back.
    let time = std::fs::metadata(two.other().join("src/s3.py")).unwrap();
    let index = two.one().join(".git/worktrees/other/index");
    let file = std::fs::File::options().write(true).open(index).unwrap();
    file.set_modified(time.modified().unwrap()).unwrap();
    assert!(two.unknown().contains("src/s3.py"));
}

#[test]
fn files_that_a_program_made_are_looked_into() {
    let two = Two::new(&[]);
    two.look_into_one();
    git(&two.one(), &["config", "filter.turn.smudge", "tr 12 21"]);
    assert_eq!(two.unknown().len(), MANY * 2);
    git(&two.one(), &["config", "--remove-section", "filter.turn"]);
    assert_eq!(two.unknown(), set([]));
    // A short file may be the note of a large one.
    git(
        &two.one(),
        &["config", "filter.lfs.smudge", "git-lfs smudge"],
    );
    assert_eq!(two.unknown().len(), MANY * 2);
}

#[test]
fn other_line_ends_are_another_content() {
    let two = Two::new(&[]);
    two.look_into_one();
    git(&two.one(), &["config", "core.autocrlf", "true"]);
    let other = two.other();
    std::fs::remove_dir_all(other.join("src")).unwrap();
    git(&other, &["checkout", "-q", "--", "."]);
    two.settle();
    refresh(&other);
    let text = std::fs::read(other.join("src/s1.py")).unwrap();
    assert_eq!(text, b"# 1\r\n");
    assert_eq!(two.unknown().len(), MANY * 2);
}

#[test]
fn a_sparse_checkout_is_known_as_far_as_it_goes() {
    let two = Two::new(&[]);
    two.look_into_one();
    let other = two.other();
    git(
        &other,
        &["sparse-checkout", "set", "--no-cone", "/*", "!/src/s3*.py"],
    );
    assert!(!other.join("src/s31.py").exists());
    // It stands in the place of what is left out.
    two.write(&other, "src/s3.py", "# three\n");
    assert_eq!(two.unknown(), set(["src/s3.py"]));
}

#[test]
fn another_gate_and_new_words_are_asked_anew() {
    let two = Two::new(&[]);
    two.look_into_one();
    let known = |gate: u128, words: &[&str]| {
        let (gated, files) = two.gated(&two.other(), gate, words);
        let (file, path) = &files[0];
        (gated.known(*file).cloned(), found(path))
    };
    assert_eq!(known(8, &["a", "b"]).0, None);
    // In another order they have other numbers.
    let (now, then) = known(7, &["b", "a"]);
    let turned = then.words.map(|(words, more)| (vec![1 - words[0]], more));
    assert_eq!(now.unwrap().words, turned);
    let (now, then) = known(7, &["a", "b", "c"]);
    assert_eq!(
        now.map(|now| (now.mentions, now.words)),
        Some((then.mentions, None))
    );
}

#[test]
fn a_damaged_file_tells_nothing() {
    let two = Two::new(&[]);
    two.look_into_one();
    let kept = two.dir.path().join("kept");
    let mut files = crate::cache_files(&kept).into_iter().map(|(path, _)| path);
    let shared = files.find(|path| path.extension().is_some_and(|it| it == "verdicts"));
    let shared = shared.unwrap();
    let whole = std::fs::read(&shared).unwrap();
    for length in [0, 7, 48, 60, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&shared, &whole[..length]).unwrap();
        assert_eq!(two.unknown().len(), MANY * 2);
    }
    for at in (0..whole.len()).step_by(whole.len() / 20) {
        let mut flipped = whole.clone();
        flipped[at] ^= 4;
        std::fs::write(&shared, flipped).unwrap();
        assert_eq!(two.unknown().len(), MANY * 2);
    }
    std::fs::write(&shared, whole).unwrap();
    assert_eq!(two.unknown(), set([]));
}
