use super::{fixed, knows, says};

const CODE: &str = "missing-section";
const TEMPLATE: &str = "//- /.specify/templates/spec-template.md\n# Feature Specification: [FEATURE NAME]\n\n## User Scenarios & Testing *(mandatory)*\n\n## Requirements *(mandatory)*\n\n### Key Entities *(include if feature involves data)*\n\n## Success Criteria *(mandatory)*\n\n## Assumptions\n";

fn spec(text: &str) -> String {
    format!("{TEMPLATE}//- /specs/001-a/spec.md\n{text}")
}

#[test]
fn a_mandatory_section_that_is_not_there() {
    let lacks = spec(
        "# Feature Specification: A\n\n## User Scenarios & Testing *(mandatory)*\n\nText.\n\n## Requirements *(mandatory)*\n\nText.\n\n## Assumptions\n\n- One.\n",
    );
    let title = "Success Criteria";
    assert_eq!(
        says(CODE, &lacks),
        [format!(
            "[Feature Specification: A] spec.md has no section \u{201c}{title}\u{201d}, which the project's template calls mandatory."
        )]
    );
    let fixed = fixed(CODE, &lacks);
    assert!(fixed.contains("## Requirements *(mandatory)*\n\nText.\n\n## Success Criteria *(mandatory)*\n\n## Assumptions\n"), "{fixed}");
}

#[test]
fn the_end_of_the_text_and_its_line_breaks() {
    let crlf = spec(
        "# Feature Specification: A\r\n\r\n## User Scenarios and Testing\r\n\r\n## 4. Requirements\r\n\r\nText.",
    );
    assert!(
        fixed(CODE, &crlf).ends_with("\r\n\r\nText.\r\n\r\n## Success Criteria *(mandatory)*\r\n")
    );
}

#[test]
fn without_a_title_the_first_line_is_meant() {
    let bare = spec("\nAbout A\n\n## User Scenarios & Testing\n\n## Success Criteria\n")
        .replace("# Feature Specification: [FEATURE NAME]\n\n", "");
    assert!(says(CODE, &bare)[0].starts_with("[About A] "));
    assert!(fixed(CODE, &bare).contains(
        "## User Scenarios & Testing\n\n## Requirements *(mandatory)*\n\n## Success Criteria\n"
    ));
}

#[test]
fn other_spellings_and_languages_count() {
    for text in [
        "# A\n\n## 🎯 user scenarios and testing\n\n## 2. Functional Requirements\n\n## Success Criteria (measurable)\n",
        "# A\n\n## ユーザーシナリオとテスト / User Scenarios & Testing\n\n## 要件 *(必須)*\n\n## 成功基準 *(必須)*\n",
        "# A\n\n## 用户场景与测试 *(必填)*\n\n## 需求 *(必填)*\n\n## Success Criteria（成功标准）\n",
        "# A\n\n## User Scenarios & Testing\n\n## Detailed Requirements of Parcels\n\n## Our Success Criteria\n",
        "# A\n\n## User Stories\n\n## Requisitos *(obligatorio)*\n\n## Criterios de Éxito\n",
        "# A\n\n## 🎯 사용자 시나리오\n\n## 📋 기능 요구사항\n\n## 📊 성공 지표 (KPI)\n",
    ] {
        assert!(says(CODE, &spec(text)).is_empty(), "{text}");
        assert_eq!(knows(CODE, &spec(text)).0, 3);
    }
}

#[test]
fn words_inside_a_deeper_heading_do_not_count() {
    let deep = spec(
        "# Feature specification: A\n\n## User Scenarios & Testing\n\n### Functional Requirements\n\n## Success Criteria\n",
    );
    assert_eq!(says(CODE, &deep).len(), 1);
    let part = deep.replace("### Functional Requirements", "## Prerequirements");
    assert_eq!(says(CODE, &part).len(), 1);
}

#[test]
fn another_template_is_unknown() {
    let other = spec("# A\n\n## Motivation\n\n## Behaviour\n");
    assert!(says(CODE, &other).is_empty());
    assert_eq!(knows(CODE, &other).1.len(), 1);
    let older = spec(
        "# Feature Specification: A\n\n## Execution Flow (main)\n\n## User Scenarios & Testing *(mandatory)*\n\n### Primary User Story\n\n## Requirements *(mandatory)*\n",
    );
    assert!(says(CODE, &older).is_empty());
    assert_eq!(
        knows(CODE, &older).1,
        ["the spec follows an older template than the project has now (1)"]
    );
}

#[test]
fn without_a_template_nothing_is_mandatory() {
    assert_eq!(
        knows(CODE, "//- /specs/001-a/spec.md\n# A\n"),
        (0, Vec::new())
    );
}

