//! Sources are linked again where a feature defines other ids than before, and only those that can mean it: the graph is the
//! one that a new start gives.

use fixture::{Fixture, document};
use proptest::prelude::*;
use trace::{Change, Graph};

/// What a source of any root may say of features in any root.
const LINES: &[&str] = &[
    "// FR-001 alone",
    "// SC-2 and FR-004.7",
    "// 003/FR-008",
    "// 004/FR-001",
    "// api/specs/003-auth FR-008",
    "// api/003-auth: FR-002",
    "// ../api/specs/003-auth/spec.md FR-002",
    "// specs/003-auth/spec.md FR-008",
    "// 003-auth/FR-008",
    "// auth/FR-002",
    "// Feature: sign-up, Property 1: Round trip",
    "// Validates: Requirements 1.2 (.kiro/specs/sign-up)",
    "// r[impl auth.FR-002]",
    "// see T001",
    "test('FR-001 is met', () => { expect(1).toBe(1) })",
];

/// What a spec may define.
const DEFINED: &[&str] = &[
    "- **FR-001**: System MUST sign in.",
    "- **FR-002**: System MUST sign out.",
    "- **FR-004**: System MUST count.",
    "- **FR-008**: Sessions MUST end.",
    "- **SC-002**: All is well.",
    "### User Story 1 - Sign in (Priority: P1)",
];

/// Files that change: the specs of two roots that share a name, one of another format.
const SPECS: [&str; 3] = [
    "api/specs/003-auth/spec.md",
    "web/specs/003-auth/spec.md",
    "web/.kiro/specs/sign-up/requirements.md",
];
const SOURCES: [&str; 4] = [
    "api/src/session.ts",
    "api/tests/one.test.ts",
    "web/src/app.ts",
    "shop/src/cart.ts",
];

fn spec(path: &str, defined: &[usize]) -> String {
    if path.contains(".kiro") {
        let criteria =
            (1..=defined.len()).map(|at| format!("{at}. WHEN it is so THEN it SHALL be\n"));
        let criteria: String = criteria.collect();
        return format!(
            "# Requirements\n\n### Requirement 1\n\n#### Acceptance Criteria\n\n{criteria}"
        );
    }
    let lines: Vec<&str> = defined.iter().map(|at| DEFINED[*at]).collect();
    format!("# Feature\n\n## Requirements\n\n{}\n", lines.join("\n"))
}

fn files(specs: &[Vec<usize>], sources: &[Vec<usize>]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = [
        ("api/.specify/memory/constitution.md", "# Constitution\n"),
        ("web/.specify/memory/constitution.md", "# Constitution\n"),
        ("shop/.specify/memory/constitution.md", "# Constitution\n"),
        (
            "api/specs/003-auth/tasks.md",
            "- [x] T001 FR-001 in src/session.ts\n- [ ] T002 FR-008 in ../web/src/app.ts and web/src/app.ts\n",
        ),
        ("web/specs/004-shop/spec.md", "- **FR-001**: System MUST sell.\n- **FR-009**: System MUST pay.\n"),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .to_vec();
    files.extend(
        SPECS
            .iter()
            .zip(specs)
            .map(|(path, defined)| ((*path).to_owned(), spec(path, defined))),
    );
    files.extend(SOURCES.iter().zip(sources).map(|(path, lines)| {
        let lines: Vec<&str> = lines.iter().map(|at| LINES[*at]).collect();
        (
            (*path).to_owned(),
            format!("{}\nexport function it() {{}}\n", lines.join("\n")),
        )
    }));
    files
}

fn started(files: &[(String, String)]) -> Fixture {
    let parts = files.iter().map(|(path, text)| {
        let (root, path) = path.split_once('/').unwrap_or(("", path));
        format!("//- {root}:/{path}\n{text}")
    });
    Fixture::parse(&parts.collect::<String>())
}

/// All that sources say of features, and features of sources.
fn said(graph: &Graph) -> Vec<String> {
    let mut said: Vec<String> = graph
        .linked_sources()
        .map(|(file, links)| format!("{file:?} {links:?}"))
        .collect();
    said.sort_unstable();
    said.extend(graph.features().iter().map(|feature| {
        format!(
            "{} {:?} {:?} {:?} {:?} {:?}",
            feature.name,
            feature.tags,
            feature.dangling,
            feature.strays,
            feature.tested,
            feature.proofs
        )
    }));
    said
}

fn defined() -> impl Strategy<Value = Vec<usize>> {
    prop::sample::subsequence((0..DEFINED.len()).collect::<Vec<_>>(), 0..=DEFINED.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_defined_later_gives_the_links_of_a_new_start(
        specs in prop::collection::vec(defined(), SPECS.len()),
        sources in prop::collection::vec(prop::collection::vec(0..LINES.len(), 0..7), SOURCES.len()),
        edits in prop::collection::vec((0..SPECS.len(), defined()), 1..5),
    ) {
        let mut specs = specs;
        let fixture = started(&files(&specs, &sources));
        let mut graph = Graph::clone(&fixture.graph);
        for (at, defined) in edits {
            specs[at] = defined;
            let path = SPECS[at];
            let (root, relative) = path.split_once('/').unwrap_or(("", path));
            let file = fixture.file(&format!("{root}:/{relative}"));
            let doc = document(relative, &spec(path, &specs[at]));
            graph = graph.apply(vec![Change::Document(file, doc)]);
            let anew = started(&files(&specs, &sources));
            prop_assert_eq!(said(&graph), said(&anew.graph), "{}", path);
        }
    }
}
