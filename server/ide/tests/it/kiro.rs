//! A Kiro spec in the editor: criteria by place, terms of the glossary, places that are counted.

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};
use fixture::Fixture;
use rules::Locale;
use text::{Edit, TextRange};

use crate::workspaces::analysis;

const LOGIN: &str = "//- /.kiro/specs/login/requirements.md
# Requirements Document

## Glossary

- **Session_Store**: where sessions live
- **User**: a person

## Requirements

### Requirement 1: Keep sessions

#### Acceptance Criteria

1. WHEN a user logs in, THE Session_Store SHALL keep the session
2. WHEN a session is old, THE Session_Store SHALL drop it

### Requirement 2: Show sessions

#### Acceptance Criteria

1. WHEN asked, THE Session_Store SHALL list sessions
//- /.kiro/specs/login/design.md
# Design Document

The `Session_Store` holds them. Session_Stores are none of it.

### Property 1: Round trip

*For any* session, THE Session_Store SHALL give back what it took

**Validates: Requirements 1.1**
//- /.kiro/specs/login/tasks.md
# Implementation Plan

- [ ] 1. Keep
  - _Requirements: 1.1, TYPED_
  - **Property 1: Round trip**
";

fn fixture(old: &str, new: &str) -> Fixture {
    assert!(LOGIN.contains(old), "{old}");
    Fixture::parse(&LOGIN.replacen(old, new, 1))
}

fn completes(typed: &str, expected: Expect) {
    let fixture = fixture("_Requirements: 1.1, TYPED_", typed);
    let (file, at) = fixture.cursor.unwrap();
    let found = analysis(&fixture).completions(file, at, None, rules::Locale::English);
    let mut shown = String::new();
    for item in &found.items {
        let replaced = text::slice(fixture.text(file), item.replace);
        let _ = writeln!(shown, "{} <- \"{replaced}\" | {}", item.insert, item.detail);
    }
    expected.assert_eq(&shown);
}

