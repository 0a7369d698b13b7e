//! `design.md` of an `OpenSpec` change.

use documents::{DocumentKind, Item, ItemKind};
use trace::FeatureDocument;

use super::facts::Facts;
use super::words::Sentence;
use super::{Part, PartKind, context, speckit, tree};

const CONTEXT: Sentence = ["Context", "背景", "背景"];
const GOALS: Sentence = ["Goals / Non-Goals", "目標と対象外", "目标与非目标"];
const DECISIONS: Sentence = ["Decisions", "設計判断", "决策"];
const PLAN: Sentence = ["Migration Plan", "移行計画", "迁移计划"];
const ASKS: Sentence = [
    "See [proposal.md](proposal.md) for why and what.",
    "理由と内容は [proposal.md](proposal.md) を参照。",
    "原因与内容见 [proposal.md](proposal.md)。",
];
const BUILT_WITH: Sentence = ["Built with {}.", "使用技術: {}。", "技术栈: {}。"];

/// The operation of a delta that a requirement stands below; empty elsewhere.
pub(super) fn operation(document: &FeatureDocument, item: &Item) -> &'static str {
    if document.kind != DocumentKind::OpenSpecDelta {
        return "";
    }
    let sections = &document.facts().sections;
    let above = sections
        .iter()
        .rev()
        .find(|section| section.level == 2 && section.range.contains_range(item.range));
    let title = above
        .map_or("", |section| section.title.as_str())
        .to_uppercase();
    let mut all = ["ADDED", "MODIFIED", "REMOVED", "RENAMED"].into_iter();
    all.find(|word| title.starts_with(word)).unwrap_or_default()
}

pub(super) fn lines(facts: &Facts<'_>, parts: Vec<Part>) -> Vec<String> {
    let tongue = facts.tongue;
    let head = |lines: &mut Vec<String>, title: &str, level: &str| {
        lines.extend([String::new(), format!("{level} {title}"), String::new()]);
    };
    let mut lines = Vec::new();
    head(&mut lines, tongue.pick(CONTEXT), "##");
    lines.push(tongue.pick(ASKS).to_owned());
    let built: Vec<String> = [
        context::Key::Language,
        context::Key::Dependencies,
        context::Key::Storage,
    ]
    .into_iter()
    .filter_map(|key| context::value(facts, key))
    .collect();
    if !built.is_empty() {
        lines.extend([String::new(), tongue.say(BUILT_WITH, &[&built.join("; ")])]);
    }
    let drawn = tree::drawn(&tree::sources(facts));
    if !drawn.is_empty() {
        lines.extend([String::new(), "```text".to_owned()]);
        lines.extend(drawn);
        lines.push("```".to_owned());
    }
    let mut goals: Vec<String> = Vec::new();
    for (document, _, item) in facts.items(ItemKind::Requirement) {
        let operation = operation(document, item);
        if !operation.is_empty() {
            goals.push(format!("- {operation}: {}", item.id));
        }
    }
    goals.dedup();
    if !goals.is_empty() {
        head(&mut lines, tongue.pick(GOALS), "##");
        lines.extend(goals);
    }
    head(&mut lines, tongue.pick(DECISIONS), "##");
    lines.push(speckit::approach(facts));
    let (tests, rollout): (Vec<Part>, Vec<Part>) = parts
        .into_iter()
        .partition(|part| part.kind == PartKind::Tests);
    if !rollout.is_empty() {
        head(&mut lines, tongue.pick(PLAN), "##");
        for part in rollout {
            head(&mut lines, part.title, "###");
            lines.extend(part.lines);
        }
    }
    for part in tests {
        head(&mut lines, part.title, "##");
        lines.extend(part.lines);
    }
    lines
}