#[test]
fn a_spec_of_another_workflow_has_its_own_sections() {
    let other = spec(
        "# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n\n## Design\n\nText.\n",
    );
    assert!(says(CODE, &other).is_empty());
    assert_eq!(
        knows(CODE, &other).1,
        ["the spec is not written to the project's template (1)"]
    );
}

#[test]
fn sections_are_known_by_what_they_hold() {
    let translated = spec(
        "# 機能仕様: A\n\n## 使い手の物語\n\n### ユーザーストーリー 1 - 一 (優先度: P1)\n\n本文。\n\n## 求められること\n\n- **FR-001**: 一つ。\n\n## 成功基準\n\n- **SC-001**: 早い。\n",
    );
    assert!(says(CODE, &translated).is_empty());
}

#[test]
fn a_section_demanded_of_some_specs_is_not_demanded_of_all() {
    let conditional = "//- /.specify/templates/spec-template.md\n# Feature Specification: [FEATURE NAME]\n\n## Requirements *(mandatory)*\n\n## Screens *(mandatory for frontend features)*\n\n## Architecture & Compliance Checks *(mandatory)*\n\n## Success Criteria *(mandatory)*\n//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n\n## Compliance Checks\n\nText.\n\n## Success Criteria\n\n- **SC-001**: Fast.\n";
    assert!(
        says(CODE, conditional).is_empty(),
        "{:?}",
        says(CODE, conditional)
    );
}

/// What the rule knows of a spec that has all but the success criteria.
fn unknown(text: &str) -> Vec<String> {
    let text = spec(text);
    assert!(says(CODE, &text).is_empty(), "{text}");
    knows(CODE, &text).1
}

#[test]
fn only_what_is_visibly_this_template_is_held_to_it() {
    let other = ["the spec is not written to the project's template (1)"];
    for text in [
        // Another title.
        "# EPIC-001: A\n\n## User Scenarios & Testing\n\n## Requirements\n",
        "# A\n\n## User Scenarios & Testing\n\n## Requirements\n",
        // No heading of the template's own.
        "# Feature Specification: A\n\n## 2. User Stories\n\n## 3. Functional Requirements (FR)\n",
        // Pictures of its own.
        "# Feature Specification: A\n\n## 🧑 User Scenarios & Testing\n\n## ✅ Requirements\n\n## Notes\n",
        // Translated, with as many marks as the template.
        "# Feature Specification: A\n\n## Requirements\n\n## 사용자 시나리오 *(필수)*\n\n## 요구사항 *(필수)*\n\n## 지킬 것 *(필수)*\n",
    ] {
        assert_eq!(unknown(text), other, "{text}");
    }
    // East Asian brackets are no pictures.
    let brackets = "# Feature Specification: A\n\n## User Scenarios & Testing\n\n## Requirements\n\n## 「A」\n";
    assert_eq!(says(CODE, &spec(brackets)).len(), 1);
}

#[test]
fn one_half_of_a_double_title_will_do() {
    let half = |heading: &str| {
        let text = spec(&format!(
            "# Feature Specification: A\n\n## User Scenarios & Testing\n\n## Requirements\n\n## Success Criteria\n\n## {heading}\n"
        ));
        let text = text.replacen(
            "## Assumptions\n",
            "## Guardrails & Non-Goals *(mandatory)*\n",
            1,
        );
        says(CODE, &text).len()
    };
    assert_eq!(half("Guardrails"), 0);
    assert_eq!(half("Non-goals"), 0);
    assert_eq!(half("Goals"), 1);
}

#[test]
fn a_section_within_another_may_be_newer_than_the_spec() {
    let house = spec(
        "# Feature Specification: A\n\n## User Scenarios & Testing\n\n## Requirements\n\n## Success Criteria\n",
    )
    .replace("*(include if feature involves data)*", "*(mandatory)*");
    assert!(says(CODE, &house).is_empty());
    assert_eq!(
        knows(CODE, &house).1,
        ["the section belongs to another one and may be newer than the spec (1)"]
    );
}

#[test]
fn an_authors_own_shape_is_not_held_to_the_template() {
    let other = ["the spec is not written to the project's template (1)"];
    for text in [
        "# Feature Specification: A\n\n## Background\n\n## Functional Requirements\n\n## User Scenarios & Testing\n",
        "# Feature Specification: A\n\n## Why\n\n## User Stories\n\n## Requirements\n",
        "# Feature Specification: A\n\n## Requirements\n\n## Notes\n",
    ] {
        let found = unknown(text);
        assert!(found[0].starts_with(&other[0][..50]), "{text}: {found:?}");
    }
    // Half of a double title is the template's own word.
    let half = "# Feature Specification: A\n\n## User Scenarios\n\n## Requirements\n";
    assert_eq!(says(CODE, &spec(half)).len(), 1);
}
