use super::{fixed, knows, related, says, severities};

const CODE: &str = "broken-symbol";

const SOURCE: &str = "//- /src/session.py
class Session:
    def login(self):
        return create_session()

def create_session(user):
    return user
//- /src/other.ts
export const elsewhere = () => retries;
";

fn task(line: &str) -> String {
    format!("//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n{line}\n{SOURCE}")
}

fn is_silent(line: &str) {
    assert_eq!(says(CODE, &task(line)), Vec::<String>::new(), "{line}");
}

#[test]
fn a_symbol_that_no_source_has() {
    for (line, found) in [
        (
            "- [x] T004 Add `create_user()` in `src/session.py`",
            "[create_user] T004 names `create_user` with `src/session.py`, but no source has that name.",
        ),
        (
            "- [x] T004 Show inline hints of PORT as read by `create_user(id)` in `src/session.py`, then merge",
            "[create_user] T004 names `create_user` with `src/session.py`, but no source has that name.",
        ),
        (
            "- [x] T004 Add `Session.logout` in `src/session.py`",
            "[logout] T004 names `Session.logout` with `src/session.py`, but no source has that name.",
        ),
        (
            "- [x] T004 Add `Other.retry_all()` in `src/other.ts`",
            "[retry_all] T004 names `Other.retry_all` with `src/other.ts`, but no source has that name.",
        ),
        (
            "- [x] T004 Add the class `Visit` in `src/session.py`",
            "[Visit] T004 names `Visit` with `src/session.py`, but no source has that name.",
        ),
        (
            "- [x] T004 Add the `visit` function in `src/session.py`",
            "[visit] T004 names `visit` with `src/session.py`, but no source has that name.",
        ),
        (
            "- [x] T004 Add src/session.py::test_visit",
            "[test_visit] T004 names `test_visit` with `src/session.py`, but no source has that name.",
        ),
    ] {
        assert_eq!(says(CODE, &task(line)), [found], "{line}");
    }
}

#[test]
fn the_only_near_symbol_is_offered() {
    let near = task("- [x] T004 Add `create_sesion(user)` in `src/session.py`");
    assert_eq!(
        says(CODE, &near),
        [
            "[create_sesion] T004 names `create_sesion`, which no source has; `src/session.py` has `create_session`."
        ]
    );
    assert_eq!(related(CODE, &near), ["create_session"]);
    assert!(fixed(CODE, &near).contains("Add `create_session(user)` in"));
    let case = task("- [x] T004 Add `createSession()` in `src/session.py`");
    assert!(says(CODE, &case)[0].ends_with("`src/session.py` has `create_session`."));
    // What the task names beside it is another symbol.
    let both = task("- [x] T004 Add `create_sesion()` and `create_session()` in `src/session.py`");
    assert!(says(CODE, &both)[0].ends_with("but no source has that name."));
    // Either may be meant.
    let two = task("- [x] T004 Add `create_sesion()` in `src/session.py`").replace(
        "//- /src/other.ts",
        "def creat_session():\n    pass\n//- /src/other.ts",
    );
    assert!(says(CODE, &two)[0].ends_with("but no source has that name."));
}

#[test]
fn what_stands_anywhere_is_there() {
    for line in [
        "- [x] T004 Add `create_session()` in `src/session.py`",
        "- [x] T004 Add `Session.login` in `src/session.py`",
        "- [x] T004 Add `elsewhere()` in `src/session.py`",
        "- [x] T004 Add `retries()` in `src/session.py`",
    ] {
        is_silent(line);
    }
}

#[test]
fn what_may_be_no_symbol_of_the_file() {
    for line in [
        "- [ ] T004 Add `create_user()` in `src/session.py`",
        "- [x] T004 Add `create_user()`",
        "- [x] T004 Add `create_user` in `src/session.py`",
        "- [x] T004 Set `user.name` in `src/session.py`",
        "- [x] T004 Call `Widget::resize` in `src/session.py`",
        "- [x] T004 Call `Widget.resize()` in `src/session.py`",
        "- [x] T004 Call `router.push()` in `src/session.py`",
        "- [x] T004 Call `fetchAll(\"users\")` in `src/session.py`",
        "- [x] T004 Call `sleepFor(30)` in `src/session.py`",
        "- [x] T004 Use `var(--gap)` and `NOW()` in `src/session.py`",
        "- [x] T004 Remove `create_user()` from `src/session.py`",
        "- [x] T004 Inline `create_user()` in `src/session.py`",
        "- [x] T004 Add `create_session()` for `create_user()` -> in `src/session.py`",
        "- [x] T004 Write `src/session.py`; `create_user()` is removed",
        "- [x] T004 Rename `create_user()` to `create_session()` in `src/session.py`",
        "- [x] T004 Test the `Respond` method call in `src/session.py`",
        "- [x] T004 Add `create_user()` in `src/session.py` **Authored** as `Visits`",
        "- [x] T004 Add `create_user()` or equivalent in `src/session.py`",
        "- [x] T004 Add `create_user()` in `src/session.py`\n- [x] T005 Remove `create_user()`",
        "- [x] T004 Write `src/session.py`\n  - [ ] T005 Add `create_user()` in `src/session.py`",
    ] {
        is_silent(line);
    }
}

#[test]
fn a_file_that_was_not_read_may_have_it() {
    let gone = task("- [x] T004 Add `create_user()` in `src/session.py` and `src/gone.py`");
    assert_eq!(
        knows(CODE, &gone),
        (
            0,
            vec!["a file named beside it is not there (1)".to_owned()]
        )
    );
    let data = format!(
        "{}//- /a.json\n",
        task("- [x] T004 Add `create_user()` in `src/session.py` and `a.json`")
    );
    assert_eq!(says(CODE, &data).len(), 1);
    let style = format!(
        "{}//- /src/a.css\n",
        task("- [x] T004 Add `create_user()` in `src/session.py` and `src/a.css`")
    );
    assert_eq!(
        knows(CODE, &style),
        (
            0,
            vec!["it may stand in a file beside it that is no source (1)".to_owned()]
        )
    );
}

#[test]
fn a_plan_is_held_to_it_once_all_is_done() {
    let plan = |tick: &str| {
        format!(
            "//- /specs/001-a/plan.md\n# Plan\n\n- `create_user()` in `src/session.py`\n- `other_user()`\n{}",
            task(&format!("- [{tick}] T004 Write `src/session.py`"))
        )
    };
    assert_eq!(
        says(CODE, &plan("x")),
        [
            "[create_user] plan.md names `create_user` with `src/session.py`, but no source has that name."
        ]
    );
    assert!(says(CODE, &plan(" ")).is_empty());
}

#[test]
fn what_a_commit_took_out_is_a_hint() {
    let line = "- [x] T004 Add `create_user()` and `create_sesion()` in `src/session.py`";
    let removed = format!(
        "{}//- removed create_user abc1234\n//- removed create_sesion abc1234\n",
        task(line)
    );
    assert_eq!(
        says(CODE, &removed),
        [
            "[create_user] T004 names `create_user` with `src/session.py`, where it stood until commit abc1234."
        ]
    );
    assert_eq!(severities(CODE, &removed), [rules::Severity::Hint]);
    let shallow = format!("{}//- unknown shallow clone\n", task(line));
    assert_eq!(
        knows(CODE, &shallow),
        (0, vec!["shallow clone (2)".to_owned()])
    );
}
