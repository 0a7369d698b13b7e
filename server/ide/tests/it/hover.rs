use std::fmt::Write as _;

use expect_test::{Expect, expect};

use rules::Locale;

use crate::workspaces::{login, show_range};

fn check(path: &str, needle: &str, expected: Expect) {
    let (fixture, analysis, file, at) = login(path, needle);
    let shown = match analysis.hover(file, at, Locale::English) {
        Some(hover) => format!(
            "{}\n\n{}\n",
            show_range(&fixture, file, hover.range),
            hover.markdown
        ),
        None => "nothing\n".to_owned(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn requirement_with_its_chain() {
    check(
        "specs/001-login/spec.md",
        "FR-0$001",
        expect![[r#"
            specs/001-login/spec.md:26 "FR-001"

            **FR-001** System MUST open a session, and say so.

            requirement · `001-login`

            **US1** Log in

            Tasks: 1 of 2 done
            - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
            - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

            Symbols
            - method `Session.open` src/session.rs:7 (declared)

            Tests
            - `begins` tests/session.rs:2 (by task)
            - `later` tests/session.rs:8 (by task, skipped)

            Mentioned in code: 1 place
        "#]],
    );
}

#[test]
fn requirement_without_links() {
    check(
        "specs/001-login/spec.md",
        "FR-0$003",
        expect![[r#"
        specs/001-login/spec.md:29 "FR-003"

        **FR-003** System MUST forget old sessions.

        requirement · `001-login`
    "#]],
    );
}

#[test]
fn story_by_its_heading() {
    check(
        "specs/001-login/spec.md",
        "Log$0 in (Priority",
        expect![[r#"
            specs/001-login/spec.md:5 "Log in"

            **US1** Log in

            user story · P1 · `001-login`

            Tasks: 1 of 2 done
            - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
            - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

            Symbols
            - method `Session.open` src/session.rs:7 (by task)

            Tests
            - `begins` tests/session.rs:2 (by task)
            - `later` tests/session.rs:8 (by task, skipped)
        "#]],
    );
}

#[test]
fn scenario() {
    check(
        "specs/001-login/spec.md",
        "1$0. **Given** an",
        expect![[r#"
        specs/001-login/spec.md:11 "1."

        **US1/AC1** **Given** an account, **When** the password is right, **Then** a session begins.

        acceptance scenario · `001-login`

        **US1** Log in
    "#]],
    );
}

#[test]
fn task_mention_and_label() {
    check(
        "specs/001-login/tasks.md",
        "$0T003 [US1]",
        expect![[r#"
        specs/001-login/tasks.md:14 "T003"

        ○ **T003** Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

        task · `001-login`

        **US1** Log in

        Symbols
        - method `Session.open` src/session.rs:7 (by task)
    "#]],
    );
    check(
        "specs/001-login/tasks.md",
        "T003 [U$0S1]",
        expect![[r#"
            specs/001-login/tasks.md:14 "US1"

            **US1** Log in

            user story · P1 · `001-login`

            Tasks: 1 of 2 done
            - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
            - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

            Symbols
            - method `Session.open` src/session.rs:7 (by task)

            Tests
            - `begins` tests/session.rs:2 (by task)
            - `later` tests/session.rs:8 (by task, skipped)
        "#]],
    );
    check(
        "specs/001-login/tasks.md",
        "T002-$0T003",
        expect![[r#"
        specs/001-login/tasks.md:20 "T003"

        ○ **T003** Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

        task · `001-login`

        **US1** Log in

        Symbols
        - method `Session.open` src/session.rs:7 (by task)
    "#]],
    );
}

#[test]
fn phase_with_its_tasks() {
    check(
        "specs/001-login/tasks.md",
        "Phase $02",
        expect![[r#"
            specs/001-login/tasks.md:7 "2"

            **Phase 2** User Story 1 - Log in

            phase · `001-login`

            **US1** Log in

            Tasks: 1 of 2 done
            - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
            - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

            Symbols
            - method `Session.open` src/session.rs:7 (by task)

            Tests
            - `begins` tests/session.rs:2 (by task)
            - `later` tests/session.rs:8 (by task, skipped)
        "#]],
    );
}

#[test]
fn mention_nobody_defines() {
    check(
        "specs/001-login/tasks.md",
        "FR-0$009",
        expect![[r#"
        specs/001-login/tasks.md:14 "FR-009"

        Not defined in `001-login`.
    "#]],
    );
}

#[test]
fn paths_and_their_fates() {
    check(
        "specs/001-login/plan.md",
        "src/$0session.rs",
        expect![[r#"
        specs/001-login/plan.md:3 "src/session.rs"

        `src/session.rs`

        3 symbols · 0 tests

        Named by
        - ✓ T001 Create `src/session.rs` (001-login)
        - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (001-login)
    "#]],
    );
    check(
        "specs/001-login/plan.md",
        "src/o$0ld.rs",
        expect![[r#"
        specs/001-login/plan.md:3 "src/old.rs"

        Moved to `src/session.rs` in abc1234.
    "#]],
    );
    check(
        "specs/001-login/plan.md",
        "src/g$0one.rs",
        expect![[r#"
        specs/001-login/plan.md:3 "src/gone.rs"

        Deleted in def5678.
    "#]],
    );
}

#[test]
fn code_span_of_a_task() {
    check(
        "specs/001-login/tasks.md",
        "Session::$0open",
        expect![[r#"
        specs/001-login/tasks.md:14 "Session::open"

        method `Session.open` src/session.rs:7 (by task)

        Mentions
        - **FR-001** System MUST open a session, and say so. (001-login, declared)

        Named by
        - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (001-login, by task)
    "#]],
    );
}

#[test]
fn source_only_on_mentions_and_linked_symbols() {
    check(
        "src/session.rs",
        "fn o$0pen",
        expect![[r#"
            src/session.rs:7 "open"

            **FR-001** System MUST open a session, and say so.

            requirement · `001-login`

            **US1** Log in

            Tasks: 1 of 2 done
            - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
            - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

            Symbols
            - method `Session.open` src/session.rs:7 (declared)

            Tests
            - `begins` tests/session.rs:2 (by task)
            - `later` tests/session.rs:8 (by task, skipped)

            Mentioned in code: 1 place
        "#]],
    );
    check(
        "src/session.rs",
        "FR-0$001",
        expect![[r#"
            src/session.rs:6 "FR-001"

            **FR-001** System MUST open a session, and say so.

            requirement · `001-login`

            **US1** Log in

            Tasks: 1 of 2 done
            - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
            - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

            Symbols
            - method `Session.open` src/session.rs:7 (declared)

            Tests
            - `begins` tests/session.rs:2 (by task)
            - `later` tests/session.rs:8 (by task, skipped)

            Mentioned in code: 1 place
        "#]],
    );
    check(
        "src/session.rs",
        "002/FR-0$001",
        expect![[r#"
        src/session.rs:12 "FR-001"

        **FR-001** System MUST send a bill, after 001/FR-002.

        requirement · `002-billing`

        Symbols
        - function `unlinked` src/session.rs:13 (declared)

        Mentioned in code: 1 place
    "#]],
    );
    check(
        "src/session.rs",
        "un$0linked",
        expect![[r#"
            src/session.rs:13 "unlinked"

            For
            - **FR-001** System MUST send a bill, after 001/FR-002. (002-billing, declared)
            - **FR-007** System MUST take money. (002-billing, inferred)
        "#]],
    );
    check(
        "src/session.rs",
        "One vi$0sit",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "src/bill.rs",
        "FR-0$001",
        expect![[r#"
            src/bill.rs:1 "FR-001"

            Several features define this id; nothing here says which is meant.

            - `001-login` System MUST open a session, and say so.
            - `002-billing` System MUST send a bill, after 001/FR-002.
        "#]],
    );
}

#[test]
fn prose_and_other_markdown_are_quiet() {
    check(
        "specs/001-login/spec.md",
        "MU$0ST open",
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "README.md",
        "FR-0$001",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn in_japanese() {
    let mut shown = String::new();
    for (path, needle) in [
        ("specs/001-login/spec.md", "FR-0$001"),
        ("specs/001-login/tasks.md", "FR-0$009"),
        ("specs/001-login/tasks.md", "`src/ses$0sion.rs`"),
        ("specs/001-login/plan.md", "src/ol$0d.rs"),
        ("specs/001-login/plan.md", "src/go$0ne.rs"),
        ("src/session.rs", "pub fn op$0en"),
    ] {
        let (_, analysis, file, at) = login(path, needle);
        let hover = analysis.hover(file, at, Locale::Japanese).unwrap();
        let _ = write!(shown, "{needle}\n{}\n\n", hover.markdown);
    }
    expect![[r#"
        FR-0$001
        **FR-001** System MUST open a session, and say so.

        要件 · `001-login`

        **US1** Log in

        タスク: 2 件中 1 件完了
        - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
        - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

        シンボル
        - method `Session.open` src/session.rs:7 (明記)

        テスト
        - `begins` tests/session.rs:2 (タスクから)
        - `later` tests/session.rs:8 (タスクから、スキップ)

        コード内の言及: 1 箇所

        FR-0$009
        `001-login` では定義されていません。

        `src/ses$0sion.rs`
        `src/session.rs`

        シンボル 3 件 · テスト 0 件

        名指しするもの
        - ✓ T001 Create `src/session.rs` (001-login)
        - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009) (001-login)

        src/ol$0d.rs
        abc1234 で `src/session.rs` に移動しました。

        src/go$0ne.rs
        def5678 で削除されました。

        pub fn op$0en
        **FR-001** System MUST open a session, and say so.

        要件 · `001-login`

        **US1** Log in

        タスク: 2 件中 1 件完了
        - ✓ T002 Test `begins` in `tests/session.rs` (FR-001)
        - ○ T003 Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)

        シンボル
        - method `Session.open` src/session.rs:7 (明記)

        テスト
        - `begins` tests/session.rs:2 (タスクから)
        - `later` tests/session.rs:8 (タスクから、スキップ)

        コード内の言及: 1 箇所

    "#]]
    .assert_eq(&shown);
}

#[test]
fn mentions_in_other_repositories() {
    let fixture = fixture::Fixture::parse(
        "//- api:/specs/003-auth/spec.md
- **FR-008**: Sessions MUST end.
//- api:/specs/003-auth/tasks.md
- [x] T001 End them in src/session.ts (FR-008)
- [x] T002 Call it in web/src/shop.ts (FR-008)
//- api:/src/session.ts
// 003/FR-008
export function end() {}
//- web:/src/shop.ts
// api/specs/003-auth FR-008
export function leave() {}
",
    );
    let mut inputs = fixture.graph.inputs().clone();
    inputs.published = std::sync::Arc::new(vec![trace::Published {
        schema: trace::PUBLISHED_SCHEMA,
        repository: "mobile".to_owned(),
        commit: Some("1a2b3c4".to_owned()),
        mentions: vec![trace::PublishedMention {
            path: "app/Leave.kt".to_owned(),
            line: 12,
            repository: Some("api".to_owned()),
            feature: "003-auth".to_owned(),
            id: "FR-008".to_owned(),
            test: false,
        }],
        ..trace::Published::default()
    }]);
    let file = fixture.file("api:/specs/003-auth/spec.md");
    let analysis = ide::Analysis::new(std::sync::Arc::new(trace::Graph::new(inputs)));
    let hover = analysis.hover(file, 5.into(), Locale::English).unwrap();
    expect![[r#"
        **FR-008** Sessions MUST end.

        requirement · `003-auth`

        Tasks: 2 of 2 done
        - ✓ T001 End them in src/session.ts (FR-008)
        - ✓ T002 Call it in web/src/shop.ts (FR-008)

        Symbols
        - function `end` src/session.ts:2 (declared)
        - function `leave` web/src/shop.ts:2 (declared)

        Mentioned in code: 2 places

        In other repositories
        - `mobile/app/Leave.kt`:12 (by its facts of 1a2b3c4)
        - `web/src/shop.ts`:1"#]]
    .assert_eq(&hover.markdown);
}
