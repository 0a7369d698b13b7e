use super::{related, says};

const CODE: &str = "ambiguous-reference";

fn with(line: &str) -> String {
    let spec = |path: &str| {
        format!(
            "//- /specs/{path}/spec.md\n# Feature Specification: {path}\n\n## Requirements\n\n- **FR-001**: One.\n"
        )
    };
    format!(
        "{}{}//- /specs/003-export/extra.md\n# Extra\n{}- **FR-009**: Nine.\n//- /specs/004-use/plan.md\n# Implementation Plan\n\n{line}\n",
        spec("003-login"),
        spec("003-export"),
        spec("004-use")
    )
}

#[test]
fn a_number_that_two_features_have() {
    let two = with("The token follows Spec 003 FR-001.\n\nSo says 003/FR-001, too.");
    assert_eq!(
        says(CODE, &two),
        ["[FR-001] 003 FR-001 may be of 2 features: each has that number and defines FR-001."]
    );
    assert_eq!(related(CODE, &two), ["FR-001"]);
}

#[test]
fn what_one_feature_alone_can_mean() {
    for line in [
        "The token follows FR-001.",
        "The token follows specs/003-login/spec.md FR-001.",
        "The token follows Spec 003 FR-002.",
        "The token follows Spec 004 FR-001.",
        "Spec 003 has a word or two on how this goes (per FR-001).",
    ] {
        assert!(says(CODE, &with(line)).is_empty(), "{line}");
    }
}
