//! `constant-drift` and `values-drift`: values that documents bind to what holds them.

use super::{fixed, fixes, knows, related, says};

const CONSTANT: &str = "constant-drift";
const VALUES: &str = "values-drift";

const SOURCES: &str = "//- /src/http.rs
/// Seconds until we give up.
pub const TIMEOUT: Duration = Duration::from_secs(60);
pub const WAIT_MS: u64 = 30_000;
pub const MAX_RETRIES: u32 = 3;
pub const BARE: u64 = 30_000;
pub const MADE: u64 = made();
pub struct Limits;
impl Limits { pub const UPLOAD_BYTES: usize = 5 * 1024 * 1024; }
//- /src/invoice.ts
export type Status = 'draft' | 'sent' | 'paid';
export enum Code { NotFound = 404, Gone = 410 }
//- /config/app.yaml
server:
  timeout: 30s
  retries: 5
";

fn spec(line: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# A\n\n## Requirements\n\n- **FR-003**: System MUST {line}.\n{SOURCES}"
    )
}

fn is_fine(code: &str, line: &str) {
    let workspace = spec(line);
    assert_eq!(says(code, &workspace), Vec::<String>::new(), "{line}");
    assert_eq!(knows(code, &workspace), (1, Vec::new()), "{line}");
}

#[test]
fn another_quantity_in_the_code() {
    for (line, found) in [
        (
            "give up after 30 s (`src/http.rs#TIMEOUT`)",
            "[30 s] FR-003 says 30 s, but `TIMEOUT` in `http.rs` is 60 s.",
        ),
        (
            "give up after [30 seconds](../../src/http.rs#TIMEOUT)",
            "[30 seconds] FR-003 says 30 seconds, but `TIMEOUT` in `http.rs` is 60 seconds.",
        ),
        (
            "wait **10 s** (`src/http.rs#WAIT_MS`)",
            "[10 s] FR-003 says 10 s, but `WAIT_MS` in `http.rs` is 30 s.",
        ),
        (
            "wait 45 s (`config/app.yaml#server.timeout`)",
            "[45 s] FR-003 says 45 s, but `server.timeout` in `app.yaml` is 30 s.",
        ),
        (
            "try 5 times (`src/http.rs#MAX_RETRIES`)",
            "[5] FR-003 says 5, but `MAX_RETRIES` in `http.rs` is 3.",
        ),
        (
            "refuse more than 10 MB (`src/http.rs#Limits::UPLOAD_BYTES`)",
            "[10 MB] FR-003 says 10 MB, but `Limits::UPLOAD_BYTES` in `http.rs` is 5 MB.",
        ),
        // No unit in which 30,000 is 7 s.
        (
            "wait 7 s (`src/http.rs#BARE`)",
            "[7 s] FR-003 says 7 s, but `BARE` in `http.rs` is 30000.",
        ),
    ] {
        assert_eq!(says(CONSTANT, &spec(line)), [found], "{line}");
    }
    assert_eq!(
        related(
            CONSTANT,
            &spec("give up after 30 s (`src/http.rs#TIMEOUT`)")
        ),
        ["Duration::from_secs(60)"]
    );
}

#[test]
fn the_same_quantity_in_another_unit() {
    for line in [
        "give up after 60 s (`src/http.rs#TIMEOUT`)",
        "give up after 1 min (`src/http.rs#TIMEOUT`)",
        "wait 30 s (`src/http.rs#WAIT_MS`)",
        "wait 30,000 ms (`src/http.rs#WAIT_MS`)",
        "wait 30,000 (`src/http.rs#BARE`)",
        "try 3 times (`src/http.rs#MAX_RETRIES`)",
        "refuse more than 5 MiB (`src/http.rs#Limits.UPLOAD_BYTES`)",
        "refuse more than 5 MB (`src/http.rs#UPLOAD_BYTES`)",
        "wait 0.5 min (`config/app.yaml#timeout`)",
    ] {
        is_fine(CONSTANT, line);
    }
}

