//! `plan.md` of Spec Kit: the project's own template, filled section by section.

use documents::{DocumentKind, ItemKind, PlaceholderKind};
use text::TextRange;
use trace::{Feature, FeatureDocument, Graph};

use super::context::{self, Key};
use super::facts::Facts;
use super::words::{COMPLEXITY, Sentence, any};
use super::{Part, contract, emphasis, gates, table, tree};
use crate::tasks::one_line;

/// Where a project says nothing: the shape of Spec Kit's own template.
const OURS: &str = "\
# Implementation Plan: [FEATURE]

**Branch**: `[###-feature-name]` | **Date**: [DATE] | **Spec**: [link]

## Summary

## Technical Context

**Language/Version**: [NEEDS CLARIFICATION]
**Primary Dependencies**: [NEEDS CLARIFICATION]
**Storage**: [NEEDS CLARIFICATION]
**Testing**: [NEEDS CLARIFICATION]
**Target Platform**: [NEEDS CLARIFICATION]
**Constraints**: [NEEDS CLARIFICATION]

## Constitution Check

## Project Structure

### Documentation (this feature)

### Source Code (repository root)

## Complexity Tracking
";

const SUMMARY: &[&str] = &["summary", "概要", "摘要", "概述", "总结", "サマリ"];
const TECHNICAL: &[&str] = &[
    "technical context",
    "技术背景",
    "技术上下文",
    "技術",
    "技术环境",
];
const CONSTITUTION: &[&str] = &["constitution", "憲章", "宪章", "宪法", "憲法", "章程"];
const STRUCTURE: &[&str] = &[
    "project structure",
    "プロジェクト構",
    "项目结构",
    "专案结构",
    "專案結構",
];
/// Sections that only tell an agent how to fill the template.
const INSTRUCTIONS: &[&str] = &["execution flow"];

/// Words of headings whose sections need not be there.
const OPTIONAL: &[&str] = &["optional", "if applicable", "任意", "可选", "如适用"];

const ASKS: Sentence = [
    "Plan for **{}**, as [spec.md](spec.md) asks for it:",
    "**{}** の計画。要求元は [spec.md](spec.md):",
    "**{}** 的计划，需求见 [spec.md](spec.md):",
];
const APPROACH: Sentence = [
    "Which technical approach is taken for {}, and which alternatives were rejected?",
    "{} はどの技術方針で実現し、どの代替案を退けたか?",
    "{} 采用哪种技术方案，放弃了哪些备选?",
];
const MISSING: Sentence = [
    "What applies to this feature as {}?",
    "この機能の {} は何か?",
    "此功能的 {} 是什么?",
];
const PRINCIPLE: Sentence = ["Principle", "原則", "原则"];
const STATUS: Sentence = ["Status", "状態", "状态"];
const EVIDENCE: Sentence = ["Evidence", "根拠", "依据"];
const NO_CONSTITUTION: Sentence = [
    "No principles are written for this project.",
    "このプロジェクトには原則が書かれていない。",
    "此项目未写明原则。",
];
const UNFILLED: Sentence = [
    "The constitution is not filled in yet, so no principle is checked here.",
    "憲章は未策定のため、ここで確認する原則はない。",
    "宪章尚未填写，因此这里没有可核对的原则。",
];
const PARTLY: Sentence = [
    "Parts of the constitution are not filled in yet.",
    "憲章には未策定の部分がある。",
    "宪章尚未全部填写。",
];
const DECISION: Sentence = [
    "the existing layout stays; the change is made in {}.",
    "既存の構成を保ち、変更は {} で行う。",
    "保持现有结构，改动位于 {}。",
];
const NONE_KNOWN: Sentence = [
    "No violation is known while the gates above are open.",
    "上のゲートが未確認のため、既知の違反はない。",
    "上述关卡未核对前，没有已知的违反。",
];

/// What only a human can say of a plan.
pub(super) fn approach(facts: &Facts<'_>) -> String {
    facts
        .tongue
        .ask(APPROACH, &[&facts.title().replace(['[', ']'], "")])
}

/// A section of the template: its heading and what stands below it.
struct Section {
    heading: String,
    body: Vec<String>,
}

/// A section of the template, filled.
pub(super) struct Filled {
    /// `## Technical Context`
    pub(super) heading: String,
    pub(super) body: Vec<String>,
    /// What a plan keeps for last.
    is_last: bool,
}

/// The whole plan.
pub(super) fn lines(facts: &Facts<'_>, parts: Vec<Part>) -> Vec<String> {
    let template = trace::plan_template(facts.graph.inputs(), &facts.feature.project);
    let (head, sections) = filled(facts, template.as_deref().unwrap_or(OURS));
    let mut out = clean(&head);
    let mut parts = Some(parts);
    for section in sections {
        if section.is_last {
            append(&mut out, parts.take());
        }
        out.extend([String::new(), section.heading, String::new()]);
        out.extend(section.body);
    }
    append(&mut out, parts);
    out
}

