//! A whole task list from spec, plan and data model.
#![expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` is written where it is used"
)]
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{NewDocument, lacks_list, task_list};
use rules::Checked;
use trace::{Change, FeatureId, Graph};

const SPEC: &str = "\
//- /specs/004-lockers/spec.md
# Feature Specification: Parcel Lockers

## User Scenarios & Testing

### User Story 2 - Open a door (Priority: P2)

A recipient types a code, and a door opens.

**Independent Test**: Type a code.

**Acceptance Scenarios**:

1. **Given** a code, **When** it is typed, **Then** the door opens.

### User Story 1 - Deposit a parcel (Priority: P1)

A courier puts a parcel into a compartment.

**Independent Test**: Deposit one parcel.

**Acceptance Scenarios**:

1. **Given** a free compartment, **When** the courier deposits a parcel, **Then** it is taken.

## Requirements

- **FR-001**: System MUST choose a compartment that fits when a courier deposits a parcel.
- **FR-002**: System MUST open the door when the code is right.
- **FR-003**: System MUST keep a log of every step.

### Key Entities

- **Compartment**: one box of a locker: size, state.

## Success Criteria

- **SC-001**: A deposit takes 30 seconds.
";

const PLAN: &str = "\
//- /specs/004-lockers/plan.md
# Implementation Plan: Parcel Lockers

## Technical Context

**Testing**: pytest

## Project Structure

### Source Code (repository root)

```text
lockers/
├── models/
│   └── compartment.py
├── deposit.py         # chooses a compartment
├── door.py            # NEW: opens doors
├── audit.py
└── settings.toml
tests/
├── conftest.py
└── test_deposit.py
```
";

fn feature(graph: &Graph) -> FeatureId {
    graph
        .features()
        .iter()
        .find(|it| it.name == "004-lockers")
        .unwrap()
        .id
}

fn written(files: &str) -> (Graph, NewDocument) {
    let graph = Fixture::parse(files).graph;
    let new = task_list(&graph, feature(&graph)).unwrap();
    (graph, new)
}

fn with(graph: &Graph, new: &NewDocument) -> Graph {
    let mut tree = graph.inputs().tree.clone();
    let file = tree.insert(new.root, &new.path);
    let document = fixture::document(&new.path, &new.text);
    graph.apply(vec![Change::Tree(tree), Change::Document(file, document)])
}

fn findings(graph: &Graph) -> Vec<String> {
    let checked = Checked::new(graph);
    let all = checked.features().flat_map(|(feature, found)| {
        let findings = found.findings.iter();
        let prints = findings.map(|it| format!("{} {}", it.code, it.fingerprint(&feature.path)));
        prints.collect::<Vec<_>>()
    });
    all.collect()
}

#[track_caller]
fn check(files: &str, expected: Expect) {
    let (graph, new) = written(files);
    expected.assert_eq(&new.text);
    let next = with(&graph, &new);
    let before = findings(&graph);
    let added: Vec<String> = findings(&next)
        .into_iter()
        .filter(|each| !before.contains(each))
        .collect();
    assert_eq!(added, Vec::<String>::new(), "the rules object");
    assert!(!lacks_list(&next, feature(&next)), "written once");
    assert_eq!(task_list(&next, feature(&next)), None);
}