#[test]
fn criteria_are_completed_with_their_texts() {
    completes(
        "_Requirements: 1.1, $0_",
        expect![[r#"
            1 <- "" | Keep sessions
            1.1 <- "" | WHEN a user logs in, THE Session_Store SHALL keep the session
            1.2 <- "" | WHEN a session is old, THE Session_Store SHALL drop it
            2 <- "" | Show sessions
            2.1 <- "" | WHEN asked, THE Session_Store SHALL list sessions
        "#]],
    );
    completes(
        "_Requirements: 2.$0_",
        expect![[r#"
            2.1 <- "2." | WHEN asked, THE Session_Store SHALL list sessions
        "#]],
    );
    // Not in prose, and not where a word is typed.
    completes("about 1.$0", expect![""]);
    completes("_Requirements: 1.1_ so $0", expect![""]);
}

#[test]
fn a_term_leads_to_its_definition_and_everywhere_it_stands() {
    let fixture = fixture("`Session_Store` holds", "`Session$0_Store` holds");
    let (file, at) = fixture.cursor.unwrap();
    let analysis = analysis(&fixture);
    let places = analysis.references(file, at, true);
    let shown: Vec<String> = places
        .iter()
        .map(|(file, range)| {
            let lines = text::LineIndex::new(fixture.text(*file));
            let name = fixture
                .graph
                .inputs()
                .tree
                .path_str(*file)
                .rsplit('/')
                .next()
                .unwrap();
            format!(
                "{name}:{} {}",
                lines.line(range.start()) + 1,
                text::slice(fixture.text(*file), *range)
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "requirements.md:5 Session_Store",
            "requirements.md:14 Session_Store",
            "requirements.md:15 Session_Store",
            "requirements.md:21 Session_Store",
            "design.md:3 Session_Store",
            "design.md:7 Session_Store",
        ]
    );
    let hover = analysis.hover(file, at, Locale::English).unwrap();
    assert!(
        hover.markdown.contains("where sessions live"),
        "{}",
        hover.markdown
    );
}

#[test]
fn a_term_is_renamed_in_all_documents_of_its_spec() {
    let fixture = fixture("`Session_Store` holds", "`Session$0_Store` holds");
    let (file, at) = fixture.cursor.unwrap();
    let analysis = analysis(&fixture);
    let term = analysis
        .renamable(file, at, Locale::English)
        .unwrap()
        .unwrap();
    assert_eq!(term.id, "Session_Store");
    let texts = |file| Ok(Arc::from(fixture.text(file)));
    let rename = |new: &str| analysis.rename(&term.items, new, &texts, Locale::English);
    let done = rename("Session_Vault").unwrap();
    let edits: Vec<Edit> = done
        .edits
        .iter()
        .filter(|(at, _)| *at == file)
        .map(|(_, edit)| edit.clone())
        .collect();
    let design = text::apply(fixture.text(file), &edits).unwrap();
    assert!(design.contains("The `Session_Vault` holds them. Session_Stores are none of it."));
    assert_eq!(done.edits.len(), 6);
    assert_eq!(rename("Vault").unwrap_err(), "“Vault” is no id.");
    assert!(
        rename("Session_Stores")
            .unwrap_err()
            .contains("defined already")
    );
}

#[test]
fn a_plain_word_is_no_term_wherever_it_stands() {
    let fixture = fixture("- **User**: a person", "- **Us$0er**: a person");
    let (file, at) = fixture.cursor.unwrap();
    assert!(
        analysis(&fixture)
            .renamable(file, at, Locale::English)
            .unwrap()
            .is_none()
    );
}

#[test]
fn steps_are_offered_on_what_is_counted() {
    let mut shown = String::new();
    for marked in [
        "2. WHEN a ses$0sion is old",
        "### Require$0ment 1: Keep",
        "**Session$0_Store**",
    ] {
        let fixture = fixture(&marked.replace("$0", ""), marked);
        let (file, at) = fixture.cursor.unwrap();
        let _ = writeln!(shown, "{marked}");
        for action in analysis(&fixture).code_actions(file, TextRange::empty(at), Locale::English) {
            let _ = writeln!(shown, "  {}", action.title);
        }
    }
    expect![[r#"
        2. WHEN a ses$0sion is old
          Insert a criterion before 1.2; references follow
          Insert a criterion behind 1.2; references follow
          Move 1.2 up; references follow
          Delete 1.2; references follow
        ### Require$0ment 1: Keep
          Move requirement 1 down; references follow
          Delete requirement 1; references follow
        **Session$0_Store**
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_requirement_comes_in_behind_another_and_is_written_like_the_first() {
    let spec = "# Requirements Document\n\n## Introduction\n\nDoors.\n\n## Requirements\n\n### Require$0ment 1: Open\n\n\
        **User Story:** As a guest, I want in.\n\n#### Acceptance Criteria\n\n1. WHEN asked, THE Door SHALL open\n";
    let more = "\n### Requirement 2: Shut\n\n**User Story:** As a host, I want quiet.\n\n#### Acceptance Criteria\n\n\
        1. WHEN left, THE Door SHALL shut\n";
    let tasks = "# Implementation Plan\n\n- [ ] 1. Shut\n  - _Requirements: 2.1_\n";
    for (text, end) in [
        (format!("{spec}{more}"), "\n"),
        (spec.to_owned(), "\n"),
        (format!("{spec}{more}"), "\r\n"),
    ] {
        let written = format!(
            "//- /.kiro/specs/doors/requirements.md\n{text}//- /.kiro/specs/doors/tasks.md\n{}",
            if text.contains("Shut") {
                tasks
            } else {
                "# Plan\n"
            }
        );
        let fixture = Fixture::parse(&written.replace('\n', end));
        let (file, at) = fixture.cursor.unwrap();
        let analysis = analysis(&fixture);
        let actions = analysis.code_actions(file, TextRange::empty(at), Locale::English);
        let title =
            "Insert a requirement behind requirement 1; references follow (from code facts, no AI)";
        let action = actions.into_iter().find(|it| it.title == title);
        let ide::ActionKind::Recount { step, .. } = action.unwrap().kind else {
            panic!("it is counted");
        };
        let texts = |file| Ok(fixture.text(file).into());
        let done = analysis
            .recount(file, &step, &texts, Locale::English)
            .unwrap();
        let of = |wanted| {
            let edits = done.edits.iter().filter(|(file, _)| *file == wanted);
            let edits: Vec<Edit> = edits.map(|(_, edit)| edit.clone()).collect();
            text::apply(fixture.text(wanted), &edits).unwrap()
        };
        let new = "\n### Requirement 2: [NEEDS CLARIFICATION: What is needed?]\n\n\
            **User Story:** [NEEDS CLARIFICATION: Who wants what, and why?]\n\n#### Acceptance Criteria\n\n\
            1. WHEN [NEEDS CLARIFICATION: Which event happens?] THEN the system SHALL [NEEDS CLARIFICATION: Do what?]\n";
        let behind = if text.contains("Shut") { more } else { "" };
        let wanted = format!(
            "{}{new}{}",
            spec.replace("$0", ""),
            behind.replace("Requirement 2", "Requirement 3")
        );
        assert_eq!(of(file), wanted.replace('\n', end));
        let list = of(fixture.file(".kiro/specs/doors/tasks.md"));
        assert_eq!(list.contains("_Requirements: 3.1_"), !behind.is_empty());
    }
}
