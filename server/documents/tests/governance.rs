//! Constitutions, the gates of plans, and checklists.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{Document, DocumentKind, Meta, read};
use expect_test::{Expect, expect};
use std::fmt::Write;
use text::slice;

fn principles(text: &str) -> String {
    let document = read(DocumentKind::Constitution, text);
    let mut shown = String::new();
    for each in &document.principles {
        let item = &document.items[each.item as usize];
        let firm = each.non_negotiable.map_or("", |range| slice(text, range));
        writeln!(
            shown,
            "{:?} <{}> <{}> {} {firm}",
            each.number,
            slice(text, item.id_range),
            slice(text, item.title_range),
            each.name
        )
        .unwrap();
    }
    if let Some(version) = &document.version {
        let value = |meta: &Meta| slice(text, meta.value_range).to_owned();
        let dates = [&version.ratified, &version.amended].map(|meta| meta.as_ref().map(value));
        writeln!(shown, "{} {dates:?}", value(&version.version)).unwrap();
    }
    shown
}

fn plan(text: &str) -> (Document, String) {
    let document = read(DocumentKind::Plan, text);
    let mut shown = String::new();
    for each in &document.gates {
        let item = &document.items[each.item as usize];
        let said = each.state_range.map_or("", |range| slice(text, range));
        let again = if each.again { " again" } else { "" };
        writeln!(
            shown,
            "{:?} <{}> {} {:?} <{said}>{again}",
            each.number,
            slice(text, item.id_range),
            each.name,
            each.state
        )
        .unwrap();
    }
    for each in &document.violations {
        let item = &document.items[each.item as usize];
        writeln!(
            shown,
            "violation {:?} <{}> <{}> <{}>",
            each.number,
            slice(text, item.id_range),
            slice(text, each.why),
            slice(text, each.rejected)
        )
        .unwrap();
    }
    (document, shown)
}

#[expect(clippy::needless_pass_by_value, reason = "expect! gives a value")]
fn check(shown: &str, expected: Expect) {
    expected.assert_eq(shown);
}

