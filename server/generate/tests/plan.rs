//! A plan from what is wanted and what is there, in each format; and what is missing of a plan.
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{Known, Planned, lacks_plan, plan};
use rules::Checked;
use text::FileId;
use trace::{FeatureId, Services};

/// A shop of two services and a database, with a constitution, a template of its own and one older plan.
const SHOP: &str = "\
//- /.specify/templates/plan-template.md
# Implementation Plan: [FEATURE]

**Branch**: `[###-feature-name]` | **Date**: [DATE] | **Spec**: [link]

**Note**: This template is filled in by the `/speckit.plan` command.

## Summary

[Extract from feature spec: primary requirement + technical approach from research]

## Technical Context

<!--
  ACTION REQUIRED: Replace the content in this section.
-->

**Language/Version**: [e.g., Python 3.11, Swift 5.9, Rust 1.75 or NEEDS CLARIFICATION]  
**Primary Dependencies**: [e.g., FastAPI, UIKit, LLVM or NEEDS CLARIFICATION]  
**Storage**: [if applicable, e.g., PostgreSQL, CoreData, files or N/A]  
**Testing**: [e.g., pytest, XCTest, cargo test or NEEDS CLARIFICATION]  
**Target Platform**: [e.g., Linux server, iOS 15+, WASM or NEEDS CLARIFICATION]  
**Scale/Scope**: [domain-specific, e.g., 10k users, 1M LOC, 50 screens or NEEDS CLARIFICATION]

## Constitution Check

*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*

[Gates determined based on constitution file]

## Project Structure

### Documentation (this feature)

```text
specs/[###-feature]/
├── plan.md              # This file (/speckit.plan command output)
└── tasks.md             # Phase 2 output
```

### Source Code (repository root)

```text
# [REMOVE IF UNUSED] Option 1: Single project (DEFAULT)
src/
```

**Structure Decision**: [Document the selected structure and reference the real
directories captured above]

## Complexity Tracking

> **Fill ONLY if Constitution Check has violations that must be justified**

| Violation | Why Needed | Simpler Alternative Rejected Because |
|-----------|------------|-------------------------------------|
| [e.g., 4th project] | [current need] | [why 3 projects insufficient] |
//- /.specify/memory/constitution.md
# Shop Constitution

## Core Principles

### I. Test First

Tests come first.

### II. Keep It Small

Small changes.
//- /specs/003-search/spec.md
# Feature Specification: Search

- **FR-001**: System MUST search.
//- /specs/003-search/plan.md
# Implementation Plan: Search

## Technical Context

