//! What the numbers of Kiro specs mean: at home, in the spec that is named, and nowhere else.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use fixture::Fixture;
use trace::{FeatureState, Graph, ItemRef, Phase, Resolved, Target};

const WORKSPACE: &str = "
//- /.kiro/specs/login/requirements.md
# Requirements Document
## Glossary
- **Session_Store**: keeps sessions
## Requirements
### Requirement 1: Sign in
#### Acceptance Criteria
1. WHEN a, THE Session_Store SHALL b
2. WHEN c, THE Session_Store SHALL d
### Requirement 2: Sign out
#### Acceptance Criteria
1. WHEN e, THE Session_Store SHALL f
//- /.kiro/specs/login/design.md
# Design
## Correctness Properties
### Property 1: Round trip
**Validates: Requirements 1.2**
//- /.kiro/specs/login/tasks.md
# Implementation Plan
- [x] 1. Set up
  - [x] 1.1 Write src/a.rs
    - _Requirements: 1.1_
  - [ ] 1.2 Next
    - _Requirements: 2, 9.9_
    - _Depends: 1.1_
  - [ ]* 1.3 Test
    - **Property 1: Round trip**
    - **Validates: Requirements 1.2**
    - See Requirement 1.1 of .kiro/specs/pay/requirements.md
//- /.kiro/specs/pay/requirements.md
### Requirement 1: Pay
#### Acceptance Criteria
1. WHEN a, THE system SHALL b
2. WHEN a, THE system SHALL c
3. WHEN a, THE system SHALL d
";

fn address(graph: &Graph, item: ItemRef) -> String {
    let feature = graph.feature(item.feature).unwrap();
    feature.key(item).unwrap().to_string()
}

fn meanings(fixture: &Fixture, path: &str) -> Vec<String> {
    let graph = &fixture.graph;
    let file = fixture.file(path);
    let feature = graph.feature_of(file).unwrap();
    let own = feature.references.iter().filter(|each| each.file == file);
    own.map(|each| match &each.target {
        Target::Items(items, _) => address(graph, items[0]),
        Target::Undefined(_) => "undefined".to_owned(),
        Target::Ambiguous(_) => "ambiguous".to_owned(),
        Target::Foreign => "foreign".to_owned(),
    })
    .collect()
}

/// What each mention of a source file means.
fn in_source(source: &str) -> Vec<String> {
    let fixture = Fixture::parse(&format!("{WORKSPACE}//- /src/a.rs\n{source}\n"));
    let graph = &fixture.graph;
    let links = graph.code_links(fixture.file("src/a.rs"));
    let say = |link: &trace::CodeLink| match &link.resolved {
        Resolved::Items(items, basis) => {
            format!("{} {}", address(graph, items[0]), basis.as_str())
        }
        Resolved::Undefined(feature) => {
            format!("undefined in {}", graph.feature(*feature).unwrap().name)
        }
        Resolved::Ambiguous(_) => "ambiguous".to_owned(),
    };
    links.iter().map(say).collect()
}

#[test]
fn documents_cite_their_own_spec_and_the_one_they_name() {
    let fixture = Fixture::parse(WORKSPACE);
    assert_eq!(
        meanings(&fixture, ".kiro/specs/login/tasks.md"),
        [
            ".kiro/specs/login#1.1",
            ".kiro/specs/login#2",
            "undefined",
            ".kiro/specs/login#task/1.1",
            ".kiro/specs/login#property/1",
            ".kiro/specs/login#1.2",
            ".kiro/specs/pay#1.1",
        ]
    );
    assert_eq!(
        meanings(&fixture, ".kiro/specs/login/design.md"),
        [".kiro/specs/login#1.2"]
    );
}

#[test]
fn tasks_work_for_criteria_and_requirements() {
    let fixture = Fixture::parse(WORKSPACE);
    let graph = &fixture.graph;
    let login = graph
        .feature_of(fixture.file(".kiro/specs/login/tasks.md"))
        .unwrap();
    let tasks = |id: &str| -> Vec<String> {
        let item = login.defined(id)[0];
        let tasks = graph.tasks_of(item).into_iter();
        tasks.map(|task| address(graph, task)).collect()
    };
    assert_eq!(tasks("1.1"), [".kiro/specs/login#task/1.1"]);
    // By its requirement.
    assert_eq!(tasks("2.1"), [".kiro/specs/login#task/1.2"]);
    // By its criteria.
    assert_eq!(
        tasks("1"),
        [".kiro/specs/login#task/1.1", ".kiro/specs/login#task/1.3"]
    );
}

