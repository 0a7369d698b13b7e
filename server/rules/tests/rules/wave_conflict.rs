use super::says;

const CODE: &str = "wave-conflict";

fn with(waves: &str) -> String {
    format!(
        "//- /.kiro/specs/a/tasks.md\n- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.2 c\n    - _Depends: 1.1_\n- [ ] 2. d\n\n```json\n{{\"waves\": [{waves}]}}\n```\n"
    )
}

#[test]
fn waves_that_do_not_fit() {
    for (waves, expected) in [
        (
            r#"{"id": 0, "tasks": ["1.1"]}, {"id": 1, "tasks": ["1.2", "1.9"]}"#,
            "[1.9] Wave 2 names task 1.9, which tasks.md does not have.",
        ),
        (
            r#"{"id": 0, "tasks": ["1.1", "2"]}, {"id": 1, "tasks": ["1.2", "2"]}"#,
            "[2] Task 2 stands in wave 1 and in wave 2.",
        ),
        (
            r#"{"id": 0, "tasks": ["1.2"]}, {"id": 1, "tasks": ["1.1"]}"#,
            "[1.1] Task 1.2 of wave 1 depends on task 1.1 of wave 2.",
        ),
        (
            r#"{"id": 0, "tasks": ["1.1", "1.2"]}"#,
            "[1.1] Task 1.2 of wave 1 depends on task 1.1 of wave 1.",
        ),
    ] {
        assert_eq!(says(CODE, &with(waves)), [expected]);
    }
}

#[test]
fn waves_that_fit() {
    for waves in [
        r#"{"id": 0, "tasks": ["1.1", 2]}, {"id": 1, "tasks": ["1.2"]}"#,
        r#"{"id": 0, "tasks": ["1.1"]}"#,
        "",
    ] {
        assert!(says(CODE, &with(waves)).is_empty(), "{waves}");
    }
    assert!(
        says(
            CODE,
            &with(r#"{"id": 0, "tasks": ["1.1", "1.2"]}"#).replace("[ ] 1.1", "[x] 1.1")
        )
        .is_empty()
    );
}
