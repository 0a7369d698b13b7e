//! Every input that was kept is tried again: what the fuzzer found interesting (`corpus/`), and what it found wrong
//! once (`found/`).
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

fn kept(kind: &str, target: &str) -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(entries) = std::fs::read_dir(here.join(kind).join(target)) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Tries the inputs of a target; the names of those that failed.
fn failed(target: &str) -> Vec<String> {
    let (_, run) = fuzz::TARGETS
        .iter()
        .find(|(name, _)| *name == target)
        .unwrap_or_else(|| panic!("no target {target}"));
    let corpus = kept("corpus", target);
    assert!(!corpus.is_empty(), "no corpus of {target}");
    let mut failed = Vec::new();
    for path in corpus.iter().chain(&kept("found", target)) {
        let bytes = std::fs::read(path).unwrap();
        if catch_unwind(|| run(&bytes)).is_err() {
            failed.push(path.display().to_string());
        }
    }
    failed
}

macro_rules! targets {
    ($($target:ident)*) => {
        $(
            #[test]
            fn $target() {
                assert_eq!(failed(stringify!($target)), [""; 0]);
            }
        )*

        /// The list above, the library's and the fuzzer's programs are the same.
        #[test]
        fn every_target_is_everywhere() {
            let names: Vec<&str> = fuzz::TARGETS.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, [$(stringify!($target)),*]);
            let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("libfuzzer/Cargo.toml");
            let manifest = std::fs::read_to_string(manifest).unwrap();
            let programs: Vec<&str> = manifest
                .lines()
                .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
                .skip(1)
                .collect();
            assert_eq!(names, programs);
        }
    };
}

targets! {
    line comment positions data settings speckit kiro openspec source manifests reports answers edits wire protocol
    cache published
}
