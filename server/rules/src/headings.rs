//! Whether two headings name the same section: in other spelling, bilingual, or in another language.

use documents::{ItemKind, Section};
use text::{TextRange, span};
use trace::FeatureDocument;

/// Titles of the sections that Spec Kit's own template calls mandatory, in the languages seen, normalised.
const CONCEPTS: &[&[&str]] = &[
    &[
        "user scenarios and testing",
        "user scenarios",
        "user stories",
        "user scenarios and tests",
        "scenarios and testing",
        "user story",
        "用户场景与测试",
        "用户场景",
        "用户故事",
        "使用者場景",
        "使用者故事",
        "ユーザーシナリオとテスト",
        "ユーザーシナリオ",
        "ユーザシナリオ",
        "ユーザーストーリー",
        "사용자 시나리오 및 테스트",
        "사용자 시나리오",
        "사용자 스토리",
        "escenarios de usuario y pruebas",
        "escenarios de usuario",
        "historias de usuario",
        "cenários de usuário e testes",
        "cenários de usuário",
        "histórias de usuário",
        "user szenarien and testing",
        "user szenarien",
        "benutzerszenarien",
        "nutzerszenarien",
        "scénarios utilisateur et tests",
        "scénarios utilisateur",
        "scénarios utilisateurs",
        "récits utilisateur",
    ],
    &[
        "requirements",
        "functional requirements",
        "需求",
        "功能需求",
        "功能要求",
        "要件",
        "機能要件",
        "要求事項",
        "요구사항",
        "요구 사항",
        "기능 요구사항",
        "requisitos",
        "requisitos funcionales",
        "requisitos funcionais",
        "requerimientos",
        "anforderungen",
        "funktionale anforderungen",
        "exigences",
        "exigences fonctionnelles",
    ],
    &[
        "success criteria",
        "measurable outcomes",
        "success metrics",
        "成功标准",
        "成功標準",
        "成功准则",
        "成功基準",
        "成功条件",
        "성공 기준",
        "성공 지표",
        "criterios de éxito",
        "critérios de sucesso",
        "erfolgskriterien",
        "critères de succès",
        "critères de réussite",
    ],
];

/// The title of the document, else its first line.
pub(crate) fn title_range(document: &FeatureDocument) -> Option<TextRange> {
    let mut titles = document
        .facts()
        .sections
        .iter()
        .filter(|section| section.level == 1);
    if let Some(title) = titles.next().filter(|title| !title.title_range.is_empty()) {
        return Some(title.title_range);
    }
    let text: &str = &document.doc.text;
    let mut at = text::bom_len(text);
    for line in text[at..].split_inclusive(['\n', '\r']) {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            return Some(span(start, start + words.len()));
        }
        at += line.len();
    }
    None
}

/// Parts of the title of a plan's Constitution Check.
const CONSTITUTION: [&str; 12] = [
    "constitution",
    "憲章",
    "憲法",
    "宪章",
    "宪法",
    "章程",
    "헌장",
    "헌법",
    "constitución",
    "constituição",
    "verfassung",
    "grundsätze",
];

/// The section in which a plan is checked against the constitution: the outermost one, the first of several.
pub(crate) fn constitution_check(plan: &FeatureDocument) -> Option<&Section> {
    let mut sections = plan.facts().sections.iter();
    sections.find(|section| {
        let title = section.title.to_lowercase();
        section.level > 1 && CONSTITUTION.iter().any(|word| title.contains(word))
    })
}

