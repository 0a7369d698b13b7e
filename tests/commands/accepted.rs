//! What was accepted stays accepted through everything that changes nothing: formatters, moves, new numbers, another version
//! of the program, merges. What two people accepted differently is suspect.

use crate::sandbox::Sandbox;

const LOCK: &str = "spec.lock";
const SPEC: &str = "# Feature Specification: Lending

## Requirements

### Functional Requirements

- **FR-001**: The desk MUST lend a member at most 5 books at the same time, and say so.
- **FR-002**: The desk MUST remind a member 3 days before a book is due.
- **FR-003**: The desk MUST show what is on the shelf.
";
const TASKS: &str = "# Tasks: Lending

## Phase 1: Work

- [x] T001 Add `lend` in `src/desk/lend.rs` (FR-001)
- [x] T002 Add `remind` in `src/desk/remind.py` (FR-002)
- [x] T003 Add `shelf` in `web/shelf.ts` (FR-003)
";
const LEND: &str = "use std::fmt;\nuse std::io;\n\npub fn lend(member: &str, books: usize) -> bool {\n    \
    let most = 5;\n    books < most && !member.is_empty()\n}\n";
const REMIND: &str =
    "def remind(member, days):\n    left = days - 3\n    return {'member': member, 'left': left}\n";
const SHELF: &str = "export function shelf(books: string[], full: boolean) {\n  const shown = books.filter((book) => book !== \"\");\n  \
    return { shown, full };\n}\n";
const CRITERIA: &str = "# Requirements Document

## Requirements

### Requirement 1

**User Story:** As a member, I want mail, so that I know.

#### Acceptance Criteria

1. WHEN a book is late THEN the desk SHALL send a letter.
2. WHEN a letter was sent THEN the desk SHALL wait 2 weeks.
";
const KIRO_TASKS: &str = "# Implementation Plan

- [x] 1. Letters
  - Add `send` in `src/mail/letters.rs`
  - _Requirements: 1.1_
- [x] 2. Waiting
  - Add `wait` in `src/mail/waiting.rs`
  - _Requirements: 1.2_
";

/// Two projects, Spec Kit's and Kiro's, in which everything is accepted and committed.
fn accepted() -> Sandbox {
    let sandbox = Sandbox::new();
    for (path, text) in [
        (".specify/memory/constitution.md", "# Constitution\n"),
        ("specs/001-lending/spec.md", SPEC),
        ("specs/001-lending/tasks.md", TASKS),
        ("src/desk/lend.rs", LEND),
        ("src/desk/remind.py", REMIND),
        ("web/shelf.ts", SHELF),
        (".kiro/specs/letters/requirements.md", CRITERIA),
        (".kiro/specs/letters/tasks.md", KIRO_TASKS),
        (
            "src/mail/letters.rs",
            "pub fn send(to: &str) -> usize {\n    to.len() * 40\n}\n",
        ),
        (
            "src/mail/waiting.rs",
            "pub fn wait(days: u32) -> bool {\n    days > 14 && days < 90\n}\n",
        ),
        (".gitattributes", "spec.lock merge=union\n"),
    ] {
        sandbox.write(path, text);
    }
    sandbox.commit("Written");
    accept(&sandbox, "--all");
    let lines = lock(&sandbox)
        .lines()
        .filter(|line| line.contains(" v1:"))
        .count();
    assert_eq!(lines, 7, "{}", lock(&sandbox));
    sandbox.commit("Accepted");
    sandbox
}

