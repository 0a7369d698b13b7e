//! What texts cite of a Kiro spec, and of which.

use grammar::{TextSize, citations, feature_named, property_title};

fn cited(text: &str) -> String {
    let mut mentions = Vec::new();
    let lists = citations(text, TextSize::new(0), &mut mentions);
    for list in &lists {
        for mention in &mentions[list.mentions.clone()] {
            assert!(list.list.contains_range(mention.range), "{text}");
        }
    }
    let keys = mentions.iter().map(|mention| {
        let feature = mention.qualifier.as_ref().map(|each| each.feature.as_str());
        feature.map_or(mention.key.to_string(), |feature| {
            format!("{feature}:{}", mention.key)
        })
    });
    keys.collect::<Vec<_>>().join(" ")
}

#[test]
fn comments_of_tests() {
    for (text, expected) in [
        ("**Validates: Requirements 3.4, 3.5**", "3.4 3.5"),
        ("rejects it (Req 4.10, 4.11)", "4.10 4.11"),
        ("- Requirement 9.1: text of 3 words", "9.1"),
        (" * Requirements: 1.1", "1.1"),
        (
            "Feature: log-in, Property 2: Session state",
            "log-in:property/2",
        ),
        (
            "Feature: `log-in`, Property 2: x\nValidates: Requirements 1.1",
            "log-in:property/2 log-in:1.1",
        ),
        (
            "Requirement 2.3 of .kiro/specs/log-in/requirements.md",
            "log-in:2.3",
        ),
        ("Requirement 1.1, Feature: a, Feature: b", "1.1"),
        ("Feature: A user can log in, Property 2", "property/2"),
        ("requires 3.4 and 5.6", ""),
        ("Prerequisite 3", ""),
        ("Requirement 1.2.3.4", ""),
        ("Requirement 007", ""),
    ] {
        assert_eq!(cited(text), expected, "{text}");
    }
}

#[test]
fn fields_are_told_from_sentences() {
    let field = |text: &str| {
        let lists = citations(text, TextSize::new(0), &mut Vec::new());
        lists.iter().map(|list| list.field).collect::<Vec<_>>()
    };
    assert_eq!(field("  - _Requirements: 1.1_"), [true]);
    assert_eq!(field("do it _Requirements: 1.1_"), [true]);
    assert_eq!(field("**Validates: Requirements 1.1**"), [true]);
    assert_eq!(field("- _Requirements: Req 1.1, Req 1.2_"), [true]);
    assert_eq!(field("- **要件**: 要件 1.1、要件 1.2"), [true]);
    assert_eq!(field("as Requirement 1.1 says"), [false]);
    assert_eq!(field("of the requirements Req 1.1"), [false]);
    assert_eq!(field("the two requirements: 1 and 2"), [false]);
}

#[test]
fn slugs_are_one_word() {
    let named = |text: &str| feature_named(text, 0).map(|(slug, _)| text[slug].to_owned());
    assert_eq!(named("// Feature: log-in"), Some("log-in".into()));
    assert_eq!(
        named("Feature: **log_in**, Property 1"),
        Some("log_in".into())
    );
    assert_eq!(named("Feature: users can log in"), None);
    assert_eq!(named("Features: log-in"), None);
}

#[test]
fn titles_end_with_their_line() {
    let title = |text: &str| property_title(text, "Property 3".len()).map(|at| text[at].to_owned());
    assert_eq!(
        title("Property 3: Round trip\nmore"),
        Some("Round trip".into())
    );
    assert_eq!(
        title("Property 3: Round trip** and"),
        Some("Round trip".into())
    );
    assert_eq!(title("Property 3 holds"), None);
    assert_eq!(title("Property 3:\n Round"), Some(String::new()));
}
