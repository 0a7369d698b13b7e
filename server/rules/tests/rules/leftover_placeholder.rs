use std::collections::BTreeSet;

use fixture::Fixture;

use super::{findings, fixed, fixes, knows, related, says};

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
        ["[[DATE]] `[DATE]` in plan.md is text of the template, not of this feature."]
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

#[test]
fn a_comment_and_the_texts_of_its_section_are_one_finding() {
    let comment = "<!--\n  ACTION REQUIRED: Replace this.\n-->";
    let text = plan(&format!(
        "# Implementation Plan: A\n\n## Technical Context\n\n{comment}\n\n**Testing**: [e.g., pytest, XCTest, cargo test or NEEDS CLARIFICATION]\n\n## More\n\n{comment}\n\nFilled.\n"
    ));
    assert_eq!(says(CODE, &text).len(), 2);
    assert_eq!(related(CODE, &text).len(), 1);
    assert_eq!(
        fixes(CODE, &text),
        ["Delete the template's comment"],
        "only where nothing else is missing"
    );
}

/// A plan with `[FEATURE]` in its head or not, and so many unfilled sections.
fn unfilled(head: &str, sections: usize) -> String {
    let names = ["Summary", "Performance", "Complexity Tracking", "Structure"];
    let sections: Vec<String> = names[..sections]
        .iter()
        .map(|name| format!("## {name}\n\n[Extract from feature spec: x]\n"))
        .collect();
    let sections = sections.join("\n");
    plan(&format!("# Implementation Plan: {head}\n\n{sections}"))
}

#[test]
fn an_untouched_document_is_one_finding() {
    assert_eq!(
        says(CODE, &unfilled("[FEATURE]", 3)),
        ["[[FEATURE]] plan.md is still the template in 4 places."]
    );
    assert_eq!(related(CODE, &unfilled("[FEATURE]", 3)).len(), 3);
    assert!(fixes(CODE, &unfilled("[FEATURE]", 3)).is_empty());
    assert_eq!(says(CODE, &unfilled("[FEATURE]", 2)).len(), 3);
    let fixture = Fixture::parse(&unfilled("Parcels", 4));
    let found = findings(CODE, &fixture);
    let prints = found.iter().map(|each| each.fingerprint("specs/001-a"));
    let prints: BTreeSet<String> = prints.collect();
    assert_eq!(prints.len(), 4, "a baseline knows one from the other");
}
