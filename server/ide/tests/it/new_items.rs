//! Completion of items that are not there yet, in the shape of those that are.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;

use crate::workspaces::analysis;

/// The candidates at `$0` of a document: what is replaced, and the text with its places to fill in as `‹…›`.
fn shown(path: &str, marked: &str) -> String {
    let spec = if path == "spec.md" {
        ""
    } else {
        "//- /specs/001-a/spec.md\n# S\n"
    };
    let fixture = Fixture::parse(&format!("{spec}//- /specs/001-a/{path}\n{marked}"));
    let (file, at) = fixture.cursor.unwrap();
    let text = fixture.text(file);
    let mut shown = String::new();
    for item in analysis(&fixture)
        .completions(file, at, None, rules::Locale::English)
        .items
    {
        let mut insert = item.insert.clone();
        for stop in item.stops.iter().rev() {
            insert.insert(stop.end().into(), '›');
            insert.insert(stop.start().into(), '‹');
        }
        let replaced = text::slice(text, item.replace);
        // A formatter of the tests would change a carriage return.
        let insert = insert.replace('\r', "␍");
        let _ = writeln!(shown, "{} | {replaced:?} -> {insert}|", item.label);
    }
    shown
}

fn check(path: &str, marked: &str, expected: Expect) {
    expected.assert_eq(&shown(path, marked));
}

const SPEC: &str = "# 仕様 🎉

## User Scenarios & Testing

### User Story 1 - Pay 🎉 (Priority: P1) 🎯 MVP

People pay.

**Why this priority**: Money.

**Independent Test**: Pay once.

**Acceptance Scenarios**:

1. **Given** a cart, **When** it is paid, **And** more, **Then** it is **sent**.
2. $one

$story

## Requirements

### Functional Requirements

- **FR-001**: System MUST pay.
- **FR-002**: System MUST NOT pay twice. $note
- **NFR-001**: Quick.
$requirement

## Success Criteria

- **SC-001**: Fast.
";

/// The document with something typed at one of its places.
fn spec(place: &str, typed: &str) -> String {
    let mut text = SPEC.replace(place, typed);
    for other in ["$one", "$story", "$note", "$requirement"] {
        text = text.replace(other, "");
    }
    text
}

