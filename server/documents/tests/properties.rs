//! What holds for every text: nothing panics, every range covers what it claims, and line breaks or a
//! byte order mark change nothing.

#[path = "holds/documents.rs"]
mod holds;

use documents::{Document, DocumentKind, read};
use holds::{OPENSPEC, SPECKIT, holds, said};
use proptest::prelude::*;

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
    prop::sample::select([SPECKIT.as_slice(), &OPENSPEC].concat())
}

proptest! {
    #[test]
    fn any_string_is_read(kind in kind(), text in ".*") {
        holds(&read(kind, &text), &text);
    }

    #[test]
    fn any_document_is_read(kind in kind(), text in document()) {
        holds(&read(kind, &text), &text);
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
            holds(&read, &other);
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
        holds(&read, &marked);
        prop_assert_eq!(said(&read, &marked), said(&plain, &text));
        for (marked, plain) in read.items.iter().zip(&plain.items) {
            prop_assert_eq!(marked.range, plain.range + text::TextSize::new(3));
        }
    }
}
