//! What holds for every Kiro document: nothing panics, every range covers what it claims, and line breaks or a byte
//! order mark change nothing.

#[path = "holds/kiro.rs"]
mod holds;

use documents::{DocumentKind, read};
use holds::{KIRO, holds, said};
use proptest::prelude::*;

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
    prop::sample::select(KIRO.to_vec())
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
            holds(&read, &other);
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
        holds(&read, &marked);
        prop_assert_eq!(said(&read, &marked), said(&plain, &text));
    }
}
