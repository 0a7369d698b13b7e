//! Which tests that are there change, and what is to be covered anew.

use documents::{DocumentKind, ItemKind};
use rustc_hash::FxHashMap;
use trace::{ItemRef, UnitKind};

use super::facts::Facts;
use super::words::Sentence;
use super::{Part, PartKind, openspec};
use crate::tasks::stem_of_test;

const TITLE: Sentence = ["Test Impact", "テストへの影響", "测试影响"];
const PLACE: Sentence = ["Tests stand in {}.", "テストの場所: {}。", "测试位于 {}。"];
const FILES: Sentence = ["{} ({} files)", "{} ({} ファイル)", "{}（{} 个文件）"];
const ONE_FILE: Sentence = ["{} (1 file)", "{} (1 ファイル)", "{}（1 个文件）"];
const EXISTING: Sentence = [
    "Existing tests to adapt",
    "変更する既存テスト",
    "需调整的现有测试",
];
const NEW: Sentence = ["New coverage", "新たに必要なテスト", "新增覆盖"];
const BESIDE: Sentence = ["{}: tests {}", "{}: {} のテスト", "{}: 测试 {}"];
const LINKED: Sentence = [
    "{}: covers \"{}\"",
    "{}: 「{}」を確認している",
    "{}: 覆盖“{}”",
];
const SCENARIOS: Sentence = [
    "{}: {} acceptance scenarios",
    "{}: 受け入れシナリオ {} 件",
    "{}: {} 个验收场景",
];
const ONE_SCENARIO: Sentence = [
    "{}: 1 acceptance scenario",
    "{}: 受け入れシナリオ 1 件",
    "{}: 1 个验收场景",
];
const CRITERIA: Sentence = ["{}: criteria {}", "{}: 受け入れ基準 {}", "{}: 验收标准 {}"];
const MEASURED: Sentence = [
    "{}: a measurement each",
    "{}: それぞれ測定する",
    "{}: 逐项度量",
];
const REQUIREMENTS: Sentence = ["{}: a test each", "{}: それぞれテストする", "{}: 逐项测试"];

pub(super) fn part(facts: &Facts<'_>) -> Option<Part> {
    let tongue = facts.tongue;
    let existing = existing(facts);
    let new = new(facts);
    if existing.is_empty() && new.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    let places = places(facts);
    if !places.is_empty() {
        lines.push(tongue.say(PLACE, &[&places.join(tongue.comma())]));
        lines.push(String::new());
    }
    for (head, list) in [(EXISTING, existing), (NEW, new)] {
        if list.is_empty() {
            continue;
        }
        lines.push(format!("**{}**:", tongue.pick(head)));
        lines.push(String::new());
        lines.extend(list.into_iter().map(|line| format!("- {line}")));
        lines.push(String::new());
    }
    Some(Part {
        kind: PartKind::Tests,
        title: tongue.pick(TITLE),
        lines,
    })
}

/// The directories that hold most tests of the project.
fn places(facts: &Facts<'_>) -> Vec<String> {
    let tree = &facts.graph.inputs().tree;
    let project = facts.feature.project.path.as_str();
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, path) in tree.below(facts.feature.root, project).take(100_000) {
        if !code::is_test_path(path) || code::Language::of_path(path).is_none() {
            continue;
        }
        let own = facts.changed.iter().filter_map(|id| facts.service(*id));
        let mut own = own.filter(|it| it.root == facts.feature.root);
        let inside = own.any(|it| it.path.is_empty() || path.starts_with(it.path.as_str()));
        if let Some(at) = path.rfind('/')
            && (facts.changed.is_empty() || inside)
        {
            *count.entry(&path[..=at]).or_default() += 1;
        }
    }
    let mut all: Vec<(&str, usize)> = count.into_iter().collect();
    all.sort_unstable_by_key(|(path, count)| (std::cmp::Reverse(*count), *path));
    all.into_iter()
        .take(2)
        .map(|(path, count)| match count {
            1 => facts.tongue.say(ONE_FILE, &[&format!("`{path}`")]),
            _ => facts
                .tongue
                .say(FILES, &[&format!("`{path}`"), &count.to_string()]),
        })
        .collect()
}

