//! Semantic tokens and inlay hints.

use std::fmt::Write as _;

use expect_test::expect;
use fixture::Fixture;
use rules::Locale;
use text::{TextRange, TextSize};

use crate::workspaces::{LOGIN, analysis, show_range};

fn tokens(fixture: &Fixture, path: &str) -> String {
    let file = fixture.file(path);
    let whole = TextRange::up_to(TextSize::of(fixture.text(file)));
    let mut shown = String::new();
    for token in analysis(fixture).semantic_tokens(file, whole) {
        let at = show_range(fixture, file, token.range);
        let at = at.rsplit_once(".md:").unwrap().1;
        let definition = if token.definition { " defined" } else { "" };
        let _ = writeln!(shown, "{at} {:?}{definition}", token.kind);
    }
    shown
}

#[test]
fn ids_labels_paths_and_keywords_have_tokens_and_prose_has_none() {
    let fixture = Fixture::parse(LOGIN);
    expect![[r#"
        5 "User Story 1" Item(Story) defined
        5 "(Priority: P1)" Priority
        11 "Given" Keyword
        11 "When" Keyword
        11 "Then" Keyword
        12 "Given" Keyword
        12 "When" Keyword
        12 "Then" Keyword
        14 "User Story 2" Item(Story) defined
        14 "(Priority: P2)" Priority
        20 "Given" Keyword
        20 "When" Keyword
        20 "Then" Keyword
        26 "FR-001" Item(Requirement) defined
        26 "MUST" Keyword
        28 "FR-002" Item(Requirement) defined
        28 "MUST" Keyword
        28 "US2" Item(Story)
        29 "FR-003" Item(Requirement) defined
        29 "MUST" Keyword
        33 "Session" Item(Entity) defined
        37 "SC-001" Item(SuccessCriterion) defined
    "#]]
    .assert_eq(&tokens(&fixture, "specs/001-login/spec.md"));
    expect![[r#"
        3 "1" Item(Phase) defined
        5 "T001" Item(Task) defined
        5 "src/session.rs" Path
        7 "2" Item(Phase) defined
        7 "User Story 1" Item(Story)
        7 "(Priority: P1)" Priority
        13 "T002" Item(Task) defined
        13 "[P]" Label
        13 "[US1]" Label
        13 "tests/session.rs" Path
        13 "FR-001" Item(Requirement)
        14 "T003" Item(Task) defined
        14 "[US1]" Label
        14 "src/session.rs" Path
        14 "FR-001" Item(Requirement)
        16 "User Story 1" Item(Story)
        18 "3" Item(Phase) defined
        20 "T004" Item(Task) defined
        20 "README.md" Path
        20 "T002" Item(Task)
        20 "T003" Item(Task)
    "#]]
    .assert_eq(&tokens(&fixture, "specs/001-login/tasks.md"));
    expect![[r#"
        7 "FR-001" Item(Requirement) defined
        7 "MUST" Keyword
        7 "001" Feature
        7 "FR-002" Item(Requirement)
        8 "FR-007" Item(Requirement) defined
        8 "MUST" Keyword
    "#]]
    .assert_eq(&tokens(&fixture, "specs/002-billing/spec.md"));
    let source = fixture.file("src/session.rs");
    let whole = TextRange::up_to(TextSize::of(fixture.text(source)));
    assert_eq!(analysis(&fixture).semantic_tokens(source, whole), []);
}

#[test]
fn wide_characters_wrapped_lines_and_full_width_brackets() {
    let fixture = Fixture::parse(
        "//- /specs/001-a/spec.md\n# 機能仕様 🎉\n\n## 要件\n\n- **FR-001**: 🎉 システムは MUST NOT 忘れる\n  (see User Story\n  1, UTF-8)\n\
         - **FR-002**: 期限 [NEEDS CLARIFICATION: 何日\n  ですか?] MUST\n\n### ユーザーストーリー 1 - 保存 🎉 （優先度: P1）\n\n\
         1. **前提** 何か、When もし、**When** Then\n//- /specs/001-a/tasks.md\n# タスク\n\n## フェーズ 1\n\n- ［x］ T001 ［P］ ［US1］ 保存 🎉 FR-001\n",
    );
    expect![[r#"
        5 "FR-001" Item(Requirement) defined
        5 "MUST NOT" Keyword
        6 "User Story" Item(Story)
        7 "1" Item(Story)
        8 "FR-002" Item(Requirement) defined
        8 "[NEEDS CLARIFICATION: 何日" Clarification
        9 "ですか?]" Clarification
        9 "MUST" Keyword
        11 "ユーザーストーリー 1" Item(Story) defined
        11 "（優先度: P1）" Priority
        13 "前提" Keyword
        13 "When" Keyword
    "#]]
    .assert_eq(&tokens(&fixture, "specs/001-a/spec.md"));
    expect![[r#"
        3 "1" Item(Phase) defined
        5 "T001" Item(Task) defined
        5 "［P］" Label
        5 "［US1］" Label
        5 "FR-001" Item(Requirement)
    "#]]
    .assert_eq(&tokens(&fixture, "specs/001-a/tasks.md"));
}

#[test]
fn a_range_gets_its_own_tokens_only() {
    let fixture = Fixture::parse(LOGIN);
    let file = fixture.file("specs/001-login/tasks.md");
    let text = fixture.text(file);
    let whole = TextRange::up_to(TextSize::of(text));
    let analysis = analysis(&fixture);
    let all = analysis.semantic_tokens(file, whole);
    let line = text.find("- [ ] T003").unwrap();
    let within = text::span(line, line + text[line..].find('\n').unwrap());
    let some = analysis.semantic_tokens(file, within);
    let expected: Vec<_> = all
        .into_iter()
        .filter(|token| within.contains_range(token.range))
        .collect();
    assert_eq!(some, expected);
    assert!(some.len() >= 4, "{some:?}");
}

#[test]
fn hints_stand_at_line_ends() {
    let fixture = Fixture::parse(LOGIN);
    let analysis = analysis(&fixture);
    let file = fixture.file("specs/001-login/spec.md");
    let text = fixture.text(file);
    let whole = TextRange::up_to(TextSize::of(text));
    let hints = analysis.inlay_hints(file, whole, Locale::English);
    let mut shown = String::new();
    for hint in &hints {
        let before = &text[..usize::from(hint.at)];
        let _ = writeln!(
            shown,
            "{} | {}",
            before.lines().last().unwrap_or_default(),
            hint.label
        );
        assert!(text[before.len()..].starts_with('\n'));
    }
    expect![[r#"
        ### User Story 1 - Log in (Priority: P1) | 2 tasks, 1 done · 1 symbol · 2 tests · next T003
        - **FR-001**: System MUST open a session, | 2 tasks, 1 done · 1 symbol · 2 tests · next T003
    "#]]
    .assert_eq(&shown);
    let first = text::span(0, usize::from(hints[0].at));
    assert_eq!(
        analysis.inlay_hints(file, first, Locale::English),
        hints[..1]
    );
    assert_eq!(
        analysis.inlay_hints(fixture.file("README.md"), whole, Locale::English),
        []
    );
}
