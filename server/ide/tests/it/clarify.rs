//! Questions that are asked, answered and taken out of the text.

use std::sync::Arc;

use expect_test::{Expect, expect};
use fixture::Fixture;
use ide::{Action, ActionKind, Analysis};
use rules::Locale;
use text::{Edit, TextRange};

/// Actions about clarifications at `$0`.
fn offered(fixture: &Fixture) -> (Analysis, Vec<Action>) {
    let mut analysis = Analysis::new(Arc::new(fixture.graph.clone()));
    analysis.today = Some("2026-11-21".into());
    let (file, at) = fixture.cursor.unwrap();
    let actions = analysis.code_actions(file, TextRange::empty(at), Locale::English);
    let actions = actions
        .into_iter()
        .filter(|it| matches!(it.kind, ActionKind::Ask { .. } | ActionKind::Answer { .. }));
    let actions = actions.collect();
    (analysis, actions)
}

fn parse(spec: &str) -> Fixture {
    Fixture::parse(&format!("//- /specs/001-a/spec.md\n{spec}"))
}

/// The document after the only action offered at `$0`; a second time there is nothing left to do.
fn done(spec: &str) -> (String, String) {
    let fixture = parse(spec);
    let (analysis, actions) = offered(&fixture);
    let [action] = actions.as_slice() else {
        panic!("{actions:#?}");
    };
    let edits: Vec<Edit> = analysis
        .resolve(&action.kind)
        .unwrap()
        .into_iter()
        .map(|(_, edit)| edit)
        .collect();
    let (file, at) = fixture.cursor.unwrap();
    let after = text::apply(fixture.text(file), &edits).unwrap();
    // The cursor moves with the text behind an insertion.
    let before = edits.iter().filter(|edit| edit.range.end() <= at);
    let moved: usize = before.map(|edit| edit.insert.len()).sum();
    let mut at = usize::from(at) + moved;
    while !after.is_char_boundary(at) {
        at -= 1;
    }
    let again = parse(&format!("{}$0{}", &after[..at], &after[at..]));
    let (again, offered) = offered(&again);
    assert!(
        !offered.iter().any(|it| it.title == action.title),
        "{offered:#?}"
    );
    assert_eq!(again.resolve(&action.kind), None);
    (action.title.clone(), after)
}

fn check(spec: &str, title: &str, expected: Expect) {
    let (shown, after) = done(spec);
    assert_eq!(shown, title);
    expected.assert_eq(&after);
}

const SPEC: &str = "# Feature Specification: 支払い 🎉\n\n**Status**: Draft\n\n## User Scenarios & Testing\n\n\
                    ## Requirements\n\n- **FR-001**: System MUST keep cards for [NEEDS $0CLARIFICATION: how long?].\n";

fn with_section(section: &str) -> String {
    SPEC.replace("## User Sce", &format!("{section}## User Sce"))
}

