//! What holds for every text: nothing panics, every range covers what it claims, and line breaks or a
//! byte order mark change nothing.

use documents::{Document, DocumentKind, GateState, Item, ItemKind, read};
use proptest::prelude::*;
use text::TextRange;

const KINDS: [DocumentKind; 24] = [
    DocumentKind::Spec,
    DocumentKind::Plan,
    DocumentKind::Tasks,
    DocumentKind::Research,
    DocumentKind::DataModel,
    DocumentKind::Quickstart,
    DocumentKind::Checklist,
    DocumentKind::Contract,
    DocumentKind::ContractData,
    DocumentKind::ContractGraphql,
    DocumentKind::ContractProto,
    DocumentKind::AgentContext,
    DocumentKind::Registry,
    DocumentKind::Preset,
    DocumentKind::Constitution,
    DocumentKind::Other,
    DocumentKind::OpenSpecCapability,
    DocumentKind::OpenSpecDelta,
    DocumentKind::OpenSpecProposal,
    DocumentKind::OpenSpecDesign,
    DocumentKind::OpenSpecTasks,
    DocumentKind::OpenSpecChange,
    DocumentKind::OpenSpecConfig,
    DocumentKind::OpenSpecSchema,
];

/// Pieces of real documents, and what breaks readers.
const PIECES: &[&str] = &[
    "## Purpose\n",
    "TBD - created by archiving change x. Update Purpose after archive.\n",
    "## Requirements\n",
    "### Requirement: Login ###\n",
    "###requirement: 登録 😀\n",
    "The system SHALL work.\n",
    "#### Scenario: Wrong password\n",
    "- **WHEN** a\n- **THEN** b\n",
    "## ADDED Requirements\n",
    "## modified requirements\n",
    "## REMOVED Requirements\n- `### Requirement: Login`\n",
    "## RENAMED Requirements\n",
    "- FROM: `### Requirement: A`\n",
    "- TO: `### Requirement: B`\n",
    "## 1. Setup\n",
    "- [ ] 1.1 Do it\n  - see `src/a.rs`\n",
    "1) [~] 2.1b Do it\n",
    "skip_specs: true\n",
    "schema: \"spec-driven\"\n",
    "- Q: which? → A: this\n",
    "- [ ] T042 Do it per FR-003 (missing)\n",
    "## Edge Cases\n",
    "## Decision 2: Storage\n",
    "### Rationale\n",
    "**Decision**: x\n",
    "- **Rationale:**\n",
    "Alternatives considered: `y`\n",
    "## User (new)\n",
    "### Entity: Ünit\n",
    "| Field | Type |\n|---|---|\n| `id` | **UUID** |\n",
    "**Fields**:\n",
    "- `total` (decimal): sum\n",
    "**States**:\n- **draft** 😀\n",
    "## Core Principles\n",
    "### IV. Simplicity (NON-NEGOTIABLE)\n",
    "### [PRINCIPLE_1_NAME]\n",
    "**Version**: 1.0.0 | **Ratified**: 2026-01-01 | **Last Amended**: TODO(X)\n",
    "## Constitution Check\n",
    "### Post-Design Re-check — PASS\n",
    "| Principle | Status | Notes |\n|---|---|---|\n",
    "| I. Simplicity | ✅ PASS | x |\n",
    "| II. 原則 | ⚠️ | `a|b` |\n",
    "- [x] **Simplicity**: N/A",
    "**III. Tests**: VIOLATION (justified)",
    "## Complexity Tracking\n",
    "| A | B | C |\n|---|---|---|\n",
    "| 4th project | need | \\| |\n",
    "- [ ] CHK001 Is it? [Gap, Spec §FR-001] [Clarity]",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    "# ",
    "## ",
    "### ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "| ",
    " | ",
    "---\n",
    "===\n",
    "```\n",
    "~~~",
    "<!-- ",
    " -->",
    "<details>",
    "**",
    "__",
    "`",
    "~~",
    "\\",
    "[",
    "]",
    "(",
    ")",
    ":",
    "：",
    "—",
    "–",
    "…",
    "[ ] ",
    "[x] ",
    "[X] ",
    "[-] ",
    "［x］",
    "[] ",
    "[P] ",
    "[US1] ",
    "\\[P\\] ",
    "[US1, US2] ",
    "T001",
    "T-002",
    "T1.2",
    "T034k",
    "**T003**",
    "**T004 [P]**",
    "TXXX",
    "FR-001",
    "**FR-002**: ",
    "- **FR-003**: System MUST ",
    "FR-1.1",
    "FR-016f",
    "**SC-001**: ",
    "NFR-2",
    "FR-A1",
    "FR-005/006/007",
    "T004-T007",
    "CHK001",
    "UTF-8",
    "FR-００１",
    "## Phase 3: User Story 1 - Title (Priority: P1) 🎯 MVP\n",
    "## Phase N: Polish\n",
    "## フェーズ３: ユーザーストーリー１ - 題\n",
    "## 第3阶段：实现\n",
    "### User Story 1 - Title (Priority: P1)\n",
    "### US-2: Title (P0)\n",
    "### ユーザーストーリー 3 - 題（優先度: P1）\n",
    "### 用户故事 4 - 标题（优先级：P2）\n",
    "### User Story A — Title\n",
    "**Acceptance Scenarios**:\n",
    "**Given** a, **When** b, **Then** c",
    "## Requirements *(mandatory)*\n",
    "### Key Entities\n",
    "## Success Criteria\n",
    "**User**: a person",
    "## Dependencies\n",
    "**Branch**: `x` | **Date**: [DATE] | ",
    "[NEEDS CLARIFICATION: how?]",
    "[NEEDS CLARIFICATION]",
    "NEEDS CLARIFICATION",
    "[FEATURE NAME]",
    "$ARGUMENTS",
    "[e.g., ",
    "src/a/__init__.py",
    "`Session::new()`",
    "docs/読む.md",
    "日本語",
    "é",
    "🎯",
    "\u{0}",
    "\u{3000}",
    "\u{2028}",
    "\u{85}",
    "word",
    "Word.",
    "description: x\n",
    "title",
];

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

