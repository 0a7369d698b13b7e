//! Sections, metas, placeholders, open questions, mentions, paths, code spans.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{Document, DocumentKind, PlaceholderKind, read};
use expect_test::{Expect, expect};
use std::fmt::Write;
use text::slice;

#[expect(clippy::needless_pass_by_value, reason = "expect! gives a value")]
fn check(found: String, expected: Expect) {
    expected.assert_eq(&found);
}

fn sections(document: &Document, text: &str) -> String {
    let mut shown = String::new();
    for section in &document.sections {
        let parent = section.parent.map_or("-", |parent| {
            document.sections[parent as usize].title.as_str()
        });
        writeln!(
            shown,
            "{} {:?} <{}> {:?}{} in {parent}",
            section.level,
            section.title,
            slice(text, section.title_range),
            section.tag,
            if section.empty { " empty" } else { "" },
        )
        .unwrap();
    }
    shown
}

#[test]
fn titles_lose_ornaments_and_keep_words() {
    let text = "\
# Feature Specification: X
## User Scenarios & Testing *(mandatory)*
Text.
## Requirements _(必須)_
## 需求 *(必填)* ##
## ⚡ Quick Guidelines
## 4. Functional Requirements
## 4) Bracketed
## 4.1 Dotted
## 四、成功标准（必填）
## Assumptions (optional)
<!-- nothing -->
---
### Key Entities *(include if feature involves data)*
## ユーザーシナリオとテスト / User Scenarios & Testing *(必須)*
```
x
```
## **Notes**:
## Plan (v2)
## 2026 roadmap
Underlined
==========
Below
-----
**Checkpoint**: not a heading
---
A sentence is no heading.
---
";
    check(
        sections(&read(DocumentKind::Spec, text), text),
        expect![[r#"
            1 "Feature Specification: X" <Feature Specification: X> None in -
            2 "User Scenarios & Testing" <User Scenarios & Testing *(mandatory)*> Mandatory in Feature Specification: X
            2 "Requirements" <Requirements _(必須)_> Mandatory empty in Feature Specification: X
            2 "需求" <需求 *(必填)*> Mandatory empty in Feature Specification: X
            2 "Quick Guidelines" <⚡ Quick Guidelines> None empty in Feature Specification: X
            2 "Functional Requirements" <4. Functional Requirements> None empty in Feature Specification: X
            2 "Bracketed" <4) Bracketed> None empty in Feature Specification: X
            2 "Dotted" <4.1 Dotted> None empty in Feature Specification: X
            2 "成功标准" <四、成功标准（必填）> Mandatory empty in Feature Specification: X
            2 "Assumptions" <Assumptions (optional)> Optional in Feature Specification: X
            3 "Key Entities" <Key Entities *(include if feature involves data)*> Optional empty in Assumptions
            2 "ユーザーシナリオとテスト / User Scenarios & Testing" <ユーザーシナリオとテスト / User Scenarios & Testing *(必須)*> Mandatory in Feature Specification: X
            2 "Notes" <**Notes**:> None empty in Feature Specification: X
            2 "Plan (v2)" <Plan (v2)> None empty in Feature Specification: X
            2 "2026 roadmap" <2026 roadmap> None empty in Feature Specification: X
            1 "Underlined" <Underlined> None in -
            2 "Below" <Below> None in Underlined
        "#]],
    );
}

#[test]
fn front_matter_with_a_blank_line_is_front_matter() {
    for text in [
        "---\n\ndescription: \"Task list\"\n---\n\n# Tasks\n",
        "---\ndescription: x\n---\n# Tasks\n",
        "\u{feff}---\r\n\r\ndescription: x\r\n---\r\n\r\n# Tasks\r\n",
    ] {
        let document = read(DocumentKind::Tasks, text);
        assert_eq!(document.sections.len(), 1, "{text:?}");
        assert_eq!(document.sections[0].title, "Tasks");
        assert_eq!(document.opaque.len(), 1);
    }
    let text = "---\n\nJust a rule\n---\n";
    assert!(read(DocumentKind::Tasks, text).opaque.is_empty());
}

fn metas(kind: DocumentKind, text: &str) -> String {
    let mut shown = String::new();
    for meta in read(kind, text).metas {
        writeln!(shown, "{} = {}", meta.key, slice(text, meta.value_range)).unwrap();
    }
    shown
}

#[test]
fn metas_in_every_layout() {
    let text = "\
# Implementation Plan: X

**Branch**: `001-x` | **Date**: 2026-01-01 | **Spec**: [spec.md](spec.md)
**Status:** Draft | reviewed
**Input**: User description: \"one
two\"

**状态**：草稿
**Empty**:

## Summary
**Not**: a meta
## Technical Context
**Language/Version**: Rust 1.90  
**Storage**: NEEDS CLARIFICATION
**Scale**: a **bold** word
";
    check(
        metas(DocumentKind::Plan, text),
        expect![[r#"
        Branch = `001-x`
        Date = 2026-01-01
        Spec = [spec.md](spec.md)
        Status = Draft | reviewed
        Input = User description: "one
        two"
        状态 = 草稿
        Empty = 
        Language/Version = Rust 1.90
        Storage = NEEDS CLARIFICATION
        Scale = a **bold** word
    "#]],
    );
}

fn placeholders(kind: DocumentKind, text: &str) -> String {
    let mut shown = String::new();
    for placeholder in read(kind, text).placeholders {
        let mark = if placeholder.kind == PlaceholderKind::Comment {
            "comment"
        } else {
            "text"
        };
        writeln!(shown, "{mark} {}", slice(text, placeholder.range)).unwrap();
    }
    shown
}

#[test]
fn template_text_is_found() {
    let text = "\
# Feature Specification: [FEATURE NAME]
**Feature Branch**: `[###-feature-name]`
**Created**: [DATE]
**Input**: User description: \"$ARGUMENTS\"
<!-- IMPORTANT: User stories should be PRIORITIZED as user journeys -->
### User Story 1 - [Brief Title] (Priority: P1)
[Describe this user journey in plain language]
**Independent Test**: [Describe how this can be tested independently - e.g., \"by [specific action] and [specific value]\"]
1. **Given** [initial state], **When** [action], **Then** [expected outcome]
[Add more user stories as needed, each with an assigned
priority]
- What happens when [boundary condition]?
<!--
  ACTION REQUIRED: fill
-->
- **FR-001**: System MUST [specific capability, e.g., \"allow users to create accounts\"]
*Example of marking unclear requirements:*
- **[Entity 1]**: [What it represents, key attributes without implementation]
- **SC-001**: [Measurable metric, e.g., \"fast\"]
";
    check(
        placeholders(DocumentKind::Spec, text),
        expect![[r#"
        text [FEATURE NAME]
        text [###-feature-name]
        text [DATE]
        text $ARGUMENTS
        comment <!-- IMPORTANT: User stories should be PRIORITIZED as user journeys -->
        text [Brief Title]
        text [Describe this user journey in plain language]
        text [Describe how this can be tested independently - e.g., "by [specific action] and [specific value]"]
        text [initial state]
        text [action]
        text [expected outcome]
        text [Add more user stories as needed, each with an assigned
        priority]
        text [boundary condition]
        comment <!--
          ACTION REQUIRED: fill
        -->
        text [specific capability, e.g., "allow users to create accounts"]
        text *Example of marking unclear requirements:*
        text [Entity 1]
        text [What it represents, key attributes without implementation]
        text [Measurable metric, e.g., "fast"]
    "#]],
    );
    let tasks = "\
# Tasks: [FEATURE NAME]
**Input**: Design documents from `/specs/[###-feature-name]/`
## Phase 3: User Story 1 - [Title] (Priority: P1)
## Phase N: Polish
- [ ] TXXX [P] Documentation updates
";
    check(
        placeholders(DocumentKind::Tasks, tasks),
        expect![[r#"
        text [FEATURE NAME]
        text [###-feature-name]
        text [Title]
        text Phase N
        text TXXX
    "#]],
    );
}

#[test]
fn peoples_own_brackets_are_not_template_text() {
    let text = "\
# Feature Specification: X
## Format: `[ID] [P?] [Story] Description` and `[FEATURE NAME]`
- [x] T001 [P] [US1] done
- [Optional] field, type `[]string`, []string, [^1], [a](b), [link](x), [DATE](y), [Title][1]
- press [action] to go, [link] it, [Title] and [FEATURE] and [Entity 1]
- [NEEDS CLARIFICATION: [action]?]
- Phase N is last; the command reads $ARGUMENTS
<!-- a comment of their own -->
```
[FEATURE NAME] $ARGUMENTS
```
";
    for kind in [DocumentKind::Spec, DocumentKind::Tasks, DocumentKind::Plan] {
        check(placeholders(kind, text), expect![[""]]);
    }
}

fn questions(kind: DocumentKind, text: &str) -> String {
    let mut shown = String::new();
    for clarification in read(kind, text).clarifications {
        writeln!(
            shown,
            "{} <{}>",
            slice(text, clarification.range),
            slice(text, clarification.question)
        )
        .unwrap();
    }
    shown
}

#[test]
fn only_real_questions_are_open() {
    let text = "\
# X
- **FR-001**: a [NEEDS CLARIFICATION: how long?]
- **FR-002**: b [NEEDS CLARIFICATION]
- **FR-003**: c [NEEDS CLARIFICATION: with [nested] brackets
  over two lines]
- **FR-004**: d \\[NEEDS CLARIFICATION: escaped\\]
- No [NEEDS CLARIFICATION] markers remain
- [x] [NEEDS CLARIFICATION] resolved
- the \"[NEEDS CLARIFICATION]\" of old
- `[NEEDS CLARIFICATION: code]`
- [NEEDS CLARIFICATION: never closed
> [NEEDS CLARIFICATION]
";
    check(
        questions(DocumentKind::Spec, text),
        expect![[r#"
        [NEEDS CLARIFICATION: how long?] <how long?>
        [NEEDS CLARIFICATION] <>
        [NEEDS CLARIFICATION: with [nested] brackets
          over two lines] <with [nested] brackets
          over two lines>
        \[NEEDS CLARIFICATION: escaped\] <escaped>
    "#]],
    );
    let plan = "# Plan\n## Technical Context\n**Storage**: NEEDS CLARIFICATION\n**Testing**: NEEDS CLARIFICATION: which?\n";
    check(
        questions(DocumentKind::Plan, plan),
        expect![[r#"
        NEEDS CLARIFICATION <>
        NEEDS CLARIFICATION: which? <which?>
    "#]],
    );
}

#[test]
fn mentions_leave_definitions_fences_and_comments_out() {
    let text = "\
### User Story 1 - A
- **FR-001**: see FR-002, SC-001 and
  Spec 009
  US2 in src/a.rs
<!-- FR-003 src/b.rs -->
```
FR-004 src/c.rs
```
| FR-005 | `src/d.rs` |
";
    let document = read(DocumentKind::Spec, text);
    let keys: Vec<&str> = document
        .mentions
        .iter()
        .map(|mention| mention.key.as_str())
        .collect();
    assert_eq!(keys, ["FR-002", "SC-001", "US2", "FR-005"]);
    let qualifier = document.mentions[2]
        .qualifier
        .as_ref()
        .map(|qualifier| qualifier.feature.as_str());
    assert_eq!(qualifier, Some("009"));
    let paths: Vec<&str> = document
        .paths
        .iter()
        .map(|path| path.path.as_str())
        .collect();
    assert_eq!(paths, ["src/a.rs", "src/d.rs"]);
}

#[test]
fn code_spans_that_could_be_symbols() {
    let text = "`Session::new()` `create_session(id, name)` ``a.b`` `Vec<T>` `@app.route` `println!` `src/a.rs` `a b` `1.2` `x` `--flag` `foo()bar` `map->get`\n";
    let document = read(DocumentKind::Plan, text);
    let spans: Vec<&str> = document
        .code_spans
        .iter()
        .map(|span| span.text.as_str())
        .collect();
    assert_eq!(
        spans,
        [
            "Session::new",
            "create_session",
            "a.b",
            "Vec",
            "app.route",
            "println",
            "map->get"
        ]
    );
}
