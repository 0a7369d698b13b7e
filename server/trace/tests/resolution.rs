//! What ids and paths mean, over whole small workspaces.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use fixture::Fixture;
use trace::{Basis, Fate, Graph, ItemRef, Resolution, Resolved, Target};

/// Three features that all define FR-001; only the second defines FR-009, only the third names the source file.
const WORKSPACE: &str = "
//- /.specify/memory/constitution.md
# Constitution
//- /specs/001-login/spec.md
## Requirements
- **FR-001**: Sign in.
- **FR-002**: Sign out.
//- /specs/002-pay/spec.md
## Requirements
- **FR-001**: Pay.
- **FR-009**: Refund.
//- /specs/003-mail/spec.md
### User Story 1 - Write (Priority: P1)
1. **Given** a, **When** b, **Then** c.
2. **Given** d, **When** e, **Then** f.
## Requirements
- **FR-001**: Send.
//- /specs/003-mail/tasks.md
## Phase 1: User Story 1 - Write (Priority: P1)
- [ ] T001 [US1] Send in `src/mail.rs`
";

fn with_source(source: &str) -> Fixture {
    Fixture::parse(&format!("{WORKSPACE}//- /src/mail.rs\n{source}\n"))
}

fn address(graph: &Graph, item: ItemRef) -> String {
    graph
        .feature(item.feature)
        .unwrap()
        .key(item)
        .unwrap()
        .to_string()
}

/// What the last mention of `src/mail.rs` means.
fn meaning(source: &str) -> String {
    let fixture = with_source(source);
    let graph = &fixture.graph;
    match graph.code_links(fixture.file("src/mail.rs")) {
        [] => "nothing".to_owned(),
        [.., link] => match &link.resolved {
            Resolved::Items(items, basis) => {
                let items: Vec<String> = items.iter().map(|item| address(graph, *item)).collect();
                format!("{} ({})", items.join(" "), basis.as_str())
            }
            Resolved::Undefined(feature) => {
                format!("undefined in {}", graph.feature(*feature).unwrap().name)
            }
            Resolved::Ambiguous(items) => format!("one of {}", items.len()),
        },
    }
}

#[test]
fn tags_of_other_tools_are_mentions() {
    let cases = [
        // tracey, with the feature in the id and without.
        (
            "// r[impl login.FR-001]",
            "specs/001-login#FR-001 (declared)",
        ),
        (
            "// r[verify 002-pay.FR-001+2]",
            "specs/002-pay#FR-001 (declared)",
        ),
        ("// r[impl FR-009]", "specs/002-pay#FR-009 (declared)"),
        ("// r[impl login.FR-077]", "undefined in 001-login"),
        // OpenFastTrace.
        (
            "// [impl->req~pay.FR-001~1]",
            "specs/002-pay#FR-001 (declared)",
        ),
        ("// [utest->dsn~pay.FR-078~1]", "undefined in 002-pay"),
        // duvet: the heading alone, and the words of an item below it.
        (
            "//= specs/003-mail/spec.md#user-story-1---write-priority-p1",
            "specs/003-mail#US1 (declared)",
        ),
        (
            "//= specs/002-pay/spec.md#requirements\n//# Refund.",
            "specs/002-pay#FR-009 (declared)",
        ),
        (
            "//= specs/002-pay/spec.md#requirements\n//# Nothing of it.",
            "nothing",
        ),
        ("//= specs/002-pay/spec.md#gone", "undefined in 002-pay"),
        ("//= docs/other.md#requirements", "nothing"),
        // Annotations.
        (
            "#[req_satisfied(\"pay/FR-001\")]",
            "specs/002-pay#FR-001 (declared)",
        ),
        // By nobody's chance: several features define it, and the file is only named by one of them.
        ("// r[impl FR-001]", "specs/003-mail#FR-001 (inferred)"),
        // Ids of its tool's own documents.
        ("// r[impl auth.login]", "nothing"),
        ("// [impl->req~login~1]", "nothing"),
        ("// r[impl FR-077]", "nothing"),
    ];
    for (tag, expected) in cases {
        assert_eq!(meaning(&format!("{tag}\nfn a() {{}}")), expected, "{tag}");
    }
}

