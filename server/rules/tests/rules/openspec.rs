//! The rules of `openspec validate`: covered text and sentence. That their verdicts are those of the tool is held by
//! `tests/parity`.

use super::{fixed, fixes, related, says};

const PURPOSE: &str =
    "## Purpose\nWho may use the lockers of the building, and how they show it.\n\n";
const GOOD: &str = "### Requirement: Login\nThe system SHALL work.\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n\n";

fn spec(text: &str) -> String {
    format!("//- /openspec/specs/auth/spec.md\n{text}")
}

fn main_spec(requirements: &str) -> String {
    spec(&format!("{PURPOSE}## Requirements\n\n{requirements}"))
}

/// A change with a delta for `auth`, beside a main spec.
fn delta(text: &str) -> String {
    format!(
        "{}//- /openspec/changes/one/proposal.md\n# One\n//- /openspec/changes/one/specs/auth/spec.md\n{text}",
        main_spec(GOOD)
    )
}

/// A change with one more file.
fn file(path: &str, text: &str) -> String {
    let added = GOOD.replace("Login", "New");
    format!(
        "{}\n//- /openspec/changes/one/{path}\n{text}",
        delta(&format!("## ADDED Requirements\n\n{added}"))
    )
}

#[track_caller]
fn one(code: &str, workspace: &str, expected: &str) {
    assert_eq!(says(code, workspace), [expected], "{workspace}");
}

#[test]
fn a_good_project_has_nothing() {
    for rule in rules::CATALOGUE {
        let code = rule.descriptor().code;
        let change = file(
            "tasks.md",
            "## 1. Build\n\n- [ ] 1.1 Write it\n- [x] 1.2 Test it\n",
        );
        assert!(says(code, &change).is_empty(), "{code}");
    }
}

#[test]
fn sections_of_main_specs() {
    let code = "spec-section-missing";
    one(
        code,
        &spec(&format!("# Auth\n\n## Requirements\n\n{GOOD}")),
        "[# Auth] The main spec has no `## Purpose` section, and OpenSpec does not read it.",
    );
    one(
        code,
        &spec(&format!("## Purpose\n\n## Requirements\n\n{GOOD}")),
        "[## Purpose] The `## Purpose` section is empty, and OpenSpec does not read the spec.",
    );
    one(
        "spec-without-requirement",
        &main_spec("None.\n"),
        "[## Requirements] The `## Requirements` section holds no `### Requirement:` heading.",
    );
    one(
        "purpose-too-short",
        &spec(&format!("## Purpose\n短い。\n\n## Requirements\n\n{GOOD}")),
        "[短い。] The purpose is 3 characters long, less than the 50 that OpenSpec asks for.",
    );
    one(
        "purpose-placeholder",
        &spec(&format!(
            "## Purpose\r\nTBD - created by archiving change x. Update Purpose after archive.\r\n\r\n## Requirements\n\n{GOOD}"
        )),
        "[TBD - created by archiving change x. Update Purpose after archive.] The purpose is still \"TBD - created by archiving change x. Update Purpose after archive.\".",
    );
    // One cause, one finding: without the section no requirement is at its place.
    let copied = spec(&format!("## ADDED Requirements\n\n{GOOD}"));
    one(
        code,
        &copied,
        "[## ADDED Requirements] The main spec has neither a `## Purpose` nor a `## Requirements` section, and OpenSpec does not read it.",
    );
    assert!(says("requirement-misplaced", &copied).is_empty());
}