fn kind() -> impl Strategy<Value = DocumentKind> {
    prop::sample::select(KINDS.to_vec())
}

fn cut(text: &str, range: TextRange) -> Result<&str, TestCaseError> {
    text.get(usize::from(range.start())..usize::from(range.end()))
        .ok_or_else(|| TestCaseError::fail(format!("{range:?} does not lie in the text")))
}

fn ascending(ranges: impl Iterator<Item = TextRange>) -> bool {
    let starts: Vec<_> = ranges.map(TextRange::start).collect();
    starts.is_sorted()
}

fn holds(document: &Document, text: &str) -> Result<(), TestCaseError> {
    for section in &document.sections {
        cut(text, section.title_range)?;
        let heading = cut(text, section.heading)?;
        prop_assert!(!heading.ends_with(['\n', '\r']));
        prop_assert!(cut(text, section.range)?.starts_with(heading));
        if let Some(parent) = section.parent {
            let parent = &document.sections[parent as usize];
            prop_assert!(
                parent.level < section.level && parent.range.contains_range(section.range)
            );
        }
    }
    for meta in &document.metas {
        prop_assert_eq!(cut(text, meta.key_range)?, meta.key.as_str());
        let value = cut(text, meta.value_range)?;
        prop_assert_eq!(value.trim(), value);
    }
    for item in &document.items {
        item_holds(document, item, text)?;
    }
    for mention in &document.mentions {
        prop_assert!(!cut(text, mention.range)?.is_empty());
        let inside = |range: &TextRange| {
            range
                .intersect(mention.range)
                .is_some_and(|both| !both.is_empty())
        };
        prop_assert!(!document.opaque.iter().any(inside));
    }
    for path in &document.paths {
        prop_assert!(!cut(text, path.range)?.is_empty());
    }
    for span in &document.code_spans {
        prop_assert_eq!(cut(text, span.range)?, span.text.as_str());
    }
    for placeholder in &document.placeholders {
        prop_assert!(!cut(text, placeholder.range)?.is_empty());
    }
    for clarification in &document.clarifications {
        prop_assert!(cut(text, clarification.range)?.contains("CLARIFICATION"));
        cut(text, clarification.question)?;
        prop_assert!(clarification.range.contains_range(clarification.question));
    }
    for range in &document.opaque {
        prop_assert!(!cut(text, *range)?.is_empty());
    }
    governance_holds(document, text)?;
    sessions_hold(document, text)?;
    prop_assert!(ascending(document.sections.iter().map(|each| each.heading)));
    prop_assert!(ascending(document.items.iter().map(|each| each.range)));
    prop_assert!(ascending(document.mentions.iter().map(|each| each.range)));
    prop_assert!(ascending(document.paths.iter().map(|each| each.range)));
    prop_assert!(ascending(document.code_spans.iter().map(|each| each.range)));
    prop_assert!(ascending(
        document.placeholders.iter().map(|each| each.range)
    ));
    prop_assert!(ascending(
        document.clarifications.iter().map(|each| each.range)
    ));
    prop_assert!(ascending(document.opaque.iter().copied()));
    Ok(())
}

