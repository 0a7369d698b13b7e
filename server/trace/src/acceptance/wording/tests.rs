use documents::{DocumentKind, ItemKind};

use super::{print, words};

fn prints(kind: DocumentKind, text: &str) -> Vec<(String, u64)> {
    let facts = documents::read(kind, text);
    let items = (0..).zip(&facts.items);
    items
        .filter(|(_, item)| super::is_acceptable(kind, item.kind))
        .map(|(at, item)| {
            (
                item.id.to_string(),
                print(&facts, text, at).expect("it is there"),
            )
        })
        .collect()
}

fn one(sentence: &str) -> u64 {
    let text = format!("## Requirements\n\n- **FR-001**: {sentence}\n");
    prints(DocumentKind::Spec, &text)[0].1
}

#[test]
fn what_a_formatter_or_a_number_changes_does_not_count() {
    let plain = one("System MUST lock the `user_account` after 5 failed logins, see FR-002.");
    for same in [
        "System MUST lock the `user_account`\n  after 5 failed\n  logins, see FR-002.",
        "System **MUST** lock the `user_account` after _5_ failed logins, see FR-009.",
        "System  MUST lock the ``user_account`` after 5 failed logins (see FR-002)",
        "System MUST lock the `user_account` after 5 failed logins, see FR-002. <!-- why? -->",
    ] {
        assert_eq!(one(same), plain, "{same}");
    }
    let starred = "## Requirements\n\n* __FR-010__: System MUST lock the `user_account` after 5 failed logins, see FR-002.\n";
    assert_eq!(prints(DocumentKind::Spec, starred)[0].1, plain);
}

#[test]
fn words_numbers_signs_and_code_count() {
    let plain = one("System MUST lock `user_account` after 5 failed logins within > 2.5 s.");
    for other in [
        "System SHOULD lock `user_account` after 5 failed logins within > 2.5 s.",
        "System MUST lock `user_account` after 6 failed logins within > 2.5 s.",
        "System MUST lock `userAccount` after 5 failed logins within > 2.5 s.",
        "System MUST lock `user_account` after 5 failed logins within < 2.5 s.",
        "System MUST lock `user_account` after -5 failed logins within > 2.5 s.",
        "System MUST lock `user_account` after 5 failed logins within > 25 s.",
        "System MUST not lock `user_account` after 5 failed logins within > 2.5 s.",
    ] {
        assert_ne!(one(other), plain, "{other}");
    }
}

#[test]
fn text_without_blanks_may_be_wrapped_anywhere() {
    let plain = one("システムは5回失敗したら口座を閉じる。");
    assert_eq!(one("システムは5回失敗し\n  たら口座を閉じる。"), plain);
    assert_eq!(one("システムは 5 回失敗したら口座を閉じる。"), plain);
    assert_ne!(one("システムは6回失敗したら口座を閉じる。"), plain);
}

#[test]
fn scenarios_belong_to_their_story_in_any_order() {
    let story = |first: &str, second: &str| {
        let text = format!(
            "### User Story 1 - Login (Priority: P1)\n\nA user logs in.\n\n**Acceptance Scenarios**:\n\n1. {first}\n2. {second}\n"
        );
        let facts = documents::read(DocumentKind::Spec, &text);
        assert_eq!(facts.items_of(ItemKind::Scenario).count(), 2);
        prints(DocumentKind::Spec, &text)[0].1
    };
    let (one, two) = (
        "**Given** a user, **When** the password fits, **Then** the door opens",
        "**Given** a user, **When** the password is wrong, **Then** the door stays shut",
    );
    assert_eq!(story(one, two), story(two, one));
    assert_ne!(story(one, two), story(one, &two.replace("shut", "open")));
}

#[test]
fn a_criterion_counts_for_itself() {
    let text = |first: &str, second: &str| {
        format!(
            "# Requirements Document\n\n### Requirement 1: Login\n\n**User Story:** As a user, I want in, so that I work.\n\n#### Acceptance Criteria\n\n1. WHEN {first} THEN THE SYSTEM SHALL open\n2. WHEN {second} THEN THE SYSTEM SHALL wait\n"
        )
    };
    let before = prints(DocumentKind::KiroRequirements, &text("asked", "tired"));
    let after = prints(DocumentKind::KiroRequirements, &text("asked", "bored"));
    assert_eq!(before.len(), 3, "{before:?}");
    assert_eq!(before[..2], after[..2]);
    assert_ne!(before[2], after[2]);
}

#[test]
fn what_a_formatter_escapes_or_puts_first_in_a_line_says_the_same() {
    let plain = one("System MUST keep related to [X] by a_b and 2 * 3.");
    for same in [
        "System MUST keep related to\n  [X] by a_b and 2 * 3.",
        "System MUST keep related to [X] by a\\_b and 2 \\* 3.",
    ] {
        assert_eq!(one(same), plain, "{same}");
    }
    assert_ne!(one("System MUST keep related to by a_b and 2 * 3."), plain);
}

#[test]
fn a_heading_below_or_a_rule_is_no_word() {
    let text = "## Requirements\n\n- **FR-001**: One | two\n  ---\n";
    let facts = documents::read(DocumentKind::Spec, text);
    let item = &facts.items[0];
    assert_eq!(words(&facts, text, item, 0), ["One", "two"]);
}
