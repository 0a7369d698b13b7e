//! `accept`: shows what would be accepted, writes `spec.lock` only when told to, and what parts afterwards is a finding.

use crate::sandbox::Sandbox;

const LOCK: &str = "spec.lock";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/memory/constitution.md", "# Constitution\n");
    sandbox.write(
        "specs/001-login/spec.md",
        "# Feature Specification: Login\n\n## Requirements\n\n### Functional Requirements\n\n\
         - **FR-001**: System MUST hash each password with bcrypt.\n\
         - **FR-002**: System MUST end a session after 30 minutes.\n\
         - **FR-003**: System MUST rest.\n",
    );
    sandbox.write(
        "specs/001-login/tasks.md",
        "# Tasks: Login\n\n## Phase 1: Work\n\n- [ ] T001 Add `hash` in `src/password.rs` (FR-001)\n\
         - [ ] T002 Add `end` in `src/session.rs` (FR-002)\n",
    );
    sandbox.write(
        "src/password.rs",
        "pub fn hash(password: &str) -> usize {\n    password.len() * 31\n}\n",
    );
    sandbox.write(
        "src/session.rs",
        "pub fn end(minutes: u32) -> bool {\n    minutes > 30 && minutes < 1_000\n}\n",
    );
    sandbox
}

fn lock(sandbox: &Sandbox) -> Option<String> {
    std::fs::read_to_string(sandbox.path().join(LOCK)).ok()
}

fn accepted() -> Sandbox {
    let sandbox = sandbox();
    let ran = sandbox.run(&["accept", "--all", "--yes", "--reason", "read with Ann"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    sandbox
}

fn codes(sandbox: &Sandbox) -> Vec<String> {
    let json = sandbox.run(&["check", "--all", "--format", "json"]).json();
    let findings = json["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["group"] == "drift")
        .map(|finding| {
            let address = finding["item"]["address"].as_str().unwrap_or_default();
            format!("{} {address}", finding["code"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn nothing_is_written_before_somebody_says_so() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["accept", "--all"]);
    assert_eq!(ran.code, 2, "no terminal to ask on");
    assert!(ran.out.contains("specs/001-login#FR-001"), "{}", ran.out);
    assert!(
        ran.out.contains("+ src/password.rs#hash  (new)"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("2 items, 2 links; 1 without code."),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("--yes --reason"), "{}", ran.err);
    let ran = sandbox.run(&["accept", "FR-001", "--dry-run"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("+++ b/spec.lock"), "{}", ran.out);
    assert_eq!(
        sandbox.run(&["accept", "--all", "--yes"]).code,
        2,
        "no reason"
    );
    assert_eq!(lock(&sandbox), None);
}

#[test]
fn one_item_a_feature_a_path_or_all_of_it() {
    for (what, lines) in [
        ("FR-001", 1),
        ("specs/001-login#FR-002", 1),
        ("001-login", 2),
        ("specs/001-login/spec.md", 2),
        ("src/password.rs:1", 1),
    ] {
        let sandbox = sandbox();
        let ran = sandbox.run(&["accept", what, "--yes", "--reason", "read"]);
        assert_eq!(ran.code, 0, "{what}: {}", ran.err);
        let lock = lock(&sandbox).unwrap();
        assert_eq!(
            lock.lines().filter(|line| !line.starts_with('#')).count(),
            lines,
            "{what}: {lock}"
        );
    }
    let ran = sandbox().run(&["accept", "FR-999", "--yes", "--reason", "read"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("FR-999"), "{}", ran.err);
}

#[test]
fn what_parts_is_found_until_it_is_accepted_again() {
    let sandbox = accepted();
    assert_eq!(codes(&sandbox), Vec::<String>::new());
    sandbox.write(
        "src/session.rs",
        "/// Ends it.\npub fn end(minutes: u32, grace: u32) -> bool {\n    minutes > 30 && minutes < 1_000\n}\n",
    );
    assert_eq!(codes(&sandbox), ["suspect-code specs/001-login#FR-002"]);
    let before = lock(&sandbox).unwrap();
    let ran = sandbox.run(&["accept", "FR-002", "--yes", "--reason", "grace is fine"]);
    assert!(
        ran.out
            .contains("~ src/session.rs#end  (its signature changed)"),
        "{}",
        ran.out
    );
    assert_eq!(codes(&sandbox), Vec::<String>::new());
    let after = lock(&sandbox).unwrap();
    let kept = |text: &str| {
        text.lines()
            .filter(|line| !line.contains("FR-002"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(kept(&before), kept(&after));
    assert!(after.contains("\"grace is fine\""), "{after}");
    let again = sandbox.run(&["accept", "--all", "--yes", "--reason", "again"]);
    assert_eq!(again.code, 0);
    assert_eq!(
        lock(&sandbox).unwrap(),
        after,
        "what is as it was is not written again"
    );
}

#[test]
fn what_is_gone_is_forgotten_and_what_cannot_be_read_stays() {
    let sandbox = accepted();
    let own = lock(&sandbox).unwrap();
    sandbox.write(LOCK, &format!("{own}nobody knows this\n"));
    let spec = std::fs::read_to_string(sandbox.path().join("specs/001-login/spec.md")).unwrap();
    let left: String = spec
        .split_inclusive('\n')
        .filter(|line| !line.contains("FR-001"))
        .collect();
    sandbox.write("specs/001-login/spec.md", &left);
    let ran = sandbox.run(&["accept", "--all", "--yes", "--reason", "tidy"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("1 line of what is gone forgotten"),
        "{}",
        ran.out
    );
    let after = lock(&sandbox).unwrap();
    assert!(
        !after.contains("FR-001") && after.contains("FR-002"),
        "{after}"
    );
    assert!(after.ends_with("nobody knows this\n"), "{after}");

    sandbox.write(
        LOCK,
        &format!("<<<<<<< ours\n{after}=======\n>>>>>>> theirs\n"),
    );
    let ran = sandbox.run(&["accept", "--all", "--yes", "--reason", "x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("conflict markers"), "{}", ran.err);
}

#[test]
fn a_move_of_everything_is_followed() {
    let sandbox = accepted();
    std::fs::create_dir_all(sandbox.path().join("lib")).unwrap();
    for file in ["password.rs", "session.rs"] {
        let from = sandbox.path().join("src").join(file);
        std::fs::rename(from, sandbox.path().join("lib").join(file)).unwrap();
    }
    assert_eq!(codes(&sandbox), Vec::<String>::new());
}

#[test]
fn the_fix_in_json_accepts_what_parted_and_nothing_else() {
    let sandbox = accepted();
    sandbox.write(
        "src/session.rs",
        "pub fn end(minutes: u32) -> bool {\n    minutes > 45 && minutes < 1_000\n}\n",
    );
    let before = lock(&sandbox).unwrap();
    let json = sandbox.run(&["check", "--all", "--format", "json"]).json();
    let findings = json["findings"].as_array().unwrap().iter();
    let mut own = findings.filter(|finding| finding["code"] == "suspect-code");
    let finding = own.next().unwrap();
    let mut after = before.clone();
    let edits = finding["fixes"][0]["edits"].as_array().unwrap();
    for edit in edits.iter().rev() {
        assert_eq!(edit["path"], LOCK);
        let at = |end: &str| usize::try_from(edit[end].as_u64().unwrap()).unwrap();
        after.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
    }
    let same = |line: &&str| after.lines().any(|other| other == *line);
    assert_eq!(
        before.lines().filter(same).count() + 1,
        before.lines().count()
    );
    sandbox.write(LOCK, &after);
    assert_eq!(codes(&sandbox), Vec::<String>::new());
}