#[test]
fn a_list_has_the_files_of_the_plan_for_the_stories_their_words_tell_of() {
    check(
        &format!("{SPEC}{PLAN}"),
        expect![[r##"
            # Tasks: Parcel Lockers

            **Input**: Design documents from `/specs/004-lockers/`

            **Prerequisites**: plan.md, spec.md

            Written from these documents and the code, by rules and without AI.

            ## Phase 1: Setup

            - [ ] T001 Create `lockers/settings.toml`

            ## Phase 2: Foundational

            - [ ] T002 Build Compartment in `lockers/models/compartment.py`
            - [ ] T003 [P] Create `tests/conftest.py`
            - [ ] T004 [P] Create `lockers/audit.py`
            - [ ] T005 Do what FR-003 asks for (FR-003) [NEEDS CLARIFICATION: which file holds FR-003?]

            ## Phase 3: User Story 1 - Deposit a parcel (Priority: P1)

            **Goal**: A courier puts a parcel into a compartment.

            **Independent Test**: Deposit one parcel.

            ### Tests for User Story 1

            - [ ] T006 [P] [US1] Test "Deposit a parcel" in `tests/test_deposit.py` (US1/AC1)

            ### Implementation for User Story 1

            - [ ] T007 [US1] Create `lockers/deposit.py`: chooses a compartment (FR-001)

            ## Phase 4: User Story 2 - Open a door (Priority: P2)

            **Goal**: A recipient types a code, and a door opens.

            **Independent Test**: Type a code.

            ### Tests for User Story 2

            - [ ] T008 [US2] Test "Open a door" (US2/AC1) [NEEDS CLARIFICATION: which file holds the tests of US2?]

            ### Implementation for User Story 2

            - [ ] T009 [US2] Create `lockers/door.py`: opens doors (FR-002)

            ## Phase 5: Polish

            - [ ] T010 Measure what `specs/004-lockers/spec.md` promises (SC-001)
        "##]],
    );
}

#[test]
fn what_no_document_tells_is_asked() {
    let plan = "//- /specs/004-lockers/plan.md\n# Implementation Plan: Parcel Lockers\n";
    let (_, new) = written(&format!("{SPEC}{plan}"));
    assert_eq!(
        new.text.matches("[NEEDS CLARIFICATION: ").count(),
        new.questions.len()
    );
    for id in [
        "FR-001",
        "FR-002",
        "FR-003",
        "SC-001",
        "[US1]",
        "[US2]",
        "Compartment",
    ] {
        assert!(new.text.contains(id), "{id} is missing in\n{}", new.text);
    }
}

#[test]
fn the_list_looks_like_the_projects_template() {
    let template = "\
//- /.specify/templates/tasks-template.md
# 任务列表：[功能名称]

## 阶段 1：准备

- [ ] T001 创建项目

## 阶段 2：基础

- [ ] T002 共享部分

## 阶段 3：用户故事 1 - [标题]（优先级：P1）

**目标**：[目标]

- [ ] T003 [US1] 实现

## 阶段 4：收尾

- [ ] T004 检查
";
    let (_, new) = written(&format!("{SPEC}{PLAN}{template}"));
    assert!(
        new.text.starts_with("# 任务列表：Parcel Lockers\n"),
        "{}",
        new.text
    );
    assert!(new.text.contains("\n## 阶段 1：准备\n"), "{}", new.text);
    assert!(
        new.text
            .contains("用户故事 1 - Deposit a parcel（优先级：P1）"),
        "{}",
        new.text
    );
}

#[test]
fn nothing_is_written_without_a_plan_or_beside_a_list() {
    let graph = Fixture::parse(SPEC).graph;
    assert_eq!(task_list(&graph, feature(&graph)), None);
    let list = "//- /specs/004-lockers/tasks.md\n# Tasks\n";
    let graph = Fixture::parse(&format!("{SPEC}{PLAN}{list}")).graph;
    assert_eq!(task_list(&graph, feature(&graph)), None);
}

/// The list for a plan whose tree is given, beside the files that are there.
fn planned(tree: &str, there: &str) -> String {
    let plan = format!(
        "//- /specs/004-lockers/plan.md\n# Implementation Plan: Parcel Lockers\n\n## Technical Context\n\n\
         **Testing**: the project's own\n\n## Project Structure\n\n### Source Code (repository root)\n\n\
         ```text\n{tree}```\n"
    );
    written(&format!("{SPEC}{plan}{there}")).1.text
}

#[track_caller]
fn names(text: &str, expected: &[&str]) {
    for each in expected {
        assert!(text.contains(each), "{each} is missing in\n{text}");
    }
}

#[test]
fn files_below_routes_and_in_braces_are_drawn_too() {
    let text = planned(
        "# Files of the scaffold engine\nweb/\n├── lockers/[id]/page.tsx\n\
         ├── [feature]/{name}.ts\n└── stores/{deposit,door}-store.ts\n",
        "",
    );
    names(
        &text,
        &[
            "`web/lockers/[id]/page.tsx`",
            "`web/stores/deposit-store.ts`",
            "`web/stores/door-store.ts`",
        ],
    );
    assert!(!text.contains("{name}"), "{text}");
}

#[test]
fn the_only_option_that_is_left_was_chosen() {
    let one = "# Option 1: Single project\nlockers/\n└── deposit.py\n";
    names(&planned(one, ""), &["`lockers/deposit.py`"]);
    let two = format!("{one}\n# Option 2: Web application\nbackend/\n└── deposit.py\n");
    assert!(!planned(&two, "").contains("deposit.py"));
}

#[test]
fn files_that_stay_are_no_work_and_those_that_go_are_deleted() {
    let text = planned(
        "lockers/\n├── deposit.py   # NEW\n├── rules.py     # UNCHANGED: as it is\n└── legacy.py    # DEPRECATED: to be removed\n",
        "//- /lockers/rules.py\nx = 1\n//- /lockers/legacy.py\nx = 1\n",
    );
    names(
        &text,
        &["Create `lockers/deposit.py`", "Delete `lockers/legacy.py`"],
    );
    assert!(!text.contains("rules.py"), "{text}");
}

#[test]
fn a_tree_without_remarks_of_what_is_there_is_the_work() {
    let there = "//- /lockers/deposit.py\nx = 1\n//- /lockers/door.py\nx = 1\n";
    let text = planned("lockers/\n├── deposit.py\n└── door.py\n", there);
    names(
        &text,
        &["Change `lockers/deposit.py`", "Change `lockers/door.py`"],
    );
}

#[test]
fn tests_stand_to_new_files_as_the_projects_own_stand_to_theirs() {
    let tree = "api/\n├── deposit/\n│   └── handler.go\n└── door/\n    └── opener.go\n";
    let beside =
        "//- /api/chore/handler.go\npackage chore\n//- /api/chore/handler_test.go\npackage chore\n";
    names(
        &planned(tree, beside),
        &[
            "in `api/deposit/handler_test.go` (US1/AC1)",
            "in `api/door/opener_test.go` (US2/AC1)",
        ],
    );
    let rarely =
        format!("{beside}//- /api/chore/a.go\npackage chore\n//- /api/chore/b.go\npackage chore\n");
    assert!(!planned(tree, &rarely).contains("opener_test.go"));
}

#[test]
fn what_puts_parts_together_is_changed_by_every_story() {
    let tree = "api/\n├── deposit.go\n├── door.go\n└── main.go   # registers routes\n";
    let text = planned(tree, "//- /api/main.go\npackage main\n");
    assert_eq!(
        text.matches("[US1] Change `api/main.go`").count(),
        1,
        "{text}"
    );
    assert_eq!(
        text.matches("[US2] Change `api/main.go`").count(),
        1,
        "{text}"
    );
    assert!(
        text.contains(": `api/main.go`\n"),
        "the second waits for the first\n{text}"
    );
}

#[test]
fn a_story_without_a_file_of_its_own_goes_into_the_nearest() {
    let text = planned("lockers/\n└── doors_and_compartments.py\n", "");
    assert!(!text.contains("which file holds US"), "{text}");
    assert!(text.contains("[US1]") && text.contains("[US2]"), "{text}");
    // What the only file does is the other story's, and FR-002 is told to this one.
    let text = planned("lockers/\n└── deposited_parcels_behind_doors.py\n", "");
    names(
        &text,
        &[
            "[US2] Implement \"Open a door\" in `lockers/deposited_parcels_behind_doors.py` (FR-002)",
        ],
    );
}

#[test]
fn files_that_a_contract_names_are_work() {
    let contract =
        "//- /specs/004-lockers/contracts/api.md\n# API\n\nServed by `lockers/api/doors.py`.\n";
    names(
        &planned("lockers/\n└── deposit.py\n", contract),
        &["Create `lockers/api/doors.py`"],
    );
}

#[test]
fn where_tests_belong_is_asked_once() {
    let text = planned(
        "lockers/\n├── deposit.py   # NEW\n└── door.py   # NEW\n",
        "",
    );
    assert_eq!(text.matches("holds the tests of").count(), 1, "{text}");
    names(&text, &["Test \"Open a door\" where T0"]);
}

#[test]
fn bare_paths_stand_in_code_where_markdown_would_read_marks() {
    let other = "\
//- /specs/003-other/tasks.md
# Tasks: Other

## Phase 1: Setup

- [ ] T001 Set up src/a.py

## Phase 2: User Story 1 - One (Priority: P1)

- [ ] T002 [US1] Write src/b.py

## Phase 3: Polish

- [ ] T003 Check src/b.py
";
    let text = planned(
        "lockers/\n├── __init__.py\n├── deposit.py\n└── [id]/page.tsx\n",
        other,
    );
    names(
        &text,
        &[
            "`lockers/__init__.py`",
            "Create lockers/deposit.py",
            "`lockers/[id]/page.tsx`",
        ],
    );
}

/// The path and the label of each task that names a file, in order.
fn files_of(text: &str) -> Vec<String> {
    let tasks = text.lines().filter(|line| line.starts_with("- [ ] T"));
    let tasks = tasks.filter(|line| !line.contains("[NEEDS") && !line.contains("`specs/"));
    let named = tasks.filter_map(|line| {
        let path = line.split('`').nth(1)?;
        let label = ["US1", "US2"].into_iter();
        let mut label = label.filter(|id| line.contains(&format!("[{id}]")));
        Some(format!("{} {path}", label.next().unwrap_or("all")))
    });
    named.collect()
}

#[test]
fn what_all_build_upon_comes_before_the_stories() {
    let tree = "web/\n├── App.tsx\n├── main.tsx\n├── errors/\n│   └── doorError.ts\n├── middleware/\n│   └── auth.ts\n\
        ├── models/\n│   └── parcel.ts   # what a courier deposits\n├── repositories/\n│   └── parcelRepository.ts\n├── pages/\n│   ├── DoorPage.tsx\n\
        │   └── DepositPage.tsx\n├── components/\n│   ├── DoorButton.tsx\n│   └── shared/\n│       └── Banner.tsx   # the door opens\n\
        ├── hooks/\n│   └── useDoor.ts\n\
        ├── Frame.tsx   # Shared frame of a door\n├── index.html\n└── README.md\n";
    let text = planned(tree, "");
    assert_eq!(
        files_of(&text),
        [
            "all web/errors/doorError.ts",
            "all web/models/parcel.ts",
            "all web/repositories/parcelRepository.ts",
            "all web/middleware/auth.ts",
            "all web/index.html",
            "all web/Frame.tsx",
            "all web/components/shared/Banner.tsx",
            "all web/App.tsx",
            "all web/main.tsx",
            "US1 web/pages/DepositPage.tsx",
            "US1 web/App.tsx",
            "US1 web/main.tsx",
            "US2 web/hooks/useDoor.ts",
            "US2 web/components/DoorButton.tsx",
            "US2 web/pages/DoorPage.tsx",
            "US2 web/App.tsx",
            "US2 web/main.tsx",
            "all web/README.md",
        ],
        "{text}"
    );
}

#[test]
fn within_a_layer_what_is_named_comes_before_what_names_it() {
    let tree = "lockers/\n├── door_opener_log.py\n├── door_opener.py\n├── __init__.py\n├── opening.py   # opens each door by a door hinge\n\
        └── door_hinge.py\n";
    let files = files_of(&planned(tree, ""));
    let place = |name: &str| files.iter().position(|file| file.ends_with(name)).unwrap();
    assert!(
        place("door_opener.py") < place("door_opener_log.py"),
        "{files:?}"
    );
    assert!(place("door_hinge.py") < place("opening.py"), "{files:?}");
}

#[test]
fn a_story_that_documents_name_beside_a_file_is_its_story() {
    let quickstart = "//- /specs/004-lockers/quickstart.md\n# Quickstart\n\n## User Story 2\n\nSee `lockers/depositing.py`.\n\n\
        ## Both\n\n- US1 and US2 are in `lockers/parcels.py`.\n";
    let tree = "lockers/\n├── depositing.py\n├── parcels.py   # of a courier (US2)\n└── courier.py   # (US1, US2)\n";
    assert_eq!(
        files_of(&planned(tree, quickstart))[..3],
        [
            "US1 lockers/courier.py",
            "US1 lockers/parcels.py",
            "US2 lockers/depositing.py"
        ],
    );
}

#[test]
fn a_page_is_called_like_the_directory_it_is_in() {
    let tree = "web/\n└── app/\n    ├── deposit/\n    │   └── page.tsx   # opens\n    └── door/\n        └── [code]/\n            └── page.tsx\n";
    assert_eq!(
        files_of(&planned(tree, "")),
        [
            "US1 web/app/deposit/page.tsx",
            "US2 web/app/door/[code]/page.tsx"
        ],
    );
}

#[test]
fn a_file_that_gathers_others_comes_with_the_first_of_them() {
    let tree = "web/\n├── app.ts\n└── doors/\n    ├── door.ts\n    └── index.ts\n";
    assert_eq!(
        files_of(&planned(tree, "")),
        [
            "all web/app.ts",
            "US2 web/doors/door.ts",
            "US2 web/doors/index.ts",
            "US2 web/app.ts"
        ],
    );
}

#[test]
fn tests_of_what_all_build_upon_stand_beside_it() {
    let tree = "lockers/\n├── models/\n│   └── parcel.py\n├── deposit.py\n├── door.py\ntests/\n├── test_parcel.py\n├── test_deposit.py\n└── test_door.py\n";
    let text = planned(tree, "");
    assert_eq!(
        files_of(&text),
        [
            "all tests/test_parcel.py",
            "all lockers/models/parcel.py",
            "US1 tests/test_deposit.py",
            "US1 lockers/deposit.py",
            "US2 tests/test_door.py",
            "US2 lockers/door.py"
        ],
        "{text}"
    );
}

#[test]
fn a_file_is_begun_once() {
    let of = |what: &str| {
        format!("lockers/\n├── api/\n│   └── doors.py   # {what}\n├── deposit.py\n└── door.py\n")
    };
    let contract = "//- /specs/004-lockers/contracts/api.yaml\nopenapi: 3.0.0\npaths:\n  /deposit:\n    post:\n      operationId: deposit\n      \
        responses:\n        '200':\n          description: ok\n";
    assert_eq!(
        files_of(&planned(&of("hinges"), contract)),
        [
            "US1 lockers/deposit.py",
            "US1 POST /deposit",
            "US2 lockers/door.py"
        ],
    );
    // The second story does FR-002 in it.
    names(
        &planned(&of("opens"), contract),
        &["[US2] Change `lockers/api/doors.py`: opens (FR-002)"],
    );
}

#[test]
fn the_name_of_a_directory_keeps_no_tasks_from_being_done_at_once() {
    let tree = "door/\n├── door.py   # NEW: opens\n├── bolt.py   # NEW: opens\n├── frame.py   # NEW: opens\n└── latch.py   # NEW: opens\n";
    let text = planned(tree, "");
    assert_eq!(text.matches("[P] [US2] Create").count(), 4, "{text}");
    let text = planned(
        &tree.replace(
            "latch.py   # NEW: opens",
            "latch.py   # NEW: opens with a bolt",
        ),
        "",
    );
    assert!(text.contains("[P] [US2] Create `door/door.py`"), "{text}");
    assert!(!text.contains("[P] [US2] Create `door/latch.py`"), "{text}");
}
