//! `new`: a directory with what the format begins with, and nothing else.

use crate::sandbox::Sandbox;

/// A template in no tool's own words.
const TEMPLATE: &str = "---\ndescription: Template of a spec\n---\n\n# Feature Specification: [FEATURE NAME]\n\n\
    **Feature Branch**: `[###-feature-name]`\n**Created**: [DATE]\n**Input**: User description: \"$ARGUMENTS\"\n\n\
    ## User Scenarios & Testing *(mandatory)*\n\n<!-- Write the most important first. -->\n\n\
    ### User Story 1 - [Brief Title] (Priority: P1)\n\n[Describe the journey, e.g., \"a [role] signs in\"]\n\n\
    **Acceptance Scenarios**:\n\n1. **Given** [initial state], **When** [action], **Then** [expected outcome]\n\
    2. **Given** [initial state], **When** [action], **Then** [expected outcome]\n\n---\n\n\
    ### User Story 2 - [Brief Title] (Priority: P2)\n\n[Describe the journey]\n\n---\n\n[Add more user stories]\n\n\
    ## Requirements *(mandatory)*\n\n- **FR-001**: System MUST [specific capability, e.g., \"x\"]\n\
    - **FR-002**: System MUST [behavior, e.g., \"y\"]\n- **FR-003**: Every release MUST be [signed by whom]\n\n\
    *Examples of questions:*\n\n- **FR-004**: System MUST [NEEDS CLARIFICATION: which?]\n\n\
    ### Key Entities *(include if feature involves data)*\n\n- **[Entity 1]**: [What it represents, key]\n";

fn check(sandbox: &Sandbox) -> Vec<String> {
    sandbox.check().findings()
}

fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path().join(path)).unwrap()
}

