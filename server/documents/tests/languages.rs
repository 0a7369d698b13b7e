//! The same feature in eight languages: every template heading, label and keyword in translation, in more than one
//! spelling where people use more than one, with ASCII and with full-width punctuation.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{Document, DocumentKind, ItemKind, SectionTag, read};
use std::fmt::Write;
use text::slice;

/// Words of one language; where several are in use, with `|` between.
struct Language {
    name: &'static str,
    /// `*(mandatory)*`, `*(include if ...)*`
    mandatory: &'static str,
    optional: &'static str,
    scenarios: &'static str,
    story: &'static str,
    priority: &'static str,
    acceptance: &'static str,
    given: &'static str,
    when: &'static str,
    then: &'static str,
    edge: &'static str,
    requirements: &'static str,
    functional: &'static str,
    entities: &'static str,
    success: &'static str,
    measurable: &'static str,
    assumptions: &'static str,
    clarifications: &'static str,
    phase: &'static str,
    setup: &'static str,
    format: &'static str,
    dependencies: &'static str,
    parallel: &'static str,
    strategy: &'static str,
    notes: &'static str,
    technical: &'static str,
    complexity: &'static str,
}

const LANGUAGES: [Language; 8] = [
    Language {
        name: "English",
        mandatory: "mandatory|required|MANDATORY",
        optional: "include if feature involves data|optional|if applicable",
        scenarios: "User Scenarios & Testing|User Scenarios and Testing",
        story: "User Story|Story|User story|US",
        priority: "Priority|priority",
        acceptance: "Acceptance Scenarios|Acceptance Criteria|Acceptance",
        given: "Given|GIVEN",
        when: "When|WHEN",
        then: "Then|THEN",
        edge: "Edge Cases|Edge cases",
        requirements: "Requirements",
        functional: "Functional Requirements",
        entities: "Key Entities",
        success: "Success Criteria",
        measurable: "Measurable Outcomes",
        assumptions: "Assumptions",
        clarifications: "Clarifications",
        phase: "Phase",
        setup: "Setup (Shared Infrastructure)",
        format: "Format",
        dependencies: "Dependencies & Execution Order|Dependencies",
        parallel: "Parallel Example: User Story 1|Parallel Execution",
        strategy: "Implementation Strategy",
        notes: "Notes",
        technical: "Technical Context",
        complexity: "Complexity Tracking",
    },
    Language {
        name: "Chinese",
        mandatory: "必填|必需|必须|強制|强制",
        optional: "如果功能涉及数据则包含|可选|如适用",
        scenarios: "用户场景与测试|用户场景和测试|使用者情境與測試",
        story: "用户故事|使用者故事|用戶故事",
        priority: "优先级|優先級|优先顺序",
        acceptance: "验收场景|验收标准|驗收情境|接受标准",
        given: "给定|假设|假如|前提|假定|給定|假設",
        when: "当|當",
        then: "那么|則|则",
        edge: "边界情况|邊界情況|边缘情况",
        requirements: "需求|要求",
        functional: "功能需求|功能性需求",
        entities: "关键实体|關鍵實體|核心实体|主要实体",
        success: "成功标准|成功標準|成功准则",
        measurable: "可衡量的结果|可测量的成果|可度量结果",
        assumptions: "假设",
        clarifications: "澄清|澄清记录",
        phase: "阶段|階段|第",
        setup: "设置（共享基础设施）",
        format: "格式",
        dependencies: "依赖关系与执行顺序|依赖关系|相依性",
        parallel: "并行示例：用户故事 1|並行範例|并行执行",
        strategy: "实施策略|实现策略|實作策略",
        notes: "备注|说明|注意事项|備註",
        technical: "技术背景|技术上下文|技術背景|技術脈絡",
        complexity: "复杂度跟踪|複雜度追蹤",
    },
    Language {
        name: "Japanese",
        mandatory: "必須|必要",
        optional: "データを扱う機能の場合に含める|任意|オプション|該当する場合",
        scenarios: "ユーザーシナリオとテスト|ユーザーシナリオ & テスト",
        story: "ユーザーストーリー|ユーザストーリー|ストーリー|ユーザー ストーリー",
        priority: "優先度|優先順位",
        acceptance: "受け入れシナリオ|受け入れ基準|受入シナリオ|受入基準",
        given: "前提|前提条件",
        when: "操作|もし",
        then: "期待結果|ならば",
        edge: "エッジケース|境界ケース",
        requirements: "要件|要求事項",
        functional: "機能要件",
        entities: "主要エンティティ|キーエンティティ|重要なエンティティ",
        success: "成功基準|成功条件",
        measurable: "測定可能な成果|測定可能なアウトカム|計測可能な成果",
        assumptions: "前提条件|想定",
        clarifications: "明確化|確認事項",
        phase: "フェーズ|段階",
        setup: "セットアップ（共有インフラ）",
        format: "形式|フォーマット|書式",
        dependencies: "依存関係と実行順序|依存関係",
        parallel: "並列実行の例：ユーザーストーリー 1|並列例",
        strategy: "実装戦略",
        notes: "備考|注意|メモ|注記",
        technical: "技術コンテキスト|技術的コンテキスト|技術的背景",
        complexity: "複雑性の追跡|複雑さの追跡",
    },
    Language {
        name: "Korean",
        mandatory: "필수",
        optional: "데이터가 포함된 경우|선택|선택 사항|해당되는 경우",
        scenarios: "사용자 시나리오 및 테스트|사용자 시나리오 & 테스트",
        story: "사용자 스토리|유저 스토리|스토리",
        priority: "우선순위|우선 순위",
        acceptance: "인수 시나리오|수용 시나리오|인수 조건|수락 기준|승인 시나리오",
        given: "주어진|전제|조건",
        when: "언제|만약|행동",
        then: "그러면|결과",
        edge: "엣지 케이스|경계 사례",
        requirements: "요구사항|요구 사항",
        functional: "기능 요구사항|기능적 요구사항",
        entities: "핵심 엔터티|핵심 엔티티|주요 엔터티|주요 엔티티|주요 개체",
        success: "성공 기준",
        measurable: "측정 가능한 결과|측정 가능한 성과",
        assumptions: "가정",
        clarifications: "명확화",
        phase: "단계|페이즈",
        setup: "설정 (공유 인프라)",
        format: "형식",
        dependencies: "의존성 및 실행 순서|종속성|의존 관계",
        parallel: "병렬 예시: 사용자 스토리 1|병렬 실행",
        strategy: "구현 전략",
        notes: "참고|참고 사항|노트|비고",
        technical: "기술 컨텍스트|기술적 맥락|기술 맥락|기술적 컨텍스트|기술 배경",
        complexity: "복잡성 추적|복잡도 추적",
    },
    Language {
        name: "Spanish",
        mandatory: "obligatorio|obligatoria|requerido",
        optional: "incluir si la funcionalidad maneja datos|opcional|si aplica",
        scenarios: "Escenarios de Usuario y Pruebas|Escenarios de usuario y pruebas",
        story: "Historia de Usuario|Historia de usuario|Historia|HISTORIA DE USUARIO",
        priority: "Prioridad|prioridad",
        acceptance: "Escenarios de Aceptación|Criterios de aceptación|Aceptación",
        given: "Dado|Dada|Dados|Dadas|DADO",
        when: "Cuando",
        then: "Entonces",
        edge: "Casos Límite|Casos extremos",
        requirements: "Requisitos|Requerimientos",
        functional: "Requisitos Funcionales|Requerimientos funcionales",
        entities: "Entidades Clave|Entidades clave|Entidades Principales",
        success: "Criterios de Éxito|Criterios de éxito",
        measurable: "Resultados Medibles",
        assumptions: "Supuestos",
        clarifications: "Aclaraciones",
        phase: "Fase|Etapa",
        setup: "Configuración (infraestructura compartida)",
        format: "Formato",
        dependencies: "Dependencias y Orden de Ejecución|Dependencias",
        parallel: "Ejemplo en Paralelo: Historia de Usuario 1|Ejemplo paralelo|Ejecución en paralelo",
        strategy: "Estrategia de Implementación",
        notes: "Notas",
        technical: "Contexto Técnico|Contexto técnico",
        complexity: "Seguimiento de Complejidad|Control de la complejidad",
    },
    Language {
        name: "Portuguese",
        mandatory: "obrigatório|obrigatória|OBRIGATÓRIO",
        optional: "incluir se a funcionalidade envolver dados|opcional|se aplicável",
        scenarios: "Cenários de Usuário e Testes|Cenários de Utilizador e Testes",
        story: "História de Usuário|História do Usuário|História|História de Utilizador",
        priority: "Prioridade|prioridade",
        acceptance: "Cenários de Aceitação|Critérios de Aceitação|Critérios de Aceite|Aceitação",
        given: "Dado|Dada|Dados|Dadas",
        when: "Quando",
        then: "Então",
        edge: "Casos Extremos|Casos de Borda",
        requirements: "Requisitos",
        functional: "Requisitos Funcionais",
        entities: "Entidades-Chave|Entidades Chave|Entidades Principais",
        success: "Critérios de Sucesso",
        measurable: "Resultados Mensuráveis",
        assumptions: "Premissas",
        clarifications: "Esclarecimentos",
        phase: "Fase|Etapa",
        setup: "Configuração (infraestrutura compartilhada)",
        format: "Formato",
        dependencies: "Dependências e Ordem de Execução|Dependências",
        parallel: "Exemplo Paralelo: História de Usuário 1|Exemplo de paralelismo|Execução em paralelo",
        strategy: "Estratégia de Implementação",
        notes: "Notas|Observações",
        technical: "Contexto Técnico",
        complexity: "Acompanhamento de Complexidade",
    },
    Language {
        name: "German",
        mandatory: "verpflichtend|Pflicht|erforderlich|obligatorisch",
        optional: "falls das Feature Daten betrifft|optional|falls zutreffend|wenn zutreffend",
        scenarios: "User-Szenarien & Testing|Benutzerszenarien und Tests|Nutzerszenarien & Tests",
        story: "User Story|User-Story|Benutzergeschichte|Anwendergeschichte|Nutzergeschichte",
        priority: "Priorität|priorität",
        acceptance: "Akzeptanzszenarien|Akzeptanzkriterien|Abnahmekriterien|Abnahmeszenarien",
        given: "Gegeben|Angenommen|Gegeben sei",
        when: "Wenn",
        then: "Dann",
        edge: "Grenzfälle|Randfälle",
        requirements: "Anforderungen",
        functional: "Funktionale Anforderungen",
        entities: "Schlüsselentitäten|Kernentitäten|Zentrale Entitäten|Wichtige Entitäten",
        success: "Erfolgskriterien",
        measurable: "Messbare Ergebnisse",
        assumptions: "Annahmen",
        clarifications: "Klärungen|Klarstellungen",
        phase: "Phase",
        setup: "Einrichtung (gemeinsame Infrastruktur)",
        format: "Format",
        dependencies: "Abhängigkeiten & Ausführungsreihenfolge|Abhängigkeiten",
        parallel: "Paralleles Beispiel: User Story 1|Parallele Ausführung|Beispiel für Parallelität",
        strategy: "Implementierungsstrategie|Umsetzungsstrategie",
        notes: "Hinweise|Notizen|Anmerkungen",
        technical: "Technischer Kontext",
        complexity: "Komplexitätsverfolgung|Komplexität",
    },
    Language {
        name: "French",
        mandatory: "obligatoire|OBLIGATOIRE",
        optional: "à inclure si la fonctionnalité manipule des données|optionnel|facultatif|si applicable",
        scenarios: "Scénarios utilisateur et tests|Scénarios Utilisateur & Tests",
        story: "Récit utilisateur|User Story|Histoire utilisateur|Scénario utilisateur|Récit Utilisateur",
        priority: "Priorité|priorité ",
        acceptance: "Scénarios d'acceptation|Critères d'acceptation|Scénarios d’acceptation",
        given: "Étant donné|Etant donné|Soit",
        when: "Quand|Lorsque",
        then: "Alors",
        edge: "Cas limites|Cas particuliers",
        requirements: "Exigences",
        functional: "Exigences fonctionnelles",
        entities: "Entités clés|Entités principales",
        success: "Critères de succès|Critères de réussite",
        measurable: "Résultats mesurables",
        assumptions: "Hypothèses",
        clarifications: "Clarifications|Éclaircissements",
        phase: "Phase|Étape",
        setup: "Mise en place (infrastructure partagée)",
        format: "Format",
        dependencies: "Dépendances et ordre d'exécution|Dépendances",
        parallel: "Exemple parallèle : récit utilisateur 1|Exécution parallèle|Exemple en parallèle",
        strategy: "Stratégie d'implémentation|Stratégie de mise en œuvre",
        notes: "Notes|Remarques",
        technical: "Contexte technique",
        complexity: "Suivi de la complexité",
    },
];

