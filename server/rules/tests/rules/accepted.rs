//! The three rules of acceptance: `accepted-target-gone`, `suspect-code`, `suspect-requirement`.

use fixture::Fixture;
use rules::{Locale, Severity};
use trace::Accepting;

use super::{knows, related, says, severities};

const RULES: [&str; 3] = [
    "accepted-target-gone",
    "suspect-code",
    "suspect-requirement",
];

fn related_messages(code: &str, workspace: &str) -> Vec<String> {
    let findings = super::findings(code, &Fixture::parse(workspace));
    let related = findings.iter().flat_map(|finding| &finding.related);
    related
        .map(|place| place.message.text(Locale::English))
        .collect()
}

const WORKSPACE: &str = "
//- /specs/001-auth/spec.md
# Feature Specification: Auth

## Requirements

- **FR-001**: System MUST create a session for 30 minutes.
- **FR-002**: System MUST verify tokens.
//- /specs/001-auth/tasks.md
## Phase 1: Work
- [x] T001 Add `create` in `src/session.rs` (FR-001)
- [x] T002 Add `verify` and `Known` in `src/tokens.rs` (FR-002)
//- /src/session.rs
pub fn create(minutes: u32) -> u32 { minutes.max(1) }
//- /src/tokens.rs
pub struct Known { pub key: String }
pub fn verify(token: &str) -> bool { token.starts_with(\"key-\") && token.len() > 12 }
";

/// The workspace, all of it accepted, after changes.
fn accepted(changes: &[(&str, &str)]) -> String {
    let fixture = Fixture::parse(WORKSPACE);
    let graph = &fixture.graph;
    let mut items = Vec::new();
    for feature in graph.features() {
        items.extend(graph.acceptable_items(feature));
    }
    let plans = graph.accept(Accepting {
        items: &items,
        reason: "read with Ann",
        prune: false,
    });
    let lock = text::apply("", &plans[0].edits).unwrap_or_default();
    let mut workspace = WORKSPACE.to_owned();
    for (from, to) in changes {
        assert!(workspace.contains(from), "{from}");
        workspace = workspace.replace(from, to);
    }
    format!("{workspace}//- /spec.lock\n{lock}")
}

fn all(changes: &[(&str, &str)]) -> Vec<String> {
    let workspace = accepted(changes);
    RULES
        .iter()
        .flat_map(|code| says(code, &workspace))
        .collect()
}

#[test]
fn what_is_as_it_was_accepted_is_clean() {
    for changes in [
        &[][..],
        &[("- **FR-001**: System", "* __FR-009__:  System")],
        &[("minutes.max(1)", "minutes . max( 1 ) /* at least */")],
        &[("//- /src/tokens.rs", "//- /lib/tokens.rs")],
        &[("- [x] T002", "- [ ] T002")],
    ] {
        assert_eq!(all(changes), Vec::<String>::new(), "{changes:?}");
        assert_eq!(knows("suspect-code", &accepted(changes)), (2, Vec::new()));
    }
    assert_eq!(
        RULES.iter().flat_map(|code| says(code, WORKSPACE)).count(),
        0
    );
}

#[test]
fn changed_code_is_one_finding_of_its_requirement() {
    let changes = [
        ("verify(token: &str)", "verify(token: &str, scope: u8)"),
        ("key: String", "key: u64"),
    ];
    assert_eq!(
        all(&changes),
        ["[FR-002] `verify` has another signature than when FR-002 was accepted with it."]
    );
    let workspace = accepted(&changes);
    assert_eq!(
        severities("suspect-code", &workspace),
        [Severity::Information]
    );
    let places = related("suspect-code", &workspace);
    assert_eq!(places.len(), 4, "{places:?}");
    assert_eq!(
        (places[0].as_str(), places[2].as_str()),
        ("verify", "Known")
    );
    assert!(places[1].contains("src/tokens.rs#verify"), "{places:?}");

    let body = accepted(&[("> 12", "> 16")]);
    assert_eq!(
        says("suspect-code", &body),
        ["[FR-002] `verify` does something else than when FR-002 was accepted with it."]
    );
    assert_eq!(severities("suspect-code", &body), [Severity::Hint]);
}

#[test]
fn a_changed_text_is_one_finding_with_its_code() {
    assert_eq!(
        all(&[("30 minutes", "45 minutes")]),
        ["[FR-001] FR-001 reads differently than when it was accepted; `create` is as it was."]
    );
    assert_eq!(
        all(&[("30 minutes", "45 minutes"), ("max(1)", "max(2)")]),
        [
            "[FR-001] FR-001 reads differently than when it was accepted, and `create` has changed, too."
        ]
    );
    assert_eq!(
        all(&[("verify tokens", "verify all tokens"), ("> 12", "> 16")]),
        ["[FR-002] FR-002 reads differently than when it was accepted; `Known` is as it was."]
    );
}

#[test]
fn git_knows_which_words_were_accepted() {
    let spec = WORKSPACE.split("//- ").nth(1).unwrap_or_default();
    let (path, text) = spec.split_once('\n').unwrap_or_default();
    let says_then = |changes: &[(&str, &str)]| {
        let workspace = format!(
            "{}\n//- past abc1234 {path}\n{text}",
            accepted(changes).trim_end()
        );
        says("suspect-requirement", &workspace)
    };
    assert_eq!(
        says_then(&[("30 minutes", "45 minutes")]),
        ["[FR-001] FR-001 says \"45\" where \"30\" was accepted; `create` is as it was."]
    );
    assert_eq!(
        says_then(&[("MUST verify", "MUST never verify")]),
        ["[FR-002] FR-002 also says \"never\" since it was accepted; `Known` is as it was."]
    );
    assert_eq!(
        says_then(&[(" for 30 minutes", "")]),
        [
            "[FR-001] FR-001 was accepted with \"for 30 minutes\", which it does not say now; `create` is as it was."
        ]
    );
}

#[test]
fn code_that_is_gone_is_said_with_where_it_went() {
    assert_eq!(
        all(&[("pub fn verify", "pub fn check")]),
        [
            "[FR-002] FR-002 was accepted with `verify`; `src/tokens.rs` has its body as `check` now."
        ]
    );
    assert_eq!(
        all(&[("pub struct Known { pub key: String }\n", "")]),
        [
            "[FR-002] FR-002 was accepted with `Known`, which `src/tokens.rs` does not declare any more."
        ]
    );
    let source = WORKSPACE
        .split("//- /src/session.rs")
        .nth(1)
        .expect("it is there");
    let source = source
        .split("//- /src/tokens.rs")
        .next()
        .expect("it is there");
    let gone = accepted(&[(
        &format!("//- /src/session.rs{source}"),
        "//- deleted src/session.rs abc1234\n",
    )]);
    assert_eq!(
        says("accepted-target-gone", &gone),
        [
            "[FR-001] FR-001 was accepted with `create`; `src/session.rs` was deleted in commit abc1234."
        ]
    );
}

#[test]
fn what_cannot_be_parsed_is_unknown() {
    let workspace = accepted(&[("> 12 }", "> 12 ) ]")]);
    assert_eq!(
        RULES.iter().flat_map(|code| says(code, &workspace)).count(),
        0
    );
    let (_, unknown) = knows("suspect-code", &workspace);
    assert!(!unknown.is_empty());
}

#[test]
fn git_knows_which_line_was_accepted() {
    let source = WORKSPACE
        .split("//- ")
        .find(|each| each.starts_with("/src/tokens.rs"));
    let (path, text) = source
        .unwrap_or_default()
        .split_once('\n')
        .unwrap_or_default();
    let then = |commit: &str, changes: &[(&str, &str)]| {
        let now = accepted(changes);
        format!("{}\n//- past {commit} {path}\n{text}", now.trim_end())
    };
    let changes = [("verify(token: &str)", "verify(token: &str, scope: u8)")];
    let workspace = then("abc1234", &changes);
    assert_eq!(
        says("suspect-code", &workspace),
        [
            "[FR-002] FR-002 was accepted with `verify` as `…token: &str) -> bool`, which is `…token: &str, scope: u8) -> bo…` now."
        ]
    );
    let places = related("suspect-code", &workspace);
    assert_eq!(
        places[..2],
        [
            "pub fn verify(token: &str, scope: u8) -> bool",
            "System MUST verify tokens."
        ]
    );
    let said = related_messages("suspect-code", &workspace);
    assert_eq!(
        said[0],
        "This was `pub fn verify(token: &str) -> bool` until abc1234."
    );
    assert_eq!(said[1], "FR-002 says: \"System MUST verify tokens\".");

    // Not committed, laid out anew, with a comment; the number is the requirement's.
    let one = "pub fn create(minutes: u32) -> u32 { minutes.max(1) }";
    let changes = [(
        one,
        "pub fn create(minutes: u32) -> u32 {\n    // Long.\n    minutes.max(30)\n}",
    )];
    let workspace = format!(
        "{}\n//- past HEAD /src/session.rs\n{one}\n",
        accepted(&changes).trim_end()
    );
    assert_eq!(
        says("suspect-code", &workspace),
        [
            "[FR-001] `create` has `minutes.max(30)` in line 3; FR-001 was accepted with `{ minutes.max(1) }`."
        ]
    );
    let said = related_messages("suspect-code", &workspace);
    assert_eq!(said[0], "This is `{ minutes.max(1) }` in the last commit.");
    assert_eq!(
        said[1],
        "FR-001 names `30`: \"System MUST create a session for 30 minutes\"."
    );
}

#[test]
fn a_line_that_came_or_went_is_no_line_that_was_changed() {
    let body = "pub fn create(minutes: u32) -> u32 {\n    log(minutes);\n    minutes.max(1)\n}";
    let one = "pub fn create(minutes: u32) -> u32 { minutes.max(1) }";
    let came = accepted(&[(one, body)]);
    let was = "//- past abc1234 /src/session.rs\n";
    assert_eq!(
        says("suspect-code", &format!("{came}\n{was}{one}\n")),
        [
            "[FR-001] `create` has `log(minutes);` in line 2, which was not there when FR-001 was accepted."
        ]
    );
    let away = format!("{}\n{was}nothing\n", came.trim_end());
    assert_eq!(
        says("suspect-code", &away),
        ["[FR-001] `create` does something else than when FR-001 was accepted with it."]
    );
}