fn existing(facts: &Facts<'_>) -> Vec<String> {
    let tree = &facts.graph.inputs().tree;
    let tongue = facts.tongue;
    let mut lines: Vec<String> = Vec::new();
    // Tests of requirements that are changed or go.
    for (document, _, item) in facts.items(ItemKind::Requirement) {
        if !matches!(openspec::operation(document, item), "MODIFIED" | "REMOVED") {
            continue;
        }
        let capabilities = facts.graph.features().iter();
        let capabilities = capabilities.filter(|it| {
            it.unit == UnitKind::Capability && it.project.id == facts.feature.project.id
        });
        let items: Vec<ItemRef> = capabilities
            .flat_map(|it| it.defined(&item.id).iter().copied())
            .collect();
        for test in items
            .into_iter()
            .flat_map(|item| facts.graph.tests_of(item))
        {
            let path = format!("`{}`", tree.path_str(test.file));
            let line = tongue.say(LINKED, &[&path, &item.id]);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    // Tests beside files that the documents name.
    for file in &facts.named {
        let path = tree.path_str(*file);
        if code::is_test_path(path) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(stem) = name.split('.').next().filter(|stem| stem.len() > 2) else {
            continue;
        };
        if matches!(
            stem,
            "index" | "main" | "mod" | "lib" | "types" | "__init__"
        ) {
            continue;
        }
        for (_, test) in tree.below(facts.feature.root, &facts.feature.project.path) {
            let test_name = test.rsplit('/').next().unwrap_or(test);
            if code::is_test_path(test) && stem_of_test(test_name) == Some(stem) {
                lines.push(tongue.say(BESIDE, &[&format!("`{test}`"), &format!("`{path}`")]));
            }
        }
    }
    lines.truncate(12);
    lines
}

fn new(facts: &Facts<'_>) -> Vec<String> {
    let tongue = facts.tongue;
    let untested = |document: &trace::FeatureDocument, at: u32| {
        let item = ItemRef {
            feature: facts.feature.id,
            file: document.file,
            item: at,
        };
        facts.graph.tests_of(item).is_empty()
    };
    let mut lines = Vec::new();
    let scenarios = facts.items(ItemKind::Scenario);
    let of = |parent: u32, file| {
        let own = scenarios
            .iter()
            .filter(|(document, _, item)| document.file == file && item.parent == Some(parent));
        own.filter(|(document, at, _)| untested(document, *at))
            .count()
    };
    let counted = |name: String, count: usize| match count {
        1 => tongue.say(ONE_SCENARIO, &[&name]),
        _ => tongue.say(SCENARIOS, &[&name, &count.to_string()]),
    };
    for (document, at, story) in facts.items(ItemKind::Story) {
        let count = of(at, document.file);
        if count > 0 {
            lines.push(counted(format!("**{}**", story.id), count));
        }
    }
    if facts.spec.kind == DocumentKind::KiroRequirements {
        let criteria = facts.items(ItemKind::Criterion);
        for (_, at, requirement) in facts.items(ItemKind::Requirement) {
            let own = criteria.iter().filter(|it| it.2.parent == Some(at));
            let own: Vec<_> = own.filter(|it| untested(it.0, it.1)).collect();
            let name = format!(
                "**{}**",
                crate::tasks::one_line(facts.spec.slice(requirement.title_range))
            );
            let name = if name == "****" {
                format!("**{}**", requirement.id)
            } else {
                name
            };
            let said = match own.as_slice() {
                [] => continue,
                [one] => one.2.id.to_string(),
                [first, .., last] => format!("{}-{}", first.2.id, last.2.id),
            };
            lines.push(tongue.say(CRITERIA, &[&name, &said]));
        }
    }
    for (document, at, requirement) in facts.items(ItemKind::Requirement) {
        if document.kind == DocumentKind::OpenSpecDelta
            && matches!(
                openspec::operation(document, requirement),
                "ADDED" | "MODIFIED"
            )
        {
            let count = of(at, document.file);
            if count > 0 {
                lines.push(counted(format!("**{}**", requirement.id), count));
            }
        }
    }
    if lines.is_empty() && facts.spec.kind == DocumentKind::Spec {
        let all = facts.items(ItemKind::Requirement);
        let ids: Vec<&str> = all
            .iter()
            .filter(|it| !it.2.id.is_empty() && untested(it.0, it.1))
            .map(|it| it.2.id.as_str())
            .collect();
        if !ids.is_empty() {
            lines.push(tongue.say(REQUIREMENTS, &[&ids.join(tongue.comma())]));
        }
    }
    let mut measured: Vec<&str> = Vec::new();
    for (document, _, item) in facts.items(ItemKind::SuccessCriterion) {
        let text = document.slice(item.range);
        let behind = text.replacen(item.id.as_str(), "", 1);
        if behind.contains(|c: char| c.is_ascii_digit()) && !measured.contains(&item.id.as_str()) {
            measured.push(&item.id);
        }
    }
    if !measured.is_empty() {
        lines.push(tongue.say(MEASURED, &[&measured.join(tongue.comma())]));
    }
    lines
}