fn accept(sandbox: &Sandbox, what: &str) {
    let ran = sandbox.run(&["accept", what, "--yes", "--reason", "read"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

fn lock(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.path().join(LOCK)).unwrap()
}

fn edit(sandbox: &Sandbox, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(sandbox.path().join(path)).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    sandbox.write(path, &text.replace(from, to));
}

/// Every finding, and how often something that was accepted could not be told.
fn told(sandbox: &Sandbox) -> (Vec<String>, u64) {
    let ran = sandbox.check();
    let json = ran.json();
    let unknown = json["unknown"].as_array().unwrap().iter();
    let of_accepted = unknown.filter(|each| each["code"].as_str().unwrap().starts_with("suspect-"));
    let count = of_accepted
        .map(|each| each["count"].as_u64().unwrap())
        .sum();
    (ran.findings(), count)
}

fn suspects(sandbox: &Sandbox) -> Vec<String> {
    let (findings, _) = told(sandbox);
    let drift = [
        "suspect-code",
        "suspect-requirement",
        "accepted-target-gone",
    ];
    let of_drift = |finding: &String| drift.iter().any(|code| finding.ends_with(code));
    findings.into_iter().filter(of_drift).collect()
}

const NOTHING: (Vec<String>, u64) = (Vec::new(), 0);

#[test]
fn the_whole_repository_is_formatted() {
    let sandbox = accepted();
    assert_eq!(told(&sandbox), NOTHING);
    for (path, text) in [
        // As `rustfmt`, `black`, `prettier` and a Markdown formatter write it.
        (
            "src/desk/lend.rs",
            "use std::io;\n// Formats.\nuse std::fmt;\n\npub fn lend(\n    member: &str,\n    books: usize,\n) -> bool {\n    let most = 5;\n    \
             books < most\n        && !member.is_empty()\n}\n",
        ),
        (
            "src/desk/remind.py",
            "def remind(\n    member,\n    days,\n):\n    left = days - 3\n    return {\n        \"member\": member,\n        \
             \"left\": left,\n    }\n",
        ),
        (
            "web/shelf.ts",
            "export function shelf(\n  books: string[],\n  full: boolean,\n) {\n  const shown = books.filter(book => book !== '')\n  \
             return { shown, full }\n}\n",
        ),
        (
            "specs/001-lending/spec.md",
            "# Feature Specification: Lending\n\n## Requirements\n\n### Functional Requirements\n\n* **FR-001**: The desk MUST lend a\n  \
             member at most 5 books at\n  the same time, and say so.\n* **FR-002**: The desk MUST remind\n  a member 3 days before a book\n  is due.\n\
             * **FR-003**: The desk MUST show\n  what is on the shelf.\n",
        ),
        (
            ".kiro/specs/letters/requirements.md",
            "# Requirements Document\n\n## Requirements\n\n### Requirement 1\n\n**User Story:** As a member, I want mail,\nso that I know.\n\n\
             #### Acceptance Criteria\n\n1.  WHEN a book is late THEN the desk\n    SHALL send a letter.\n2.  WHEN a letter was sent THEN the\n    \
             desk SHALL wait 2 weeks.\n",
        ),
    ] {
        sandbox.write(path, text);
    }
    sandbox.write(
        "src/mail/letters.rs",
        "pub fn send(to: &str) -> usize {\r\n\tto.len() * 40\r\n}\r\n",
    );
    assert_eq!(told(&sandbox), NOTHING);
    edit(&sandbox, "web/shelf.ts", "!== ''", "=== ''");
    assert_eq!(
        suspects(&sandbox),
        ["specs/001-lending/spec.md:13 suspect-code"]
    );
}

#[test]
fn directories_move() {
    let sandbox = accepted();
    for (from, to) in [
        ("src/desk", "src/counter"),
        ("web", "site/pages"),
        ("src/mail", "post"),
    ] {
        let to = sandbox.path().join(to);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(sandbox.path().join(from), to).unwrap();
    }
    assert_eq!(suspects(&sandbox), Vec::<String>::new(), "not committed");
    sandbox.commit("Moved");
    assert_eq!(suspects(&sandbox), Vec::<String>::new());
    sandbox.git(&["mv", "specs/001-lending", "specs/014-lending"]);
    sandbox.git(&["mv", ".kiro/specs/letters", ".kiro/specs/mail"]);
    assert_eq!(suspects(&sandbox), Vec::<String>::new(), "specs too");
    edit(
        &sandbox,
        "src/counter/lend.rs",
        "let most = 5",
        "let most = 6",
    );
    assert_eq!(
        suspects(&sandbox),
        ["specs/014-lending/spec.md:7 suspect-code"]
    );
}

#[test]
fn requirements_and_criteria_get_other_numbers() {
    let sandbox = accepted();
    for path in ["specs/001-lending/spec.md", "specs/001-lending/tasks.md"] {
        edit(&sandbox, path, "FR-003", "FR-013");
        edit(&sandbox, path, "FR-002", "FR-003");
        edit(&sandbox, path, "FR-001", "FR-002");
    }
    edit(
        &sandbox,
        "specs/001-lending/spec.md",
        "- **FR-002**",
        "- **FR-001**: The desk MUST greet.\n- **FR-002**",
    );
    assert_eq!(suspects(&sandbox), Vec::<String>::new());
    let path = ".kiro/specs/letters/requirements.md";
    edit(&sandbox, path, "2. WHEN", "3. WHEN");
    edit(
        &sandbox,
        path,
        "1. WHEN",
        "1. WHEN a member asks THEN the desk SHALL answer.\n2. WHEN",
    );
    edit(&sandbox, ".kiro/specs/letters/tasks.md", "1.2_", "1.3_");
    edit(&sandbox, ".kiro/specs/letters/tasks.md", "1.1_", "1.2_");
    assert_eq!(suspects(&sandbox), Vec::<String>::new());
    accept(&sandbox, "--all");
    edit(&sandbox, path, "2 weeks", "3 weeks");
    assert_eq!(
        suspects(&sandbox),
        [".kiro/specs/letters/requirements.md:13 suspect-requirement"]
    );
}

/// The prints of another version say nothing: the bytes do.
#[test]
fn the_program_reads_code_in_another_way_than_before() {
    let sandbox = accepted();
    let own = lock(&sandbox);
    let older: String = own
        .lines()
        .map(|line| {
            let mut fields: Vec<&str> = line.split(' ').collect();
            if let Some(at) = fields.iter().position(|field| field.starts_with("v1:")) {
                (fields[at], fields[at + 1]) = ("v0:00000000000000aa", "00000000000000bb");
            }
            fields.join(" ") + "\n"
        })
        .collect();
    assert_ne!(older, own);
    sandbox.write(LOCK, &older);
    assert_eq!(told(&sandbox), NOTHING);
    edit(&sandbox, "src/desk/remind.py", "days - 3", "days - 4");
    let (findings, unknown) = told(&sandbox);
    assert_eq!(
        (findings, unknown),
        (Vec::new(), 1),
        "what changed cannot be told"
    );
    edit(&sandbox, "src/desk/remind.py", "days - 4", "days - 3");
    accept(&sandbox, "--all");
    assert_eq!(lock(&sandbox), own, "what is as it was is written anew");
}

/// On a branch, then on `main`, somebody changes something and accepts it; then both are merged.
fn merged(ours: impl Fn(&Sandbox), theirs: impl Fn(&Sandbox)) -> Sandbox {
    let sandbox = accepted();
    sandbox.git(&["checkout", "-q", "-b", "theirs"]);
    theirs(&sandbox);
    assert_eq!(suspects(&sandbox), Vec::<String>::new());
    sandbox.commit("Theirs");
    sandbox.git(&["checkout", "-q", "main"]);
    ours(&sandbox);
    assert_eq!(suspects(&sandbox), Vec::<String>::new());
    sandbox.commit("Ours");
    sandbox.git(&["merge", "-q", "--no-edit", "theirs"]);
    sandbox
}

#[test]
fn disjoint_acceptances_merge_without_a_word() {
    let sandbox = merged(
        |ours| {
            edit(ours, "src/desk/lend.rs", "let most = 5", "let most = 6");
            accept(ours, "FR-001");
        },
        |theirs| {
            edit(theirs, "specs/001-lending/spec.md", "3 days", "4 days");
            edit(theirs, "src/desk/remind.py", "- 3", "- 4");
            accept(theirs, "FR-002");
        },
    );
    assert_eq!(told(&sandbox), NOTHING);
    // Both changed another pair, and each pair is known as it is.
    edit(&sandbox, "src/desk/lend.rs", "let most = 6", "let most = 5");
    assert_eq!(
        suspects(&sandbox),
        ["specs/001-lending/spec.md:7 suspect-code"]
    );
}

#[test]
fn what_two_accepted_differently_is_suspect() {
    let sandbox = merged(
        |ours| {
            edit(
                ours,
                "specs/001-lending/spec.md",
                "at most 5 books",
                "at most 6 books",
            );
            accept(ours, "FR-001");
        },
        |theirs| {
            edit(theirs, "src/desk/lend.rs", "let most = 5", "let most = 4");
            accept(theirs, "FR-001");
        },
    );
    // Each text and each code was accepted, and never together.
    assert_eq!(
        suspects(&sandbox),
        ["specs/001-lending/spec.md:7 suspect-code"]
    );
    accept(&sandbox, "FR-001");
    assert_eq!(suspects(&sandbox), Vec::<String>::new());
}

/// Many repositories ignore `*.lock`: what was accepted counts all the same.
#[test]
fn a_lock_that_git_ignores_counts() {
    let sandbox = accepted();
    sandbox.write(".gitignore", "*.lock\n");
    sandbox.git(&["rm", "-q", "--cached", LOCK]);
    edit(&sandbox, "src/desk/remind.py", "days - 3", "days - 4");
    assert_eq!(
        suspects(&sandbox),
        ["specs/001-lending/spec.md:8 suspect-code"]
    );
}
