//! Words in front of lists, in the languages seen. All lower case, longest first where one begins another.

use super::Cited;

const REQUIREMENTS: &[&str] = &[
    "requirements",
    "requirement",
    "reqs.",
    "reqs",
    "req.",
    "req",
    "acceptance criteria",
    "acceptance criterion",
    "criteria",
    "criterion",
    "需求",
    "要求",
    "要件",
    "요구사항",
    "요구 사항",
    "requisitos",
    "requisito",
    "requerimientos",
    "requerimiento",
    "anforderungen",
    "anforderung",
    "exigences",
    "exigence",
];

const PROPERTIES: &[&str] = &[
    "properties",
    "property",
    "属性",
    "性质",
    "プロパティ",
    "속성",
    "propiedad",
    "propriedade",
    "eigenschaft",
    "propriété",
];

const TASKS: &[&str] = &[
    "tasks",
    "task",
    "任务",
    "任務",
    "タスク",
    "태스크",
    "작업",
    "tarea",
    "tarefa",
    "aufgabe",
    "tâche",
];

const VALIDATES: &[&str] = &[
    "validates",
    "validate",
    "validating",
    "verifies",
    "covers",
    "验证需求",
    "验证",
    "驗證",
    "検証",
    "검증",
    "valida",
    "validiert",
    "valide",
];

const DEPENDS: &[&str] = &[
    "depends on",
    "depends",
    "dependencies",
    "depends_on",
    "依存関係",
    "依存",
    "依赖",
    "依賴",
    "의존",
    "depende de",
    "depende",
];

/// Length of the word for `cited` that `text` ends with.
pub(super) fn ends_with(text: &str, cited: Cited) -> Option<usize> {
    let words = match cited {
        Cited::Requirements => REQUIREMENTS,
        Cited::Properties => PROPERTIES,
        Cited::Tasks => TASKS,
    };
    one_of(text, words)
}

pub(super) fn ends_with_validates(text: &str) -> Option<usize> {
    one_of(text, VALIDATES)
}

pub(super) fn ends_with_depends(text: &str) -> Option<usize> {
    one_of(text, DEPENDS)
}

fn one_of(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| {
        let start = text.len().checked_sub(word.len())?;
        let tail = text.get(start..)?;
        let whole = !word.is_ascii()
            || !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let same = if word.is_ascii() {
            tail.eq_ignore_ascii_case(word)
        } else {
            tail.to_lowercase() == *word
        };
        (whole && same).then_some(word.len())
    })
}
