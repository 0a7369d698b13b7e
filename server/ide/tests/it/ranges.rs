//! Folding, growing selections and links.

use std::fmt::Write as _;

use expect_test::expect;
use fixture::Fixture;
use rules::Locale;
use text::TextRange;

use crate::workspaces::{LOGIN, analysis, login, show_range};

/// Front matter, fence, comment and table, with wide characters and Windows line ends.
const SHAPES: &str = "//- /specs/001-a/tasks.md\n---\r\ntitle: 仕様 🎉\r\n---\r\n# Tasks 🎉\r\n\r\n\
<!-- one\r\ntwo -->\r\n\r\n## フェーズ 1: 準備\r\n\r\n- [ ] T001 作る 🎉 `src/a.rs`\r\n\r\n\
```text\r\n| not | a table |\r\n| --- | --- |\r\n```\r\n\r\n\
| 名前 | 値 |\r\n| --- | --- |\r\n| 🎉 | 1 |\r\n\r\n| alone |\r\n\r\n\r\n\
## One line\r\n//- /src/a.rs\nfn a() {}\n";

fn folds(fixture: &Fixture, path: &str) -> String {
    let file = fixture.file(path);
    let mut shown = String::new();
    for fold in analysis(fixture).folding_ranges(file) {
        let lines = text::slice(fixture.text(file), fold.range).lines().count();
        let at = show_range(fixture, file, fold.range);
        let _ = writeln!(shown, "{:?} {at} {lines} lines", fold.kind);
    }
    shown
}

