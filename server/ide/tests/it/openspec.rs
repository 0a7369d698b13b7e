//! `OpenSpec` in the editor: from a delta to its main spec and back, what a change changes, the outline.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;
use ide::Analysis;
use rules::Locale;
use text::{FileId, TextSize};

use crate::workspaces::{analysis, show_places, show_range};

pub(crate) const AUTH: &str = "//- /openspec/specs/auth/spec.md
# Auth

## Purpose
Who may come in.

## Requirements

### Requirement: Login
The system SHALL let users in.

#### Scenario: Wrong password
- **WHEN** the password is wrong
- **THEN** the user is told so

### Requirement: Logout
The system SHALL let users out.

#### Scenario: Asked
- **WHEN** asked
- **THEN** done
//- /openspec/changes/add-totp/specs/auth/spec.md
## MODIFIED Requirements

### Requirement: Login
The system SHALL let known users in.

#### Scenario: Wrong password
- **WHEN** the password is wrong
- **THEN** the user is told `why`

## RENAMED Requirements
- FROM: `### Requirement: Logout`
- TO: `### Requirement: Leave`
//- /openspec/changes/add-totp/tasks.md
## 1. Build

- [x] 1.1 Write it
- [ ] 1.2 Test it
//- /openspec/changes/archive/2026-01-01-begin/specs/auth/spec.md
## REMOVED Requirements
- `### Requirement: Login`
";
const SPEC: &str = "openspec/specs/auth/spec.md";
const DELTA: &str = "openspec/changes/add-totp/specs/auth/spec.md";

fn at(path: &str, needle: &str) -> (Fixture, Analysis, FileId, TextSize) {
    let fixture = Fixture::parse(AUTH);
    let file = fixture.file(path);
    let at = fixture.text(file).find(needle).unwrap() + needle.len();
    let analysis = analysis(&fixture);
    (fixture, analysis, file, TextSize::new(at as u32))
}

fn leads(path: &str, needle: &str, expected: Expect) {
    let (fixture, analysis, file, at) = at(path, needle);
    let jump = analysis.definition(file, at);
    expected.assert_eq(&jump.map_or_else(String::new, |jump| show_places(&fixture, &jump.places)));
}

#[test]
fn a_delta_leads_to_its_main_spec() {
    leads(
        DELTA,
        "### Requirement: Login",
        expect![[r#"
            openspec/specs/auth/spec.md:8 "Login"
        "#]],
    );
    leads(
        DELTA,
        "#### Scenario: Wrong",
        expect![[r#"
            openspec/specs/auth/spec.md:11 "Wrong password"
        "#]],
    );
    leads(
        DELTA,
        "FROM: `### Requirement: Log",
        expect![[r#"
            openspec/specs/auth/spec.md:15 "Logout"
        "#]],
    );
    leads(DELTA, "TO: `### Requirement: Le", expect![""]);
}

#[test]
fn a_requirement_knows_its_deltas() {
    for path in [SPEC, DELTA] {
        let (fixture, analysis, file, at) = at(path, "### Requirement: Login");
        let mut shown = String::new();
        for (file, range) in analysis.references(file, at, true) {
            let _ = writeln!(shown, "{}", show_range(&fixture, file, range));
        }
        expect![[r#"
            openspec/specs/auth/spec.md:8 "Login"
            openspec/changes/add-totp/specs/auth/spec.md:3 "Login"
            openspec/changes/archive/2026-01-01-begin/specs/auth/spec.md:2 "Login"
        "#]]
        .assert_eq(&shown);
    }
}

#[test]
fn a_modified_requirement_shows_what_it_changes() {
    let (fixture, analysis, file, at) = at(DELTA, "### Requirement: Login");
    let hover = analysis.hover(file, at, Locale::English).unwrap();
    let shown = format!(
        "{}\n\n{}\n",
        show_range(&fixture, file, hover.range),
        hover.markdown
    );
    expect![[r#"
        openspec/changes/add-totp/specs/auth/spec.md:3 "Login"

        **Login**

        The system SHALL let users in.

        requirement · `auth`

        MODIFIED in add-totp

        ---

        Against `openspec/specs/auth/spec.md`, `[-gone-]` and `{+new+}`:

        ```text
        The system SHALL let {+known +}users in.
        - **THEN** the user is told [-so-]{+`why`+}
        ```
    "#]]
    .assert_eq(&shown);
}

#[test]
fn changes_stand_above_the_requirement() {
    let fixture = Fixture::parse(AUTH);
    let file = fixture.file(SPEC);
    let lenses = analysis(&fixture).code_lenses(file, Locale::English);
    let mut shown = String::new();
    for lens in lenses {
        let _ = writeln!(
            shown,
            "{} | {}",
            show_range(&fixture, file, lens.range),
            lens.title
        );
        shown.push_str(&show_places(&fixture, &lens.places));
    }
    expect![[r#"
        openspec/specs/auth/spec.md:8 "Login" | MODIFIED in add-totp
        openspec/changes/add-totp/specs/auth/spec.md:3 "Login"
        openspec/specs/auth/spec.md:15 "Logout" | RENAMED in add-totp
        openspec/changes/add-totp/specs/auth/spec.md:11 "Logout"
    "#]]
    .assert_eq(&shown);
}

#[test]
fn outlines_are_those_of_the_model() {
    let fixture = Fixture::parse(AUTH);
    let analysis = analysis(&fixture);
    let mut shown = String::new();
    for path in [SPEC, "openspec/changes/add-totp/tasks.md"] {
        fn walk(items: &[ide::OutlineItem], depth: usize, out: &mut String) {
            for item in items {
                let _ = writeln!(out, "{}{} {}", "  ".repeat(depth), item.name, item.detail);
                walk(&item.children, depth + 1, out);
            }
        }
        walk(
            &analysis.document_symbols(fixture.file(path)),
            0,
            &mut shown,
        );
    }
    expect![[r#"
        Auth 
          Purpose 
          Requirements 
            Login 
              Wrong password 
            Logout 
              Asked 
        Phase 1 Build 
          1.1 Write it ✓
          1.2 Test it ○
    "#]]
    .assert_eq(&shown);
}
