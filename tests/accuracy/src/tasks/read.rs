//! A small reader of task lists, specs and plans.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::pattern;

/// What file names end in.
const ENDINGS: &str = "rs|py|pyi|js|jsx|ts|tsx|mjs|cjs|mts|go|java|kt|kts|c|h|cpp|hpp|cc|cs|csproj|sln|slnx|razor|cshtml|\
    rb|php|swift|scala|sh|bash|zsh|ps1|sql|tf|hcl|json|jsonc|yaml|yml|toml|md|mdx|html|css|scss|less|vue|svelte|astro|\
    proto|graphql|prisma|xml|gradle|properties|txt|ini|cfg|conf|dart|ex|exs|xaml|props|targets|mod|sum|tmpl|glsl|wgsl";

/// A task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) parallel: bool,
    pub(super) stories: BTreeSet<String>,
    pub(super) paths: BTreeSet<String>,
    /// It asks which file.
    pub(super) asks: bool,
    /// Place of its phase in the list.
    pub(super) phase: usize,
    /// Its first story, else that of its phase.
    pub(super) under: Option<String>,
}

/// A task list.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    pub(super) tasks: Vec<Task>,
}

impl List {
    pub(super) fn of(text: &str) -> Self {
        let mut list = Self::default();
        let mut phase = 0;
        let mut story = None;
        let mut inside = false;
        for line in text.lines() {
            if line.starts_with('#') {
                if line.starts_with("## ") {
                    phase += 1;
                    story = STORY.captures(line).map(|it| format!("US{}", &it[1]));
                }
                inside = false;
                continue;
            }
            let begins = TASK.is_match(line);
            if begins {
                list.tasks.push(Task {
                    phase,
                    under: story.clone(),
                    ..Task::default()
                });
                inside = true;
            } else if line.trim().is_empty() || !line.starts_with([' ', '\t']) {
                inside = false;
            }
            let Some(last) = list.tasks.last_mut().filter(|_| inside) else {
                continue;
            };
            let (said, question) = match line.split_once("[NEEDS CLARIFICATION") {
                Some((said, question)) => (said, Some(question)),
                None => (line, None),
            };
            last.asks |= question.is_some();
            if begins {
                last.parallel = line.contains("[P]");
            }
            for label in LABEL.captures_iter(said) {
                let label = label[1].replace('-', "");
                if last.stories.is_empty() {
                    last.under = Some(label.clone());
                }
                last.stories.insert(label);
            }
            last.paths.extend(paths(said));
        }
        list
    }

    /// Every file that some task names.
    pub(super) fn paths(&self) -> BTreeSet<String> {
        let tasks = self.tasks.iter();
        tasks.flat_map(|task| task.paths.clone()).collect()
    }
}

static TASK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[-*] \[[ xX~-]\] \**(?:~~)?T-?\d+"));
static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[(US-?\d+)\]"));
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"[A-Za-z0-9_@.+$\[\](){}-]+";
    pattern(&format!(
        r"(?:\.{{0,2}}/)?(?:{name}/)*(?:[A-Za-z0-9_@.+$\[\]-]+\.(?:{ENDINGS})|Dockerfile|Makefile|Justfile)\b"
    ))
});
static STORY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^#{2,4} .*?(?:user story|用户故事|ユーザーストーリー)\s*(\d+)\b")
});
static REQUIREMENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*[-*] \*\*(FR-\d{3}[a-z]?)\*\*"));
static ENTITY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[-*] \*\*([^*]+?):?\*\*"));
static OPERATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s+(get|put|post|patch|delete|head|options):\s*$"));
static ROUTE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^\s{2,}["']?(/[^\s"']*)["']?:\s*$"#));
static RPC: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*rpc\s+(\w+)\s*\("));
static BRANCH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([\s│|]*(?:[├└]─*|[|+`]--+)?\s*)(\S+)"));

/// Paths of files in a line; links and single names of libraries (`Node.js`) are none.
fn paths(line: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for hit in PATH.find_iter(line) {
        let before = line[..hit.start()].chars().next_back();
        let behind = line[hit.end()..].chars().next();
        let bounded = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '*' | ':'))
            && !behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '/' | '*'));
        let path = hit
            .as_str()
            .trim_start_matches("./")
            .trim_start_matches('/');
        let path = path.trim_start_matches(['(', '[']);
        let library = !path.contains('/')
            && std::path::Path::new(path)
                .extension()
                .is_some_and(|it| it == "js")
            && path.starts_with(|c: char| c.is_ascii_uppercase());
        if bounded && !library && !path.starts_with("..") && !is_document(path) {
            found.insert(path.to_owned());
        }
    }
    found
}

/// Whether a path is that of one of the feature's own documents.
fn is_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.split('/')
        .any(|name| matches!(name, "specs" | ".specify"))
        || path.starts_with("contracts/")
        || path.starts_with("checklists/")
        || !path.contains('/')
            && matches!(
                name,
                "spec.md"
                    | "plan.md"
                    | "tasks.md"
                    | "research.md"
                    | "data-model.md"
                    | "quickstart.md"
            )
}

/// Whether a path is, or ends like, another: `src/a.rs` is `app/src/a.rs`.
pub(super) fn same(one: &str, other: &str) -> bool {
    let ends = |whole: &str, end: &str| {
        whole
            .strip_suffix(end)
            .is_some_and(|head| head.is_empty() || head.ends_with('/'))
    };
    ends(one, other) || other.len() > one.len() && one.contains('/') && ends(other, one)
}

/// Whether a file is one of tests.
pub(super) fn is_test(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.split(['/', '.', '_', '-']).any(|part| {
        matches!(
            part,
            "test" | "tests" | "spec" | "specs" | "e2e" | "__tests__"
        )
    }) || path
        .split('/')
        .any(|part| part.ends_with("Tests") || part.ends_with(".Tests"))
}

/// Stories of a spec, as labels name them.
pub(super) fn stories(spec: &str) -> BTreeSet<String> {
    let lines = spec.lines().filter_map(|line| STORY.captures(line));
    lines.map(|found| format!("US{}", &found[1])).collect()
}

/// Ids of functional requirements.
pub(super) fn requirements(spec: &str) -> BTreeSet<String> {
    let lines = spec.lines().filter_map(|line| REQUIREMENT.captures(line));
    lines.map(|found| found[1].to_owned()).collect()
}

/// Whether a text cites an id as a word of its own.
pub(super) fn cites(text: &str, id: &str) -> bool {
    text.match_indices(id).any(|(at, _)| {
        let behind = text[at + id.len()..].chars().next();
        !behind.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

/// Names below `Key Entities` of a spec, or below `Entity: ...` headings of a data model.
pub(super) fn entities(spec: &str, model: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in spec.lines() {
        if line.starts_with('#') {
            inside = line.to_lowercase().contains("key entities");
        } else if let Some(name) = ENTITY.captures(line).filter(|_| inside) {
            let name = name[1].trim_matches(['`', ' ']);
            let open = name.contains('[');
            found.extend((!open).then(|| name.to_owned()));
        }
    }
    for line in model.lines() {
        let heading = line.trim_start_matches('#').trim();
        if line.starts_with("##")
            && let Some(name) = heading.strip_prefix("Entity: ")
        {
            found.insert(name.trim_matches(['`', ' ']).to_owned());
        }
    }
    found
}

/// `GET /lockers`, and procedures of protobuf, in the contracts of a feature.
pub(super) fn operations(dir: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let ending = path
            .extension()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        if ending == "proto" {
            let calls = text.lines().filter_map(|line| RPC.captures(line));
            found.extend(calls.map(|call| call[1].to_owned()));
        }
        if !matches!(ending, "yaml" | "yml") || !text.contains("openapi") {
            continue;
        }
        let mut route = None;
        for line in text.lines() {
            if let Some(found) = ROUTE.captures(line) {
                route = Some(found[1].to_owned());
            } else if !line.starts_with(' ') && !line.trim().is_empty() {
                route = None;
            } else if let (Some(route), Some(verb)) = (&route, OPERATION.captures(line)) {
                found.insert(format!("{} {route}", verb[1].to_uppercase()));
            }
        }
    }
    found
}