/// The `nth` spelling of a word; the last one where there are fewer.
fn pick(words: &'static str, nth: usize) -> &'static str {
    let all: Vec<&str> = words.split('|').collect();
    all[nth.min(all.len() - 1)]
}

fn spellings(language: &Language) -> usize {
    [
        language.mandatory,
        language.optional,
        language.scenarios,
        language.story,
        language.priority,
        language.acceptance,
        language.given,
        language.requirements,
        language.entities,
        language.success,
        language.measurable,
        language.phase,
        language.format,
        language.dependencies,
        language.parallel,
        language.notes,
        language.technical,
    ]
    .iter()
    .map(|words| words.split('|').count())
    .max()
    .unwrap()
}

/// Brackets and colons as a keyboard of the language has them.
struct Marks {
    open: char,
    close: char,
    colon: char,
}

const ASCII: Marks = Marks {
    open: '(',
    close: ')',
    colon: ':',
};

const WIDE: Marks = Marks {
    open: '（',
    close: '）',
    colon: '：',
};

fn spec(language: &Language, nth: usize, marks: &Marks) -> String {
    let word = |words: &'static str| pick(words, nth);
    let Marks { open, close, colon } = marks;
    let (story, priority) = (word(language.story), word(language.priority));
    let (given, when, then) = (
        word(language.given),
        word(language.when),
        word(language.then),
    );
    let acceptance = word(language.acceptance);
    let mandatory = word(language.mandatory);
    format!(
        "# X

## {clarifications}

- **FR-001**{colon} reworded

## {scenarios} *{open}{mandatory}{close}*

### {story} 1 - A {open}{priority}{colon} P1{close} 🎯 MVP

**x**{colon} x

**{acceptance}**{colon}

1. **{given}** a, **{when}** b, **{then}** c
2. **{given}** d, **{when}** e, **{then}** f

---

### {story} 2 — B {open}{priority}{colon}P2{close}

**{acceptance}{colon}**

1. **{given}** g, **{when}** h, **{then}** i

### {edge}

- x

## {requirements} *{open}{mandatory}{close}*

### {functional}

- **FR-001**{colon} x
- **FR-002**{colon} x [NEEDS CLARIFICATION: y]

### {entities} *{open}{optional}{close}*

- **E**{colon} x

## {success} *{open}{mandatory}{close}*

### {measurable}

| SC-001 | x |
|--------|---|
| SC-002 | y |

- **SC-003**{colon} x

## {assumptions}

- x
",
        clarifications = word(language.clarifications),
        scenarios = word(language.scenarios),
        edge = word(language.edge),
        requirements = word(language.requirements),
        functional = word(language.functional),
        entities = word(language.entities),
        optional = word(language.optional),
        success = word(language.success),
        measurable = word(language.measurable),
        assumptions = word(language.assumptions),
    )
}

fn tasks(language: &Language, nth: usize, marks: &Marks) -> String {
    let word = |words: &'static str| pick(words, nth);
    let Marks { open, close, colon } = marks;
    let (story, priority) = (word(language.story), word(language.priority));
    let phase = |number: u32| match word(language.phase) {
        "第" => format!("第{number}阶段"),
        "단계" => format!("{number}단계"),
        "段階" => format!("第{number}段階"),
        phase => format!("{phase} {number}"),
    };
    format!(
        "# X

## {format}{colon} `[ID] [P?] [Story] x`

- [ ] T900 x

## {one}{colon} {setup}

- [ ] T001 x

## {three}{colon} {story} 1 - A {open}{priority}{colon} P1{close} 🎯 MVP

- [x] T002 [P] [US1] y

## {four} — {story} 2 - B {open}{priority}{colon}P2{close}

- [X] T003 ［US2］ z

## {dependencies}

- [ ] T004 x

## {parallel}

- [ ] T005 x

## {strategy}

- [ ] T006 x

## {notes}

- [ ] T007 x
",
        format = word(language.format),
        one = phase(1),
        three = phase(3),
        four = phase(4),
        setup = word(language.setup),
        dependencies = word(language.dependencies),
        parallel = word(language.parallel),
        strategy = word(language.strategy),
        notes = word(language.notes),
    )
}

fn shown(document: &Document, text: &str) -> String {
    let mut shown = String::new();
    for item in &document.items {
        let title = slice(text, item.title_range);
        write!(shown, "{:?} {} <{title}>", item.kind, item.id).unwrap();
        if let Some(story) = &item.story {
            let priority = story.priority.as_ref().map_or("", |label| &label.text);
            write!(shown, " {} {priority}", story.id).unwrap();
        }
        if let Some(parent) = item.parent {
            write!(shown, " in {}", document.items[parent as usize].id).unwrap();
        }
        shown.push('\n');
    }
    shown
}

/// Every spelling of every language, in both kinds of punctuation: what differs from `expected`.
fn differing(
    kind: DocumentKind,
    write: fn(&Language, usize, &Marks) -> String,
    expected: impl Fn(&Language, &Document, &str) -> Option<String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for language in &LANGUAGES {
        for nth in 0..spellings(language) {
            for marks in [&ASCII, &WIDE] {
                let text = write(language, nth, marks);
                let document = read(kind, &text);
                if let Some(why) = expected(language, &document, &text) {
                    wrong.push(format!("== {} {nth} {}\n{why}", language.name, marks.colon));
                }
            }
        }
    }
    wrong
}

#[test]
fn specs_say_the_same_in_every_language() {
    let wrong = differing(DocumentKind::Spec, spec, |language, document, text| {
        let scenario = |n: usize, story: usize| {
            let of = |document: &Document| {
                let (_, item) = document.items_of(ItemKind::Scenario).nth(n)?;
                Some(format!(
                    "Scenario AC{} <{}> in US{story}\n",
                    n % 2 + 1,
                    slice(text, item.title_range)
                ))
            };
            of(document).unwrap_or_default()
        };
        let wanted = format!(
            "Story US1 <A> US1 P1\n{}{}Story US2 <B> US2 P2\n{}EdgeCase edge-1 <x>\nRequirement FR-001 <x>\nRequirement FR-002 <x [NEEDS CLARIFICATION: y]>\nEntity E <x>\nSuccessCriterion SC-002 <y>\nSuccessCriterion SC-003 <x>\nAssumption assumption-1 <x>\n",
            scenario(0, 1),
            scenario(1, 1),
            scenario(2, 2),
        );
        let wanted = wanted.replace("AC1 <> ", "");
        let found = shown(document, text);
        let tags: Vec<SectionTag> = document
            .sections
            .iter()
            .map(|section| section.tag)
            .filter(|tag| *tag != SectionTag::None)
            .collect();
        let right = [
            SectionTag::Mandatory,
            SectionTag::Mandatory,
            SectionTag::Optional,
            SectionTag::Mandatory,
        ];
        let scenarios = document.items_of(ItemKind::Scenario).count();
        let _ = language;
        (found != wanted || tags != right || scenarios != 3 || document.clarifications.len() != 1)
            .then(|| format!("{found}{tags:?}\n{text}"))
    });
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn tasks_say_the_same_in_every_language() {
    let wrong = differing(DocumentKind::Tasks, tasks, |language, document, text| {
        let setup = language.setup;
        let found = shown(document, text);
        let phases: Vec<String> = document
            .items_of(ItemKind::Phase)
            .map(|(_, item)| {
                let story = item.story.as_ref();
                format!(
                    "{} {:?}",
                    item.id,
                    story.map(|story| (
                        story.id.as_str(),
                        story.priority.as_ref().map(|label| label.text.as_str())
                    ))
                )
            })
            .collect();
        let tasks: Vec<String> = document
            .items_of(ItemKind::Task)
            .map(|(_, item)| {
                let parent = item
                    .parent
                    .map(|at| document.items[at as usize].id.as_str());
                let labels = &item.task.as_ref().unwrap().stories;
                format!("{} {} {parent:?}", item.id, labels.len())
            })
            .collect();
        let right = phases
            == [
                "1 None",
                "3 Some((\"US1\", Some(\"P1\")))",
                "4 Some((\"US2\", Some(\"P2\")))",
            ]
            && tasks
                == [
                    "T001 0 Some(\"1\")",
                    "T002 1 Some(\"3\")",
                    "T003 1 Some(\"4\")",
                ]
            && found.contains(setup);
        (!right).then(|| format!("{found}\n{text}"))
    });
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn plans_say_the_same_in_every_language() {
    fn plan(language: &Language, nth: usize, marks: &Marks) -> String {
        let (technical, colon) = (pick(language.technical, nth), marks.colon);
        let complexity = pick(language.complexity, nth);
        format!(
            "# X\n\n## {technical}\n\n**A**{colon} Rust\n**B{colon}** NEEDS CLARIFICATION\n\n## {complexity}\n\n| V | W | S |\n|---|---|---|\n| a | b | c |\n"
        )
    }
    let wrong = differing(DocumentKind::Plan, plan, |_, document, text| {
        let metas: Vec<&str> = document
            .metas
            .iter()
            .map(|meta| slice(text, meta.value_range))
            .collect();
        let right = metas == ["Rust", "NEEDS CLARIFICATION"]
            && document.clarifications.len() == 1
            && document.violations.len() == 1;
        (!right).then(|| format!("{metas:?}\n{text}"))
    });
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
