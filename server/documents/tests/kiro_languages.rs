//! Kiro documents in languages whose words nobody told us: requirements, criteria and citing lines are known by shape.

use documents::{Document, DocumentKind, ItemKind, read};

/// Requirements, each with its criteria: `1: 1.1 1.2`.
fn spec(text: &str) -> Vec<String> {
    let document = read(DocumentKind::KiroRequirements, text);
    let requirements = document.items_of(ItemKind::Requirement);
    requirements
        .map(|(at, requirement)| {
            let criteria = document.items_of(ItemKind::Criterion);
            let own = criteria.filter(|(_, item)| item.parent == Some(at));
            let ids: Vec<&str> = own.map(|(_, item)| item.id.as_str()).collect();
            format!("{}: {}", requirement.id, ids.join(" "))
        })
        .collect()
}

fn tasks(text: &str) -> Document {
    read(DocumentKind::KiroTasks, text)
}

fn cites(document: &Document) -> String {
    let keys: Vec<&str> = document
        .mentions
        .iter()
        .filter(|each| each.written)
        .map(|each| each.key.as_str())
        .collect();
    keys.join(" ")
}

/// The section, the word of a requirement, what stands behind its number, the story, the criteria, and a citing line.
const LANGUAGES: [(&str, &str, &str, &str, &str, &str); 16] = [
    (
        "المتطلبات",
        "المتطلب",
        ":",
        "**قصة:** س",
        "#### معايير القبول",
        "_المتطلبات: 1.1، 2.2_",
    ),
    (
        "Requisitos",
        "Requisito",
        ":",
        "**Historia:** x",
        "#### Criterios de Aceptación",
        "_Requisitos: 1.1, 2.2_",
    ),
    (
        "Requirements",
        "Requisito",
        ":",
        "**User Story:** x",
        "#### Criterios de Aceptación",
        "_Requisitos: 1.1, 2.2_",
    ),
    (
        "Requisiti",
        "Requisito",
        "",
        "**Storia:** x",
        "**Criteri di accettazione:**",
        "_Requisiti: 1.1, 2.2_",
    ),
    (
        "Требования",
        "Требование",
        ":",
        "**User Story:** x",
        "#### Критерии приёмки",
        "_Требования: 1.1 и 2.2_",
    ),
    (
        "Requirements",
        "Требование",
        "",
        "x",
        "#### Acceptance Criteria",
        "_Требования: 1.1; 2.2_",
    ),
    (
        "Yêu cầu",
        "Yêu cầu",
        ":",
        "**Câu chuyện:** x",
        "#### Tiêu chí chấp nhận",
        "_Yêu cầu: 1.1, 2.2_",
    ),
    (
        "Gereksinimler",
        "Gereksinim",
        ":",
        "**Hikaye:** x",
        "#### Kabul Kriterleri",
        "_Gereksinimler: 1.1, 2.2_",
    ),
    (
        "Wymagania",
        "Wymaganie",
        " -",
        "**Historia:** x",
        "#### Kryteria akceptacji",
        "*Wymagania: 1.1, 2.2*",
    ),
    (
        "Kebutuhan",
        "Kebutuhan",
        ":",
        "**Cerita:** x",
        "#### Kriteria Penerimaan",
        "_Kebutuhan: 1.1, 2.2_",
    ),
    (
        "Exigences",
        "Exigence",
        " :",
        "**User Story :** x",
        "#### Critères d'acceptation",
        "_Exigences : 1.1, 2.2_",
    ),
    (
        "Anforderungen",
        "Anforderung",
        ":",
        "**User Story:** x",
        "#### Akzeptanzkriterien",
        "_Anforderungen: 1.1, 2.2_",
    ),
    (
        "요구사항",
        "요구사항",
        ":",
        "**스토리:** x",
        "#### 인수 기준",
        "_요구사항: 1.1, 2.2_",
    ),
    (
        "要件",
        "要件",
        "：",
        "**目的:** x",
        "#### 受け入れ基準",
        "_要件: 1.1, 2.2_",
    ),
    (
        "需求",
        "需求",
        "：",
        "**用户故事：** x",
        "#### 验收标准",
        "_需求：1.1、2.2_",
    ),
    (
        "ข้อกำหนด",
        "ข้อกำหนด",
        ":",
        "**เรื่อง:** x",
        "#### เกณฑ์",
        "_ข้อกำหนด: 1.1, 2.2_",
    ),
];

#[test]
fn requirements_and_criteria_of_any_language() {
    for (section, word, sign, story, criteria, _) in LANGUAGES {
        let one = |number: u32, list: &str| {
            format!("### {word} {number}{sign} abc\n\n{story}\n\n{criteria}\n\n{list}\n")
        };
        let text = format!(
            "# X\n\n## {section}\n\n{}{}{}",
            one(1, "1. a\n2. b\n"),
            one(2, "1. c\n\n   more\n\n2. d\n3. e\n"),
            one(3, "1. f\n"),
        );
        assert_eq!(
            spec(&text),
            ["1: 1.1 1.2", "2: 2.1 2.2 2.3", "3: 3.1"],
            "{word}"
        );
    }
}