**Target Platform**: Linux server
//- /api/package.json
{\"name\": \"@shop/api\", \"engines\": {\"node\": \">=22\"}, \"dependencies\": {\"express\": \"^5.0.0\", \"pg\": \"^8\"}, \"devDependencies\": {\"vitest\": \"^3\", \"typescript\": \"^5.9\"}}
//- /api/src/parcels.ts
export interface Parcel {
  code: string;
  weight?: number;
}
//- /api/src/parcels.test.ts
it('finds a parcel', () => {});
//- /api/migrations/001_parcels.sql
CREATE TABLE parcels (code TEXT NOT NULL);
//- /web/package.json
{\"name\": \"@shop/web\", \"dependencies\": {\"@shop/api\": \"*\"}}
//- /web/src/app.ts
export function app() {}
//- /compose.yaml
services:
  api:
    build: ./api
  web:
    build: ./web
    depends_on: [api]
  db:
    image: postgres:17
";

const SPEC: &str = "\
//- /specs/004-lockers/spec.md
# Feature Specification: Parcel Lockers

## User Scenarios & Testing

### User Story 1 - Deposit a parcel (Priority: P1)

A courier puts a parcel into a compartment, see `api/src/parcels.ts` and `web/src/app.ts`.

**Acceptance Scenarios**:

1. **Given** a free compartment, **When** the courier deposits, **Then** it is taken.
2. **Given** no free compartment, **When** the courier deposits, **Then** a message is shown.

## Requirements

- **FR-001**: System MUST choose a compartment that fits.

### Key Entities

- **Parcel**: what is sent: code, weight.
- **Compartment**: one box of a locker.

## Success Criteria

- **SC-001**: A deposit takes 30 seconds.
";

fn planned(text: &str, path: &str) -> (Fixture, FeatureId, Option<Planned>) {
    let fixture = Fixture::parse(text);
    let manifests: Vec<(FileId, code::Manifest)> = (0..)
        .zip(&fixture.files)
        .filter_map(|(id, (path, text))| Some((FileId(id), code::manifest(path, text)?)))
        .collect();
    let services = Services::of(&fixture.graph, &manifests);
    let known = Known {
        services: &services,
        manifests: &manifests,
        today: Some("2026-11-22"),
    };
    let features = fixture.graph.features().iter();
    let feature = features.clone().find(|it| it.path == path).unwrap().id;
    let done = plan(&fixture.graph, feature, &known);
    (fixture, feature, done)
}

/// Findings by code over a whole workspace.
fn findings(fixture: &Fixture) -> BTreeMap<&'static str, usize> {
    let checked = Checked::new(&fixture.graph);
    let mut found = BTreeMap::new();
    let features = fixture.graph.features().iter();
    let all = features.filter_map(|it| checked.of(it.id));
    for finding in all.flat_map(|it| &it.findings) {
        *found.entry(finding.code).or_default() += 1;
    }
    found
}

/// The documents are as expected, raise no finding but one for each question, and nothing is left to write then.
fn check(text: &str, path: &str, expected: &Expect) {
    let (before, feature, done) = planned(text, path);
    assert_eq!(lacks_plan(&before.graph, feature), Some(true));
    let done = done.unwrap();
    let mut shown = String::new();
    let mut with = text.to_owned();
    for new in &done.documents {
        assert!(new.path.starts_with(path));
        write!(shown, "//- {}\n{}", new.path, new.text).unwrap();
        write!(with, "//- /{}\n{}", new.path, new.text).unwrap();
    }
    expected.assert_eq(&shown);
    let (after, _, again) = planned(&with, path);
    let mut found = findings(&after);
    for (code, count) in findings(&before) {
        let now = found.get_mut(code);
        let left = now.map_or(0, |now| {
            *now = now.saturating_sub(count);
            *now
        });
        if left == 0 {
            found.remove(code);
        }
    }
    let asked = found.remove("unresolved-clarification").unwrap_or(0);
    assert!(found.is_empty(), "{found:?}");
    assert!(
        asked <= done.questions.len(),
        "{asked} of {:?}",
        done.questions
    );
    assert_eq!(again, None, "twice");
}

#[test]
fn spec_kit_with_a_template_of_its_own() {
    check(
        &format!("{SHOP}{SPEC}"),
        "specs/004-lockers",
        &expect![[r#"
        //- specs/004-lockers/plan.md
        # Implementation Plan: Parcel Lockers

        **Branch**: `004-lockers` | **Date**: 2026-11-22 | **Spec**: [spec.md](spec.md)

        ## Summary

        Plan for **Parcel Lockers**, as [spec.md](spec.md) asks for it:

        - **US1**: Deposit a parcel

        [NEEDS CLARIFICATION: Which technical approach is taken for Parcel Lockers, and which alternatives were rejected?]

        ## Technical Context

        **Language/Version**: Node.js >=22, TypeScript ^5.9  
        **Primary Dependencies**: Express ^5.0.0, PostgreSQL  
        **Storage**: PostgreSQL 17  
        **Testing**: Vitest  
        **Target Platform**: Linux server

        [NEEDS CLARIFICATION: What applies to this feature as Scale/Scope?]

        ## Constitution Check

        *GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*

        | Principle         | Status  | Evidence |
        | ----------------- | ------- | -------- |
        | I. Test First     | PENDING | -        |
        | II. Keep It Small | PENDING | -        |

        ## Project Structure

        ### Documentation (this feature)

        ```text
        specs/004-lockers/
        ├── data-model.md
        ├── plan.md
        └── spec.md
        ```

        ### Source Code (repository root)

        ```text
        api/
        ├── migrations/
        └── src/
            └── parcels.ts
        web/
        └── src/
            └── app.ts
        ```

        **Structure Decision**: the existing layout stays; the change is made in `api`, `web`.

        ## Service Order

        From manifests, containers, calls and imports: what others need is changed first and stays compatible, those that need it follow.

        1. `api`
        2. `web`: needs `api` (`web/package.json`)

        ## Data Migration

        1. **Expand**: add what is new of Parcel, Compartment beside what is there, in `api/migrations`; the versions that run keep working.
        2. **Backfill**: fill existing records of Parcel in batches that can be repeated. [NEEDS CLARIFICATION: Which values do existing records of Parcel get?]
        3. **Switch**: `api`, `web` write both forms, then read the new one only.
        4. **Contract**: remove the old form when no version that runs uses it.

        ## Rollback

        | Service | Way back                                  | Before it |
        | ------- | ----------------------------------------- | --------- |
        | `web`   | run its last image again (`compose.yaml`) | -         |
        | `api`   | run its last image again (`compose.yaml`) | `web`     |

        What was added to the schema stays until the step _Contract_; behind that step the way back is a restore.

        ## Test Impact

        Tests stand in `api/src/` (1 file).

        **Existing tests to adapt**:

        - `api/src/parcels.test.ts`: tests `api/src/parcels.ts`

        **New coverage**:

        - **US1**: 2 acceptance scenarios
        - SC-001: a measurement each

        ## Complexity Tracking

        No violation is known while the gates above are open.
        //- specs/004-lockers/data-model.md
        # Data Model: Parcel Lockers

        Entities of [spec.md](spec.md), with the fields of the types that are there.

        ## Parcel

        what is sent: code, weight.

        There as `Parcel` in `api/src/parcels.ts`:

        | Field    | Optional |
        | -------- | -------- |
        | `code`   | no       |
        | `weight` | yes      |

        ## Compartment

        one box of a locker.

        ## Open

        [NEEDS CLARIFICATION: Which fields, keys and relationships do Compartment have?]
    "#]],
    );
}

#[test]
fn kiro() {
    let text = "\
//- /.kiro/specs/lockers/requirements.md
# Requirements Document

## Introduction

Couriers deposit parcels.

## Requirements

### Requirement 1: Deposit

**User Story:** As a courier, I want to deposit a parcel, so that I can go on.

#### Acceptance Criteria

1. WHEN a courier deposits a parcel THEN the system SHALL choose a compartment
2. IF no compartment is free THEN the system SHALL show a message
//- /Cargo.toml
[package]
name = \"lockers\"
rust-version = \"1.90\"
//- /src/main.rs
fn main() {}
//- /src/door/open.rs
pub fn open() {}
";
    check(
        text,
        ".kiro/specs/lockers",
        &expect![[r#"
        //- .kiro/specs/lockers/design.md
        # Design Document

        ## Overview

        Design for **lockers**, as [requirements.md](requirements.md) asks for it:

        - 1 Deposit

        ## Architecture

        Built with Rust 1.90.

        [NEEDS CLARIFICATION: Which technical approach is taken for lockers, and which alternatives were rejected?]

        ## Components and Interfaces

        ```text
        src/
        └── door/
        ```

        ## Error Handling

        Criteria that say what happens when something fails: 1.2.

        ## Testing Strategy

        **New coverage**:

        - **Deposit**: criteria 1.1-1.2
    "#]],
    );
}

#[test]
fn openspec_with_a_ring_that_is_named() {
    let text = "\
//- /openspec/config.yaml
schema: spec-driven
//- /openspec/specs/doors/spec.md
# doors

## Purpose
Doors of lockers open and close in time for couriers and recipients.

## Requirements

### Requirement: Open
The system SHALL open a door.

#### Scenario: Code
- **WHEN** a code is typed
- **THEN** the door opens
//- /openspec/changes/faster-doors/proposal.md
## Why
Doors in `billing` and `ledger` are slow.

## What Changes
- Faster doors
//- /openspec/changes/faster-doors/specs/doors/spec.md
## MODIFIED Requirements

### Requirement: Open
The system SHALL open a door at once.

#### Scenario: Code
- **WHEN** a code is typed
- **THEN** the door opens at once
//- /billing/pyproject.toml
[project]
name = \"billing\"
requires-python = \">=3.12\"
dependencies = [\"ledger\"]
//- /billing/app.py
def app(): pass
//- /ledger/pyproject.toml
[project]
name = \"ledger\"
dependencies = [\"billing\"]
//- /ledger/app.py
def app(): pass
";
    check(
        text,
        "openspec/changes/faster-doors",
        &expect![[r#"
        //- openspec/changes/faster-doors/design.md
        ## Context

        See [proposal.md](proposal.md) for why and what.

        Built with Python >=3.12.

        ```text
        billing/
        ledger/
        ```

        ## Goals / Non-Goals

        - MODIFIED: Open

        ## Decisions

        [NEEDS CLARIFICATION: Which technical approach is taken for faster doors, and which alternatives were rejected?]

        ## Migration Plan

        ### Service Order

        From manifests, containers, calls and imports: what others need is changed first and stays compatible, those that need it follow.

        1. `billing`, `ledger`. These need each other (`billing` → `ledger` → `billing`): [NEEDS CLARIFICATION: Which of billing, ledger changes first, or do they go together?]

        ### Rollback

        | Service   | Way back                                | Before it |
        | --------- | --------------------------------------- | --------- |
        | `billing` | revert its commits and release it again | `ledger`  |
        | `ledger`  | revert its commits and release it again | `billing` |

        ## Test Impact

        **New coverage**:

        - **Open**: 1 acceptance scenario
    "#]],
    );
}

#[test]
fn only_what_is_missing_is_added_to_a_plan() {
    let plan_text = "//- /specs/004-lockers/plan.md\r\n# Plan: Lockers\r\n\r\n## Rollback\r\n\r\nBy hand.\r\n\r\n## Complexity Tracking\r\n\r\nNone.\r\n";
    let text = format!("{SHOP}{SPEC}{plan_text}");
    let after = added(&text, "specs/004-lockers");
    assert!(after.starts_with(
        "# Plan: Lockers\r\n\r\n## Rollback\r\n\r\nBy hand.\r\n\r\n## Summary\r\n\r\nPlan for "
    ));
    assert!(after.ends_with("\r\n\r\n## Complexity Tracking\r\n\r\nNone.\r\n"));
    assert_eq!(after.replace("\r\n", "").matches('\n').count(), 0);
    assert!(!after.contains("\r\n\r\n\r\n"), "{after}");
    for title in [
        "Rollback",
        "Service Order",
        "Data Migration",
        "Test Impact",
        "Technical Context",
    ] {
        assert_eq!(after.matches(&format!("## {title}")).count(), 1, "{after}");
    }
}

#[test]
fn what_facts_do_not_call_for_is_not_there() {
    let text = "\
//- /.specify/feature.json
{}
//- /specs/001-menu/spec.md
# Feature Specification: Menu

- **FR-001**: System MUST show a menu.
//- /index.html
<p>
";
    let (_, _, done) = planned(text, "specs/001-menu");
    let done = done.unwrap();
    let [plan] = done.documents.as_slice() else {
        panic!("{:?}", done.documents)
    };
    for title in ["Service Order", "Migration", "Rollback"] {
        assert!(!plan.text.contains(title), "{}", plan.text);
    }
    assert!(plan.text.contains("## Test Impact"), "{}", plan.text);
}

const KIRO_JAPANESE: &str = "\
//- /.kiro/specs/rokka/requirements.md
# 要件定義書

## はじめに

配達員が荷物をロッカーに入れる。

## 要件

### 要件 1: 預け入れ

**ユーザーストーリー:** 配達員として、荷物を預けたい。次の配達に行くためである。

#### 受け入れ基準

1. WHEN 配達員が荷物を預ける THEN システムは `src/parcels.ts` で空きの区画を選ばなければならない
2. もし 空きの区画がない THEN システムはメッセージを表示しなければならない
//- /package.json
{\"name\": \"lockers\", \"engines\": {\"node\": \">=22\"}, \"dependencies\": {\"express\": \"^5.0.0\"}}
//- /src/parcels.ts
export const parcels = 1;
//- /src/parcels.test.ts
it('finds', () => {});
";

#[test]
fn kiro_in_japanese() {
    check(
        KIRO_JAPANESE,
        ".kiro/specs/rokka",
        &expect![[r#"
            //- .kiro/specs/rokka/design.md
            # 設計書

            ## 概要

            **rokka** の設計。要求元は [requirements.md](requirements.md):

            - 1 預け入れ

            ## アーキテクチャ

            使用技術: Node.js >=22; Express ^5.0.0。

            [NEEDS CLARIFICATION: rokka はどの技術方針で実現し、どの代替案を退けたか?]

            ## コンポーネントとインターフェース

            ```text
            src/
            └── parcels.ts
            ```

            ## エラーハンドリング

            失敗時を述べる受け入れ基準: 1.2。

            ## テスト戦略

            テストの場所: `src/` (1 ファイル)。

            **変更する既存テスト**:

            - `src/parcels.test.ts`: `src/parcels.ts` のテスト

            **新たに必要なテスト**:

            - **預け入れ**: 受け入れ基準 1.1-1.2
        "#]],
    );
}

const CHINESE: &str = "\
//- /.specify/memory/constitution.md
# 商店章程

## 核心原则

### I. 测试优先

先写测试。
//- /specs/004-guizi/spec.md
# 功能规格: 包裹柜

## 用户场景与测试

### 用户故事 1 - 存放包裹 (优先级: P1)

快递员把包裹放进 `api/src/parcels.ts` 管理的格口。

**验收场景**:

1. **Given** 有空闲格口, **When** 快递员存放包裹, **Then** 格口被占用。

## 需求

- **FR-001**: 系统必须选择合适的格口。

### 关键实体

- **Parcel**: 被寄送的物品: 编码, 重量。

## 成功标准

- **SC-001**: 存放在 30 秒内完成。
//- /api/package.json
{\"name\": \"api\", \"dependencies\": {\"express\": \"^5.0.0\", \"pg\": \"^8\"}}
//- /api/src/parcels.ts
export interface Parcel {
  code: string;
  weight?: number;
}
//- /web/package.json
{\"name\": \"web\", \"dependencies\": {\"api\": \"*\"}}
//- /web/src/app.ts
export function app() {}
//- /compose.yaml
services:
  api:
    build: ./api
  web:
    build: ./web
    depends_on: [api]
";

#[test]
fn spec_kit_in_chinese() {
    check(
        CHINESE,
        "specs/004-guizi",
        &expect![[r#"
        //- specs/004-guizi/plan.md
        # Implementation Plan: 包裹柜

        **Branch**: `004-guizi` | **Date**: 2026-11-22 | **Spec**: [spec.md](spec.md)

        ## Summary

        **包裹柜** 的计划，需求见 [spec.md](spec.md):

        - **US1**: 存放包裹

        [NEEDS CLARIFICATION: 包裹柜 采用哪种技术方案，放弃了哪些备选?]

        ## Technical Context

        **Language/Version**: JavaScript
        **Primary Dependencies**: Express ^5.0.0, PostgreSQL
        **Storage**: PostgreSQL

        [NEEDS CLARIFICATION: 此功能的 Testing、Target Platform、Constraints 是什么?]

        ## Constitution Check

        | 原则        | 状态    | 依据 |
        | ----------- | ------- | ---- |
        | I. 测试优先 | PENDING | -    |

        ## Project Structure

        ### Documentation (this feature)

        ```text
        specs/004-guizi/
        ├── data-model.md
        ├── plan.md
        └── spec.md
        ```

        ### Source Code (repository root)

        ```text
        api/
        └── src/
            └── parcels.ts
        ```

        ## 服务变更顺序

        依据清单、容器、调用和导入: 被依赖方先改并保持兼容，依赖方随后。

        1. `api`

        不改动，但需对照改动检查: `web`。

        ## 数据迁移

        1. **扩展**: 在现有结构旁新增 Parcel 的内容；运行中的版本继续工作。
        2. **回填**: 以可重复的批次填充 Parcel 的现有记录。[NEEDS CLARIFICATION: Parcel 的现有记录取什么值?]
        3. **切换**: `api` 先同时写两种形式，然后只读新形式。
        4. **收缩**: 在没有运行中的版本使用后删除旧形式。

        ## 回滚

        | 服务  | 回退方式                             | 先回退 |
        | ----- | ------------------------------------ | ------ |
        | `api` | 重新运行上一个镜像（`compose.yaml`） | -      |

        新增的结构保留到“收缩”之前；在那之后只能通过恢复回退。

        ## 测试影响

        **新增覆盖**:

        - **US1**: 1 个验收场景
        - SC-001: 逐项度量

        ## Complexity Tracking

        上述关卡未核对前，没有已知的违反。
        //- specs/004-guizi/data-model.md
        # 数据模型: 包裹柜

        [spec.md](spec.md) 的实体，以及现有类型的字段。

        ## Parcel

        被寄送的物品: 编码, 重量。

        现有 `Parcel`，位于 `api/src/parcels.ts`:

        | 字段     | 可选 |
        | -------- | ---- |
        | `code`   | 否   |
        | `weight` | 是   |
    "#]],
    );
}

/// The plan of a workspace after what is missing is added; the rest of it is as it was, and nothing is left to add.
fn added(text: &str, path: &str) -> String {
    let (fixture, feature, done) = planned(text, path);
    assert_eq!(lacks_plan(&fixture.graph, feature), Some(false));
    let done = done.unwrap();
    assert!(done.documents.is_empty());
    let file = done.edits.first().unwrap().0;
    assert!(
        done.edits
            .iter()
            .all(|(of, edit)| *of == file && edit.range.is_empty())
    );
    let edits: Vec<text::Edit> = done.edits.into_iter().map(|(_, edit)| edit).collect();
    let before = fixture.text(file);
    let after = text::apply(before, &edits).unwrap();
    let (again, _, more) = planned(&text.replace(before, &after), path);
    assert_eq!(more, None, "twice");
    let (was, mut now) = (findings(&fixture), findings(&again));
    now.retain(|code, count| *count > was.get(code).copied().unwrap_or(0));
    now.remove("unresolved-clarification");
    assert!(now.is_empty(), "{now:?}");
    after
}

#[test]
fn sections_that_the_template_demands_are_added_where_it_has_them() {
    let plan = "\
//- /specs/004-lockers/plan.md
# Implementation Plan: Parcel Lockers

## Technical Context

**Language/Version**: Node.js

## Project Structure (as it is)

By hand.

## Service Order

By hand.

## Data Migration

By hand.

## Rollback

By hand.

## Tests

By hand.
";
    let after = added(&format!("{SHOP}{SPEC}{plan}"), "specs/004-lockers");
    expect![[r#"
        # Implementation Plan: Parcel Lockers

        ## Summary

        Plan for **Parcel Lockers**, as [spec.md](spec.md) asks for it:

        - **US1**: Deposit a parcel

        [NEEDS CLARIFICATION: Which technical approach is taken for Parcel Lockers, and which alternatives were rejected?]

        ## Technical Context

        **Language/Version**: Node.js

        ## Constitution Check

        *GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*

        | Principle         | Status  | Evidence |
        | ----------------- | ------- | -------- |
        | I. Test First     | PENDING | -        |
        | II. Keep It Small | PENDING | -        |

        ## Project Structure (as it is)

        By hand.

        ## Service Order

        By hand.

        ## Data Migration

        By hand.

        ## Rollback

        By hand.

        ## Tests

        By hand.
    "#]].assert_eq(&after);
}

#[test]
fn gates_of_principles_that_a_check_leaves_out_are_added_as_the_others_are_written() {
    let constitution = "\
//- /.specify/memory/constitution.md
# Constitution

## Core Principles

### I. Test First

Tests come first.

### II. Keep It Small

Small changes.

### III. Readable Records

Records stay readable.
";
    let rest = "\
//- /specs/004-lockers/spec.md
# Feature Specification: Lockers

- **FR-001**: System MUST open.
";
    let with = |check: &str| {
        let plan = format!(
            "//- /specs/004-lockers/plan.md\n# Plan: Lockers\n\n## Constitution Check\n\n{check}\n## Tests\n\nBy hand.\n"
        );
        format!("{constitution}{rest}{plan}")
    };
    let table = "\
| Principle         | Status | Why      |
| ----------------- | ------ | -------- |
| I. Test First     | PASS   | as asked |
| II. Keep It Small | PASS   | one file |
";
    let after = added(&with(table), "specs/004-lockers");
    assert!(
        after.contains(&format!(
            "{table}| III. Readable Records | PENDING | -        |\n\n## Tests"
        )),
        "{after}"
    );

    let list =
        "- **I. Test First**: PASS\n  - as asked\n- **II. Keep It Small**: PASS\n  - one file\n";
    let (head, plan) = with(list)
        .split_once("# Plan")
        .map(|(head, plan)| (head.to_owned(), plan.replace('\n', "\r\n")))
        .unwrap();
    let after = added(&format!("{head}# Plan{plan}"), "specs/004-lockers");
    assert!(
        after.contains("  - one file\r\n- **III. Readable Records**: PENDING\r\n\r\n"),
        "{after:?}"
    );

    // One that is spoken of in other words, and a check that chooses.
    for check in [
        "- **I. Test First**: PASS\n- **II. Keep It Small**: PASS, and the records stay as they are\n",
        "- **I. Test First**: PASS\n",
    ] {
        let (_, _, done) = planned(&with(check), "specs/004-lockers");
        assert_eq!(done, None, "{check}");
    }

    // A table of principles that change is no check: all of them stand in the one above.
    let update = "\n## Constitution Update\n\n| Principle | Change |\n| --- | --- |\n| Test First | ADDED |\n| Keep It Small | ADDED |\n";
    let whole = with(&format!(
        "{table}| Readable Records | PASS | all |\n{update}"
    ));
    let bare = whole
        .replace("III. ", "")
        .replace("II. ", "")
        .replace("I. ", "");
    let (_, _, done) = planned(&bare, "specs/004-lockers");
    assert_eq!(done, None);
}

#[test]
fn a_constitution_that_is_a_template_still_is_said_to_be_one() {
    let template = "\
//- /.specify/memory/constitution.md
# [PROJECT_NAME] Constitution

## Core Principles

### [PRINCIPLE_1_NAME]

[PRINCIPLE_1_DESCRIPTION]
";
    let partly = template.replace("[PRINCIPLE_1_NAME]", "I. Test First");
    for constitution in [template, &partly] {
        for (title, said) in [
            ("System MUST open the door", "not filled in yet"),
            ("システムは扉を開けなければならない", "未策定"),
            ("系统必须打开柜门", "尚未"),
        ] {
            let text = format!(
                "{constitution}//- /specs/001-doors/spec.md\n# Feature Specification: {title}\n\n- **FR-001**: {title}.\n"
            );
            let (before, _, done) = planned(&text, "specs/001-doors");
            let plan = &done.unwrap().documents[0].text;
            assert!(plan.contains(said), "{plan}");
            let (after, ..) = planned(
                &format!("{text}//- /specs/001-doors/plan.md\n{plan}"),
                "specs/001-doors",
            );
            let mut found = findings(&after);
            found.remove("unresolved-clarification");
            found.retain(|code, count| *count > findings(&before).get(code).copied().unwrap_or(0));
            assert!(found.is_empty(), "{found:?}");
        }
    }
}

#[test]
fn italics_of_the_template_are_those_of_the_other_plans() {
    let gate = "GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.";
    let told = "**Target Platform**: Linux server\n";
    let check = |own: &str, expected: &str| {
        let with = format!("{told}\n## Constitution Check\n\n{own}\n");
        let text = format!("{}{SPEC}", SHOP.replace(told, &with));
        let (_, _, done) = planned(&text, "specs/004-lockers");
        let new = &done.unwrap().documents[0].text;
        let lines: Vec<&str> = new.lines().filter(|line| line.contains("GATE")).collect();
        assert_eq!(lines, [expected]);
    };
    check(&format!("_{gate}_"), &format!("_{gate}_"));
    check(&format!("*{gate}*"), &format!("*{gate}*"));
    // Who has settings of prettier and one plan with underscores lets it run now and then.
    let older = format!("//- /specs/002-old/plan.md\n# Implementation Plan: Old\n\n_{gate}_\n");
    let spec = "//- /specs/002-old/spec.md\n# Feature Specification: Old\n";
    let newest = told.to_owned() + "\n## Constitution Check\n\n*" + gate + "*\n";
    for (settings, mark) in [("//- /.prettierrc\n{}\n", '_'), ("", '*')] {
        let text = format!(
            "{}{SPEC}{spec}{older}{settings}",
            SHOP.replace(told, &newest)
        );
        let (_, _, done) = planned(&text, "specs/004-lockers");
        let new = &done.unwrap().documents[0].text;
        assert!(
            new.contains(&format!("\n{mark}{gate}{mark}\n")),
            "{settings}: {new}"
        );
    }
    // Other words show nothing.
    check("_GATE: None._", &format!("*{gate}*"));
}

#[test]
fn a_check_of_the_template_gets_the_gates_that_it_leaves_out_at_once() {
    let small = "### II. Keep It Small\n\nSmall changes.\n";
    let own = "- [ ] **I. Test First**: are there tests?\n- [ ] **II. Keep It Small**: is it small?\n\
        - [ ] **IV. Say So**: is it said aloud?\n- [ ] **V. Stay Honest**: is it true?\n";
    let text = SHOP
        .replace(small, &format!("{small}\n### III. Ask First\n\nAsk.\n\n### IV. Say So\n\nSay it.\n\n### V. Stay Honest\n\nBe true.\n\n### F-1. Test It Small\n\nNo word of its name is its own.\n"))
        .replace("[Gates determined based on constitution file]\n", own);
    let text = format!("{text}{SPEC}");
    let (_, _, done) = planned(&text, "specs/004-lockers");
    let new = done.unwrap().documents;
    let expected = format!("{own}- [ ] **III. Ask First**\n- [ ] **F-1. Test It Small**\n");
    assert!(new[0].text.contains(&expected), "{}", new[0].text);
    let mut with = text;
    for new in &new {
        write!(with, "//- /{}\n{}", new.path, new.text).unwrap();
    }
    let (_, _, again) = planned(&with, "specs/004-lockers");
    assert_eq!(again, None, "twice");
}
