//! What people write into Kiro and cc-sdd documents, in every shape and language seen, and what is read of it.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use documents::{Document, DocumentKind, ItemKind, SpecType, TaskState, read};
use expect_test::{Expect, expect};

fn items(kind: DocumentKind, text: &str) -> String {
    let document = read(kind, text);
    let lines = document.items.iter().map(|item| {
        let parent = item.parent.map_or(String::new(), |at| {
            format!(" < {}", document.items[at as usize].id)
        });
        format!(
            "{:?} {} `{}` {}{parent}\n",
            item.kind,
            item.id,
            text::slice(text, item.id_range),
            text::slice(text, item.title_range),
        )
    });
    lines.collect()
}

fn check(kind: DocumentKind, text: &str, expected: &Expect) {
    expected.assert_eq(&items(kind, text));
}

/// Keys of all mentions with their text; ids inside a range in brackets.
fn cites(kind: DocumentKind, text: &str) -> String {
    let document = read(kind, text);
    let keys = document.mentions.iter().map(|each| {
        if each.written {
            each.key.to_string()
        } else {
            format!("({})", each.key)
        }
    });
    keys.collect::<Vec<_>>().join(" ")
}

fn tasks(text: &str) -> Document {
    read(DocumentKind::KiroTasks, text)
}

