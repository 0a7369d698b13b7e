//! Tasks for stories that have none: what they look like, and what always holds of them.
#![expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` is written where it is used"
)]
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::ops::Range;
use std::path::Path;

use documents::{DocumentKind, ItemKind};
use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{Generated, tasks_for_all_uncovered, tasks_for_story};
use proptest::prelude::*;
use rules::Checked;
use text::FileId;
use trace::{Change, FeatureId, Graph};

fn directory(below: &str) -> Fixture {
    Fixture::directory(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests")
            .join(below),
    )
}

/// The graph with another text of one document.
fn with(graph: &Graph, file: FileId, text: &str) -> Graph {
    let path = graph.inputs().tree.path_str(file).to_owned();
    graph.apply(vec![Change::Document(file, fixture::document(&path, text))])
}

fn feature(graph: &Graph, name: &str) -> FeatureId {
    graph
        .features()
        .iter()
        .find(|it| it.name == name)
        .unwrap()
        .id
}

/// Code and fingerprint of every finding of a graph.
fn findings(graph: &Graph) -> Vec<String> {
    let checked = Checked::new(graph);
    let all = checked.features().flat_map(|(feature, found)| {
        found
            .findings
            .iter()
            .map(|it| format!("{} {}", it.code, it.fingerprint(&feature.path)))
            .collect::<Vec<_>>()
    });
    all.collect()
}

/// As [`written`]; and holds that the rules find nothing new anywhere.
fn applied(graph: &Graph, id: FeatureId, generated: &Generated) -> (Graph, String) {
    let (next, text) = written(graph, id, generated);
    let before = findings(graph);
    let after = findings(&next);
    let fresh: Vec<&String> = after.iter().filter(|it| !before.contains(it)).collect();
    assert!(fresh.is_empty(), "{fresh:?}\n{}", generated.preview);
    (next, text)
}

/// Applies what was generated; holds that it leaves every other byte and that the rules find nothing in it.
fn written(graph: &Graph, id: FeatureId, generated: &Generated) -> (Graph, String) {
    let document = graph.feature(id).unwrap().tasks_document().unwrap();
    let [(file, edit)] = generated.edits.as_slice() else {
        panic!("one edit: {generated:?}");
    };
    assert_eq!(*file, document.file);
    assert!(edit.range.is_empty(), "nothing is replaced");
    let old = &document.doc.text;
    let new = text::apply(old, std::slice::from_ref(edit)).unwrap();
    let at = usize::from(edit.range.start());
    assert_eq!(&new[..at], &old[..at]);
    assert_eq!(&new[at + edit.insert.len()..], &old[at..]);
    assert_eq!(old.ends_with('\n'), new.ends_with('\n'));
    if document.facts().style.crlf {
        let bare = edit.insert.replace("\r\n", "");
        assert!(!bare.contains(['\n', '\r']), "{:?}", edit.insert);
    } else {
        assert!(!edit.insert.contains('\r'));
    }
    let next = with(graph, document.file, &new);
    let inside = text::span(at, at + edit.insert.len());
    let checked = Checked::new(&next);
    let found: Vec<&str> = checked
        .in_file(&next, document.file)
        .filter(|it| {
            it.range
                .intersect(inside)
                .is_some_and(|common| !common.is_empty())
        })
        .map(|it| it.code)
        .collect();
    assert!(found.is_empty(), "{found:?}\n{new}");
    (next, new)
}

fn check(graph: &Graph, name: &str, story: Option<&str>, expected: Expect) {
    let id = feature(graph, name);
    let write = |graph: &Graph| match story {
        Some(story) => tasks_for_story(graph, id, story),
        None => tasks_for_all_uncovered(graph, id, &[]),
    };
    let shown = match write(graph) {
        Some(generated) => {
            let (next, text) = applied(graph, id, &generated);
            assert_eq!(write(&next), None, "twice changes nothing");
            let edit = &generated.edits[0].1;
            let at = usize::from(edit.range.start());
            // The line before and behind show the place.
            let before = text[..at].lines().rfind(|line| !line.trim().is_empty());
            let behind = &text[at + edit.insert.len()..];
            let behind = behind.lines().find(|line| !line.trim().is_empty());
            format!(
                "< {}\n{}\n> {}\n",
                before.unwrap_or("start"),
                edit.insert.trim_end(),
                behind.unwrap_or("end")
            )
        }
        None => "nothing\n".to_owned(),
    };
    // Line breaks of the document are held by `applied`.
    expected.assert_eq(&shown.replace("\r\n", "\n"));
}