/// What only items of one kind have stands in them, and every such item has it.
fn governance_holds(document: &Document, text: &str) -> Result<(), TestCaseError> {
    let item = |index: u32, kind: ItemKind| -> Result<&Item, TestCaseError> {
        let item = &document.items[index as usize];
        prop_assert_eq!(item.kind, kind);
        prop_assert!(!item.id.is_empty() || kind == ItemKind::ChecklistItem);
        Ok(item)
    };
    let many = |kind: ItemKind| document.items_of(kind).count();
    prop_assert_eq!(document.principles.len(), many(ItemKind::Principle));
    prop_assert_eq!(document.gates.len(), many(ItemKind::Gate));
    prop_assert_eq!(document.violations.len(), many(ItemKind::Violation));
    for each in &document.principles {
        let item = item(each.item, ItemKind::Principle)?;
        prop_assert!(!each.name.is_empty());
        if let Some(firm) = each.non_negotiable {
            prop_assert!(item.range.contains_range(firm));
            prop_assert!(cut(text, firm)?.ends_with([')', '）', ']']));
        }
    }
    for each in &document.gates {
        let item = item(each.item, ItemKind::Gate)?;
        prop_assert_eq!(
            each.state == GateState::Unstated,
            each.state_range.is_none()
        );
        if let Some(range) = each.state_range {
            prop_assert!(!cut(text, range)?.is_empty());
            prop_assert!(item.range.contains_range(range), "{:?} {:?}", item, each);
        }
    }
    for each in &document.violations {
        let item = item(each.item, ItemKind::Violation)?;
        for range in [each.why, each.rejected] {
            prop_assert_eq!(cut(text, range)?.trim(), cut(text, range)?);
            prop_assert!(item.range.contains_range(range));
        }
    }
    prop_assert_eq!(document.decisions.len(), many(ItemKind::Decision));
    for each in &document.decisions {
        let item = item(each.item, ItemKind::Decision)?;
        for range in [each.decision, each.rationale, each.alternatives]
            .into_iter()
            .flatten()
        {
            prop_assert_eq!(cut(text, range)?.trim(), cut(text, range)?);
            prop_assert!(
                item.range.contains_range(range) || range.is_empty(),
                "{:?} {:?}",
                item,
                each
            );
        }
    }
    for each in &document.entities {
        let item = item(each.item, ItemKind::Entity)?;
        for field in &each.fields {
            prop_assert_eq!(cut(text, field.name_range)?, field.name.as_str());
            prop_assert!(item.range.contains_range(field.range));
            prop_assert!(field.range.contains_range(field.name_range));
            if let Some(range) = field.type_range {
                prop_assert!(!cut(text, range)?.is_empty() && field.range.contains_range(range));
            }
        }
        for range in each.relationships.iter().chain(&each.states) {
            prop_assert!(!cut(text, *range)?.is_empty() && item.range.contains_range(*range));
        }
    }
    for each in &document.checks {
        let item = item(each.item, ItemKind::ChecklistItem)?;
        prop_assert!(!each.marks.is_empty());
        for range in &each.marks {
            prop_assert!(!cut(text, *range)?.is_empty() && item.range.contains_range(*range));
        }
    }
    if let Some(version) = &document.version {
        for meta in [
            Some(&version.version),
            version.ratified.as_ref(),
            version.amended.as_ref(),
        ]
        .into_iter()
        .flatten()
        {
            prop_assert_eq!(cut(text, meta.key_range)?, meta.key.as_str());
            cut(text, meta.value_range)?;
        }
    }
    Ok(())
}

/// Answers and gaps stand where they say.
fn sessions_hold(document: &Document, text: &str) -> Result<(), TestCaseError> {
    for each in &document.answered {
        prop_assert!(!cut(text, each.question)?.is_empty() && !cut(text, each.answer)?.is_empty());
        prop_assert!(each.range.contains_range(each.question.cover(each.answer)));
        prop_assert!(each.question.end() < each.answer.start());
    }
    for each in &document.gaps {
        let item = &document.items[each.item as usize];
        prop_assert_eq!(item.kind, ItemKind::Task);
        prop_assert!(!cut(text, each.source)?.is_empty());
        prop_assert!(
            item.range
                .contains_range(each.source.cover(each.kind_range)),
            "{:?} {:?}",
            item,
            each
        );
    }
    Ok(())
}