/// Files that the trees of a plan draw.
pub(super) fn drawn(plan: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, block) in plan.split("```").enumerate() {
        if at % 2 == 0 || !(block.contains('├') || block.contains('└')) {
            continue;
        }
        let mut above: Vec<(usize, String)> = Vec::new();
        for line in block.lines().skip(1) {
            let Some(parts) = BRANCH.captures(line) else {
                continue;
            };
            let (column, name) = (parts[1].chars().count(), parts[2].to_owned());
            above.retain(|(other, _)| *other < column);
            let names: Vec<&str> = above
                .iter()
                .map(|(_, name)| name.trim_matches('/'))
                .collect();
            let whole = names
                .into_iter()
                .chain([name.as_str()])
                .collect::<Vec<_>>()
                .join("/");
            if !name.ends_with('/') {
                found.extend(
                    paths(&whole)
                        .into_iter()
                        .filter(|it| it.len() == whole.len()),
                );
            }
            above.push((column, name));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{List, drawn, operations, same};

    #[test]
    fn tasks_name_files_phases_and_stories() {
        let list = List::of(
            "## Phase 1\n\n- [ ] T001 [P] Create `src/a.rs` and ./b/[id].tsx (see spec.md)\n  in lib/c.py\n\n\
             ## Phase 2\n\n- [x] T002 [US1] Use Node.js [NEEDS CLARIFICATION: which file in src/x.rs?]\n",
        );
        let paths: Vec<String> = list.paths().into_iter().collect();
        assert_eq!(paths, ["b/[id].tsx", "lib/c.py", "src/a.rs"]);
        assert!(list.tasks[0].parallel && !list.tasks[1].parallel);
        assert!(list.tasks[1].asks && list.tasks[1].stories.contains("US1"));
        assert_ne!(list.tasks[0].phase, list.tasks[1].phase);
    }

    #[test]
    fn paths_are_the_same_by_their_ends() {
        assert!(same("app/src/a.rs", "src/a.rs"));
        assert!(same("src/a.rs", "app/src/a.rs"));
        assert!(same("src/a.rs", "a.rs"));
        assert!(!same("a.rs", "src/a.rs"));
        assert!(!same("src/ba.rs", "a.rs"));
    }

    #[test]
    fn trees_are_read_by_their_columns() {
        let tree = "```text\nshop/\n├── src/\n│   ├── a.rs  # why\n│   └── deep/\n│       └── b.rs\n└── c.toml\n```\n";
        let found: Vec<String> = drawn(tree).into_iter().collect();
        assert_eq!(
            found,
            ["shop/c.toml", "shop/src/a.rs", "shop/src/deep/b.rs"]
        );
    }

    #[test]
    fn contracts_name_operations() {
        let dir = tempfile::TempDir::new().expect("a directory");
        let yaml = "openapi: 3.0.0\npaths:\n  /lockers:\n    get:\n      x: 1\n    post:\n      x: 1\ncomponents:\n  get:\n";
        std::fs::write(dir.path().join("api.yaml"), yaml).expect("written");
        let found: Vec<String> = operations(dir.path()).into_iter().collect();
        assert_eq!(found, ["GET /lockers", "POST /lockers"]);
    }
}