#[test]
fn a_mention_in_code_means_what_is_said_nearest() {
    let cases = [
        // On the line: by number, by name, by path.
        (
            "// 001/FR-001\nfn a() {}",
            "specs/001-login#FR-001 (declared)",
        ),
        (
            "// Spec 002, FR-001\nfn a() {}",
            "specs/002-pay#FR-001 (declared)",
        ),
        (
            "// specs/002-pay/spec.md FR-001\nfn a() {}",
            "specs/002-pay#FR-001 (declared)",
        ),
        ("// Spec 001 FR-007\nfn a() {}", "undefined in 001-login"),
        // Zeros do not make another id.
        (
            "// Spec 001 FR-02\nfn a() {}",
            "specs/001-login#FR-002 (declared)",
        ),
        // In the head of the file; less sure where the third feature, whose tasks name it, defines the id, too.
        (
            "// Feature: 002-pay\n\n// FR-009\nfn a() {}",
            "specs/002-pay#FR-009 (declared)",
        ),
        (
            "// Feature: 002-pay\n\n// FR-001\nfn a() {}",
            "specs/002-pay#FR-001 (inferred)",
        ),
        // One feature alone defines it, and nothing more speaks for it: its tasks do not name the file.
        ("// FR-009\nfn a() {}", "specs/002-pay#FR-009 (inferred)"),
        // The same where its tasks do.
        ("// US1\nfn a() {}", "specs/003-mail#US1 (declared)"),
        // Sample data.
        (
            "// Feature: 002-pay\n\nfn a() { b(\"FR-009 in progress for all\") }",
            "specs/002-pay#FR-009 (inferred)",
        ),
        // Three define it; the third's tasks name the file, which is no more than a guess.
        ("// FR-001\nfn a() {}", "specs/003-mail#FR-001 (inferred)"),
        // Nobody defines it, or it is no id of a spec.
        ("// FR-404\nfn a() {}", "nothing"),
        ("// UTF-8\nfn a() {}", "nothing"),
        (
            "// Spec 003 US1/AC2\nfn a() {}",
            "specs/003-mail#US1/AC2 (declared)",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(meaning(source), expected, "{source}");
    }
}

#[test]
fn a_bare_id_is_sure_where_it_can_hardly_be_anothers() {
    let means = |specs: &str, source: &str| {
        let fixture = Fixture::parse(&format!(
            "//- /.specify/memory/constitution.md\n# Constitution\n{specs}//- /src/a.rs\n{source}\nfn a() {{}}\n"
        ));
        let links = fixture.graph.code_links(fixture.file("src/a.rs"));
        match links {
            [link] => match &link.resolved {
                Resolved::Items(_, basis) => basis.as_str(),
                _ => "other",
            },
            _ => "nothing",
        }
    };
    let one = "//- /specs/001-a/spec.md\n## Requirements\n- **FR-001**: A.\n- **FR-001c**: B.\n\
               //- /specs/001-a/tasks.md\n- [ ] T001 Do it\n";
    let two = format!("{one}//- /specs/002-b/spec.md\n## Requirements\n- **FR-009**: C.\n");
    // The project has no other feature; it may have had some.
    assert_eq!(means(one, "// FR-001"), "inferred");
    assert_eq!(means(one, "// T001"), "inferred");
    assert_eq!(means(&two, "// FR-001"), "inferred");
    assert_eq!(means(&two, "// FR-001c"), "declared");
    // Its own task, and another task of the feature.
    let named = "- [ ] T001 Do it in `src/a.rs`\n- [ ] T002 Do more in `src/b.rs`";
    let named = two.replace("- [ ] T001 Do it", named);
    assert_eq!(means(&named, "// T001"), "declared");
    assert_eq!(means(&named, "// T002"), "inferred");
}

#[test]
fn a_contract_that_is_cited_makes_no_head() {
    let source = "// The form of specs/002-pay/contracts/refund.md\n\n// FR-001";
    assert_eq!(meaning(source), "specs/003-mail#FR-001 (inferred)");
}

#[test]
fn where_nothing_names_the_file_several_definitions_are_ambiguous() {
    let fixture = Fixture::parse(&format!(
        "{WORKSPACE}//- /src/other.rs\n// FR-001\nfn a() {{}}\n"
    ));
    let links = fixture.graph.code_links(fixture.file("src/other.rs"));
    assert!(
        matches!(&links[0].resolved, Resolved::Ambiguous(items) if items.len() == 3),
        "{links:?}"
    );
}

#[test]
fn a_citation_in_a_document_is_of_its_own_feature_first() {
    let fixture = Fixture::parse(&format!(
        "{WORKSPACE}//- /specs/003-mail/plan.md\nFR-001 and FR-077.\n\nThen 002/FR-009.\n\nSee 777/FR-001 and UTF-8.\n"
    ));
    let graph = &fixture.graph;
    let plan = fixture.file("specs/003-mail/plan.md");
    let feature = graph.feature_of(plan).unwrap();
    let shown: Vec<String> = feature
        .references
        .iter()
        .filter(|reference| reference.file == plan)
        .map(|reference| match &reference.target {
            Target::Items(items, Basis::Declared) => address(graph, items[0]),
            Target::Undefined(of) => format!("undefined in {}", graph.feature(*of).unwrap().name),
            Target::Foreign => "foreign".to_owned(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "specs/003-mail#FR-001",
            "undefined in 003-mail",
            "specs/002-pay#FR-009",
            "foreign",
            "foreign"
        ]
    );
}

#[test]
fn a_path_leads_where_its_author_stood() {
    let fixture = Fixture::parse(
        "
//- /.specify/memory/constitution.md
# C
//- /specs/001-login/spec.md
# S
//- /specs/001-login/contracts/api.md
# A
//- /specs/001-login/tasks.md
## Phase 1: Setup
- [ ] T001 `src/root.rs` `contracts/api.md` `models/user.rs` `mod.rs` `tests/` `packages/a/src/`
- [ ] T002 `./models/user.rs` `src/old.rs` `src/dead.rs` `src/never.rs` `~/x.rs` `src/*.rs`
//- /src/root.rs
fn a() {}
//- /packages/a/src/models/user.rs
fn a() {}
//- /packages/a/src/mod.rs
fn a() {}
//- /packages/b/src/mod.rs
fn a() {}
//- /packages/b/tests/x.rs
fn a() {}
//- moved src/old.rs src/new.rs abc1234
//- deleted src/dead.rs abc1234
",
    );
    let graph = &fixture.graph;
    let tree = &graph.inputs().tree;
    let tasks = fixture.file("specs/001-login/tasks.md");
    let feature = graph.feature_of(tasks).unwrap();
    let facts = feature.document(tasks).unwrap().facts();
    let shown: Vec<String> = feature
        .paths
        .iter()
        .filter(|link| link.file == tasks)
        .map(|link| {
            let lead = match &link.resolution {
                Resolution::File(file) => tree.path_str(*file).to_owned(),
                Resolution::Directory(dir) => format!("{dir}/"),
                Resolution::Several(files) => format!("{} files", files.len()),
                Resolution::SeveralDirectories => "several directories".to_owned(),
                Resolution::Outside => "outside".to_owned(),
                Resolution::Unread => "unread".to_owned(),
                Resolution::Missing(Fate::Moved { to, .. }) => format!("moved to {to}"),
                Resolution::Missing(Fate::Deleted { commit, .. }) => format!("deleted in {commit}"),
                Resolution::Missing(Fate::Never { .. }) => "never".to_owned(),
                Resolution::Missing(other) => format!("{other:?}"),
            };
            format!("{} -> {lead}", facts.paths[link.mention as usize].path)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "src/root.rs -> src/root.rs",
            "contracts/api.md -> specs/001-login/contracts/api.md",
            "models/user.rs -> packages/a/src/models/user.rs",
            "mod.rs -> 2 files",
            // Every package has its tests/.
            "tests/ -> never",
            "packages/a/src/ -> packages/a/src/",
            // ./ says where it starts.
            "models/user.rs -> never",
            "src/old.rs -> moved to src/new.rs",
            "src/dead.rs -> deleted in abc1234",
            "src/never.rs -> never",
            "~/x.rs -> outside",
            "src/*.rs -> outside",
        ]
    );
}

#[test]
fn scope_follows_what_is_named_open_or_done() {
    let fixture = Fixture::parse(
        "
//- /specs/001-done/spec.md
# S
//- /specs/001-done/tasks.md
## Phase 1: Setup
- [x] T001 A
//- /specs/002-open/spec.md
# S
//- /specs/002-open/tasks.md
## Phase 1: Setup
- [x] T001 A
- [ ] T002 B
//- /specs/003-spec/spec.md
# S
",
    );
    let states: Vec<String> = fixture
        .graph
        .features()
        .iter()
        .map(|feature| {
            format!(
                "{} {} {}",
                feature.name,
                feature.state.as_str(),
                feature.phase.as_str()
            )
        })
        .collect();
    assert_eq!(
        states,
        [
            "001-done history done",
            "002-open active implementing",
            "003-spec active specified"
        ]
    );
}

#[test]
fn a_number_before_an_id_names_its_feature() {
    assert_eq!(
        meaning("// 002 FR-009 and more"),
        "specs/002-pay#FR-009 (declared)"
    );
    assert_eq!(
        meaning("// 003 FR-009: no such requirement there"),
        "undefined in 003-mail"
    );
}

#[test]
fn scripts_of_the_spec_tool_speak_of_the_tool() {
    let fixture = Fixture::parse(&format!(
        "{WORKSPACE}//- /.specify/scripts/bash/create.sh\n# warn only, per FR-009\nnew() {{ :; }}\n\
         //- /scripts/create.sh\n# warn only, per FR-009\nnew() {{ :; }}\n"
    ));
    let links = |path| fixture.graph.code_links(fixture.file(path)).len();
    assert_eq!(links(".specify/scripts/bash/create.sh"), 0);
    assert_eq!(links("scripts/create.sh"), 1);
}

#[test]
fn the_name_behind_a_number_and_no_other_part_of_a_name() {
    let links = |source: &str| {
        let workspace = format!(
            "//- /specs/user-auth/spec.md\n## Requirements\n- **FR-001**: Sign in.\n//- /specs/002-pay/spec.md\n## Requirements\n- **FR-001**: Pay.\n//- /src/a.rs\n{source}\nfn a() {{}}\n"
        );
        let fixture = Fixture::parse(&workspace);
        let links = fixture.graph.code_links(fixture.file("src/a.rs"));
        let declared = links.iter().filter_map(|link| match &link.resolved {
            Resolved::Items(items, Basis::Declared) => Some(address(&fixture.graph, items[0])),
            _ => None,
        });
        declared.collect::<Vec<_>>()
    };
    assert_eq!(
        links("// Feature: pay\n// FR-001"),
        ["specs/002-pay#FR-001"]
    );
    assert!(links("// Feature: auth\n// FR-001").is_empty());
}

/// What a document calls by several words is no id, and no source is read for its first word and a number.
#[test]
fn prefixes_are_those_of_ids() {
    let fixture = Fixture::parse(
        "
//- /specs/001-a/spec.md
## Requirements
- **FR-001**: One.
- **FR-AUTH-002**: Two.
### Key Entities
- **Session**: Three.
- **Shopping Cart 2**: Four.
//- /openspec/specs/auth/spec.md
## Requirements
### Requirement: Archive the contract 1
It SHALL work.
### Requirement: REQ-7 Export
It SHALL work.
",
    );
    let mut prefixes: Vec<_> = fixture.graph.defined_prefixes().into_iter().collect();
    prefixes.sort_unstable();
    assert_eq!(prefixes, ["FR", "REQ"]);
}
