//! `stale-code`: reworded after it was done, and nothing made for it changed since.

use super::{knows, related, says};

const SPEC: &str = "# Feature Specification: Auth

## Requirements

- **FR-001**: System MUST keep a session for 30 minutes.
- **FR-002**: System MUST verify tokens.
";
const TASKS: &str = "## Phase 1: Work
- [x] T001 Add `create` in `src/session.rs` (FR-001)
- [x] T002 Add `verify` in `src/tokens.rs` (FR-002)
";

/// What commits `a1` (all that is there), `b2` and `c3` wrote, and what is there now.
fn world(b2: &[(&str, &str)], c3: &[(&str, &str)]) -> String {
    let mut files = vec![
        ("/specs/001-auth/spec.md", SPEC.to_owned()),
        ("/specs/001-auth/tasks.md", TASKS.to_owned()),
        ("/src/session.rs", "pub fn create() {}\n".to_owned()),
        ("/src/tokens.rs", "pub fn verify() {}\n".to_owned()),
    ];
    let mut past = String::new();
    for (commit, changes) in [("a1", &[][..]), ("b2", b2), ("c3", c3)] {
        for (path, text) in &mut files {
            let before = text.clone();
            for (from, to) in changes {
                *text = text.replace(from, to);
            }
            if commit == "a1" || before != *text {
                past.extend([format!("//- past {commit} {path}\n{text}")]);
            }
        }
    }
    let now = files
        .iter()
        .map(|(path, text)| format!("//- {path}\n{text}"));
    format!("{}{past}", now.collect::<String>())
}

const REWORDED: (&str, &str) = ("30 minutes", "45 minutes");

/// What is tried, and what git has of documents and of code.
type Quiet<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [(&'a str, &'a str)]);

#[test]
fn a_requirement_that_was_reworded_after_it_was_done() {
    let world = world(&[REWORDED], &[("verify()", "verify(_: u8)")]);
    assert_eq!(
        says("stale-code", &world),
        [
            "[FR-001] FR-001 says \"45\" for \"30\" since b2, after T001 was ticked; `src/session.rs` did not change."
        ]
    );
    assert_eq!(
        related("stale-code", &world),
        [
            "System MUST keep a session for 45 minutes.",
            "T001",
            "src/session.rs"
        ]
    );
}

#[test]
fn what_was_looked_at_again_is_clean() {
    let quiet: [Quiet<'_>; 7] = [
        ("nothing", &[], &[]),
        (
            "code with it",
            &[REWORDED, ("create()", "create(_: u8)")],
            &[],
        ),
        ("code later", &[REWORDED], &[("create()", "create(_: u8)")]),
        (
            "ticked later",
            &[("[x] T001", "[ ] T001")],
            &[REWORDED, ("[ ] T001", "[x] T001")],
        ),
        (
            "task later",
            &[REWORDED],
            &[("Add `create`", "Write `create`")],
        ),
        (
            "layout",
            &[(
                "System MUST keep a session",
                "System  MUST keep\n  a *session*",
            )],
            &[],
        ),
        ("put back", &[REWORDED], &[("45 minutes", "30 minutes")]),
    ];
    for (what, b2, c3) in quiet {
        assert_eq!(
            says("stale-code", &world(b2, c3)),
            Vec::<String>::new(),
            "{what}"
        );
    }
    let renumbered = [
        ("FR-001", "FR-009"),
        ("FR-002", "FR-001"),
        ("FR-009", "FR-002"),
    ];
    assert_eq!(
        says("stale-code", &world(&renumbered, &[])),
        Vec::<String>::new()
    );
}

#[test]
fn without_the_whole_history_nobody_can_tell() {
    let world = format!("{}//- unknown shallow clone\n", world(&[REWORDED], &[]));
    let (decided, unknown) = knows("stale-code", &world);
    assert_eq!(
        (decided, unknown),
        (0, vec!["shallow clone (1)".to_owned()])
    );
}