/// Lower case, `&` as `and`, letters and digits only, single blanks.
pub(crate) fn normalised(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        if c == '&' {
            out.push_str(" and ");
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a section of the document is the one called `title` at `level` in a template.
pub(crate) fn is_there(document: &FeatureDocument, title: &str, level: u8) -> bool {
    let wanted = normalised(title);
    let concept = CONCEPTS
        .iter()
        .find(|names| names.contains(&wanted.as_str()));
    // Of a double title (`Guardrails & Non-Goals`) one half may do.
    let halves: Vec<String> = if title.contains('&') {
        title.split('&').map(normalised).collect()
    } else {
        Vec::new()
    };
    let stories: Vec<_> = document
        .facts()
        .items_of(ItemKind::Story)
        .filter_map(|(_, item)| item.section)
        .collect();
    if holds(document, &wanted) || is_raw_heading(document, &wanted) {
        return true;
    }
    (0..).zip(&document.facts().sections).any(|(at, section)| {
        !stories.contains(&at)
            && (named(section, &wanted) || {
                let loose = section.level > 1 && section.level <= level;
                loose
                    && (halves.contains(&normalised(&section.title))
                        || contains(&normalised(&section.title), &wanted)
                        || renamed(&normalised(&section.title), &wanted)
                        || concept
                            .is_some_and(|names| names.iter().any(|name| named(section, name))))
            })
    })
}

/// Whether the document has a heading of this level in a template's own words: the whole title, a half of a bilingual
/// one, or a half of an `&` title.
pub(crate) fn is_in_words(document: &FeatureDocument, title: &str, level: u8) -> bool {
    let wanted = normalised(title);
    let halves: Vec<String> = title.split('&').map(normalised).collect();
    let mut sections = document.facts().sections.iter();
    sections.any(|section| {
        section.level == level
            && (named(section, &wanted)
                || halves.len() > 1 && halves.contains(&normalised(&section.title)))
    })
}

/// Whether a heading is `wanted`, alone or as one half of a bilingual one.
fn named(section: &Section, wanted: &str) -> bool {
    let title = section.title.as_str();
    normalised(title) == wanted
        || title
            .split([
                '/', '／', '|', '｜', '(', ')', '（', '）', '·', '・', '-', '–', '—', ':', '：',
            ])
            .any(|part| normalised(part) == wanted)
}

/// Whether `title` has the words of `wanted`, one after another.
fn contains(title: &str, wanted: &str) -> bool {
    if wanted.is_empty() {
        return false;
    }
    if !wanted.is_ascii() {
        return title.contains(wanted);
    }
    title.match_indices(wanted).any(|(at, _)| {
        let ends = |c: char| c.is_ascii_alphanumeric();
        !title[..at].ends_with(ends) && !title[at + wanted.len()..].starts_with(ends)
    })
}

/// Whether the document holds what a section of this name is for, under whatever heading: stories, requirements or
/// success criteria, told by their ids in any language.
fn holds(document: &FeatureDocument, wanted: &str) -> bool {
    let kind = match wanted {
        "user scenarios and testing" => ItemKind::Story,
        "requirements" => ItemKind::Requirement,
        "success criteria" => ItemKind::SuccessCriterion,
        _ => return false,
    };
    let mut items = document.facts().items_of(kind);
    items.any(|(_, item)| {
        // A heading of its own is no section around it.
        let around = match (kind, item.section) {
            (ItemKind::Story, Some(at)) => document
                .facts()
                .sections
                .get(at as usize)
                .and_then(|own| own.parent),
            (_, section) => section,
        };
        let section = around.and_then(|at| document.facts().sections.get(at as usize));
        section.is_some_and(|section| section.level > 1 && !section.title.is_ascii())
    })
}

/// Whether a line of the raw text is such a heading: nested fences can hide one from any reader of Markdown.
fn is_raw_heading(document: &FeatureDocument, wanted: &str) -> bool {
    let facts = document.facts();
    facts.opaque.iter().any(|range| {
        let lines = document.slice(*range).lines();
        lines
            .filter_map(|line| line.trim_start().strip_prefix("##"))
            .any(|title| {
                normalised(
                    title
                        .trim_start_matches('#')
                        .split("*(")
                        .next()
                        .unwrap_or_default(),
                ) == wanted
            })
    })
}

/// Whether one of two titles has all words of the other, two at the least: `Constitution Compliance` was
/// `Constitution & Architecture Compliance`.
fn renamed(title: &str, wanted: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let plain = text.split(|c: char| !c.is_alphanumeric());
        plain
            .filter(|word| word.len() > 3)
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(title), words(wanted));
    let (few, many) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    few.len() >= 2 && few.iter().all(|word| many.contains(word))
}
