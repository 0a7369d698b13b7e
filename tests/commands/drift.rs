//! `drift --since`, and what the comment of `check --since` says of it: who relied on a requirement that says something else,
//! and what code that changed serves.

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

const SPEC: &str = "# Feature Specification: Login

### User Story 1 - Log in (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a user, **When** they log in, **Then** a session begins.

## Requirements

- **FR-001**: The system MUST end a session after 30 minutes.
- **FR-002**: The system MUST hash passwords.
";
const TASKS: &str = "# Tasks: Login

## Phase 1: User Story 1

- [x] T001 [US1] End sessions with `expire` in `src/session.rs` (FR-001)
- [x] T002 [US1] Hash with `hash` in `src/hash.rs` (FR-002)
";
const PLAN: &str = "# Implementation Plan: Login

Sessions are kept in memory (FR-001).
";
const SESSION: &str = "pub fn expire(age: u32) -> bool {
    let limit = 1_800;
    age > limit
}

#[cfg(test)]
mod tests {
    // FR-001
    #[test]
    fn ends_after_half_an_hour() {
        assert!(super::expire(1_801));
    }
}
";
const HASH: &str = "pub fn hash(word: &str) -> usize {\n    word.len()\n}\n";

/// A finished feature, committed on `main`; the sandbox is on `work`.
fn branch() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("specs/001-login/spec.md", SPEC);
    sandbox.write("specs/001-login/tasks.md", TASKS);
    sandbox.write("specs/001-login/plan.md", PLAN);
    sandbox.write("src/session.rs", SESSION);
    sandbox.write("src/hash.rs", HASH);
    sandbox.commit("all");
    sandbox.git(&["checkout", "-q", "-b", "work"]);
    sandbox
}