#[test]
fn principles_have_numbers_names_and_remarks() {
    check(
        &principles(
            "\
<!-- Sync Impact Report: 1.0.0 -> 1.1.0 -->
# Shop Constitution
**Version**: 0.9.0 is what the draft had
## Core Principles
### I. Library-First
### II. Test-First (NON-NEGOTIABLE) 🎯
### 3. Small Steps
### **Principle IV: Observability**
### Openness
### [PRINCIPLE_6_NAME]
## VII. Security [MUST]
## Principle 8: Privacy
## Delivery Workflow
### 1. Branches
### I think this is prose
## Governance
**Version**: 1.1.0 | **Ratified**: 2026-01-01 | **Last Amended**: TODO(DATE): unknown
",
        ),
        expect![[r#"
            Some(1) <I> <Library-First> Library-First 
            Some(2) <II> <Test-First> Test-First (NON-NEGOTIABLE)
            Some(3) <3> <Small Steps> Small Steps 
            Some(4) <IV> <Observability> Observability 
            None <Openness> <> Openness 
            Some(7) <VII> <Security> Security 
            Some(8) <8> <Privacy> Privacy 
            1.1.0 [Some("2026-01-01"), Some("TODO(DATE): unknown")]
        "#]],
    );
}

#[test]
fn principles_as_a_list() {
    check(
        &principles(
            "\
## Core Principles
1. **Local first**: nothing leaves the machine.
2. **Plain files (non-negotiable)** — no database.
- **Quiet**
- **[PRINCIPLE_4_NAME]**: [PRINCIPLE_4_DESCRIPTION]
- plain words are no name
",
        ),
        expect![[r#"
            Some(1) <1> <Local first> Local first 
            Some(2) <2> <Plain files> Plain files (non-negotiable)
            None <Quiet> <> Quiet 
        "#]],
    );
}

#[test]
fn principles_in_eight_languages() {
    let cases = [
        (
            "## 基本原則\n### 第一条：簡潔さ（交渉不可）\n\n**バージョン**: 1.0.0 | **制定日**: 2026-01-01 | **最終改訂**: 2026-02-01\n",
            "1 簡潔さ",
            "（交渉不可）",
        ),
        (
            "## 核心原则\n### 第2条 测试优先（不可协商）\n\n**版本**：1.0.0 | **批准日期**：2026-01-01 | **最后修订**：2026-02-01\n",
            "2 测试优先",
            "（不可协商）",
        ),
        (
            "## 핵심 원칙\n### 원칙 3: 단순함 (타협 불가)\n\n**버전**: 1.0.0 | **비준일**: 2026-01-01 | **최종 개정**: 2026-02-01\n",
            "3 단순함",
            "(타협 불가)",
        ),
        (
            "## Principios Fundamentales\n### IV. Sencillez (NO NEGOCIABLE)\n\n**Versión**: 1.0.0 | **Ratificada**: 2026-01-01 | **Última enmienda**: 2026-02-01\n",
            "4 Sencillez",
            "(NO NEGOCIABLE)",
        ),
        (
            "## Princípios\n### Princípio V: Simplicidade (INEGOCIÁVEL)\n\n**Versão**: 1.0.0 | **Ratificada**: 2026-01-01 | **Última alteração**: 2026-02-01\n",
            "5 Simplicidade",
            "(INEGOCIÁVEL)",
        ),
        (
            "## Grundsätze\n### Artikel VI – Einfachheit (nicht verhandelbar)\n\n**Version**: 1.0.0 | **Ratifiziert**: 2026-01-01 | **Zuletzt geändert**: 2026-02-01\n",
            "6 Einfachheit",
            "(nicht verhandelbar)",
        ),
        (
            "## Principes fondamentaux\n### VII. Simplicité (NON NÉGOCIABLE)\n\n**Version** : 1.0.0 | **Ratifiée** : 2026-01-01 | **Dernière modification** : 2026-02-01\n",
            "7 Simplicité",
            "(NON NÉGOCIABLE)",
        ),
    ];
    for (text, name, firm) in cases {
        let document = read(DocumentKind::Constitution, text);
        let [principle] = document.principles.as_slice() else {
            panic!("{text}: {:?}", document.principles);
        };
        assert_eq!(
            format!("{} {}", principle.number.unwrap(), principle.name),
            name
        );
        assert_eq!(slice(text, principle.non_negotiable.unwrap()), firm);
        let version = document.version.unwrap();
        let value = |meta: Meta| slice(text, meta.value_range).to_owned();
        assert_eq!(value(version.version), "1.0.0", "{text}");
        assert_eq!(value(version.ratified.unwrap()), "2026-01-01");
        assert_eq!(value(version.amended.unwrap()), "2026-02-01");
    }
}

#[test]
fn gates_of_every_shape() {
    check(
        &plan(
            "\
# Implementation Plan: X
## Constitution Check
*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*

| Principle | Status | Notes |
|-----------|--------|-------|
| I. Library-First | PASS | one crate |
| **II. Test-First** | ✅ PASS | no violations |
| III. Small Steps | ⚠️ PARTIAL | see below |
| IV. Observability | no | `a | b |
| N/A | - | - |

| # | Gate | Assessment |
|---|------|------------|
| 5 | Security | Tokens are checked first. PASS |
| 6 | Privacy | nothing is stored |

- [x] **Simplicity**: N/A - nothing is built
- [ ] **Docs**: later
- ✅ **VII. Speed**: 3 ms
- ❌ Offline: needs the network
- plain words
- **Evidence**: the PASS of yesterday

**VIII. Care**: VIOLATION (justified below)
**PASS** - all of them
**XI. Order**: the tests come first
**Result**: PASS

### IX. Tests — PASS (nothing new)
- ✅ **Evidence** of a gate
### X. Patience
### Post-Design Re-check
1. ✅ **Library-First**: still so
## Complexity Tracking
| Violation | Why Needed | Simpler Alternative Rejected Because |
|-----------|------------|-------------------------------------|
| [e.g., 4th project] | [current need] | [why 3 projects insufficient] |
| Constitution IV: no logs | `a \\| b` | too slow |
| N/A | - | - |
",
        )
        .1,
        expect![[r#"
            Some(1) <I. Library-First> Library-First Passed <PASS>
            Some(2) <II. Test-First> Test-First Passed <✅>
            Some(3) <III. Small Steps> Small Steps Concern <⚠️>
            Some(4) <IV. Observability> Observability Violated <no>
            None <Security> Security Passed <PASS>
            None <Privacy> Privacy Unstated <>
            None <Simplicity> Simplicity NotApplicable <N/A>
            None <Docs> Docs Open <[ ]>
            Some(7) <VII. Speed> Speed Passed <✅>
            None <Offline> Offline Violated <❌>
            None <Evidence> Evidence Unstated <>
            Some(8) <VIII. Care> Care Concern <VIOLATION>
            Some(9) <IX. Tests> Tests Passed <PASS>
            Some(10) <X. Patience> Patience Unstated <>
            None <Library-First> Library-First Passed <✅> again
            violation Some(4) <Constitution IV: no logs> <`a \| b`> <too slow>
        "#]],
    );
}

#[test]
fn gates_in_eight_languages() {
    let cases = [
        (
            "## 憲章チェック\n\n| 原則 | 判定 | 備考 |\n|---|---|---|\n| I. 簡潔さ | 適合 | x |\n",
            "Passed",
        ),
        (
            "## 宪法检查\n\n| 原则 | 状态 |\n|---|---|\n| I. 简洁 | 违反 |\n",
            "Violated",
        ),
        (
            "## 헌법 점검\n\n| 원칙 | 상태 |\n|---|---|\n| I. 단순함 | 통과 |\n",
            "Passed",
        ),
        (
            "## Verificación de la Constitución\n\n| Principio | Estado |\n|---|---|\n| I. Sencillez | No cumple |\n",
            "Violated",
        ),
        (
            "## Verificação da Constituição\n\n| Princípio | Situação |\n|---|---|\n| I. Simplicidade | Conforme |\n",
            "Passed",
        ),
        (
            "## Verfassungsprüfung\n\n| Prinzip | Status |\n|---|---|\n| I. Einfachheit | Nicht anwendbar |\n",
            "NotApplicable",
        ),
        (
            "## Vérification de la Constitution\n\n| Principe | Statut |\n|---|---|\n| I. Simplicité | En attente |\n",
            "Open",
        ),
    ];
    for (text, state) in cases {
        let document = read(DocumentKind::Plan, text);
        let [gate] = document.gates.as_slice() else {
            panic!("{text}: {:?}", document.gates);
        };
        assert_eq!(
            (gate.number, format!("{:?}", gate.state)),
            (Some(1), state.to_owned())
        );
    }
}

#[test]
fn line_breaks_and_wide_characters_change_no_gate() {
    let text = "## Constitution Check\n\n| Principle | Status |\n|---|---|\n| I. 😀 簡潔 | ✅ PASS |\n\n- [x] **日本語**: ok\n\n## Complexity Tracking\n\n| A | B | C |\n|---|---|---|\n| 四 | 五 | 六 |\n";
    let (_, unix) = plan(text);
    assert_eq!(unix.lines().count(), 3, "{unix}");
    for other in [text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        assert_eq!(plan(&other).1, unix);
    }
}

#[test]
fn a_pristine_plan_and_constitution_say_nothing() {
    let text = "## Constitution Check\n\n*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*\n\n[Gates determined based on constitution file]\n\n## Complexity Tracking\n\n> **Fill ONLY if Constitution Check has violations that must be justified**\n\n| Violation | Why Needed | Simpler Alternative Rejected Because |\n|-----------|------------|-------------------------------------|\n| [e.g., 4th project] | [current need] | [why 3 projects insufficient] |\n";
    assert_eq!(plan(text).1, "");
    let text = "# [PROJECT_NAME] Constitution\n\n## Core Principles\n\n### [PRINCIPLE_1_NAME]\n<!-- Example: I. Library-First -->\n[PRINCIPLE_1_DESCRIPTION]\n\n## Governance\n\n**Version**: [CONSTITUTION_VERSION] | **Ratified**: [RATIFICATION_DATE] | **Last Amended**: [LAST_AMENDED_DATE]\n";
    let document = read(DocumentKind::Constitution, text);
    assert!(document.principles.is_empty());
    assert_eq!(document.placeholders.len(), 6);
}

#[test]
fn checklist_items_say_what_they_look_at() {
    let text = "\
## Completeness
- [ ] CHK001 - Are all defined? [Completeness, Spec §FR-001, §FR-010a]
- [x] CHK002 Is it clear? [Clarity] [Gap]
- [ ] CHK003 Wrapped over
  two lines [Coverage]
- [ ] CHK004 Nothing `[here]`
- [ ] CHK005 A [link](x)
";
    let document = read(DocumentKind::Checklist, text);
    let mut shown = String::new();
    for each in &document.checks {
        let item = &document.items[each.item as usize];
        let marks: Vec<&str> = each.marks.iter().map(|range| slice(text, *range)).collect();
        let cited: Vec<&str> = document
            .mentions_in(item.range)
            .iter()
            .map(|mention| mention.key.as_str())
            .collect();
        writeln!(shown, "{} {marks:?} {cited:?}", item.id).unwrap();
    }
    expect![[r#"
        CHK001 ["Completeness", "Spec §FR-001", "§FR-010a"] ["FR-001", "FR-010a"]
        CHK002 ["Clarity", "Gap"] []
        CHK003 ["Coverage"] []
    "#]]
    .assert_eq(&shown);
}
