//! What holds for every Kiro document: nothing panics, every range covers what it claims, and line breaks or a byte
//! order mark change nothing.

use documents::{Document, DocumentKind, Item, ItemKind, read};
use proptest::prelude::*;
use text::TextRange;

const KINDS: [DocumentKind; 6] = [
    DocumentKind::KiroRequirements,
    DocumentKind::KiroBugfix,
    DocumentKind::KiroDesign,
    DocumentKind::KiroTasks,
    DocumentKind::KiroConfig,
    DocumentKind::Steering,
];

/// Pieces of real documents, and what breaks readers.
const PIECES: &[&str] = &[
    "### Requirement 2: Login\n",
    "### 需求 １：登录\n",
    "### 要件3-bis: x\n",
    "## Requirements\n",
    "### 1. Title\n",
    "#### Acceptance Criteria\n",
    "**验收标准**：\n",
    "1. WHEN a, THE Session_Store SHALL b\n",
    "3. IF 😀 THEN THE `User_Id` SHALL c\n",
    "1. 2.3 THE x SHALL y\n",
    "- 2.1 text\n",
    "2.3 WHEN x\n",
    "- [ ] 1．x\n",
    "- [x] １．２）x\n",
    "1、x\n",
    "1.10 WHEN x THEN y\n",
    "### Current Behavior (Defect)\n",
    "## Glossary\n",
    "- **Session_Store**: 会话\n",
    "| **Term** | Definition |\n|---|---|\n| `A_b` | x |\n",
    "### Property 3: Round trip\n",
    "## Correctness Properties\n",
    "**Property 4: x**\n",
    "**Validates: Requirements 1.2, 3.4-3.6**\n",
    "#[[file:docs/a b.md]]",
    "| Requirement | Summary |\n|---|---|\n| 1.1, 1.2–1.4 | x |\n",
    "| Requirements | 3.1, 3.2 |\n",
    "- [-] 1. Do\n",
    "  - [~]* 1.2 Do (P)\n",
    "- [ ] 1.3* **x**\n",
    "- [x] **1.4** (P) y\n",
    "- [ ] no number\n",
    "    - _Requirements: 1.1, 2.3〜2.5；3_\n",
    "  - _需求:_ 1.1、1.2\n",
    "  - _Depends: 1.2_\n",
    "  - _Boundary: `Api`_\n",
    "### [x] 1.2 Title\n",
    "## タスク 1: x\n",
    "- **Property 3: Round\n",
    "```json\n{ \"waves\": [ {\"id\": 0, \"tasks\": [\"1.1\", \"1.2*\", 3",
    "]}]}\n```\n",
    "Feature: login, Property 3: T",
    ".kiro/specs/login",
    "---\ninclusion: fileMatch\nfileMatchPattern: [\"*.rs\", 'a']\n---\n",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "## ",
    "- ",
    "1. ",
    "> ",
    "| ",
    "```\n",
    "<!-- ",
    " -->",
    "**",
    "_",
    "`",
    "[",
    "]",
    "(",
    ")",
    ":",
    "：",
    ",",
    "1.1",
    "２.３",
    "Requirement ",
    "日本語",
    "é",
    "🎯",
    "\u{0}",
    "\u{3000}",
    "\u{2028}",
    "{\"phase\": \"x\", \"approvals\": {\"design\": {\"approved\": true}}}",
];

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..50).prop_map(|pieces| pieces.concat())
}

fn kind() -> impl Strategy<Value = DocumentKind> {
    prop::sample::select(KINDS.to_vec())
}

fn cut(text: &str, range: TextRange) -> Result<&str, TestCaseError> {
    text.get(usize::from(range.start())..usize::from(range.end()))
        .ok_or_else(|| TestCaseError::fail(format!("{range:?} does not lie in the text")))
}

fn digits(written: &str) -> String {
    written
        .chars()
        .map(grammar::folded)
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect()
}

