//! Words of headings and labels in the languages Spec Kit documents are written in
//! (English, Chinese, Japanese, Korean, Spanish, Portuguese, German, French). All lower case.

/// Words a story heading begins with, longest first.
pub(crate) static STORY: Words = Words::new(&[
    "user story",
    "userstory",
    "user-story",
    "story",
    "us",
    "ユーザーストーリー",
    "ユーザストーリー",
    "ユーザー・ストーリー",
    "ストーリー",
    "用户故事",
    "使用者故事",
    "用戶故事",
    "故事",
    "사용자 스토리",
    "유저 스토리",
    "스토리",
    "historia de usuario",
    "historia",
    "história de usuário",
    "história do usuário",
    "história de utilizador",
    "história",
    "récit utilisateur",
    "scénario utilisateur",
    "histoire utilisateur",
    "user-story",
    "benutzergeschichte",
    "anwendergeschichte",
    "nutzergeschichte",
    "ユーザー ストーリー",
    "사용자스토리",
]);

/// Words a phase heading begins with.
pub(crate) static PHASE: Words = Words::new(&[
    "phase",
    "フェーズ",
    "阶段",
    "階段",
    "fase",
    "etapa",
    "단계",
    "페이즈",
    "étape",
]);

/// Words around the number in `第3阶段`, `3단계`.
pub(crate) static PHASE_BEHIND: Words =
    Words::new(&["阶段", "階段", "フェーズ", "단계", "期", "段階"]);

/// Words of an acceptance label or heading (`**Acceptance Scenarios**:`).
pub(crate) static ACCEPTANCE: Words = Words::new(&[
    "acceptance",
    "受け入れ",
    "受入",
    "验收",
    "驗收",
    "인수",
    "수용",
    "수락",
    "escenarios de aceptación",
    "criterios de aceptación",
    "cenários de aceitação",
    "critérios de aceitação",
    "critères d'acceptation",
    "scénarios d'acceptation",
    "akzeptanz",
    "abnahme",
    "接受标准",
    "接受場景",
    "接受场景",
    "승인",
    "aceptación",
    "aceitação",
    "critérios de aceite",
    "critères d’acceptation",
    "scénarios d’acceptation",
]);

/// First words of a scenario.
pub(crate) static GIVEN: Words = Words::new(grammar::GIVEN);

/// Other words that a scenario's line or label may begin with.
pub(crate) static STEPS: Words = Words::new(&[
    "when",
    "scenario",
    "シナリオ",
    "场景",
    "場景",
    "시나리오",
    "cuando",
    "quando",
    "escenario",
    "cenário",
    "szenario",
    "scénario",
]);

/// Parts of the title of a section that defines requirements or criteria.
pub(crate) static REQUIREMENTS: Words = Words::new(&[
    "requirement",
    "success criteria",
    "measurable outcome",
    "要件",
    "要求",
    "需求",
    "成功基準",
    "成功标准",
    "成功標準",
    "測定可能",
    "可衡量",
    "요구사항",
    "성공 기준",
    "requisit",
    "criterios de éxito",
    "critérios de sucesso",
    "exigence",
    "critères de succès",
    "anforderung",
    "erfolgskriterien",
    "成功准则",
    "成功準則",
    "成功条件",
    "成功條件",
    "可测量",
    "可測量",
    "可度量",
    "計測可能",
    "요구 사항",
    "측정 가능",
    "requerimiento",
    "resultados medibles",
    "resultados mensur",
    "messbare ergebnis",
    "résultats mesurables",
    "critères de réussite",
]);

