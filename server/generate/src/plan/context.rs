//! The technical context: what manifests say of languages, dependencies, storage and tests.

use code::{ManifestKind, Scope};
use documents::ItemKind;

use super::facts::Facts;
use super::words;

/// What a key of the technical context asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Language,
    Dependencies,
    Storage,
    Testing,
    Platform,
    Project,
    Performance,
    Other,
}

impl Key {
    pub(super) fn of(key: &str) -> Self {
        let is = |list: &[&str]| words::any(key, list);
        if is(&["language", "语言", "言語"]) {
            Self::Language
        } else if is(&["dependenc", "依赖", "依存"]) {
            Self::Dependencies
        } else if is(&["storage", "存储", "ストレージ"]) {
            Self::Storage
        } else if is(&["testing", "测试", "テスト"]) {
            Self::Testing
        } else if is(&["platform", "平台", "プラットフォーム"]) {
            Self::Platform
        } else if is(&["project type", "项目类型", "プロジェクト"]) {
            Self::Project
        } else if is(&["performance", "性能", "パフォーマンス"]) {
            Self::Performance
        } else {
            Self::Other
        }
    }
}

/// Tools of tests by their packages.
const TESTERS: &[(&str, &str)] = &[
    ("vitest", "Vitest"),
    ("jest", "Jest"),
    ("mocha", "Mocha"),
    ("@playwright/test", "Playwright"),
    ("cypress", "Cypress"),
    ("pytest", "pytest"),
    ("hypothesis", "Hypothesis"),
    ("xunit", "xUnit"),
    ("nunit", "NUnit"),
    ("mstest.testframework", "MSTest"),
    ("bunit", "bUnit"),
    ("junit-jupiter", "JUnit 5"),
    ("junit", "JUnit"),
    ("github.com/stretchr/testify", "testify"),
    ("rspec", "RSpec"),
    ("rspec-rails", "RSpec"),
    ("phpunit", "PHPUnit"),
    ("phpunit/phpunit", "PHPUnit"),
    ("proptest", "proptest"),
    ("insta", "insta"),
];

/// Names of toolchains as people write them.
const TOOLS: &[(&str, &str)] = &[
    ("rust", "Rust"),
    ("node", "Node.js"),
    ("python", "Python"),
    ("go", "Go"),
    ("java", "Java"),
    ("kotlin", "Kotlin"),
    ("dotnet", ".NET"),
    ("csharp", "C#"),
    ("ruby", "Ruby"),
    ("php", "PHP"),
];

/// Most dependencies that are named.
const MOST: usize = 8;

/// What facts say for a key; `None` where they say nothing.
pub(super) fn value(facts: &Facts<'_>, key: Key) -> Option<String> {
    let list = match key {
        Key::Language => languages(facts),
        Key::Dependencies => dependencies(facts),
        Key::Storage => facts.stores.clone(),
        Key::Testing => testing(facts),
        Key::Performance => return performance(facts),
        Key::Platform | Key::Project | Key::Other => return sibling(facts, key),
    };
    (!list.is_empty()).then(|| list.join(", "))
}

fn push(list: &mut Vec<String>, one: String) {
    if !list.contains(&one) {
        list.push(one);
    }
}

fn languages(facts: &Facts<'_>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for (_, manifest) in facts.manifests() {
        for tool in &manifest.toolchains {
            if let Some((_, name)) = TOOLS.iter().find(|(known, _)| *known == tool.name) {
                push(&mut list, format!("{name} {}", tool.version.text));
            }
        }
        let typescript = manifest
            .dependencies
            .iter()
            .find(|it| it.name.text == "typescript");
        if let Some(typescript) = typescript {
            let version = typescript
                .version
                .as_ref()
                .map_or("", |it| it.text.as_str());
            push(
                &mut list,
                format!("TypeScript {version}").trim_end().to_owned(),
            );
        }
    }
    if list.is_empty() {
        for (_, manifest) in facts.manifests() {
            let name = match manifest.kind {
                ManifestKind::Cargo => "Rust",
                ManifestKind::Npm => "JavaScript",
                ManifestKind::Python | ManifestKind::Requirements => "Python",
                ManifestKind::Go => "Go",
                ManifestKind::Maven => "Java",
                ManifestKind::DotNet => ".NET",
                ManifestKind::Bundler => "Ruby",
                ManifestKind::Composer => "PHP",
                _ => continue,
            };
            push(&mut list, name.to_owned());
        }
    }
    list.truncate(MOST);
    list
}

fn dependencies(facts: &Facts<'_>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for (path, manifest) in facts.manifests() {
        let Some(ecosystem) = code::ecosystem(path) else {
            continue;
        };
        for dependency in &manifest.dependencies {
            let name = dependency.name.text.to_lowercase();
            let tests = TESTERS.iter().any(|(known, _)| *known == name);
            if dependency.scope != Scope::Runtime || tests {
                continue;
            }
            if let Some((name, versioned)) = trace::spoken_name(ecosystem, &dependency.name.text) {
                let version = dependency
                    .version
                    .as_ref()
                    .map_or("", |it| it.text.as_str());
                let plain =
                    versioned && version.len() < 20 && !version.contains([':', '$', '*', ' ']);
                let version = if plain { version } else { "" };
                push(&mut list, format!("{name} {version}").trim_end().to_owned());
            }
        }
    }
    list.truncate(MOST);
    list
}

fn testing(facts: &Facts<'_>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for (_, manifest) in facts.manifests() {
        match manifest.kind {
            ManifestKind::Cargo => push(&mut list, "cargo test".to_owned()),
            ManifestKind::Go => push(&mut list, "go test".to_owned()),
            _ => {}
        }
        for dependency in &manifest.dependencies {
            let name = dependency.name.text.to_lowercase();
            if let Some((_, tool)) = TESTERS.iter().find(|(known, _)| *known == name) {
                push(&mut list, (*tool).to_owned());
            }
        }
    }
    list
}

/// Success criteria that speak of time.
fn performance(facts: &Facts<'_>) -> Option<String> {
    let mut ids: Vec<&str> = Vec::new();
    for (document, _, item) in facts.items(ItemKind::SuccessCriterion) {
        let text = document.slice(item.range).to_lowercase();
        let timed = [
            "second",
            " ms",
            "ms ",
            "latency",
            "per minute",
            "/s",
            "秒",
            "ミリ",
            "毫秒",
            "延迟",
        ];
        if timed.iter().any(|word| text.contains(word)) && !ids.contains(&item.id.as_str()) {
            ids.push(&item.id);
        }
    }
    (!ids.is_empty()).then(|| ids.join(", "))
}

/// What the newest other plan of the project says: what the project is does not change with a feature.
fn sibling(facts: &Facts<'_>, key: Key) -> Option<String> {
    if key == Key::Other {
        return None;
    }
    facts.others().find_map(|other| {
        let plan = other.plan()?;
        let mut metas = plan.facts().metas.iter();
        let meta = metas.find(|meta| Key::of(&meta.key) == key)?;
        let value = plan.slice(meta.value_range).trim();
        let plain = !value.is_empty()
            && value.len() <= 80
            && !value.contains(['[', '\n', '`'])
            && !value.to_lowercase().contains("clarif")
            && !value.contains("FR-")
            && !value.contains("SC-");
        plain.then(|| value.trim_end_matches('\\').to_owned())
    })
}
