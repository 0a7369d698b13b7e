//! The measure of suggestions must be able to fail, and must hide what it asks for.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod executable;

use std::path::{Path, PathBuf};

use accuracy::suggestions::{measure, text};
use tempfile::TempDir;

const SPEC: &str = "# Feature Specification: Lending\n\n## Requirements\n\n- **FR-001**: The desk MUST lend a book.\n\
    - **FR-002**: The desk MUST take a book back.\n";
const TASKS: &str = "# Tasks: Lending\n\n- [ ] T001 Lend a book (FR-001)\n- [ ] T002 Close the desk per FR-002\n\
    - [ ] T003 Take a book back\n";

fn repository() -> TempDir {
    let dir = TempDir::new().unwrap();
    let feature = dir.path().join("specs/001-lending");
    std::fs::create_dir_all(&feature).unwrap();
    std::fs::write(feature.join("spec.md"), SPEC).unwrap();
    std::fs::write(feature.join("tasks.md"), TASKS).unwrap();
    dir
}

/// A program that suggests the tasks of these lines for both requirements, unless its copy of the list still cites.
fn program(dir: &Path, lines: [usize; 2]) -> PathBuf {
    let candidate = |line: usize| {
        let point = format!("{{\"line\":{line},\"column\":1,\"byte\":0}}");
        format!(
            "{{\"kind\":\"task\",\"path\":\"specs/001-lending/tasks.md\",\
             \"range\":{{\"start\":{point},\"end\":{point}}},\"confident\":true}}"
        )
    };
    let suggestion = |id: &str, line: usize| {
        let candidate = candidate(line);
        format!(
            "{{\"item\":{{\"address\":\"specs/001-lending#{id}\"}},\"candidates\":[{candidate}]}}"
        )
    };
    let answer = [
        suggestion("FR-001", lines[0]),
        suggestion("FR-002", lines[1]),
    ]
    .join(",");
    let script = format!(
        "#!/bin/sh\nfor root; do :; done\ngrep -q FR- \"$root/specs/001-lending/tasks.md\" && exit 2\n\
         grep -q FR-001 \"$root/specs/001-lending/spec.md\" || exit 2\necho '{{\"suggestions\":[{answer}]}}'\n"
    );
    let path = dir.join("program");
    executable::write(&path, script);
    path
}

#[test]
fn right_and_wrong_answers_are_counted_beside_plain_bm25() {
    let (repository, dir) = (repository(), TempDir::new().unwrap());
    let of = |lines| measure(&program(dir.path(), lines), repository.path(), None).unwrap();
    let right = of([3, 4]);
    assert_eq!(
        (right.requirements, right.ours.first, right.confident_right),
        (2, 2, 2)
    );
    // The author's choice for FR-002 shares no words with it.
    assert_eq!((right.flat.first, right.flat.three), (1, 2));
    let wrong = of([5, 99]);
    assert_eq!(
        (wrong.ours.first, wrong.ours.three, wrong.confident),
        (0, 0, 2)
    );
    assert!(
        text(&[right]).contains("| 1 | 2 | 3 | 100.0 % | 50.0 % |"),
        "{}",
        text(&[of([3, 4])])
    );
}

#[test]
fn a_program_that_says_nothing_is_wrong_everywhere() {
    let (repository, dir) = (repository(), TempDir::new().unwrap());
    let path = dir.path().join("mute");
    executable::write(&path, "#!/bin/sh\necho '{\"suggestions\":[]}'\n");
    let tally = measure(&path, repository.path(), None).unwrap();
    assert_eq!((tally.unanswered, tally.ours.three), (2, 0));
    std::fs::write(&path, "#!/bin/sh\nexit 2\n").unwrap();
    assert!(measure(&path, repository.path(), None).is_err());
}