#[test]
fn requirements_of_main_specs() {
    one(
        "requirement-without-scenario",
        &main_spec("### Requirement: Ünit 😀\nSHALL\n"),
        "[Ünit 😀] \"Ünit 😀\" has no scenario.",
    );
    one(
        "requirement-without-scenario",
        &main_spec("### Requirement: A\nSHALL\n#### Scenario: s\n"),
        "[A] \"A\" has no scenario: nothing stands below 1 of its `####` headings.",
    );
    one(
        "requirement-without-text",
        &main_spec("### Requirement: A\n#### s\nx\n"),
        "[A] \"A\" has no text below its heading.",
    );
    one(
        "requirement-without-keyword",
        &main_spec("### Requirement: A\nIt works.\n#### s\nx\n"),
        "[A] The text of \"A\" says neither SHALL nor MUST.",
    );
    one(
        "requirement-without-keyword",
        &main_spec("### Requirement: It MUST work\nIt works.\n#### s\nx\n"),
        "[It MUST work] \"It MUST work\" says SHALL or MUST in its heading and not in its text.",
    );
    let long = format!(
        "### Requirement: A\nSHALL {}\n#### s\nx\n### Requirement: B\nSHALL {}\n#### s\nx\n",
        "a".repeat(500),
        "b".repeat(600)
    );
    one(
        "requirement-too-long",
        &main_spec(&long),
        "[Requirement: B] \"B\" is 606 characters long, 2 of 2 requirements are longer than 500.",
    );
    assert_eq!(related("requirement-too-long", &main_spec(&long)).len(), 1);
    let misplaced = format!("{GOOD}## ADDED Requirements\n\n### Requirement: Late\nSHALL\n");
    one(
        "requirement-misplaced",
        &main_spec(&misplaced),
        "[## ADDED Requirements] \"## ADDED Requirements\" is a heading of deltas and ends the requirements of this main spec.",
    );
    assert_eq!(
        related("requirement-misplaced", &main_spec(&misplaced)),
        ["### Requirement: Late"]
    );
    let twice = main_spec(&format!("{GOOD}{GOOD}"));
    one(
        "requirement-repeated",
        &twice,
        "[### Requirement: Login] \"Login\" is the name of an earlier requirement too.",
    );
    assert_eq!(
        related("requirement-repeated", &twice),
        ["### Requirement: Login"]
    );
    for (section, once, again, other) in [
        (
            "MODIFIED",
            GOOD.to_owned(),
            GOOD.to_owned(),
            GOOD.replace("Login", "Logout"),
        ),
        (
            "REMOVED",
            "### Requirement: Login\n".to_owned(),
            "- `### Requirement: Login`\n".to_owned(),
            "### Requirement: Logout\n".to_owned(),
        ),
    ] {
        let with = |more: &str| delta(&format!("## {section} Requirements\n\n{once}\n{more}"));
        assert_eq!(
            says("requirement-repeated", &with(&again)).len(),
            1,
            "{section}"
        );
        assert!(
            says("requirement-repeated", &with(&other)).is_empty(),
            "{section}"
        );
    }
}

#[test]
fn shapes_of_deltas() {
    one(
        "delta-without-requirement",
        &delta("# Notes\n"),
        "[# Notes] The delta has no section such as `## ADDED Requirements`.",
    );
    one(
        "delta-without-requirement",
        &delta("## REMOVED Requirements\n\nnothing\n"),
        "[## REMOVED Requirements] `## REMOVED Requirements` holds no requirement, and neither does the rest of the delta.",
    );
    one(
        "change-without-delta",
        "//- /openspec/changes/one/proposal.md\n# One\n\ntext\n",
        "[# One] The change \"one\" has no delta below `specs/` and does not say `skip_specs: true`.",
    );
    one(
        "delta-misplaced",
        &file("specs/spec.md", "x\n"),
        "[x] `specs/spec.md` belongs to no capability, and OpenSpec does not read it.",
    );
    one(
        "delta-misplaced",
        &file("specs/other.md", "# O\n\n## ADDED Requirements\n"),
        "[## ADDED Requirements] `specs/other.md` has delta sections, and OpenSpec reads only `specs/other/spec.md`.",
    );
    one(
        "rename-unpaired",
        &delta("## RENAMED Requirements\n- FROM: `### Requirement: Login`\n"),
        "[Login] FROM: \"Login\" has no TO: line.",
    );
    one(
        "requirement-outside-delta",
        &delta("## Notes\n\n### Requirement: Lost\n"),
        "[Lost] \"Lost\" stands under `## Notes`, which is no delta section.",
    );
    one(
        "delta-heading-ignored",
        &delta("## ADDED Requirements\n\n### Group\n"),
        "[### Group] \"Group\" in ADDED is no requirement to OpenSpec.",
    );
    let conflict = format!(
        "## MODIFIED Requirements\n\n{GOOD}## REMOVED Requirements\n\n- `### Requirement: Login`\n"
    );
    one(
        "delta-conflict",
        &delta(&conflict),
        "[Login] \"Login\" stands in both MODIFIED and REMOVED.",
    );
    one(
        "archive-refused",
        &delta("## ADDED Requirements\n\n### Requirement: Login\nIt SHALL.\n#### s\nx\n"),
        "[Login] ADDED \"Login\": the main spec has a requirement of that name, with another text.",
    );
    one(
        "nested-change",
        "//- /openspec/changes/mobile/one/proposal.md\n# One\n",
        "[# One] \"mobile\" is no change: it holds 1 changes that OpenSpec does not see, `mobile/one` first.",
    );
}

