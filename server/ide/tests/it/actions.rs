use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::expect;
use fixture::Fixture;
use ide::{ActionKind, Analysis};
use rules::Locale;
use text::{Edit, TextRange};
use trace::{Change, Graph};

use crate::workspaces::{directory, login};

#[test]
fn what_is_offered_where() {
    let mut shown = String::new();
    for (path, needle) in [
        ("specs/001-login/spec.md", "User Sto$0ry 1"),
        ("specs/001-login/spec.md", "User Sto$0ry 2"),
        ("specs/001-login/spec.md", "MUST o$0pen"),
        ("specs/001-login/tasks.md", "Tas$0ks: Login"),
        ("specs/001-login/tasks.md", "T0$003 [US1]"),
        ("specs/001-login/tasks.md", "T0$002 [P]"),
        ("README.md", "FR-0$001"),
        ("src/session.rs", "FR-0$001"),
    ] {
        let (_, analysis, file, at) = login(path, needle);
        let _ = writeln!(shown, "{path} {needle}");
        for action in analysis.code_actions(file, TextRange::empty(at), Locale::English) {
            let finding = action.finding.map_or("", |(code, _)| code);
            let star = if action.preferred { " *" } else { "" };
            let _ = writeln!(shown, "  {} {finding}{star}", action.title);
        }
    }
    expect![[r#"
        specs/001-login/spec.md User Sto$0ry 1
          Add User Story 3 after this one (from code facts, no AI) 
        specs/001-login/spec.md User Sto$0ry 2
          Write the missing tasks for US2 (from code facts, no AI) story-without-task *
          Suppress story-without-task at specs/001-login#US2, with a reason story-without-task
          Add User Story 3 after this one (from code facts, no AI) 
        specs/001-login/spec.md MUST o$0pen
          Add FR-004 after this one (from code facts, no AI) 
        specs/001-login/tasks.md Tas$0ks: Login
          Write the tasks of all stories that have none (from code facts, no AI) 
        specs/001-login/tasks.md T0$003 [US1]
          Tick T003 
          Add T005 after this one (from code facts, no AI) 
        specs/001-login/tasks.md T0$002 [P]
          Untick T002 
          Add T005 after this one (from code facts, no AI) 
        README.md FR-0$001
        src/session.rs FR-0$001
    "#]]
    .assert_eq(&shown);
}

/// Applies edits to the documents of a graph.
fn edited(fixture: &fixture::Fixture, graph: &Graph, edits: &[(text::FileId, Edit)]) -> Graph {
    let mut changes = Vec::new();
    for (file, _) in edits {
        let own: Vec<Edit> = edits
            .iter()
            .filter(|(at, _)| at == file)
            .map(|(_, edit)| edit.clone())
            .collect();
        let text = text::apply(fixture.text(*file), &own).unwrap();
        let path = graph.inputs().tree.path_str(*file).to_owned();
        changes.push(Change::Document(*file, fixture::document(&path, &text)));
    }
    graph.apply(changes)
}

#[test]
fn ticking_changes_one_character() {
    let (fixture, analysis, file, at) = login("specs/001-login/tasks.md", "$0T003 [US1]");
    let actions = analysis.code_actions(file, TextRange::empty(at), Locale::English);
    let tick = &actions
        .iter()
        .find(|it| it.title == "Tick T003")
        .unwrap()
        .kind;
    let edits = analysis.resolve(tick).unwrap();
    let [(_, edit)] = edits.as_slice() else {
        panic!("one edit: {edits:?}");
    };
    assert_eq!(text::slice(fixture.text(file), edit.range), " ");
    assert_eq!(edit.insert, "x");
    let next = Analysis::new(Arc::new(edited(&fixture, &analysis.graph, &edits)));
    let titles: Vec<String> = next
        .code_actions(file, TextRange::empty(at), Locale::Japanese)
        .into_iter()
        .map(|action| action.title)
        .collect();
    assert_eq!(
        titles,
        [
            "T003 を未完了に戻す",
            "この後に T005 を追加 (コードの事実から、AI なし)"
        ]
    );
    // What was asked for is done: nothing more to resolve.
    assert_eq!(next.resolve(tick), None);
}

#[test]
fn the_sample_workspace_gets_its_missing_tasks() {
    let fixture = directory("workspaces/parcels");
    let analysis = Analysis::new(Arc::new(fixture.graph.clone()));
    let file = fixture.file("specs/002-delivery-notices/spec.md");
    let all = ActionKind::WriteTasks { file, story: None };
    let edits = analysis.resolve(&all).unwrap();
    let next = Analysis::new(Arc::new(edited(&fixture, &analysis.graph, &edits)));
    assert_eq!(next.resolve(&all), None);
    // By fingerprint: a message may count tasks.
    let findings = |analysis: &Analysis| -> Vec<String> {
        let all = analysis.checked.features();
        all.flat_map(|(feature, it)| it.findings.iter().map(|it| (feature.path.clone(), it)))
            .map(|(unit, it)| format!("{} {}", it.code, it.fingerprint(&unit)))
            .collect()
    };
    let before = findings(&analysis);
    let after = findings(&next);
    let gone: Vec<&String> = before.iter().filter(|it| !after.contains(it)).collect();
    assert!(after.iter().all(|it| before.contains(it)), "{after:#?}");
    assert!(
        gone.iter().all(|it| it.starts_with("story-without-task")),
        "{gone:?}"
    );
    assert_eq!(gone.len(), 1);
}

/// The text after the action called `title` at `$0` of the only marked file.
fn ticked(marked: &str, title: &str) -> String {
    let fixture = Fixture::parse(marked);
    let analysis = Analysis::new(Arc::new(fixture.graph.clone()));
    let (file, at) = fixture.cursor.unwrap();
    let actions = analysis.code_actions(file, TextRange::empty(at), Locale::English);
    let titles: Vec<&str> = actions.iter().map(|it| it.title.as_str()).collect();
    let action = actions.iter().find(|it| it.title == title);
    let action = action.unwrap_or_else(|| panic!("{titles:?}"));
    let edits: Vec<Edit> = analysis
        .resolve(&action.kind)
        .unwrap()
        .into_iter()
        .map(|(_, edit)| edit)
        .collect();
    let [edit] = edits.as_slice() else {
        panic!("one edit: {edits:?}");
    };
    let before = fixture.text(file);
    assert_eq!(text::slice(before, edit.range).chars().count(), 1);
    assert_eq!(edit.insert.chars().count(), 1);
    text::apply(before, &edits).unwrap()
}

#[test]
fn ticking_keeps_brackets_marks_and_nesting() {
    let tasks = "//- /specs/001-a/tasks.md\r\n# タスク 🎉\r\n\r\n## Phase 1\r\n\r\n";
    let nested = format!("{tasks}- [X] T001 🎉\r\n  - [ ] T$0002 内側\r\n");
    let after = ticked(&nested, "Tick T002");
    assert!(
        after.ends_with("- [X] T001 🎉\r\n  - [X] T002 内側\r\n"),
        "{after}"
    );
    let outer = format!("{tasks}- [ ] T$0001 🎉\r\n  - [x] T002 内側\r\n");
    assert!(ticked(&outer, "Tick T001").contains("- [x] T001 🎉\r\n  - [x] T002"));
    let wide = format!("{tasks}- ［x］ T$0001 🎉\r\n- ［　］ T002 全角\r\n");
    assert!(ticked(&wide, "Untick T001").contains("- ［　］ T001 🎉\r\n- ［　］ T002"));
    let mixed = format!("{tasks}- [x] T001\r\n- [X] T002\r\n- [ ] T$0003\r\n");
    assert!(ticked(&mixed, "Tick T003").contains("- [x] T003"));
}

#[test]
fn items_of_checklists_are_ticked_with_and_without_ids() {
    let list = "//- /specs/001-a/spec.md\n# Spec\n//- /specs/001-a/checklists/ux.md\n# UX Checklist\n\n## 品質\n\n";
    let with_id = format!("{list}- [ ] CHK001 Are texts $0defined? [Spec §FR-001]\n");
    assert!(ticked(&with_id, "Tick CHK001").contains("- [x] CHK001"));
    let without = format!(
        "{list}- [x] No implementation details (languages, frameworks, $0APIs)\n- [ ] 🎉\n"
    );
    let title = "Untick “No implementation details (languages, fr…”";
    assert!(ticked(&without, title).contains("- [ ] No implementation"));
}