/// What stands before the first section of a template, and its sections, filled; those that nothing is to be said in are
/// left out.
fn filled(facts: &Facts<'_>, template: &str) -> (Vec<String>, Vec<Filled>) {
    let (head, sections) = split(&filled_names(facts, &without_comments(template)));
    let mut out = Vec::new();
    for section in sections {
        let title = section.heading.trim_start_matches('#').trim();
        if any(title, INSTRUCTIONS) {
            continue;
        }
        let is_last = any(title, COMPLEXITY);
        let body = if any(title, SUMMARY) {
            let mut body = summary(facts);
            body.extend(clean(&section.body));
            body
        } else if any(title, TECHNICAL) {
            technical(facts, section.body)
        } else if any(title, CONSTITUTION) {
            constitution(facts, &section.body)
        } else if any(title, STRUCTURE) {
            structure(facts, section.body)
        } else if is_last {
            vec![facts.tongue.pick(NONE_KNOWN).to_owned()]
        } else {
            clean(&section.body)
        };
        if is_last || body.iter().any(|line| !line.trim().is_empty()) {
            let heading = section.heading;
            out.push(Filled {
                heading,
                body: emphasis::of_others(facts, body),
                is_last,
            });
        }
    }
    (head, out)
}

/// The sections that the project's own template demands of a plan, filled, in its order. What is only filled where
/// something is wrong is not demanded.
pub(super) fn demanded(facts: &Facts<'_>) -> Vec<Filled> {
    let template = trace::plan_template(facts.graph.inputs(), &facts.feature.project);
    let sections = template.map_or_else(Vec::new, |template| filled(facts, &template).1);
    let mut sections: Vec<Filled> = sections;
    sections.retain(|section| !section.is_last && is_demanded(&section.heading));
    sections
}

/// Whether the project's own template demands a section that a plan does not have; cheaper than filling it.
pub(super) fn lacks_section(graph: &Graph, feature: &Feature, plan: &FeatureDocument) -> bool {
    let template = trace::plan_template(graph.inputs(), &feature.project);
    let sections = template.map_or_else(Vec::new, |text| split(&without_comments(&text)).1);
    sections.iter().any(|section| {
        let title = section.heading.trim_start_matches('#').trim();
        is_demanded(title) && !any(title, COMPLEXITY) && place(plan, title).is_none()
    })
}

fn is_demanded(heading: &str) -> bool {
    !any(heading, INSTRUCTIONS) && !any(heading, OPTIONAL) && !heading.contains(['[', '{'])
}

/// Where the section of a plan stands that has the subject of a title, or the section of the second level around it.
pub(super) fn place(plan: &FeatureDocument, title: &str) -> Option<TextRange> {
    let sections = || plan.facts().sections.iter();
    let mut same = sections().filter(|section| section.level > 1 && is_same(&section.title, title));
    let same = same.next()?.range;
    let mut around = sections().filter(|it| it.level == 2 && it.range.contains_range(same));
    Some(around.next().map_or(same, |section| section.range))
}

