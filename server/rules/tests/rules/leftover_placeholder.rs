use super::{fixed, fixes, knows, related, says};

const CODE: &str = "leftover-placeholder";

fn plan(text: &str) -> String {
    format!("//- /specs/001-a/plan.md\n{text}")
}

#[test]
fn template_text_is_named() {
    let plan = plan(
        "# Implementation Plan: A\n\n**Branch**: `001-a` | **Date**: [DATE] | **Spec**: spec.md\n",
    );
    assert_eq!(
        says(CODE, &plan),
        ["[[DATE]] warning: `[DATE]` in plan.md is text of the template, not of this feature."]
    );
    assert!(fixes(CODE, &plan).is_empty());
}

#[test]
fn a_comment_goes_with_its_line() {
    for (line_break, before) in [("\n", ""), ("\r\n", "\u{feff}")] {
        let text =
            format!("{before}# Plan 🎉\n\n<!--\n  ACTION REQUIRED: Replace this.\n-->\n\nText.\n")
                .replace('\n', line_break);
        let wanted = format!("{before}# Plan 🎉\n\n\nText.\n").replace('\n', line_break);
        assert_eq!(fixed(CODE, &plan(&text)), wanted);
    }
}

#[test]
fn a_comment_beside_words_leaves_them() {
    let text = "# Plan\n\n- One <!-- ACTION REQUIRED: Replace this. --> two\n";
    assert_eq!(fixed(CODE, &plan(text)), "# Plan\n\n- One  two\n");
}

#[test]
fn one_finding_for_the_texts_of_a_section() {
    let text = plan(
        "# Implementation Plan: [FEATURE]\n\n**Date**: [DATE]\n\n## Summary\n\n[Extract from feature spec: x]\n",
    );
    assert_eq!(says(CODE, &text).len(), 2);
    assert_eq!(related(CODE, &text), ["[DATE]"]);
}

#[test]
fn filled_documents_and_other_documents_are_clean() {
    let text =
        "//- /specs/001-a/plan.md\n# Plan: A [draft]\n//- /specs/001-a/research.md\n# [DATE]\n";
    assert!(says(CODE, text).is_empty());
    assert_eq!(knows(CODE, text), (1, Vec::new()));
}
