//! The measure of task lists must be able to fail, and must hide the list it compares with.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod executable;

use std::path::{Path, PathBuf};
use std::process::Command;

use accuracy::tasks::{Options, Share, Tally, measure, tables};
use tempfile::TempDir;

const SPEC: &str = "# Feature Specification: Lending\n\n### User Story 1 - Lend (Priority: P1)\n\n## Requirements\n\n\
    - **FR-001**: The desk MUST lend a book.\n- **FR-002**: The desk MUST take a book back.\n\n### Key Entities\n\n\
    - **Loan**: a book that is out.\n";
const PLAN: &str = "# Plan\n\n```text\nsrc/\n├── a.ts\n└── b.ts\n```\n";

/// The author's list: eight tasks over four files.
fn real() -> String {
    let files = ["src/a.ts", "src/b.ts", "src/c.ts", "src/d.ts"];
    let lines = (0..8).map(|at| {
        let file = files[at % files.len()];
        format!("- [ ] T00{} [US1] Write {file}\n", at + 1)
    });
    format!("# Tasks\n\n## Phase 1\n\n{}", lines.collect::<String>())
}

fn git(dir: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=A", "-c", "user.email=a@example.invalid"]);
    assert!(
        command
            .args(args)
            .current_dir(dir)
            .status()
            .unwrap()
            .success()
    );
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A repository whose second commit brings the list, and whose third brings the code.
fn repository() -> TempDir {
    let dir = TempDir::new().unwrap();
    let root = dir.path();
    git(root, &["init", "--quiet", "--initial-branch=main"]);
    write(root, "specs/001-lending/spec.md", SPEC);
    write(root, "specs/001-lending/plan.md", PLAN);
    let commit = || {
        git(root, &["add", "--all"]);
        git(root, &["commit", "--quiet", "--message", "Step"]);
    };
    commit();
    write(root, "specs/001-lending/tasks.md", &real());
    commit();
    write(root, "src/a.ts", "import { b } from './b';\n");
    write(root, "src/b.ts", "export const b = 1;\n");
    commit();
    dir
}

/// A program that writes this list, unless the real one or the code is still there.
fn program(dir: &Path, list: &str) -> PathBuf {
    write(dir, "list.md", list);
    let path = dir.join("program");
    let script = format!(
        "#!/bin/sh\n[ -e \"$3/tasks.md\" ] && exit 2\n[ -e src ] && exit 2\ncp {}/list.md \"$3/tasks.md\"\n",
        dir.display()
    );
    executable::write(&path, script);
    path
}

fn measured(list: &str) -> Tally {
    let (repository, dir) = (repository(), TempDir::new().unwrap());
    let options = Options {
        binary: program(dir.path(), list),
        per_repository: 2,
        check: false,
        keep: None,
    };
    let mut all = measure(repository.path(), &options).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn share(hits: usize, all: usize) -> Share {
    Share { hits, all }
}

#[test]
fn a_list_is_compared_with_the_one_that_was_hidden() {
    let tally = measured(
        "# Tasks\n\n## Phase 1\n\n- [ ] T001 [P] [US1] Write src/b.ts (FR-001)\n\
         - [ ] T002 [P] [US1] Build Loan in src/a.ts\n- [ ] T003 Do it [NEEDS CLARIFICATION: which file?]\n",
    );
    assert_eq!(tally.wrong, Vec::<String>::new());
    assert_eq!(
        (tally.first.precision, tally.first.recall),
        (share(2, 2), share(2, 4))
    );
    assert_eq!(
        (tally.drawn.precision, tally.drawn.recall),
        (share(2, 2), share(2, 4))
    );
    assert_eq!(
        (tally.stories, tally.requirements),
        (share(1, 1), share(1, 2))
    );
    assert_eq!((tally.entities, tally.asking), (share(1, 1), 1));
    // The code later written lets one of the two parallel files import the other; it comes second.
    assert_eq!(
        (tally.written.importing, tally.written.order),
        (1, share(1, 1))
    );
    // All are under the only story, as with the author.
    assert_eq!(tally.owners.same, share(2, 2));
    let text = tables::by_repository(&[tally]);
    assert!(text.contains("| 1 | 1.00 | 0.50 |"), "{text}");
}

#[test]
fn what_is_wrong_or_backwards_is_counted() {
    let tally = measured(
        "# Tasks\n\n## Phase 1\n\n- [ ] T001 [P] Write src/a.ts\n- [ ] T002 [P] Write src/a.ts\n\
         - [ ] T003 Write src/b.ts\n- [ ] T004 Write src/x.ts\n",
    );
    assert_eq!(
        (tally.first.precision, tally.stories),
        (share(2, 3), share(0, 1))
    );
    assert_eq!(
        (tally.written.same_file, tally.written.order),
        (1, share(0, 1))
    );
    assert_eq!(tally.backwards, ["src/a.ts (2 -) imports src/b.ts (3 -)"]);
    assert_eq!(tally.owners.same, share(0, 2));
}

#[test]
fn a_program_that_writes_nothing_is_wrong() {
    let (repository, dir) = (repository(), TempDir::new().unwrap());
    let binary = dir.path().join("mute");
    executable::write(&binary, "#!/bin/sh\nexit 2\n");
    let options = Options {
        binary,
        per_repository: 1,
        check: false,
        keep: None,
    };
    let all = measure(repository.path(), &options).unwrap();
    assert_eq!((all[0].features, all[0].wrong.len()), (0, 1));
}
