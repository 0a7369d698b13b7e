use super::{fixed, knows, related, says};

const CODE: &str = "entity-drift";

const MODEL: &str = "//- /specs/001-a/data-model.md
# Data Model

## User Profile

| Field | Type | Notes |
|---|---|---|
| id | UUID | |
| display_name | string | |
| email | string | |
| phone | string | |
";
const TASKS: &str =
    "//- /specs/001-a/tasks.md\n# Tasks: A\n\n- [x] T001 Write `src/a.py` and `src/b.ts`\n";

fn workspace(model: &str, python: &str, script: &str) -> String {
    format!("{model}{TASKS}//- /src/a.py\n{python}//- /src/b.ts\n{script}")
}

const WHOLE: &str = "class UserProfile(BaseModel):
    id: UUID
    display_name: str
    email: str
    phone: str
";

#[test]
fn a_field_that_the_type_does_not_have() {
    let gone = workspace(MODEL, &WHOLE.replace("    phone: str\n", ""), "");
    assert_eq!(
        says(CODE, &gone),
        [
            "[phone] User Profile has `phone` in the data model, but the type `UserProfile` has no such field."
        ]
    );
    assert_eq!(related(CODE, &gone), ["UserProfile"]);
    let script =
        "export interface UserProfile {\n  id: string\n  displayName: string\n  email: string\n}\n";
    assert_eq!(says(CODE, &workspace(MODEL, "", script)).len(), 1);
}

#[test]
fn a_field_with_another_name() {
    let renamed = workspace(MODEL, &WHOLE.replace("phone", "phone_number"), "");
    assert_eq!(
        says(CODE, &renamed),
        [
            "[phone] User Profile has `phone` in the data model; the type `UserProfile` has `phone_number`."
        ]
    );
    assert!(fixed(CODE, &renamed).contains("| phone_number | string | |\n"));
}

#[test]
fn what_is_there_or_is_another_thing() {
    let shorter = WHOLE.replace("    phone: str\n", "");
    let script =
        "interface UserProfile { id: string; displayName: string; email: string; phone: string }\n";
    for (model, python, script) in [
        (MODEL.to_owned(), WHOLE.to_owned(), ""),
        // One of two has it.
        (MODEL.to_owned(), shorter.clone(), script),
        // Most of its fields are others.
        (
            MODEL.to_owned(),
            "class UserProfile:\n    id: int\n    a: int\n".to_owned(),
            "",
        ),
        (
            MODEL.to_owned(),
            WHOLE
                .replace("UserProfile", "Account")
                .replace("phone", "x"),
            "",
        ),
        // Of a table, and what is shown of it.
        (
            MODEL.replace("| phone | string | |", "| phone | string | NOT NULL |"),
            String::new(),
            "interface UserProfile { id: string; displayName: string; email: string }\n",
        ),
    ] {
        let workspace = workspace(&model, &python, script);
        assert_eq!(says(CODE, &workspace), Vec::<String>::new(), "{workspace}");
    }
    // Made from a contract.
    let made = workspace(MODEL, &shorter, "").replace("src/a.py", "src/generated/a.py");
    assert!(says(CODE, &made).is_empty());
    let open = workspace(MODEL, &shorter, "").replace("[x]", "[ ]");
    assert!(says(CODE, &open).is_empty());
    let newer = format!(
        "{}//- /specs/002-b/spec.md\n# B\n{}",
        workspace(MODEL, &shorter, ""),
        MODEL.replace("001-a", "002-b")
    );
    assert!(says(CODE, &newer).is_empty());
}

#[test]
fn what_cannot_be_told() {
    let shorter = WHOLE.replace("    phone: str\n", "");
    let open = "the type may have fields that do not stand in it (1)";
    for python in [
        shorter.replace("BaseModel", "Contact"),
        format!("{shorter}\n    def call(self):\n        self.phone = 1\n"),
    ] {
        assert_eq!(
            knows(CODE, &workspace(MODEL, &python, "")),
            (3, vec![open.to_owned()]),
            "{python}"
        );
    }
    let made = MODEL.replace(
        "| phone | string | |",
        "| phone | string | computed from email |",
    );
    let why = "the field is said to be worked out, or left for later (1)";
    assert_eq!(
        knows(CODE, &workspace(&made, &shorter, "")),
        (3, vec![why.to_owned()])
    );
    let key = MODEL.replace("phone", "tenant_id");
    let why = "the field may be one that the store adds (1)";
    assert_eq!(
        knows(CODE, &workspace(&key, &shorter, "")),
        (3, vec![why.to_owned()])
    );
}
