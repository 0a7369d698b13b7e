//! `design.md` of Kiro and cc-sdd.

use documents::{DocumentKind, ItemKind};

use super::facts::Facts;
use super::words::Sentence;
use super::{Part, PartKind, context, speckit, tree};
use crate::tasks::one_line;

const TITLE: Sentence = ["Design Document", "設計書", "设计文档"];
const OVERVIEW: Sentence = ["Overview", "概要", "概述"];
const ARCHITECTURE: Sentence = ["Architecture", "アーキテクチャ", "架构"];
const COMPONENTS: Sentence = [
    "Components and Interfaces",
    "コンポーネントとインターフェース",
    "组件与接口",
];
const ERRORS: Sentence = ["Error Handling", "エラーハンドリング", "错误处理"];
const TESTING: Sentence = ["Testing Strategy", "テスト戦略", "测试策略"];
const ASKS: Sentence = [
    "Design for **{}**, as [{}]({}) asks for it:",
    "**{}** の設計。要求元は [{}]({}):",
    "**{}** 的设计，需求见 [{}]({}):",
];
const BUILT_WITH: Sentence = ["Built with {}.", "使用技術: {}。", "技术栈: {}。"];
const UNWANTED: Sentence = [
    "Criteria that say what happens when something fails: {}.",
    "失敗時を述べる受け入れ基準: {}。",
    "描述失败情形的验收标准: {}。",
];

pub(super) fn lines(facts: &Facts<'_>, parts: Vec<Part>) -> Vec<String> {
    let tongue = facts.tongue;
    let mut lines = vec![format!("# {}", tongue.pick(TITLE))];
    let head = |lines: &mut Vec<String>, title: &str| {
        lines.extend([String::new(), format!("## {title}"), String::new()]);
    };
    head(&mut lines, tongue.pick(OVERVIEW));
    let name = facts.spec.path.rsplit('/').next().unwrap_or_default();
    lines.push(tongue.say(ASKS, &[&facts.title(), name, name]));
    lines.push(String::new());
    for (document, _, item) in facts.items(ItemKind::Requirement) {
        let title = one_line(document.slice(item.title_range));
        if document.kind == DocumentKind::KiroRequirements && !title.is_empty() {
            lines.push(format!("- {} {title}", item.id));
        }
    }
    head(&mut lines, tongue.pick(ARCHITECTURE));
    let built: Vec<String> = [
        context::Key::Language,
        context::Key::Dependencies,
        context::Key::Storage,
    ]
    .into_iter()
    .filter_map(|key| context::value(facts, key))
    .collect();
    if !built.is_empty() {
        lines.push(tongue.say(BUILT_WITH, &[&built.join("; ")]));
        lines.push(String::new());
    }
    lines.push(speckit::approach(facts));
    let drawn = tree::drawn(&tree::sources(facts));
    if !drawn.is_empty() {
        head(&mut lines, tongue.pick(COMPONENTS));
        lines.push("```text".to_owned());
        lines.extend(drawn);
        lines.push("```".to_owned());
    }
    let mut tests = Vec::new();
    for part in parts {
        if part.kind == PartKind::Tests {
            tests = part.lines;
        } else {
            head(&mut lines, part.title);
            lines.extend(part.lines);
        }
    }
    let failing = failing(facts);
    if !failing.is_empty() {
        head(&mut lines, tongue.pick(ERRORS));
        lines.push(tongue.say(UNWANTED, &[&failing.join(tongue.comma())]));
    }
    if !tests.is_empty() {
        head(&mut lines, tongue.pick(TESTING));
        lines.extend(tests);
    }
    lines
}

/// Criteria that begin with `IF`.
fn failing(facts: &Facts<'_>) -> Vec<String> {
    let criteria = facts.items(ItemKind::Criterion);
    criteria
        .into_iter()
        .filter(|(document, _, item)| {
            let text = document
                .slice(item.title_range)
                .trim_start_matches(['*', ' ']);
            ["IF ", "If ", "如果", "もし"]
                .iter()
                .any(|word| text.starts_with(word))
        })
        .map(|(_, _, item)| item.id.to_string())
        .collect()
}