#[test]
fn what_folds() {
    expect![[r###"
        Section specs/001-login/tasks.md:1 "# Tasks: Login" … 20 lines
        Section specs/001-login/tasks.md:3 "## Phase 1: Setup" … 3 lines
        Section specs/001-login/tasks.md:7 "## Phase 2: User Story 1 - Log in (Priority: P1) 🎯 MVP" … 10 lines
        Section specs/001-login/tasks.md:18 "## Phase 3: Polish" … 3 lines
    "###]].assert_eq(&folds(&Fixture::parse(LOGIN), "specs/001-login/tasks.md"));
    expect![[r###"
        FrontMatter specs/001-a/tasks.md:1 "---" … 3 lines
        Section specs/001-a/tasks.md:4 "# Tasks 🎉" … 22 lines
        Comment specs/001-a/tasks.md:6 "<!-- one" … 2 lines
        Section specs/001-a/tasks.md:9 "## フェーズ 1: 準備" … 14 lines
        Fence specs/001-a/tasks.md:13 "```text" … 4 lines
        Table specs/001-a/tasks.md:18 "| 名前 | 値 |" … 3 lines
    "###]]
    .assert_eq(&folds(&Fixture::parse(SHAPES), "specs/001-a/tasks.md"));
}

/// Every step of a selection, shortened.
fn grown(path: &str, needle: &str) -> String {
    let (fixture, analysis, file, at) = login(path, needle);
    let mut shown = String::new();
    for range in analysis.selection_ranges(file, at) {
        let _ = writeln!(shown, "{}", show_range(&fixture, file, range));
    }
    shown
}

#[test]
fn a_selection_grows_from_the_word_to_the_document() {
    expect![[r###"
        specs/001-login/tasks.md:14 "session"
        specs/001-login/tasks.md:14 "src/session.rs"
        specs/001-login/tasks.md:14 "Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)"
        specs/001-login/tasks.md:14 "- [ ] T003 [US1] Open it with `Session::open` in `src/session.rs` (FR-001, FR-009)"
        specs/001-login/tasks.md:7 "## Phase 2: User Story 1 - Log in (Priority: P1) 🎯 MVP" …
        specs/001-login/tasks.md:1 "# Tasks: Login" …
        specs/001-login/tasks.md:1 "# Tasks: Login" …
    "###]].assert_eq(&grown(
        "specs/001-login/tasks.md",
        "`src/sess$0ion.rs` (FR-001, FR-009)",
    ));
    expect![[r####"
        specs/001-login/spec.md:12 "account"
        specs/001-login/spec.md:12 "**Given** an account, **When** it is wrong, **Then** nothing begins."
        specs/001-login/spec.md:12 "2. **Given** an account, **When** it is wrong, **Then** nothing begins."
        specs/001-login/spec.md:5 "### User Story 1 - Log in (Priority: P1)" …
        specs/001-login/spec.md:3 "## User Scenarios & Testing *(mandatory)*" …
        specs/001-login/spec.md:1 "# Feature Specification: Login" …
        specs/001-login/spec.md:1 "# Feature Specification: Login" …
    "####]].assert_eq(&grown(
        "specs/001-login/spec.md",
        "Given** an acc$0ount, **When** it",
    ));
    expect![[r####"
        specs/002-billing/spec.md:7 "FR"
        specs/002-billing/spec.md:7 "FR-002"
        specs/002-billing/spec.md:7 "001/FR-002"
        specs/002-billing/spec.md:7 "System MUST send a bill, after 001/FR-002."
        specs/002-billing/spec.md:7 "- **FR-001**: System MUST send a bill, after 001/FR-002."
        specs/002-billing/spec.md:5 "### Functional Requirements" …
        specs/002-billing/spec.md:3 "## Requirements" …
        specs/002-billing/spec.md:1 "# Feature Specification: Billing" …
        specs/002-billing/spec.md:1 "# Feature Specification: Billing" …
    "####]]
    .assert_eq(&grown("specs/002-billing/spec.md", "001/F$0R-002"));
    expect![[r#""#]].assert_eq(&grown("README.md", "FR-0$001"));
}

#[test]
fn links_lead_to_what_is_there() {
    let fixture = Fixture::parse(&format!(
        "{LOGIN}//- /specs/002-billing/plan.md\n# 計画 🎉\n\n\
         Read [the spec](../001-login/spec.md#functional-requirements), [me](plan.md), \
         `src/session.rs::Session` 🎉 and `src/old.rs`, `src/gone.rs`, `src/*.rs`, `src/`, \
         https://example.org/src/session.rs, contracts/api.yaml.\n\
         //- /specs/002-billing/contracts/api.yaml\nopenapi: 3.1.0\n"
    ));
    let analysis = analysis(&fixture);
    let mut shown = String::new();
    for path in [
        "specs/001-login/tasks.md",
        "specs/002-billing/plan.md",
        "README.md",
        "src/session.rs",
    ] {
        let file = fixture.file(path);
        for link in analysis.document_links(file, Locale::English) {
            let from = show_range(&fixture, file, link.range);
            let target = link.target;
            let to = if target.focus == TextRange::default() {
                fixture.files[target.file.0 as usize].0.clone()
            } else {
                show_range(&fixture, target.file, target.focus)
            };
            let _ = writeln!(shown, "{from} -> {to} ({})", link.tooltip);
        }
    }
    expect![[r#"
        specs/001-login/tasks.md:5 "src/session.rs" -> src/session.rs (src/session.rs)
        specs/001-login/tasks.md:13 "tests/session.rs" -> tests/session.rs (tests/session.rs)
        specs/001-login/tasks.md:14 "src/session.rs" -> src/session.rs (src/session.rs)
        specs/001-login/tasks.md:20 "README.md" -> README.md (README.md)
        specs/002-billing/plan.md:3 "../001-login/spec.md" -> specs/001-login/spec.md:24 "Functional Requirements" (specs/001-login/spec.md)
        specs/002-billing/plan.md:3 "src/session.rs" -> src/session.rs:3 "Session" (src/session.rs)
        specs/002-billing/plan.md:3 "src/old.rs" -> src/session.rs (moved to src/session.rs)
        specs/002-billing/plan.md:3 "contracts/api.yaml" -> specs/002-billing/contracts/api.yaml (specs/002-billing/contracts/api.yaml)
    "#]].assert_eq(&shown);
}
