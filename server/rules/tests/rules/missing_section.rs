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
    let bare = spec("\nAbout A\n\n## User Scenarios & Testing\n\n## Success Criteria\n");
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
        "# A\n\n## User Stories\n\n## Requisitos *(obligatorio)*\n\n## Criterios de Éxito\n",
    ] {
        assert!(says(CODE, &spec(text)).is_empty(), "{text}");
        assert_eq!(knows(CODE, &spec(text)).0, 3);
    }
}

#[test]
fn words_inside_a_deeper_heading_do_not_count() {
    let deep = spec(
        "# A\n\n## User Scenarios & Testing\n\n### Functional Requirements\n\n## Success Criteria\n",
    );
    assert_eq!(says(CODE, &deep).len(), 1);
}

#[test]
fn another_template_is_unknown() {
    let other = spec("# A\n\n## Motivation\n\n## Behaviour\n");
    assert!(says(CODE, &other).is_empty());
    assert_eq!(knows(CODE, &other).1.len(), 1);
    let older = spec(
        "# A\n\n## Execution Flow (main)\n\n## User Scenarios & Testing *(mandatory)*\n\n### Primary User Story\n\n## Requirements *(mandatory)*\n",
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