/// Parts of the title of a section that speaks about ids defined elsewhere.
pub(crate) static REFERRING: Words = Words::new(&[
    "clarification",
    "session",
    "change",
    "revision",
    "evolution",
    "history",
    "traceability",
    "mapping",
    "matrix",
    "coverage",
    "verification",
    "validation",
    "review",
    "summary",
    "testing",
    "tests",
    "notes",
    "open question",
    "out of scope",
    "dependenc",
    "status",
    "resolved",
    "assumption",
    "risk",
    "amendment",
    "removed",
    "superseded",
    "deferred",
    "変更",
    "追跡",
    "確認事項",
    "変更履歴",
    "澄清",
    "变更",
    "追溯",
    "cambios",
    "trazabilidad",
    "rastreabilidade",
    "änderung",
    "modification",
    "traçabilité",
    "明確化",
    "명확화",
    "aclaracion",
    "esclareciment",
    "klärung",
    "klarstellung",
    "éclaircissement",
]);

/// Parts of the title of a section that lists what a feature builds on: by id, where that is another one's.
pub(crate) static DEPENDENCIES: Words = Words::new(&[
    "dependenc",
    "prerequisit",
    "依存",
    "依赖",
    "依賴",
    "의존",
    "dependência",
    "abhängigkeit",
    "voraussetzung",
    "dépendance",
    "prérequis",
]);

/// Parts of the title of the section of key entities.
pub(crate) static ENTITIES: Words = Words::new(&[
    "key entities",
    "key entity",
    "主要エンティティ",
    "重要エンティティ",
    "キーエンティティ",
    "エンティティ",
    "关键实体",
    "關鍵實體",
    "核心实体",
    "主要实体",
    "핵심 엔터티",
    "핵심 엔티티",
    "주요 엔터티",
    "주요 엔티티",
    "entidades clave",
    "entidades-chave",
    "entidades chave",
    "entidades principais",
    "entidades principales",
    "entités clés",
    "entités principales",
    "schlüsselentitäten",
    "kernentitäten",
    "주요 개체",
    "핵심 개체",
    "zentrale entitäten",
    "wichtige entitäten",
]);

/// What the title of a section begins with that explains tasks and defines none.
pub(crate) static EXPLAINING: Words = Words::new(&[
    "format",
    "path convention",
    "parallel",
    "dependenc",
    "execution order",
    "implementation strateg",
    "notes",
    "task generation rule",
    "validation checklist",
    "形式",
    "フォーマット",
    "書式",
    "パス規約",
    "パスの規約",
    "並列",
    "並行",
    "依存",
    "実装戦略",
    "注意",
    "備考",
    "メモ",
    "ノート",
    "格式",
    "路径约定",
    "并行",
    "實施策略",
    "实施策略",
    "实现策略",
    "备注",
    "注意事项",
    "說明",
    "说明",
    "형식",
    "경로 규칙",
    "병렬",
    "의존",
    "종속",
    "구현 전략",
    "참고",
    "formato",
    "convenciones de ruta",
    "convenções de caminho",
    "ejemplo paralelo",
    "paralel",
    "dependências",
    "estrategia de implementación",
    "estratégia de implementação",
    "notas",
    "pfadkonvention",
    "abhängigkeit",
    "implementierungsstrategie",
    "hinweise",
    "notizen",
    "conventions de chemin",
    "parallèle",
    "exemple parallèle",
    "dépendances",
    "stratégie d'implémentation",
    "注記",
    "실행 순서",
    "노트",
    "비고",
    "ejecución en paralelo",
    "ejemplo en paralelo",
    "execução em paralelo",
    "exemplo de paralelismo",
    "observações",
    "beispiel für parallel",
    "umsetzungsstrategie",
    "anmerkungen",
    "exécution parallèle",
    "exemple en parallèle",
    "remarques",
    "stratégie de mise en œuvre",
    "并行示例",
    "相依性",
    "並行範例",
    "並列例",
    "依赖",
    "實作策略",
    "備註",
    "exemplo paralelo",
]);

/// Titles below which `**Key**: value` lines are facts.
pub(crate) static TECHNICAL: Words = Words::new(&[
    "technical context",
    "技術コンテキスト",
    "技術的コンテキスト",
    "技术背景",
    "技术上下文",
    "技術背景",
    "기술 컨텍스트",
    "기술 맥락",
    "contexto técnico",
    "contexte technique",
    "technischer kontext",
    "技術脈絡",
    "技術的背景",
    "기술적 맥락",
    "기술적 컨텍스트",
    "기술 배경",
]);

