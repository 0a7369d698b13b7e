//! Words of Kiro's and cc-sdd's documents in the languages seen. All lower case.

use crate::words::Words;

/// Words a requirement's heading begins with, longest first.
pub(super) static REQUIREMENT: Words = Words::new(&[
    "requirement",
    "requisito",
    "requerimiento",
    "req",
    "需求",
    "要求",
    "要件",
    "요구사항",
    "요구 사항",
    "anforderung",
    "exigence",
]);

/// Parts of the title of the section that holds the requirements.
pub(super) static REQUIREMENTS: Words = Words::new(&[
    "requirement",
    "需求",
    "要求",
    "要件",
    "요구사항",
    "요구 사항",
    "requisitos",
    "requerimientos",
    "anforderungen",
    "exigences",
]);

/// Parts of an acceptance heading or label beyond the ones of Spec Kit's documents.
pub(super) static ACCEPTANCE: Words = Words::new(&["受け入", "受入", "验收", "驗收", "合格基準"]);

/// Parts of the title of a glossary.
pub(super) static GLOSSARY: Words = Words::new(&[
    "glossary",
    "terminology",
    "definitions",
    "术语",
    "術語",
    "用語",
    "用语",
    "용어",
    "glosario",
    "glossário",
    "glossar",
    "glossaire",
]);

/// Words a property's heading begins with.
pub(super) static PROPERTY: Words = Words::new(&[
    "property",
    "属性",
    "性质",
    "プロパティ",
    "속성",
    "propiedad",
    "propriedade",
    "eigenschaft",
    "propriété",
]);

/// Parts of the title of the section that holds the properties.
pub(super) static PROPERTIES: Words = Words::new(&[
    "correctness propert",
    "正确性属性",
    "正確性属性",
    "正しさの",
    "正当性プロパティ",
    "正確性プロパティ",
    "正确性性质",
    "정확성 속성",
    "propiedades de correc",
    "propriedades de corre",
    "korrektheitseigenschaften",
    "propriétés de correction",
]);

/// Words a task's heading begins with.
pub(super) static TASK: Words = Words::new(&[
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
]);

/// Words of `_Boundary: ApiClient_`.
pub(super) static BOUNDARY: Words =
    Words::new(&["boundary", "対象の部品", "境界", "边界", "邊界", "경계"]);

/// Parts of the words of `_Depends: 1.2_` in the languages in which those for requirements are known by their place.
pub(super) static DEPENDENCE: Words = Words::new(&[
    "depend",
    "dépend",
    "dipend",
    "abhäng",
    "завис",
    "залеж",
    "bağım",
    "phụ thuộc",
    "zależ",
    "bergantung",
    "tergantung",
    "تعتمد",
    "يعتمد",
    "تبعي",
    "依",
    "의존",
    "선행",
    "前提",
    "前置",
]);

/// Parts of the titles of a bugfix's three groups.
pub(super) static CURRENT: Words = Words::new(&[
    "current behavior",
    "current behaviour",
    "当前行为",
    "現在の動作",
    "現在の挙動",
    "现有行为",
    "现状",
]);
pub(super) static EXPECTED: Words = Words::new(&[
    "expected behavior",
    "expected behaviour",
    "期望行为",
    "预期行为",
    "期待される",
    "期待する",
]);
pub(super) static UNCHANGED: Words = Words::new(&[
    "unchanged behavior",
    "unchanged behaviour",
    "不变行为",
    "保持不变",
    "変更しない",
    "変わらない",
]);