#[test]
fn a_change_with_files_of_its_own_holds_no_others() {
    for own in ["README.md", "proposal.md"] {
        let change = format!(
            "//- /openspec/changes/mobile/{own}\n# Mobile\n//- /openspec/changes/mobile/one/proposal.md\n# One\n"
        );
        assert!(says("nested-change", &change).is_empty(), "{own}");
    }
}

#[test]
fn dropped_scenarios_are_copied_back() {
    let text = delta(
        "## MODIFIED Requirements\n\n### Requirement: Login\nIt SHALL.\n\n#### Scenario: t\n- x\n\n## REMOVED Requirements\n",
    );
    let code = "scenario-dropped";
    one(
        code,
        &text,
        "[Login] \"Login\" leaves out the scenario \"s\" of the main spec.",
    );
    assert_eq!(related(code, &text), ["#### Scenario: s"]);
    assert_eq!(fixes(code, &text), ["Copy 1 from the main spec"]);
    assert_eq!(
        fixed(code, &text),
        "## MODIFIED Requirements\n\n### Requirement: Login\nIt SHALL.\n\n#### Scenario: t\n- x\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n\n## REMOVED Requirements\n"
    );
}

#[test]
fn metadata_and_tasks() {
    one(
        "skip-specs-conflict",
        &file(".openspec.yaml", "schema: spec-driven\nskip_specs: true\n"),
        "[true] `skip_specs` is set, and the change has files below `specs/`.",
    );
    one(
        "skip-specs-conflict",
        &file(".openspec.yaml", "skip_specs: true\n"),
        "[true] `skip_specs` is set, but OpenSpec does not take this file as metadata of a change.",
    );
    one(
        "task-under-wrong-group",
        &file("tasks.md", "## 2. Build\n\n- [ ] 3.1 Write it\n"),
        "[3.1] Task 3.1 stands in group 2.",
    );
    one(
        "task-number-repeated",
        &file(
            "tasks.md",
            "## 1. Build\n\n- [ ] 1.1 a\n- [ ] 1.1 b\n- [ ] 1.1 c\n",
        ),
        "[1.1] Task 1.1 has the number of an earlier task.",
    );
    one(
        "tasks-without-checkbox",
        &file("tasks.md", "## 1. Build\n\n- 1.1 Write it\n"),
        "[- 1.1 Write it] No line of the task list has a checkbox, and OpenSpec counts 0 tasks.",
    );
}

#[test]
fn what_is_put_away_is_not_judged() {
    for rule in rules::CATALOGUE {
        let code = rule.descriptor().code;
        let text = "//- /openspec/changes/archive/2026-01-01-one/proposal.md\n# One\n//- /openspec/changes/archive/2026-01-01-one/specs/auth/spec.md\nnothing\n";
        assert!(says(code, text).is_empty(), "{code}");
    }
}

#[test]
fn scenarios_that_say_when_and_not_then() {
    let code = "scenario-without-then";
    let with = |steps: &str| {
        main_spec(&format!(
            "### Requirement: A\nSHALL\n\n#### Scenario: Süd\n{steps}\n"
        ))
    };
    one(
        code,
        &with("- **WHEN** it rains"),
        "[Süd] The scenario \"Süd\" says WHEN and never THEN.",
    );
    for steps in [
        "- **WHEN** a\n- **THEN** b",
        "Told in prose.",
        "WHEN a\nTHEN b",
        "- **WHEN** a, then b",
        "- **もし** a",
        "```gherkin\nWhen a\nThen b\n```",
    ] {
        assert!(says(code, &with(steps)).is_empty(), "{steps}");
    }
}