/// Words of a tag that demands a section only of some documents: `*(mandatory for frontend features)*`.
pub(crate) static CONDITION: Words = Words::new(&[
    "mandatory for",
    "mandatory if",
    "mandatory when",
    "required for",
    "required if",
    "required when",
]);

/// Tags of sections that must be there.
pub(crate) static MANDATORY: Words = Words::new(&[
    "mandatory",
    "required",
    "必填",
    "必須",
    "必须",
    "必需",
    "必要",
    "强制",
    "필수",
    "obligatori",
    "obligatoire",
    "obrigatóri",
    "erforderlich",
    "verpflichtend",
    "pflicht",
    "強制",
    "requerid",
    "obligator",
]);

/// Tags of sections that may be left out.
pub(crate) static OPTIONAL: Words = Words::new(&[
    "optional",
    "include if",
    "if applicable",
    "if relevant",
    "可选",
    "可選",
    "任意",
    "オプション",
    "省略可",
    "該当する場合",
    "如果",
    "如涉及",
    "若",
    "선택",
    "해당",
    "opcional",
    "incluir si",
    "incluir se",
    "optionnel",
    "facultatif",
    "falls",
    "如适用",
    "如適用",
    "si aplica",
    "se aplicável",
    "zutreffend",
    "si applicable",
    "inclure si",
    "場合に含める",
    "则包含",
    "則包含",
    "포함된 경우",
    "해당되는 경우",
]);

/// Words that are looked for together.
pub(crate) struct Words {
    words: &'static [&'static str],
    /// By byte: whether a word, in lower or upper case, begins with it.
    firsts: [bool; 256],
}

impl Words {
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let mut firsts = [false; 256];
        let mut at = 0;
        while at < words.len() {
            let first = words[at].as_bytes()[0];
            firsts[first as usize] = true;
            firsts[first.to_ascii_uppercase() as usize] = true;
            at += 1;
        }
        Self { words, firsts }
    }

    /// Whether one of them may begin at the head of `text`.
    fn may_begin(&self, text: &str) -> bool {
        text.as_bytes()
            .first()
            .is_some_and(|first| self.firsts[usize::from(*first)])
    }
}

/// Whether one of `words` begins somewhere in `text`, whatever its case. Words of letters with spaces
/// between begin where a word begins.
pub(crate) fn any(text: &str, words: &Words) -> bool {
    let mut inside = false;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let letter = byte.is_ascii_alphanumeric();
        if words.firsts[usize::from(byte)]
            && !(letter && inside)
            && text.is_char_boundary(at)
            && prefix(&text[at..], words).is_some()
        {
            return true;
        }
        inside = letter;
    }
    false
}

/// Length of the word of `words` that `text` begins with, whatever its case.
pub(crate) fn prefix(text: &str, words: &Words) -> Option<usize> {
    if !words.may_begin(text) {
        return None;
    }
    let first = text.as_bytes().first()?.to_ascii_lowercase();
    // The lower case of the letters used here has the same first byte (`É`, `é`).
    let words = words
        .words
        .iter()
        .filter(|word| word.as_bytes().first() == Some(&first));
    words.into_iter().find_map(|word| begins_with(text, word))
}

/// Length of `word` at the head of `text`, whatever its case there.
fn begins_with(text: &str, word: &str) -> Option<usize> {
    let found = text.as_bytes();
    for (at, &want) in word.as_bytes().iter().enumerate() {
        let byte = *found.get(at)?;
        if byte == want || byte.to_ascii_lowercase() == want {
            continue;
        }
        // Beyond ASCII, case is a matter of characters.
        return (!byte.is_ascii())
            .then(|| begins_with_folded(text, word))
            .flatten();
    }
    Some(word.len())
}

fn begins_with_folded(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.chars();
    for want in word.chars() {
        let found = rest.next()?;
        if found != want && !found.to_lowercase().eq(std::iter::once(want)) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}
