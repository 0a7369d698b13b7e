use super::{related, says};

const CODE: &str = "glossary-term-undefined";

fn with(criteria: &str) -> String {
    format!(
        "//- /.kiro/specs/a/requirements.md\n## Glossary\n\n- **Session_Store**: a\n- **Mail_Sender (SMTP_Client)**: b\n\n### Requirement 1: In\n#### Acceptance Criteria\n\n1. THE Session_Store SHALL a\n2. THE Mail_Sender SHALL b\n{criteria}"
    )
}

#[test]
fn a_name_the_glossary_lacks_once() {
    let text = with("3. WHEN a, THE Sesion_Store SHALL b\n4. THE Sesion_Store SHALL c\n");
    assert_eq!(
        says(CODE, &text),
        [
            "[Sesion_Store] Sesion_Store is used as a term, and the glossary of 2 terms does not have it."
        ]
    );
    assert_eq!(related(CODE, &text), ["Sesion_Store"]);
}

#[test]
fn what_says_nothing() {
    for criteria in [
        "3. THE Session_Stores SHALL a, THE SMTP_Client SHALL b\n",
        "3. THE system SHALL a; THE Gateway SHALL b\n",
        "3. THE STATUS_FLAG SHALL be 1\n",
        "3. THE `session_id` SHALL be set\n",
        // Most names are in no glossary.
        "3. THE A_b SHALL c\n4. THE C_d SHALL e\n5. THE E_f SHALL g\n",
    ] {
        assert!(says(CODE, &with(criteria)).is_empty(), "{criteria}");
    }
    let none = "//- /.kiro/specs/a/requirements.md\n### Requirement 1\n#### Acceptance Criteria\n\n1. THE Session_Store SHALL a\n";
    assert!(says(CODE, none).is_empty());
}