#[test]
fn what_cannot_be_told() {
    for (line, why) in [
        (
            "wait 30 s (`src/http.rs#BARE`)",
            "nobody says which unit the number in the code has (1)",
        ),
        (
            "wait 30 s (`src/http.rs#MADE`)",
            "what it is bound to is no literal (1)",
        ),
        (
            "wait 30 s (`src/gone.rs#TIMEOUT`)",
            "the file named beside it is not there (1)",
        ),
        ("wait 3 months (`src/http.rs#MAX_RETRIES`), or 90", ""),
    ] {
        let workspace = spec(line);
        assert_eq!(says(CONSTANT, &workspace), Vec::<String>::new(), "{line}");
        let whys: Vec<String> = if why.is_empty() {
            Vec::new()
        } else {
            vec![why.to_owned()]
        };
        assert_eq!(knows(CONSTANT, &workspace).1, whys, "{line}");
    }
}

#[test]
fn without_a_binding_nothing_is_said() {
    for line in [
        "give up after 30 s, see `TIMEOUT` in `src/http.rs`",
        "give up after 30 s (`TIMEOUT`)",
        "give up after 30 s (`src/http.rs`)",
        "list `draft`, `sent` from `src/invoice.ts`",
    ] {
        for code in [CONSTANT, VALUES] {
            let workspace = spec(line);
            assert_eq!(says(code, &workspace), Vec::<String>::new(), "{line}");
            assert_eq!(knows(code, &workspace), (0, Vec::new()), "{line}");
        }
    }
}

#[test]
fn a_constant_that_is_gone() {
    assert_eq!(
        says(CONSTANT, &spec("wait 45 s (`src/http.rs#DEADLINE`)")),
        ["[DEADLINE] FR-003 binds 45 s to `DEADLINE`, which `http.rs` does not have."]
    );
    let renamed = spec("wait 60 s (`src/http.rs#DEADLINE`)");
    assert_eq!(
        says(CONSTANT, &renamed),
        [
            "[DEADLINE] FR-003 binds 60 s to `DEADLINE`, but in `http.rs` it is `TIMEOUT` that holds it."
        ]
    );
    assert!(fixed(CONSTANT, &renamed).contains("wait 60 s (`src/http.rs#TIMEOUT`)."));
    assert_eq!(
        says(CONSTANT, &spec("wait 45 s (`config/app.yaml#server.wait`)")),
        ["[server.wait] FR-003 binds 45 s to `server.wait`, which `app.yaml` does not have."]
    );
}

#[test]
fn the_fix_writes_the_value_of_the_code_as_the_document_writes_values() {
    for (line, after) in [
        (
            "wait 30 s (`src/http.rs#TIMEOUT`)",
            "wait 60 s (`src/http.rs#TIMEOUT`)",
        ),
        (
            "wait [30 s](../../src/http.rs#TIMEOUT)",
            "wait [60 s](../../src/http.rs#TIMEOUT)",
        ),
        (
            "wait 3 minutes (`src/http.rs#TIMEOUT`)",
            "wait 1 minute (`src/http.rs#TIMEOUT`)",
        ),
        (
            "wait a 5-second beat (`src/http.rs#TIMEOUT`)",
            "wait a 60-second beat (`src/http.rs#TIMEOUT`)",
        ),
        (
            "wait 1,500 ms (`src/http.rs#TIMEOUT`)",
            "wait 60,000 ms (`src/http.rs#TIMEOUT`)",
        ),
        (
            "wait 1 day (`src/http.rs#TIMEOUT`)",
            "wait 60 s (`src/http.rs#TIMEOUT`)",
        ),
        (
            "try 5 times (`src/http.rs#MAX_RETRIES`)",
            "try 3 times (`src/http.rs#MAX_RETRIES`)",
        ),
        (
            "wait 45秒（`src/http.rs#TIMEOUT`）",
            "wait 60秒（`src/http.rs#TIMEOUT`）",
        ),
    ] {
        let workspace = spec(line);
        let before = format!("# A\n\n## Requirements\n\n- **FR-003**: System MUST {line}.\n");
        assert_eq!(
            fixed(CONSTANT, &workspace),
            before.replace(line, after),
            "{line}"
        );
    }
    // Nobody says of what the code has 30,000.
    assert_eq!(
        fixes(CONSTANT, &spec("wait 7 s (`src/http.rs#BARE`)")),
        Vec::<String>::new()
    );
}

