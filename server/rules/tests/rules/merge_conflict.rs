use fixture::Fixture;
use rules::{Checked, Locale};
use trace::{Change, Graph, RootId};

use super::says;

const CODE: &str = "merge-conflict";

const CONFLICT: &str = "\
//- /specs/001-login/spec.md
# Feature Specification: Login

- **FR-001**: The service MUST keep a session.
- **FR-001**: The service MUST end a session.
//- /specs/001-login/tasks.md
# Tasks: Login

- [x] T001 Keep it in src/session.rs (FR-009)
<<<<<<< HEAD
- [x] T002 Close it in src/session.rs
=======
- [ ] T002 End it in src/session.rs
>>>>>>> totp
//- /specs/002-logout/spec.md
# Feature Specification: Logout

- **FR-001**: The service MUST forget a session, see FR-009.
";

fn all(graph: &Graph) -> Vec<String> {
    let checked = Checked::new(graph);
    let findings = checked.features().flat_map(|(_, found)| &found.findings);
    findings
        .map(|finding| {
            format!(
                "{}: {}",
                finding.code,
                finding.message.text(Locale::English)
            )
        })
        .collect()
}

#[test]
fn nothing_else_is_said_of_a_feature_whose_merge_is_undecided() {
    assert_eq!(
        says(CODE, CONFLICT),
        [
            "[<<<<<<< HEAD] A merge of tasks.md is undecided here; nothing else is said of 001-login until it is."
        ]
    );
    let graph = Graph::new(fixture::inputs(&Fixture::parse(CONFLICT).files));
    let said = all(&graph);
    assert_eq!(
        said.iter()
            .filter(|each| each.contains("001-login"))
            .count(),
        1
    );
    assert!(
        !said.iter().any(|each| each.starts_with("duplicate-id")),
        "{said:?}"
    );
    // Of other features everything is said.
    assert!(
        said.iter()
            .any(|each| each.starts_with("unknown-reference")),
        "{said:?}"
    );
}

/// What was not asked while the merge was undecided is asked when it is decided, also by rules that look at other documents.
#[test]
fn what_was_there_is_said_again_once_it_is_decided() {
    let files = Fixture::parse(CONFLICT).files;
    let graph = Graph::new(fixture::inputs(&files));
    let file = graph
        .inputs()
        .tree
        .file(RootId(0), "specs/001-login/tasks.md");
    let file = file.expect("it is there");
    let text = &files[1].1;
    let decided =
        "# Tasks: Login\n\n- [x] T001 Keep it in src/session.rs (FR-009)\n- [x] T002 Close it\n";
    let set = |text: &str| {
        let doc = fixture::document("specs/001-login/tasks.md", text);
        vec![Change::Document(file, doc)]
    };
    let before = Checked::new(&graph);
    let after = graph.apply(set(decided));
    let found = |checked: &Checked| -> Vec<_> {
        let all = checked
            .features()
            .flat_map(|(_, found)| found.findings.clone());
        all.collect()
    };
    assert_eq!(found(&before.update(&after)), found(&Checked::new(&after)));
    let said = all(&after);
    assert!(
        said.iter().any(|each| each.starts_with("duplicate-id")),
        "{said:?}"
    );
    let again = after.apply(set(text));
    assert_eq!(found(&before.update(&after).update(&again)), found(&before));
}

#[test]
fn a_code_block_explains_merging() {
    let text = "//- /specs/001-login/plan.md\n# Plan\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n";
    assert!(says(CODE, text).is_empty());
}
