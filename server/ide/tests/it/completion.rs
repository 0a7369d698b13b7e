use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;

use crate::workspaces::{LOGIN, analysis};

/// Puts `typed` (with `$0`) in the place of `old` in one file of `LOGIN` and shows the candidates.
fn check(path: &str, old: &str, typed: &str, expected: Expect) {
    let (head, tail) = LOGIN.split_once(&format!("//- /{path}\n")).unwrap();
    assert!(tail.contains(old));
    let fixture = Fixture::parse(&format!(
        "{head}//- /{path}\n{}",
        tail.replacen(old, typed, 1)
    ));
    let (file, at) = fixture.cursor.unwrap();
    let source = fixture.text(file);
    let found = analysis(&fixture).completions(file, at, Some(source), rules::Locale::English);
    let mut shown = String::new();
    for item in &found.items {
        let replaced = text::slice(source, item.replace);
        let _ = writeln!(
            shown,
            "{} <- \"{replaced}\" | {} | {}",
            item.insert, item.detail, item.documentation
        );
    }
    expected.assert_eq(&shown);
}

const SPEC: &str = "specs/001-login/spec.md";
const TASKS: &str = "specs/001-login/tasks.md";

#[test]
fn ids_by_prefix() {
    check(
        TASKS,
        "(FR-001, FR-009)",
        "(FR-001, FR-$0)",
        expect![[r#"
            FR-002 <- "FR-" | shares `session` | System MUST end a session (US2).
            FR-003 <- "FR-" | shares `sessions` | System MUST forget old sessions.
            FR-001 <- "FR-" | 001-login | System MUST open a session, and say so.
        "#]],
    );
    check(
        TASKS,
        "(FR-001, FR-009)",
        "(FR$0)",
        expect![[r#"
            FR-002 <- "FR" | shares `session` | System MUST end a session (US2).
            FR-003 <- "FR" | shares `sessions` | System MUST forget old sessions.
            FR-001 <- "FR" | 001-login | System MUST open a session, and say so.
        "#]],
    );
    check(
        TASKS,
        "T002-T003",
        "T00$0",
        expect![[r#"
        T001 <- "T00" | ✓ 001-login | Create `src/session.rs`
        T002 <- "T00" | ✓ 001-login | Test `begins` in `tests/session.rs` (FR-001)
        T003 <- "T00" | ○ 001-login | Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)
        T004 <- "T00" | ○ 001-login | Describe it in `README.md` (depends on T00)
    "#]],
    );
    check(
        TASKS,
        "(FR-001, FR-009)",
        "(US$0)",
        expect![[r#"
        US1 <- "US" | 001-login | Log in
        US2 <- "US" | 001-login | Log out
    "#]],
    );
    check(
        TASKS,
        "(FR-001, FR-009)",
        "(002/$0)",
        expect![[r#"
        FR-001 <- "" | 002-billing | System MUST send a bill, after 001/FR-002.
        FR-007 <- "" | 002-billing | System MUST take money.
    "#]],
    );
}

#[test]
fn after_reference_words_of_a_task() {
    check(
        TASKS,
        "depends on T002-T003",
        "depends on $0",
        expect![[r#"
        FR-001 <- "" | 001-login | System MUST open a session, and say so.
        FR-002 <- "" | 001-login | System MUST end a session (US2).
        FR-003 <- "" | 001-login | System MUST forget old sessions.
        SC-001 <- "" | 001-login | Login takes a second.
        T001 <- "" | ✓ 001-login | Create `src/session.rs`
        T002 <- "" | ✓ 001-login | Test `begins` in `tests/session.rs` (FR-001)
        T003 <- "" | ○ 001-login | Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)
        T004 <- "" | ○ 001-login | Describe it in `README.md` (depends on )
        US1 <- "" | 001-login | Log in
        US2 <- "" | 001-login | Log out
    "#]],
    );
}

#[test]
fn labels() {
    check(
        TASKS,
        "T003 [US1] Open",
        "T003 [$0 Open",
        expect![[r#"
        [P] <- "[" | other files, no open dependency | 
        [US1] <- "[" | Log in | 
        [US2] <- "[" | Log out | 
    "#]],
    );
    check(
        TASKS,
        "T003 [US1] Open",
        "T003 [US$0] Open",
        expect![[r#"
        [US1] <- "[US]" | Log in | 
        [US2] <- "[US]" | Log out | 
    "#]],
    );
}

#[test]
fn next_free_ids_at_definitions() {
    check(
        SPEC,
        "- **FR-003**: System MUST forget old sessions.",
        "- **FR-003**: x\n- **FR-$0",
        expect![[r#"
            FR-004**: System MUST  <- "FR-" | next free id | 
        "#]],
    );
    check(
        TASKS,
        "- [ ] T004 Describe it in `README.md` (depends on T002-T003)",
        "- [ ] $0",
        expect![[r#"
            T004  <- "" | next free id | 
        "#]],
    );
}

#[test]
fn ids_spoken_of_are_not_free() {
    let line = "- [ ] T004 Describe it in `README.md` (depends on T002-T003)";
    check(
        TASKS,
        line,
        &format!("{line}, as T020 did\n- [ ] T9$0"),
        expect![[r#"
            T021  <- "T9" | next free id | 
        "#]],
    );
}

#[test]
fn paths_by_segment() {
    check(
        TASKS,
        "in `README.md`",
        "in `$0`",
        expect![[r#"
        specs/ <- "" |  | 
        src/ <- "" |  | 
        tests/ <- "" |  | 
        README.md <- "" |  | 
    "#]],
    );
    check(
        TASKS,
        "in `README.md`",
        "in `src/se$0`",
        expect![[r#"
        session.rs <- "se" | src | 
    "#]],
    );
    check(
        TASKS,
        "in `README.md`",
        "in specs/001-login/$0",
        expect![[r#"
        plan.md <- "" | specs/001-login | 
        spec.md <- "" | specs/001-login | 
        tasks.md <- "" | specs/001-login | 
    "#]],
    );
}

#[test]
fn comments_of_sources_qualify_ambiguous_ids() {
    check(
        "src/session.rs",
        "(FR-001)",
        "(FR-0$0)",
        expect![[r#"
        FR-001 <- "FR-0" | 001-login | System MUST open a session, and say so.
        FR-002 <- "FR-0" | 001-login | System MUST end a session (US2).
        FR-003 <- "FR-0" | 001-login | System MUST forget old sessions.
        002/FR-001 <- "FR-0" | 002-billing | System MUST send a bill, after 001/FR-002.
        002/FR-007 <- "FR-0" | 002-billing | System MUST take money.
    "#]],
    );
    check(
        "src/bill.rs",
        "FR-001 of whom?",
        "FR-0$0",
        expect![[r#"
            001/FR-001 <- "FR-0" | 001-login | System MUST open a session, and say so.
            002/FR-001 <- "FR-0" | 002-billing | System MUST send a bill, after 001/FR-002.
            001/FR-002 <- "FR-0" | 001-login | System MUST end a session (US2).
            001/FR-003 <- "FR-0" | 001-login | System MUST forget old sessions.
            002/FR-007 <- "FR-0" | 002-billing | System MUST take money.
        "#]],
    );
}

#[test]
fn a_feature_before_the_id_is_the_one_that_is_meant() {
    let of_billing = expect![[r#"
        FR-001 <- "FR-" | 002-billing | System MUST send a bill, after 001/FR-002.
        FR-007 <- "FR-" | 002-billing | System MUST take money.
    "#]];
    check("src/session.rs", "(FR-001)", "(002/FR-$0)", of_billing);
    let all = expect![[r#"
        FR-001 <- "" | 002-billing | System MUST send a bill, after 001/FR-002.
        FR-007 <- "" | 002-billing | System MUST take money.
    "#]];
    check("src/bill.rs", "FR-001 of whom?", "002-billing/$0", all);
    let by_path = expect![[r#"
        FR-001 <- "FR-" | 002-billing | System MUST send a bill, after 001/FR-002.
        FR-007 <- "FR-" | 002-billing | System MUST take money.
    "#]];
    check(
        "src/bill.rs",
        "FR-001 of whom?",
        "specs/002-billing#FR-$0",
        by_path,
    );
    check(
        "src/bill.rs",
        "FR-001 of whom?",
        "009-nothing/$0",
        expect![],
    );
}

#[test]
fn code_strings_and_words_of_comments_get_nothing() {
    for typed in [
        "let x = FR-0$0;",
        "let x = \"FR-0$0\";",
        "let x = \"// FR-0$0\";",
        "// User$0",
        "// T$0",
        "// and/$0",
        "// FR-0$00",
        "/* FR-001 */ F$0",
    ] {
        check("src/bill.rs", "fn bill() {}", typed, expect![]);
    }
}

/// What is offered in a comment is read as meaning that item for sure once it is there.
#[test]
fn an_id_that_was_taken_is_a_link() {
    let mut tried = 0;
    for (path, old) in [
        ("src/session.rs", "(FR-001)"),
        ("src/bill.rs", "FR-001 of whom?"),
    ] {
        for typed in ["FR-", "T0", "US", "001/F", "specs/002-billing#FR-"] {
            let (head, tail) = LOGIN.split_once(&format!("//- /{path}\n")).unwrap();
            let with = |text: &str| {
                let tail = tail.replacen(old, text, 1);
                Fixture::parse(&format!("{head}//- /{path}\n{tail}"))
            };
            let before = with(&format!("{typed}$0"));
            let (file, at) = before.cursor.unwrap();
            let found = analysis(&before).completions(
                file,
                at,
                Some(before.text(file)),
                rules::Locale::English,
            );
            for item in found.items {
                tried += 1;
                let start = typed.len() - usize::from(item.replace.len());
                let after = with(&format!("{}{}$0", &typed[..start], item.insert));
                let (file, at) = after.cursor.unwrap();
                let hover = analysis(&after).hover(file, at, rules::Locale::English);
                let said = hover.unwrap_or_else(|| panic!("{path}: {item:?}")).markdown;
                let id = format!("**{}**", item.filter);
                assert!(
                    said.starts_with(&id) || said.contains(&format!(" {id}")),
                    "{said}"
                );
                // The line with the feature says how sure it is.
                let about = said.lines().nth(2).unwrap();
                let feature = item.detail.rsplit(' ').next().unwrap();
                assert!(
                    about.contains(feature) && !about.contains("inferred"),
                    "{said}"
                );
            }
        }
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn prose_gets_nothing() {
    check(SPEC, "System MUST open", "System MUST op$0", expect![]);
    check(SPEC, "System MUST open", "T$0 open", expect![]);
    check(SPEC, "System MUST open", "System $0 open", expect![]);
    check("README.md", "FR-001 is", "FR-$0 is", expect![]);
}

const LIST: &str = "\
//- /.specify/memory/constitution.md
# Constitution
//- /specs/001-login/spec.md
# Feature Specification: Login

## Requirements

- **FR-001**: The system MUST show the version.
- **FR-002**: The system MUST keep the last session.
- **FR-003**: The system MUST hash each password with bcrypt.
- **FR-004**: The system MUST hash nothing else.
- **FR-005**: The system MUST refuse an empty password.
//- /specs/001-login/tasks.md
# Tasks: Login

- [ ] T001 Show the version (FR-001)
- [ ] T002 Hash the password with bcrypt";

fn listed(typed: &str) -> String {
    let fixture = Fixture::parse(&format!("{LIST}{typed}\n"));
    let (file, at) = fixture.cursor.unwrap();
    let found = analysis(&fixture).completions(file, at, None, rules::Locale::English);
    let lines = found.items.iter();
    lines.fold(String::new(), |all, it| {
        all + &it.insert + ": " + &it.detail + "\n"
    })
}

#[test]
fn what_fits_the_task_is_cited_first_and_says_why() {
    expect![[r#"
        FR-003: shares `bcrypt`, `hash`, `password`
        FR-004: shares `hash`
        FR-005: shares `password`
        FR-001: 001-login
        FR-002: 001-login
    "#]]
    .assert_eq(&listed(" (FR-$0"));
    assert_eq!(listed(" (FR-$0"), listed(" (FR-$0)"));
    let first = |typed: &str| listed(typed).lines().next().unwrap_or_default().to_owned();
    assert!(
        first(" ($0").starts_with("FR-003: shares"),
        "{}",
        listed(" ($0")
    );
    assert!(
        first(" (FR-001, $0").starts_with("FR-003: shares"),
        "{}",
        listed(" (FR-001, $0")
    );
    // Words in brackets are prose.
    assert_eq!(listed(" (and then $0"), "");
}
