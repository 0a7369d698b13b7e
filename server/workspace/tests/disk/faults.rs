//! A disk that does not hold still.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::Repo;
use workspace::{ReadOutcome, SOURCE_LIMIT, Snapshot, read_source};

const SPEC: &str = "# Feature Specification: Login\n\n- **FR-001**: Codes MUST be sent.\n";

/// Files, and features with what mentions their items.
fn world(snapshot: &Snapshot) -> Vec<String> {
    let inputs = snapshot.graph.inputs();
    let files = inputs.tree.files();
    let mut all: Vec<String> = files.map(|(_, _, path)| path.to_string()).collect();
    for (file, source) in &inputs.sources {
        let mentions = source.facts.mentions.len();
        all.push(format!("{}: {mentions}", inputs.tree.path_str(*file)));
    }
    all.sort();
    all
}

#[test]
fn a_file_that_grows_while_it_is_read_is_read_up_to_somewhere_or_refused() {
    const LINE: &[u8] = b"0123456789abcde\n";
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log.py");
    fs::write(&path, LINE).unwrap();
    let refused = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::File::options().append(true).open(&path).unwrap();
            let block = LINE.repeat(4096);
            // Until it is longer than what is read, and the reader has seen it.
            while !refused.load(Ordering::Relaxed) {
                if file.metadata().unwrap().len() <= SOURCE_LIMIT {
                    file.write_all(&block).unwrap();
                }
            }
        });
        loop {
            match read_source(&path) {
                ReadOutcome::Text(read) => {
                    assert!(read.text.len() as u64 <= SOURCE_LIMIT);
                    let expected = LINE.iter().cycle().take(read.text.len());
                    assert!(read.text.bytes().eq(expected.copied()));
                }
                ReadOutcome::TooLarge { len } => {
                    assert!(len > SOURCE_LIMIT);
                    refused.store(true, Ordering::Relaxed);
                    break;
                }
                other => {
                    refused.store(true, Ordering::Relaxed);
                    panic!("{other:?}");
                }
            }
        }
    });
}

#[test]
fn directories_that_vanish_while_they_are_walked_leave_nothing_behind() {
    let repo = Repo::new();
    repo.write("specs/001-a/spec.md", SPEC)
        .write("src/a.py", "# specs/001-a FR-001\n");
    let before = world(&repo.scanned().finish(true));
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                for number in 0..20 {
                    let source = format!("src/gone/{number}/deep/b.py");
                    repo.write(&source, "# specs/001-a FR-001\n");
                    repo.write(&format!("specs/{:03}-b/spec.md", number + 2), SPEC);
                }
                fs::remove_dir_all(repo.path.join("src/gone")).unwrap();
                for number in 0..20 {
                    let feature = format!("specs/{:03}-b", number + 2);
                    fs::remove_dir_all(repo.path.join(feature)).unwrap();
                }
            }
        });
        let mut told = repo.scanned();
        for _ in 0..12 {
            let seen = repo.scanned().finish(true);
            assert!(world(&seen).contains(&"specs/001-a/spec.md".to_owned()));
            told.files_changed(&[repo.path.join("src"), repo.path.join("specs")]);
            told.apply();
        }
        ended.store(true, Ordering::Relaxed);
    });
    assert_eq!(world(&repo.scanned().finish(true)), before);
}

#[test]
fn a_hundred_thousand_changes_at_once_are_what_a_scan_would_find() {
    let repo = Repo::new();
    repo.write("specs/001-a/spec.md", SPEC)
        .write("src/a.py", "def a():\n    pass\n")
        .write("src/gone.py", "# specs/001-a FR-001\n");
    let mut host = repo.scanned();
    host.finish(true);
    repo.write("src/a.py", "# specs/001-a FR-001\ndef a():\n    pass\n")
        .write("src/new/b.py", "# specs/001-a FR-001\n")
        .remove("src/gone.py");
    // Of most of them nothing is left: a build that came and went.
    let passing = (0..100_000).map(|number| format!("out/{}/{number}.py", number % 100));
    let there = ["src/a.py", "src/new/b.py", "src/gone.py"].map(str::to_owned);
    let told: Vec<PathBuf> = passing
        .chain(there)
        .map(|path| repo.path.join(path))
        .collect();
    host.files_changed(&told);
    assert_eq!(world(&host.apply()), world(&repo.scanned().finish(true)));
}