#[test]
fn targets_of_deltas() {
    let code = "delta-target-missing";
    let misspelt = delta(&format!(
        "## MODIFIED Requirements\n\n{}",
        GOOD.replace("Login", "Log in")
    ));
    one(
        code,
        &misspelt,
        "[Log in] MODIFIED \"Log in\": the main spec has no such requirement, but \"Login\".",
    );
    assert_eq!(
        fixes(code, &misspelt),
        ["Write \"Login\"", "Move it to ADDED"]
    );
    // What the delta speaks of already is not meant again.
    for other in [
        format!("## MODIFIED Requirements\n\n{GOOD}"),
        "## REMOVED Requirements\n\n### Requirement: Login\n".to_owned(),
        "## RENAMED Requirements\n\n- FROM: `### Requirement: Login`\n- TO: `### Requirement: Entry`\n".to_owned(),
    ] {
        let modified = GOOD.replace("Login", "Log in");
        let text = if other.starts_with("## MOD") {
            format!("{other}\n{modified}")
        } else {
            format!("## MODIFIED Requirements\n\n{modified}\n{other}")
        };
        assert_eq!(
            says(code, &delta(&text)),
            ["[Log in] MODIFIED \"Log in\": the main spec of auth has no requirement of that name."],
            "{text}"
        );
    }
    let unknown = delta(&format!(
        "## MODIFIED Requirements\n\n{}",
        GOOD.replace("Login", "Lockers of guests")
    ));
    one(
        code,
        &unknown,
        "[Lockers of guests] MODIFIED \"Lockers of guests\": the main spec of auth has no requirement of that name.",
    );
    assert!(
        fixed(code, &unknown)
            .starts_with("## ADDED Requirements\n\n### Requirement: Lockers of guests\n")
    );
    let beside = delta(&format!(
        "## MODIFIED Requirements\n\n{}{GOOD}",
        GOOD.replace("Login", "Lockers of guests")
    ));
    let fixed = fixed(code, &beside);
    assert_eq!(
        fixed,
        format!(
            "## ADDED Requirements\n\n{}## MODIFIED Requirements\n\n{GOOD}",
            GOOD.replace("Login", "Lockers of guests")
        )
    );
    one(
        code,
        &file(
            "specs/new/spec.md",
            "## RENAMED Requirements\n- FROM: `### Requirement: A`\n- TO: `### Requirement: B`\n",
        ),
        "[A] RENAMED \"A\": there is no main spec of new.",
    );
    // Gone already, or on its way.
    assert!(
        says(
            code,
            &delta("## REMOVED Requirements\n\n### Requirement: Gone\n")
        )
        .is_empty()
    );
    let coming = format!(
        "{unknown}\n//- /openspec/changes/two/specs/auth/spec.md\n## ADDED Requirements\n\n{}",
        GOOD.replace("Login", "Lockers of guests")
    );
    assert!(says(code, &coming).is_empty());
}

#[test]
fn two_changes_of_one_requirement() {
    let code = "requirement-contested";
    let text = format!(
        "{}\n//- /openspec/changes/two/specs/auth/spec.md\n## REMOVED Requirements\n\n- `### Requirement: Login`\n",
        delta(&format!("## MODIFIED Requirements\n\n{GOOD}"))
    );
    assert_eq!(
        says(code, &text),
        [
            "[Login] MODIFIED \"Login\": the change \"one\" has REMOVED for the same requirement."
                .replace("\"one\" has REMOVED", "\"two\" has REMOVED"),
            "[Login] REMOVED \"Login\": the change \"one\" has MODIFIED for the same requirement."
                .to_owned(),
        ]
    );
    let archived = text.replace("changes/two", "changes/archive/2026-01-01-two");
    assert!(says(code, &archived).is_empty());
}

#[test]
fn tasks_of_a_change_are_judged_if_the_tool_takes_its_metadata() {
    let code = "task-under-wrong-group";
    let tasks = file("tasks.md", "## 2. Build\n\n- [ ] 3.1 Write it\n");
    for (metadata, findings) in [
        ("schema: spec-driven\n", 1),
        ("schema: nobody-knows\n", 0),
        ("schema: [spec-driven]\n", 0),
    ] {
        let text = format!("{tasks}//- /openspec/changes/one/.openspec.yaml\n{metadata}");
        assert_eq!(says(code, &text).len(), findings, "{metadata}");
    }
}

#[test]
fn task_lists_have_the_name_that_the_schema_gives_them() {
    let code = "tasks-without-checkbox";
    let with = |path: &str, text: &str| {
        format!(
            "{}\n//- /openspec/config.yaml\nschema: own\n//- /openspec/schemas/own/schema.yaml\nname: own\nversion: 1\nartifacts:\n  - id: work\n    generates: todo.md\n    description: d\n    template: t.md\n    requires: []\napply:\n  requires: [work]\n  tracks: todo.md\n",
            file(path, text)
        )
    };
    assert_eq!(says(code, &with("todo.md", "- Write it\n")).len(), 1);
    assert!(says(code, &with("todo.md", "- [ ] Write it\n")).is_empty());
    assert!(says(code, &with("tasks.md", "- Write it\n")).is_empty());
    // A pattern means all files together.
    let several = |back: &str, front: &str| {
        let text = with("tasks/back.md", back).replace("todo.md", "tasks/*.md");
        says(
            code,
            &format!("{text}//- /openspec/changes/one/tasks/front.md\n{front}"),
        )
    };
    assert_eq!(several("- Write it\n", "- Draw it\n").len(), 2);
    assert_eq!(several("- Write it\n", "Nothing\n").len(), 1);
    assert!(several("- Write it\n", "- [ ] Draw it\n").is_empty());
}