#[test]
fn comments_cite_the_spec_they_name() {
    for (source, expected) in [
        (
            "// Feature: login, Property 1: Round trip\n// Validates: Requirements 1.2, 7.7",
            vec![
                ".kiro/specs/login#property/1 declared",
                ".kiro/specs/login#1.2 declared",
                "undefined in login",
            ],
        ),
        (
            "//! See .kiro/specs/pay\n\n// Requirement 1.3: text\nfn a() {}",
            vec![".kiro/specs/pay#1.3 declared"],
        ),
        // Nothing says which.
        ("// Requirement 1.1: text", vec![]),
        // A bare word is no declaration.
        ("// login: Requirement 1.1", vec![]),
        (
            "// Feature: login\n// Requirement 1.1\n\nfn a() {}\n\n// Feature: pay\n// Requirement 1.1\nfn b() {}\n\n// Requirement 1.2\nfn c() {}",
            vec![
                ".kiro/specs/login#1.1 declared",
                ".kiro/specs/pay#1.1 declared",
            ],
        ),
        (
            "// Feature: gone\n// Property 1\n\nfn a() {}\n\n// Feature: login, Property 1: x\nfn b() {}\n\n// Requirement 1.2\nfn c() {}",
            vec![".kiro/specs/login#property/1 declared"],
        ),
        ("// Feature: nobody, Property 1: x", vec![]),
        // A name behind the head says nothing of what stands before it, by which nothing is undefined either.
        (
            "// Requirements 1.1, 7.7\nfn a() {}\n\n// Feature: login, Property 1: x\nfn b() {}\n\n// Requirement 1.2\nfn c() {}",
            vec![
                ".kiro/specs/login#1.1 inferred",
                ".kiro/specs/login#property/1 declared",
                ".kiro/specs/login#1.2 declared",
            ],
        ),
        // Half a name is no name.
        ("// Feature: log, Requirement 1.1", vec![]),
    ] {
        assert_eq!(in_source(source), expected, "{source}");
    }
}

#[test]
fn features_know_the_titles_that_code_gives_their_properties() {
    let source =
        "// Feature: login, Property 1: Round\n// trip\n// Validates: Requirements 1.2\nfn a() {}";
    let fixture = Fixture::parse(&format!("{WORKSPACE}//- /src/a.rs\n{source}\n"));
    let login = fixture
        .graph
        .feature_of(fixture.file(".kiro/specs/login/design.md"))
        .unwrap();
    let [tag] = login.tags.as_slice() else {
        panic!("{:?}", login.tags);
    };
    assert_eq!(tag.number, "1");
    assert_eq!(tag.said, "Round trip");
    assert_eq!(text::slice(source, tag.title), "Round");
}

#[test]
fn how_far_a_spec_has_come() {
    let phase = |tasks: &str, config: &str| {
        let fixture = Fixture::parse(&format!(
            "//- /.kiro/specs/a/requirements.md\n# R\n//- /.kiro/specs/a/spec.json\n{config}\n//- /.kiro/specs/a/tasks.md\n{tasks}\n"
        ));
        let feature = &fixture.graph.features()[0];
        (feature.phase, feature.state)
    };
    for (tasks, expected) in [
        (
            "- [ ] 1. a\n- [-] 2. b",
            (Phase::Tasked, FeatureState::Open),
        ),
        (
            "- [x] 1. a\n- [-] 2. b",
            (Phase::Implementing, FeatureState::Open),
        ),
        (
            "- [x] 1. a\n- [ ]* 2. b",
            (Phase::Done, FeatureState::History),
        ),
        (
            "## Task 1: a\n- [x] 1.1 b",
            (Phase::Done, FeatureState::History),
        ),
    ] {
        assert_eq!(phase(tasks, "{}"), expected, "{tasks}");
    }
    assert_eq!(
        phase("- [ ] 1. a", "{\"phase\": \"implementation-complete\"}"),
        (Phase::Done, FeatureState::History)
    );
}

#[test]
fn places_of_a_term_are_those_of_its_whole_word() {
    let fixture = Fixture::parse(
        "//- /.kiro/specs/a/requirements.md
# Requirements Document
## Glossary
- **Session_Store**: keeps a Session
- **Session**: what a Session_Store keeps
- `Session_Store` in code, Session_Stores
",
    );
    let feature = &fixture.graph.features()[0];
    let document = &feature.documents[0];
    let text = &document.doc.text;
    let starts = |term: &str| -> Vec<usize> {
        let places = feature.term_places(term);
        places
            .iter()
            .map(|(_, range)| range.start().into())
            .collect()
    };
    let all: Vec<usize> = text
        .match_indices("Session_Store")
        .map(|(at, _)| at)
        .collect();
    assert_eq!(starts("Session_Store"), all[..3]);
    // A plain word may mean anything.
    assert!(starts("Session").is_empty());
    let at = |offset: usize| {
        let found = feature.term_at(document, (offset as u32).into());
        found.map(|(range, _)| text::slice(text, range))
    };
    assert_eq!(at(all[1] + 3), Some("Session_Store"));
    assert_eq!(at(all[3] + 3), None);
    assert_eq!(at(text.find("Session\n").unwrap()), None);
}
