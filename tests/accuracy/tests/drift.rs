//! The mutations themselves: run on a tiny repository with programs that tell of every change, of none, or cannot tell.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod executable;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use accuracy::drift::{Drifted, Options, Verdict, drift, kinds, tables};
use tempfile::TempDir;

const SPEC: &str = "# Feature Specification: Lending\n\n## Requirements\n\n\
    - **FR-001**: The desk MUST lend a member at most 5 books at a time.\n";
const TASKS: &str = "# Tasks: Lending\n\n- [x] T001 Lend in `src/lend.py`\n";
const LEND: &str = "import os\nimport sys\n\nMOST_BOOKS = 5\n\n\ndef lend(member, book: str) -> int:\n    count = len(member.books)\n    \
    if count >= 5:\n        return 0\n    return count\n";
const SHELF: &str = "export interface Shelf {\n  name: string;\n}\n\nexport enum Level {\n  Low,\n  High,\n}\n\n\
    export function route(app: App): number {\n  return app.get(\"/books\", 1);\n}\n";
const TEST: &str = "def test_lend():\n    assert lend(1, \"a\") == 0\n";
const TEST_OF_SHELF: &str = "describe(\"Shelf\", () => {\n  it(\"holds books\", () => {\n    expect(1).toBe(1);\n  });\n});\n";
const LOCK: &str = "0b1 specs/001-lending#FR-001 6f3 src/lend.py#lend v1:55 91 0f \"read\"\n\
    0b1 specs/001-lending#FR-001 6f3 src/lend.py#MOST_BOOKS v1:55 91 0f \"read\"\n\
    0b1 specs/001-lending#FR-001 6f3 src/shelf.test.ts#test:Shelf%20>%20holds%20books v1:55 91 0f \"read\"\n\
    0b1 specs/001-lending#FR-001 6f3 src/shelf.ts#Shelf v1:55 91 0f \"read\"\n\
    0b1 specs/001-lending#FR-001 6f3 src/shelf.ts#Level v1:55 91 0f \"read\"\n\
    0b1 specs/001-lending#FR-001 6f3 src/shelf.ts#route v1:55 91 0f \"read\"\n\
    0b1 specs/001-lending#FR-001 6f3 tests/test_lend.py#test_lend v1:55 91 0f \"read\"\n";

fn repository() -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in [
        ("specs/001-lending/spec.md", SPEC),
        ("specs/001-lending/tasks.md", TASKS),
        ("src/lend.py", LEND),
        ("src/shelf.ts", SHELF),
        ("src/shelf.test.ts", TEST_OF_SHELF),
        ("tests/test_lend.py", TEST),
    ] {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

/// A program that accepts five symbols; of changed files it says `said`.
fn program(dir: &Path, said: &str) -> PathBuf {
    let script = format!(
        r#"#!/bin/sh
for root; do :; done
if [ "$1" = accept ]; then
cat > "$root/spec.lock" <<'END'
{LOCK}END
exit 0
fi
cd "$root"
changed=$(git diff --name-only HEAD; git log -1 --name-only --format= --grep Seeded)
findings= unknown=
for path in $changed; do
{said}
done
printf '{{"projects":[],"findings":[%s],"unknown":[%s]}}' "${{findings#,}}" "${{unknown#,}}"
"#
    );
    let path = dir.join("program");
    executable::write(&path, script);
    path
}

const TELLS: &str = r#"
for code in suspect-code suspect-requirement; do
findings="$findings,{\"code\":\"$code\",\"severity\":\"information\",\"message\":\"m\",\"path\":\"$path\",\"range\":{\"start\":{\"line\":1,\"column\":1,\"byte\":0},\"end\":{\"line\":1,\"column\":1,\"byte\":0}},\"fingerprint\":\"$code$path\"}"
done"#;
const CANNOT_TELL: &str = r#"
for code in suspect-code suspect-requirement; do
unknown="$unknown,{\"code\":\"$code\",\"count\":1,\"why\":\"w\"}"
done"#;

fn run(said: &str) -> Drifted {
    let (repository, tools) = (repository(), TempDir::new().unwrap());
    let options = Options {
        binary: program(tools.path(), said),
        per_kind: 4,
        seed: 1,
        kinds: Vec::new(),
    };
    drift(repository.path(), &options).unwrap()
}

fn verdicts(drifted: &Drifted, harm: bool) -> BTreeSet<String> {
    let of_kind =
        |name: &str| kinds().any(|kind| kind.name == name && kind.codes.is_empty() != harm);
    let tried = drifted.tried.iter().filter(|each| of_kind(&each.kind));
    tried.map(|each| format!("{:?}", each.verdict)).collect()
}

#[test]
fn who_tells_of_everything_finds_all_and_is_wrong_of_the_rest() {
    let drifted = run(TELLS);
    assert_eq!(drifted.symbols, 7);
    assert_eq!(
        verdicts(&drifted, true),
        BTreeSet::from(["Found".to_owned()])
    );
    assert_eq!(
        verdicts(&drifted, false),
        BTreeSet::from(["False".to_owned()])
    );
    let seeded: BTreeSet<&str> = drifted
        .tried
        .iter()
        .map(|each| each.kind.as_str())
        .collect();
    for kind in [
        "symbol-renamed",
        "symbol-deleted",
        "parameter-added",
        "return-type-changed",
        "route-changed",
        "field-renamed",
        "enum-case-renamed",
        "enum-case-removed",
        "enum-case-added",
        "number-changed",
        "constant-changed",
        "test-skipped",
        "test-emptied",
        "test-deleted",
        "requirement-negated",
        "requirement-number-changed",
        "requirement-extended",
        "comment-added",
        "local-renamed",
        "imports-reordered",
        "file-moved",
        "directory-moved",
        "requirement-renumbered",
        "reticked",
        "reflowed",
        "emphasised",
    ] {
        assert!(seeded.contains(kind), "{kind}");
    }
    assert!(tables::by_kind(&[drifted]).contains("| symbol-deleted | 4 | 4 | 0 | 0 | 0 |"));
}

#[test]
fn who_tells_of_nothing_misses_all() {
    let drifted = run(":");
    assert_eq!(
        verdicts(&drifted, true),
        BTreeSet::from(["Missed".to_owned()])
    );
    assert_eq!(
        verdicts(&drifted, false),
        BTreeSet::from(["Quiet".to_owned()])
    );
}

#[test]
fn who_cannot_tell_is_counted_apart() {
    let drifted = run(CANNOT_TELL);
    let unknown = drifted
        .tried
        .iter()
        .filter(|each| each.verdict == Verdict::Unknown);
    assert!(unknown.count() > 10);
    assert!(!verdicts(&drifted, true).contains("Found"));
}
