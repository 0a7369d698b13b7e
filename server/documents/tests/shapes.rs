//! Every shape of Spec Kit documents, template generation by generation and language by language.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{Document, DocumentKind, Item, ItemKind, TaskState, read};
use expect_test::{Expect, expect};
use std::fmt::Write;
use text::slice;

/// One line per item: kind, canonical id, id as written, title, and what else it says.
fn items(kind: DocumentKind, text: &str) -> String {
    let document = read(kind, text);
    let mut shown = String::new();
    for item in &document.items {
        writeln!(shown, "{}", item_line(&document, item, text)).unwrap();
    }
    shown
}

fn item_line(document: &Document, item: &Item, text: &str) -> String {
    let mut line = format!(
        "{:?} {:?} <{}> {}",
        item.kind,
        item.id,
        slice(text, item.id_range),
        slice(text, item.title_range)
    );
    if let Some(task) = &item.task {
        let state = match task.state {
            TaskState::Open => "open".to_owned(),
            TaskState::Done => "done".to_owned(),
            TaskState::Other(mark) => format!("other {mark}"),
        };
        write!(line, " | {state}").unwrap();
        if let Some(parallel) = task.parallel {
            write!(line, " {}", slice(text, parallel)).unwrap();
        }
        for label in &task.stories {
            write!(line, " {}={}", slice(text, label.range), label.text).unwrap();
        }
        if task.missing_checkbox {
            line.push_str(" no checkbox");
        }
    }
    if let Some(story) = &item.story {
        if item.kind == ItemKind::Phase {
            write!(line, " | for {}", story.id).unwrap();
        }
        if let Some(priority) = &story.priority {
            write!(line, " | {}={}", slice(text, priority.range), priority.text).unwrap();
        }
    }
    if item.in_table {
        line.push_str(" | in table");
    }
    if let Some(parent) = item.parent {
        write!(line, " | in {:?}", document.items[parent as usize].id).unwrap();
    }
    line
}

#[expect(clippy::needless_pass_by_value, reason = "expect! gives a value")]
fn check(kind: DocumentKind, text: &str, expected: Expect) {
    expected.assert_eq(&items(kind, text));
}

