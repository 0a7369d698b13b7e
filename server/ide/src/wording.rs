//! How items, states and links are called in text for people.

use code::SymbolKind;
use documents::{Item, ItemKind, TaskState};
use rules::Locale;
use trace::{Basis, Feature, FeatureDocument, Graph, ItemRef};

/// Longest item text shown, in characters.
const MAX_TEXT: usize = 600;

pub(crate) fn kind(kind: ItemKind, locale: Locale) -> &'static str {
    let (en, ja) = match kind {
        ItemKind::Story => ("user story", "ユーザーストーリー"),
        ItemKind::Scenario => ("acceptance scenario", "受け入れシナリオ"),
        ItemKind::Requirement => ("requirement", "要件"),
        ItemKind::SuccessCriterion => ("success criterion", "成功基準"),
        ItemKind::Entity => ("entity", "エンティティ"),
        ItemKind::Task => ("task", "タスク"),
        ItemKind::Phase => ("phase", "フェーズ"),
        ItemKind::ChecklistItem => ("checklist item", "チェックリスト項目"),
        ItemKind::Principle => ("principle", "原則"),
        ItemKind::Gate => ("gate", "ゲート"),
        ItemKind::Violation => ("violation", "違反"),
        ItemKind::Decision => ("decision", "決定"),
        ItemKind::EdgeCase => ("edge case", "エッジケース"),
        ItemKind::Assumption => ("assumption", "想定"),
        ItemKind::Criterion => ("acceptance criterion", "受け入れ基準"),
        ItemKind::Property => ("property", "性質"),
        ItemKind::Term => ("glossary term", "用語"),
        ItemKind::Operation => ("operation", "操作"),
    };
    say(locale, en, ja)
}

/// The word for a kind of symbol, in every language and machine format.
#[must_use]
pub fn symbol_kind(kind: SymbolKind) -> &'static str {
    match kind {
        SymbolKind::Module => "module",
        SymbolKind::Class => "class",
        SymbolKind::Struct => "struct",
        SymbolKind::Enum => "enum",
        SymbolKind::Variant => "variant",
        SymbolKind::Trait => "trait",
        SymbolKind::Interface => "interface",
        SymbolKind::TypeAlias => "type",
        SymbolKind::Function => "function",
        SymbolKind::Method => "method",
        SymbolKind::Constant => "constant",
        SymbolKind::Field => "field",
        SymbolKind::Macro => "macro",
    }
}

pub(crate) fn state(state: TaskState) -> char {
    match state {
        TaskState::Done => '✓',
        TaskState::Open => '○',
        TaskState::Other(mark) => mark,
    }
}

pub(crate) fn basis(basis: Basis, locale: Locale) -> &'static str {
    match basis {
        Basis::Accepted => say(locale, "accepted", "承認済み"),
        Basis::Declared => say(locale, "declared", "明記"),
        Basis::Task => say(locale, "by task", "タスクから"),
        Basis::Contract => say(locale, "by contract", "契約から"),
        Basis::Name => say(locale, "by name", "名前から"),
        Basis::Inferred => say(locale, "inferred", "推測"),
    }
}

/// The beginning of an item's words, at most so many characters, for a title.
pub(crate) fn shortened(words: &str, limit: usize) -> String {
    let plain = words.replace(['*', '`'], "");
    if plain.chars().count() <= limit {
        return plain;
    }
    let mut short: String = plain.chars().take(limit.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// One text in the language of the reader.
pub(crate) fn say(locale: Locale, en: &'static str, ja: &'static str) -> &'static str {
    match locale {
        Locale::English => en,
        Locale::Japanese => ja,
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    Task,
    Symbol,
    Test,
    File,
    Place,
}

/// `1 task`, `2 tasks`.
pub(crate) fn count(number: usize, noun: Noun, locale: Locale) -> String {
    let (one, many, ja) = match noun {
        Noun::Task => ("task", "tasks", "タスク"),
        Noun::Symbol => ("symbol", "symbols", "シンボル"),
        Noun::Test => ("test", "tests", "テスト"),
        Noun::File => ("file", "files", "ファイル"),
        Noun::Place => ("place", "places", "箇所"),
    };
    match locale {
        Locale::English => format!("{number} {}", if number == 1 { one } else { many }),
        Locale::Japanese if noun == Noun::Place => format!("{number} {ja}"),
        Locale::Japanese => format!("{ja} {number} 件"),
    }
}

/// What a person reads as an item's words: the title of a heading, all text of a list item on one line.
pub(crate) fn words(document: &FeatureDocument, item: &Item) -> String {
    let whole = matches!(
        item.kind,
        ItemKind::Requirement | ItemKind::SuccessCriterion | ItemKind::Scenario | ItemKind::Entity
    ) && !item.in_table
        && !document.slice(item.range).starts_with('#');
    let text = if whole && item.range.end() > item.title_range.start() {
        document.slice(text::span(
            item.title_range.start().into(),
            item.range.end().into(),
        ))
    } else {
        document.slice(item.title_range)
    };
    tidy(text)
}

/// One line, cut at a sane length, emphasis closed where the cut opened it.
pub(crate) fn tidy(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if let Some((cut, _)) = line.char_indices().nth(MAX_TEXT) {
        line.truncate(cut);
        line.push('…');
    }
    if line.matches("**").count() % 2 == 1 {
        line = match line.strip_suffix("**") {
            Some(bare) => bare.to_owned(),
            None => format!("**{line}"),
        };
    }
    line
}

/// `FR-001`, `US1/AC2`, `Phase 3`; a task by its id as its document writes it (`T001`, `9`).
pub(crate) fn name(graph: &Graph, item: ItemRef) -> String {
    let Some((feature, it)) = graph.item(item) else {
        return String::new();
    };
    match it.kind {
        ItemKind::Phase if !it.id.is_empty() => format!("Phase {}", it.id),
        ItemKind::Task if !it.id.is_empty() => it.id.to_string(),
        _ => feature
            .key(item)
            .map(|key| key.key.join("/"))
            .unwrap_or_default(),
    }
}

/// Text inside a code span: backticks would end it.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// The words of an item by reference.
pub(crate) fn words_of(feature: &Feature, item: ItemRef) -> String {
    match (feature.document(item.file), feature.item(item)) {
        (Some(document), Some(it)) => words(document, it),
        _ => String::new(),
    }
}