fn item_holds(document: &Document, item: &Item, text: &str) -> Result<(), TestCaseError> {
    let whole = cut(text, item.range)?;
    prop_assert!(!whole.is_empty());
    // U+0085 is a blank to Unicode and none to OpenSpec's tool.
    let blank = |c: char| c.is_whitespace() && c != '\u{85}';
    prop_assert_eq!(whole.trim_end_matches(blank), whole);
    prop_assert!(item.range.contains_range(item.id_range), "{:?}", item);
    prop_assert!(item.range.contains_range(item.title_range), "{:?}", item);
    prop_assert!(
        item.id_range.end() <= item.title_range.start(),
        "{:?}",
        item
    );
    let title = cut(text, item.title_range)?;
    prop_assert!(!title.contains(['\n', '\r']));
    let id = cut(text, item.id_range)?;
    let is_openspec = document
        .kind
        .is_some_and(|kind| kind >= DocumentKind::OpenSpecCapability);
    match item.kind {
        _ if is_openspec => prop_assert_eq!(id, item.id.as_str()),
        ItemKind::Requirement
        | ItemKind::SuccessCriterion
        | ItemKind::Task
        | ItemKind::ChecklistItem
            if !item.id.is_empty() =>
        {
            let read = grammar::leading_id(id, text::TextSize::new(0))
                .map(|read| (read.key, read.range.len()));
            prop_assert_eq!(read, Some((item.id.clone(), item.id_range.len())));
        }
        ItemKind::Entity => prop_assert_eq!(
            id.split_whitespace().collect::<Vec<_>>().join(" "),
            item.id.as_str()
        ),
        ItemKind::Story => {
            let last = item.id.chars().last().unwrap_or(' ');
            prop_assert!(item.id.starts_with("US") && (id.ends_with(last) || !id.is_ascii()));
        }
        ItemKind::Scenario => prop_assert!(item.id.starts_with("AC")),
        _ => {}
    }
    if let Some(parent) = item.parent {
        let parent = &document.items[parent as usize];
        prop_assert!(
            parent.range.contains_range(item.range),
            "{:?} in {:?}",
            item,
            parent
        );
        prop_assert!(matches!(
            parent.kind,
            ItemKind::Story | ItemKind::Phase | ItemKind::Requirement
        ));
    }
    if let Some(task) = &item.task {
        cut(text, task.state_range)?;
        let checkbox = cut(text, task.checkbox_range)?;
        if !task.missing_checkbox {
            prop_assert!(checkbox.ends_with([']', '］']) && whole.starts_with(checkbox));
            prop_assert!(task.checkbox_range.contains_range(task.state_range));
        }
        if let Some(parallel) = task.parallel {
            let written = cut(text, parallel)?;
            prop_assert!(written.contains(['P', 'Ｐ']) && written.ends_with([']', '］', '】']));
        }
        for label in &task.stories {
            prop_assert!(cut(text, label.range)?.ends_with([']', '］', '】']));
        }
    }
    Ok(())
}

/// What an item says, wherever it stands.
fn said(document: &Document, text: &str) -> Vec<(ItemKind, String, String, Option<u32>)> {
    let item = |item: &Item| {
        (
            item.kind,
            item.id.to_string(),
            text::slice(text, item.title_range).to_owned(),
            item.parent,
        )
    };
    document.items.iter().map(item).collect()
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
    fn known_lines_change_nothing(kind in kind(), texts in proptest::collection::vec(document(), 1..4)) {
        let mut known = documents::KnownLines::default();
        for text in texts.iter().chain(&texts) {
            prop_assert_eq!(documents::read_again(kind, text, &mut known), read(kind, text));
            // One line more before all others.
            let moved = format!("see FR-002\n\n{text}");
            prop_assert_eq!(documents::read_again(kind, &moved, &mut known), read(kind, &moved));
        }
    }

    #[test]
    fn line_breaks_change_nothing(kind in kind(), text in document()) {
        let unix = read(kind, &text);
        for line_break in ["\r\n", "\r"] {
            let other = text.replace('\n', line_break);
            let read = read(kind, &other);
            holds(&read, &other)?;
            prop_assert_eq!(said(&read, &other), said(&unix, &text));
            let keys = |document: &Document| document.mentions.iter().map(|mention| mention.key.clone()).collect::<Vec<_>>();
            prop_assert_eq!(keys(&read), keys(&unix));
        }
    }

    #[test]
    fn a_byte_order_mark_only_shifts(kind in kind(), text in document()) {
        let plain = read(kind, &text);
        let marked = format!("\u{feff}{text}");
        let read = read(kind, &marked);
        holds(&read, &marked)?;
        prop_assert_eq!(said(&read, &marked), said(&plain, &text));
        for (marked, plain) in read.items.iter().zip(&plain.items) {
            prop_assert_eq!(marked.range, plain.range + text::TextSize::new(3));
        }
    }
}
