//! The harness itself must be able to fail: it is run on a tiny repository with programs that find, miss, do not know,
//! shout, lie about places or break.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod executable;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use accuracy::checkout::{Change, Checkout, Step};
use accuracy::judge::Verdict;
use accuracy::report::Summary;
use accuracy::seed::{Options, seed};
use tempfile::TempDir;

const SPEC: &str = "# Feature Specification: Lending\n\n## User Scenarios & Testing\n\n### User Story 1 - Lend (Priority: P1)\n\n\
    A member takes a book home.\n\n## Requirements\n\n- **FR-001**: The desk MUST lend a book.\n";
const TASKS: &str =
    "# Tasks: Lending\n\n## Phase 1: User Story 1\n\n- [x] T001 [US1] Lend in `src/lend.py`\n";

/// What a false program does when `[FEATURE NAME]` stands in the first line of a document.
#[derive(Clone, Copy)]
enum Fake {
    Finds,
    FindsAtWrongColumn,
    FindsInOtherWords,
    Mute,
    Unknown,
    Breaks,
    /// It finds, and says something new about every changed document too.
    Shouts,
}

fn git(dir: &Path, args: &[&str]) -> String {
    let identity = [
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.invalid",
        "-c",
        "commit.gpgSign=false",
    ];
    let output = Command::new("git")
        .args(identity)
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn repository() -> TempDir {
    let dir = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("specs/001-lending/spec.md", SPEC);
    write("specs/001-lending/tasks.md", TASKS);
    write("src/lend.py", "def lend():\n    return 1\n");
    git(dir.path(), &["init", "-q", "-b", "main"]);
    git(dir.path(), &["add", "-A"]);
    git(dir.path(), &["commit", "-q", "-m", "All"]);
    dir
}

/// A program that answers like `spec-analyzer check --format json`, with the help of `grep`.
fn program(dir: &Path, fake: Fake) -> PathBuf {
    let text = "[FEATURE NAME]";
    let (column, covered) = match fake {
        Fake::FindsAtWrongColumn => (2, text.len()),
        Fake::FindsInOtherWords => (1, 4),
        _ => (1, text.len()),
    };
    let mut script = String::from(
        "#!/bin/sh\n[ \"$1\" = explain ] && exit 0\nfor root; do :; done\ncd \"$root\" || exit 2\nfindings=\nunknown=\ncode=0\n\
         add() { findings=\"${findings:+$findings,}$1\"; code=1; }\n\
         for file in specs/*/*.md; do\nat=$(grep -boF '[FEATURE NAME]' \"$file\" | head -n 1 | cut -d: -f1)\n",
    );
    let finding = |fingerprint: &str,
                   start: &str,
                   end: &str,
                   first: &str,
                   last: &str,
                   code: &str| {
        format!(
            "add \"{{\\\"code\\\":\\\"{code}\\\",\\\"severity\\\":\\\"warning\\\",\\\"message\\\":\\\"told\\\",\
             \\\"path\\\":\\\"$file\\\",\\\"fingerprint\\\":\\\"{fingerprint}\\\",\\\"item\\\":null,\\\"range\\\":{{\
             \\\"start\\\":{{\\\"line\\\":1,\\\"column\\\":{first},\\\"byte\\\":{start}}},\
             \\\"end\\\":{{\\\"line\\\":1,\\\"column\\\":{last},\\\"byte\\\":{end}}}}}}}\"\n"
        )
    };
    let told = finding(
        "$file",
        "$at",
        &format!("$((at+{covered}))"),
        &format!("$((at+{column}))"),
        &format!("$((at+{}))", covered + 1),
        "leftover-placeholder",
    );
    let when_there = match fake {
        Fake::Mute => String::new(),
        Fake::Unknown => {
            "unknown='{\"code\":\"leftover-placeholder\",\"count\":1,\"why\":\"told\"}'\n"
                .to_owned()
        }
        Fake::Breaks => "echo broken >&2; exit 3\n".to_owned(),
        Fake::Finds | Fake::FindsAtWrongColumn | Fake::FindsInOtherWords | Fake::Shouts => told,
    };
    let _ = write!(script, "if [ -n \"$at\" ]; then\n:\n{when_there}fi\n");
    if matches!(fake, Fake::Shouts) {
        script.push_str("print=$(cksum < \"$file\" | cut -d' ' -f1)\n");
        script.push_str(&finding("$file-$print", "0", "1", "1", "2", "noise"));
    }
    script.push_str(
        "done\nprintf '{\"projects\":[{\"path\":\"\",\"features\":[{\"path\":\"specs/001-lending\",\"state\":\"active\"}]}],\
         \"findings\":[%s],\"unknown\":[%s]}' \"$findings\" \"$unknown\"\nexit $code\n",
    );
    let path = dir.join("program.sh");
    executable::write(&path, script);
    path
}

fn run(fake: Fake, rules: &[&str], per_neutral: usize) -> Summary {
    let (repository, bin) = (repository(), TempDir::new().unwrap());
    let before = git(repository.path(), &["rev-parse", "HEAD"]);
    let options = Options {
        binary: program(bin.path(), fake),
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        per_rule: 8,
        per_neutral,
        seed: 1,
        jobs: 2,
    };
    let seeded = seed(repository.path(), &options).unwrap();
    assert_eq!(git(repository.path(), &["rev-parse", "HEAD"]), before);
    assert_eq!(
        git(repository.path(), &["status", "--porcelain", "--ignored"]),
        ""
    );
    Summary::of(vec![seeded])
}

/// Titles of spec.md and tasks.md: the only places of this kind in the fixture.
fn titles(summary: &Summary) -> Vec<Verdict> {
    let titles = summary
        .tried
        .iter()
        .filter(|each| each.kind == "title-placeholder");
    titles.map(|each| each.judgement.verdict).collect()
}

#[test]
fn a_program_that_finds() {
    let summary = run(Fake::Finds, &["leftover-placeholder"], 0);
    assert_eq!(titles(&summary), [Verdict::Found, Verdict::Found]);
    let title = summary
        .kinds
        .iter()
        .find(|row| row.name == "title-placeholder")
        .unwrap();
    assert_eq!(
        (title.seeded, title.found, title.exact, title.elsewhere),
        (2, 2, 2, 0)
    );
    assert_eq!(title.recall, Some(1.0));
    // The other kinds are not its business, so the rule as a whole is not found everywhere.
    assert!(summary.rules[0].missed > 0);
    assert!(
        summary
            .skipped
            .iter()
            .any(|each| each.kind == "example-placeholder"),
        "there is no plan.md"
    );
    assert!(summary.text().contains("MISSED template-comment"));
}

#[test]
fn a_program_that_misses() {
    let summary = run(Fake::Mute, &["leftover-placeholder"], 0);
    assert_eq!(titles(&summary), [Verdict::Missed, Verdict::Missed]);
    assert_eq!(summary.rules[0].recall, Some(0.0));
}

#[test]
fn a_program_that_does_not_know() {
    assert_eq!(
        titles(&run(Fake::Unknown, &["leftover-placeholder"], 0)),
        [Verdict::Unknown, Verdict::Unknown]
    );
}

#[test]
fn a_program_that_breaks() {
    let summary = run(Fake::Breaks, &["leftover-placeholder"], 0);
    assert_eq!(titles(&summary), [Verdict::Failed, Verdict::Failed]);
    assert!(summary.text().contains("broken"), "its own words are shown");
}

#[test]
fn a_program_that_covers_other_words() {
    let summary = run(Fake::FindsInOtherWords, &["leftover-placeholder"], 0);
    assert_eq!(titles(&summary), [Verdict::Found, Verdict::Found]);
    assert!(summary.tried.iter().all(|each| !each.judgement.exact));
    assert_eq!(summary.crooked, 0);
}

#[test]
fn a_program_whose_places_contradict_each_other() {
    assert!(run(Fake::FindsAtWrongColumn, &["leftover-placeholder"], 0).crooked >= 2);
    assert_eq!(run(Fake::Finds, &["leftover-placeholder"], 0).crooked, 0);
}

#[test]
fn a_program_that_shouts() {
    let summary = run(Fake::Shouts, &[], 1);
    assert_eq!(titles(&summary), [Verdict::Found, Verdict::Found]);
    let row = &summary
        .rules
        .iter()
        .find(|row| row.name == "leftover-placeholder")
        .unwrap();
    assert_eq!(row.elsewhere, row.seeded);
    assert!(!summary.neutral.is_empty());
    assert!(
        summary
            .neutral
            .iter()
            .all(|row| row.elsewhere == row.seeded && row.found == 0)
    );
    let quiet = run(Fake::Mute, &["neutral"], 1);
    assert!(quiet.rules.is_empty() && !quiet.neutral.is_empty());
    assert!(
        quiet
            .neutral
            .iter()
            .all(|row| row.found == row.seeded && row.elsewhere == 0)
    );
}

#[test]
fn the_same_seed_makes_the_same_edits() {
    let edits = || {
        let tried = run(Fake::Mute, &[], 1).tried;
        tried
            .into_iter()
            .map(|each| (each.kind, each.place, each.what))
            .collect::<Vec<_>>()
    };
    let (one, other) = (edits(), edits());
    assert!(one.len() > 10, "{one:?}");
    assert_eq!(one, other);
}

#[test]
fn a_copy_is_put_back_whatever_was_done_to_it() {
    let repository = repository();
    let copy = Checkout::of(repository.path(), None).unwrap();
    let (from, to) = ("src/lend.py".to_owned(), "src/desk/lend.py".to_owned());
    for commit in [true, false] {
        let steps = vec![
            Step::Move(from.clone(), to.clone()),
            Step::Write("new/file.md".to_owned(), b"x".to_vec()),
            Step::Delete("specs/001-lending/tasks.md".to_owned()),
        ];
        copy.apply(&Change { steps, commit }).unwrap();
        assert!(copy.path().join(&to).exists() && !copy.path().join(&from).exists());
        assert_eq!(
            git(copy.path(), &["rev-parse", "HEAD"]).trim() != copy.base(),
            commit
        );
        copy.restore().unwrap();
        assert!(copy.path().join(&from).exists() && !copy.path().join("new").exists());
        assert_eq!(git(copy.path(), &["rev-parse", "HEAD"]).trim(), copy.base());
    }
    assert_eq!(
        std::fs::read_to_string(repository.path().join("specs/001-lending/tasks.md")).unwrap(),
        TASKS
    );
}

#[test]
fn wrong_labels_fail_the_command() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("a.tsv");
    let command = || {
        Command::new(env!("CARGO_BIN_EXE_accuracy"))
            .args(["labels", "--labels"])
            .arg(&file)
            .output()
            .unwrap()
    };
    std::fs::write(
        &file,
        "a/b@0123456\tp.md:3\tduplicate-id\ttrue\tsaid twice\n",
    )
    .unwrap();
    let output = command();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("duplicate-id"));
    std::fs::write(
        &file,
        "a/b@0123456\tp.md:3\tduplicate-id\tmaybe\tsaid twice\n",
    )
    .unwrap();
    let output = command();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("a.tsv:1"));
}