/// Whether two titles name one subject: the same words, whatever stands around them, or another one of its names.
fn is_same(one: &str, other: &str) -> bool {
    let letters = |title: &str| -> String {
        let title = title.split(['(', '（', '*']).next().unwrap_or(title);
        let letters = title.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let phase = |title: &str| {
        let title = title.trim_start_matches(['#', ' ']).to_lowercase();
        let number = title
            .strip_prefix("phase ")?
            .split([':', ' ', '-'])
            .next()?;
        Some(number.to_owned())
    };
    let (first, second) = (letters(one), letters(other));
    let known = [SUMMARY, TECHNICAL, CONSTITUTION, STRUCTURE];
    known
        .iter()
        .any(|words| any(one, words) && any(other, words))
        || phase(one).is_some() && phase(one) == phase(other)
        || !first.is_empty()
            && !second.is_empty()
            && (first.contains(&second) || second.contains(&first))
}

fn append(out: &mut Vec<String>, parts: Option<Vec<Part>>) {
    for part in parts.into_iter().flatten() {
        out.extend([String::new(), format!("## {}", part.title), String::new()]);
        out.extend(part.lines);
    }
}

/// A template without its comments and the matter in front.
fn without_comments(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let text = text.trim_start_matches('\u{feff}');
    let text = match text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
    {
        Some((_, behind)) => behind,
        None => text,
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("<!--") {
        out.push_str(&rest[..open]);
        rest = rest[open..]
            .find("-->")
            .map_or("", |close| &rest[open + close + 3..]);
    }
    out.push_str(rest);
    out
}

/// Names and dates put into the template's own places.
fn filled_names(facts: &Facts<'_>, text: &str) -> String {
    let name = facts.feature.name.as_str();
    let mut text = text
        .replace("[FEATURE NAME]", &facts.title())
        .replace("[FEATURE]", &facts.title())
        .replace("specs/[###-feature-name]", &facts.feature.path)
        .replace("specs/[###-feature]", &facts.feature.path)
        .replace("[###-feature-name]", name)
        .replace("[###-feature]", name)
        .replace("[link]", "[spec.md](spec.md)");
    text = match facts.known.today {
        Some(today) => text.replace("[DATE]", today),
        None => text
            .replace("**Date**: [DATE] | ", "")
            .replace("| **Date**: [DATE]", ""),
    };
    text
}

/// What stands before the first section, and the sections.
fn split(text: &str) -> (Vec<String>, Vec<Section>) {
    let mut head: Vec<String> = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if !fenced && line.starts_with("## ") {
            sections.push(Section {
                heading: line.trim_end().to_owned(),
                body: Vec::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.body.push(line.to_owned());
        } else {
            head.push(line.to_owned());
        }
    }
    (head, sections)
}

/// Lines without paragraphs that only the template says.
fn clean(lines: &[String]) -> Vec<String> {
    let text = lines.join("\n");
    let mut out: Vec<String> = Vec::new();
    for block in text.split("\n\n") {
        let said = block.trim();
        let is_note = said.starts_with("**Note**") && said.contains("template");
        let read = documents::read(DocumentKind::Plan, block);
        let bare = said.starts_with('[') && said.ends_with(']');
        if is_note || bare || !read.placeholders.is_empty() {
            // A list or a head keeps the lines that are nobody's placeholder.
            let kept = block.lines().filter(|line| {
                let placeholders = documents::read(DocumentKind::Plan, line).placeholders;
                placeholders.is_empty() && !is_note && !bare && !line.trim_start().starts_with('|')
            });
            let kept: Vec<&str> = kept.collect();
            let multiline = block.lines().count() > 1;
            if multiline && !block.contains("```") && !kept.is_empty() {
                out.extend(kept.into_iter().map(str::to_owned));
                out.push(String::new());
            }
            continue;
        }
        out.extend(block.lines().map(str::to_owned));
        out.push(String::new());
    }
    out
}

fn summary(facts: &Facts<'_>) -> Vec<String> {
    let tongue = facts.tongue;
    let mut lines = vec![tongue.say(ASKS, &[&facts.title()]), String::new()];
    for (document, _, story) in facts.items(ItemKind::Story) {
        let title = one_line(document.slice(story.title_range));
        let title = title.trim_end_matches(" 🎯 MVP");
        lines.push(format!("- **{}**: {title}", story.id));
    }
    if lines.len() == 2 {
        for (document, _, item) in facts.items(ItemKind::Requirement).into_iter().take(6) {
            let said = one_line(document.slice(item.title_range));
            lines.push(format!("- **{}**: {said}", item.id));
        }
    }
    lines.extend([String::new(), approach(facts), String::new()]);
    if let Some(question) = contract::question(facts) {
        lines.extend([question, String::new()]);
    }
    lines
}

fn technical(facts: &Facts<'_>, body: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for line in body {
        let bare = line.trim_start_matches(['-', '*', ' ']);
        let meta = line
            .trim_start()
            .trim_start_matches("- ")
            .strip_prefix("**");
        let meta = meta.and_then(|rest| {
            let (key, rest) = rest.split_once("**")?;
            let key = key.trim_end_matches([':', '：']);
            Some((
                key.to_owned(),
                rest.trim_start_matches([':', '：']).trim().to_owned(),
            ))
        });
        let Some((key, value)) = meta else {
            let left = documents::read(DocumentKind::Plan, &line).placeholders;
            if left.is_empty() && !bare.starts_with('[') {
                lines.push(line);
            }
            continue;
        };
        let is_filled =
            !value.is_empty() && !value.contains('[') && !value.contains("CLARIFICATION");
        if is_filled {
            lines.push(line);
            continue;
        }
        match context::value(facts, Key::of(&key)) {
            Some(value) => {
                let at = line.find(&key).unwrap_or(0) + key.len();
                let mark = if line[at..].starts_with("**") {
                    "**: "
                } else {
                    ":** "
                };
                let blank = if line.ends_with("  ") { "  " } else { "" };
                lines.push(format!("{}{mark}{value}{blank}", &line[..at]));
            }
            None => open.push(key),
        }
    }
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    if let Some(last) = lines.last_mut() {
        last.truncate(last.trim_end().len());
    }
    if !open.is_empty() {
        let question = facts
            .tongue
            .ask(MISSING, &[&open.join(facts.tongue.comma())]);
        lines.extend([String::new(), question]);
    }
    lines
}

fn constitution(facts: &Facts<'_>, body: &[String]) -> Vec<String> {
    let tongue = facts.tongue;
    let mut lines = clean(body);
    let own = lines.iter().any(|line| {
        let line = line.trim_start();
        line.starts_with("- ") || line.starts_with('|') || line.starts_with("1. ")
    });
    let constitution = facts.feature.constitution.as_ref();
    let mut places = constitution.iter().flat_map(|it| &it.facts().placeholders);
    let is_partly = places.any(|it| it.kind == PlaceholderKind::Text);
    let remark = is_partly.then(|| tongue.pick(PARTLY).to_owned());
    if own {
        lines.extend(remark);
        return lines;
    }
    let principles = gates::principles(facts.feature).into_iter();
    let rows: Vec<Vec<String>> = principles
        .map(|(name, _)| vec![name, gates::PENDING.to_owned(), "-".to_owned()])
        .collect();
    if rows.is_empty() {
        let said = if is_partly { UNFILLED } else { NO_CONSTITUTION };
        return vec![tongue.pick(said).to_owned()];
    }
    let head = [
        tongue.pick(PRINCIPLE),
        tongue.pick(STATUS),
        tongue.pick(EVIDENCE),
    ];
    lines.push(String::new());
    lines.extend(table::lines(&head, &rows));
    lines.push(String::new());
    lines.extend(remark);
    lines
}

/// Trees of the feature's documents and of the sources, in the places of the template's.
fn structure(facts: &Facts<'_>, body: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut current: Vec<String> = Vec::new();
    let mut kind = "";
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    let mut fenced = false;
    for line in body {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if !fenced && line.starts_with("### ") {
            groups.push((kind, std::mem::take(&mut current)));
            let is = |list: &[&str]| any(&line, list);
            kind = if is(&["documentation", "ドキュメント", "文档", "文件結構"]) {
                "documents"
            } else if is(&["source", "ソース", "源", "代码", "code"]) {
                "sources"
            } else {
                "other"
            };
        }
        current.push(line);
    }
    groups.push((kind, current));
    for (kind, lines) in groups {
        let heading = lines
            .first()
            .filter(|line| line.starts_with("### "))
            .cloned();
        let drawn = match kind {
            "documents" => documents_tree(facts),
            "sources" => tree::drawn(&tree::sources(facts)),
            _ => {
                out.extend(clean(&lines));
                continue;
            }
        };
        if drawn.is_empty() {
            continue;
        }
        out.extend(heading);
        out.extend([String::new(), "```text".to_owned()]);
        out.extend(drawn);
        out.extend(["```".to_owned(), String::new()]);
        let decision = lines
            .iter()
            .find(|line| line.trim_start().starts_with("**"));
        if let Some(label) =
            decision.and_then(|line| line.split_once("**: ").or(line.split_once(":** ")))
            && kind == "sources"
            && !facts.changed.is_empty()
        {
            let places: Vec<String> = facts
                .changed
                .iter()
                .filter_map(|id| facts.service(*id))
                .map(|it| {
                    if it.place.is_empty() {
                        format!("`{}`", it.name)
                    } else {
                        format!("`{}`", it.place)
                    }
                })
                .collect();
            let said = facts
                .tongue
                .say(DECISION, &[&places.join(facts.tongue.comma())]);
            out.push(format!("{}**: {said}", label.0));
            out.push(String::new());
        }
    }
    out
}

/// The feature's documents, with those that come into being.
fn documents_tree(facts: &Facts<'_>) -> Vec<String> {
    let base = facts.feature.path.as_str();
    let tree = &facts.graph.inputs().tree;
    let mut paths: Vec<String> = vec!["plan.md".to_owned()];
    let has_model = facts.feature.present.contains(&DocumentKind::DataModel);
    if !has_model && !facts.items(ItemKind::Entity).is_empty() {
        paths.push("data-model.md".to_owned());
    }
    if contract::is_written(facts) {
        paths.push("contracts/".to_owned());
    }
    for (_, path) in tree.below(facts.feature.root, base).take(200) {
        let inner = path[base.len()..].trim_start_matches('/');
        let shown = match inner.split_once('/') {
            Some((directory, _)) => format!("{directory}/"),
            None => inner.to_owned(),
        };
        if !shown.starts_with('.') && !paths.contains(&shown) {
            paths.push(shown);
        }
    }
    let mut lines = vec![format!("{base}/")];
    paths.sort();
    let last = paths.len();
    lines.extend(paths.iter().enumerate().map(|(at, path)| {
        let mark = if at + 1 == last {
            "└── "
        } else {
            "├── "
        };
        format!("{mark}{path}")
    }));
    lines
}
