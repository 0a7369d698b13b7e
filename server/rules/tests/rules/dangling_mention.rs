use super::says;

const CODE: &str = "dangling-mention";

fn with(source: &str) -> String {
    format!(
        "//- /specs/083-login/spec.md\n## Requirements\n- **FR-001**: Sign in.\n- **FR-002**: Sign out.\n\
         //- /specs/084-pay/spec.md\n## Requirements\n- **FR-001**: Pay.\n- **FR-009**: Refund.\n\
         //- /src/a.rs\n{source}\nfn a() {{}}\n"
    )
}

#[test]
fn an_id_that_the_named_feature_has_not() {
    for (source, found) in [
        (
            "// 083/FR-009 全角",
            "[FR-009] FR-009 is cited here, and 083-login has no FR-009.",
        ),
        (
            "// 084-pay#FR-002",
            "[FR-002] FR-002 is cited here, and 084-pay has no FR-002.",
        ),
        (
            "// r[impl login.FR-009]",
            "[FR-009] FR-009 is cited here, and 083-login has no FR-009.",
        ),
        (
            "// [utest->req~pay.FR-002~1]",
            "[FR-002] FR-002 is cited here, and 084-pay has no FR-002.",
        ),
        (
            "//= specs/084-pay/spec.md#gone",
            "[gone] gone is quoted here, and 084-pay has no section of that name.",
        ),
    ] {
        assert_eq!(says(CODE, &with(source)), [found], "{source}");
    }
}

#[test]
fn ids_with_the_number_of_their_feature_are_cited_without_it() {
    let text = "//- /specs/116-play/spec.md\n## Requirements\n- **FR-116-4**: (1) one; (2) two.\n//- /src/a.rs\n// 116/FR-4.2, 116/FR-116-4.1, 116/FR-4\nfn a() {}\n";
    assert!(says(CODE, text).is_empty());
    let none = text.replace("116/FR-4\n", "116/FR-5\n");
    assert_eq!(says(CODE, &none).len(), 1);
}

#[test]
fn what_leaves_room_for_doubt_is_not_judged() {
    for source in [
        // Another feature's, or nobody's.
        "// FR-009, FR-077",
        "// r[impl FR-077]",
        // Of a tool's own documents.
        "// r[impl auth.login]",
        "// [impl->req~login~1]",
        // The second clause of one that is there.
        "// 083/FR-002b",
        // The fourth point of one that counts its points.
        "// 083/FR-002.4",
        // A range, a list behind a path, a task.
        "// specs/083-login/spec.md, and then FR-009",
        "// 083/T009",
        "// see 083/FR-001..FR-003",
        // There.
        "// 083/FR-002",
        "// r[impl login.FR-001]",
        "//= specs/083-login/spec.md#requirements",
        // A feature nobody knows.
        "// 099/FR-009",
        "// r[impl nobody.FR-009]",
    ] {
        assert_eq!(says(CODE, &with(source)), Vec::<String>::new(), "{source}");
    }
}