#[test]
fn a_feature_is_the_template_with_questions_in_it() {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/templates/spec-template.md", TEMPLATE);
    sandbox.write(
        "specs/007-login/spec.md",
        "# Feature Specification: Login\n",
    );
    let before = check(&sandbox);
    let ran = sandbox.run(&["new", "feature", "Parcel", "lockers"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = read(&sandbox, "specs/008-parcel-lockers/spec.md");
    let (head, body) = text.split_once("\n**Input**").unwrap();
    let (before_date, _) = head.split_once("**Created**: 2").unwrap();
    assert_eq!(
        before_date,
        "# Feature Specification: Parcel lockers\n\n**Feature Branch**: `008-parcel-lockers`\n"
    );
    assert_eq!(
        body,
        ": User description: \"Parcel lockers\"\n\n## User Scenarios & Testing *(mandatory)*\n\n\
         ### User Story 1 - Parcel lockers (Priority: P1)\n\n[NEEDS CLARIFICATION: Describe the journey?]\n\n\
         **Acceptance Scenarios**:\n\n1. **Given** [NEEDS CLARIFICATION: initial state?], \
         **When** [NEEDS CLARIFICATION: action?], **Then** [NEEDS CLARIFICATION: expected outcome?]\n\n\
         ## Requirements *(mandatory)*\n\n- **FR-001**: System MUST [NEEDS CLARIFICATION: specific capability?]\n\
         - **FR-002**: Every release MUST be [NEEDS CLARIFICATION: signed by whom?]\n"
    );
    assert_eq!(check(&sandbox), before);
    let again = sandbox.run(&["new", "feature", "parcel-lockers"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(
        sandbox.untracked("."),
        [
            ".specify/templates/spec-template.md",
            "specs/007-login/spec.md",
            "specs/008-parcel-lockers/spec.md"
        ]
    );
}

#[test]
fn a_lead_to_examples_goes_with_them_however_it_is_emphasised() {
    for lead in ["*Examples of questions:*", "_Examples of questions:_"] {
        let sandbox = Sandbox::new();
        let template = TEMPLATE.replace("*Examples of questions:*", lead);
        sandbox.write(".specify/templates/spec-template.md", &template);
        let ran = sandbox.run(&["new", "feature", "Parcel", "lockers"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let text = read(&sandbox, "specs/001-parcel-lockers/spec.md");
        assert!(!text.contains("Examples of questions"), "{text}");
    }
}

#[test]
fn numbers_are_those_of_the_project_and_of_its_branches() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "specs/0007-login/spec.md",
        "# Feature Specification: Login\n",
    );
    sandbox.write(
        "specs/archive/0009-old/spec.md",
        "# Feature Specification: Old\n",
    );
    sandbox.commit("one");
    sandbox.git(&["branch", "0012-elsewhere"]);
    let ran = sandbox.run(&["new", "feature", "x", "--dry-run"]);
    assert!(
        ran.out.contains("+++ b/specs/0013-x/spec.md"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert!(!sandbox.path().join("specs/0013-x").exists());
    sandbox.write(
        ".specify/init-options.json",
        "{\"branch_numbering\": \"timestamp\"}",
    );
    let ran = sandbox.run(&["new", "feature", "x", "--dry-run"]);
    let (_, behind) = ran.out.split_once("+++ b/specs/").unwrap();
    let (moment, _) = behind.split_once("-x/spec.md").unwrap();
    assert!(
        moment.len() == 15 && moment.starts_with("20"),
        "{}",
        ran.out
    );
}

#[test]
fn a_spec_is_headed_and_labelled_as_those_beside_it() {
    let sandbox = Sandbox::new();
    sandbox.write(
        ".kiro/specs/login/requirements.md",
        "# 要件ドキュメント\n\n## 導入\n\nログイン。\n\n## 要件\n\n### 要件1: 入る\n**目的:** 利用者として。\n\n\
         #### 受け入れ条件\n1. 入るとき、システムは記録しなければならない\n",
    );
    sandbox.write(
        ".kiro/specs/login/spec.json",
        "{\"feature_name\": \"login\", \"language\": \"ja\"}\n",
    );
    let before = check(&sandbox);
    let ran = sandbox.run(&["new", "spec", "lockers", "--title", "ロッカー"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        read(&sandbox, ".kiro/specs/lockers/requirements.md"),
        "# 要件ドキュメント\n\n## 導入\n\n\
         [NEEDS CLARIFICATION: 「ロッカー」は誰のためのもので、何を実現しますか？]\n\n## 要件\n\n### 要件1: ロッカー\n\
         **目的:** [NEEDS CLARIFICATION: 誰が、何を、なぜ望みますか？]\n\n#### 受け入れ条件\n\
         1. [NEEDS CLARIFICATION: どのような場合に、システムは何をしなければなりませんか？]\n"
    );
    let config = read(&sandbox, ".kiro/specs/lockers/spec.json");
    assert!(config.contains("\"language\": \"ja\""), "{config}");
    assert_eq!(check(&sandbox), before);
}

#[test]
fn a_change_has_a_delta_for_each_capability() {
    let sandbox = Sandbox::new();
    sandbox.write("openspec/config.yaml", "schema: spec-driven\n");
    sandbox.write(
        "openspec/specs/auth/spec.md",
        "# auth Specification\n\n## Purpose\n\nPeople sign in with a password, and nobody else does.\n\n\
         ## Requirements\n\n### Requirement: Login\n\nThe system SHALL let people in.\n\n#### Scenario: Right\n\n\
         - **WHEN** the password is right\n- **THEN** people are in\n",
    );
    let before = check(&sandbox);
    let ran = sandbox.run(&["new", "change", "Add lockers", "auth", "parcels/lockers"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let dir = "openspec/changes/add-lockers";
    let paths = sandbox.untracked("openspec/changes");
    let paths: Vec<&str> = paths.iter().map(|path| &path[dir.len() + 1..]).collect();
    assert_eq!(
        paths,
        [
            ".openspec.yaml",
            "proposal.md",
            "specs/auth/spec.md",
            "specs/parcels/lockers/spec.md"
        ]
    );
    let new = read(&sandbox, &format!("{dir}/specs/parcels/lockers/spec.md"));
    assert!(new.starts_with("## Purpose\n\n[NEEDS"), "{new}");
    assert_eq!(check(&sandbox), before);
    let taken = sandbox.run(&["new", "capability", "auth"]);
    assert!(
        taken.err.contains("`openspec/specs/auth` is there"),
        "{}",
        taken.err
    );
    let ran = sandbox.run(&["new", "capability", "billing"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(check(&sandbox), before);
}

#[test]
fn names_that_lead_elsewhere_and_links_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("specs/001-a/spec.md", "# Feature Specification: A\n");
    for name in ["../x", "a/b", "ロッカー", "!"] {
        let ran = sandbox.run(&["new", "feature", name]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
    }
    let ran = sandbox.run(&["new", "change", "x", "y"]);
    assert!(ran.err.contains("no project of OpenSpec"), "{}", ran.err);
}