#[test]
fn stories_in_every_spelling() {
    check(
        DocumentKind::Spec,
        "\
# Feature Specification: X
## User Scenarios & Testing *(mandatory)*
### User Story 1 - Lend a tool (Priority: P1) 🎯 MVP
### US-2: Bring it back (P0)
### US3 (P1) — Say it is broken
### User Story A — Track it (Track A · Priority: P2)
### User Story 3a - Half a story
### User Story 4: No priority
#### Story 5 – Deeper (P3)
### ユーザーストーリー 6 - 予約する (優先度: P1)
### ユーザーストーリー７ - 取り消す（優先度：P2）
### 用户故事 8 - 投票（优先级：P1）
### Historia de Usuario 9 - Prestar (Prioridad: P1)
### História de Usuário 10 - Emprestar (Prioridade: P2)
### 사용자 스토리 11 - 빌리기 (우선순위: P1)
### Récit utilisateur 12 - Prêter (Priorité : P1)
## 4. User Story 13 - Numbered heading
### Primary User Story
### User Story Mapping
### Upgrade funnel (User Story 1)
### Us 3 friends
",
        expect![[r#"
            Story "US1" <User Story 1> Lend a tool | (Priority: P1)=P1
            Story "US2" <US-2> Bring it back | (P0)=P0
            Story "US3" <US3> Say it is broken | (P1)=P1
            Story "USA" <User Story A> Track it | (Track A · Priority: P2)=P2
            Story "US3a" <User Story 3a> Half a story
            Story "US4" <User Story 4> No priority
            Story "US5" <Story 5> Deeper | (P3)=P3
            Story "US6" <ユーザーストーリー 6> 予約する | (優先度: P1)=P1
            Story "US7" <ユーザーストーリー７> 取り消す | （優先度：P2）=P2
            Story "US8" <用户故事 8> 投票 | （优先级：P1）=P1
            Story "US9" <Historia de Usuario 9> Prestar | (Prioridad: P1)=P1
            Story "US10" <História de Usuário 10> Emprestar | (Prioridade: P2)=P2
            Story "US11" <사용자 스토리 11> 빌리기 | (우선순위: P1)=P1
            Story "US12" <Récit utilisateur 12> Prêter | (Priorité : P1)=P1
            Story "US13" <User Story 13> Numbered heading
        "#]],
    );
}

#[test]
fn scenarios_are_numbered_over_all_lists_of_a_story() {
    check(
        DocumentKind::Spec,
        "\
## User Scenarios
### User Story 1 - A
**Why this priority**:
1. not a scenario

**Acceptance Scenarios**:

1. **Given** a, **When** b, **Then** c
2. **Given** a,
   **When** b
   - a detail

*Offline*:

1. **Given** d, **When** e, **Then** f

**Notes**:

1. Not one either

### ユーザーストーリー 2 - B
**受け入れシナリオ**:
1. **前提** a、**操作** b、**期待結果** c

### US3 - Bullets
**Acceptance**
- It is sent
- It is kept

### US4 - Prose
**Given** a tool,
**When** it is lent,
**Then** it is noted.

### Edge Cases
1. What happens?
",
        expect![[r#"
            Story "US1" <User Story 1> A
            Scenario "AC1" <1.> **Given** a, **When** b, **Then** c | in "US1"
            Scenario "AC2" <2.> **Given** a, | in "US1"
            Scenario "AC3" <1.> **Given** d, **When** e, **Then** f | in "US1"
            Story "US2" <ユーザーストーリー 2> B
            Scenario "AC1" <1.> **前提** a、**操作** b、**期待結果** c | in "US2"
            Story "US3" <US3> Bullets
            Scenario "AC1" <-> It is sent | in "US3"
            Scenario "AC2" <-> It is kept | in "US3"
            Story "US4" <US4> Prose
            Scenario "AC1" <> **Given** a tool, | in "US4"
            EdgeCase "edge-1" <> What happens?
        "#]],
    );
}

#[test]
fn the_first_generation_has_scenarios_without_a_story() {
    let text = "\
# Feature Specification: X
## Execution Flow (main)
```
1. Parse
   - [ ] T001 nothing
```
## User Scenarios & Testing
### Primary User Story
As a cook I share.
### Acceptance Scenarios
1. **Given** a, **When** b, **Then** c
2. **Given** d, **When** e, **Then** f
### Edge Cases
- What happens when ...?
## Requirements
### Functional Requirements
- **FR-001**: System MUST share
";
    check(
        DocumentKind::Spec,
        text,
        expect![[r#"
            Scenario "AC1" <1.> **Given** a, **When** b, **Then** c
            Scenario "AC2" <2.> **Given** d, **When** e, **Then** f
            EdgeCase "edge-1" <> What happens when ...?
            Requirement "FR-001" <FR-001> System MUST share
        "#]],
    );
    assert_eq!(
        read(DocumentKind::Spec, text).generation,
        Some(documents::Generation::First)
    );
}

#[test]
fn requirements_in_every_shape() {
    check(
        DocumentKind::Spec,
        "\
## Requirements *(mandatory)*
### Functional Requirements
- **FR-001**: System MUST a
* **FR-002:** colon inside
+ __FR-003__ - other bold
- **FR-016f** no colon
- **FR-A1 Quiet hours.** title inside the bold
- **FR-1.1** — dotted
- FR-004: plain
- `FR-005`: in code
- ~~**FR-006**: struck~~
- **FR-007 (web)**: with a note
  continued, see FR-001
  - **FR-007a**: nested
- **FR-００８**：全角
### FR-9: As a heading
Text.
### FR10: No dash
| ID | Text | P |
|---|---|---|
| FR-11 | In a \\| table | P0 |
| **FR-12** | Bold | P1 |
| Note | FR-13 | P1 |
### Non-Functional Requirements
- **NFR-001**: Fast
- **R001** (MUST): padded
- **CN-001**: open prefix
- **D4**: something else
- **UTF-8**: an encoding
- **P1**: a priority
- **T012**: a task
- **FR-001, FR-002**: two
- **FR-001–FR-003**: a range
- FR-009a (button wiring)
> - **FR-098**: quoted
```text
- **FR-099**: fenced
```
## Success Criteria
- **SC-001**: 95%

| ID | Criterion |
|---|---|
| SC-02 | A table |

**SC-03: No mock data**
**SC-04**: Nothing lost
",
        expect![[r#"
            Requirement "FR-001" <FR-001> System MUST a
            Requirement "FR-002" <FR-002> colon inside
            Requirement "FR-003" <FR-003> other bold
            Requirement "FR-016f" <FR-016f> no colon
            Requirement "FR-A1" <FR-A1> Quiet hours.** title inside the bold
            Requirement "FR-1.1" <FR-1.1> dotted
            Requirement "FR-004" <FR-004> plain
            Requirement "FR-005" <FR-005> in code
            Requirement "FR-006" <FR-006> struck~~
            Requirement "FR-007" <FR-007> (web)**: with a note
            Requirement "FR-007a" <FR-007a> nested
            Requirement "FR-008" <FR-００８> 全角
            Requirement "FR-9" <FR-9> As a heading
            Requirement "FR10" <FR10> No dash
            Requirement "FR-11" <FR-11> In a \| table | in table
            Requirement "FR-12" <FR-12> Bold | in table
            Requirement "NFR-001" <NFR-001> Fast
            Requirement "R001" <R001> (MUST): padded
            Requirement "CN-001" <CN-001> open prefix
            SuccessCriterion "SC-001" <SC-001> 95%
            SuccessCriterion "SC-02" <SC-02> A table | in table
            SuccessCriterion "SC-03" <SC-03> No mock data**
            SuccessCriterion "SC-04" <SC-04> Nothing lost
        "#]],
    );
}

#[test]
fn speaking_about_a_requirement_does_not_define_it_again() {
    check(
        DocumentKind::Spec,
        "\
## Clarifications
### Session 2026-01-01
- **FR-001**: reworded
## Requirements
- **FR-001**: System MUST a
- **FR-002**: System MUST b
- **FR-002**: really twice
## Traceability
- **FR-002**: see T001
- **FR-003**: only here
| FR-001 | T001 |
|---|---|
| FR-002 | T002 |
## Assumptions
- **A-001**: counted
",
        expect![[r#"
            Requirement "FR-001" <FR-001> System MUST a
            Requirement "FR-002" <FR-002> System MUST b
            Requirement "FR-002" <FR-002> really twice
            Requirement "FR-003" <FR-003> only here
            Requirement "A-001" <A-001> counted
        "#]],
    );
}

#[test]
fn a_bold_line_defines_only_below_requirements() {
    check(
        DocumentKind::Spec,
        "\
# Feature Specification: X
## Overview
**FR-001**: Old words

> **FR-002**: Quoted words
## Requirements
**FR-003**: New words

- A list
  with more

  **FR-004**: A remark of the list
",
        expect![[r#"
            Requirement "FR-003" <FR-003> New words
        "#]],
    );
}

#[test]
fn what_a_feature_builds_on_is_defined_elsewhere() {
    for (title, own) in [
        ("Dependencies", true),
        ("Assumptions & Dependencies", true),
        ("依存関係", true),
        ("依赖", true),
        ("依賴", true),
        ("의존성", true),
        ("Dependencias", true),
        ("Dependências", true),
        ("Abhängigkeiten", true),
        ("Dépendances", true),
        ("Constraints", false),
    ] {
        let document = documents::read(
            DocumentKind::Spec,
            &format!(
                "## Requirements\n- **FR-001**: a\n## {title}\n- **BUD-01** — the budget. Required.\n\
                 - **AUTH-01** — sessions\n- **D-001**: a database\n- **DEP-001**: a queue\n- **ASM-001**: users\n"
            ),
        );
        let ids: Vec<&str> = document
            .items
            .iter()
            .map(|item| item.id.as_str())
            .filter(|id| !id.starts_with("assumption-"))
            .collect();
        let expected: &[&str] = if own {
            &["FR-001", "D-001", "DEP-001", "ASM-001"]
        } else {
            &["FR-001", "BUD-01", "AUTH-01", "D-001", "DEP-001", "ASM-001"]
        };
        assert_eq!(ids, expected, "{title}");
    }
}

#[test]
fn requirements_below_a_story_belong_to_it() {
    check(
        DocumentKind::Spec,
        "\
### User Story 1 - A
#### Requirements
- **FR-001**: a
### User Story 2 - B
- **FR-002**: b
## Requirements
- **FR-003**: c
",
        expect![[r#"
            Story "US1" <User Story 1> A
            Requirement "FR-001" <FR-001> a | in "US1"
            Story "US2" <User Story 2> B
            Requirement "FR-002" <FR-002> b | in "US2"
            Requirement "FR-003" <FR-003> c
        "#]],
    );
}

#[test]
fn entities_stand_below_their_heading() {
    check(
        DocumentKind::Spec,
        "\
### Key Entities *(include if feature involves data)*
- **Tool**: a thing
- **Loan:** a tool and a member
- **`Member`** (person) - who borrows
- no name
  - **Nested**: no entity
### 主要エンティティ
- **予約**：本と利用者
### Other
- **Bold**: no entity
",
        expect![[r#"
            Entity "Tool" <Tool> a thing
            Entity "Loan" <Loan> a tool and a member
            Entity "Member" <Member> (person) - who borrows
            Entity "予約" <予約> 本と利用者
        "#]],
    );
}

#[test]
fn tasks_in_every_shape() {
    check(
        DocumentKind::Tasks,
        "\
# Tasks: X
## Phase 1: Setup (Shared Infrastructure)
- [ ] T001 Create src/a.rs
- [x] T002 [P] With [brackets](url)
* [X] **T003** [P] [US1] Bold id
+ [-] **T004 [P]** [US2] Label in the bold
- [~] T005 [US1] [P] Reversed
- [ ] `T006` In code
- [ ] ~~T007 struck~~
- [ ] T-008: Dashed
- [ ] T1.2 Dotted
- [x] T034k Letter
- [x] T010 (bead-7ih.1) [US1] Foreign id
- [ ] T011 [US1, US2] Two stories
- [ ] T012 [Story 3] In words
- [ ] T013 \\[P\\] \\[US-4\\] Escaped
- [ ] T014 [BE] [US5a] Other label
- ［x］T０１５ 全角
- [] T016 Nothing inside
- [ x] T017 A slip
1. [ ] T018 Numbered
- [ ] T019 Parent
  - [ ] T020 Child
  - [ ] no id
- [ ] No id, no label
- [ ] [US1] No id
- T021 [US1] No checkbox
- T022: No checkbox, colon
- T023 must be done before T024
- T024, T025 can run in parallel
- T026-T028 [P] a range

T029 [P] No bullet

- [x](link) T030
- [P] tasks run in parallel
> - [ ] T031 quoted
```
- [ ] T032 fenced
```
<!-- - [ ] T033 comment -->
",
        expect![[r#"
            Phase "1" <1> Setup (Shared Infrastructure)
            Task "T001" <T001> Create src/a.rs | open | in "1"
            Task "T002" <T002> With [brackets](url) | done [P] | in "1"
            Task "T003" <T003> Bold id | done [P] [US1]=US1 | in "1"
            Task "T004" <T004> Label in the bold | other - [P] [US2]=US2 | in "1"
            Task "T005" <T005> Reversed | other ~ [P] [US1]=US1 | in "1"
            Task "T006" <T006> In code | open | in "1"
            Task "T007" <T007> struck~~ | open | in "1"
            Task "T-008" <T-008> Dashed | open | in "1"
            Task "T1.2" <T1.2> Dotted | open | in "1"
            Task "T034k" <T034k> Letter | done | in "1"
            Task "T010" <T010> Foreign id | done [US1]=US1 | in "1"
            Task "T011" <T011> Two stories | open [US1, US2]=US1 [US1, US2]=US2 | in "1"
            Task "T012" <T012> In words | open [Story 3]=US3 | in "1"
            Task "T013" <T013> Escaped | open \[P\] \[US-4\]=US4 | in "1"
            Task "T014" <T014> Other label | open [US5a]=US5a | in "1"
            Task "T015" <T０１５> 全角 | done | in "1"
            Task "T016" <T016> Nothing inside | open | in "1"
            Task "T017" <T017> A slip | open | in "1"
            Task "T018" <T018> Numbered | open | in "1"
            Task "T019" <T019> Parent | open | in "1"
            Task "T020" <T020> Child | open | in "1"
            Task "" <> No id | open [US1]=US1 | in "1"
            Task "T021" <T021> No checkbox | open [US1]=US1 no checkbox | in "1"
            Task "T022" <T022> No checkbox, colon | open no checkbox | in "1"
            Task "T029" <T029> No bullet | open [P] no checkbox | in "1"
        "#]],
    );
}

#[test]
fn steps_of_a_slice_carry_its_id() {
    check(
        DocumentKind::Tasks,
        "# Tasks: X\n\n- [X] T102-S1 Write the parser\n- [ ] T102-S1 \u{2014} Test it\n- [ ] T107-S2.1 RED: write the test\n",
        expect![[r#"
            Task "T102-S1" <T102-S1> Write the parser | done
            Task "T102-S1" <T102-S1> Test it | open
            Task "T107-S2.1" <T107-S2.1> RED: write the test | open
        "#]],
    );
}

#[test]
fn boxes_that_are_no_tasks_are_counted() {
    let text = "# Tasks: X\n\n- [X] Write the parser\n  - [ ] with a test\n- [ ] Q115-DEPLOY Ask\n- [ ] T001 Do it\n\n```\n- [ ] Code\n```\n\n## Dependencies\n\n- [ ] Explained\n";
    let boxes = read(DocumentKind::Tasks, text).loose_boxes;
    assert_eq!((boxes.all, boxes.done), (2, 1));
    assert_eq!(slice(text, boxes.first.unwrap()), "- [X] Write the parser");
}

#[test]
fn short_ids_are_requirements_where_requirements_are_listed() {
    let spec = "# Feature Specification: X\n\n## Functional requirements\n\n- **F1** Parse the file.\n- **F2** Print it.\n- F3 is not bold.\n\n## Decisions\n\n- **F1** Another.\n- **F4** Another.\n";
    check(
        DocumentKind::Spec,
        spec,
        expect![[r#"
            Requirement "F1" <F1> Parse the file.
            Requirement "F2" <F2> Print it.
        "#]],
    );
}

#[test]
fn tasks_stand_in_phases_and_not_in_explanations() {
    check(
        DocumentKind::Tasks,
        "\
## Format: `[ID] [P?] [Story] Description`
- [ ] T001 example
## Phase 3: User Story 1 - Lend (Priority: P1) 🎯 MVP
### Tests for User Story 1 (OPTIONAL) ⚠️
- [ ] T001 [US1] Test
### Implementation
- [ ] T002 [US1] Build
  over two lines, after T001

## Phase 4 — US2: Return (P2)
- [ ] T003 [US2] Build
## Phase 3.2: Tests First
- [ ] T004 Test
## Phase N: Polish
- [ ] T005 Polish
## Phase 6: User Stories 1 and 2 together
## フェーズ7: ユーザーストーリー 3 - 予約
## 第8阶段：用户故事 4 - 投票
### Phase B.1: Lettered
## 9단계: 사용자 스토리 5
## Fase 10: Historia de Usuario 6 — Prestar
## User Story 7 - No phase
- [ ] T006 [US7] Build
### T007: As a heading
## Dependencies & Execution Order
### Phase 1: first
- [ ] T008 example
- T002 [P] after T001
## Closing
- [ ] T002 was written before T003
",
        expect![[r#"
            Phase "3" <3> User Story 1 - Lend | for US1 | (Priority: P1)=P1
            Task "T001" <T001> Test | open [US1]=US1 | in "3"
            Task "T002" <T002> Build | open [US1]=US1 | in "3"
            Phase "4" <4> US2: Return | for US2 | (P2)=P2
            Task "T003" <T003> Build | open [US2]=US2 | in "4"
            Phase "3.2" <3.2> Tests First
            Task "T004" <T004> Test | open | in "3.2"
            Phase "N" <N> Polish
            Task "T005" <T005> Polish | open | in "N"
            Phase "6" <6> User Stories 1 and 2 together
            Phase "7" <7> ユーザーストーリー 3 - 予約 | for US3
            Phase "8" <8> 用户故事 4 - 投票 | for US4
            Phase "B.1" <B.1> Lettered
            Phase "9" <9> 사용자 스토리 5 | for US5
            Phase "10" <10> Historia de Usuario 6 — Prestar | for US6
            Phase "" <> User Story 7 - No phase | for US7
            Task "T006" <T006> Build | open [US7]=US7 | in ""
            Task "T007" <T007> As a heading | open no checkbox | in ""
        "#]],
    );
}

#[test]
fn a_heading_that_sounds_like_an_explanation_may_hold_tasks() {
    let ids = |text: &str| {
        let document = read(DocumentKind::Tasks, text);
        let tasks = document.items_of(ItemKind::Task);
        tasks
            .map(|(_, item)| item.id.to_string())
            .collect::<Vec<_>>()
    };
    let injection = "# T\n\n## Phase 1: Work\n\n- [ ] T001 One\n\n## Dependency Injection\n\n- [ ] T002 Two\n- [ ] T003 Three\n";
    assert_eq!(ids(injection), ["T001", "T002", "T003"]);
    let format = "# T\n\n## Format: one line for each\n\n- [x] T001 One\n";
    assert_eq!(ids(format), ["T001"]);
    let example = "# T\n\n## Phase 1: Work\n\n- [ ] T001 One\n- [ ] T002 Two\n\n## Parallel Example\n\n- [ ] T001 One\n- [ ] T002 Two\n- [ ] T900 An example\n";
    assert_eq!(ids(example), ["T001", "T002"]);
}

#[test]
fn checklists_have_ids_or_not() {
    check(
        DocumentKind::Checklist,
        "\
# Requirements Checklist: X
## Completeness
- [ ] CHK001 - Are all defined? [Completeness, Spec §FR-001]
- [x] CHK002 Is it clear?
- [X] No [NEEDS CLARIFICATION] markers remain
- Not an item
## Notes
- `- [ ] CHK003`
",
        expect![[r#"
            ChecklistItem "CHK001" <CHK001> Are all defined? [Completeness, Spec §FR-001] | open
            ChecklistItem "CHK002" <CHK002> Is it clear? | done
            ChecklistItem "" <> No [NEEDS CLARIFICATION] markers remain | done
        "#]],
    );
}

#[test]
fn ranges_end_with_the_text() {
    let text = "## Phase 1: A\r\n\r\n- [ ] T001 one\r\n  two\r\n\r\n  three\r\n\r\n- [ ] T002 x\r\n\r\n## Phase 2: B\r\n\r\n";
    let document = read(DocumentKind::Tasks, text);
    let shown: Vec<&str> = document
        .items
        .iter()
        .map(|item| slice(text, item.range))
        .collect();
    assert_eq!(
        shown,
        [
            "## Phase 1: A\r\n\r\n- [ ] T001 one\r\n  two\r\n\r\n  three\r\n\r\n- [ ] T002 x",
            "- [ ] T001 one\r\n  two\r\n\r\n  three",
            "- [ ] T002 x",
            "## Phase 2: B",
        ]
    );
    assert!(document.style.crlf);
    assert_eq!(document.style.bullet, Some('-'));
}

#[test]
fn the_title_of_a_spec_says_nothing_of_its_requirements() {
    for title in ["Login", "Dependencies", "Clarifications", "Testing"] {
        let text = format!(
            "# {title}\n\n## Requirements\n- **FR-001**: a\n\n## Scope\n- **FR-002**: b\n- **GATE-001**: c\n"
        );
        let document = read(DocumentKind::Spec, &text);
        let ids: Vec<&str> = document.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["FR-001", "FR-002", "GATE-001"], "{title}");
    }
}

#[test]
fn the_order_of_labels_is_a_habit_of_the_list() {
    let first = |labels: &str| {
        let text = format!("## Phase 1: A\n\n- [ ] T001 {labels} One\n- [ ] T002 {labels} Two\n");
        read(DocumentKind::Tasks, &text).style.story_first
    };
    assert!(first("[US1] [P]"));
    assert!(!first("[P] [US1]"));
}

#[test]
fn checkbox_ranges_cover_marker_and_mark() {
    let text = "## Phase 1: A\n  * [~] **T001** x\n";
    let document = read(DocumentKind::Tasks, text);
    let task = document.items[1].task.as_ref().unwrap();
    assert_eq!(slice(text, task.checkbox_range), "* [~]");
    assert_eq!(slice(text, task.state_range), "~");
    assert_eq!(task.indent, 2);
    assert!(document.style.bold_ids);
}