fn drift(sandbox: &Sandbox) -> Value {
    let ran: Ran = sandbox.run(&["drift", "--since", "main", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()
}

fn relied(item: &Value) -> Vec<String> {
    let all = item["relied"].as_array().unwrap().iter();
    all.map(|it| {
        format!(
            "{} {} {}{}",
            it["what"].as_str().unwrap(),
            it["name"].as_str().unwrap(),
            it["path"].as_str().unwrap(),
            if it["changed"] == true {
                " changed"
            } else {
                ""
            }
        )
    })
    .collect()
}

#[test]
fn who_relied_on_a_requirement_that_says_something_else() {
    let sandbox = branch();
    sandbox.write(
        "specs/001-login/spec.md",
        &SPEC.replace("30 minutes", "15 minutes"),
    );
    let json = drift(&sandbox);
    let items = json["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{json:#}");
    assert_eq!(items[0]["address"], "specs/001-login#FR-001");
    assert_eq!(items[0]["change"], "reworded");
    assert_eq!(
        items[0]["was"],
        "The system MUST end a session after 30 minutes."
    );
    assert_eq!(
        items[0]["now"],
        "The system MUST end a session after 15 minutes."
    );
    let told = relied(&items[0]);
    for one in [
        "task specs/001-login#T001 specs/001-login/tasks.md",
        "code expire src/session.rs",
        "test tests > ends_after_half_an_hour src/session.rs",
        "document  specs/001-login/plan.md",
    ] {
        assert!(told.iter().any(|it| it == one), "{one}: {told:#?}");
    }
    assert_eq!(json["code"], Value::Array(Vec::new()));
    // Who followed stands behind those who did not.
    sandbox.write(
        "src/session.rs",
        &SESSION.replace("age > limit", "age >= limit"),
    );
    let json = drift(&sandbox);
    let told = relied(&json["items"][0]);
    assert_eq!(told.last().unwrap(), "code expire src/session.rs changed");
    let comment = sandbox
        .run(&["check", "--since", "main", "--format", "markdown"])
        .out;
    assert!(comment.contains("### What the change touches"), "{comment}");
    assert!(
        comment.contains("`expire` at `src/session.rs:1`: changed, too"),
        "{comment}"
    );
    assert!(
        comment.contains("`specs/001-login/plan.md:3`: **not changed**"),
        "{comment}"
    );
}

#[test]
fn another_feature_with_the_same_words_hides_nothing() {
    let sandbox = branch();
    sandbox.write("specs/002-logout/spec.md", SPEC);
    sandbox.commit("the same words");
    sandbox.git(&["branch", "-f", "main"]);
    let other = SPEC.replace("30 minutes", "15 minutes");
    sandbox.write("specs/001-login/spec.md", &other);
    let json = drift(&sandbox);
    let items = json["items"].as_array().unwrap();
    let addresses: Vec<&Value> = items.iter().map(|item| &item["address"]).collect();
    assert_eq!(addresses, ["specs/001-login#FR-001"], "{json:#}");
}

#[test]
fn what_changed_code_serves() {
    let sandbox = branch();
    sandbox.write("src/session.rs", &SESSION.replace("age: u32", "age: u64"));
    sandbox.git(&["rm", "-q", "src/hash.rs"]);
    let json = drift(&sandbox);
    let code: Vec<String> = json["code"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let serves = it["serves"].as_array().unwrap().iter();
            let serves: Vec<&str> = serves.map(|item| item["id"].as_str().unwrap()).collect();
            format!(
                "{} {} {}",
                it["name"].as_str().unwrap(),
                it["change"].as_str().unwrap(),
                serves.join(" ")
            )
        })
        .collect();
    assert_eq!(
        code,
        ["hash gone US1 FR-002", "expire signature US1 FR-001"]
    );
    assert_eq!(json["items"], Value::Array(Vec::new()));
}

#[test]
fn formatting_moving_and_renumbering_touch_nothing() {
    let sandbox = branch();
    let local = SESSION
        .replace("limit", "most")
        .replace("    let", "\n    // Half an hour.\n    let");
    sandbox.write("src/session.rs", &local);
    sandbox.git(&["mv", "src/hash.rs", "src/digest.rs"]);
    let tasks = TASKS
        .replace("src/hash.rs", "src/digest.rs")
        .replace("FR-002", "FR-003");
    sandbox.write("specs/001-login/tasks.md", &tasks);
    let spec = SPEC
        .replace("FR-002", "FR-003")
        .replace("MUST end a session", "MUST end\n  a session")
        .replace("- **", "* **");
    sandbox.write("specs/001-login/spec.md", &spec);
    let json = drift(&sandbox);
    assert_eq!(json["items"], Value::Array(Vec::new()), "{json:#}");
    assert_eq!(json["code"], Value::Array(Vec::new()), "{json:#}");
    let comment = sandbox
        .run(&["check", "--since", "main", "--format", "markdown"])
        .out;
    assert!(!comment.contains("touches"), "{comment}");
}

#[test]
fn what_is_gone_is_told_with_all_that_rested_on_it() {
    let sandbox = branch();
    let spec = SPEC.replace(
        "- **FR-001**: The system MUST end a session after 30 minutes.\n",
        "",
    );
    sandbox.write("specs/001-login/spec.md", &spec);
    let json = drift(&sandbox);
    let items = json["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{json:#}");
    assert_eq!(
        (&items[0]["change"], &items[0]["now"]),
        (&Value::from("gone"), &Value::Null)
    );
    assert!(
        relied(&items[0])
            .iter()
            .any(|it| it == "code expire src/session.rs")
    );
    let human = sandbox.run(&["drift", "--since", "main"]).out;
    assert!(
        human.contains("1 requirement says something else"),
        "{human}"
    );
    assert!(human.contains("now  (gone)"), "{human}");
}

#[test]
fn a_revision_that_is_not_there_is_said() {
    let sandbox = branch();
    let ran = sandbox.run(&["drift", "--since", "nowhere"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nowhere"), "{}", ran.err);
}