#[test]
fn requirements_in_the_marks_and_words_of_the_others() {
    check(
        "spec.md",
        &spec("$requirement", "- $0"),
        expect![[r#"
            FR-003 | "" -> **FR-003**: System MUST |
            NFR-002 | "" -> **NFR-002**: |
        "#]],
    );
    check(
        "spec.md",
        &spec("$requirement", "- FR-$0"),
        expect![[r#"
            FR-003 | "FR-" -> **FR-003**: System MUST |
        "#]],
    );
    check(
        "spec.md",
        &spec("$requirement", "- **NF$0**"),
        expect![[r#""#]],
    );
    check(
        "spec.md",
        &spec("$requirement", "- **FR-0$0**"),
        expect![[r#"
            FR-003 | "FR-0**" -> FR-003**: System MUST |
        "#]],
    );
    let bare = "# S\n\n## 要件\n\n- FR1 🎉 する\n- $0\n";
    check("spec.md", bare, expect![[r#""#]]);
    let titled = "# S\n\n## Requirements\n\n- **FR-1 Official parser.** 🎉\n- F$0\n";
    check("spec.md", titled, expect![[r#""#]]);
    let rows = "# S\n\n## Requirements\n\n| ID | Text |\n| --- | --- |\n| FR-01 | a |\n\n- FR-$0\n";
    check(
        "spec.md",
        rows,
        expect![[r#"
        FR-02 | "FR-" -> FR-02 |
    "#]],
    );
}

#[test]
fn a_scenario_in_the_steps_of_the_document() {
    check(
        "spec.md",
        &spec("$one", "$0"),
        expect![[r#"
            Given …, When …, Then …. | "" -> **Given** ‹…›, **When** ‹…›, **Then** ‹…›.|
        "#]],
    );
    check(
        "spec.md",
        &spec("$one", "**Gi$0**"),
        expect![[r#"
            Given …, When …, Then …. | "**Gi**" -> **Given** ‹…›, **When** ‹…›, **Then** ‹…›.|
        "#]],
    );
    check("spec.md", &spec("$one", "The$0"), expect![[r#""#]]);
    let japanese = "# 仕様\n\n## シナリオ\n\n### ユーザーストーリー 1 - 保存 （優先度: P1）\n\n\
                    **受け入れシナリオ**:\n\n1. **前提** 🎉 ある、**操作** 押す、**期待結果** 出る。\n2. $0\n";
    check(
        "spec.md",
        japanese,
        expect![[r#"
        前提 …、操作 …、期待結果 …。 | "" -> **前提** ‹…›、**操作** ‹…›、**期待結果** ‹…›。|
    "#]],
    );
    // A numbered list of something else.
    check("spec.md", &spec("$requirement", "1. $0"), expect![""]);
}

#[test]
fn a_story_in_the_labels_of_the_last_one() {
    check("spec.md", &spec("$story", "##$0"), expect![[r#""#]]);
    check(
        "spec.md",
        &spec("$story", "### User$0"),
        expect![[r####"
            User Story 2 | "### User" -> ### User Story 2 - ‹…› (Priority: P‹1›)

            ‹…›

            **Why this priority**: ‹…›

            **Independent Test**: ‹…›

            **Acceptance Scenarios**:

            1. **Given** ‹…›, **When** ‹…›, **Then** ‹…›.
            |
        "####]],
    );
    check("spec.md", &spec("$story", "#### $0"), expect![[r#""#]]);
    check("spec.md", &spec("$story", "### Edge$0"), expect![[r#""#]]);
    check("spec.md", &spec("$requirement", "### $0"), expect![[r#""#]]);
    let chinese = "# 规格\r\n\r\n## 场景\r\n\r\n### 用户故事 3 - 保存 🎉（优先级：P2）\r\n\r\n说明。\r\n\r\n**独立测试**：一次。\r\n\r\n### $0\r\n";
    check(
        "spec.md",
        chinese,
        expect![[r####"
            用户故事 4 | "### " -> ### 用户故事 4 - ‹…› （优先级：P‹2›）␍
            ␍
            ‹…›␍
            ␍
            **独立测试**：‹…›␍
            |
        "####]],
    );
}

#[test]
fn a_question_only_where_one_is_begun() {
    check(
        "spec.md",
        &spec("$note", "[N$0"),
        expect![[r#"
        [NEEDS CLARIFICATION: ] | "[N" -> [NEEDS CLARIFICATION: ‹…›]|
    "#]],
    );
    check(
        "spec.md",
        &spec("$note", "あ[NEEDS CLAR$0]"),
        expect![[r#"
            [NEEDS CLARIFICATION: ] | "[NEEDS CLAR]" -> [NEEDS CLARIFICATION: ‹…›]|
        "#]],
    );
    check("spec.md", &spec("$note", "[$0"), expect![[r#""#]]);
    check("spec.md", &spec("$note", "[No$0"), expect![[r#""#]]);
}

const TASKS: &str = "# Tasks 🎉

## Phase 1: Setup

- [x] **T001** [P] Make `src/a.rs`

## Phase 2: User Story 2 - 保存

- [ ] **T002** [US2] 作る 🎉 in src/b.rs
$task
";

#[test]
fn tasks_in_the_marks_and_labels_of_their_phase() {
    let tasks = |typed: &str| TASKS.replace("$task", typed);
    check(
        "tasks.md",
        &tasks("- [ ] $0"),
        expect![[r#"
        T003 | "" -> **T003** [US2] |
    "#]],
    );
    check(
        "tasks.md",
        &tasks("- [ ] T$0"),
        expect![[r#"
        T003 | "T" -> **T003** [US2] |
    "#]],
    );
    check(
        "tasks.md",
        &tasks("- [ ] **T0$0**"),
        expect![[r#"
        T003 | "T0**" -> T003** [US2] |
    "#]],
    );
    check(
        "tasks.md",
        &tasks("- $0"),
        expect![[r#"
        T003 | "" -> [ ] **T003** [US2] |
    "#]],
    );
    check(
        "tasks.md",
        &tasks("- T0$0"),
        expect![[r#"
        T003 | "T0" -> [ ] **T003** [US2] |
    "#]],
    );
    let first = TASKS.replace("\n## Phase 2", "- [ ] $0\n\n## Phase 2");
    check(
        "tasks.md",
        &first.replace("$task", ""),
        expect![[r#"
        T003 | "" -> **T003** |
    "#]],
    );
    check(
        "tasks.md",
        "# Tasks\n\n## Phase 1\n\n- [ ] $0\n",
        expect![[r#"
            T001 | "" -> T001 |
        "#]],
    );
    check("tasks.md", "# Tasks\n\n- $0\n", expect![[r#""#]]);
}

#[test]
fn items_of_checklists_continue_their_ids() {
    let list = "# UX Checklist\n\n## 品質\n\n- [ ] CHK001 - Are texts 🎉? [Gap]\n- [x] CHK009 - Are they?\n";
    let path = "checklists/ux.md";
    check(
        path,
        &format!("{list}- [ ] $0\n"),
        expect![[r#"
        CHK010 | "" -> CHK010 - |
    "#]],
    );
    check(
        path,
        &format!("{list}- [ ] CHK$0\n"),
        expect![[r#"
        CHK010 | "CHK" -> CHK010 - |
    "#]],
    );
    check(
        path,
        &format!("{list}- $0\n"),
        expect![[r#"
        CHK010 | "" -> [ ] CHK010 - |
    "#]],
    );
    let without = "# Quality\n\n## Content\n\n- [ ] No details\n- [ ] $0\n";
    check("checklists/requirements.md", without, expect![[r#""#]]);
}

#[test]
fn paths_behind_the_words_that_place_a_task() {
    let tree = |typed: &str| {
        format!(
            "{}//- /src/b.rs\nfn b() {{}}\n//- /tests/thing.rs\nfn t() {{}}\n",
            TASKS.replace("$task", typed)
        )
    };
    check(
        "tasks.md",
        &tree("- [ ] T003 作る in s$0"),
        expect![[r#"
            specs/ | "s" -> specs/|
            src/ | "s" -> src/|
        "#]],
    );
    check(
        "tasks.md",
        &tree("- [ ] T003 Write it in t$0"),
        expect![[r#"
            tests/ | "t" -> tests/|
        "#]],
    );
    check(
        "tasks.md",
        &tree("- [ ] T003 Write it in the$0"),
        expect![[r#""#]],
    );
    check(
        "tasks.md",
        &tree("- [ ] T003 Write it s$0"),
        expect![[r#""#]],
    );
    check("tasks.md", &tree("Write it in s$0"), expect![[r#""#]]);
}