fn item_holds(document: &Document, item: &Item, text: &str) -> Result<(), TestCaseError> {
    let whole = cut(text, item.range)?;
    prop_assert!(!whole.is_empty() && whole.trim_end() == whole, "{:?}", item);
    prop_assert!(item.range.contains_range(item.id_range), "{:?}", item);
    prop_assert!(item.range.contains_range(item.title_range), "{:?}", item);
    prop_assert!(
        item.id_range.end() <= item.title_range.start(),
        "{:?}",
        item
    );
    prop_assert!(!cut(text, item.title_range)?.contains(['\n', '\r']));
    let id = cut(text, item.id_range)?;
    match item.kind {
        ItemKind::Task => prop_assert_eq!(digits(id), digits(&item.id)),
        ItemKind::Property => prop_assert!(digits(id).ends_with(&digits(&item.id))),
        ItemKind::Term => prop_assert_eq!(id, item.id.as_str()),
        ItemKind::Requirement | ItemKind::Criterion => prop_assert!(!item.id.is_empty()),
        _ => prop_assert!(false, "{:?} in a Kiro document", item.kind),
    }
    if let Some(parent) = item.parent {
        let parent = &document.items[parent as usize];
        let kinds = (parent.kind, item.kind);
        prop_assert!(matches!(
            kinds,
            (ItemKind::Requirement, ItemKind::Criterion) | (ItemKind::Task, ItemKind::Task)
        ));
    }
    if let Some(task) = &item.task {
        cut(text, task.state_range)?;
        let checkbox = cut(text, task.checkbox_range)?;
        prop_assert!(task.missing_checkbox || checkbox.ends_with([']', '］']));
        if let Some(parallel) = task.parallel {
            prop_assert!(cut(text, parallel)?.ends_with([')', '）']));
        }
    }
    Ok(())
}

fn holds(document: &Document, text: &str) -> Result<(), TestCaseError> {
    for item in &document.items {
        item_holds(document, item, text)?;
    }
    let mentions = &document.mentions;
    prop_assert!(mentions.is_sorted_by_key(|each| each.range.start()));
    for each in mentions {
        let written = cut(text, each.range)?;
        prop_assert!(!written.is_empty());
        if each.kind == grammar::IdKind::Criterion && each.written && !each.in_range {
            prop_assert_eq!(digits(written), digits(&each.key));
        }
    }
    let kiro = &document.kiro;
    for field in &kiro.fields {
        prop_assert!(cut(text, field.range)?.contains(|c| grammar::folded(c).is_ascii_digit()));
    }
    for each in &kiro.term_uses {
        prop_assert_eq!(cut(text, each.range)?, each.term.as_str());
    }
    for each in &kiro.labels {
        cut(text, each.range.cover(each.title))?;
    }
    for each in &kiro.optional {
        prop_assert_eq!(cut(text, each.range)?, "*");
        prop_assert_eq!(document.items[each.item as usize].kind, ItemKind::Task);
    }
    for each in &kiro.boundaries {
        prop_assert_eq!(cut(text, each.name.range)?, each.name.text.as_str());
    }
    for task in kiro.waves.iter().flat_map(|wave| &wave.tasks) {
        prop_assert!(cut(text, task.range)?.starts_with(task.id.as_str()));
    }
    for link in &document.hyperlinks {
        cut(text, link.range)?;
    }
    for each in &document.dependencies {
        prop_assert!(each.task != each.on);
        cut(text, each.range)?;
    }
    Ok(())
}

/// What a document says, wherever it stands.
fn said(document: &Document, text: &str) -> Vec<String> {
    let items = document.items.iter().map(|item| {
        let title = text::slice(text, item.title_range);
        format!("{:?} {} {title} {:?}", item.kind, item.id, item.parent)
    });
    let mentions = document.mentions.iter().map(|each| each.key.to_string());
    let kiro = &document.kiro;
    let counts = format!(
        "{:?} {} {} {} {:?} {:?}",
        kiro.disputed,
        kiro.fields.len(),
        kiro.optional.len(),
        kiro.boundaries.len(),
        kiro.waves
            .iter()
            .map(|wave| wave.tasks.len())
            .collect::<Vec<_>>(),
        kiro.inclusion,
    );
    items.chain(mentions).chain([counts]).collect()
}

proptest! {
    #[test]
    fn any_string_is_read(kind in kind(), text in ".*") {
        holds(&read(kind, &text), &text)?;
    }

    #[test]
    fn any_document_is_read(kind in kind(), text in document()) {
        holds(&read(kind, &text), &text)?;
    }

    #[test]
    fn known_lines_change_nothing(kind in kind(), texts in prop::collection::vec(document(), 1..4)) {
        let mut known = documents::KnownLines::default();
        for text in texts.iter().chain(&texts) {
            prop_assert_eq!(documents::read_again(kind, text, &mut known), read(kind, text));
        }
    }

    #[test]
    fn line_breaks_change_nothing(kind in kind(), text in document()) {
        let unix = read(kind, &text);
        for line_break in ["\r\n", "\r"] {
            let other = text.replace('\n', line_break);
            let read = read(kind, &other);
            holds(&read, &other)?;
            if kind != DocumentKind::Steering || line_break == "\r\n" {
                prop_assert_eq!(said(&read, &other), said(&unix, &text));
            }
        }
    }

    #[test]
    fn a_byte_order_mark_only_shifts(kind in kind(), text in document()) {
        let plain = read(kind, &text);
        let marked = format!("\u{feff}{text}");
        let read = read(kind, &marked);
        holds(&read, &marked)?;
        prop_assert_eq!(said(&read, &marked), said(&plain, &text));
    }
}