#[test]
fn citing_lines_of_any_language() {
    for (.., line) in LANGUAGES {
        let text = format!(
            "# X\n\n- [ ] 1. a\n  - b 3.4\n  - {line}\n- [ ] 2. c\n  - [ ]* 2.1 d\n    - **Validates: Requirements 2.1**\n  - [ ] 2.2 e\n    {line}\n",
        );
        let document = tasks(&text);
        let cited = cites(&document);
        assert!(cited.starts_with("1.1 2.2"), "{line}: {cited}");
        assert!(cited.ends_with("1.1 2.2"), "{line}: {cited}");
        assert!(cited.contains(" 2.1 "), "{line}: {cited}");
        for field in &document.kiro.fields {
            assert!(
                text::slice(&text, field.range).starts_with(['1', '2']),
                "{line}"
            );
        }
    }
}

#[test]
fn criteria_without_a_common_name_and_under_bold_labels() {
    assert_eq!(
        spec(
            "## Б\n\n### Блок 1\n\n#### Раз\n\n1. a\n2. b\n\n### Блок 2\n\n#### Два\n\n1. c\n\n#### Три\n\n1. d\n"
        ),
        ["1: 1.1 1.2", "2: 2.1"]
    );
    assert_eq!(
        spec(
            "## Б\n\n### Блок 1\n\n**Критерии:**\n\n1. a\n2. b\n\n### Блок 2\n\n**Критерии:**\n\n- c\n- d\n\n### Блок 3\n\n1. e\n"
        ),
        ["1: 1.1 1.2", "2: ", "3: 3.1"]
    );
}

#[test]
fn a_slip_in_the_name_of_the_criteria() {
    let text = |more: &str| {
        format!(
            "### Requirement 1\n\n#### Acceptance Criteria\n\n1. a\n\n### Requirement 2\n\n#### Aceptance Criteria\n\n1. b\n2. c\n{more}"
        )
    };
    assert_eq!(spec(&text("")), ["1: 1.1", "2: 2.1 2.2"]);
    assert_eq!(spec(&text("\n#### Steps\n\n1. d\n")), ["1: 1.1", "2: "]);
}

#[test]
fn headings_of_other_things_are_no_requirements() {
    for text in [
        // Phases, properties and tasks.
        "## Requirements\n\n### Phase 1: a\n\n- b\n\n### Phase 2: c\n\n1. d\n",
        // Ids of their own.
        "## X\n\n### FR-1: a\n\n1. b\n\n### FR-2: c\n\n1. d\n",
        // No lists, and numbers that do not count.
        "## X\n\n### Раздел 1: a\n\nb\n\n### Раздел 2: c\n\nd\n",
        "## X\n\n### Раздел 4: a\n\n1. b\n\n### Раздел 2: c\n\n1. d\n",
        // Sections with numbers.
        "## X\n\n### 1. a\n\n1. b\n\n### 2. c\n\nd\n\n1. e\n",
    ] {
        assert!(spec(text).is_empty(), "{text}: {:?}", spec(text));
    }
}

#[test]
fn items_below_such_a_heading_are_no_requirements() {
    assert!(
        spec("## Requirements\n\n### Блок 7: a\n\n#### Acceptance Criteria\n\n1. b\n2. c\n")
            .is_empty()
    );
}

#[test]
fn numbered_headings_with_criteria_below_a_section_of_any_name() {
    assert_eq!(
        spec(
            "# X\n\n## Требования\n\n### 1. Вход\n\n**Критерии:**\n\n1. a\n2. b\n\n### 2. Выход\n\n**Критерии:**\n\n1. c\n"
        ),
        ["1: 1.1 1.2", "2: 2.1"]
    );
}

#[test]
fn criteria_that_go_on_below_another_heading() {
    let text = "### Requirement 1: a\n\n#### Acceptance Criteria\n\n1. b\n2. c\n\n#### More\n\n3. d\n4. e\n\n#### Notes\n\n1. f\n2. g\n";
    assert_eq!(spec(text), ["1: 1.1 1.2 1.3 1.4"]);
    assert!(
        read(DocumentKind::KiroRequirements, text)
            .kiro
            .disputed
            .is_empty()
    );
    // Written numbers that lead beyond: nobody knows.
    let text = text.replace("3. d\n4. e", "6. d\n7. e");
    assert_eq!(spec(&text), ["1: 1.1 1.2"]);
    assert_eq!(
        read(DocumentKind::KiroRequirements, &text).kiro.disputed,
        [("1".into(), 7)]
    );
}

#[test]
fn lines_that_cite_nothing() {
    for line in [
        "_Часы: 1.5_",
        "_Зависит от: 1.1, 2.2_",
        "_Срок: 1, 2_",
        "Требования: 1.1, 2.2",
        "_Требования 1.1, 2.2_",
        "_Версия 2: 1.1, 2.2_",
    ] {
        let text = format!("- [ ] 1. a\n  - {line}\n- [ ] 2. b\n  - {line}\n");
        assert_eq!(cites(&tasks(&text)), "", "{line}");
    }
    // Another word beside the one that most lines begin with, and one beside words we know.
    for (line, cited) in [
        ("_Блок: 7.1, 7.2_", "1.1 1.2 1.1 1.2"),
        ("_Requirements: 8.1, 8.2_", "8.1 8.2"),
    ] {
        let text = format!(
            "- [ ] 1. a\n  - _Цели: 1.1, 1.2_\n- [ ] 2. b\n  - _Цели: 1.1, 1.2_\n- [ ] 3. c\n  - {line}\n"
        );
        let all = cites(&tasks(&text));
        assert!(
            all.starts_with("1.1 1.2 1.1 1.2") && all.ends_with(cited),
            "{line}: {all}"
        );
    }
}