#[test]
fn other_values_in_the_code() {
    for (line, found, after) in [
        (
            "know `draft` and `sent` (`src/invoice.ts#Status`)",
            "[draft` and `sent] `Status` in `invoice.ts` has `paid`, which FR-003 does not list.",
            "know `draft`, `paid` and `sent` (`src/invoice.ts#Status`)",
        ),
        (
            "know `draft`, `sent` (`src/invoice.ts#Status`)",
            "[draft`, `sent] `Status` in `invoice.ts` has `paid`, which FR-003 does not list.",
            "know `draft`, `sent`, `paid` (`src/invoice.ts#Status`)",
        ),
        (
            "know `draft`, `sent`, `void` (`src/invoice.ts#Status`)",
            "[void] FR-003 lists `void`; `Status` in `invoice.ts` does not, but has `paid`.",
            "know `draft`, `sent`, `paid` (`src/invoice.ts#Status`)",
        ),
        (
            "answer `404` or `409` (`src/invoice.ts#Code`)",
            "[409] FR-003 lists `409`; `Code` in `invoice.ts` does not, but has `410`.",
            "answer `404` or `410` (`src/invoice.ts#Code`)",
        ),
    ] {
        let workspace = spec(line);
        assert_eq!(says(VALUES, &workspace), [found], "{line}");
        assert!(fixed(VALUES, &workspace).contains(after), "{line}");
    }
    let line = "know `draft`, `sent`, `paid`, `void` (`src/invoice.ts#Status`)";
    assert_eq!(
        says(VALUES, &spec(line)),
        ["[void] FR-003 lists `void`, which `Status` in `invoice.ts` does not have."]
    );
    for line in [
        "know `paid`, `draft`, `sent` (`src/invoice.ts#Status`)",
        "know `NOT_FOUND`, `gone` (`src/invoice.ts#Code`)",
    ] {
        is_fine(VALUES, line);
    }
}

#[test]
fn open_tasks_are_to_bring_it_about() {
    let tasks = |tick: char, rest: &str| {
        format!(
            "{}//- /specs/001-a/tasks.md\n# Tasks\n\n## Phase 1: Work\n\n- [x] T001 Begin\n- [{tick}] T002 {rest}\n",
            spec("wait 30 s (`src/http.rs#TIMEOUT`)")
        )
    };
    for rest in ["Wait in src/http.rs", "Wait per FR-003"] {
        assert_eq!(says(CONSTANT, &tasks(' ', rest)), Vec::<String>::new());
        assert_eq!(
            knows(CONSTANT, &tasks(' ', rest)).1,
            ["open tasks are to bring it about (1)"]
        );
        assert_eq!(says(CONSTANT, &tasks('x', rest)).len(), 1);
    }
    assert_eq!(
        says(CONSTANT, &tasks(' ', "Something else in src/other.rs")).len(),
        1
    );
}

#[test]
fn every_format_binds() {
    let kiro = format!(
        "//- /.kiro/specs/login/requirements.md\n# Requirements\n\n### Requirement 1: Login\n\n#### Acceptance Criteria\n\n1. WHEN it hangs THE SYSTEM SHALL give up after 30 s (`src/http.rs#TIMEOUT`)\n{SOURCES}"
    );
    assert_eq!(
        says(CONSTANT, &kiro),
        ["[30 s] 1.1 says 30 s, but `TIMEOUT` in `http.rs` is 60 s."]
    );
    let capability = format!(
        "//- /openspec/specs/login/spec.md\n# Login\n\n## Requirements\n\n### Requirement: Login\n\nThe system SHALL give up after 30 s (`src/http.rs#TIMEOUT`).\n{SOURCES}"
    );
    assert_eq!(
        says(CONSTANT, &capability),
        ["[30 s] Login says 30 s, but `TIMEOUT` in `http.rs` is 60 s."]
    );
    let plan = format!(
        "//- /specs/001-a/spec.md\n# A\n//- /specs/001-a/plan.md\n# Plan\n\nGive up after 30 s (`src/http.rs#TIMEOUT`).\n{SOURCES}"
    );
    assert_eq!(
        says(CONSTANT, &plan),
        ["[30 s] plan.md says 30 s, but `TIMEOUT` in `http.rs` is 60 s."]
    );
}