#[test]
fn requirements_and_criteria_by_place() {
    check(
        DocumentKind::KiroRequirements,
        "# Requirements Document\n\n## Requirements\n\n### Requirement 1: Login\n\n\
         **User Story:** As a user, I want to log in\n\n#### Acceptance Criteria\n\n\
         1. WHEN a, THE Session_Store SHALL b\n2. IF c, THEN d\n   - detail\n\n\
         ### Requirement 2\n\n#### Acceptance Criteria\n\n1. THE A_b SHALL c\n\nMore:\n\n2. THE x SHALL y\n",
        &expect![[r#"
            Requirement 1 `Requirement 1` Login
            Criterion 1.1 `1.` WHEN a, THE Session_Store SHALL b < 1
            Criterion 1.2 `2.` IF c, THEN d < 1
            Requirement 2 `Requirement 2` 
            Criterion 2.1 `1.` THE A_b SHALL c < 2
            Criterion 2.2 `2.` THE x SHALL y < 2
        "#]],
    );
}

#[test]
fn requirements_in_other_languages() {
    check(
        DocumentKind::KiroRequirements,
        "# 需求文档：登录\n\n## 需求\n\n### 需求 1：会话\n\n#### 验收标准\n\n1. 当 a 时，系统应 b\n\n\
         ### 要件2: 認証\n\n**目的:** x\n\n#### 受け入れ条件\n\n1. 〜すること\n\n\
         ### 要件 ３：追補\n\n#### 受入基準\n\n- 一つ目\n- 二つ目\n\n\
         ### 요구사항 4: 로그인\n\n**인수 기준**\n\n1. 하나\n\n### Requirement 3-bis: x\n\n#### Acceptance Criteria for Requirement 3\n\n1. y\n",
        &expect![[r#"
            Requirement 1 `需求 1` 会话
            Criterion 1.1 `1.` 当 a 时，系统应 b < 1
            Requirement 2 `要件2` 認証
            Criterion 2.1 `1.` 〜すること < 2
            Requirement 3 `要件 ３` 追補
            Criterion 3.1 `-` 一つ目 < 3
            Criterion 3.2 `-` 二つ目 < 3
            Requirement 4 `요구사항 4` 로그인
            Criterion 4.1 `1.` 하나 < 4
            Requirement 3-bis `Requirement 3-bis` x
            Criterion 3-bis.1 `1.` y < 3-bis
        "#]],
    );
}

#[test]
fn requirements_by_number_alone_and_criteria_that_say_their_id() {
    check(
        DocumentKind::KiroRequirements,
        "# R\n\n## Requirements\n\n### 1. Sampling\n\n- 1.1 first\n- 1.2 second\n\nA remark.\n\n### 2. Storage\n\n2.1 WHEN x\ngoes on\n2.2 WHEN y\n",
        &expect![[r#"
            Requirement 1 `1` Sampling
            Criterion 1.1 `1.1` first < 1
            Criterion 1.2 `1.2` second < 1
            Requirement 2 `2` Storage
            Criterion 2.1 `2.1` WHEN x < 2
            Criterion 2.2 `2.2` WHEN y < 2
        "#]],
    );
}

#[test]
fn a_list_alone_is_a_list_of_requirements() {
    check(
        DocumentKind::KiroRequirements,
        "# Requirements: x\n\n## Why\n\n1. no\n\n## Acceptance Criteria\n\n1. The question says it\n2. The rest stays\n",
        &expect![[r#"
            Requirement 1 `1.` The question says it
            Requirement 2 `2.` The rest stays
        "#]],
    );
}

#[test]
fn numbers_that_disagree_are_disputed() {
    let disputed = |criteria: &str| {
        let text = format!("## R\n### Requirement 2: x\n#### Acceptance Criteria\n\n{criteria}");
        read(DocumentKind::KiroRequirements, &text).kiro.disputed
    };
    for clear in [
        "1. a\n2. b\n",
        "1. a\n1. b\n1. c\n",
        "- a\n- b\n",
        "1. a\n\ntext\n\n2. b\n",
        "1. 2.1 a\n2. 2.2 b\n",
    ] {
        assert!(disputed(clear).is_empty(), "{clear}");
    }
    for (doubtful, highest) in [
        ("1. a\n2. b\n4. c\n", 4),
        ("1. a\n2. b\n\ntext\n\n1. c\n", 3),
        ("1. 2.1 a\n2. 2.7 b\n", 7),
        ("1. 3.1 a\n", 1),
    ] {
        assert_eq!(disputed(doubtful), [("2".into(), highest)], "{doubtful}");
    }
}

#[test]
fn glossary_and_its_use() {
    let text = "## Glossary\n\n- **Session_Store**: where\n- **XDP**：path\n- plain\n\n| Term | Definition |\n|---|---|\n| `Log_In` | x |\n\n\
                ## Requirements\n\n### Requirement 1\n\n#### Acceptance Criteria\n\n1. WHEN a, THE Session_Store SHALL b, and THE `User_Id` c; THE system SHALL d\n";
    check(
        DocumentKind::KiroRequirements,
        text,
        &expect![[r#"
            Term Session_Store `Session_Store` where
            Term XDP `XDP` path
            Term Log_In `Log_In` x
            Requirement 1 `Requirement 1` 
            Criterion 1.1 `1.` WHEN a, THE Session_Store SHALL b, and THE `User_Id` c; THE system SHALL d < 1
        "#]],
    );
    let document = read(DocumentKind::KiroRequirements, text);
    let uses: Vec<&str> = document
        .kiro
        .term_uses
        .iter()
        .map(|each| each.term.as_str())
        .collect();
    assert_eq!(uses, ["Session_Store", "User_Id"]);
}

#[test]
fn a_bugfix_has_ids_of_its_own() {
    check(
        DocumentKind::KiroBugfix,
        "# Bugfix\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n1.10 WHEN c\n\n\
         ### Expected Behavior (Correct)\n\n- 2.1 WHEN a\n- **2.2** WHEN b\n\n### Unchanged Behavior (Regression Prevention)\n\n1. WHEN d\n2. WHEN e\n",
        &expect![[r#"
            Criterion 1.1 `1.1` WHEN a THEN b
            Criterion 1.10 `1.10` WHEN c
            Criterion 2.1 `2.1` WHEN a
            Criterion 2.2 `2.2` WHEN b
            Criterion 3.1 `1.` WHEN d
            Criterion 3.2 `2.` WHEN e
        "#]],
    );
}

#[test]
fn properties_of_a_design() {
    check(
        DocumentKind::KiroDesign,
        "# D\n\n## Correctness Properties\n\nProperty 9: a line\n\n### Property 1: Round trip\n\n*For any* x\n\n**Validates: Requirements 1.2, 3.4**\n\n\
         #### 属性 2：恒等\n\n**Property 3: Bold title**\n\n- **Property 4: In a list** - more\n\n## Testing\n\n### Property-Based Tests\n\nProperty 7: not here\n",
        &expect![[r#"
            Property 9 `Property 9` a line
            Property 1 `Property 1` Round trip
            Property 2 `属性 2` 恒等
            Property 3 `Property 3` Bold title
            Property 4 `Property 4` In a list
        "#]],
    );
}

#[test]
fn what_a_design_cites() {
    let text = "## Correctness Properties\n\n### Property 1: x\n\n**Validates: Requirements 1.2, 3.4-3.6**\n\n## Traceability\n\n\
                | Requirement | Summary |\n|---|---|\n| 1.1, 1.2 | Requirement 7 |\n| 2.1–2.3 | y |\n\n| Field | Detail |\n|---|---|\n| Requirements | 4.1, 4.2 |\n\n\
                Read #[[file:docs/抗 API.md]] first.\n";
    let document = read(DocumentKind::KiroDesign, text);
    assert_eq!(
        cites(DocumentKind::KiroDesign, text),
        "1.2 3.4 (3.5) 3.6 1.1 1.2 7 2.1 (2.2) 2.3 4.1 4.2"
    );
    let fields: Vec<&str> = document
        .kiro
        .fields
        .iter()
        .map(|field| text::slice(text, field.range))
        .collect();
    assert_eq!(fields, ["1.2, 3.4-3.6", "1.1, 1.2", "2.1–2.3", "4.1, 4.2"]);
    let links: Vec<&str> = document
        .hyperlinks
        .iter()
        .map(|link| link.path.as_str())
        .collect();
    assert_eq!(links, ["docs/抗 API.md"]);
    assert!(document.paths.is_empty());
}

#[test]
fn tasks_nested_and_flat() {
    check(
        DocumentKind::KiroTasks,
        "# Implementation Plan\n\n- [x] 1. Set up\n  - [ ] 1.1 First\n    - [ ] 1.1.1 Deep\n  - [-]* 1.2 Test\n\n- [~] 2. Flat\n- [ ] 2.1 Sub (P)\n  - detail\n- [ ] 2.2* (P) **Bold**\n\
         - [ ] **3.** Marked\n- [ ] Task 4: Named\n- [x] no number\n- [ ] 3 retries are made\n",
        &expect![[r#"
            Task 1 `1` Set up
            Task 1.1 `1.1` First < 1
            Task 1.1.1 `1.1.1` Deep < 1.1
            Task 1.2 `1.2` Test < 1
            Task 2 `2` Flat
            Task 2.1 `2.1` Sub < 2
            Task 2.2 `2.2` **Bold** < 2
            Task 3 `3` Marked
            Task 4 `4` Named
            Task  `` no number
            Task  `` 3 retries are made
        "#]],
    );
}

#[test]
fn states_stars_and_components() {
    let text = "- [x] 1. a\n  - [-]* 1.1 b\n    - _Boundary: `Api`, Db_\n- [~] 1.2* c (P)\n- [ ] 1.3 d\n- [ ]* 1.4 e\n";
    let document = tasks(text);
    let states: Vec<TaskState> = document
        .items_of(ItemKind::Task)
        .filter_map(|(_, task)| task.task.as_ref())
        .map(|task| task.state)
        .collect();
    assert_eq!(
        states,
        [
            TaskState::Done,
            TaskState::Other('-'),
            TaskState::Other('~'),
            TaskState::Open,
            TaskState::Open
        ]
    );
    let starred: Vec<&str> = document
        .kiro
        .optional
        .iter()
        .map(|each| document.items[each.item as usize].id.as_str())
        .collect();
    assert_eq!(starred, ["1.1", "1.2", "1.4"]);
    let [boundary] = document.kiro.boundaries.as_slice() else {
        panic!("{:?}", document.kiro.boundaries);
    };
    assert_eq!(boundary.name.text, "`Api`, Db");
}

#[test]
fn tasks_as_headings() {
    check(
        DocumentKind::KiroTasks,
        "# Tasks\n\n## Task 1: Guide\n\n- [x] 1.1 Write\n\n## タスク 2: 型\n\n### [x] 2.1 vault の作成\n\n### [ ] 2.2 次\n\n## Notes\n\n- [ ] 5.1 Else\n",
        &expect![[r#"
            Task 1 `1` Guide
            Task 1.1 `1.1` Write < 1
            Task 2 `2` 型
            Task 2.1 `2.1` vault の作成 < 2
            Task 2.2 `2.2` 次 < 2
            Task 5.1 `5.1` Else
        "#]],
    );
}

#[test]
fn requirement_fields_in_every_shape() {
    for (field, expected) in [
        ("_Requirements: 1.1, 2.3_", "1.1 2.3"),
        ("_Requirements: 1_", "1"),
        ("_Requirements: 1, 2, 3_", "1 2 3"),
        ("_Requirements: 1.1-1.4_", "1.1 (1.2) (1.3) 1.4"),
        ("_Requirements: 1.1–1.3, 2.1_", "1.1 (1.2) 1.3 2.1"),
        ("_Requirements: 1.1〜1.3_", "1.1 (1.2) 1.3"),
        ("_Requirements: 2.1-3_", "2.1 (2.2) 2.3"),
        ("_Requirements:_ 1.1, 1.2", "1.1 1.2"),
        ("**Requirements:** 1.1", "1.1"),
        ("_需求: 1.1、1.2_", "1.1 1.2"),
        ("_需求：１.１，１.２_", "1.1 1.2"),
        ("_要件: 9_", "9"),
        ("_Requirements: 要件 9.1 (umbrella)_", "9.1"),
        ("_요구사항: 3.1_", "3.1"),
        ("**Validates: Requirements 2.4**", "2.4"),
        ("**验证: 需求 2.4, 2.5**", "2.4 2.5"),
        ("**Validates: Req 1.1, Req 1.2**", "1.1 1.2"),
        ("_Requirements: 1.1 (in part), 1.2_", "1.1 1.2"),
        (
            "_Requirements: 3.1; Property 2 (Preservation)_",
            "3.1 property/2",
        ),
        ("_Requirements: 3-bis.2_", "3-bis.2"),
        ("_Requirements: `1.1`, `1.2`_", "1.1 1.2"),
        ("_Requirements: 1.1 and 1.2_", "1.1 1.2"),
        ("_Requirements: All_", ""),
        ("_Requirements: NFR-2_", "NFR-2"),
        ("_Requirements: なし（横断）_", ""),
    ] {
        let text = format!("- [ ] 1. x\n  - {field}\n");
        assert_eq!(cites(DocumentKind::KiroTasks, &text), expected, "{field}");
    }
}

#[test]
fn a_wrapped_field_is_one_line() {
    let text = "- [ ] 1. x\n  _Requirements: 1.1,\n  1.2_\n";
    assert_eq!(cites(DocumentKind::KiroTasks, text), "1.1 1.2");
    assert_eq!(
        cites(DocumentKind::KiroTasks, &text.replace('\n', "\r\n")),
        "1.1 1.2"
    );
}

#[test]
fn what_is_no_citation() {
    for text in [
        "- [ ] 1. Needs version 1.2 of the tool\n",
        "- [ ] 1. Requirements 100% covered\n",
        "- [ ] 1. x\n  ```\n  _Requirements: 1.1_\n  ```\n",
        "<!-- _Requirements: 1.1_ -->\n",
        "- [ ] 1. The requirement says 3.2\n",
    ] {
        assert_eq!(cites(DocumentKind::KiroTasks, text), "", "{text}");
    }
    // Words of a sentence cite, but are no field.
    let text = "- [ ] 1. As Requirement 2.1 says\n";
    assert_eq!(cites(DocumentKind::KiroTasks, text), "2.1");
    assert!(tasks(text).kiro.fields.is_empty());
}

#[test]
fn spec_kit_documents_see_nothing_of_it() {
    let text = "- [ ] T001 Do it\n  - _Requirements: 1.1, 2.3_\n  - **Property 3: x**\n";
    assert_eq!(cites(DocumentKind::Tasks, text), "");
}

#[test]
fn dependencies_and_waves() {
    let text = "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.2 c\n    - _Depends: 1.1_\n- [ ] 2. d\n  - _依存: 1_\n\n\
                ## Task Dependency Graph\n\n```json\n{\"waves\": [{\"id\": 0, \"tasks\": [\"1.1\"]}, {\"id\": 1, \"tasks\": [\"1.2\", \"2\"]}]}\n```\n";
    let document = tasks(text);
    let id = |at: u32| document.items[at as usize].id.as_str();
    let dependencies: Vec<(&str, &str)> = document
        .dependencies
        .iter()
        .map(|each| (id(each.task), id(each.on)))
        .collect();
    assert_eq!(dependencies, [("1.2", "1.1"), ("2", "1")]);
    let waves: Vec<Vec<&str>> = document
        .kiro
        .waves
        .iter()
        .map(|wave| wave.tasks.iter().map(|task| task.id.as_str()).collect())
        .collect();
    assert_eq!(waves, [vec!["1.1"], vec!["1.2", "2"]]);
}

#[test]
fn property_labels_have_titles() {
    let text = "- [ ]* 1.1 Test\n  - **Property 3: Round trip 往復**\n  - **Validates: Requirements 2.4**\n  - As in Property 4\n";
    let document = tasks(text);
    let [label] = document.kiro.labels.as_slice() else {
        panic!("{:?}", document.kiro.labels);
    };
    assert_eq!(label.number, "3");
    assert_eq!(text::slice(text, label.title), "Round trip 往復");
}

#[test]
fn settings_of_a_spec() {
    let read = |text| read(DocumentKind::KiroConfig, text).kiro;
    assert_eq!(
        read("{\"specId\": \"x\", \"specType\": \"bugfix\"}").spec_type,
        Some(SpecType::Bugfix)
    );
    let spec = read(
        "{\"phase\": \"tasks-generated\", \"approvals\": {\"design\": {\"generated\": true, \"approved\": false}}}",
    );
    assert_eq!(spec.phase.as_deref(), Some("tasks-generated"));
    let [approval] = spec.approvals.as_slice() else {
        panic!("{:?}", spec.approvals);
    };
    assert!(approval.generated && !approval.approved && approval.document == "design");
    assert_eq!(read("not json"), documents::Kiro::default());
}

#[test]
fn steering_says_when_it_is_read() {
    use documents::Inclusion::{Always, FileMatch, Manual};
    for (front, expected) in [
        ("", Always),
        ("---\ninclusion: manual\n---\n", Manual),
        (
            "---\ninclusion: fileMatch\nfileMatchPattern: \"*.rs\"\n---\n",
            FileMatch(vec!["*.rs".into()]),
        ),
        (
            "---\r\ninclusion: fileMatch\r\nfileMatchPattern: ['a', \"b\"]\r\n---\r\n",
            FileMatch(vec!["a".into(), "b".into()]),
        ),
        (
            "---\ninclusion: fileMatch\nfileMatchPattern:\n  - a\n  - b\n---\n",
            FileMatch(vec!["a".into(), "b".into()]),
        ),
    ] {
        let document = read(DocumentKind::Steering, &format!("{front}# Product\n"));
        assert_eq!(document.kiro.inclusion, Some(expected), "{front}");
    }
}

#[test]
fn what_a_template_leaves_to_fill_in() {
    let text = "# Requirements Document\n\n## Introduction\n{{INTRODUCTION}}\n\n### Requirement 1: {{AREA_1}}\n\nUse `{{NAME}}` and {{ user }} and {{x}}.\n\n```\n{{CODE}}\n```\n";
    let document = documents::read(DocumentKind::KiroRequirements, text);
    let left: Vec<&str> = document
        .placeholders
        .iter()
        .map(|each| text::slice(text, each.range))
        .collect();
    assert_eq!(left, ["{{INTRODUCTION}}", "{{AREA_1}}"]);
}