/// The graph without the phase of a story.
fn without(graph: &Graph, name: &str, story: &str) -> Graph {
    let feature = graph.feature(feature(graph, name)).unwrap();
    let tasks = feature.tasks_document().unwrap();
    let facts = tasks.facts();
    let (_, phase) = facts
        .items_of(ItemKind::Phase)
        .find(|(_, it)| it.story.as_ref().is_some_and(|it| it.id == story))
        .unwrap();
    let section = &facts.sections[phase.section.unwrap() as usize];
    let mut text = tasks.doc.text.to_string();
    text.replace_range(Range::<usize>::from(section.range), "");
    with(graph, tasks.file, &text)
}

fn hidden(project: &str, name: &str, story: &str, expected: Expect) {
    let fixture = directory(project);
    let graph = without(&fixture.graph, name, story);
    check(&graph, name, Some(story), expected);
}

#[test]
fn the_sample_workspace() {
    let fixture = directory("workspaces/parcels");
    check(
        &fixture.graph,
        "002-delivery-notices",
        Some("US3"),
        expect![[r#"
            < - [ ] T015 [US4] Collect the week's notices with `composeDigest` in `services/notifier/src/digest.ts`
            ## Phase 7: User Story 3 - See what was sent (Priority: P3)

            **Goal**: See what was sent.

            **Independent Test**: Send one notice and list the notices of its parcel.

            ### Tests for User Story 3

            - [ ] T017 [P] [US3] Test "See what was sent" in `services/notifier/test/see_what_was_sent.test.ts` (US3/AC1)

            ### Implementation for User Story 3

            - [ ] T018 [US3] Implement "See what was sent" [NEEDS CLARIFICATION: which file in `services/notifier/src/` holds US3?]

            **Checkpoint**: See what was sent.
            > ## Phase 6: Polish & Cross-Cutting Concerns
        "#]],
    );
    check(
        &fixture.graph,
        "002-delivery-notices",
        Some("US1"),
        expect![[r#"
            nothing
        "#]],
    );
    check(
        &fixture.graph,
        "001-parcel-intake",
        None,
        expect![[r#"
            < **Checkpoint**: Both stories work.
            ## Phase 6: Not yet covered

            - [ ] T016 Build `GET /parcels/{code}` in `services/intake/parcels/api.py`
            > ## Phase 5: Polish & Cross-Cutting Concerns
        "#]],
    );
}

#[test]
fn in_the_words_of_each_document() {
    hidden(
        "workspaces/parcels",
        "001-parcel-intake",
        "US2",
        expect![[r#"
        < **Checkpoint**: Parcels can be registered.
        ## Phase 6: User Story 2 - Follow a parcel (Priority: P2)

        **Goal**: Follow a parcel.

        **Independent Test**: Report two steps for a registered parcel and look it up.

        ### Tests for User Story 2

        - [ ] T016 [P] [US2] Test "Follow a parcel" in `services/intake/tests/test_follow_parcel.py` (US2/AC1, US2/AC2)

        ### Implementation for User Story 2

        - [ ] T017 [US2] Implement "Follow a parcel" [NEEDS CLARIFICATION: which file in `services/intake/parcels/` holds US2?]

        **Checkpoint**: Follow a parcel.
        > ## Phase 5: Polish & Cross-Cutting Concerns
    "#]],
    );
    hidden(
        "fixtures/spec-kit/gen2",
        "001-lending-desk",
        "US2a",
        expect![[r#"
            <   - [ ] T005b [US2] Keep the answer in `src/answers.ts`
            ## Phase 6: User Story 2a – Bring back a broken tool

            - [ ] T1001 [US2a] Test "Bring back a broken tool" (US2a/AC1) [NEEDS CLARIFICATION: which file in `tests/` holds the tests of US2a?]
            - [ ] T1002 [US2a] Implement "Bring back a broken tool" [NEEDS CLARIFICATION: which file in `src/` holds US2a?]

            **Checkpoint**: Bring back a broken tool.
            > ## Phase 5: Polish
        "#]],
    );
    hidden(
        "fixtures/spec-kit/gen2",
        "002-late-fees",
        "US2",
        expect![[r#"
        < **Checkpoint**: T201-T203 done.
        ## Phase 5: US-2 (P2)

        **Goal**: Let a member off.

        * [ ] T305 [US2] Test "Let a member off" (US2/AC1) [NEEDS CLARIFICATION: which file in `tests/` holds the tests of US2?]
        * [ ] T306 [US2] Implement "Let a member off" [NEEDS CLARIFICATION: which file in `src/` holds US2?]

        **Checkpoint**: Let a member off.
        > ## Phase 4: Convergence
    "#]],
    );
    hidden(
        "fixtures/spec-kit/chinese",
        "001-vote",
        "US2",
        expect![[r#"
        < **检查点**: 可以投票。
        ## 阶段 5: 用户故事 2 - 查看结果 (优先级: P2)

        **目标**: 查看结果。

        - [ ] T009 [US2] 测试“查看结果”（US2/AC1） [NEEDS CLARIFICATION: `tests/` 中的哪个文件包含 US2 的测试？]
        - [ ] T010 [US2] 实现“查看结果” [NEEDS CLARIFICATION: `src/` 中的哪个文件实现 US2？]

        **检查点**: 查看结果。
        > ## 阶段 4: 收尾
    "#]],
    );
    hidden(
        "fixtures/spec-kit/japanese",
        "001-reservation",
        "US3",
        expect![[r#"
            < - [ ] T007 ［US2］ 番号を`src/page.py`に表示する（FR-003、T006の後）
            ## フェーズ６：ユーザーストーリー３ - 予約を取り消す（優先度：P3）

            **目的**: 予約を取り消す。

            - [ ] T010 [US3] 「予約を取り消す」を試す（US3/AC1） [NEEDS CLARIFICATION: `tests/` のどのファイルに US3 のテストがありますか？]
            - [ ] T011 [US3] 「予約を取り消す」を実装する [NEEDS CLARIFICATION: `src/` のどのファイルが US3 を実装しますか？]

            **チェックポイント**: 予約を取り消す。
            > ## フェーズ5: 仕上げ
        "#]],
    );
}

#[test]
fn first_generation_is_not_organised_by_story() {
    let fixture = directory("fixtures/spec-kit/gen1");
    check(
        &fixture.graph,
        "001-share-recipe",
        None,
        expect![[r#"
            nothing
        "#]],
    );
}

const SPEC: &str = r#"//- /specs/001-x/spec.md
### User Story 1 - Read (Priority: P1)

1. **Given** a book, **When** read, **Then** known.

### User Story 2 - Write a `store` (Priority: P2)

See FR-002.

**Independent Test**: Write one page,
and read it.

### User Story 3 - Forget (Priority: P3)

## Requirements

- **FR-001**: System MUST read.
- **FR-002**: System MUST write.
- **FR-003**: System MUST write twice (US2).
//- /src/store.rs
fn store() {}
//- /tests/read_all.rs
#[test]
fn reads() {}
"#;

fn small(tasks: &str, story: Option<&str>, expected: Expect) {
    let fixture = Fixture::parse(&format!("{SPEC}//- /specs/001-x/tasks.md\n{tasks}"));
    check(&fixture.graph, "001-x", story, expected);
}

#[test]
fn symbols_of_the_story_are_asked_about_and_requirements_that_name_it_cited() {
    small(
        "## Phase 3: User Story 1 - Read (Priority: P1) 🎯 MVP\n\n**Goal**: Reading.\n**Independent Test**: Read.\n\n- [x] T009 [US1] Read in src/store.rs (FR-001)\n\n## Phase N: Polish\n\n- [ ] T011 [P] Tidy, as T030 did",
        Some("US2"),
        expect![[r#"
            < - [x] T009 [US1] Read in src/store.rs (FR-001)
            ## Phase 4: User Story 2 - Write a `store` (Priority: P2)

            **Goal**: Write a `store`.
            **Independent Test**: Write one page, and read it.

            - [ ] T031 [US2] Implement "Write a `store`" (FR-002, FR-003) [NEEDS CLARIFICATION: which file in src/ holds US2?]
            > ## Phase N: Polish
        "#]],
    );
}

#[test]
fn all_uncovered_stories_at_once_between_rules() {
    small(
        "## Phase 1: User Story 1 — Read\n\n- [ ] **T01** [US1] [P] Test in `tests/read_all.rs`\n\n**Checkpoint**: User Story 1 works\n\n---\n\n## Phase 2: Polish\n\n- [ ] **T02** Tidy\n",
        None,
        expect![[r#"
            < ---
            ## Phase 3: User Story 2 — Write a `store`

            - [ ] **T03** [US2] [P] Test "Write a `store`" in `tests/write_store.rs`
            - [ ] **T04** [US2] Implement "Write a `store`" (FR-002, FR-003) [NEEDS CLARIFICATION: which file holds US2?]

            **Checkpoint**: Write a `store`

            ---

            ## Phase 4: User Story 3 — Forget

            - [ ] **T05** [US3] [P] Test "Forget" in `tests/forget.rs`
            - [ ] **T06** [US3] Implement "Forget" [NEEDS CLARIFICATION: which file holds US3?]

            **Checkpoint**: Forget

            ---
            > ## Phase 2: Polish
        "#]],
    );
}

#[test]
fn a_checkpoint_of_one_story_is_not_said_of_another() {
    small(
        "## Phase 1: User Story 1 - Read\n\n- [ ] T001 [US1] Read `src/store.rs`\n\n**Checkpoint**: User Story 1 done - pages turn ✅\n",
        Some("US3"),
        expect![[r#"
            < **Checkpoint**: User Story 1 done - pages turn ✅

            ## Phase 2: User Story 3 - Forget

            - [ ] T002 [US3] Implement "Forget" [NEEDS CLARIFICATION: which file in `src/` holds US3?]

            **Checkpoint**: Forget
            > end
        "#]],
    );
}

#[test]
fn files_that_the_story_names_are_taken() {
    let spec = SPEC.replace("See FR-002.", "It goes into src/store.rs.");
    let tasks = "## Phase 1: User Story 1 - Read\n\n- [ ] T001 [US1] Read `src/read.rs`\n";
    let fixture = Fixture::parse(&format!("{spec}//- /specs/001-x/tasks.md\n{tasks}"));
    check(
        &fixture.graph,
        "001-x",
        Some("US2"),
        expect![[r#"
        < - [ ] T001 [US1] Read `src/read.rs`

        ## Phase 2: User Story 2 - Write a `store`

        - [ ] T002 [US2] Implement "Write a `store`" in `src/store.rs` (FR-003)
        > end
    "#]],
    );
}

#[test]
fn headings_of_the_template_are_no_stories() {
    let spec = SPEC.replace("User Story 3 - Forget", "User Story 3 - [Brief Title]");
    let tasks = "## Phase 1: User Story 1 - Read\n\n- [ ] T001 [US1] Read `src/store.rs`\n";
    let fixture = Fixture::parse(&format!("{spec}//- /specs/001-x/tasks.md\n{tasks}"));
    check(
        &fixture.graph,
        "001-x",
        Some("US3"),
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn lists_not_organised_by_story_are_left_alone() {
    small(
        "## Phase 1: Core\n\n- [ ] T001 Read\n",
        Some("US2"),
        expect![[r#"
            nothing
        "#]],
    );
    small(
        "",
        Some("US2"),
        expect![[r#"
        nothing
    "#]],
    );
}

/// A document in one of the ways files come.
fn variant(text: &str, crlf: bool, bom: bool, trailing: bool) -> String {
    let mut text = text.replace("\r\n", "\n");
    if !trailing {
        text.truncate(text.trim_end().len());
    }
    if crlf {
        text = text.replace('\n', "\r\n");
    }
    if bom && !text.starts_with('\u{feff}') {
        text.insert(0, '\u{feff}');
    }
    text
}

#[test]
fn every_story_in_every_way_files_come() {
    let mut written = 0;
    for project in [
        "workspaces/parcels",
        "fixtures/spec-kit/gen2",
        "fixtures/spec-kit/chinese",
        "fixtures/spec-kit/japanese",
    ] {
        let fixture = directory(project);
        for feature in fixture.graph.features() {
            let (spec, tasks) = (feature.spec().unwrap(), feature.tasks_document().unwrap());
            for (_, story) in spec.facts().items_of(ItemKind::Story) {
                let covered = tasks
                    .facts()
                    .items_of(ItemKind::Phase)
                    .any(|(_, it)| it.story.as_ref().is_some_and(|it| it.id == story.id));
                if !covered {
                    continue;
                }
                let base = without(&fixture.graph, &feature.name, &story.id);
                let text = &base
                    .feature(feature.id)
                    .unwrap()
                    .tasks_document()
                    .unwrap()
                    .doc
                    .text;
                for way in 0..8 {
                    let text = variant(text, way & 1 > 0, way & 2 > 0, way & 4 > 0);
                    let graph = with(&base, tasks.file, &text);
                    let Some(generated) = tasks_for_story(&graph, feature.id, &story.id) else {
                        panic!("{} {}: nothing", feature.name, story.id);
                    };
                    let (next, _) = applied(&graph, feature.id, &generated);
                    assert_eq!(tasks_for_story(&next, feature.id, &story.id), None);
                    written += 1;
                }
            }
        }
    }
    assert!(written > 80, "{written}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Lines of a task list in any order never make it panic, and what it writes always holds.
    #[test]
    fn any_order_of_lines(order in proptest::collection::vec(0usize..16, 0..24), crlf: bool, trailing: bool) {
        const LINES: [&str; 16] = [
            "# Tasks: X",
            "## Phase 1: Setup",
            "## Phase 2: User Story 1 - Read (Priority: P1) 🎯 MVP",
            "## Phase ３：ユーザーストーリー３ - 読む（優先度：P3）",
            "### Tests for User Story 1 (OPTIONAL) ⚠️",
            "### Implementation",
            "**Goal**: Read.",
            "**Checkpoint**: User Story 1 works",
            "- [ ] T001 [P] [US1] Test in `tests/read_all.rs`",
            "- [x] **T010** [US1] Read in `src/store.rs` (FR-001)",
            "* [ ] T-07 [US3] Forget",
            "```",
            "---",
            "",
            "<!-- note",
            "## Phase N: Polish",
        ];
        let lines: Vec<&str> = order.iter().map(|at| LINES[*at]).collect();
        let text = variant(&(lines.join("\n") + "\n"), crlf, false, trailing);
        let fixture = Fixture::parse(&format!("{SPEC}//- /specs/001-x/tasks.md\n- [ ] T001\n"));
        let id = feature(&fixture.graph, "001-x");
        let file = fixture.file("specs/001-x/tasks.md");
        let graph = with(&fixture.graph, file, &text);
        prop_assert_eq!(graph.feature_of(file).unwrap().document(file).unwrap().kind, DocumentKind::Tasks);
        for story in ["US1", "US2", "US3", "US4"] {
            if let Some(generated) = tasks_for_story(&graph, id, story) {
                let (next, _) = written(&graph, id, &generated);
                prop_assert_eq!(tasks_for_story(&next, id, story), None);
            }
        }
    }
}