#[test]
fn a_question_makes_its_section_and_session() {
    check(
        SPEC,
        "Ask in Clarifications: how long?",
        expect![[r#"
        # Feature Specification: 支払い 🎉

        **Status**: Draft

        ## Clarifications

        ### Session 2026-11-21

        - Q: how long? → A: 

        ## User Scenarios & Testing

        ## Requirements

        - **FR-001**: System MUST keep cards for [NEEDS CLARIFICATION: how long?].
    "#]],
    );
    let overview = with_section("## Overview\n\nPays.\n\n---\n\n");
    check(
        &overview,
        "Ask in Clarifications: how long?",
        expect![[r#"
            # Feature Specification: 支払い 🎉

            **Status**: Draft

            ## Overview

            Pays.

            ---

            ## Clarifications

            ### Session 2026-11-21

            - Q: how long? → A: 

            ## User Scenarios & Testing

            ## Requirements

            - **FR-001**: System MUST keep cards for [NEEDS CLARIFICATION: how long?].
        "#]],
    );
}

#[test]
fn a_question_joins_the_session_of_the_day() {
    let today = with_section(
        "## Clarifications\n\n### Session 2026-11-20\n\n- Q: Who? → A: All.\n\n\
         ### Session 2026-11-21\n\n* Q: Why? → A: Because\n  of that.\n\n---\n\n",
    );
    check(
        &today,
        "Ask in Clarifications: how long?",
        expect![[r#"
        # Feature Specification: 支払い 🎉

        **Status**: Draft

        ## Clarifications

        ### Session 2026-11-20

        - Q: Who? → A: All.

        ### Session 2026-11-21

        * Q: Why? → A: Because
          of that.
        * Q: how long? → A: 

        ---

        ## User Scenarios & Testing

        ## Requirements

        - **FR-001**: System MUST keep cards for [NEEDS CLARIFICATION: how long?].
    "#]],
    );
    let loose = today.replace("* Q: Why? → A: Because\n  of that.\n", "- one\n\n- two\n");
    assert!(
        done(&loose)
            .1
            .contains("- two\n\n- Q: how long? → A: \n\n---")
    );
    let empty = today.replace("* Q: Why? → A: Because\n  of that.\n\n", "");
    assert!(
        done(&empty)
            .1
            .contains("### Session 2026-11-21\n\n- Q: how long? → A: \n\n---")
    );
}

#[test]
fn a_new_session_follows_the_last_one_in_its_words() {
    let before =
        with_section("## Clarifications\n\n### セッション 2026-11-20\n\n- Q: だれ? → A: 全員\n\n");
    let windows = before.replace('\n', "\r\n");
    let after = done(&windows).1;
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    check(
        &before,
        "Ask in Clarifications: how long?",
        expect![[r#"
            # Feature Specification: 支払い 🎉

            **Status**: Draft

            ## Clarifications

            ### セッション 2026-11-20

            - Q: だれ? → A: 全員

            ### セッション 2026-11-21

            - Q: how long? → A: 

            ## User Scenarios & Testing

            ## Requirements

            - **FR-001**: System MUST keep cards for [NEEDS CLARIFICATION: how long?].
        "#]],
    );
}

#[test]
fn an_answer_takes_the_place_of_the_marker() {
    let answered = |answer: &str| {
        with_section(&format!(
            "## Clarifications\n\n### Session 2026-11-20\n\n- Q: how\n  long? → A: {answer}\n\n"
        ))
    };
    let title = "Put the answer in place of the question: 30 days.";
    let (shown, after) = done(&answered("30\n  days."));
    assert_eq!(shown, title);
    assert!(
        after.ends_with("- **FR-001**: System MUST keep cards for 30 days.\n"),
        "{after}"
    );
    // From the answer's own line too.
    let there = answered("30 d$0ays").replacen("[NEEDS $0CLAR", "[NEEDS CLAR", 1);
    assert!(done(&there).1.contains("MUST keep cards for 30 days.\n"));
    // A question without an answer stays where it is, and is not asked twice.
    let (_, actions) = offered(&parse(&answered("")));
    assert_eq!(actions, []);
}

#[test]
fn a_cell_stays_one_cell() {
    let spec = "# S\n\n## Clarifications\n\n### Session 2026-11-20\n\n- Q: a or b? → A: a | b\n\n## Requirements\n\n\
                | ID | Text |\n| --- | --- |\n| FR-001 | [NEEDS $0CLARIFICATION: a or b?] |\n";
    assert!(done(spec).1.contains("| FR-001 | a \\| b |\n"));
}

#[test]
fn markers_that_ask_nothing_and_other_documents_are_left_alone() {
    let bare = SPEC.replace(": how long?]", "]");
    assert_eq!(offered(&parse(&bare)).1, []);
    let plan = Fixture::parse(
        "//- /specs/001-a/spec.md\n# S\n//- /specs/001-a/plan.md\n# Plan\n\n## Technical Context\n\n\
         **Storage**: [NEEDS CLARI$0FICATION: which?]\n",
    );
    assert_eq!(offered(&plan).1, []);
    // Without a clock nothing is written.
    let fixture = parse(SPEC);
    let (mut analysis, actions) = offered(&fixture);
    analysis.today = None;
    assert_eq!(analysis.resolve(&actions[0].kind), None);
}
